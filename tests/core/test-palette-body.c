/* test-palette-body.c - what the console's calls take and give for a profile: right members, right nesting, no masks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-error.h"
#include "strata-json.h"
#include "strata-palette-body.h"
#include "strata-palette.h"

static char *
load_example (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data",
                                                 "palette", "examples", name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_test_skip ("no shared data beside the source");

  return text;
}

static StrataProfile *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  StrataProfile *profile = strata_palette_read (text, -1, "web", &error);

  g_assert_no_error (error);

  return profile;
}

static void
assert_text (JsonNode   *node,
             const char *path,
             const char *expected)
{
  g_autoptr(JsonNode) found = json_path_query (path, node, NULL);
  g_autofree char *text = json_to_string (found, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_empty (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) == 0 ||
           json_object_has_member (json_node_get_object (node), "metadata");

  return json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) == '\0';
}

/* What our body lacks of the published one, or has otherwise; what it has besides is empty. */
static void
compare (JsonNode   *ours,
         JsonNode   *theirs,
         const char *path)
{
  if (JSON_NODE_HOLDS_OBJECT (theirs))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (theirs));
      while (json_object_iter_next (&iter, &name, &member))
        {
          g_autofree char *where = g_strdup_printf ("%s.%s", path, name);
          JsonNode *mine = json_object_get_member (json_node_get_object (ours), name);

          /* Of a registry the console knows better than a file whether it is private. */
          if (g_str_has_prefix (name, "is") && strstr (path, ".registry") != NULL)
            continue;
          if (mine == NULL && is_empty (member))
            continue;
          if (mine == NULL)
            g_error ("%s is missing", where);
          compare (mine, member, where);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (theirs))
    {
      JsonArray *list = json_node_get_array (theirs);

      g_assert_cmpuint (json_array_get_length (list), ==,
                        json_array_get_length (json_node_get_array (ours)));
      for (guint i = 0; i < json_array_get_length (list); i++)
        {
          g_autofree char *where = g_strdup_printf ("%s[%u]", path, i);

          compare (json_array_get_element (json_node_get_array (ours), i),
                   json_array_get_element (list, i), where);
        }
    }
  else if (!json_node_equal (ours, theirs))
    g_error ("%s is another", path);
}

/* A published request read and made again says the same. */
static void
test_example (gconstpointer data)
{
  const char *name = data;
  g_autofree char *text = load_example (name);

  if (text == NULL)
    return;

  g_autoptr(StrataProfile) profile = read_text (text);
  g_autoptr(JsonNode) theirs = strata_json_parse (text, -1, NULL);
  g_autoptr(JsonNode) ours = NULL;

  if (g_str_equal (name, "profile-create.request.json"))
    ours = strata_palette_make_create (profile);
  else if (g_str_equal (name, "profile-update.request.json"))
    ours = strata_palette_make_update (profile);
  else
    ours = strata_palette_make_import (profile);

  compare (ours, theirs, "");
}

static const char secret[] =
  "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{\"packs\":[]},\"variables\":["
  "{\"name\":\"known\",\"isSensitive\":true,\"defaultValue\":\"hunter2\"},"
  "{\"name\":\"masked\",\"isSensitive\":true,\"defaultValue\":\"********\"},"
  "{\"name\":\"shorter\",\"isSensitive\":true,\"defaultValue\":\"******\"},"
  "{\"name\":\"stars\",\"defaultValue\":\"********\"}]}}";

/* The mask would become the secret; a text that only looks so is one. */
static void
test_masks_stay (void)
{
  g_autoptr(StrataProfile) profile = read_text (secret);
  g_autoptr(JsonNode) create = strata_palette_make_create (profile);
  g_autoptr(JsonNode) import = strata_palette_make_import (profile);
  g_autoptr(JsonNode) list = strata_palette_make_variables (strata_profile_get_variables (profile));

  assert_text (create, "$.spec.variables[*].defaultValue", "[\"hunter2\",\"********\"]");
  assert_text (import, "$.spec.variables[*].defaultValue", "[\"hunter2\",\"********\"]");
  assert_text (list, "$.variables[*].defaultValue", "[\"hunter2\",\"********\"]");
  assert_text (list, "$.variables[*].isSensitive", "[true,true,true,false]");
}

/* Annotations that others made are kept. */
static void
test_annotations_stay (void)
{
  g_autoptr(StrataProfile) profile = read_text (
    "{\"metadata\":{\"name\":\"web\",\"description\":\"new\",\"labels\":{\"a\":\"b\",\"edge\":\"spectro__tag\"}},"
    "\"spec\":{\"version\":\"1.0.0\"}}");
  g_autoptr(JsonNode) now =
    strata_json_parse ("{\"owner\":\"x\",\"description\":\"old\"}", -1, NULL);
  g_autoptr(JsonNode) body =
    strata_palette_make_metadata (profile, json_node_get_object (now));

  assert_text (body, "$.metadata.annotations.owner", "[\"x\"]");
  assert_text (body, "$.metadata.annotations.description", "[\"new\"]");
  assert_text (body, "$.metadata.labels.edge", "[\"spectro__tag\"]");
  assert_text (body, "$.spec.version", "[\"1.0.0\"]");
}

typedef struct
{
  const char *text;
  const char *trimmed;
} TrimCase;

static const TrimCase trims[] = {
  { "", "" },
  { " \n\t\n", "" },
  { "a: 1\n\n", "a: 1" },
  { "\n\na: 1 ", "a: 1" },
  { "\n  a: 1\n  b: 2\n", "  a: 1\n  b: 2" },
  { "  a: 1\n  b: 2", "  a: 1\n  b: 2" },
};

static void
test_trim (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (trims); i++)
    {
      g_autofree char *trimmed = strata_palette_trim (trims[i].text);

      g_assert_cmpstr (trimmed, ==, trims[i].trimmed);
    }
}

static const char one[] =
  "{\"metadata\":{\"name\":\"web\",\"labels\":{\"a\":\"b\",\"c\":\"d\"}},\"spec\":{\"version\":\"1.0.0\",\"template\":{"
  "\"type\":\"system\",\"packs\":[{\"name\":\"nginx\",\"type\":\"helm\",\"layer\":\"addon\",\"tag\":\"1.0.0\",\"values\":\"a: 1\\n\"}]},"
  "\"variables\":[{\"name\":\"key\",\"isSensitive\":true,\"defaultValue\":\"hunter2\"}]}}";
static const char same[] =
  "{\"metadata\":{\"name\":\"web\",\"labels\":{\"c\":\"d\",\"a\":\"b\"}},\"spec\":{\"version\":\"1.0.0\",\"template\":{"
  "\"type\":\"system\",\"packs\":[{\"name\":\"nginx\",\"type\":\"helm\",\"layer\":\"addon\",\"tag\":\"1.0.0\",\"version\":\"1.0.0\","
  "\"packUid\":\"64eaff453040297344bc0011\",\"values\":\"a: 1\",\"manifests\":[]}]},"
  "\"variables\":[{\"name\":\"key\",\"isSensitive\":true,\"defaultValue\":\"********\",\"hidden\":false,\"regex\":\"\"}]}}";

static void
test_same (void)
{
  g_autoptr(StrataProfile) profile = read_text (one);
  g_autoptr(StrataProfile) other = read_text (same);
  g_autoptr(StrataProfile) changed =
    strata_profile_with (other, STRATA_PROFILE_DESCRIPTION, "what for");

  g_assert_true (strata_palette_is_same (profile, profile));
  g_assert_true (strata_palette_is_same (profile, other));
  g_assert_false (strata_palette_is_same (profile, changed));

  StrataVariable *mine = strata_profile_get_variables (profile)->pdata[0];
  StrataVariable *theirs = strata_profile_get_variables (other)->pdata[0];

  g_assert_true (strata_palette_is_same_variable (theirs, theirs));
  g_assert_false (strata_palette_is_same_variable (mine, theirs));
}

static StrataProfile *
read_reply (const char         *text,
            StrataPalettePart   part,
            GHashTable         *contents,
            GError            **error)
{
  g_autoptr(JsonNode) node = strata_json_parse (text, -1, NULL);

  g_assert_nonnull (node);

  return strata_palette_read_part (json_node_get_object (node), part, NULL, contents, error);
}

static void
test_reply (void)
{
  g_autofree char *text = load_example ("profile-get.response.json");
  g_autoptr(GHashTable) contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GError) error = NULL;

  if (text == NULL)
    return;

  g_hash_table_insert (contents, strata_palette_make_key ("site-config", "site-info"), g_strdup ("a: 1"));

  g_autoptr(StrataProfile) profile = read_reply (text, STRATA_PALETTE_PUBLISHED, contents, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_profile_get_name (profile), ==, "edge-retail");
  g_assert_cmpstr (strata_profile_get (profile, STRATA_PROFILE_UID), ==, "64eaff453040297344bc0001");
  g_assert_cmpstr (strata_profile_get (profile, STRATA_PROFILE_TYPE), ==, "system");
  g_assert_cmpstr (strata_profile_get (profile, STRATA_PROFILE_EXTRA), ==, "");
  g_assert_cmpuint (strata_profile_get_n_layers (profile), ==, 3);

  StrataLayer *config = strata_profile_get_layer (profile, 2);
  StrataManifest *manifest = strata_layer_find_manifest (config, "site-info", NULL);

  g_assert_cmpstr (strata_layer_get (config, STRATA_LAYER_PACK_UID), ==, "");
  g_assert_cmpstr (strata_manifest_get_uid (manifest), ==, "64eaff453040297344bc0012");
  g_assert_cmpstr (strata_manifest_get_text (manifest), ==, "a: 1");
}

/* Not taken for an empty one, which would then be sent back. */
static void
test_reply_without_content (void)
{
  g_autofree char *text = load_example ("profile-get.response.json");
  g_autoptr(GError) error = NULL;

  if (text == NULL)
    return;

  g_assert_null (read_reply (text, STRATA_PALETTE_PUBLISHED, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "site-info"));
}

static void
test_reply_of_nulls (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = read_reply (
    "{\"metadata\":{\"name\":\"web\",\"uid\":null,\"labels\":null,\"annotations\":null},\"status\":null,"
    "\"spec\":{\"published\":null,\"version\":null,\"draft\":{\"packs\":[{\"name\":\"a\",\"manifests\":null,\"values\":null}]}}}",
    STRATA_PALETTE_DRAFT, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strata_profile_get_n_layers (profile), ==, 1);
  g_assert_cmpuint (strata_profile_get_tags (profile)->len, ==, 0);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *says;
} Refused;

static const Refused refused[] = {
  { "nameless", "{\"metadata\":{},\"spec\":{\"draft\":{}}}", "metadata.name" },
  { "number", "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"draft\":{\"packs\":[{\"name\":\"a\",\"values\":1}]}}}",
    "spec.draft.packs[0].values" },
  { "type", "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"draft\":{\"packs\":[{\"name\":\"a\",\"type\":\"zip\"}]}}}", "zip" },
  { "list", "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"draft\":{\"packs\":{}}}}", "spec.draft.packs" },
};

static void
test_reply_refused (gconstpointer data)
{
  const Refused *want = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (read_reply (want->text, STRATA_PALETTE_DRAFT, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, want->says));
}

int
main (int   argc,
      char *argv[])
{
  static const char *const examples[] = {
    "profile-create.request.json",
    "profile-update.request.json",
    "profile-export.json",
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *path = g_strconcat ("/palette-body/example/", examples[i], NULL);

      g_test_add_data_func (path, examples[i], test_example);
    }
  g_test_add_func ("/palette-body/masks-stay", test_masks_stay);
  g_test_add_func ("/palette-body/annotations-stay", test_annotations_stay);
  g_test_add_func ("/palette-body/trim", test_trim);
  g_test_add_func ("/palette-body/same", test_same);
  g_test_add_func ("/palette-body/reply", test_reply);
  g_test_add_func ("/palette-body/reply-without-content", test_reply_without_content);
  g_test_add_func ("/palette-body/reply-of-nulls", test_reply_of_nulls);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/palette-body/reply-refused/", refused[i].name, NULL);

      g_test_add_data_func (path, &refused[i], test_reply_refused);
    }

  return g_test_run ();
}
