/* strata-console-entry.h - one profile in the list of a console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "strata-layer.h"

G_BEGIN_DECLS

/**
 * StrataConsoleEntry:
 * @uid: of this version of the profile: each version is an object of its own
 * @name: the versions of one profile have the same
 * @version: the version
 * @description: what it is for, "" for nothing
 * @project_uid: the project that was asked, "" for the tenant
 * @type: `system`, `add-on`, `infra` or `cluster`
 * @tags: (array zero-terminated=1): `key:value`, or the bare word
 * @kinds: (array length=n_layers): what its layers are, from the first to the last
 * @n_layers: how many there are
 * @n_versions: how many versions the profile has, at least 1
 * @in_use: how many clusters and appliances the console knows to use it
 * @is_published: whether there is a published revision
 * @has_draft: whether there are edits that are not published
 * @modified: when it was changed, in µs since 1970; 0 when the console does not say
 *
 * A profile as the list has it: without values and manifests. A boxed value; it never changes, all texts are owned and
 * none is %NULL.
 */
typedef struct
{
  char            *uid;
  char            *name;
  char            *version;
  char            *description;
  char            *project_uid;
  char            *type;
  char           **tags;
  StrataLayerKind *kinds;
  guint            n_layers;
  guint            n_versions;
  guint            in_use;
  gboolean         is_published;
  gboolean         has_draft;
  gint64           modified;
} StrataConsoleEntry;

#define STRATA_TYPE_CONSOLE_ENTRY (strata_console_entry_get_type ())

GType               strata_console_entry_get_type (void) G_GNUC_CONST;
StrataConsoleEntry *strata_console_entry_copy     (const StrataConsoleEntry *self);
void                strata_console_entry_free     (StrataConsoleEntry       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConsoleEntry, strata_console_entry_free)

G_END_DECLS
