/* strata-schema-meta.c - what a schema itself has to be, so that a schema may refer to that
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

#include <string.h>

/* The words of all drafts, and the type of each. Written down from the drafts' own lists of words. */
#define COUNT "{ type: integer, minimum: 0 }"
#define TEXTS "{ type: array, items: { type: string }, uniqueItems: true }"

#define SHARED(me, list, object)                                                                     \
  "  $schema: { type: string }\n"                                                                    \
  "  $ref: { type: string }\n"                                                                       \
  "  title: { type: string }\n"                                                                      \
  "  description: { type: string }\n"                                                                \
  "  multipleOf: { type: number, exclusiveMinimum: 0 }\n"                                            \
  "  maximum: { type: number }\n"                                                                    \
  "  minimum: { type: number }\n"                                                                    \
  "  maxLength: " COUNT "\n"                                                                         \
  "  minLength: " COUNT "\n"                                                                         \
  "  pattern: { type: string }\n"                                                                    \
  "  format: { type: string }\n"                                                                     \
  "  maxItems: " COUNT "\n"                                                                          \
  "  minItems: " COUNT "\n"                                                                          \
  "  uniqueItems: { type: boolean }\n"                                                               \
  "  maxProperties: " COUNT "\n"                                                                     \
  "  minProperties: " COUNT "\n"                                                                     \
  "  required: " TEXTS "\n"                                                                          \
  "  enum: { type: array }\n"                                                                        \
  "  type: { anyOf: [{ enum: &types [array, boolean, integer, 'null', number, object, string] },\n"  \
  "    { type: array, items: { enum: *types }, minItems: 1, uniqueItems: true }] }\n"                \
  "  additionalProperties: " me "\n"                                                                 \
  "  properties: " object "\n"                                                                       \
  "  patternProperties: " object "\n"                                                                \
  "  definitions: " object "\n"                                                                      \
  "  not: " me "\n"                                                                                  \
  "  allOf: " list "\n"                                                                              \
  "  anyOf: " list "\n"                                                                              \
  "  oneOf: " list "\n"

#define ME "{ $ref: '#' }"
#define LIST "{ type: array, minItems: 1, items: { $ref: '#' } }"
#define OBJECT "{ type: object, additionalProperties: { $ref: '#' } }"
#define OLD_ITEMS                                                                                    \
  "  items: { anyOf: [" ME ", " LIST "] }\n"                                                         \
  "  additionalItems: " ME "\n"                                                                      \
  "  dependencies: { type: object, additionalProperties: { anyOf: [" ME ", " TEXTS "] } }\n"

#define SINCE_6                                                                                      \
  "  $id: { type: string }\n"                                                                        \
  "  exclusiveMaximum: { type: number }\n"                                                           \
  "  exclusiveMinimum: { type: number }\n"                                                           \
  "  contains: " ME "\n"                                                                             \
  "  propertyNames: " ME "\n"                                                                        \
  "  examples: { type: array }\n"

#define SINCE_7                                                                                      \
  "  $comment: { type: string }\n"                                                                   \
  "  readOnly: { type: boolean }\n"                                                                  \
  "  writeOnly: { type: boolean }\n"                                                                 \
  "  if: " ME "\n"                                                                                   \
  "  then: " ME "\n"                                                                                 \
  "  else: " ME "\n"

static const char draft_4[] =
  "$schema: http://json-schema.org/draft-04/schema#\n"
  "type: object\n"
  "dependencies: { exclusiveMaximum: [maximum], exclusiveMinimum: [minimum] }\n"
  "properties:\n"
  "  id: { type: string }\n"
  "  exclusiveMaximum: { type: boolean }\n"
  "  exclusiveMinimum: { type: boolean }\n"
  "  items: { anyOf: [" ME ", " LIST "] }\n"
  "  additionalItems: { anyOf: [{ type: boolean }, " ME "] }\n"
  "  dependencies: { type: object, additionalProperties: { anyOf: [" ME ", " TEXTS "] } }\n"
  SHARED ("{ anyOf: [{ type: boolean }, { $ref: '#' }] }", LIST, OBJECT);

static const char draft_6[] =
  "$schema: http://json-schema.org/draft-06/schema#\n"
  "type: [object, boolean]\n"
  "properties:\n" OLD_ITEMS SINCE_6 SHARED (ME, LIST, OBJECT);

static const char draft_7[] =
  "$schema: http://json-schema.org/draft-07/schema#\n"
  "type: [object, boolean]\n"
  "properties:\n" OLD_ITEMS SINCE_6 SINCE_7 SHARED (ME, LIST, OBJECT);

#define WORDS_OF_2019                                                                                \
  "  $anchor: { type: string }\n"                                                                    \
  "  $vocabulary: { type: object }\n"                                                                \
  "  $defs: { type: object, additionalProperties: " ANEW " }\n"                                      \
  "  $id: { type: string, pattern: '^[^#]*#?$' }\n"                                                  \
  "  $comment: { type: string }\n"                                                                   \
  "  deprecated: { type: boolean }\n"                                                                \
  "  readOnly: { type: boolean }\n"                                                                  \
  "  writeOnly: { type: boolean }\n"                                                                 \
  "  examples: { type: array }\n"                                                                    \
  "  exclusiveMaximum: { type: number }\n"                                                           \
  "  exclusiveMinimum: { type: number }\n"                                                           \
  "  maxContains: " COUNT "\n"                                                                       \
  "  minContains: " COUNT "\n"                                                                       \
  "  dependentRequired: { type: object, additionalProperties: " TEXTS " }\n"                         \
  "  dependentSchemas: { type: object, additionalProperties: " ANEW " }\n"                           \
  "  contains: " ANEW "\n"                                                                           \
  "  propertyNames: " ANEW "\n"                                                                      \
  "  unevaluatedItems: " ANEW "\n"                                                                   \
  "  unevaluatedProperties: " ANEW "\n"                                                              \
  "  if: " ANEW "\n"                                                                                 \
  "  then: " ANEW "\n"                                                                               \
  "  else: " ANEW "\n"

#define ANEW "{ $recursiveRef: '#' }"
#define ANEW_LIST "{ type: array, minItems: 1, items: { $recursiveRef: '#' } }"
#define ANEW_OBJECT "{ type: object, additionalProperties: { $recursiveRef: '#' } }"

static const char draft_2019[] =
  "$schema: https://json-schema.org/draft/2019-09/schema\n"
  "$recursiveAnchor: true\n"
  "type: [object, boolean]\n"
  "properties:\n"
  "  $recursiveAnchor: { type: boolean }\n"
  "  $recursiveRef: { type: string }\n"
  "  items: { anyOf: [" ANEW ", " ANEW_LIST "] }\n"
  "  additionalItems: " ANEW "\n"
  WORDS_OF_2019 SHARED (ANEW, ANEW_LIST, ANEW_OBJECT);

#undef ANEW
#undef ANEW_LIST
#undef ANEW_OBJECT
#define ANEW "{ $dynamicRef: '#meta' }"
#define ANEW_LIST "{ type: array, minItems: 1, items: { $dynamicRef: '#meta' } }"
#define ANEW_OBJECT "{ type: object, additionalProperties: { $dynamicRef: '#meta' } }"

static const char draft_2020[] =
  "$schema: https://json-schema.org/draft/2020-12/schema\n"
  "$dynamicAnchor: meta\n"
  "type: [object, boolean]\n"
  "properties:\n"
  "  $dynamicAnchor: { type: string }\n"
  "  $dynamicRef: { type: string }\n"
  "  prefixItems: " ANEW_LIST "\n"
  "  items: " ANEW "\n"
  WORDS_OF_2019 SHARED (ANEW, ANEW_LIST, ANEW_OBJECT);

/* The schema of schemas with that address, without its fragment; %NULL when it is none of them. */
const char *
strata_schema_meta_text (const char *address)
{
  static const struct
  {
    const char *address;
    const char *text;
  } metas[] = {
    { "//json-schema.org/draft-04/schema", draft_4 },
    { "//json-schema.org/draft-06/schema", draft_6 },
    { "//json-schema.org/draft-07/schema", draft_7 },
    { "//json-schema.org/draft/2019-09/schema", draft_2019 },
    { "//json-schema.org/draft/2020-12/schema", draft_2020 },
  };
  const char *scheme = strchr (address, ':');

  for (guint i = 0; scheme != NULL && i < G_N_ELEMENTS (metas); i++)
    if (g_str_equal (scheme + 1, metas[i].address))
      return metas[i].text;

  return NULL;
}
