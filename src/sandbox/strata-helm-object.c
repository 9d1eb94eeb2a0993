/* strata-helm-object.c - a chart as an object that the Helm controller of a k3s node installs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-helm-object"

#include "strata-helm-object.h"

#include <string.h>

#include "strata-file.h"
#include "strata-json.h"
#include "strata-tarball.h"

/* An object of Kubernetes may have 1.5 MiB in all; a chart is a third longer in it. */
#define MAX_INLINE (768 * 1024)
#define MAX_RELEASE 53  /* Helm's own bound */

static JsonObject *
add_object (JsonObject *parent,
            const char *member)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (parent, member, object);

  return object;
}

static JsonObject *
begin (const char *version,
       const char *kind,
       const char *name,
       JsonObject *root)
{
  json_object_set_string_member (root, "apiVersion", version);
  json_object_set_string_member (root, "kind", kind);

  JsonObject *metadata = add_object (root, "metadata");

  json_object_set_string_member (metadata, "name", name);

  return metadata;
}

/* The node serves the chart to itself; its name is its digest, so that a new one never takes the place of one in use. */
static void
set_static (JsonObject *spec,
            GBytes     *content,
            GPtrArray  *charts)
{
  gsize size;
  const void *data = g_bytes_get_data (content, &size);
  g_autoptr(StrataBlob) blob = strata_blob_new (data, size);
  g_autofree char *name = g_strconcat (strata_blob_get_digest (blob), ".tgz", NULL);
  g_autofree char *url = g_strconcat ("https://%{KUBERNETES_API}%/static/charts/", name, NULL);

  json_object_set_string_member (spec, "chart", url);
  g_ptr_array_add (charts, strata_file_new (name, blob));
}

static void
set_chart (JsonObject             *spec,
           const StrataHelmObject *object,
           GPtrArray              *charts)
{
  if (object->content == NULL)
    {
      json_object_set_string_member (spec, "chart", object->url);
      return;
    }

  gsize size;
  const void *data = g_bytes_get_data (object->content, &size);

  if (size > MAX_INLINE)
    {
      set_static (spec, object->content, charts);
      return;
    }

  g_autofree char *text = g_base64_encode (data, size);

  json_object_set_string_member (spec, "chartContent", text);
}

static void
set_values (JsonObject *spec,
            JsonObject *values)
{
  if (values == NULL || json_object_get_size (values) == 0)
    return;

  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), values);
  g_autofree char *text = strata_json_to_yaml (node);

  json_object_set_string_member (spec, "valuesContent", text);
}

/* The object of one chart: inline, or, when it is too large for that, as a file that is added to @charts. */
JsonNode *
strata_helm_object_new (const StrataHelmObject *object,
                        GPtrArray              *charts)
{
  g_autoptr(JsonObject) root = json_object_new ();
  JsonObject *metadata = begin ("helm.cattle.io/v1", "HelmChart", object->release, root);
  JsonObject *spec = add_object (root, "spec");

  json_object_set_string_member (metadata, "namespace", "kube-system");

  if (*object->name_space != '\0')
    {
      json_object_set_string_member (spec, "targetNamespace", object->name_space);
      json_object_set_boolean_member (spec, "createNamespace", TRUE);
    }

  set_chart (spec, object, charts);
  set_values (spec, object->values);

  return json_node_init_object (json_node_alloc (), root);
}

/* A namespace with labels as a pack writes them: `a=b,c=d`. */
JsonNode *
strata_helm_namespace_new (const char *name,
                           const char *labels)
{
  g_autoptr(JsonObject) root = json_object_new ();
  JsonObject *list = add_object (begin ("v1", "Namespace", name, root), "labels");
  g_auto(GStrv) pairs = g_strsplit (labels, ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (g_strstrip (pairs[i]), "=", 2);

      if (pair[0] != NULL && *pair[0] != '\0')
        json_object_set_string_member (list, pair[0], pair[1] != NULL ? pair[1] : "");
    }

  return json_node_init_object (json_node_alloc (), root);
}

static void
add_file (GPtrArray  *files,
          const char *path,
          const char *text)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  g_ptr_array_add (files, strata_file_new (path, blob));
}

/* A chart whose only template is @text. */
GBytes *
strata_helm_wrap_template (const char *name,
                           const char *text,
                           GError    **error)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *safe = strata_helm_make_release (name);
  g_autofree char *about = g_strdup_printf ("apiVersion: v2\nname: \"%s\"\nversion: 1.0.0\n", safe);
  g_autofree char *path = g_strconcat ("templates/", safe, ".yaml", NULL);

  add_file (files, "Chart.yaml", about);
  add_file (files, path, text);

  return strata_tarball_write (safe, files, NULL, error);
}

/* What both Helm and Kubernetes take as a name, of what people call it. */
char *
strata_helm_make_release (const char *text)
{
  g_autoptr(GString) name = g_string_new (NULL);

  for (const char *at = text; *at != '\0' && name->len < MAX_RELEASE; at++)
    {
      char letter = g_ascii_tolower (*at);

      if (g_ascii_isalnum (letter))
        g_string_append_c (name, letter);
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
    }

  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);

  return g_strdup (name->len > 0 ? name->str : "layer");
}
