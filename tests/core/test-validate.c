/* test-validate.c - everything that can be said against a profile, and what of it is remembered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-validate.h"

static StrataLayer *
make_layer (const char *name,
            const char *values_text,
            const char *manifest_text)
{
  g_autoptr(StrataLayer) empty = strata_layer_new (STRATA_LAYER_KIND_PACK, name);
  g_autoptr(StrataBlob) values = strata_blob_new_text (values_text);
  g_autoptr(StrataLayer) layer = strata_layer_with_values (empty, values);

  if (manifest_text == NULL)
    return g_steal_pointer (&layer);

  g_autoptr(StrataBlob) content = strata_blob_new_text (manifest_text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("web.yaml", content);

  return strata_layer_with_manifest (layer, manifest);
}

static StrataProfile *
make_profile (StrataLayer *one,
              StrataLayer *other)
{
  g_autoptr(StrataProfile) empty = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (layers, g_object_ref (one));
  g_ptr_array_add (layers, g_object_ref (other));

  return strata_profile_with_layers (empty, layers);
}

static char *
describe (GPtrArray *problems)
{
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (found, "%s %s:%u:%u %s\n", problem->layer, problem->document,
                              problem->line, problem->column, problem->message);
    }

  return g_string_free (found, FALSE);
}

static char *
check (StrataProfile    *profile,
       StrataValidation *before)
{
  g_autoptr(StrataValidation) validation = strata_validate_profile (profile, NULL, before);

  return describe (strata_validation_get_problems (validation));
}

static void
test_profile (void)
{
  g_autoptr(StrataLayer) web = make_layer ("web", "a: 1\na: 2\n", "- a\n");
  g_autoptr(StrataLayer) db = make_layer ("db", "a: {{.spectro.var.x}}\n", NULL);
  g_autoptr(StrataProfile) profile = make_profile (web, db);
  g_autofree char *found = check (profile, NULL);

  g_assert_cmpstr (
    found, ==,
    "db values.yaml:1:6 The profile has no variable “x”; add it, or correct the name\n"
    "web values.yaml:2:1 The key “a” stands here a second time; the first is in line 1\n"
    "web web.yaml:1:1 A Kubernetes object has to be keys with values\n"
    "db values.yaml:1:4 A value that starts with “{{” has to stand in quotes\n");
}

/* What is remembered is what would be found again. */
static void
test_remembers (void)
{
  g_autoptr(StrataLayer) web = make_layer ("web", "a: 1\na: 2\n", "- a\n");
  g_autoptr(StrataLayer) old = make_layer ("db", "a: {{.spectro.var.x}}\n", NULL);
  g_autoptr(StrataLayer) new = make_layer ("db", "a: 1\n", "- a\n");
  g_autoptr(StrataProfile) before = make_profile (web, old);
  g_autoptr(StrataProfile) after = make_profile (web, new);
  g_autoptr(StrataValidation) validation = strata_validate_profile (before, NULL, NULL);
  g_autofree char *found = check (after, validation);
  g_autofree char *fresh = check (after, NULL);

  g_assert_cmpstr (found, ==, fresh);
  g_assert_nonnull (g_strstr_len (found, -1, "db web.yaml:1:1"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/validate/profile", test_profile);
  g_test_add_func ("/core/validate/remembers", test_remembers);

  return g_test_run ();
}
