/* strata-node.h - the folder of one appliance: what its k3s takes, and what the appliance has to remember
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-install.h"

G_BEGIN_DECLS

/**
 * StrataNodeText:
 *
 * The texts that an appliance remembers. `TOKEN` and `KEY` are secrets and in a file of their own that only its owner
 * can read; `CHECKSUM` is what a console was told last.
 */
typedef enum
{
  STRATA_NODE_UID,
  STRATA_NODE_ARCHIVE,
  STRATA_NODE_REVISION,
  STRATA_NODE_CONSOLE,
  STRATA_NODE_TOKEN,
  STRATA_NODE_KEY,
} StrataNodeText;

#define STRATA_NODE_N_TEXTS (STRATA_NODE_KEY + 1)

#define STRATA_TYPE_NODE (strata_node_get_type ())

G_DECLARE_FINAL_TYPE (StrataNode, strata_node, STRATA, NODE, GObject)

StrataNode    *strata_node_open         (const char      *path,
                                         GCancellable    *cancellable,
                                         GError         **error);

const char    *strata_node_get          (StrataNode      *self,
                                         StrataNodeText   text);
gboolean       strata_node_set          (StrataNode      *self,
                                         StrataNodeText   text,
                                         const char      *value,
                                         GError         **error);
StrataProfile *strata_node_get_profile  (StrataNode      *self);
gboolean       strata_node_take_profile (StrataNode      *self,
                                         StrataProfile   *profile,
                                         GCancellable    *cancellable,
                                         GError         **error);

gboolean       strata_node_has          (StrataNode      *self,
                                         StrataInstall   *install);
gboolean       strata_node_put          (StrataNode      *self,
                                         StrataInstall   *install,
                                         GError         **error);
gboolean       strata_node_sweep        (StrataNode      *self,
                                         GPtrArray       *installs,
                                         GError         **error);
char          *strata_node_get_checksum (GPtrArray       *installs);

G_END_DECLS
