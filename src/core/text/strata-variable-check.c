/* strata-variable-check.c - whether a variable keeps the rules of the Palette API
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No message holds a value: it may be a secret.
 */

#define G_LOG_DOMAIN "strata-variable-check"

#include "strata-variable-check.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-pattern.h"

/* What a console and our own exports give in place of a secret. */
#define MASK "********"

typedef gboolean (* Fits) (const char *value);

static gboolean
is_boolean (const char *value)
{
  return g_str_equal (value, "true") || g_str_equal (value, "false");
}

static gsize
count_digits (const char *text)
{
  return strspn (text, G_CSET_DIGITS);
}

static gboolean
is_number (const char *value)
{
  const char *rest = value + (*value == '-' || *value == '+');
  gsize n_whole = count_digits (rest);

  rest += n_whole;

  if (*rest == '.')
    {
      if (count_digits (rest + 1) == 0)
        return FALSE;

      rest += 1 + count_digits (rest + 1);
    }

  return n_whole > 0 && *rest == '\0';
}

static gboolean
is_address (const char    *value,
            GSocketFamily  family)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (value);

  return address != NULL && g_inet_address_get_family (address) == family;
}

static gboolean
is_ipv4 (const char *value)
{
  return is_address (value, G_SOCKET_FAMILY_IPV4);
}

static gboolean
is_ipv6 (const char *value)
{
  return is_address (value, G_SOCKET_FAMILY_IPV6);
}

static gboolean
is_ipv4_network (const char *value)
{
  const char *slash = strchr (value, '/');
  guint64 bits = 0;

  if (slash == NULL || !g_ascii_string_to_unsigned (slash + 1, 10, 0, 32, &bits, NULL))
    return FALSE;

  g_autofree char *address = g_strndup (value, (gsize) (slash - value));

  return is_ipv4 (address);
}

/* Up to four numbers, maybe with a "v" before and a tail behind: what versions of packs look like. */
static gboolean
is_version (const char *value)
{
  const char *rest = value + (*value == 'v');
  guint n_numbers = 0;

  while (count_digits (rest) > 0 && n_numbers < 4)
    {
      rest += count_digits (rest);
      n_numbers++;

      if (*rest != '.' || count_digits (rest + 1) == 0)
        break;

      rest++;
    }

  if (n_numbers > 0 && (*rest == '-' || *rest == '+'))
    return rest[1] != '\0' &&
           strspn (rest, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-+.") == strlen (rest);

  return n_numbers > 0 && *rest == '\0';
}

static gboolean
is_base64 (const char *value)
{
  gsize length = strlen (value);
  gsize n_letters = strspn (value, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/");
  gsize n_padding = strspn (value + n_letters, "=");

  return length % 4 == 0 && n_padding <= 2 && n_letters + n_padding == length;
}

static const struct
{
  const char *format;
  Fits        fits;
  const char *sentence;
} formats[] = {
  { "number", is_number, N_("Write a number, such as 8080 or 0.5") },
  { "boolean", is_boolean, N_("Write “true” or “false”") },
  { "version", is_version, N_("Write a version, such as 1.4.0") },
  { "ipv4", is_ipv4, N_("Write an IPv4 address, such as 10.0.0.1") },
  { "ipv4cidr", is_ipv4_network, N_("Write an IPv4 network, such as 10.0.0.0/24") },
  { "ipv6", is_ipv6, N_("Write an IPv6 address, such as fd00::1") },
  { "base64", is_base64, N_("Write Base64: letters, digits, “+” and “/”, in groups of four") },
};

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID, sentence);

  return FALSE;
}

/**
 * strata_variable_check_format:
 * @format: a format of the Palette API; one that is not known takes anything
 * @value: a value
 * @error: return location for a %STRATA_ERROR_INVALID that says what to write, and never what was written
 *
 * Any thread.
 *
 * Returns: whether @value is of that format
 */
gboolean
strata_variable_check_format (const char  *format,
                              const char  *value,
                              GError     **error)
{
  g_return_val_if_fail (format != NULL && value != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].format, format) && !formats[i].fits (value))
      return refuse (error, _(formats[i].sentence));

  return TRUE;
}

static gboolean
is_dropdown (StrataVariable *self)
{
  return g_str_equal (strata_variable_get (self, STRATA_VARIABLE_INPUT_TYPE), "dropdown");
}

/* The default of a drop-down is the label of a choice. */
static gboolean
is_choice (StrataVariable *self,
           const char     *value)
{
  GPtrArray *options = strata_variable_get_options (self);

  for (guint i = 0; i < options->len; i++)
    {
      const StrataVariableOption *option = g_ptr_array_index (options, i);

      if (g_str_equal (*option->label != '\0' ? option->label : option->value, value) ||
          g_str_equal (option->value, value))
        return TRUE;
    }

  return FALSE;
}

/**
 * strata_variable_has_default:
 * @self: a variable
 *
 * Returns: whether there is a value where nobody gives one
 */
gboolean
strata_variable_has_default (StrataVariable *self)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self), FALSE);

  GPtrArray *options = strata_variable_get_options (self);

  for (guint i = 0; i < options->len; i++)
    if (((const StrataVariableOption *) g_ptr_array_index (options, i))->is_default)
      return TRUE;

  return *strata_variable_get (self, STRATA_VARIABLE_DEFAULT) != '\0';
}

/**
 * strata_variable_check_value:
 * @self: a variable
 * @value: what it shall hold; not ""
 * @error: return location for a %STRATA_ERROR_INVALID, or a %STRATA_ERROR_TOO_LARGE when the pattern takes too long; the
 *   message never holds @value
 *
 * Whether @value fits the format, the choices and the pattern of @self. Any thread.
 *
 * Returns: whether it does
 */
gboolean
strata_variable_check_value (StrataVariable  *self,
                             const char      *value,
                             GError         **error)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self) && value != NULL, FALSE);

  const char *regex = strata_variable_get (self, STRATA_VARIABLE_REGEX);

  if (is_dropdown (self))
    return is_choice (self, value) || refuse (error, _("The default is none of the choices"));

  if (!strata_variable_check_format (strata_variable_get (self, STRATA_VARIABLE_FORMAT), value, error))
    return FALSE;

  if (*regex == '\0')
    return TRUE;

  g_autoptr(GError) too_much = NULL;
  g_autoptr(StrataPattern) pattern = strata_pattern_new (regex, error);

  if (pattern == NULL)
    return FALSE;

  if (strata_pattern_matches (pattern, value, -1, &too_much))
    return TRUE;

  if (too_much == NULL)
    return refuse (error, _("The value does not match the pattern"));

  g_propagate_error (error, g_steal_pointer (&too_much));
  return FALSE;
}

static gboolean
check_options (StrataVariable  *self,
               GError         **error)
{
  GPtrArray *options = strata_variable_get_options (self);
  const char *format = strata_variable_get (self, STRATA_VARIABLE_FORMAT);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (options->len == 0)
    return refuse (error, _("A list to choose from needs choices"));

  for (guint i = 0; i < options->len; i++)
    {
      const StrataVariableOption *option = g_ptr_array_index (options, i);

      if (*option->value == '\0')
        return refuse (error, _("Each choice needs a value"));

      if (!g_hash_table_add (seen, option->value))
        return refuse (error, _("Two choices have the same value"));

      if (!strata_variable_check_format (format, option->value, error))
        {
          g_prefix_error (error, _("Choice %u: "), i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_pattern (StrataVariable  *self,
               GError         **error)
{
  g_autoptr(StrataPattern) pattern =
    strata_pattern_new (strata_variable_get (self, STRATA_VARIABLE_REGEX), error);

  return pattern != NULL;
}

/* The default of a secret may be in a keyring that is locked: that one cannot be missed. */
static gboolean
lacks_default (StrataVariable *self)
{
  StrataVariableFlags flags = strata_variable_get_flags (self);
  StrataVariableFlags unasked = STRATA_VARIABLE_REQUIRED | STRATA_VARIABLE_HIDDEN;
  gboolean needs_default = (flags & unasked) == unasked || (flags & STRATA_VARIABLE_IMMUTABLE) != 0;

  return needs_default && (flags & STRATA_VARIABLE_SENSITIVE) == 0 &&
         !strata_variable_has_default (self);
}

/**
 * strata_variable_check:
 * @self: a variable
 * @error: return location for a %STRATA_ERROR_INVALID that gives the first reason; it never holds the default
 *
 * The rules that a variable has to keep by itself: its pattern is one, its choices and its default fit, and what nobody
 * can fill in has a default. Any thread.
 *
 * Returns: whether it keeps them
 */
gboolean
strata_variable_check (StrataVariable  *self,
                       GError         **error)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self), FALSE);

  const char *value = strata_variable_get (self, STRATA_VARIABLE_DEFAULT);

  if (!check_pattern (self, error))
    return FALSE;

  if (is_dropdown (self) && !check_options (self, error))
    return FALSE;

  if (lacks_default (self))
    return refuse (error, _("A variable that nobody can fill in needs a default"));

  return *value == '\0' || g_str_equal (value, MASK) ||
         strata_variable_check_value (self, value, error);
}

/**
 * strata_variable_check_names:
 * @self: a variable
 * @variables: (element-type StrataVariable): those of the profile
 * @instead: (nullable): the one of them that @self takes the place of
 * @error: return location for a %STRATA_ERROR_CONFLICT
 *
 * Names, and the names that are shown, are each given once in a profile. Any thread.
 *
 * Returns: whether those of @self are free
 */
gboolean
strata_variable_check_names (StrataVariable  *self,
                             GPtrArray       *variables,
                             StrataVariable  *instead,
                             GError         **error)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self) && variables != NULL, FALSE);

  const char *name = strata_variable_get_name (self);
  const char *shown = strata_variable_get (self, STRATA_VARIABLE_DISPLAY_NAME);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *other = g_ptr_array_index (variables, i);
      const char *other_shown = strata_variable_get (other, STRATA_VARIABLE_DISPLAY_NAME);

      if (other == instead)
        continue;

      if (g_str_equal (strata_variable_get_name (other), name))
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                       _("There is a variable “%s” already"), name);
          return FALSE;
        }

      if (*shown != '\0' && g_str_equal (other_shown, shown))
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                       _("The variable “%s” is shown as “%s” already"),
                       strata_variable_get_name (other), shown);
          return FALSE;
        }
    }

  return TRUE;
}
