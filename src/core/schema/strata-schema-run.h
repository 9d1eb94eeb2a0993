/* strata-schema-run.h - one look at one value: first only whether it is fine, then why it is not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-lint-private.h"
#include "strata-schema-private.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_SCHEMA_FAULT_TYPE,
  STRATA_SCHEMA_FAULT_VALUES,       /* none of those it may have */
  STRATA_SCHEMA_FAULT_MIN,
  STRATA_SCHEMA_FAULT_MAX,
  STRATA_SCHEMA_FAULT_STEP,
  STRATA_SCHEMA_FAULT_MIN_LENGTH,
  STRATA_SCHEMA_FAULT_MAX_LENGTH,
  STRATA_SCHEMA_FAULT_PATTERN,
  STRATA_SCHEMA_FAULT_FORMAT,
  STRATA_SCHEMA_FAULT_MIN_ITEMS,
  STRATA_SCHEMA_FAULT_MAX_ITEMS,
  STRATA_SCHEMA_FAULT_SAME_ITEMS,
  STRATA_SCHEMA_FAULT_FEW_FIT,      /* too few items are what `contains` asks for */
  STRATA_SCHEMA_FAULT_MANY_FIT,
  STRATA_SCHEMA_FAULT_MIN_NAMES,
  STRATA_SCHEMA_FAULT_MAX_NAMES,
  STRATA_SCHEMA_FAULT_MISSING,      /* a key; @name says which */
  STRATA_SCHEMA_FAULT_MISSING_TOO,  /* a key that another, @other, needs */
  STRATA_SCHEMA_FAULT_UNKNOWN,      /* a key */
  STRATA_SCHEMA_FAULT_NAME,         /* of a key is not what it has to be */
  STRATA_SCHEMA_FAULT_NEVER,        /* may be there at all */
  STRATA_SCHEMA_FAULT_NOT,          /* is what it must not be */
  STRATA_SCHEMA_FAULT_SEVERAL,      /* of what may hold only once hold */
  STRATA_SCHEMA_FAULT_ONE,          /* of several has to hold */
} StrataSchemaFault;

/* A way from the root to a value: the key, or the number of the item. */
typedef struct
{
  const StrataYamlNode *key;    /* (nullable) */
  guint                 index;
  const StrataYamlNode *value;
} StrataSchemaStep;

typedef struct
{
  StrataSchemaFault       fault;
  const StrataSchemaRule *rule;
  const StrataYamlNode   *value;
  const StrataYamlNode   *at;     /* (nullable): what to underline, of the text itself; %NULL for the whole */
  const char             *name;   /* (nullable) */
  const char             *other;  /* (nullable) */
  guint8                  types;  /* that it may have had */
  guint                   depth;  /* steps from the root */
  char                   *path;   /* (owned): "" for the root */
} StrataSchemaFinding;

/* Whose rules are looked at, from the innermost caller to the outermost. */
typedef struct _StrataSchemaScope StrataSchemaScope;

struct _StrataSchemaScope
{
  const StrataSchemaScope *outer;  /* (nullable) */
  const StrataSchemaPlace *place;
};

/* Which pairs or items of a value some rule has looked at: bits, by where they begin in the run's @bits. */
typedef struct
{
  guint first;  /* word */
  guint n_words;
} StrataSchemaSeen;

typedef struct
{
  const StrataYamlNode    *root;
  StrataSchemaFlags        flags;
  guint                    n_steps;
  guint                    max_steps;
  guint                    depth;
  gboolean                 gave_up;
  gboolean                 has_merges;   /* a merge key stands in the value: look at it written out */
  gboolean                 has_dynamic;
  const StrataSchemaScope *scope;        /* (nullable) */
  GArray                  *bits;         /* (owned) (element-type guint64) */
  GArray                  *hashes;       /* (owned): of the items of a list */
  GArray                  *path;         /* (owned) (nullable) (element-type StrataSchemaStep) */
  guint                    n_hidden;     /* steps at the start of @path that are not shown */
  GPtrArray               *findings;     /* (owned) (nullable) (element-type StrataSchemaFinding) */
} StrataSchemaRun;

/* Counts what was done, and says whether there may be more. */
static inline gboolean
strata_schema_run_count (StrataSchemaRun *self,
                         guint            n_steps)
{
  if (n_steps > self->max_steps - self->n_steps)
    {
      self->gave_up = TRUE;
      return FALSE;
    }

  self->n_steps += n_steps;

  return TRUE;
}

/* Whether to look further: always when all reasons are wanted, else as long as all is fine. */
static inline gboolean
strata_schema_run_goes_on (StrataSchemaRun *self,
                           gboolean         is_fine,
                           gboolean        *all_fine)
{
  *all_fine = *all_fine && is_fine;

  return !self->gave_up && (is_fine || self->findings != NULL);
}

void              strata_schema_run_init     (StrataSchemaRun         *self,
                                              const StrataSchema      *schema,
                                              StrataSchemaFlags        flags,
                                              gboolean                 wants_findings);
void              strata_schema_run_clear    (StrataSchemaRun         *self);

gboolean          strata_schema_run_check    (StrataSchemaRun         *self,
                                              const StrataSchemaRule  *rule,
                                              const StrataYamlNode    *value,
                                              StrataSchemaSeen        *seen);
gboolean          strata_schema_run_child    (StrataSchemaRun         *self,
                                              const StrataSchemaRule  *rule,
                                              const StrataYamlNode    *key,
                                              guint                    index,
                                              const StrataYamlNode    *value);
void              strata_schema_append_key   (GString                 *text,
                                              const char              *key);
gboolean          strata_schema_run_fail     (StrataSchemaRun         *self,
                                              const StrataSchemaRule  *rule,
                                              StrataSchemaFault        fault,
                                              const StrataYamlNode    *value,
                                              const StrataYamlNode    *key,
                                              const char              *name,
                                              const char              *other);
gboolean          strata_schema_run_matches  (StrataSchemaRun         *self,
                                              StrataPattern           *pattern,
                                              const StrataYamlNode    *text);

void              strata_schema_seen_open    (StrataSchemaRun         *run,
                                              StrataSchemaSeen        *seen,
                                              guint                    n);
void              strata_schema_seen_close   (StrataSchemaRun         *run,
                                              StrataSchemaSeen        *seen,
                                              const StrataSchemaSeen  *outer);
void              strata_schema_seen_add     (StrataSchemaRun         *run,
                                              const StrataSchemaSeen  *seen,
                                              guint                    index);
gboolean          strata_schema_seen_has_all (StrataSchemaRun         *run,
                                              const StrataSchemaSeen  *seen,
                                              guint                    n);
gboolean          strata_schema_seen_has     (StrataSchemaRun         *run,
                                              const StrataSchemaSeen  *seen,
                                              guint                    index);

gboolean          strata_schema_check_object (StrataSchemaRun         *self,
                                              const StrataSchemaRule  *rule,
                                              const StrataYamlNode    *value,
                                              StrataSchemaSeen        *seen);
gboolean          strata_schema_check_array  (StrataSchemaRun         *self,
                                              const StrataSchemaRule  *rule,
                                              const StrataYamlNode    *value,
                                              StrataSchemaSeen        *seen);
gboolean          strata_schema_check_others (StrataSchemaRun         *self,
                                              const StrataSchemaRule  *rule,
                                              const StrataYamlNode    *value,
                                              StrataSchemaSeen        *seen);
gboolean          strata_schema_check_apply  (StrataSchemaRun         *self,
                                              const StrataSchemaRule  *rule,
                                              const StrataYamlNode    *value,
                                              StrataSchemaSeen        *seen);
gboolean          strata_schema_check_scalar (StrataSchemaRun         *self,
                                              const StrataSchemaRule  *rule,
                                              const StrataYamlNode    *value,
                                              StrataSchemaTypes        type,
                                              const StrataSchemaDecimal *number);
gboolean          strata_schema_check_values (StrataSchemaRun         *self,
                                              const StrataSchemaRule  *rule,
                                              const StrataYamlNode    *value,
                                              StrataSchemaTypes        type);

gboolean          strata_schema_validate_at  (StrataSchema            *self,
                                              const char              *text,
                                              const StrataYamlNode    *root,
                                              GArray                  *path,
                                              guint                    n_hidden,
                                              StrataSchemaFlags        flags,
                                              const char              *source,
                                              GPtrArray               *problems);

void              strata_schema_finding_free (StrataSchemaFinding     *finding);
void              strata_schema_explain      (const StrataSchemaFinding *finding,
                                              StrataLint              *lint,
                                              const char              *source);
char             *strata_schema_say_types    (guint8                   types);
char             *strata_schema_say_value    (const StrataYamlNode    *value);

G_END_DECLS
