/* strata-nearest.h - the word that was meant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *word;      /* that was written */
  const char *nearest;   /* (nullable): of those that were tried */
  guint       distance;  /* letters to change */
} StrataNearest;

void strata_nearest_init (StrataNearest *self,
                          const char    *word);
void strata_nearest_try  (StrataNearest *self,
                          const char    *candidate);

G_END_DECLS
