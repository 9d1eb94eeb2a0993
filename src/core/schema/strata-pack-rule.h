/* strata-pack-rule.h - one line of the schema.yaml of a pack: what one value has to be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-schema-private.h"

G_BEGIN_DECLS

typedef struct
{
  char           *path;        /* (owned): with dots, `$[]` for every item of a list */
  gboolean        required;
  gboolean        readonly;
  char           *format;      /* (owned): "string", "number", "list", …, or "" */
  char          **options;     /* (owned): of a list; of a range its two ends; empty for neither */
  StrataPattern  *pattern;     /* (owned) (nullable) */
  char           *hints;       /* (owned): sentences for people, or "" */
} StrataPackRule;

StrataPackRule *strata_pack_rule_read     (const char            *path,
                                           const char            *text);
void            strata_pack_rule_free     (StrataPackRule        *rule);

char           *strata_pack_rule_refuse   (const StrataPackRule  *rule,
                                           const char            *path,
                                           const StrataYamlNode  *value,
                                           char                 **fix);

G_END_DECLS
