/* test-crd-shelf.c - definitions are kept whole, and only what defines something
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "strata-crd-shelf.h"
#include "strata-error.h"

static const char CRD[] =
  "apiVersion: apiextensions.k8s.io/v1\n"
  "kind: CustomResourceDefinition\n"
  "metadata: {name: tides.quay.example}\n"
  "spec:\n"
  "  group: quay.example\n"
  "  names: {kind: Tide, plural: tides}\n"
  "  scope: Namespaced\n"
  "  versions:\n"
  "  - name: v1\n"
  "    served: true\n"
  "    storage: true\n"
  "    schema:\n"
  "      openAPIV3Schema:\n"
  "        type: object\n"
  "        properties: {spec: {type: object, properties: {height: {type: integer}}}}\n";

typedef struct
{
  char *root;    /* (owned) */
  char *folder;  /* (owned): in it, not there yet */
} Shelf;

static void
set_up (Shelf         *self,
        gconstpointer  data)
{
  self->root = g_dir_make_tmp ("strata-shelf-XXXXXX", NULL);
  self->folder = g_build_filename (self->root, "deep", "definitions", NULL);
}

static void
empty (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      empty (child);
    }

  g_remove (path);
}

static void
tear_down (Shelf         *self,
           gconstpointer  data)
{
  empty (self->root);
  g_free (self->root);
  g_free (self->folder);
}

static gboolean
add (Shelf       *self,
     const char  *name,
     const char  *text,
     GError     **error)
{
  g_autofree char *path = g_build_filename (self->root, name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return strata_crd_shelf_add (self->folder, file, NULL, error);
}

static void
assert_kept (Shelf      *self,
             const char *names)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = strata_crd_shelf_read (self->folder, NULL, &error);
  g_autoptr(GString) found = g_string_new (NULL);

  g_assert_no_error (error);

  for (guint i = 0; i < files->len; i++)
    g_string_append_printf (found, "%s ", strata_file_get_path (g_ptr_array_index (files, i)));

  g_assert_cmpstr (found->str, ==, names);
}

static void
test_kept (Shelf         *self,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  assert_kept (self, "");
  g_assert_true (add (self, "tides.yaml", CRD, &error));
  g_assert_true (add (self, "a.yaml", CRD, &error));
  g_assert_true (add (self, "tides.yaml", CRD, &error));
  assert_kept (self, "a.yaml tides.yaml ");

  g_autoptr(GPtrArray) files = strata_crd_shelf_read (self->folder, NULL, NULL);

  g_assert_cmpstr (strata_file_get_text (g_ptr_array_index (files, 1)), ==, CRD);
  g_assert_true (strata_crd_shelf_remove (self->folder, "a.yaml", &error));
  g_assert_true (strata_crd_shelf_remove (self->folder, "a.yaml", &error));
  assert_kept (self, "tides.yaml ");
  g_assert_no_error (error);
}

/* What a cluster says of itself is as good as its definitions. */
static void
test_openapi (Shelf         *self,
              gconstpointer  data)
{
  const char *mark = "{\"group\": \"quay.example\", \"version\": \"v1\", \"kind\": \"Tide\"}";
  g_autofree char *text = g_strdup_printf (
    "{\"swagger\": \"2.0\", \"definitions\": {\"tide\": {\"x-kubernetes-group-version-kind\": [%s]}}, \"paths\": {\"/tides\": "
    "{\"post\": {\"x-kubernetes-action\": \"post\", \"x-kubernetes-group-version-kind\": %s}}}}", mark, mark);
  g_autoptr(GError) error = NULL;

  g_assert_true (add (self, "cluster.json", text, &error));
  g_assert_no_error (error);
  assert_kept (self, "cluster.json ");
}

/* What defines nothing would look as if it were used. */
static void
test_refused (Shelf         *self,
              gconstpointer  data)
{
  static const char *const texts[] = {
    "", "a: b\n", "{\"swagger\": \"2.0\", \"paths\": {}, \"definitions\": {}}", "kind: [CustomResourceDefinition\n", "apiVersion: v1\nkind: ConfigMap\n", "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (add (self, "none.yaml", texts[i], &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
    }

  assert_kept (self, "");
}

static void
test_no_file (Shelf         *self,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = g_file_new_for_path ("/nowhere/a.yaml");

  g_assert_false (strata_crd_shelf_add (self->folder, file, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/crd-shelf/kept", Shelf, NULL, set_up, test_kept, tear_down);
  g_test_add ("/crd-shelf/openapi", Shelf, NULL, set_up, test_openapi, tear_down);
  g_test_add ("/crd-shelf/refused", Shelf, NULL, set_up, test_refused, tear_down);
  g_test_add ("/crd-shelf/no-file", Shelf, NULL, set_up, test_no_file, tear_down);

  return g_test_run ();
}
