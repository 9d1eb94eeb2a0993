/* strata-install.h - what a k3s node takes of one layer: a file of manifests, and charts beside it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-macros.h"

G_BEGIN_DECLS

#define STRATA_INSTALL_MANIFESTS "server/manifests"
#define STRATA_INSTALL_CHARTS "server/static/charts"

/* One layer, ready to be put in place. */
typedef struct
{
  char      *name;    /* (owned): of the file in STRATA_INSTALL_MANIFESTS */
  char      *text;    /* (owned): its documents */
  GPtrArray *charts;  /* (owned) (element-type StrataFile): for STRATA_INSTALL_CHARTS, named by their digest */
} StrataInstall;

StrataInstall *strata_install_new   (StrataProfile  *profile,
                                     StrataLayer    *layer,
                                     StrataMacros   *macros,
                                     GError        **error);
void           strata_install_free  (StrataInstall  *self);

GPtrArray     *strata_install_all   (StrataProfile  *profile,
                                     GHashTable     *settings,
                                     const char     *host_uid,
                                     guint          *failed,
                                     GError        **error);
GArray        *strata_install_order (StrataProfile  *profile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataInstall, strata_install_free)

G_END_DECLS
