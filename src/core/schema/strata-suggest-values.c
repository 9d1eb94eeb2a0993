/* strata-suggest-values.c - what could stand in the values of a layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-knowledge"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-knowledge-private.h"

#define PACK "pack"

/* The keys below `pack:` that a console understands, and what they are for. */
static const struct
{
  const char        *name;
  StrataSuggestForm  form;
  const char        *description;
} pack_keys[] = {
  { "namespace", STRATA_SUGGEST_SCALAR,
    N_("The namespace that the layer is installed in; it is made when it is missing") },
  { "spectrocloud.com/install-priority", STRATA_SUGGEST_SCALAR,
    N_("A whole number in quotes: lower is installed first, equal together") },
  { "spectrocloud.com/display-name", STRATA_SUGGEST_SCALAR,
    N_("The name that is shown; it lets the same pack be there twice") },
  { "content", STRATA_SUGGEST_MAPPING,
    N_("The images and charts that have to be there where there is no network") },
  { "namespaceLabels", STRATA_SUGGEST_MAPPING,
    N_("Labels of namespaces: name of the namespace, then “key=value,…”") },
  { "namespaceAnnotations", STRATA_SUGGEST_MAPPING,
    N_("Annotations of namespaces: name of the namespace, then “key=value,…”") },
  { "additionalNamespaces", STRATA_SUGGEST_MAPPING,
    N_("More namespaces that are made") },
  { "releaseNameOverride", STRATA_SUGGEST_MAPPING,
    N_("Names of Helm releases: name of the chart, then the name of its release") },
};

/* Places below those, with what may stand there. */
static const struct
{
  const char        *path;
  const char        *name;
  StrataSuggestForm  form;
} content_keys[] = {
  { "pack.content", "images", STRATA_SUGGEST_LIST },
  { "pack.content", "charts", STRATA_SUGGEST_LIST },
  { "pack.content.images.[]", "image", STRATA_SUGGEST_SCALAR },
  { "pack.content.charts.[]", "repo", STRATA_SUGGEST_SCALAR },
  { "pack.content.charts.[]", "name", STRATA_SUGGEST_SCALAR },
  { "pack.content.charts.[]", "version", STRATA_SUGGEST_SCALAR },
};

static gboolean
is_path (char       **path,
         const char  *dotted)
{
  g_autofree char *joined = g_strjoinv (".", path);

  return g_str_equal (joined, dotted);
}

static void
suggest_pack (StrataSuggest *self)
{
  if (is_path (self->cursor->path, PACK))
    for (guint i = 0; i < G_N_ELEMENTS (pack_keys); i++)
      strata_suggest_key (self, pack_keys[i].name, pack_keys[i].form, FALSE, "", _(pack_keys[i].description));

  for (guint i = 0; i < G_N_ELEMENTS (content_keys); i++)
    if (is_path (self->cursor->path, content_keys[i].path))
      strata_suggest_key (self, content_keys[i].name, content_keys[i].form, FALSE, "", "");
}

/* (transfer full): as a schema counts, an item of a list is its number */
static char **
make_schema_path (char **path)
{
  char **copy = g_strdupv (path);

  for (guint i = 0; copy[i] != NULL; i++)
    if (g_str_equal (copy[i], STRATA_CURSOR_ITEM))
      {
        g_free (copy[i]);
        copy[i] = g_strdup ("0");
      }

  return copy;
}

static StrataSchemaFacts *
look_up (StrataKnowledge *knowledge,
         char           **path)
{
  g_auto(GStrv) steps = make_schema_path (path);

  return strata_layer_schema_lookup (knowledge->schema, (const char *const *) steps);
}

static StrataSuggestForm
get_form (const StrataSchemaFact *fact)
{
  if (strstr (fact->type, "object") != NULL)
    return STRATA_SUGGEST_MAPPING;

  return strstr (fact->type, "array") != NULL ? STRATA_SUGGEST_LIST : STRATA_SUGGEST_SCALAR;
}

static char *
make_detail (const StrataSchemaFact *fact)
{
  g_autoptr(GString) text = g_string_new (fact->type);

  if (*fact->preset != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", fact->preset);
  if (fact->required)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _("required"));
  if (fact->deprecated)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _("out of favour"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
find_comment (StrataKnowledge *knowledge,
              char           **path,
              const char      *key)
{
  g_autofree char *joined = g_strjoinv (".", path);
  g_autofree char *whole = key == NULL      ? g_strdup (joined)
                           : *joined != '\0' ? g_strconcat (joined, ".", key, NULL)
                                             : g_strdup (key);
  const char *comment = g_hash_table_lookup (knowledge->comments, whole);

  return comment != NULL ? comment : "";
}

static const char *
describe (StrataKnowledge        *knowledge,
          char                  **path,
          const char             *key,
          const StrataSchemaFact *fact)
{
  if (*fact->description != '\0')
    return fact->description;

  return *fact->title != '\0' ? fact->title : find_comment (knowledge, path, key);
}

static void
suggest_keys (StrataSuggest     *self,
              StrataSchemaFacts *facts)
{
  for (guint i = 0; i < facts->keys->len; i++)
    {
      const StrataSchemaFact *fact = g_ptr_array_index (facts->keys, i);
      g_autofree char *detail = make_detail (fact);

      strata_suggest_key (self, fact->name, get_form (fact), FALSE, detail,
                          describe (self->knowledge, self->cursor->path, fact->name, fact));
    }
}

static void
suggest_value (StrataSuggest *self,
               const char    *value,
               const char    *detail)
{
  strata_suggest_add (self, STRATA_SUGGESTION_VALUE, value, value, detail, "");
}

static void
suggest_facts (StrataSuggest          *self,
               const StrataSchemaFact *fact)
{
  for (guint i = 0; fact->values[i] != NULL; i++)
    suggest_value (self, fact->values[i], g_str_equal (fact->values[i], fact->preset) ? _("default") : "");

  if (*fact->preset != '\0' && get_form (fact) == STRATA_SUGGEST_SCALAR)
    suggest_value (self, fact->preset, _("default"));

  if (strstr (fact->type, "boolean") != NULL)
    {
      suggest_value (self, "true", "");
      suggest_value (self, "false", "");
    }
}

void
strata_suggest_values (StrataSuggest *self)
{
  g_autoptr(StrataSchemaFacts) facts = look_up (self->knowledge, self->cursor->path);
  gboolean is_key = self->cursor->place == STRATA_CURSOR_KEY;

  if (is_key)
    suggest_pack (self);

  if (facts != NULL && is_key)
    suggest_keys (self, facts);

  if (facts != NULL && (!is_key || facts->keys->len == 0))
    suggest_facts (self, facts->about);

  if (is_key && self->cursor->path[0] == NULL)
    strata_suggest_block (self, "pack",
                          "pack:\n  namespace: ${1:default}\n  spectrocloud.com/install-priority: \"${2:10}\"",
                          _("The block that says where and when the layer is installed"));
}

static const char *
find_pack_description (char **path)
{
  guint n_steps = g_strv_length (path);

  for (guint i = 0; n_steps == 2 && g_str_equal (path[0], PACK) && i < G_N_ELEMENTS (pack_keys); i++)
    if (g_str_equal (pack_keys[i].name, path[1]))
      return _(pack_keys[i].description);

  return "";
}

static void
append_part (GString    *text,
             const char *part)
{
  if (*part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", part);
}

char *
strata_explain_values (StrataKnowledge    *self,
                       const StrataCursor *key)
{
  g_autoptr(StrataSchemaFacts) facts = look_up (self, key->path);
  g_autoptr(GString) text = g_string_new (NULL);

  append_part (text, find_pack_description (key->path));

  if (facts != NULL)
    {
      g_autofree char *detail = make_detail (facts->about);
      g_autofree char *values = g_strjoinv (", ", facts->about->values);

      append_part (text, describe (self, key->path, NULL, facts->about));
      append_part (text, detail);
      append_part (text, values);
    }
  else
    append_part (text, find_comment (self, key->path, NULL));

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
