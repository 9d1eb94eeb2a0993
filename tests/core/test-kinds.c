/* test-kinds.c - the kinds of Kubernetes objects, and those that definitions bring
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-kinds.h"

#define CRD(versions) \
  "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n" \
  "metadata: {name: things.example.org}\n" \
  "spec:\n  group: example.org\n  scope: Cluster\n  names: {kind: Thing, plural: things}\n" versions

#define WALK(kind, field, ...) \
  strata_kind_walk (kind, (const char *const[]){ __VA_ARGS__, NULL }, field)

static const StrataKind *
find (const char *api_version,
      const char *name)
{
  const StrataKind *kind = strata_kinds_lookup (strata_kinds_get_default (), api_version, name);

  g_assert_nonnull (kind);

  return kind;
}

static void
test_lookup (void)
{
  StrataKinds *kinds = strata_kinds_get_default ();
  const StrataKind *deployment = find ("apps/v1", "Deployment");

  g_assert_true (deployment->is_namespaced);
  g_assert_false (deployment->is_custom);
  g_assert_false (find ("v1", "Namespace")->is_namespaced);
  g_assert_null (strata_kinds_lookup (kinds, "apps/v1", "Deploymen"));
  g_assert_null (strata_kinds_lookup (kinds, "v1", "Deployment"));
  g_assert_true (strata_kinds_has_group (kinds, "apps/v9"));
  g_assert_true (strata_kinds_has_group (kinds, "v9"));
  g_assert_false (strata_kinds_has_group (kinds, "app/v1"));
  g_assert_cmpuint (strata_kinds_get_n_kinds (kinds), >, 120);
  g_assert_null (strata_kinds_get_kind (kinds, strata_kinds_get_n_kinds (kinds)));

  for (guint i = 0; i < strata_kinds_get_n_kinds (kinds); i++)
    {
      const StrataKind *kind = strata_kinds_get_kind (kinds, i);

      g_assert_true (strata_kinds_lookup (kinds, kind->api_version, kind->name) == kind);
      g_assert_true (kind->type != NULL || kind->span.went_last != 0);
    }
}

/* Every field of every type is found by its name: they are sorted as they are searched. */
static void
look_at_type (const StrataKindType *type,
              GHashTable           *seen)
{
  if (type == NULL || !g_hash_table_add (seen, (gpointer) type))
    return;

  look_at_type (type->item, seen);

  if (type->form == STRATA_KIND_STRUCT)
    g_assert_cmpuint (type->n_fields, >, 0);

  for (guint i = 0; i < type->n_fields; i++)
    {
      g_assert_true (strata_kind_type_find (type, type->fields[i].name) == &type->fields[i]);
      look_at_type (type->fields[i].type, seen);
    }
}

static void
test_types (void)
{
  StrataKinds *kinds = strata_kinds_get_default ();
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < strata_kinds_get_n_kinds (kinds); i++)
    look_at_type (strata_kinds_get_kind (kinds, i)->type, seen);

  g_assert_cmpuint (g_hash_table_size (seen), >, 600);
}

static void
test_walk (void)
{
  const StrataKind *deployment = find ("apps/v1", "Deployment");
  const StrataKindField *field;
  const StrataKindType *type = WALK (deployment, &field, "spec", "template", "spec", "containers");
  g_autofree char *list = strata_kind_type_describe (type);

  g_assert_cmpstr (list, ==, "list: Container");
  g_assert_true (field->is_required);
  g_assert_cmpstr (field->keys[0], ==, "name");
  g_assert_null (field->keys[1]);

  type = WALK (deployment, &field, "spec", "template", "spec", "containers", "0", "imagePullPolicy");
  g_assert_cmpint (type->form, ==, STRATA_KIND_STRING);
  g_assert_cmpstr (field->words[1], ==, "IfNotPresent");

  type = WALK (deployment, &field, "metadata", "labels", "app");
  g_assert_cmpint (type->form, ==, STRATA_KIND_STRING);
  g_assert_cmpstr (field->name, ==, "labels");
  g_assert_cmpint (field->format, ==, STRATA_KIND_FORMAT_LABELS);

  g_assert_true (WALK (deployment, &field, NULL) == deployment->type);
  g_assert_null (WALK (deployment, &field, "spec", "nothing", "more"));
  g_assert_null (field);
}

static StrataKindState
state_of (const char *api_version,
          const char *name,
          guint       kubernetes)
{
  return strata_kind_span_get_state (&find (api_version, name)->span, kubernetes);
}

static void
test_versions (void)
{
  const char *flow = "flowcontrol.apiserver.k8s.io/v1beta3";
  const StrataKindField *field;

  g_assert_cmpint (state_of (flow, "FlowSchema", 28), ==, STRATA_KIND_SERVED);
  g_assert_cmpint (state_of (flow, "FlowSchema", 29), ==, STRATA_KIND_DEPRECATED);
  g_assert_cmpint (state_of (flow, "FlowSchema", 31), ==, STRATA_KIND_DEPRECATED);
  g_assert_cmpint (state_of (flow, "FlowSchema", 32), ==, STRATA_KIND_REMOVED);
  g_assert_cmpint (state_of (flow, "FlowSchema", 0), ==, STRATA_KIND_SERVED);
  g_assert_cmpstr (find (flow, "FlowSchema")->new_api_version, ==, "flowcontrol.apiserver.k8s.io/v1");
  g_assert_cmpint (state_of ("extensions/v1beta1", "Ingress", 0), ==, STRATA_KIND_REMOVED);
  g_assert_cmpint (state_of ("v1", "Endpoints", 32), ==, STRATA_KIND_SERVED);
  g_assert_cmpint (state_of ("v1", "Endpoints", 33), ==, STRATA_KIND_DEPRECATED);
  g_assert_cmpstr (find ("v1", "Endpoints")->new_name, ==, "EndpointSlice");
  g_assert_cmpint (state_of ("networking.k8s.io/v1alpha1", "IPAddress", 30), ==, STRATA_KIND_MAYBE);
  g_assert_cmpint (state_of ("networking.k8s.io/v1alpha1", "IPAddress", 36), ==, STRATA_KIND_REMOVED);
  g_assert_cmpint (state_of ("resource.k8s.io/v1", "ResourceClaim", 33), ==, STRATA_KIND_NOT_YET);
  g_assert_cmpint (state_of ("resource.k8s.io/v1", "ResourceClaim", 34), ==, STRATA_KIND_SERVED);

  WALK (find ("v1", "Pod"), &field, "spec", "hostnameOverride");
  g_assert_cmpint (strata_kind_span_get_state (&field->span, 33), ==, STRATA_KIND_NOT_YET);
  WALK (find ("v1", "Pod"), &field, "spec", "serviceAccount");
  g_assert_cmpint (strata_kind_span_get_state (&field->span, 0), ==, STRATA_KIND_DEPRECATED);
}

static StrataKinds *
with_text (const char *text)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (texts, strata_blob_new_text (text));

  return strata_kinds_with_crds (strata_kinds_get_default (), texts);
}

static void
test_crd (void)
{
  g_autoptr(StrataKinds) kinds = with_text (
    CRD ("  versions:\n"
         "  - name: v1\n    served: true\n"
         "    schema:\n      openAPIV3Schema:\n        type: object\n        required: [spec]\n"
         "        properties:\n          metadata: {type: object}\n          spec:\n            type: object\n"
         "            required: [size]\n            properties:\n"
         "              size: {type: integer, format: int32}\n"
         "              mode: {type: string, enum: [On, Off]}\n"
         "              port: {x-kubernetes-int-or-string: true}\n"
         "              tags: {type: object, additionalProperties: {type: string}}\n"
         "              items: {type: array, items: {type: object, properties: {a: {type: boolean}}}}\n"
         "              free: {type: object, x-kubernetes-preserve-unknown-fields: true,"
         " properties: {b: {type: string}}}\n"
         "  - {name: v1alpha1, served: false}\n"
         "  - {name: v1beta1, served: true, deprecated: true}\n"));
  const StrataKind *thing = strata_kinds_lookup (kinds, "example.org/v1", "Thing");
  const StrataKindField *field;

  g_assert_nonnull (thing);
  g_assert_true (thing->is_custom);
  g_assert_false (thing->is_namespaced);
  g_assert_null (strata_kinds_lookup (kinds, "example.org/v1alpha1", "Thing"));
  g_assert_nonnull (strata_kinds_lookup (kinds, "v1", "Pod"));
  g_assert_true (strata_kinds_has_group (kinds, "example.org/v7"));
  g_assert_true (strata_kinds_lookup (kinds, "example.org/v1beta1", "Thing")->type->is_open);
  g_assert_cmpint (WALK (thing, &field, "spec", "size")->form, ==, STRATA_KIND_INT32);
  g_assert_true (field->is_required);
  g_assert_cmpint (WALK (thing, &field, "spec", "mode")->form, ==, STRATA_KIND_STRING);
  g_assert_cmpstr (field->words[1], ==, "Off");
  g_assert_cmpint (WALK (thing, NULL, "spec", "port")->form, ==, STRATA_KIND_INT_OR_STRING);
  g_assert_cmpint (WALK (thing, NULL, "spec", "tags", "x")->form, ==, STRATA_KIND_STRING);
  g_assert_cmpint (WALK (thing, NULL, "spec", "items", "0", "a")->form, ==, STRATA_KIND_BOOLEAN);
  g_assert_true (WALK (thing, NULL, "spec", "free")->is_open);
  g_assert_nonnull (WALK (thing, NULL, "metadata", "labels"));
  g_assert_cmpuint (strata_kinds_get_n_kinds (kinds), ==,
                    strata_kinds_get_n_kinds (strata_kinds_get_default ()) + 2);
  g_assert_true (strata_kinds_get_kind (kinds, 2) ==
                 strata_kinds_get_kind (strata_kinds_get_default (), 0));
}

static void
test_crd_in_old_form (void)
{
  g_autoptr(StrataKinds) kinds = with_text (
    "kind: List\nitems:\n- kind: CustomResourceDefinition\n  spec:\n    group: example.org\n"
    "    version: v1\n    names: {kind: Thing}\n"
    "    validation: {openAPIV3Schema: {type: object, properties: {a: {type: string}}}}\n");
  const StrataKind *thing = strata_kinds_lookup (kinds, "example.org/v1", "Thing");

  g_assert_true (thing->is_namespaced);
  g_assert_cmpint (WALK (thing, NULL, "a")->form, ==, STRATA_KIND_STRING);
}

/* What is no definition brings nothing. */
static void
test_no_crd (void)
{
  static const char *const texts[] = {
    "",
    "a: {",
    "- a",
    "kind: CustomResourceDefinition\nspec: 1\n",
    "kind: CustomResourceDefinition\nspec: {group: a, names: [], version: v1}\n",
    "kind: CustomResourceDefinition\nspec: {group: a, names: {kind: B}, versions: [a, [], {name: []}]}\n",
    "kind: &a List\nitems: [a, [], {kind: List, items: 1}]\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(StrataKinds) kinds = with_text (texts[i]);

      g_assert_true (kinds == strata_kinds_get_default ());
    }
}

static void
test_hostile_crd (void)
{
  g_autoptr(StrataKinds) kinds = with_text (
    CRD ("  versions:\n  - name: v1\n    schema:\n      openAPIV3Schema:\n        type: object\n"
         "        required: [{}, a]\n        properties:\n          [x]: {}\n          a: 1\n          a: {type: []}\n"
         "          b: {type: array, items: 1}\n          c: {type: object, properties: {}}\n"
         "          d: {type: string, enum: [[]]}\n"));
  const StrataKind *thing = strata_kinds_lookup (kinds, "example.org/v1", "Thing");

  g_assert_nonnull (thing);
  g_assert_cmpint (WALK (thing, NULL, "a")->form, ==, STRATA_KIND_ANY);
  g_assert_cmpint (WALK (thing, NULL, "b", "0")->form, ==, STRATA_KIND_ANY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/kinds/lookup", test_lookup);
  g_test_add_func ("/core/kinds/types", test_types);
  g_test_add_func ("/core/kinds/walk", test_walk);
  g_test_add_func ("/core/kinds/versions", test_versions);
  g_test_add_func ("/core/kinds/crd", test_crd);
  g_test_add_func ("/core/kinds/crd-in-old-form", test_crd_in_old_form);
  g_test_add_func ("/core/kinds/no-crd", test_no_crd);
  g_test_add_func ("/core/kinds/hostile-crd", test_hostile_crd);

  return g_test_run ();
}
