/* strata-kind.h - one kind of Kubernetes object: its fields, what they take, and which versions have them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a value is. */
typedef enum
{
  STRATA_KIND_ANY,
  STRATA_KIND_OBJECT,         /* a mapping of any keys */
  STRATA_KIND_STRING,
  STRATA_KIND_BYTES,          /* a text in Base64 */
  STRATA_KIND_TIME,           /* a text as in RFC 3339 */
  STRATA_KIND_BOOLEAN,
  STRATA_KIND_INT32,
  STRATA_KIND_INT64,
  STRATA_KIND_NUMBER,
  STRATA_KIND_QUANTITY,       /* a number or a text as "500m" or "1Gi" */
  STRATA_KIND_INT_OR_STRING,
  STRATA_KIND_STRUCT,         /* a mapping with known fields */
  STRATA_KIND_LIST,
  STRATA_KIND_MAP,            /* a mapping of any keys to values of one type */
} StrataKindForm;

/* What a text, a number, or the keys of a map are beyond their form. */
typedef enum
{
  STRATA_KIND_FORMAT_NONE,
  STRATA_KIND_FORMAT_LABEL,            /* a name of RFC 1123 without dots */
  STRATA_KIND_FORMAT_LABEL_KEY,
  STRATA_KIND_FORMAT_LABELS,           /* a map of label keys to label values */
  STRATA_KIND_FORMAT_ANNOTATIONS,      /* a map of label keys to any text */
  STRATA_KIND_FORMAT_FILE_KEY,         /* a map of names of files */
  STRATA_KIND_FORMAT_PORT,             /* 1 to 65535 */
  STRATA_KIND_FORMAT_PORT_OR_NONE,     /* the same, or 0 */
  STRATA_KIND_FORMAT_PORT_NAME,
  STRATA_KIND_FORMAT_TARGET,           /* a port or the name of one */
  STRATA_KIND_FORMAT_COUNT,            /* not below 0 */
  STRATA_KIND_FORMAT_CRON,
  STRATA_KIND_FORMAT_CONFIG_MAP,       /* this and those below: the name of such an object */
  STRATA_KIND_FORMAT_SECRET,
  STRATA_KIND_FORMAT_PULL_SECRET,      /* a list of objects with names of secrets */
  STRATA_KIND_FORMAT_SERVICE,
  STRATA_KIND_FORMAT_SERVICE_ACCOUNT,
  STRATA_KIND_FORMAT_CLAIM,
} StrataKindFormat;

/* How things stand in one version of Kubernetes. */
typedef enum
{
  STRATA_KIND_SERVED,
  STRATA_KIND_DEPRECATED,
  STRATA_KIND_MAYBE,     /* the sources say only that it came or went about then */
  STRATA_KIND_NOT_YET,
  STRATA_KIND_REMOVED,
} StrataKindState;

#define STRATA_KIND_DEPRECATED_EVER 1

/**
 * StrataKindSpan:
 * @came_first: the first minor version of Kubernetes that may have it; 0 when it was always there
 * @came_last: the first that has it for sure
 * @went_first: the first that may lack it; 0 when it is still there
 * @went_last: the first that lacks it for sure
 * @deprecated: since when it is out of favour; 0 when it is not, `STRATA_KIND_DEPRECATED_EVER` when nobody knows
 *
 * Minor versions: 30 is 1.30.
 */
typedef struct
{
  guint8 came_first;
  guint8 came_last;
  guint8 went_first;
  guint8 went_last;
  guint8 deprecated;
} StrataKindSpan;

typedef struct _StrataKindType StrataKindType;

/**
 * StrataKindField:
 * @name: its key
 * @type: what it takes
 * @words: (nullable): the only texts that it, or each item of it, takes
 * @keys: (nullable): fields that tell the items of a list apart
 * @format: what the text is beyond that
 * @is_required: whether it has to be there
 * @is_set: whether a list has each item once
 * @span: which versions have it
 */
typedef struct
{
  const char           *name;
  const StrataKindType *type;
  const char *const    *words;
  const char *const    *keys;
  StrataKindFormat      format;
  gboolean              is_required;
  gboolean              is_set;
  StrataKindSpan        span;
} StrataKindField;

/**
 * StrataKindType:
 * @form: what it is
 * @is_open: whether a mapping may have fields beside those that are known
 * @name: (nullable): "core.v1.Container"
 * @item: (nullable): what a list or a map has in it
 * @fields: (nullable) (array length=n_fields): of a mapping, by name
 * @n_fields: how many
 */
struct _StrataKindType
{
  StrataKindForm         form;
  gboolean               is_open;
  const char            *name;
  const StrataKindType  *item;
  const StrataKindField *fields;
  guint                  n_fields;
};

/**
 * StrataKind:
 * @api_version: "apps/v1"
 * @name: "Deployment"
 * @type: (nullable): its fields; %NULL when they are not known, as of a kind that is long gone
 * @is_namespaced: whether it is in a namespace
 * @is_custom: whether a definition brought it, not Kubernetes itself
 * @new_api_version: (nullable): what takes its place
 * @new_name: (nullable): and under which name, where it has another
 * @span: which versions have it
 *
 * Lives as long as the [struct@Kinds] it is of.
 */
typedef struct
{
  const char           *api_version;
  const char           *name;
  const StrataKindType *type;
  gboolean              is_namespaced;
  gboolean              is_custom;
  const char           *new_api_version;
  const char           *new_name;
  StrataKindSpan        span;
} StrataKind;

StrataKindState        strata_kind_span_get_state (const StrataKindSpan  *span,
                                                   guint                  kubernetes);
const StrataKindField *strata_kind_type_find      (const StrataKindType  *type,
                                                   const char            *name);
const StrataKindType  *strata_kind_walk           (const StrataKind      *kind,
                                                   const char *const     *path,
                                                   const StrataKindField **field);
char                  *strata_kind_type_describe  (const StrataKindType  *type);

G_END_DECLS
