/* strata-links-private.h - objects of all layers while they are held against one another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-validate-private.h"

G_BEGIN_DECLS

/* An object and where it is from. */
typedef struct
{
  const StrataKubeObject     *object;
  const StrataValidateSource *source;
} StrataMade;

typedef struct
{
  GArray    *sources;   /* (element-type StrataValidateSource) */
  GArray    *made;      /* (element-type StrataMade): sorted by kind and name */
  GPtrArray *problems;
  guint      n_left;    /* problems that may still be named */
} StrataLinks;

void                  strata_links_report          (StrataLinks                *self,
                                                    StrataSeverity              severity,
                                                    const StrataValidateSource *source,
                                                    const StrataKubePlace      *place,
                                                    char                       *sentence);
gboolean              strata_links_may_be_same     (const char                 *name_space,
                                                    const char                 *other);
const StrataKubePair *strata_links_get_pair        (const StrataKubeFacts      *facts,
                                                    StrataKubeRange             range,
                                                    guint                       index);
gboolean              strata_made_has_port         (const StrataMade           *made,
                                                    const char                 *port);
void                  strata_links_check_selectors (StrataLinks                *self);

G_END_DECLS
