/* strata-schema-private.h - a schema as a table of rules, and what runs over it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-pattern.h"
#include "strata-schema.h"
#include "strata-schema-decimal.h"
#include "strata-schema-table.h"
#include "strata-yaml-private.h"

G_BEGIN_DECLS

/* The year of a draft, to be compared: 4, 6 and 7 had none. */
typedef enum
{
  STRATA_SCHEMA_DRAFT_4    = 4,
  STRATA_SCHEMA_DRAFT_6    = 6,
  STRATA_SCHEMA_DRAFT_7    = 7,
  STRATA_SCHEMA_DRAFT_2019 = 2019,
  STRATA_SCHEMA_DRAFT_2020 = 2020,
} StrataSchemaDraft;

/* An integer is a number too. */
typedef enum
{
  STRATA_SCHEMA_NULL    = 1 << 0,
  STRATA_SCHEMA_BOOL    = 1 << 1,
  STRATA_SCHEMA_INTEGER = 1 << 2,
  STRATA_SCHEMA_NUMBER  = 1 << 3,
  STRATA_SCHEMA_STRING  = 1 << 4,
  STRATA_SCHEMA_ARRAY   = 1 << 5,
  STRATA_SCHEMA_OBJECT  = 1 << 6,
} StrataSchemaTypes;

#define STRATA_SCHEMA_N_TYPES 7

typedef enum
{
  STRATA_SCHEMA_LOOK,    /* at the rules */
  STRATA_SCHEMA_ALWAYS,  /* anything is fine */
  STRATA_SCHEMA_NEVER,   /* nothing is */
} StrataSchemaVerdict;

typedef struct _StrataSchemaRule StrataSchemaRule;
typedef struct _StrataSchemaPlace StrataSchemaPlace;

/* What a schema is told by: a document, or a part of one with an address of its own. */
struct _StrataSchemaPlace
{
  char                 *address;   /* (owned): absolute, without a fragment; "" when there is none */
  const StrataYamlNode *root;
  StrataSchemaDraft     draft;
  GHashTable           *anchors;   /* (owned) (element-type utf8 StrataYamlNode) */
  GHashTable           *dynamics;  /* (owned) (element-type utf8 StrataSchemaRule): of $dynamicAnchor */
};

typedef struct
{
  StrataPattern    *pattern;  /* (owned) */
  StrataSchemaRule *rule;
} StrataSchemaPatternRule;

/* What one name in a mapping brings with it. */
typedef struct
{
  const char       *name;
  StrataSchemaRule *rule;       /* (nullable) */
  guint             required;   /* its number among the required ones, from 1; 0 when it is not */
  const char      **needs;      /* (owned) (nullable) (array zero-terminated=1): other names */
  StrataSchemaRule *then;       /* (nullable): for the whole mapping */
} StrataSchemaName;

typedef struct
{
  StrataSchemaTable  table;      /* of the names below */
  GArray            *names;      /* (owned) (element-type StrataSchemaName) */
  GArray            *patterns;   /* (owned) (element-type StrataSchemaPatternRule) */
  StrataSchemaRule  *others;     /* (nullable) */
  StrataSchemaRule  *keys;       /* (nullable): what each name has to be */
  guint              n_required;
  guint              n_dependent;
  guint              min;
  guint              max;
} StrataSchemaObject;

typedef struct
{
  GPtrArray        *first;     /* (owned): rules for the items at the start */
  StrataSchemaRule *others;    /* (nullable): for the rest */
  StrataSchemaRule *contains;  /* (nullable) */
  guint             min_contains;
  guint             max_contains;
  guint             min;
  guint             max;
  gboolean          unique;
} StrataSchemaArray;

typedef struct
{
  guint          min;
  guint          max;
  StrataPattern *pattern;       /* (owned) (nullable) */
  const char    *pattern_text;  /* (nullable) */
  const char    *format;        /* (nullable): one that can be checked */
} StrataSchemaString;

typedef struct
{
  StrataSchemaDecimal min;
  StrataSchemaDecimal max;
  StrataSchemaDecimal step;
  gboolean            has_min;
  gboolean            has_max;
  gboolean            has_step;
  gboolean            above_min;  /* and not equal to it */
  gboolean            below_max;
} StrataSchemaNumber;

typedef struct
{
  GPtrArray         *values;   /* (owned) (element-type StrataYamlNode) */
  GArray            *hashes;   /* (owned) (element-type guint): of each */
  StrataSchemaTable  strings;  /* the texts among them */
  guint              n_strings;
  gboolean           is_const;
} StrataSchemaValues;

/* What other rules say of the same value. */
typedef struct
{
  StrataSchemaRule *ref;         /* (nullable) */
  const char       *dynamic;     /* (nullable): the anchor by which @ref is found anew for each caller */
  GPtrArray        *all_of;      /* (owned) (nullable) */
  GPtrArray        *any_of;      /* (owned) (nullable) */
  GPtrArray        *one_of;      /* (owned) (nullable) */
  StrataSchemaRule *not_rule;    /* (nullable) */
  StrataSchemaRule *if_rule;     /* (nullable) */
  StrataSchemaRule *then_rule;   /* (nullable) */
  StrataSchemaRule *else_rule;   /* (nullable) */
} StrataSchemaApply;

struct _StrataSchemaRule
{
  guint8                verdict;
  guint8                types;        /* that the value may have; 0 for any */
  StrataSchemaRule     *same_as;      /* (nullable): stands for another and says nothing itself */
  StrataSchemaValues   *values;       /* (owned) (nullable) */
  StrataSchemaString   *string;       /* (owned) (nullable) */
  StrataSchemaNumber   *number;       /* (owned) (nullable) */
  StrataSchemaArray    *array;        /* (owned) (nullable) */
  StrataSchemaObject   *object;       /* (owned) (nullable) */
  StrataSchemaApply    *apply;        /* (owned) (nullable) */
  StrataSchemaRule     *other_names;  /* (nullable): for what nobody has looked at */
  StrataSchemaRule     *other_items;  /* (nullable) */
  const StrataYamlNode *source;       /* where it stands in the text of the schema */
  StrataSchemaPlace    *place;
};

struct _StrataSchema
{
  GPtrArray        *texts;        /* (owned) (element-type StrataYaml): what the rules point into */
  GPtrArray        *places;       /* (owned) (element-type StrataSchemaPlace) */
  GPtrArray        *rules;        /* (owned) (element-type StrataSchemaRule) */
  GPtrArray        *warnings;     /* (owned) (element-type utf8) */
  StrataSchemaRule *root;
  gboolean          has_dynamic;  /* some rule asks who called it */
};

/* While a schema is compiled. */
typedef struct
{
  StrataSchema *schema;
  GHashTable   *known;    /* (owned) (element-type StrataYamlNode StrataSchemaRule) */
  GHashTable   *homes;    /* (owned) (element-type StrataYamlNode StrataSchemaPlace): of parts that have an address */
  GPtrArray    *waiting;  /* (owned): rules that were named and not read yet */
} StrataSchemaCompiler;

StrataSchema       *strata_schema_new             (StrataYaml            *text);
StrataSchemaObject *strata_schema_object_new      (void);

StrataSchemaRule  *strata_schema_compiler_rule    (StrataSchemaCompiler  *self,
                                                   const StrataYamlNode  *node,
                                                   StrataSchemaPlace     *place);
void               strata_schema_compiler_warn    (StrataSchemaCompiler  *self,
                                                   const StrataYamlNode  *node,
                                                   const char            *sentence);
StrataPattern     *strata_schema_compiler_pattern (StrataSchemaCompiler  *self,
                                                   const StrataYamlNode  *node);
guint              strata_schema_compiler_count   (const StrataYamlNode  *node,
                                                   const char            *key,
                                                   guint                  otherwise);
void               strata_schema_compile_object   (StrataSchemaCompiler  *self,
                                                   StrataSchemaRule      *rule);
void               strata_schema_compile_array    (StrataSchemaCompiler  *self,
                                                   StrataSchemaRule      *rule);
void               strata_schema_compile_values   (StrataSchemaCompiler  *self,
                                                   StrataSchemaRule      *rule);
void               strata_schema_compile_apply    (StrataSchemaCompiler  *self,
                                                   StrataSchemaRule      *rule);

StrataSchemaPlace *strata_schema_places_add       (StrataSchemaCompiler  *self,
                                                   const StrataYamlNode  *root,
                                                   const char            *address,
                                                   StrataSchemaDraft      draft);
void               strata_schema_place_free       (StrataSchemaPlace     *place);
StrataSchemaRule  *strata_schema_places_follow    (StrataSchemaCompiler  *self,
                                                   StrataSchemaPlace     *place,
                                                   const StrataYamlNode  *ref,
                                                   gboolean               is_dynamic,
                                                   const char           **dynamic);
char              *strata_schema_resolve          (const char            *base,
                                                   const char            *address);
const char        *strata_schema_meta_text        (const char            *address);
char              *strata_schema_join_halves      (const char            *text,
                                                   gsize                  length);
StrataYaml        *strata_schema_read_text        (const char            *text,
                                                   gssize                 length,
                                                   GError               **error);

StrataSchemaTypes  strata_schema_value_type       (const StrataYamlNode  *value,
                                                   StrataSchemaDecimal   *number);
gboolean           strata_schema_value_is_key     (const StrataYamlNode  *key);
gboolean           strata_schema_value_is_open    (const StrataYamlNode  *value);
gboolean           strata_schema_values_equal     (const StrataYamlNode  *value,
                                                   const StrataYamlNode  *other);
guint              strata_schema_value_hash       (const StrataYamlNode  *value);

const StrataYamlNode *
                   strata_schema_write_out        (StrataYaml            *memory,
                                                   const StrataYamlNode  *node);

const StrataYamlNode *
                   strata_schema_make_mapping     (StrataYaml            *memory,
                                                   const StrataYamlNode  *model,
                                                   GPtrArray             *pairs);

gboolean           strata_schema_format_is_known  (const char            *format);
gboolean           strata_schema_format_check     (const char            *format,
                                                   const char            *text);

static inline const StrataYamlNode *
strata_schema_follow (const StrataYamlNode *node)
{
  return (node->flags & STRATA_YAML_ALIAS) != 0 ? node->target : node;
}

G_END_DECLS
