/* strata-console-packs.h - the registries that a console knows, and the packs it has read from them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-console.h"
#include "strata-pack.h"

G_BEGIN_DECLS

/**
 * StrataConsoleRegistry:
 * @uid: its uid
 * @name: its name
 * @kind: `pack`, `helm` or `oci`
 * @scope: who it is for: `system`, `cluster`, `tenant` or `project`
 * @is_default: whether it came with the console
 * @is_private: whether it wants to know who asks
 *
 * A registry. All texts are owned and none is %NULL.
 */
typedef struct
{
  char    *uid;
  char    *name;
  char    *kind;
  char    *scope;
  gboolean is_default;
  gboolean is_private;
} StrataConsoleRegistry;

void strata_console_registry_free (StrataConsoleRegistry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConsoleRegistry, strata_console_registry_free)

/**
 * StrataConsolePack:
 * @name: its name
 * @display_name: what a person reads
 * @kind: what a layer of it is
 * @layer: `addon`, `os`, `k8s`, `cni`, `csi` or `kernel`
 * @addon_type: what it is about, such as `monitoring`; "" when not said
 * @registry_uid: where it is
 * @registry_name: the same, for a person
 * @latest_version: its last version
 * @latest_uid: the uid of that version
 * @logo_url: (nullable): an address of its picture, which may be any on the web; strata_console_get_logo() asks the
 *   console instead
 *
 * A pack in one registry: a name that two registries have is there twice. All texts are owned.
 */
typedef struct
{
  char           *name;
  char           *display_name;
  StrataLayerKind kind;
  char           *layer;
  char           *addon_type;
  char           *registry_uid;
  char           *registry_name;
  char           *latest_version;
  char           *latest_uid;
  char           *logo_url;
} StrataConsolePack;

void strata_console_pack_free (StrataConsolePack *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConsolePack, strata_console_pack_free)

/**
 * StrataConsolePackVersion:
 * @tag: what a layer asks for; may float, such as `1.3.x`
 * @version: what it stands for now
 * @uid: the uid of that version
 * @is_floating: whether @tag stands for another version one day
 *
 * One version of a pack. All texts are owned and none is %NULL.
 */
typedef struct
{
  char    *tag;
  char    *version;
  char    *uid;
  gboolean is_floating;
} StrataConsolePackVersion;

void strata_console_pack_version_free (StrataConsolePackVersion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConsolePackVersion, strata_console_pack_version_free)

/**
 * StrataConsolePackFilter:
 * @name: (nullable): a part of the name that a person reads, in letters of any size
 * @registry_uid: (nullable): only what this one has
 * @layer: (nullable): `addon` or another
 * @source: (nullable): such as `community`
 *
 * Which packs to list, filled by the names of its members.
 */
typedef struct
{
  const char *name;
  const char *registry_uid;
  const char *layer;
  const char *source;
} StrataConsolePackFilter;

GPtrArray  *strata_console_list_registries    (StrataConsole                  *self,
                                               GCancellable                   *cancellable,
                                               GError                        **error);
GPtrArray  *strata_console_search_packs       (StrataConsole                  *self,
                                               const StrataConsolePackFilter  *filter,
                                               guint                           most,
                                               GCancellable                   *cancellable,
                                               GError                        **error);
GPtrArray  *strata_console_list_pack_versions (StrataConsole                  *self,
                                               const char                     *name,
                                               const char                     *registry_uid,
                                               GCancellable                   *cancellable,
                                               GError                        **error);
StrataPack *strata_console_get_pack           (StrataConsole                  *self,
                                               const char                     *uid,
                                               GCancellable                   *cancellable,
                                               GError                        **error);
char       *strata_console_get_readme         (StrataConsole                  *self,
                                               const char                     *uid,
                                               GCancellable                   *cancellable,
                                               GError                        **error);
GBytes     *strata_console_get_logo           (StrataConsole                  *self,
                                               const char                     *uid,
                                               GCancellable                   *cancellable,
                                               GError                        **error);

G_END_DECLS
