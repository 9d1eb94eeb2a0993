/* strata-schema.h - what a text has to be, as a JSON Schema says it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-yaml.h"

G_BEGIN_DECLS

/**
 * StrataSchemaFlags:
 * @STRATA_SCHEMA_PLAIN: `format` says something to people only
 * @STRATA_SCHEMA_CHECK_FORMATS: a text has to keep to its `format` where the schema's draft allows
 *   to ask for that: up to 7
 * @STRATA_SCHEMA_TAKE_TEMPLATES: a text with `{{` in it may become anything, and is not looked at
 * @STRATA_SCHEMA_OLD_WORDS: `yes`, `no`, `on` and `off` without quotes are truth values, as for Helm, which reads YAML
 *   of before 1.2
 */
typedef enum
{
  STRATA_SCHEMA_PLAIN          = 0,
  STRATA_SCHEMA_CHECK_FORMATS  = 1 << 0,
  STRATA_SCHEMA_TAKE_TEMPLATES = 1 << 1,
  STRATA_SCHEMA_OLD_WORDS      = 1 << 2,
} StrataSchemaFlags;

/**
 * StrataSchemaFact:
 * @name: the key; "" for the value that was asked for itself
 * @type: the types it may have, as JSON Schema calls them, "string | null"; "" for any
 * @title: a few words for people, or ""
 * @description: sentences for people, or ""
 * @format: what kind of text it is, or ""
 * @preset: what it is when nobody says, as YAML in one line, or ""
 * @values: (array zero-terminated=1): the only values it may have, as YAML in one line; empty for any
 * @required: whether it has to be there
 * @deprecated: whether it should not be used any more
 *
 * What a schema says of one value. (all fields owned, not nullable)
 */
typedef struct
{
  char     *name;
  char     *type;
  char     *title;
  char     *description;
  char     *format;
  char     *preset;
  char    **values;
  gboolean  required;
  gboolean  deprecated;
} StrataSchemaFact;

/**
 * StrataSchemaFacts:
 * @about: (owned): what it says of the value itself
 * @keys: (owned) (element-type StrataSchemaFact): what it says of each key in it, as the schema has them
 * @is_open: whether there may be other keys
 *
 * What a schema says of the value at a path.
 */
typedef struct
{
  StrataSchemaFact *about;
  GPtrArray        *keys;
  gboolean          is_open;
} StrataSchemaFacts;

/**
 * StrataSchema:
 *
 * A compiled schema. A counted value: it never changes, and is safe to use from any thread.
 */
typedef struct _StrataSchema StrataSchema;

#define STRATA_TYPE_SCHEMA (strata_schema_get_type ())

GType              strata_schema_get_type     (void);
StrataSchema      *strata_schema_compile      (const char            *text,
                                               gssize                 length,
                                               GError               **error);
StrataSchema      *strata_schema_ref          (StrataSchema          *self);
void               strata_schema_unref        (StrataSchema          *self);

GPtrArray         *strata_schema_get_warnings (StrataSchema          *self);

gboolean           strata_schema_accepts      (StrataSchema          *self,
                                               const StrataYamlNode  *root,
                                               StrataSchemaFlags      flags);
gboolean           strata_schema_validate     (StrataSchema          *self,
                                               const char            *text,
                                               const StrataYamlNode  *root,
                                               StrataSchemaFlags      flags,
                                               const char            *source,
                                               GPtrArray             *problems);

StrataSchemaFacts *strata_schema_lookup       (StrataSchema          *self,
                                               const char *const     *path);
void               strata_schema_fact_free    (StrataSchemaFact      *fact);
void               strata_schema_facts_free   (StrataSchemaFacts     *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSchema, strata_schema_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSchemaFact, strata_schema_fact_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSchemaFacts, strata_schema_facts_free)

G_END_DECLS
