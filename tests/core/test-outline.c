/* test-outline.c - what there is to go to in the texts of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-outline.h"

static StrataLayer *
make_layer (const char *name,
            const char *values,
            const char *manifest)
{
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_PACK, name);
  g_autoptr(StrataBlob) text = strata_blob_new_text (values);
  g_autoptr(StrataLayer) layer = strata_layer_with_values (bare, text);

  if (manifest == NULL)
    return g_steal_pointer (&layer);

  g_autoptr(StrataBlob) content = strata_blob_new_text (manifest);
  g_autoptr(StrataManifest) attached = strata_manifest_new ("extra", content);

  return strata_layer_with_manifest (layer, attached);
}

static void
test_read (void)
{
  static const char *const expected =
    "0 web 1/extra:1\n"
    "1 extra 1/extra:1\n"
    "2 Deployment front 1/extra:2\n"
    "2 Service 1/extra:10\n"
    "2 ConfigMap c 1/extra:13\n"
    "0 base 0/values.yaml:1\n"
    "1 values.yaml 0/values.yaml:1\n"
    "3 pack 0/values.yaml:2\n"
    "3 charts 0/values.yaml:4\n"
    "3 charts.nginx 0/values.yaml:5\n"
    "3 charts.redis 0/values.yaml:8\n"
    "3 a: b 0/values.yaml:9\n";
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GString) found = g_string_new (NULL);

  g_ptr_array_add (layers, make_layer ("base", "# x\npack:\n  a: 1\ncharts:\n  nginx:\n    b:\n      c: [\n  redis: {}\n\"a: b\": 1\n", NULL));
  g_ptr_array_add (layers, make_layer ("web", "",
                                       "# one\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    name: no\n  name: front\n"
                                       "spec: {\n---\nkind: \"Service\"\nspec:\n---\nmetadata: \n  name: 'c'\nkind: ConfigMap\n"));

  g_autoptr(StrataProfile) profile = strata_profile_with_layers (bare, layers);
  g_autoptr(GPtrArray) entries = strata_outline_read (profile);

  for (guint i = 0; i < entries->len; i++)
    {
      const StrataOutlineEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (found, "%d %s %u/%s:%u\n", (int) entry->kind, entry->title, entry->position,
                              entry->document, entry->line);
    }

  g_assert_cmpstr (found->str, ==, expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/outline/read", test_read);

  return g_test_run ();
}
