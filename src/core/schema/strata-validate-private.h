/* strata-validate-private.h - one layer while it is looked through, and what each kind of check adds to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-validate.h"
#include "strata-yaml.h"

G_BEGIN_DECLS

/* A text of a layer that is YAML. */
typedef struct
{
  const char *text;
  gsize       length;
  StrataYaml *yaml;
  GPtrArray  *problems;  /* (element-type StrataProblem): where to add to; layer and document are filled in later */
} StrataValidateText;

void strata_validate_whole (StrataProfile *profile,
                            GPtrArray     *constraints,
                            GPtrArray     *problems);

G_END_DECLS
