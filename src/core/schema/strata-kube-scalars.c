/* strata-kube-scalars.c - single values of an object: numbers, texts, quantities, the words a field takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kube"

#include "strata-kube-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-kube-names.h"
#include "strata-nearest.h"
#include "strata-quantity.h"

/* What YAML 1.1 takes for a truth value and 1.2 does not: "no" for Norway. */
static gboolean
is_old_bool (const char *text)
{
  static const char *const words[] = { "y",  "Y",  "yes", "Yes", "YES", "n",   "N",   "no", "No",
                                       "NO", "on", "On",  "ON",  "off", "Off", "OFF", NULL };

  return strlen (text) <= 3 && g_strv_contains (words, text);
}

/* "1_000", "0b11": numbers of YAML 1.1 only. */
static gboolean
is_old_int (const char *text)
{
  const char *digits = text + (*text == '-' || *text == '+' ? 1 : 0);

  if (g_str_has_prefix (digits, "0b"))
    return digits[2] != '\0' && strspn (digits + 2, "01_") == strlen (digits + 2);

  return g_ascii_isdigit (*digits) && strspn (digits, G_CSET_DIGITS "_") == strlen (digits);
}

StrataYamlMeaning
strata_kube_node_means (const StrataYamlNode *node)
{
  char first = *node->value;

  if ((node->flags & STRATA_YAML_PLAIN) == 0 || node->tag != NULL)
    return strata_yaml_node_means (node);

  /* Nearly every text starts so, and none that means anything else. */
  if (first == '/' || (g_ascii_isalpha (first) && strchr ("yYnNtTfFoO", first) == NULL))
    return STRATA_YAML_MEANS_STRING;

  StrataYamlMeaning meaning = strata_yaml_text_means (node->value);

  if (meaning == STRATA_YAML_MEANS_STRING && is_old_bool (node->value))
    return STRATA_YAML_MEANS_BOOL;
  if (meaning == STRATA_YAML_MEANS_STRING && is_old_int (node->value))
    return STRATA_YAML_MEANS_INT;

  return meaning;
}

/* Takes @sentence. */
static StrataProblem *
report (StrataKubeCheck      *self,
        const StrataYamlNode *node,
        char                 *sentence)
{
  return strata_kube_report (self, STRATA_SEVERITY_ERROR, node, sentence);
}

/* A number or a truth value in quotes needs only to lose them. */
static void
offer_without_quotes (StrataKubeCheck      *self,
                      StrataProblem        *problem,
                      const StrataYamlNode *node,
                      StrataYamlMeaning     wanted)
{
  if ((node->flags & STRATA_YAML_PLAIN) == 0 && strata_yaml_text_means (node->value) == wanted)
    strata_kube_offer (self, problem, node, node->value);
}

static void
check_string (StrataKubeCheck      *self,
              const StrataYamlNode *node,
              StrataYamlMeaning     meaning)
{
  if (meaning == STRATA_YAML_MEANS_STRING)
    return;

  g_autofree char *path = strata_kube_get_path (self);
  StrataProblem *problem =
    report (self, node,
            g_strdup_printf (_("“%s” has to be text, but “%s” is none; put it in quotes"), path,
                                node->value));

  strata_kube_offer_quotes (self, problem, node);
}

static void
check_boolean (StrataKubeCheck      *self,
               const StrataYamlNode *node,
               StrataYamlMeaning     meaning)
{
  if (meaning == STRATA_YAML_MEANS_BOOL)
    return;

  g_autofree char *path = strata_kube_get_path (self);
  StrataProblem *problem =
    report (self, node, g_strdup_printf (_("“%s” has to be true or false"), path));

  offer_without_quotes (self, problem, node, STRATA_YAML_MEANS_BOOL);
}

static gboolean
parse_int (const char *text,
           gint64     *number)
{
  gboolean is_octal = g_str_has_prefix (text, "0o");
  char *end;

  *number = g_ascii_strtoll (is_octal ? text + 2 : text, &end, is_octal ? 8 : 0);

  return *end == '\0' && *number != G_MAXINT64 && *number != G_MININT64;
}

static void
check_range (StrataKubeCheck      *self,
             const StrataYamlNode *node,
             gint64                least,
             gint64                most)
{
  gint64 number;
  gboolean is_plain_int = strata_kube_node_means (node) == STRATA_YAML_MEANS_INT;

  if (!is_plain_int || strpbrk (node->value, "_b") != NULL)
    return;

  gboolean is_number = parse_int (node->value, &number);

  if (is_number && number >= least && number <= most)
    return;

  g_autofree char *path = strata_kube_get_path (self);
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, least);
  g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, most);

  report (self, node, g_strdup_printf (_("“%s” has to be from %s to %s"), path, from, to));
}

/* "1e3" and "2.0" come to Kubernetes as 1000 and 2. */
static gboolean
is_whole (const char *text)
{
  double number = g_ascii_strtod (text, NULL);

  /* ".inf" has none, and would be read as nothing. */
  if (strpbrk (text, G_CSET_DIGITS) == NULL)
    return FALSE;

  return number >= -1e15 && number <= 1e15 && (double) (gint64) number >= number &&
         (double) (gint64) number <= number;
}

static void
check_int (StrataKubeCheck      *self,
           const StrataYamlNode *node,
           StrataYamlMeaning     meaning,
           gboolean              is_short)
{
  if (meaning == STRATA_YAML_MEANS_INT)
    {
      check_range (self, node, is_short ? G_MININT32 : G_MININT64 + 1,
                   is_short ? G_MAXINT32 : G_MAXINT64 - 1);
      return;
    }

  if (meaning == STRATA_YAML_MEANS_FLOAT && is_whole (node->value))
    return;

  g_autofree char *path = strata_kube_get_path (self);
  StrataProblem *problem =
    report (self, node, g_strdup_printf (_("“%s” has to be a whole number"), path));

  offer_without_quotes (self, problem, node, STRATA_YAML_MEANS_INT);
}

static void
check_number (StrataKubeCheck      *self,
              const StrataYamlNode *node,
              StrataYamlMeaning     meaning)
{
  if (meaning == STRATA_YAML_MEANS_INT || meaning == STRATA_YAML_MEANS_FLOAT)
    return;

  g_autofree char *path = strata_kube_get_path (self);

  report (self, node, g_strdup_printf (_("“%s” has to be a number"), path));
}

static void
check_int_or_string (StrataKubeCheck      *self,
                     const StrataYamlNode *node,
                     StrataYamlMeaning     meaning)
{
  if (meaning == STRATA_YAML_MEANS_INT || meaning == STRATA_YAML_MEANS_STRING)
    return;

  g_autofree char *path = strata_kube_get_path (self);
  StrataProblem *problem =
    report (self, node, g_strdup_printf (_("“%s” has to be a whole number or text"), path));

  strata_kube_offer_quotes (self, problem, node);
}

static void
check_quantity (StrataKubeCheck      *self,
                const StrataYamlNode *node,
                StrataYamlMeaning     meaning)
{
  const char *amount = node->value + (*node->value == '-' ? 1 : 0);
  double number;

  if (meaning != STRATA_YAML_MEANS_BOOL && strata_quantity_parse (amount, &number))
    return;

  g_autofree char *path = strata_kube_get_path (self);

  report (self, node,
          g_strdup_printf (_("“%s” is no quantity; write “%s” as 500m, 2, 1Gi or 10G"),
                              node->value, path));
}

static void
check_time (StrataKubeCheck      *self,
            const StrataYamlNode *node)
{
  if (strata_kube_is_time (node->value))
    return;

  g_autofree char *path = strata_kube_get_path (self);

  report (self, node, g_strdup_printf (_("“%s” has to be a time, as 2024-01-31T12:00:00Z"), path));
}

static void
check_bytes (StrataKubeCheck      *self,
             const StrataYamlNode *node)
{
  if (strata_kube_is_base64 (node->value))
    return;

  g_autofree char *path = strata_kube_get_path (self);
  gboolean is_secret = self->kind != NULL && g_str_equal (self->kind->name, "Secret");

  report (self, node,
          is_secret ? g_strdup_printf (
                        _("“%s” has to be in Base64; plain text goes under “stringData”"), path)
                    : g_strdup_printf (_("“%s” has to be in Base64"), path));
}

/* Holds a scalar that is there, and no template, against its type. */
void
strata_kube_check_scalar (StrataKubeCheck      *self,
                          const StrataKindType *type,
                          const StrataYamlNode *node)
{
  StrataYamlMeaning meaning = strata_kube_node_means (node);

  switch (type->form)
    {
    case STRATA_KIND_STRING:
      check_string (self, node, meaning);
      break;

    case STRATA_KIND_BYTES:
      check_bytes (self, node);
      break;

    case STRATA_KIND_TIME:
      check_time (self, node);
      break;

    case STRATA_KIND_BOOLEAN:
      check_boolean (self, node, meaning);
      break;

    case STRATA_KIND_INT32:
    case STRATA_KIND_INT64:
      check_int (self, node, meaning, type->form == STRATA_KIND_INT32);
      break;

    case STRATA_KIND_NUMBER:
      check_number (self, node, meaning);
      break;

    case STRATA_KIND_QUANTITY:
      check_quantity (self, node, meaning);
      break;

    case STRATA_KIND_INT_OR_STRING:
      check_int_or_string (self, node, meaning);
      break;

    case STRATA_KIND_ANY:
    case STRATA_KIND_OBJECT:
    case STRATA_KIND_STRUCT:
    case STRATA_KIND_LIST:
    case STRATA_KIND_MAP:
    default:
      break;
    }
}

static const char *
find_meant (const char *const *words,
            const char        *typed)
{
  StrataNearest nearest;

  strata_nearest_init (&nearest, typed);

  for (guint i = 0; words[i] != NULL; i++)
    strata_nearest_try (&nearest, words[i]);

  return nearest.nearest;
}

/* An empty text may be one of them, and is not worth a word. */
static char *
list_words (const char *const *words)
{
  return g_strjoinv (", ", (char **) words + (**words == '\0' ? 1 : 0));
}

static void
check_word (StrataKubeCheck       *self,
            const StrataKindField *field,
            const StrataYamlNode  *node)
{
  if (node->kind != STRATA_YAML_SCALAR || strata_kube_is_template (node) ||
      g_strv_contains (field->words, node->value))
    return;

  const char *meant = find_meant (field->words, node->value);
  g_autofree char *words = list_words (field->words);
  g_autofree char *path = strata_kube_get_path (self);
  StrataProblem *problem =
    report (self, node,
            g_strdup_printf (_("“%s” cannot be “%s”; it takes: %s"), path, node->value, words));

  if (meant != NULL)
    strata_kube_offer (self, problem, node, meant);
}

/* A field, or each item of it, that takes only certain words. */
void
strata_kube_check_words (StrataKubeCheck       *self,
                         const StrataKindField *field,
                         const StrataYamlNode  *node)
{
  if (node->kind == STRATA_YAML_SCALAR)
    check_word (self, field, node);

  for (guint i = 0; node->kind == STRATA_YAML_SEQUENCE && i < node->size; i++)
    check_word (self, field, strata_yaml_node_get_item (node, i));
}
