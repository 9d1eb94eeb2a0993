/* strata-oci-version.c - what the index is told of one version in an OCI registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-version"

#include "strata-oci-version.h"

#include <string.h>

#include "strata-json.h"
#include "strata-oci-reference.h"
#include "strata-pack-parts.h"

#define MAX_ITEMS 256
#define MAX_DESCRIPTION 2048  /* what a list shows of it and a search finds */

/* The texts of @entry are borrowed: from the fields below, from the config, or from what was known. */
struct _StrataOciVersion
{
  StrataIndexEntry   entry;
  StrataIndexEntry  *known;         /* (owned) (nullable): it is what the index has already */
  char              *repository;    /* (owned) */
  char              *tag;           /* (owned) */
  char              *name;          /* (owned) */
  char              *version;       /* (owned) */
  char              *location;      /* (owned) */
  char              *digest;        /* (owned) (nullable) */
  char              *created;       /* (owned) (nullable) */
  char              *description;   /* (owned) (nullable): of the newest version, a GRefString of all that share it */
  char             **keywords;      /* (owned) (nullable) */
  char             **maintainers;   /* (owned) (nullable) */
  char             **sources;       /* (owned) (nullable) */
  GPtrArray         *dependencies;  /* (owned) (nullable) (element-type StrataDependency) */
  JsonNode          *config;        /* (owned) (nullable) */
};

/**
 * strata_oci_version_new:
 * @kind: a pack or a chart
 * @repository: where it is
 * @tag: its tag
 * @version: which version the tag names
 *
 * Returns: (transfer full): the version, called as its repository is
 */
StrataOciVersion *
strata_oci_version_new (StrataLayerKind  kind,
                        const char      *repository,
                        const char      *tag,
                        const char      *version)
{
  g_return_val_if_fail (repository != NULL && tag != NULL && version != NULL, NULL);

  StrataOciVersion *self = g_new0 (StrataOciVersion, 1);

  self->repository = g_strdup (repository);
  self->tag = g_strdup (tag);
  self->name = g_path_get_basename (repository);
  self->version = g_strdup (version);
  self->location = strata_oci_reference_to_text (repository, tag, NULL);
  self->entry.kind = kind;
  self->entry.name = self->name;
  self->entry.version = self->version;
  self->entry.location = self->location;

  return self;
}

/**
 * strata_oci_version_new_known:
 * @entry: (transfer full): what the index has
 *
 * Returns: (transfer full): the same again
 */
StrataOciVersion *
strata_oci_version_new_known (StrataIndexEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  StrataOciVersion *self = g_new0 (StrataOciVersion, 1);

  self->known = entry;
  self->entry = *entry;

  return self;
}

/**
 * strata_oci_version_free:
 * @self: (transfer full): a version
 *
 * Frees it.
 */
void
strata_oci_version_free (StrataOciVersion *self)
{
  g_clear_pointer (&self->known, strata_index_entry_free);
  g_free (self->repository);
  g_free (self->tag);
  g_free (self->name);
  g_free (self->version);
  g_free (self->location);
  g_free (self->digest);
  g_free (self->created);
  g_clear_pointer (&self->description, g_ref_string_release);
  g_strfreev (self->keywords);
  g_strfreev (self->maintainers);
  g_strfreev (self->sources);
  g_clear_pointer (&self->dependencies, g_ptr_array_unref);
  g_clear_pointer (&self->config, json_node_unref);
  g_free (self);
}

/**
 * strata_oci_version_set_manifest:
 * @self: a version
 * @manifest: what its tag names
 *
 * Takes the digest of its archive, and when it was made.
 */
void
strata_oci_version_set_manifest (StrataOciVersion  *self,
                                 StrataOciManifest *manifest)
{
  g_return_if_fail (self != NULL && self->known == NULL && manifest != NULL);

  const StrataOciDescriptor *archive = strata_oci_manifest_get_archive (manifest);

  g_free (self->location);
  g_free (self->digest);
  g_free (self->created);
  self->location =
    strata_oci_reference_to_text (self->repository, self->tag, strata_oci_manifest_get_digest (manifest));
  self->digest = archive != NULL ? g_strdup (archive->digest + strlen ("sha256:")) : NULL;
  self->created = g_strdup (strata_oci_manifest_get_created (manifest));

  self->entry.location = self->location;
  self->entry.digest = self->digest;
  self->entry.created = self->created;
  self->entry.is_signed =
    strata_oci_manifest_has_provenance (manifest) ? STRATA_INDEX_YES : STRATA_INDEX_UNKNOWN;
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  const char *text = strata_json_get_string (object, member);

  return *text != '\0' ? text : NULL;
}

typedef char *(* ItemFunc) (JsonNode *node);

static char *
read_text_item (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) ? g_strdup (json_node_get_string (node)) : NULL;
}

static char *
read_person (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = get_text (object, "name");
  const char *mail = get_text (object, "email");

  if (name == NULL)
    return g_strdup (mail);

  return mail != NULL ? g_strdup_printf ("%s <%s>", name, mail) : g_strdup (name);
}

static char **
read_list (JsonObject *object,
           const char *member,
           ItemFunc    read)
{
  g_autoptr(GStrvBuilder) items = g_strv_builder_new ();
  JsonArray *list = strata_json_get_array (object, member);
  guint n_items = list != NULL ? MIN (json_array_get_length (list), MAX_ITEMS) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *item = read (json_array_get_element (list, i));

      if (item != NULL && *item != '\0')
        g_strv_builder_add (items, item);
    }

  return g_strv_builder_end (items);
}

static GPtrArray *
read_dependencies (JsonObject *object)
{
  GPtrArray *dependencies = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_dependency_free);
  JsonArray *list = strata_json_get_array (object, "dependencies");
  guint n_items = list != NULL ? MIN (json_array_get_length (list), MAX_ITEMS) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (get_text (item, "name") != NULL)
        g_ptr_array_add (dependencies,
                         strata_dependency_new (get_text (item, "name"), get_text (item, "version"),
                                                get_text (item, "repository"),
                                                json_object_has_member (item, "condition")
                                                  || json_object_has_member (item, "tags")));
    }

  return dependencies;
}

static void
take_texts (StrataOciVersion *self,
            JsonObject       *object)
{
  StrataIndexEntry *entry = &self->entry;
  JsonObject *annotations = strata_json_get_object (object, "annotations");
  const char *images = get_text (annotations, "artifacthub.io/images");

  entry->description = get_text (object, "description");
  entry->app_version = get_text (object, "appVersion");
  entry->home = get_text (object, "home");
  entry->icon = get_text (object, "icon");
  entry->kube_version = get_text (object, "kubeVersion");
  entry->type = get_text (object, "type");
  entry->images = images != NULL ? images : get_text (annotations, "images");
  entry->deprecated = strata_json_get_bool (object, "deprecated");
}

/* The chart's own name and version count, when they can be a layer's: a tag may be any word, and a version in it has
 * "_" where Helm has "+".
 */
static void
take_name (StrataOciVersion *self,
           JsonObject       *object)
{
  const char *name = strata_json_get_string (object, "name");
  const char *version = strata_json_get_string (object, "version");

  if (strata_pack_parts_check_name (name, "", NULL))
    self->entry.name = name;
  if (strata_pack_parts_check_version (version, "", NULL))
    self->entry.version = version;
}

/**
 * strata_oci_version_set_config:
 * @self: a version of a chart
 * @config: the config of its manifest: Chart.yaml, as JSON
 *
 * Takes what the chart says of itself.
 *
 * Returns: whether @config is one
 */
gboolean
strata_oci_version_set_config (StrataOciVersion *self,
                               GBytes           *config)
{
  g_return_val_if_fail (self != NULL && self->known == NULL && self->config == NULL, FALSE);
  g_return_val_if_fail (config != NULL, FALSE);

  gsize size;
  const char *text = g_bytes_get_data (config, &size);
  g_autoptr(JsonNode) root = size > 0 ? strata_json_parse (text, (gssize) size, NULL) : NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;

  JsonObject *object = json_node_get_object (root);

  self->config = g_steal_pointer (&root);
  self->keywords = read_list (object, "keywords", read_text_item);
  self->maintainers = read_list (object, "maintainers", read_person);
  self->sources = read_list (object, "sources", read_text_item);
  self->dependencies = read_dependencies (object);
  self->entry.keywords = (const char *const *) self->keywords;
  self->entry.maintainers = (const char *const *) self->maintainers;
  self->entry.sources = (const char *const *) self->sources;
  self->entry.dependencies = self->dependencies;
  take_texts (self, object);
  take_name (self, object);

  return TRUE;
}

/**
 * strata_oci_version_set_signed:
 * @self: a version
 * @answer: whether somebody signed it
 *
 * Takes the answer.
 */
void
strata_oci_version_set_signed (StrataOciVersion  *self,
                               StrataIndexAnswer  answer)
{
  g_return_if_fail (self != NULL);

  self->entry.is_signed = answer;
}

/* Made once for all older versions, of which there may be very many. */
static char *
share_description (StrataOciVersion *self)
{
  if (self->description == NULL && self->entry.description != NULL)
    {
      g_autofree char *clean = strata_index_clean (self->entry.description, MAX_DESCRIPTION);

      self->description = g_ref_string_new (clean);
    }

  return self->description != NULL ? g_ref_string_acquire (self->description) : NULL;
}

/**
 * strata_oci_version_describe_as:
 * @self: an older version, which was not asked for
 * @newest: the newest of the same
 *
 * Takes the name and the description of @newest, so that it is found with it. Of a long description the beginning does.
 */
void
strata_oci_version_describe_as (StrataOciVersion *self,
                                StrataOciVersion *newest)
{
  g_return_if_fail (self != NULL && self->known == NULL && newest != NULL);

  g_free (self->name);
  g_clear_pointer (&self->description, g_ref_string_release);
  self->name = g_strdup (newest->entry.name);
  self->description = share_description (newest);
  self->entry.kind = newest->entry.kind;
  self->entry.name = self->name;
  self->entry.description = self->description;
}

/**
 * strata_oci_version_get_entry:
 * @self: a version
 *
 * Returns: (transfer none): what the index is told
 */
const StrataIndexEntry *
strata_oci_version_get_entry (StrataOciVersion *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->entry;
}
