/* test-variable-check.c - the rules that a variable has to keep
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-error.h"
#include "strata-variable-check.h"

/* Values of each format: those that fit, then those that do not. */
static const struct
{
  const char *format;
  const char *good[8];
  const char *bad[14];
} formats[] = {
  { "string", { "", "anything", "größe" }, { NULL } },
  { "number", { "0", "8080", "-1", "+3", "0.5", "-12.25" },
    { "", "-", ".5", "1.", "0x10", "1e3", "1,5", " 1", "1 ", "eight", "1.2.3", "٣" } },
  { "boolean", { "true", "false" }, { "", "True", "yes", "1", "truee" } },
  { "version", { "1", "1.4", "1.4.0", "v1.28.3", "1.2.3.4", "1.0.0-rc.1+b5" },
    { "", "v", "latest", "1.", "1..2", "1.2.3.4.5", "1.0-", "1.0 ", "a1" } },
  { "ipv4", { "10.0.0.1", "255.255.255.255", "0.0.0.0" },
    { "", "10.0.0", "10.0.0.256", "10.0.0.1/8", "10.0.0.1.1", "::1", "localhost", " 10.0.0.1" } },
  { "ipv4cidr", { "10.0.0.0/8", "0.0.0.0/0", "10.0.0.1/32" },
    { "", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "/8", "10.0.0.0/8/8", "::/0", "10.0.0.0/ 8" } },
  { "ipv6", { "::", "::1", "fd00::1", "2001:db8:0:0:0:0:0:1", "::ffff:10.0.0.1" },
    { "", "10.0.0.1", "fd00", "fd00:::1", "fd00::1/64", "g::1" } },
  { "base64", { "", "YQ==", "YWI=", "YWJj", "+/+/" },
    { "YQ=", "YQ", "=", "====", "YQ==YQ==", "YW Jj", "YWJj\n", "Y-_j" } },
  { "unknown", { "", "anything" }, { NULL } },
};

static void
test_formats (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      for (const char *const *good = formats[i].good; *good != NULL; good++)
        g_assert_true (strata_variable_check_format (formats[i].format, *good, NULL));

      for (const char *const *bad = formats[i].bad; *bad != NULL; bad++)
        {
          g_autoptr(GError) error = NULL;

          g_assert_false (strata_variable_check_format (formats[i].format, *bad, &error));
          g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
        }
    }
}

typedef struct
{
  const char          *format;
  const char          *input;
  const char          *value;
  const char          *regex;
  StrataVariableFlags  flags;
  const char          *options;  /* "value=label,…", the default with a star before */
  const char          *reason;   /* (nullable): part of the refusal */
} Rule;

#define HIDDEN STRATA_VARIABLE_HIDDEN
#define REQUIRED STRATA_VARIABLE_REQUIRED
#define IMMUTABLE STRATA_VARIABLE_IMMUTABLE
#define SENSITIVE STRATA_VARIABLE_SENSITIVE

static const Rule rules[] = {
  { "string", "text", "", "", 0, "", NULL },
  { "string", "text", "", "", REQUIRED, "", NULL },
  { "string", "text", "", "", HIDDEN, "", NULL },
  { "string", "text", "", "", REQUIRED | HIDDEN, "", "needs a default" },
  { "string", "text", "", "", IMMUTABLE, "", "needs a default" },
  { "string", "text", "x", "", REQUIRED | HIDDEN | IMMUTABLE, "", NULL },
  { "string", "text", "", "", IMMUTABLE | SENSITIVE, "", NULL },
  { "number", "text", "eight", "", 0, "", "Write a number" },
  { "number", "text", "********", "", SENSITIVE, "", NULL },
  { "string", "text", "gold", "^(gold|silver)$", 0, "", NULL },
  { "string", "text", "hunter2", "^\\d+$", SENSITIVE, "", "does not match" },
  { "string", "text", "", "a(", 0, "", "character 3" },
  { "string", "text", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "^(a+)+$", 0, "", "takes too long" },
  { "string", "multiline", "a\nb", "^a\\nb$", 0, "", NULL },
  { "string", "dropdown", "", "", 0, "", "needs choices" },
  { "string", "dropdown", "Gold", "", 0, "gold=Gold,silver=Silver", NULL },
  { "string", "dropdown", "bronze", "", 0, "gold=Gold,silver=Silver", "none of the choices" },
  { "string", "dropdown", "", "", IMMUTABLE, "*gold=Gold,silver=Silver", NULL },
  { "string", "dropdown", "", "", IMMUTABLE, "gold=Gold,silver=Silver", "needs a default" },
  { "string", "dropdown", "", "", 0, "gold=Gold,gold=Silver", "same value" },
  { "string", "dropdown", "", "", 0, "=Gold", "needs a value" },
  { "number", "dropdown", "", "", 0, "1=One,two=Two", "Choice 2" },
};

static StrataVariable *
with (StrataVariable      *variable,
      StrataVariableField  field,
      const char          *text)
{
  g_autoptr(StrataVariable) before = variable;

  return strata_variable_with (before, field, text);
}

static GPtrArray *
make_options (const char *text)
{
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_option_free);
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gboolean is_default = parts[i][0] == '*';
      g_auto(GStrv) pair = g_strsplit (parts[i] + is_default, "=", 2);

      g_ptr_array_add (options, strata_variable_option_new (pair[0], pair[1], "", is_default));
    }

  return options;
}

static StrataVariable *
make_variable (const Rule *rule)
{
  g_autoptr(GPtrArray) options = make_options (rule->options);
  StrataVariable *variable = strata_variable_new ("x");

  variable = with (variable, STRATA_VARIABLE_FORMAT, rule->format);
  variable = with (variable, STRATA_VARIABLE_INPUT_TYPE, rule->input);
  variable = with (variable, STRATA_VARIABLE_DEFAULT, rule->value);
  variable = with (variable, STRATA_VARIABLE_REGEX, rule->regex);

  g_autoptr(StrataVariable) plain = variable;
  g_autoptr(StrataVariable) flagged = strata_variable_with_flags (plain, rule->flags);

  return strata_variable_with_options (flagged, options);
}

static void
test_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataVariable) variable = make_variable (&rules[i]);
      gboolean keeps = strata_variable_check (variable, &error);

      if (rules[i].reason == NULL)
        g_assert_no_error (error);
      else
        {
          g_assert_nonnull (error);
          g_assert_nonnull (strstr (error->message, rules[i].reason));
          g_assert_null (strstr (error->message, "hunter2"));
        }

      g_assert_true (keeps == (rules[i].reason == NULL));
    }
}

static void
test_names (void)
{
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);
  StrataVariable *first = with (strata_variable_new ("port"), STRATA_VARIABLE_DISPLAY_NAME, "Port");
  g_autoptr(StrataVariable) same_name = strata_variable_new ("port");
  g_autoptr(StrataVariable) same_shown =
    with (strata_variable_new ("berth"), STRATA_VARIABLE_DISPLAY_NAME, "Port");
  g_autoptr(StrataVariable) free_one = strata_variable_new ("quay");

  g_ptr_array_add (variables, first);
  g_ptr_array_add (variables, strata_variable_new ("mast"));

  g_assert_false (strata_variable_check_names (same_name, variables, NULL, NULL));
  g_assert_false (strata_variable_check_names (same_shown, variables, NULL, NULL));
  g_assert_true (strata_variable_check_names (free_one, variables, NULL, NULL));
  g_assert_true (strata_variable_check_names (same_name, variables, first, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/variable-check/formats", test_formats);
  g_test_add_func ("/variable-check/rules", test_rules);
  g_test_add_func ("/variable-check/names", test_names);

  return g_test_run ();
}
