/* strata-schema-facts.h - what can be said of a value that no schema speaks of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-schema-private.h"

G_BEGIN_DECLS

StrataSchemaFact  *strata_schema_fact_new    (const char            *name);
StrataSchemaFacts *strata_schema_facts_new   (const char            *name);
StrataSchemaFact  *strata_schema_facts_find  (StrataSchemaFacts     *facts,
                                              const char            *name);
StrataSchemaFacts *strata_schema_facts_learn (StrataSchemaFacts     *facts,
                                              const StrataYamlNode  *example);

G_END_DECLS
