/* test-palette.c - bodies of the console are read without a loss, written as it takes them, and refused by path
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-json.h"
#include "strata-palette.h"

#include <string.h>

/* A text that must be refused, and part of what is said. */
typedef struct
{
  const char *name;
  const char *text;
  const char *says;
} Refused;

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
read_good (const char *text)
{
  g_autoptr(GError) error = NULL;
  StrataProfile *profile = strata_palette_read (text, -1, "fallback", &error);

  g_assert_no_error (error);

  return profile;
}

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = strata_json_parse (text, -1, &error);

  g_assert_no_error (error);

  return node;
}

static JsonNode *
write_and_parse (StrataProfile *profile)
{
  g_autofree char *text = strata_palette_write (profile, STRATA_PALETTE_JSON);

  return parse (text);
}

static void
assert_json_equal (const char *a,
                   const char *b)
{
  g_autoptr(JsonNode) one = parse (a);
  g_autoptr(JsonNode) other = parse (b);

  if (!json_node_equal (one, other))
    g_error ("%s\n--- is not ---\n%s", a, b);
}

/* Where the export has what another shape of the body has at @path. */
static char *
map_path (const char *path)
{
  g_autoptr(GString) mapped = g_string_new (path);

  if (g_str_has_prefix (path, "/spec/published/"))
    g_string_replace (mapped, "/published/", "/template/", 1);
  if (g_str_has_prefix (path, "/variables/"))
    g_string_prepend (mapped, "/spec");

  return g_string_free (g_steal_pointer (&mapped), FALSE);
}

static JsonNode *
lookup (JsonNode   *node,
        const char *path)
{
  g_auto(GStrv) parts = g_strsplit (path + 1, "/", -1);

  for (guint i = 0; parts[i] != NULL && node != NULL; i++)
    if (JSON_NODE_HOLDS_ARRAY (node))
      node = json_array_get_element (json_node_get_array (node), (guint) atoi (parts[i]));
    else
      node = json_object_get_member (json_node_get_object (node), parts[i]);

  return node;
}

/* Every leaf of @input is in @output; a list or object without anything in it is a leaf too. */
static void
assert_nothing_lost (JsonNode   *input,
                     const char *path,
                     JsonNode   *output)
{
  guint n_children = 0;

  if (JSON_NODE_HOLDS_OBJECT (input))
    {
      g_autoptr(GList) members = json_object_get_members (json_node_get_object (input));

      for (GList *l = members; l != NULL; l = l->next, n_children++)
        {
          g_autofree char *child = g_strconcat (path, "/", l->data, NULL);

          assert_nothing_lost (json_object_get_member (json_node_get_object (input), l->data),
                               child, output);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (input))
    for (; n_children < json_array_get_length (json_node_get_array (input)); n_children++)
      {
        g_autofree char *child = g_strdup_printf ("%s/%u", path, n_children);

        assert_nothing_lost (json_array_get_element (json_node_get_array (input), n_children),
                             child, output);
      }

  if (n_children > 0)
    return;

  g_autofree char *mapped = map_path (path);
  JsonNode *there = lookup (output, mapped);

  if (there == NULL || !json_node_equal (input, there))
    g_error ("%s is lost, or not the same", mapped);
}

static void
test_loses_nothing (gconstpointer data)
{
  g_autofree char *text = load_example (data);

  if (text == NULL)
    return;

  g_autoptr(StrataProfile) profile = read_good (text);
  g_autoptr(JsonNode) input = parse (text);
  g_autoptr(JsonNode) output = write_and_parse (profile);

  assert_nothing_lost (input, "", output);

  g_autofree char *json = strata_palette_write (profile, STRATA_PALETTE_JSON);
  g_autofree char *yaml = strata_palette_write (profile, STRATA_PALETTE_YAML);
  g_autoptr(StrataProfile) from_json = read_good (json);
  g_autoptr(StrataProfile) from_yaml = read_good (yaml);
  g_autofree char *again = strata_palette_write (from_json, STRATA_PALETTE_JSON);
  g_autofree char *yaml_again = strata_palette_write (from_yaml, STRATA_PALETTE_JSON);

  g_assert_cmpstr (again, ==, json);
  assert_json_equal (yaml_again, json);
}

static void
test_writes_the_same_document (gconstpointer data)
{
  g_autofree char *text = load_example (data);

  if (text == NULL)
    return;

  g_autoptr(StrataProfile) profile = read_good (text);
  g_autofree char *json = strata_palette_write (profile, STRATA_PALETTE_JSON);
  g_autofree char *yaml = strata_palette_write (profile, STRATA_PALETTE_YAML);
  g_autoptr(StrataProfile) from_yaml = read_good (yaml);
  g_autofree char *back = strata_palette_write (from_yaml, STRATA_PALETTE_JSON);

  assert_json_equal (json, text);
  assert_json_equal (back, text);
  g_assert_true (strata_profile_equal (profile, from_yaml));
}

static void
test_reads_export (void)
{
  g_autofree char *text = load_example ("profile-export.json");

  if (text == NULL)
    return;

  g_autoptr(StrataProfile) profile = read_good (text);
  StrataLayer *nginx = strata_profile_get_layer (profile, 1);
  StrataLayer *site = strata_profile_get_layer (profile, 2);
  GPtrArray *tags = strata_profile_get_tags (profile);
  StrataVariable *variable = strata_profile_get_variables (profile)->pdata[0];

  g_assert_cmpstr (strata_profile_get_name (profile), ==, "edge-retail");
  g_assert_cmpstr (strata_profile_get_version (profile), ==, "1.0.0");
  g_assert_cmpstr (strata_profile_get (profile, STRATA_PROFILE_TYPE), ==, "system");
  g_assert_cmpstr (strata_tag_get_value (tags->pdata[0]), ==, "emea");
  g_assert_cmpstr (strata_tag_get_key (tags->pdata[1]), ==, "edge");
  g_assert_null (strata_tag_get_value (tags->pdata[1]));
  g_assert_cmpuint (strata_profile_get_n_layers (profile), ==, 3);
  g_assert_cmpint (strata_layer_get_kind (nginx), ==, STRATA_LAYER_KIND_HELM);
  g_assert_cmpstr (strata_layer_get (nginx, STRATA_LAYER_REGISTRY_NAME), ==, "Bitnami");
  g_assert_cmpstr (strata_layer_get (nginx, STRATA_LAYER_REGISTRY_KIND), ==, "helm");
  g_assert_cmpstr (strata_layer_get (nginx, STRATA_LAYER_REGISTRY_UID), ==,
                   "64eaff453040297344bc0004");
  g_assert_true (g_str_has_prefix (strata_layer_get_text (nginx), "pack:\n  namespace: nginx\n"));
  g_assert_cmpuint (strata_layer_get_manifests (site)->len, ==, 1);
  g_assert_cmpstr (strata_variable_get (variable, STRATA_VARIABLE_DEFAULT), ==, "8080");
  g_assert_cmpint ((int) strata_variable_get_flags (variable), ==, STRATA_VARIABLE_REQUIRED);
}

static void
test_reads_response (void)
{
  g_autofree char *text = load_example ("profile-get.response.json");

  if (text == NULL)
    return;

  g_autoptr(StrataProfile) profile = read_good (text);
  StrataLayer *layer = strata_profile_get_layer (profile, 0);
  StrataManifest *manifest =
    strata_layer_get_manifests (strata_profile_get_layer (profile, 2))->pdata[0];

  g_assert_cmpstr (strata_profile_get (profile, STRATA_PROFILE_UID), ==,
                   "64eaff453040297344bc0001");
  g_assert_cmpstr (strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION), ==,
                   "Bootstrap stack for retail edge appliances");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_PACK_UID), ==, "64eaff453040297344bc0010");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_DIGEST), ==, "sha256:9f86d081884c7d65");
  g_assert_cmpstr (strata_manifest_get_uid (manifest), ==, "64eaff453040297344bc0012");
}

/* A draft is what a person works on; what is published is kept beside it, whole. */
static void
test_prefers_draft (void)
{
  const char *text =
    "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"version\":\"1.0.0\","
    "\"published\":{\"type\":\"system\",\"packs\":[{\"name\":\"old\",\"values\":\"a: 1\"}]},"
    "\"draft\":{\"type\":\"system\",\"packs\":[{\"name\":\"new\",\"values\":\"a: 2\"}]}}}";
  g_autoptr(StrataProfile) profile = read_good (text);
  g_autoptr(JsonNode) output = write_and_parse (profile);

  g_assert_cmpuint (strata_profile_get_n_layers (profile), ==, 1);
  g_assert_cmpstr (strata_layer_get_name (strata_profile_get_layer (profile, 0)), ==, "new");
  g_assert_cmpstr (json_node_get_string (lookup (output, "/spec/published/packs/0/values")), ==,
                   "a: 1");
  g_assert_cmpstr (json_node_get_string (lookup (output, "/spec/template/packs/0/values")), ==,
                   "a: 2");
  g_assert_null (lookup (output, "/spec/draft"));
}

static void
test_reads_without_metadata (void)
{
  g_autoptr(StrataProfile) profile = read_good ("{\"uid\":\"64ea\"}");
  g_autoptr(JsonNode) output = write_and_parse (profile);

  g_assert_cmpstr (strata_profile_get_name (profile), ==, "fallback");
  g_assert_cmpstr (json_node_get_string (lookup (output, "/uid")), ==, "64ea");
}

/* Members with an empty value, and null, are said again; explicit null is read as absent. */
static void
test_keeps_empty_values (void)
{
  const char *text =
    "{\"metadata\":{\"name\":\"a\",\"description\":\"\",\"labels\":null,\"annotations\":{}},"
    "\"spec\":{\"version\":null,\"template\":{\"type\":\"\",\"cloudType\":\"all\",\"packs\":["
    "{\"name\":\"p\",\"type\":\"helm\",\"layer\":\"\",\"values\":\"\",\"manifests\":[],"
    "\"registry\":null,\"tag\":null}]},"
    "\"variables\":[{\"name\":\"v\",\"isSensitive\":false,\"regex\":\"\",\"options\":[],\"x\":[1,{}"
    "]}]}}";
  g_autoptr(StrataProfile) profile = read_good (text);
  g_autofree char *json = strata_palette_write (profile, STRATA_PALETTE_JSON);

  g_assert_cmpstr (strata_profile_get_version (profile), ==, "");
  assert_json_equal (json, text);
}

static void
test_keeps_members_of_options (void)
{
  const char *text = "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"template\":{\"type\":\"system\","
                     "\"cloudType\":\"all\"},"
                     "\"variables\":[{\"name\":\"v\",\"options\":["
                     "{\"value\":\"x\",\"label\":\"\",\"default\":false,\"weight\":7},{\"value\":"
                     "\"y\",\"label\":\"Y\"}]}]}}";
  g_autoptr(StrataProfile) profile = read_good (text);
  g_autofree char *json = strata_palette_write (profile, STRATA_PALETTE_JSON);

  assert_json_equal (json, text);
}

/* What a person changes wins over what came with the body, under each name it has there. */
static void
test_writes_edits (void)
{
  g_autoptr(StrataProfile) profile = read_good (
    "{\"metadata\":{\"name\":\"a\",\"annotations\":{\"description\":\"old\",\"x\":\"y\"}},"
    "\"spec\":{\"template\":{\"packs\":[{\"name\":\"p\",\"tag\":\"1.0.0\",\"uid\":\"u1\","
    "\"registryUid\":\"\",\"manifests\":[]}]}}}");
  g_autoptr(StrataProfile) described =
    strata_profile_with (profile, STRATA_PROFILE_DESCRIPTION, "new");
  StrataLayer *layer = strata_profile_get_layer (profile, 0);
  g_autoptr(StrataLayer) moved = strata_layer_with (layer, STRATA_LAYER_PACK_UID, "u2");
  g_autoptr(StrataLayer) registered = strata_layer_with (moved, STRATA_LAYER_REGISTRY_UID, "r");
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("kind: Namespace\n");
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("ns", blob);
  g_autoptr(StrataLayer) attached = strata_layer_with_manifest (registered, manifest);
  g_autoptr(StrataProfile) edited = strata_profile_with_layer (described, 0, attached);
  g_autoptr(JsonNode) output = write_and_parse (edited);

  g_assert_cmpstr (json_node_get_string (lookup (output, "/metadata/description")), ==, "new");
  g_assert_cmpstr (json_node_get_string (lookup (output, "/metadata/annotations/description")), ==,
                   "new");
  g_assert_cmpstr (json_node_get_string (lookup (output, "/metadata/annotations/x")), ==, "y");
  g_assert_cmpstr (json_node_get_string (lookup (output, "/spec/template/packs/0/uid")), ==, "u2");
  g_assert_cmpstr (json_node_get_string (lookup (output, "/spec/template/packs/0/registryUid")), ==,
                   "r");
  g_assert_cmpstr (
    json_node_get_string (lookup (output, "/spec/template/packs/0/registry/metadata/uid")), ==,
    "r");
  g_assert_cmpstr (
    json_node_get_string (lookup (output, "/spec/template/packs/0/manifests/0/name")), ==, "ns");
}

/* A secret is neither in the export nor aside among the members that are kept. */
static void
test_masks_sensitive_defaults (void)
{
  g_autoptr(StrataProfile) profile =
    read_good ("{\"metadata\":{\"name\":\"a\"},\"variables\":[],\"spec\":{\"variables\":["
               "{\"name\":\"v\",\"isSensitive\":true,\"defaultValue\":\"hunter2\"},"
               "{\"name\":\"w\",\"defaultValue\":\"plain\"}]}}");
  StrataVariable *variable = strata_profile_get_variables (profile)->pdata[0];
  g_autofree char *json = strata_palette_write (profile, STRATA_PALETTE_JSON);
  g_autofree char *yaml = strata_palette_write (profile, STRATA_PALETTE_YAML);

  g_assert_cmpstr (strata_variable_get (variable, STRATA_VARIABLE_DEFAULT), ==, "hunter2");
  g_assert_cmpstr (strata_variable_get (variable, STRATA_VARIABLE_EXTRA), ==, "");
  g_assert_null (strstr (json, "hunter2"));
  g_assert_null (strstr (yaml, "hunter2"));
  g_assert_nonnull (strstr (json, STRATA_PALETTE_MASK));
  g_assert_nonnull (strstr (json, "plain"));
  g_assert_true (strata_palette_has_masked (profile));
}

static void
test_reads_yaml (void)
{
  g_autoptr(StrataProfile) profile = read_good (
    "# exported\nmetadata:\n  name: edge\n  labels: {region: emea, edge: spectro__tag}\n"
    "spec:\n  version: 1.2.0\n  template:\n    packs:\n    - name: nginx\n      type: helm\n"
    "      layer: cni\n      values: |\n        a: 1\n");
  StrataLayer *layer = strata_profile_get_layer (profile, 0);

  g_assert_cmpstr (strata_profile_get_name (profile), ==, "edge");
  g_assert_cmpstr (strata_profile_get_version (profile), ==, "1.2.0");
  g_assert_cmpuint (strata_profile_get_tags (profile)->len, ==, 2);
  g_assert_cmpstr (strata_layer_get_text (layer), ==, "a: 1\n");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_PACK_LAYER), ==, "cni");
}

#define NAMED "{\"metadata\":{\"name\":\"a\"},"
#define PACK(member) NAMED "\"spec\":{\"template\":{\"packs\":[{\"name\":\"p\"},{\"name\":\"q\"," member "}]}}}"
#define MANIFEST(m) PACK ("\"manifests\":[" m "]")
#define VARIABLE(member) NAMED "\"spec\":{\"variables\":[{\"name\":\"v\"," member "}]}}"

static const Refused refused[] = {
  { "not-an-object", "[]", "no profile" },
  { "a-word", "hello", "no profile" },
  { "bad-json", "{\"metadata\":", "" },
  { "metadata-type", "{\"metadata\":7}", "metadata must be an object, found a number" },
  { "metadata-list", "{\"metadata\":[]}", "metadata must be an object, found a list" },
  { "name-missing", "{\"metadata\":{}}", "metadata.name is missing" },
  { "name-null", "{\"metadata\":{\"name\":null}}", "metadata.name is missing" },
  { "name-empty", "{\"metadata\":{\"name\":\"\"}}", "metadata.name is missing" },
  { "name-type", "{\"metadata\":{\"name\":7}}", "metadata.name must be a text, found a number" },
  { "name-newline", "{\"metadata\":{\"name\":\"a\\nb\"}}", "metadata.name has a control character" },
  { "description-type", "{\"metadata\":{\"name\":\"a\",\"description\":{}}}",
    "metadata.description must be a text, found an object" },
  { "annotations-type", "{\"metadata\":{\"name\":\"a\",\"annotations\":\"x\"}}",
    "metadata.annotations must be an object, found a text" },
  { "annotation-type", "{\"metadata\":{\"name\":\"a\",\"annotations\":{\"description\":1}}}",
    "metadata.annotations.description must be a text" },
  { "uid-type", "{\"metadata\":{\"name\":\"a\",\"uid\":1}}", "metadata.uid must be a text" },
  { "labels-type", "{\"metadata\":{\"name\":\"a\",\"labels\":[]}}", "metadata.labels must be an object" },
  { "label-type", "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":true}}}",
    "metadata.labels.x must be a text, found true or false" },
  { "spec-type", NAMED "\"spec\":[]}", "spec must be an object, found a list" },
  { "version-type", NAMED "\"spec\":{\"version\":1.2}}", "spec.version must be a text, found a number" },
  { "template-type", NAMED "\"spec\":{\"template\":\"x\"}}", "spec.template must be an object" },
  { "published-type", NAMED "\"spec\":{\"published\":\"x\"}}", "spec.published must be an object" },
  { "draft-type", NAMED "\"spec\":{\"draft\":1}}", "spec.draft must be an object" },
  { "type-type", NAMED "\"spec\":{\"template\":{\"type\":1}}}", "spec.template.type must be a text" },
  { "cloud-type-type", NAMED "\"spec\":{\"draft\":{\"cloudType\":1}}}", "spec.draft.cloudType must be" },
  { "packs-type", NAMED "\"spec\":{\"template\":{\"packs\":{}}}}", "spec.template.packs must be a list" },
  { "pack-null", NAMED "\"spec\":{\"template\":{\"packs\":[null]}}}",
    "spec.template.packs[0] must be an object, found nothing" },
  { "pack-name-missing", NAMED "\"spec\":{\"published\":{\"packs\":[{}]}}}",
    "spec.published.packs[0].name is missing" },
  { "pack-type", PACK ("\"type\":7"), "spec.template.packs[1].type must be a text" },
  { "pack-type-unknown", PACK ("\"type\":\"foo\""),
    "spec.template.packs[1].type must be spectro, helm, oci or manifest, found “foo”" },
  { "pack-layer", PACK ("\"layer\":7"), "spec.template.packs[1].layer must be a text" },
  { "pack-tag", PACK ("\"tag\":7"), "spec.template.packs[1].tag must be a text" },
  { "pack-version", PACK ("\"version\":[]"), "spec.template.packs[1].version must be a text" },
  { "pack-uid", PACK ("\"uid\":7"), "spec.template.packs[1].uid must be a text" },
  { "pack-pack-uid", PACK ("\"packUid\":7"), "spec.template.packs[1].packUid must be a text" },
  { "pack-digest", PACK ("\"digest\":7"), "spec.template.packs[1].digest must be a text" },
  { "pack-registry-uid", PACK ("\"registryUid\":7"), "spec.template.packs[1].registryUid must be a text" },
  { "pack-values", PACK ("\"values\":7"), "spec.template.packs[1].values must be a text, found a number" },
  { "pack-registry", PACK ("\"registry\":7"), "spec.template.packs[1].registry must be an object" },
  { "registry-metadata", PACK ("\"registry\":{\"metadata\":7}"),
    "spec.template.packs[1].registry.metadata must be an object" },
  { "registry-name", PACK ("\"registry\":{\"metadata\":{\"name\":7}}"),
    "spec.template.packs[1].registry.metadata.name must be a text" },
  { "manifests-type", PACK ("\"manifests\":7"), "spec.template.packs[1].manifests must be a list" },
  { "manifest-type", MANIFEST ("7"), "spec.template.packs[1].manifests[0] must be an object" },
  { "manifest-name", MANIFEST ("{\"content\":\"\"}"), "spec.template.packs[1].manifests[0].name is missing" },
  { "manifest-content", MANIFEST ("{\"name\":\"m\",\"content\":{}}"),
    "spec.template.packs[1].manifests[0].content must be a text" },
  { "object-of-kubernetes", NAMED "\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{}}",
    "a Kubernetes object of the kind “Pod”" },
  { "variables-type", NAMED "\"spec\":{\"variables\":{}}}", "spec.variables must be a list" },
  { "variable-type", NAMED "\"spec\":{\"variables\":[7]}}", "spec.variables[0] must be an object" },
  { "variable-name", NAMED "\"spec\":{\"variables\":[{}]}}", "spec.variables[0].name is missing" },
  { "variable-default", VARIABLE ("\"defaultValue\":8080"),
    "spec.variables[0].defaultValue must be a text, found a number" },
  { "variable-required", VARIABLE ("\"required\":\"true\""),
    "spec.variables[0].required must be true or false, found a text" },
  { "variable-options", VARIABLE ("\"options\":{}"), "spec.variables[0].options must be a list" },
  { "variable-option", VARIABLE ("\"options\":[\"x\"]"), "spec.variables[0].options[0] must be an object" },
  { "option-value", VARIABLE ("\"options\":[{\"value\":1}]"),
    "spec.variables[0].options[0].value must be a text" },
};

static void
test_refuses (gconstpointer data)
{
  const Refused *self = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_palette_read (self->text, -1, "fallback", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, self->says));
}

static void
test_refuses_too_many_layers (void)
{
  g_autoptr(GString) text =
    g_string_new (NAMED "\"spec\":{\"template\":{\"packs\":[{\"name\":\"p\"}");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, ",{\"name\":\"p\"}");
  g_string_append (text, "]}}}");

  g_assert_null (strata_palette_read (text->str, -1, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
}

static void
test_needs_a_name_from_somewhere (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_palette_read ("{\"uid\":\"64ea\"}", -1, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "metadata.name is missing"));
}

int
main (int   argc,
      char *argv[])
{
  static const char *const bodies[] = {
    "profile-clone.request.json",
    "profile-create.request.json",
    "profile-create.response.json",
    "profile-export.json",
    "profile-get.response.json",
    "profile-import-validate.response.json",
    "profile-metadata.patch.request.json",
    "profile-update.request.json",
    "profile-validate-packs.response.json",
    "profile-variables.json",
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *path = g_strconcat ("/core/palette/loses-nothing/", bodies[i], NULL);

      g_test_add_data_func (path, bodies[i], test_loses_nothing);
    }

  g_test_add_data_func ("/core/palette/writes-the-same-document/export", "profile-export.json",
                        test_writes_the_same_document);
  g_test_add_data_func ("/core/palette/writes-the-same-document/import-validate",
                        "profile-import-validate.response.json", test_writes_the_same_document);
  g_test_add_func ("/core/palette/reads-export", test_reads_export);
  g_test_add_func ("/core/palette/reads-response", test_reads_response);
  g_test_add_func ("/core/palette/reads-yaml", test_reads_yaml);
  g_test_add_func ("/core/palette/reads-without-metadata", test_reads_without_metadata);
  g_test_add_func ("/core/palette/prefers-draft", test_prefers_draft);
  g_test_add_func ("/core/palette/keeps-empty-values", test_keeps_empty_values);
  g_test_add_func ("/core/palette/keeps-members-of-options", test_keeps_members_of_options);
  g_test_add_func ("/core/palette/writes-edits", test_writes_edits);
  g_test_add_func ("/core/palette/masks-sensitive-defaults", test_masks_sensitive_defaults);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/core/palette/refuses/", refused[i].name, NULL);

      g_test_add_data_func (path, &refused[i], test_refuses);
    }

  g_test_add_func ("/core/palette/refuses/too-many-layers", test_refuses_too_many_layers);
  g_test_add_func ("/core/palette/refuses/no-name-at-all", test_needs_a_name_from_somewhere);

  return g_test_run ();
}
