/* strata-macros.h - fills in what the texts of a profile leave open until they are installed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

/* What the macros of one profile stand for on one appliance. */
typedef struct _StrataMacros StrataMacros;

StrataMacros *strata_macros_new  (StrataProfile  *profile,
                                  GHashTable     *settings,
                                  const char     *host_uid);
void          strata_macros_free (StrataMacros   *self);

char         *strata_macros_fill (StrataMacros   *self,
                                  const char     *text,
                                  GError        **error);

GHashTable   *strata_macros_read_settings (const char  *path,
                                           GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataMacros, strata_macros_free)

G_END_DECLS
