/* strata-kinds-load.c - the table of Kubernetes types, as data/kubernetes/make-types.py describes it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kinds"

#include "strata-kinds-private.h"

#include <string.h>

typedef struct
{
  StrataKinds *kinds;
  GHashTable  *types;   /* (owned) (element-type utf8 StrataKindType): by how the table writes them */
  GArray      *fields;  /* (owned) (element-type StrataKindField): of the type that is read */
} Loader;

static const char *const formats[] = {
  [STRATA_KIND_FORMAT_NONE] = "",
  [STRATA_KIND_FORMAT_LABEL] = "label",
  [STRATA_KIND_FORMAT_LABEL_KEY] = "labelkey",
  [STRATA_KIND_FORMAT_LABELS] = "labels",
  [STRATA_KIND_FORMAT_ANNOTATIONS] = "annotations",
  [STRATA_KIND_FORMAT_FILE_KEY] = "filekey",
  [STRATA_KIND_FORMAT_PORT] = "port",
  [STRATA_KIND_FORMAT_PORT_OR_NONE] = "port0",
  [STRATA_KIND_FORMAT_PORT_NAME] = "portname",
  [STRATA_KIND_FORMAT_TARGET] = "target",
  [STRATA_KIND_FORMAT_COUNT] = "count",
  [STRATA_KIND_FORMAT_CRON] = "cron",
  [STRATA_KIND_FORMAT_CONFIG_MAP] = "configmap",
  [STRATA_KIND_FORMAT_SECRET] = "secret",
  [STRATA_KIND_FORMAT_PULL_SECRET] = "pullsecret",
  [STRATA_KIND_FORMAT_SERVICE] = "service",
  [STRATA_KIND_FORMAT_SERVICE_ACCOUNT] = "serviceaccount",
  [STRATA_KIND_FORMAT_CLAIM] = "pvc",
};

static StrataKindForm
find_form (char letter)
{
  static const struct
  {
    char letter;
    StrataKindForm form;
  } forms[] = {
    { 'o', STRATA_KIND_OBJECT },   { 's', STRATA_KIND_STRING },  { 'y', STRATA_KIND_BYTES },
    { 't', STRATA_KIND_TIME },     { 'b', STRATA_KIND_BOOLEAN }, { 'i', STRATA_KIND_INT32 },
    { 'l', STRATA_KIND_INT64 },    { 'f', STRATA_KIND_NUMBER },  { 'x', STRATA_KIND_INT_OR_STRING },
    { 'q', STRATA_KIND_QUANTITY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].letter == letter)
      return forms[i].form;

  return STRATA_KIND_ANY;
}

/* A type that is named before its own lines come is filled in then. */
static StrataKindType *
find_type (Loader     *self,
           const char *word)
{
  StrataKindType *type = g_hash_table_lookup (self->types, word);

  if (type != NULL)
    return type;
  if (strchr ("@[{", *word) == NULL)
    return (StrataKindType *) strata_kinds_get_simple (find_form (*word));

  type = strata_kinds_alloc (self->kinds, sizeof *type);
  type->form = *word == '@'   ? STRATA_KIND_STRUCT
               : *word == '[' ? STRATA_KIND_LIST
                              : STRATA_KIND_MAP;
  g_hash_table_insert (self->types, (char *) strata_kinds_intern (self->kinds, word), type);

  if (*word == '@')
    type->name = strata_kinds_intern (self->kinds, word + 1);
  else
    type->item = find_type (self, word + 1);

  return type;
}

static void
read_versions (const char *text,
               guint8     *first,
               guint8     *last)
{
  const char *dots = strstr (text, "..");

  *first = (guint8) g_ascii_strtoull (text, NULL, 10);
  *last = dots != NULL ? (guint8) g_ascii_strtoull (dots + 2, NULL, 10) : *first;
}

static gboolean
read_span_mark (StrataKindSpan *span,
                const char     *mark)
{
  if (*mark == '+')
    read_versions (mark + 1, &span->came_first, &span->came_last);
  else if (*mark == '-')
    read_versions (mark + 1, &span->went_first, &span->went_last);
  else if (*mark == '~')
    span->deprecated = mark[1] != '\0' ? (guint8) g_ascii_strtoull (mark + 1, NULL, 10)
                                       : STRATA_KIND_DEPRECATED_EVER;
  else
    return FALSE;

  return TRUE;
}

static const char *const *
read_list (Loader     *self,
           const char *list)
{
  g_auto(GStrv) words = g_strsplit (list, ",", -1);
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (all, words[i]);

  return strata_kinds_intern_all (self->kinds, all);
}

static StrataKindFormat
find_format (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i], name))
      return (StrataKindFormat) i;

  return STRATA_KIND_FORMAT_NONE;
}

static void
read_field_mark (Loader          *self,
                 StrataKindField *field,
                 const char      *mark)
{
  if (g_str_equal (mark, "!"))
    field->is_required = TRUE;
  else if (g_str_equal (mark, "set"))
    field->is_set = TRUE;
  else if (g_str_has_prefix (mark, "in:"))
    field->words = read_list (self, mark + strlen ("in:"));
  else if (g_str_has_prefix (mark, "keys:"))
    field->keys = read_list (self, mark + strlen ("keys:"));
  else if (g_str_has_prefix (mark, "is:"))
    field->format = find_format (mark + strlen ("is:"));
  else
    read_span_mark (&field->span, mark);
}

static void
read_field (Loader *self,
            char  **words)
{
  StrataKindField field = { .name = strata_kinds_intern (self->kinds, words[0]),
                            .type = find_type (self, words[1]) };

  for (guint i = 2; words[i] != NULL; i++)
    read_field_mark (self, &field, words[i]);

  g_array_append_val (self->fields, field);
}

static void
finish_type (Loader         *self,
             StrataKindType *type)
{
  gsize size = self->fields->len * sizeof (StrataKindField);
  StrataKindField *fields = strata_kinds_alloc (self->kinds, size);

  memcpy (fields, self->fields->data, size);
  type->fields = fields;
  type->n_fields = self->fields->len;
  g_array_set_size (self->fields, 0);
}

static void
read_kind_mark (Loader     *self,
                StrataKind *kind,
                const char *mark)
{
  if (read_span_mark (&kind->span, mark) || !g_str_has_prefix (mark, "=>"))
    return;

  g_auto(GStrv) parts = g_strsplit (mark + strlen ("=>"), "/", -1);
  guint n = g_strv_length (parts);
  g_autofree char *api_version =
    n > 1 ? g_strdup_printf ("%s/%s", parts[0], parts[1]) : g_strdup (parts[0]);

  kind->new_api_version = strata_kinds_intern (self->kinds, api_version);
  kind->new_name = n > 2 ? strata_kinds_intern (self->kinds, parts[2]) : NULL;
}

static void
read_kind (Loader *self,
           char  **words)
{
  StrataKind *kind = strata_kinds_alloc (self->kinds, sizeof *kind);
  g_autofree char *type = g_strconcat ("@", words[4], NULL);

  kind->api_version = strata_kinds_intern (self->kinds, words[1]);
  kind->name = strata_kinds_intern (self->kinds, words[2]);
  kind->is_namespaced = *words[3] == 'n';
  kind->type = *words[4] != '-' ? find_type (self, type) : NULL;

  for (guint i = 5; words[i] != NULL; i++)
    read_kind_mark (self, kind, words[i]);

  g_ptr_array_add (self->kinds->kinds, kind);
}

/* The table is our own: its lines are as make-types.py writes them. */
StrataKinds *
strata_kinds_load (const char *table)
{
  StrataKinds *kinds = strata_kinds_new (NULL);
  g_autoptr(GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GArray) fields = g_array_new (FALSE, FALSE, sizeof (StrataKindField));
  g_auto(GStrv) lines = g_strsplit (table, "\n", -1);
  Loader loader = { kinds, types, fields };
  StrataKindType *type = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_field = *lines[i] == ' ';
      g_auto(GStrv) words = g_strsplit (lines[i] + (is_field ? 1 : 0), " ", -1);

      if (!is_field && type != NULL)
        finish_type (&loader, g_steal_pointer (&type));

      if (is_field)
        read_field (&loader, words);
      else if (g_strcmp0 (words[0], "type") == 0)
        {
          g_autofree char *name = g_strconcat ("@", words[1], NULL);

          type = find_type (&loader, name);
        }
      else if (g_strcmp0 (words[0], "kind") == 0)
        read_kind (&loader, words);
    }

  strata_kinds_sort (kinds);

  return kinds;
}
