/* strata-pack-rule.c - one line of the schema.yaml of a pack, such as {{ required | format "${list:[a,b]}" }}
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-pack-rule.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-nearest.h"
#include "strata-schema-run.h"

void
strata_pack_rule_free (StrataPackRule *rule)
{
  g_free (rule->path);
  g_free (rule->format);
  g_strfreev (rule->options);
  g_clear_pointer (&rule->pattern, strata_pattern_unref);
  g_free (rule->hints);
  g_free (rule);
}

/* The next text in double quotes, with \" for a quote in it; @text is moved behind it. %NULL when there is none. */
static char *
take_quoted (const char **text)
{
  const char *at = *text + strspn (*text, " \t");
  GString *taken;

  if (*at != '"')
    return NULL;

  taken = g_string_new (NULL);

  for (at++; *at != '\0' && *at != '"'; at++)
    {
      if (at[0] == '\\' && (at[1] == '"' || at[1] == '\\'))
        at++;
      g_string_append_c (taken, *at);
    }

  *text = *at == '"' ? at + 1 : at;

  return g_string_free (taken, FALSE);
}

static void
read_options (StrataPackRule *rule,
              const char     *text,
              const char     *separator)
{
  g_autofree char *inside = g_strndup (text + 1, strlen (text) - 2);

  g_strfreev (rule->options);
  rule->options = g_strsplit (inside, separator, -1);

  for (guint i = 0; rule->options[i] != NULL; i++)
    g_strstrip (rule->options[i]);
}

/* `[a,b]` of a list, `[1-10]` of a number, `/…/` of a text. A pattern that is none says nothing. */
static void
read_detail (StrataPackRule *rule,
             const char     *detail)
{
  gsize length = strlen (detail);

  if (length >= 2 && detail[0] == '/' && detail[length - 1] == '/')
    {
      g_autofree char *pattern = g_strndup (detail + 1, length - 2);

      g_clear_pointer (&rule->pattern, strata_pattern_unref);
      rule->pattern = strata_pattern_new (pattern, NULL);
    }
  else if (length >= 2 && detail[0] == '[' && detail[length - 1] == ']')
    read_options (rule, detail, g_str_equal (rule->format, "number") ? "-" : ",");
}

/* ${type} or ${type:detail}; a pattern may stand alone too. */
static void
read_format (StrataPackRule *rule,
             const char     *format)
{
  gsize length = strlen (format);

  if (length < 3 || !g_str_has_prefix (format, "${") || format[length - 1] != '}')
    return;

  g_autofree char *inside = g_strndup (format + 2, length - 3);
  gsize end = *inside == '/' || *inside == '[' ? 0 : strcspn (inside, ":");

  g_free (rule->format);
  rule->format = g_strndup (inside, end);
  g_strstrip (rule->format);

  if (end == 0)
    read_detail (rule, inside);
  else if (inside[end] == ':')
    read_detail (rule, g_strstrip (inside + end + 1));
}

static void
read_hints (StrataPackRule  *rule,
            const char     **text)
{
  GString *hints = g_string_new (rule->hints);
  char *hint;

  while ((hint = take_quoted (text)) != NULL)
    {
      g_string_append_printf (hints, "%s%s", hints->len > 0 ? " " : "", hint);
      g_free (hint);
    }

  g_free (rule->hints);
  rule->hints = g_string_free (hints, FALSE);
}

static gboolean
take_word (const char **text,
           const char  *word)
{
  gsize length = strlen (word);

  if (!g_str_has_prefix (*text, word) || g_ascii_isalnum ((*text)[length]))
    return FALSE;

  *text += length;

  return TRUE;
}

/* Reads `{{ required | readonly | format "…" | hints "…" "…" }}`; words that are not known say nothing. */
StrataPackRule *
strata_pack_rule_read (const char *path,
                       const char *text)
{
  StrataPackRule *rule = g_new0 (StrataPackRule, 1);

  rule->path = g_strdup (path);
  rule->format = g_strdup ("");
  rule->options = g_new0 (char *, 1);
  rule->hints = g_strdup ("");

  for (text += strspn (text, "{ \t\n"); *text != '\0'; text += strspn (text, "| \t\n}"))
    {
      g_autofree char *quoted = NULL;

      if (take_word (&text, "required"))
        rule->required = TRUE;
      else if (take_word (&text, "readonly"))
        rule->readonly = TRUE;
      else if (take_word (&text, "format") && (quoted = take_quoted (&text)) != NULL)
        read_format (rule, quoted);
      else if (take_word (&text, "hints"))
        read_hints (rule, &text);
      else if ((quoted = take_quoted (&text)) == NULL)
        text += MAX (strcspn (text, "|\" \t\n}"), *text != '\0' ? 1 : 0);
    }

  return rule;
}

static gboolean
is_number (const StrataYamlNode *value)
{
  StrataYamlMeaning meaning = strata_yaml_text_means (value->value);

  return meaning == STRATA_YAML_MEANS_INT || meaning == STRATA_YAML_MEANS_FLOAT;
}

/* [1-10]; a range with a sign or without two ends is none. */
static gboolean
is_outside (const StrataPackRule *rule,
            const StrataYamlNode *value)
{
  StrataSchemaDecimal number, low, high;

  if (g_strv_length (rule->options) != 2 || strata_yaml_text_means (rule->options[0]) < STRATA_YAML_MEANS_INT ||
      strata_yaml_text_means (rule->options[1]) < STRATA_YAML_MEANS_INT)
    return FALSE;

  strata_schema_decimal_read (&number, value->value);
  strata_schema_decimal_read (&low, rule->options[0]);
  strata_schema_decimal_read (&high, rule->options[1]);

  return strata_schema_decimal_compare (&number, &low) < 0 ||
         strata_schema_decimal_compare (&number, &high) > 0;
}

static char *
refuse_number (const StrataPackRule *rule,
               const char           *path,
               const StrataYamlNode *value,
               const char           *said)
{
  if (!is_number (value))
    return g_strdup_printf (_("“%s” has to be a number, not %s"), path, said);
  if (is_outside (rule, value))
    return g_strdup_printf (_("“%s” has to be a number from %s to %s, not %s"), path, rule->options[0],
                            rule->options[1], said);

  return NULL;
}

static char *
refuse_option (const StrataPackRule  *rule,
               const char            *path,
               const StrataYamlNode  *value,
               const char            *said,
               char                 **fix)
{
  if (g_strv_contains ((const char *const *) rule->options, value->value))
    return NULL;

  g_autofree char *listed = g_strjoinv (", ", rule->options);
  StrataNearest nearest;

  strata_nearest_init (&nearest, value->value);

  for (guint i = 0; rule->options[i] != NULL; i++)
    strata_nearest_try (&nearest, rule->options[i]);

  if (nearest.nearest == NULL)
    return g_strdup_printf (_("“%s” has to be one of %s, not %s"), path, listed, said);

  *fix = g_strdup (nearest.nearest);

  return g_strdup_printf (_("“%s” has to be one of %s, not %s; did you mean “%s”?"), path, listed, said,
                          nearest.nearest);
}

/* What @value has against the format, in a sentence; %NULL when it keeps to it. @fix is set to what was meant. */
char *
strata_pack_rule_refuse (const StrataPackRule  *rule,
                         const char            *path,
                         const StrataYamlNode  *value,
                         char                 **fix)
{
  g_autofree char *said = strata_schema_say_value (value);

  if (*rule->format == '\0' && rule->pattern == NULL)
    return NULL;
  if (value->kind != STRATA_YAML_SCALAR)
    return g_strdup_printf (_("“%s” has to be a single value, not %s"), path, said);
  if (g_str_equal (rule->format, "number"))
    return refuse_number (rule, path, value, said);
  if (g_str_equal (rule->format, "boolean") && strata_yaml_text_means (value->value) != STRATA_YAML_MEANS_BOOL)
    return g_strdup_printf (_("“%s” has to be true or false, not %s"), path, said);
  if (g_str_equal (rule->format, "list") && *rule->options != NULL)
    return refuse_option (rule, path, value, said, fix);
  if ((g_str_equal (rule->format, "ipv4") || g_str_equal (rule->format, "ipv6")) &&
      !strata_schema_format_check (rule->format, value->value))
    return g_strdup_printf (_("“%s” has to be an address such as %s, not %s"), path,
                            g_str_equal (rule->format, "ipv4") ? "192.0.2.1" : "2001:db8::1", said);
  if (g_str_equal (rule->format, "version") && !g_ascii_isdigit (value->value[*value->value == 'v' ? 1 : 0]))
    return g_strdup_printf (_("“%s” has to be a version such as 1.2.3, not %s"), path, said);

  g_autoptr(GError) error = NULL;

  if (rule->pattern != NULL &&
      !strata_pattern_matches (rule->pattern, value->value, (gssize) value->size, &error) && error == NULL)
    return g_strdup_printf (_("“%s” does not have the form that the pack asks for: %s"), path, said);

  return NULL;
}
