/* test-text-search.c - searching and replacing in all texts of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-error.h"
#include "strata-text-search.h"

#define UPPER "image: web:1\r\nImage: web:2 # web:3\r\n"
#define LOWER "größe: web:1\n\na: 'web:12'"

static StrataLayer *
make_layer (const char *name,
            const char *values,
            const char *manifest)
{
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_PACK, name);
  g_autoptr(StrataBlob) text = strata_blob_new_text (values);
  g_autoptr(StrataBlob) content = strata_blob_new_text (manifest);
  g_autoptr(StrataManifest) attached = strata_manifest_new ("extra", content);
  g_autoptr(StrataLayer) layer = strata_layer_with_values (bare, text);

  return strata_layer_with_manifest (layer, attached);
}

static StrataProfile *
make_profile (void)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (layers, make_layer ("lower", LOWER, "x: 1\n"));
  g_ptr_array_add (layers, make_layer ("middle", "y: 1\n", "z: 1\n"));
  g_ptr_array_add (layers, make_layer ("upper", "", UPPER));

  return strata_profile_with_layers (bare, layers);
}

typedef struct
{
  const char            *query;
  StrataTextSearchFlags  flags;
  const char            *found;
} Case;

#define PATTERN STRATA_TEXT_SEARCH_PATTERN
#define CASE STRATA_TEXT_SEARCH_MATCH_CASE

static const Case cases[] = {
  { "web:1", 0, "2/extra 1:8; 0/values.yaml 1:8; 0/values.yaml 3:5; " },
  { "IMAGE", 0, "2/extra 1:1; 2/extra 2:1; " },
  { "image", CASE, "2/extra 1:1; " },
  { "web:\\d\\b", PATTERN, "2/extra 1:8; 2/extra 2:8; 0/values.yaml 1:8; " },
  { "^a:", PATTERN, "0/values.yaml 3:1; " },
  { "1$", PATTERN, "2/extra 1:12; 1/values.yaml 1:4; 1/extra 1:4; 0/values.yaml 1:12; 0/extra 1:4; " },
  { "(", 0, "" },
  { ".*+?^$\\E", 0, "" },
  { "GRÖSSE", 0, "" },
  { "GRÖßE", 0, "0/values.yaml 1:1; " },
};

static void
test_search (void)
{
  g_autoptr(StrataProfile) profile = make_profile ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataTextSearch) search =
        strata_text_search (profile, cases[i].query, NULL, cases[i].flags, NULL, &error);
      g_autoptr(GString) found = g_string_new (NULL);

      g_assert_no_error (error);
      g_assert_null (search->profile);

      for (guint j = 0; j < search->hits->len; j++)
        {
          const StrataTextHit *hit = g_ptr_array_index (search->hits, j);

          g_string_append_printf (found, "%u/%s %u:%u; ", hit->position, hit->document, hit->line, hit->column);
          g_assert_null (hit->after);
        }

      g_assert_cmpstr (found->str, ==, cases[i].found);
    }
}

static const char *
get_manifest (StrataProfile *profile,
              guint          position)
{
  GPtrArray *manifests = strata_layer_get_manifests (strata_profile_get_layer (profile, position));

  return strata_manifest_get_text (g_ptr_array_index (manifests, 0));
}

static void
test_replace (void)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(StrataTextSearch) search =
    strata_text_search (profile, "web:(\\d)", "$$site-$1:$0", PATTERN | CASE, NULL, NULL);
  const StrataTextHit *second = g_ptr_array_index (search->hits, 1);

  g_assert_cmpstr (get_manifest (search->profile, 2), ==,
                   "image: $site-1:web:1\r\nImage: $site-2:web:2 # $site-3:web:3\r\n");
  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (search->profile, 0)), ==,
                   "größe: $site-1:web:1\n\na: '$site-1:web:12'");
  g_assert_cmpstr (second->before, ==, "Image: web:2 # web:3");
  g_assert_cmpstr (second->after, ==, "Image: $site-2:web:2 # $site-3:web:3");

  /* What has nothing to replace is the same layer; and the profile that was searched is as it was. */
  g_assert_true (strata_profile_get_layer (search->profile, 1) == strata_profile_get_layer (profile, 1));
  g_assert_cmpstr (get_manifest (profile, 2), ==, UPPER);
}

static void
test_replace_plain (void)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(StrataTextSearch) search = strata_text_search (profile, "web:1", "$1\\1", 0, NULL, NULL);

  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (search->profile, 0)), ==,
                   "größe: $1\\1\n\na: '$1\\12'");
}

/* A pattern that finds nothing in particular comes to an end. */
static void
test_replace_nothing (void)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(StrataTextSearch) search = strata_text_search (profile, "x*", "-", PATTERN, NULL, NULL);

  g_assert_cmpstr (get_manifest (search->profile, 0), ==, "--:- -1-\n");
}

static void
test_refused (void)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) cancelled = NULL;
  g_autoptr(GString) long_text = g_string_new (NULL);
  g_autoptr(StrataLayer) layer = NULL;
  g_autoptr(StrataProfile) long_profile = NULL;

  g_assert_null (strata_text_search (profile, "(", NULL, PATTERN, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);

  for (guint i = 0; i < 5000; i++)
    g_string_append (long_text, "x\n");

  layer = make_layer ("lower", long_text->str, "");
  long_profile = strata_profile_with_layer (profile, 0, layer);
  g_cancellable_cancel (cancellable);
  g_assert_null (strata_text_search (long_profile, "x", "y", 0, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_autoptr(StrataTextSearch) all = strata_text_search (long_profile, "x", "y", 0, NULL, NULL);

  g_assert_true (all->is_cut);
  g_assert_cmpuint (all->hits->len, ==, 2000);
  g_assert_null (strchr (strata_layer_get_text (strata_profile_get_layer (all->profile, 0)), 'x'));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-search/search", test_search);
  g_test_add_func ("/text-search/replace", test_replace);
  g_test_add_func ("/text-search/replace-plain", test_replace_plain);
  g_test_add_func ("/text-search/replace-nothing", test_replace_nothing);
  g_test_add_func ("/text-search/refused", test_refused);

  return g_test_run ();
}
