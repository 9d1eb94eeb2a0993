/* test-kinds-openapi.c - what a cluster says of the kinds that it serves, as a person hands it over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-kinds-private.h"

#define MARK(group, kind) "{\"group\": \"" group "\", \"version\": \"v1\", \"kind\": \"" kind "\"}"
#define POST(path, group, kind) \
  "\"" path "\": {\"post\": {\"x-kubernetes-action\": \"post\", \"x-kubernetes-group-version-kind\": " MARK (group, kind) "}}"
#define DOCUMENT(paths, definitions) \
  "{\"swagger\": \"2.0\", \"paths\": {" paths "}, \"definitions\": {" definitions "}}"
#define WALK(kind, field, ...) \
  strata_kind_walk (kind, (const char *const[]){ __VA_ARGS__, NULL }, field)

static const char TIDES[] = DOCUMENT (
  POST ("/apis/quay.example/v1/namespaces/{namespace}/tides", "quay.example", "Tide") ","
  POST ("/apis/quay.example/v1/moons", "quay.example", "Moon") ","
  POST ("/api/v1/namespaces/{namespace}/pods", "", "Pod") ","
  "\"/apis/quay.example/v1/lists\": {\"get\": {\"x-kubernetes-action\": \"list\", "
  "\"x-kubernetes-group-version-kind\": " MARK ("quay.example", "TideList") "}}",
  "\"example.quay.v1.Tide\": {\"type\": \"object\", \"required\": [\"spec\"], \"properties\": {"
  "\"metadata\": {\"$ref\": \"#/definitions/nowhere\"},"
  "\"spec\": {\"type\": \"object\", \"required\": [\"height\"], \"properties\": {"
  "\"height\": {\"type\": \"integer\"}, \"unit\": {\"type\": \"string\", \"enum\": [\"metre\", \"foot\"]},"
  "\"store\": {\"$ref\": \"#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity\"},"
  "\"below\": {\"$ref\": \"#/definitions/example.quay.v1.Part\"}}}},"
  "\"x-kubernetes-group-version-kind\": [" MARK ("quay.example", "Tide") "]},"
  "\"example.quay.v1.Tide.sent\": {\"x-kubernetes-group-version-kind\": [" MARK ("quay.example", "Tide") "]},"
  "\"example.quay.v1.TideList\": {\"x-kubernetes-group-version-kind\": [" MARK ("quay.example", "TideList") "]},"
  "\"example.quay.v1.Moon\": {\"x-kubernetes-group-version-kind\": [" MARK ("quay.example", "Moon") "]},"
  "\"io.k8s.api.core.v1.Pod\": {\"type\": \"object\", \"x-kubernetes-group-version-kind\": [" MARK ("", "Pod") "]},"
  "\"io.k8s.apimachinery.pkg.api.resource.Quantity\": {\"type\": \"string\"},"
  "\"example.quay.v1.Part\": {\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"},"
  "\"parts\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/example.quay.v1.Part\"}}}}");

static StrataKinds *
with_text (const char *text)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (texts, strata_blob_new_text (text));

  return strata_kinds_with_crds (strata_kinds_get_default (), texts);
}

static void
test_kinds (void)
{
  g_autoptr(StrataKinds) kinds = with_text (TIDES);
  const StrataKind *tide = strata_kinds_lookup (kinds, "quay.example/v1", "Tide");
  const StrataKind *moon = strata_kinds_lookup (kinds, "quay.example/v1", "Moon");
  const StrataKindField *field;

  g_assert_true (tide->is_custom && tide->is_namespaced);
  g_assert_true (moon->is_custom && !moon->is_namespaced);
  g_assert_null (strata_kinds_lookup (kinds, "quay.example/v1", "TideList"));
  g_assert_cmpint (WALK (tide, &field, "spec", "height")->form, ==, STRATA_KIND_INT64);
  g_assert_true (field->is_required);
  g_assert_cmpint (WALK (tide, &field, "spec", "unit")->form, ==, STRATA_KIND_STRING);
  g_assert_cmpstr (field->words[1], ==, "foot");
  g_assert_cmpint (WALK (tide, NULL, "spec", "store")->form, ==, STRATA_KIND_QUANTITY);
  g_assert_cmpint (WALK (tide, NULL, "spec", "below", "parts", "0", "parts", "0", "name")->form, ==, STRATA_KIND_STRING);
  g_assert_nonnull (WALK (tide, NULL, "metadata", "labels"));
  g_assert_true (moon->type->is_open);
}

/* What is known already stays as it is: it holds for all versions. */
static void
test_known (void)
{
  g_autoptr(StrataKinds) kinds = with_text (TIDES);
  StrataKinds *known = strata_kinds_get_default ();

  g_assert_true (strata_kinds_lookup (kinds, "v1", "Pod") == strata_kinds_lookup (known, "v1", "Pod"));
  g_assert_cmpuint (strata_kinds_get_n_kinds (kinds), ==, strata_kinds_get_n_kinds (known) + 2);
}

static void
test_nothing (void)
{
  static const char *const texts[] = {
    DOCUMENT ("", ""),
    "{\"swagger\": \"2.0\", \"paths\": [], \"definitions\": 1}",
    "{\"swagger\": \"3.0\", \"paths\": {" POST ("/a", "a", "B") "}, \"definitions\": {\"a\": "
    "{\"x-kubernetes-group-version-kind\": [" MARK ("a", "B") "]}}}",
    DOCUMENT (POST ("/a", "a", "B"), ""),
    DOCUMENT (POST ("/a", "a", "B"), "\"a\": 1, \"b\": {\"x-kubernetes-group-version-kind\": " MARK ("a", "B") "}"),
    DOCUMENT (POST ("/a", "a", "B"), "\"a\": {\"x-kubernetes-group-version-kind\": [1, [], {}, " MARK ("b", "B") "]}"),
    DOCUMENT ("\"/a\": 1, \"/b\": {\"post\": []}, \"/c\": {\"post\": {\"x-kubernetes-action\": \"post\"}}", "\"a\": {}"),
    DOCUMENT (POST ("/a", "a", ""), "\"a\": {\"x-kubernetes-group-version-kind\": [" MARK ("a", "") "]}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(StrataKinds) kinds = with_text (texts[i]);

      g_test_message ("%s", texts[i]);
      g_assert_true (kinds == strata_kinds_get_default ());
    }
}

/* References that lead round, elsewhere and to what has another shape. */
static void
test_hostile_references (void)
{
  g_autoptr(StrataKinds) kinds = with_text (DOCUMENT (
    POST ("/b", "a", "B"),
    "\"b\": {\"type\": \"object\", \"properties\": {\"x\": {\"$ref\": \"#/definitions/c\"}, \"y\": {\"$ref\": \"file:///etc/b\"},"
    "\"z\": {\"$ref\": {}}, \"l\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/e\"}}, \"m\": {\"$ref\": \"#/definitions/f\"}},"
    "\"x-kubernetes-group-version-kind\": [" MARK ("a", "B") "," MARK ("a", "B") "]},"
    "\"c\": {\"$ref\": \"#/definitions/d\"}, \"d\": {\"$ref\": \"#/definitions/c\"},"
    "\"e\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/e\"}}, \"f\": {\"properties\": {\"b\": {\"$ref\": \"#/definitions/b\"}}}"));
  const StrataKind *kind = strata_kinds_lookup (kinds, "a/v1", "B");

  g_assert_nonnull (kind);
  g_assert_cmpint (WALK (kind, NULL, "x")->form, ==, STRATA_KIND_ANY);
  g_assert_cmpint (WALK (kind, NULL, "y")->form, ==, STRATA_KIND_ANY);
  g_assert_cmpint (WALK (kind, NULL, "l", "0")->form, ==, STRATA_KIND_LIST);
  g_assert_cmpint (WALK (kind, NULL, "m", "b", "y")->form, ==, STRATA_KIND_ANY);
}

/* Each step doubles the ways; whoever went all of them would not come to an end. */
static void
test_hostile_fan (void)
{
  static const char *const fans[] = {
    "{\"type\": \"object\", \"properties\": {\"a\": {\"$ref\": \"#/definitions/f\"}, \"b\": {\"$ref\": \"#/definitions/f\"}}}",
    "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"object\", \"properties\": {\"a\": {\"$ref\": \"#/definitions/f\"},"
    "\"b\": {\"$ref\": \"#/definitions/f\"}}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (fans); i++)
    {
      g_autofree char *text = g_strconcat (
        "{\"swagger\": \"2.0\", \"paths\": {" POST ("/b", "a", "B") "}, \"definitions\": {\"b\": {\"properties\": "
        "{\"x\": {\"$ref\": \"#/definitions/f\"}}, \"x-kubernetes-group-version-kind\": [" MARK ("a", "B") "]}, \"f\": ",
        fans[i], "}}", NULL);
      g_autoptr(StrataKinds) kinds = with_text (text);
      const StrataKind *kind = strata_kinds_lookup (kinds, "a/v1", "B");

      g_assert_nonnull (kind);
      g_assert_cmpint (WALK (kind, NULL, "x")->form, ==, i == 0 ? STRATA_KIND_STRUCT : STRATA_KIND_MAP);
    }
}

/* A chain of references as long as the text allows ends where nobody needs it any more, and takes no stack. */
static void
test_hostile_chain (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append (text, "{\"swagger\": \"2.0\", \"paths\": {" POST ("/b", "a", "B") "}, \"definitions\": {");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "\"d%u\": {\"properties\": {\"x\": {\"$ref\": \"#/definitions/d%u\"}}%s}%s", i, i + 1,
                            i == 0 ? ", \"x-kubernetes-group-version-kind\": [" MARK ("a", "B") "]" : "",
                            i < 19999 ? "," : "}}");

  g_autoptr(StrataKinds) kinds = with_text (text->str);
  const StrataKind *kind = strata_kinds_lookup (kinds, "a/v1", "B");

  g_assert_nonnull (kind);
  g_assert_cmpint (WALK (kind, NULL, "x", "x", "x", "x")->form, ==, STRATA_KIND_STRUCT);
}

static void
compare_types (const StrataKindType *mine,
               const StrataKindType *known,
               guint                 depth)
{
  g_assert_cmpint (mine->form, ==, known->form);

  if (mine->item != NULL)
    compare_types (mine->item, known->item, depth);

  for (guint i = 0; i < mine->n_fields && depth < 7; i++)
    {
      const StrataKindField *field = &mine->fields[i];
      const StrataKindField *other = strata_kind_type_find (known, field->name);

      g_test_message ("%s", field->name);
      g_assert_nonnull (other);
      /* The table asks for less where an older version did. */
      g_assert_true (field->is_required || !other->is_required || depth == 0);
      if (depth > 0 || !g_str_equal (field->name, "metadata"))
        compare_types (field->type, other->type, depth + 1);
    }
}

/* What is read here of a real cluster, kind by kind, is what the table says that was made from it another way. */
static void
test_real (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "kubernetes",
                                                 "swagger-1.36.json", NULL);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  g_autoptr(StrataKinds) none = strata_kinds_new (NULL);
  g_autoptr(StrataKinds) kinds = strata_kinds_new (none);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, (gssize) length, &error);

  g_assert_no_error (error);
  strata_kinds_add_openapi (kinds, yaml);
  strata_kinds_sort (kinds);
  g_assert_cmpuint (strata_kinds_get_n_kinds (kinds), >, 60);

  for (guint i = 0; i < strata_kinds_get_n_kinds (kinds); i++)
    {
      const StrataKind *kind = strata_kinds_get_kind (kinds, i);
      const StrataKind *known = strata_kinds_lookup (strata_kinds_get_default (), kind->api_version, kind->name);

      g_test_message ("%s %s", kind->api_version, kind->name);
      g_assert_nonnull (known);
      g_assert_true (kind->is_namespaced == known->is_namespaced);
      compare_types (kind->type, known->type, 0);
    }

  g_autoptr(StrataKinds) more = with_text (text);

  g_assert_true (more == strata_kinds_get_default ());
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/kinds-openapi/kinds", test_kinds);
  g_test_add_func ("/core/kinds-openapi/known", test_known);
  g_test_add_func ("/core/kinds-openapi/nothing", test_nothing);
  g_test_add_func ("/core/kinds-openapi/hostile-references", test_hostile_references);
  g_test_add_func ("/core/kinds-openapi/hostile-fan", test_hostile_fan);
  g_test_add_func ("/core/kinds-openapi/hostile-chain", test_hostile_chain);
  g_test_add_func ("/core/kinds-openapi/real", test_real);

  return g_test_run ();
}
