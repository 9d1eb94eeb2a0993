/* strata-pipe.c - one template of Palette: what it names, and the functions its value goes through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pipe"

#include "strata-pipe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"

#define MAX_WORDS 64
#define REFERENCE_LETTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-.$[]"

typedef char *(* Function) (const char        *value,
                            const char *const *arguments);

static char *
run_default (const char        *value,
             const char *const *arguments)
{
  return g_strdup (*value != '\0' ? value : arguments[0]);
}

static char *
run_upper (const char        *value,
           const char *const *arguments)
{
  return g_utf8_strup (value, -1);
}

static char *
run_lower (const char        *value,
           const char *const *arguments)
{
  return g_utf8_strdown (value, -1);
}

static char *
run_trim (const char        *value,
          const char *const *arguments)
{
  return g_strstrip (g_strdup (value));
}

static char *
run_same (const char        *value,
          const char *const *arguments)
{
  return g_strdup (value);
}

static char *
run_quote (const char        *value,
           const char *const *arguments)
{
  GString *quoted = g_string_new (value);

  g_string_replace (quoted, "\\", "\\\\", 0);
  g_string_replace (quoted, "\"", "\\\"", 0);
  g_string_replace (quoted, "\n", "\\n", 0);
  g_string_prepend_c (quoted, '"');
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

static char *
run_squote (const char        *value,
            const char *const *arguments)
{
  return g_strconcat ("'", value, "'", NULL);
}

static char *
run_b64enc (const char        *value,
            const char *const *arguments)
{
  return g_base64_encode ((const guchar *) value, strlen (value));
}

static char *
run_trim_prefix (const char        *value,
                 const char *const *arguments)
{
  return g_strdup (g_str_has_prefix (value, arguments[0]) ? value + strlen (arguments[0]) : value);
}

static char *
run_replace (const char        *value,
             const char *const *arguments)
{
  GString *text = g_string_new (value);

  if (*arguments[0] != '\0')
    g_string_replace (text, arguments[0], arguments[1], 0);

  return g_string_free (text, FALSE);
}

/* From one letter to before another; negative ends are those of the text. */
static char *
run_substr (const char        *value,
            const char *const *arguments)
{
  gint64 length = g_utf8_strlen (value, -1);
  gint64 start = g_ascii_strtoll (arguments[0], NULL, 10);
  gint64 end = g_ascii_strtoll (arguments[1], NULL, 10);

  start = CLAMP (start, 0, length);
  end = end < 0 || end > length ? length : end;

  return end > start ? g_utf8_substring (value, (glong) start, (glong) end) : g_strdup ("");
}

/* Those that are of use for a value that is one text. */
static const struct
{
  const char *name;
  guint       n_arguments;
  Function    run;
} functions[] = {
  { "default", 1, run_default },
  { "upper", 0, run_upper },
  { "lower", 0, run_lower },
  { "trim", 0, run_trim },
  { "toString", 0, run_same },
  { "int", 0, run_same },
  { "quote", 0, run_quote },
  { "squote", 0, run_squote },
  { "b64enc", 0, run_b64enc },
  { "trimPrefix", 1, run_trim_prefix },
  { "replace", 2, run_replace },
  { "substr", 2, run_substr },
};

static gboolean
refuse (const char  *expression,
        GError     **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“{{%s}}” is more than an appliance can work out before the layer is installed"), expression);

  return FALSE;
}

/* The word at @at: a bar, a text in quotes without them, or what stands between spaces; %NULL when there is none. */
static char *
read_word (const char **at,
           gboolean    *is_bar)
{
  const char *start = *at + strspn (*at, " \t\r\n");
  const char *end;

  *is_bar = *start == '|';

  if (*start == '\0')
    return NULL;

  if (*is_bar)
    end = start + 1;
  else if (*start == '"' || *start == '`')
    {
      end = strchr (start + 1, *start);

      if (end == NULL)
        return NULL;

      *at = end + 1;
      return g_strndup (start + 1, (gsize) (end - start - 1));
    }
  else
    end = start + strcspn (start, " \t\r\n|\"`");

  *at = end;

  return g_strndup (start, (gsize) (end - start));
}

static void
end_step (GPtrArray *steps,
          GPtrArray *words)
{
  GPtrArray *copy = g_ptr_array_new ();

  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add (copy, g_strdup (words->pdata[i]));

  g_ptr_array_add (copy, NULL);
  g_ptr_array_add (steps, g_ptr_array_free (copy, FALSE));
  g_ptr_array_set_size (words, 0);
}

/* All words, a list between two bars each. */
static gboolean
read_steps (GPtrArray  *steps,
            const char *expression)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *at = expression;
  gboolean is_bar;

  for (guint n = 0; n < MAX_WORDS; n++)
    {
      g_autofree char *word = read_word (&at, &is_bar);

      if (word != NULL && !is_bar)
        {
          g_ptr_array_add (words, g_steal_pointer (&word));
          continue;
        }

      if (words->len == 0)
        return FALSE;

      end_step (steps, words);

      if (word == NULL)
        return at[strspn (at, " \t\r\n")] == '\0';
    }

  return FALSE;
}

/* Reads `REFERENCE | FUNCTION ARGUMENT… | …`; anything else is refused by name. */
gboolean
strata_pipe_read (StrataPipe *self,
                  const char *expression,
                  GError    **error)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  if (!read_steps (steps, expression))
    return refuse (expression, error);

  GStrv first = steps->pdata[0];
  const char *reference = first[0] + (*first[0] == '$' ? 1 : 0);

  if (!g_str_has_prefix (reference, ".spectro.") || first[1] != NULL ||
      strspn (reference, REFERENCE_LETTERS) != strlen (reference))
    return refuse (expression, error);

  self->reference = g_strdup (reference);
  g_ptr_array_remove_index (steps, 0);
  self->steps = g_steal_pointer (&steps);

  return TRUE;
}

/* Whether it has an answer also when nothing is known of what it names. */
gboolean
strata_pipe_has_default (const StrataPipe *self)
{
  return self->steps->len > 0 && g_str_equal (((GStrv) self->steps->pdata[0])[0], "default");
}

static char *
run_step (GStrv       step,
          const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, step[0]) && g_strv_length (step) == functions[i].n_arguments + 1)
      return functions[i].run (value, (const char *const *) step + 1);

  return NULL;
}

/* What comes of @value. */
char *
strata_pipe_run (const StrataPipe *self,
                 const char       *value,
                 GError          **error)
{
  g_autofree char *result = g_strdup (value);

  for (guint i = 0; i < self->steps->len; i++)
    {
      g_autofree char *before = g_steal_pointer (&result);

      result = run_step (self->steps->pdata[i], before);

      if (result == NULL)
        {
          g_autofree char *step = g_strjoinv (" ", self->steps->pdata[i]);
          g_autofree char *shown = g_strconcat (self->reference, " | ", step, NULL);

          refuse (shown, error);
          return NULL;
        }
    }

  return g_steal_pointer (&result);
}

void
strata_pipe_clear (StrataPipe *self)
{
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
}
