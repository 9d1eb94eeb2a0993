/* strata-macros.c - fills in what the texts of a profile leave open until they are installed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-macros"

#include "strata-macros.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-palette.h"
#include "strata-pipe.h"
#include "strata-values.h"

#define ROOT ".spectro."
#define MAX_DEPTH 8                        /* values of layers that name values of layers */
#define MAX_SETTINGS (1024 * 1024)
#define MAX_TEXT (64 * 1024 * 1024)

struct _StrataMacros
{
  StrataProfile *profile;   /* (owned) */
  GHashTable    *settings;  /* (owned) (element-type utf8 utf8): what this appliance says, before all else */
  GHashTable    *system;    /* (owned) (element-type utf8 utf8): "clusterprofile.name" and so on */
  guint          depth;     /* of the text that is being filled in */
};

/* One template in a text, from its braces to its braces. */
typedef struct
{
  const char *start;
  const char *end;         /* behind the closing braces */
  char       *expression;  /* (owned): between the braces, without the signs that trim */
  gboolean    trims_before;
  gboolean    trims_after;
} Template;

static void
template_clear (Template *self)
{
  g_clear_pointer (&self->expression, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Template, template_clear)

static void
know (StrataMacros *self,
      const char   *name,
      const char   *value)
{
  if (*value != '\0')
    g_hash_table_insert (self->system, g_strdup (name), g_strdup (value));
}

static void
know_kubernetes (StrataMacros *self)
{
  for (guint i = 0; i < strata_profile_get_n_layers (self->profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (self->profile, i);

      if (g_str_equal (strata_layer_get (layer, STRATA_LAYER_PACK_LAYER), "k8s"))
        know (self, "kubernetes.version", strata_layer_get_version (layer));
    }
}

/* For the texts of @profile. @settings are what this appliance says itself, by the names `var.NAME`, `macro.NAME` and
 * `system.NAME`: they go before what the profile says. */
StrataMacros *
strata_macros_new (StrataProfile *profile,
                   GHashTable    *settings,
                   const char    *host_uid)
{
  StrataMacros *self = g_new0 (StrataMacros, 1);

  self->profile = g_object_ref (profile);
  self->settings = g_hash_table_ref (settings);
  self->system = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  know (self, "clusterprofile.name", strata_profile_get_name (profile));
  know (self, "clusterprofile.uid", strata_profile_get (profile, STRATA_PROFILE_UID));
  know (self, "clusterprofile.version", strata_profile_get_version (profile));
  know (self, "project.uid", strata_profile_get (profile, STRATA_PROFILE_PROJECT_UID));
  know (self, "cloud.type", strata_profile_get (profile, STRATA_PROFILE_CLOUD_TYPE));
  know (self, "cluster.name", host_uid);
  know (self, "cluster.uid", host_uid);
  know_kubernetes (self);

  return self;
}

void
strata_macros_free (StrataMacros *self)
{
  g_object_unref (self->profile);
  g_hash_table_unref (self->settings);
  g_hash_table_unref (self->system);
  g_free (self);
}

/* The next template at or behind @text, which is freed; %FALSE when there is none. */
static gboolean
find_template (const char *text,
               Template   *found)
{
  const char *start = strstr (text, "{{");
  const char *close = start != NULL ? strstr (start, "}}") : NULL;

  template_clear (found);

  if (close == NULL)
    return FALSE;

  const char *first = start + 2;
  const char *last = close;

  found->start = start;
  found->end = close + 2;
  found->trims_before = *first == '-';
  found->trims_after = last > first + 1 && last[-1] == '-' && g_ascii_isspace (last[-2]);

  first += found->trims_before ? 1 : 0;
  last -= found->trims_after ? 1 : 0;
  found->expression = g_strstrip (g_strndup (first, (gsize) (last - first)));

  return TRUE;
}

static StrataVariable *
find_variable (StrataMacros *self,
               const char   *name)
{
  GPtrArray *variables = strata_profile_get_variables (self->profile);

  for (guint i = 0; i < variables->len; i++)
    if (g_str_equal (strata_variable_get_name (variables->pdata[i]), name))
      return variables->pdata[i];

  return NULL;
}

/* The default; of a choice the console names the label, and the texts get the value. */
static char *
get_default (StrataVariable *variable)
{
  GPtrArray *options = strata_variable_get_options (variable);
  const char *text = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);

  for (guint i = 0; i < options->len; i++)
    {
      StrataVariableOption *option = options->pdata[i];

      if (*text != '\0' ? g_str_equal (option->label, text) : option->is_default)
        return g_strdup (option->value);
    }

  return g_strdup (text);
}

/* What @reference stands for; %NULL when nothing is known of it, which @error then explains. */
static char *
get_variable (StrataMacros *self,
              const char   *name,
              GError      **error)
{
  StrataVariable *variable = find_variable (self, name);

  if (variable == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("The profile has no variable “%s”"), name);
      return NULL;
    }

  g_autofree char *value = get_default (variable);
  gboolean is_masked = g_str_equal (value, STRATA_PALETTE_MASK);
  StrataVariableFlags open = STRATA_VARIABLE_REQUIRED | STRATA_VARIABLE_SENSITIVE;

  if (!is_masked && (*value != '\0' || (strata_variable_get_flags (variable) & open) == 0))
    return g_steal_pointer (&value);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               /* Translators: do not translate “var.%s=…”, it is a line of a file */
               _("The variable “%s” has no value here: put a line “var.%s=…” into the settings file of this appliance"),
               name, name);

  return NULL;
}

static char *
get_layer_value (StrataMacros *self,
                 const char   *rest,
                 GError      **error)
{
  g_auto(GStrv) parts = g_strsplit (rest, ".", 2);
  StrataLayer *layer =
    parts[0] != NULL ? strata_profile_find_layer (self->profile, parts[0], NULL) : NULL;

  if (layer == NULL || parts[1] == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("The profile has no layer “%s”"),
                   parts[0] != NULL ? parts[0] : "");
      return NULL;
    }

  g_autofree char *value = strata_values_get (strata_layer_get_text (layer), parts[1]);

  if (value == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("Layer “%s” has no value “%s”"), parts[0], parts[1]);
      return NULL;
    }

  return strata_macros_fill (self, value, error);
}

/* @reference begins with ".spectro.". */
static char *
resolve (StrataMacros *self,
         const char   *reference,
         GError      **error)
{
  const char *name = reference + strlen (ROOT);
  const char *value = g_hash_table_lookup (self->settings, name);

  if (value != NULL)
    return g_strdup (value);

  if (g_str_has_prefix (name, "var."))
    return get_variable (self, name + strlen ("var."), error);

  if (g_str_has_prefix (name, "pack."))
    return get_layer_value (self, name + strlen ("pack."), error);

  if (g_str_has_prefix (name, "system."))
    value = g_hash_table_lookup (self->system, name + strlen ("system."));

  if (value == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                 /* Translators: do not translate “%s=…”, it is a line of a file */
                 _("This appliance does not know “%s”: put a line “%s=…” into its settings file"), reference, name);

  return g_strdup (value);
}

/* What the template stands for. */
static char *
evaluate (StrataMacros *self,
          const char   *expression,
          GError      **error)
{
  g_auto(StrataPipe) pipe = { 0 };

  if (!strata_pipe_read (&pipe, expression, error))
    return NULL;

  g_autoptr(GError) unknown = NULL;
  g_autofree char *value = resolve (self, pipe.reference, &unknown);

  if (value == NULL && !strata_pipe_has_default (&pipe))
    {
      g_propagate_error (error, g_steal_pointer (&unknown));
      return NULL;
    }

  return strata_pipe_run (&pipe, value != NULL ? value : "", error);
}

/* A value that stands alone between quotes of YAML must not end them. */
static char *
quote (const Template *template,
       const char     *text,
       char           *value)
{
  char before = template->start > text ? template->start[-1] : '\0';
  char after = *template->end;

  if (before != after || (before != '\'' && before != '"'))
    return value;

  g_autofree char *plain = value;
  GString *quoted = g_string_new (plain);

  if (before == '"')
    g_string_replace (quoted, "\\", "\\\\", 0);

  g_string_replace (quoted, before == '"' ? "\"" : "'", before == '"' ? "\\\"" : "''", 0);

  return g_string_free (quoted, FALSE);
}

static guint
count_lines (const char *start,
             const char *end)
{
  guint n = 1;

  for (const char *at = start; at < end; at++)
    n += *at == '\n';

  return n;
}

/* Comments are for people: a template in one may be an example. */
static gboolean
is_in_comment (const char *text,
               const char *at)
{
  while (at > text && at[-1] != '\n')
    at--;

  return at[strspn (at, " \t")] == '#';
}

static gboolean
is_ours (const Template *template)
{
  return strstr (template->expression, ROOT) != NULL;
}

static void
trim_end (GString *text)
{
  gsize length = text->len;

  while (length > 0 && g_ascii_isspace (text->str[length - 1]))
    length--;

  g_string_truncate (text, length);
}

/* Puts what @template stands for behind @filled, and returns where the text goes on; %NULL on an error. */
static const char *
take (StrataMacros   *self,
      const char     *text,
      const Template *template,
      GString        *filled,
      GError        **error)
{
  g_autoptr(GError) failure = NULL;
  g_autofree char *value = is_ours (template) ? evaluate (self, template->expression, &failure) : NULL;

  if (value == NULL && failure != NULL && !is_in_comment (text, template->start))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&failure),
                                  /* Translators: goes before another sentence */
                                  _("Line %u: "), count_lines (text, template->start));
      return NULL;
    }

  if (value == NULL)
    {
      g_string_append_len (filled, template->start, template->end - template->start);
      return template->end;
    }

  if (template->trims_before)
    trim_end (filled);

  value = quote (template, text, g_steal_pointer (&value));
  g_string_append (filled, value);

  return template->trims_after ? template->end + strspn (template->end, " \t\r\n") : template->end;
}

static char *
fill (StrataMacros *self,
      const char   *text,
      GError      **error)
{
  g_autoptr(GString) filled = g_string_new (NULL);
  g_auto(Template) template = { 0 };
  const char *at = text;

  while (find_template (at, &template))
    {
      g_string_append_len (filled, at, template.start - at);
      at = take (self, text, &template, filled, error);

      if (at == NULL)
        return NULL;

      if (filled->len > MAX_TEXT)
        {
          g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                               _("The text is larger than 64 MB with its variables filled in"));
          return NULL;
        }
    }

  g_string_append (filled, at);

  return g_string_free (g_steal_pointer (&filled), FALSE);
}

/* The text with every template of `.spectro.` filled in; those of Helm, such as `.Values`, stay. The error names line
 * and template. */
char *
strata_macros_fill (StrataMacros *self,
                    const char   *text,
                    GError      **error)
{
  if (self->depth >= MAX_DEPTH)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                           _("The values of the layers name each other in a circle"));
      return NULL;
    }

  self->depth++;

  char *filled = fill (self, text, error);

  self->depth--;

  return filled;
}

static gboolean
read_setting (GHashTable *settings,
              const char *line,
              guint       number,
              GError    **error)
{
  const char *equals = strchr (line, '=');

  if (*line == '\0' || *line == '#')
    return TRUE;

  /* Not the line itself: it may be a secret. */
  if (equals == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("Line %u of the settings file is no “name=value”"), number);
      return FALSE;
    }

  g_hash_table_insert (settings, g_strstrip (g_strndup (line, (gsize) (equals - line))), g_strdup (equals + 1));

  return TRUE;
}

/* What an appliance says itself, a line each: `var.NAME=value`, `macro.NAME=value`, `system.NAME=value`. */
GHashTable *
strata_macros_read_settings (const char *path,
                             GError    **error)
{
  gsize size;
  g_autofree char *text = strata_disk_read (path, MAX_SETTINGS, &size, error);

  if (text == NULL)
    return NULL;

  if (!g_utf8_validate (text, (gssize) size, NULL))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("The settings file is not UTF-8 text"));
      return NULL;
    }

  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!read_setting (settings, g_strchomp (lines[i]), i + 1, error))
      return NULL;

  return g_steal_pointer (&settings);
}
