/* strata-kept.h - which packs and charts a person wants to have without a network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-layer.h"

G_BEGIN_DECLS

/**
 * StrataKept:
 * @registry_id: (not nullable): where it is from
 * @kind: a pack or a chart
 * @name: (not nullable): what it is called
 * @version: (not nullable): which version
 * @url: (not nullable): the address that its bytes came from, or ""
 * @digest: (not nullable): the SHA-256 of its bytes, by which the store has them
 * @size: how many bytes there are
 * @kept_at: since when, in seconds since 1970
 *
 * All members are owned.
 */
typedef struct
{
  char            *registry_id;
  StrataLayerKind  kind;
  char            *name;
  char            *version;
  char            *url;
  char            *digest;
  guint64          size;
  gint64           kept_at;
} StrataKept;

void        strata_kept_free (StrataKept        *kept);

GPtrArray  *strata_kept_load (const char        *data_dir,
                              GError           **error);
StrataKept *strata_kept_find (GPtrArray         *list,
                              const char        *registry_id,
                              StrataLayerKind    kind,
                              const char        *name,
                              const char        *version);
gboolean    strata_kept_save (const char        *data_dir,
                              GPtrArray         *list,
                              GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataKept, strata_kept_free)

G_END_DECLS
