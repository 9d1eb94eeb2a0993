/* strata-suggest-manifest.c - what could stand in a manifest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-knowledge"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-knowledge-private.h"

static gboolean
is_there (StrataKnowledge      *knowledge,
          const StrataKindSpan *span)
{
  StrataKindState state = strata_kind_span_get_state (span, knowledge->kubernetes);

  return state != STRATA_KIND_REMOVED && state != STRATA_KIND_NOT_YET;
}

static char *
make_detail (StrataKnowledge       *knowledge,
             const StrataKindField *field)
{
  g_autofree char *type = strata_kind_type_describe (field->type);
  StrataKindState state = strata_kind_span_get_state (&field->span, knowledge->kubernetes);
  g_autoptr(GString) text = g_string_new (type);

  if (field->is_required)
    g_string_append_printf (text, " · %s", _("required"));
  if (state == STRATA_KIND_DEPRECATED)
    g_string_append_printf (text, " · %s", _("out of favour"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static StrataSuggestForm
get_form (const StrataKindType *type)
{
  if (type->form == STRATA_KIND_STRUCT || type->form == STRATA_KIND_MAP || type->form == STRATA_KIND_OBJECT)
    return STRATA_SUGGEST_MAPPING;

  return type->form == STRATA_KIND_LIST ? STRATA_SUGGEST_LIST : STRATA_SUGGEST_SCALAR;
}

/* Those that have to be there first. */
static void
suggest_fields (StrataSuggest        *self,
                const StrataKindType *type,
                gboolean              as_item)
{
  for (int required = 1; required >= 0; required--)
    for (guint i = 0; i < type->n_fields; i++)
      {
        const StrataKindField *field = &type->fields[i];
        g_autofree char *detail = NULL;

        if (field->is_required != (required != 0) || !is_there (self->knowledge, &field->span))
          continue;

        detail = make_detail (self->knowledge, field);
        strata_suggest_key (self, field->name, get_form (field->type), as_item, detail, "");
      }
}

static void
suggest_value (StrataSuggest *self,
               const char    *value,
               const char    *detail)
{
  strata_suggest_add (self, STRATA_SUGGESTION_VALUE, value, value, detail, "");
}

/* Each apiVersion that has the kind, or each kind that the apiVersion has; all of them as long as the other is not there. */
static void
suggest_kinds (StrataSuggest *self,
               gboolean       versions)
{
  StrataKinds *kinds = self->knowledge->definitions->kinds;
  const char *other = versions ? self->cursor->kind : self->cursor->api_version;

  for (guint i = 0; i < strata_kinds_get_n_kinds (kinds); i++)
    {
      const StrataKind *kind = strata_kinds_get_kind (kinds, i);
      const char *compared = versions ? kind->name : kind->api_version;

      if ((*other == '\0' || g_str_equal (other, compared)) && is_there (self->knowledge, &kind->span))
        suggest_value (self, versions ? kind->api_version : kind->name, *other == '\0' ? compared : "");
    }
}

static const StrataKind *
find_kind (StrataKnowledge    *knowledge,
           const StrataCursor *cursor)
{
  return strata_kinds_lookup (knowledge->definitions->kinds, cursor->api_version, cursor->kind);
}

/* Below the object itself; @field tells the words that an item may be. */
static void
suggest_below (StrataSuggest         *self,
               const StrataKindType  *type,
               const StrataKindField *field)
{
  gboolean is_key = self->cursor->place == STRATA_CURSOR_KEY;

  if (is_key && type->form == STRATA_KIND_STRUCT)
    suggest_fields (self, type, FALSE);
  else if (is_key && type->form == STRATA_KIND_LIST && type->item->form == STRATA_KIND_STRUCT)
    suggest_fields (self, type->item, TRUE);

  if (type->form == STRATA_KIND_BOOLEAN)
    {
      suggest_value (self, "true", "");
      suggest_value (self, "false", "");
    }

  for (guint i = 0; field != NULL && field->words != NULL && field->words[i] != NULL; i++)
    if (type->form != STRATA_KIND_LIST)
      suggest_value (self, field->words[i], "");
}

static void
suggest_top (StrataSuggest *self)
{
  strata_suggest_objects (self);
  strata_suggest_key (self, "apiVersion", STRATA_SUGGEST_SCALAR, FALSE, _("required"), "");
  strata_suggest_key (self, "kind", STRATA_SUGGEST_SCALAR, FALSE, _("required"), "");
  strata_suggest_key (self, "metadata", STRATA_SUGGEST_MAPPING, FALSE, _("required"), "");
}

static gboolean
is_top_value (const StrataCursor *cursor,
              const char         *key)
{
  return cursor->place == STRATA_CURSOR_VALUE && cursor->path[0] != NULL && cursor->path[1] == NULL &&
         g_str_equal (cursor->path[0], key);
}

void
strata_suggest_manifest (StrataSuggest *self)
{
  const StrataCursor *cursor = self->cursor;
  const StrataKind *kind = find_kind (self->knowledge, cursor);
  const StrataKindField *field = NULL;
  const StrataKindType *type =
    kind != NULL ? strata_kind_walk (kind, (const char *const *) cursor->path, &field) : NULL;

  if (is_top_value (cursor, "apiVersion"))
    suggest_kinds (self, TRUE);
  else if (is_top_value (cursor, "kind"))
    suggest_kinds (self, FALSE);
  else
    {
      if (cursor->place == STRATA_CURSOR_KEY && cursor->path[0] == NULL)
        suggest_top (self);

      if (type != NULL && cursor->place == STRATA_CURSOR_KEY)
        strata_suggest_parts (self);
      if (type != NULL)
        suggest_below (self, type, field);
    }
}

static char *
explain_kind (StrataKnowledge  *self,
              const StrataKind *kind)
{
  static const char *const sentences[] = { "", N_("out of favour"), "", N_("not there yet"), N_("not there any more") };
  StrataKindState state = strata_kind_span_get_state (&kind->span, self->kubernetes);
  const char *sentence = sentences[state];

  return g_strdup_printf ("%s %s%s%s", kind->api_version, kind->name, *sentence != '\0' ? " · " : "",
                          *sentence != '\0' ? _(sentence) : "");
}

char *
strata_explain_manifest (StrataKnowledge    *self,
                         const StrataCursor *key)
{
  const StrataKind *kind = find_kind (self, key);
  const StrataKindField *field = NULL;

  if (kind == NULL)
    return NULL;

  if (is_top_value (key, "kind") || is_top_value (key, "apiVersion"))
    return explain_kind (self, kind);

  if (strata_kind_walk (kind, (const char *const *) key->path, &field) == NULL || field == NULL)
    return NULL;

  g_autofree char *detail = make_detail (self, field);
  g_autofree char *words = field->words != NULL ? g_strjoinv (", ", (char **) field->words) : g_strdup ("");

  return g_strdup_printf ("%s%s%s", detail, *words != '\0' ? "\n" : "", words);
}
