/* strata-sandbox-pack.c - the packs of a profile in the shapes that the API has for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-pack"

#include "strata-sandbox-pack.h"

#include "strata-json.h"
#include "strata-layer-digest.h"
#include "strata-names.h"
#include "strata-sandbox-json.h"
#include "strata-sandbox-pack-meta.h"
#include "strata-sandbox-site.h"

static const char *const types[] = { "spectro", "helm", "manifest", "oci", NULL };

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  json_object_set_string_member (object, member, text);
}

/* Returns: (nullable): a manifest that was there before, by its uid or, where none was given, by its name */
static JsonObject *
find_known (JsonArray  *known,
            JsonObject *manifest)
{
  const char *uid = strata_json_get_string (manifest, "uid");
  const char *name = strata_json_get_string (manifest, "name");

  return *uid != '\0' ? strata_sandbox_json_find (known, "uid", uid)
                      : strata_sandbox_json_find (known, "name", name);
}

static JsonObject *
read_manifest (JsonObject *entity,
               JsonArray  *known)
{
  JsonObject *manifest = json_object_new ();
  JsonObject *before = find_known (known, entity);
  g_autofree char *uid =
    before != NULL ? g_strdup (strata_json_get_string (before, "uid")) : strata_sandbox_make_uid ();
  gboolean keeps = before != NULL && !json_object_has_member (entity, "content");

  set_text (manifest, "kind", "manifest");
  set_text (manifest, "name", strata_json_get_string (entity, "name"));
  set_text (manifest, "uid", uid);
  set_text (manifest, "content", strata_json_get_string (keeps ? before : entity, "content"));

  return manifest;
}

static JsonArray *
read_manifests (JsonObject  *pack,
                JsonObject  *before,
                char       **problem)
{
  JsonArray *list = json_array_new ();
  JsonArray *entities = strata_json_get_array (pack, "manifests");
  JsonArray *known = strata_json_get_array (before, "manifests");

  for (guint i = 0; i < strata_sandbox_json_get_length (entities) && *problem == NULL; i++)
    {
      JsonObject *entity = strata_sandbox_json_get_item (entities, i);
      const char *name = strata_json_get_string (entity, "name");

      if (*name == '\0' || strata_sandbox_json_find (list, "name", name) != NULL)
        *problem = g_strdup_printf ("Manifest %u of pack %s has no name of its own", i + 1,
                                    strata_json_get_string (pack, "name"));
      else
        json_array_add_object_element (list, read_manifest (entity, known));
    }

  return list;
}

/* What the registry knows of the pack; one that is in none of this console's is kept as it came, and said to be so. */
static void
complete (StrataSandboxCatalog *catalog,
          JsonObject           *pack)
{
  const char *registry = strata_json_get_string (pack, "registryUid");
  const char *tag = strata_json_get_string (pack, "tag");
  gboolean is_manifest = g_str_equal (strata_json_get_string (pack, "type"), "manifest");
  StrataSandboxOffer *offer =
    strata_sandbox_catalog_get (catalog, strata_json_get_string (pack, "packUid"));

  if (offer == NULL)
    offer =
      strata_sandbox_catalog_find (catalog, registry, strata_json_get_string (pack, "name"), tag);

  gboolean is_known =
    offer != NULL || is_manifest || strata_sandbox_catalog_get_registry_kind (registry) != NULL;

  set_text (pack, "version",
            offer != NULL ? strata_pack_get (offer->pack, STRATA_PACK_VERSION) : tag);
  json_object_set_boolean_member (pack, "isInvalid", !is_known);
  set_text (pack, "inValidReason", is_known ? "" : "It is in no registry of this console");
  if (is_manifest)
    set_text (pack, "packUid", STRATA_SANDBOX_MANIFEST_PACK);
  if (offer == NULL)
    return;

  g_autofree char *digest = g_strconcat ("sha256:", offer->digest, NULL);

  set_text (pack, "packUid", offer->uid);
  set_text (pack, "registryUid", offer->registry_uid);
  set_text (pack, "digest", digest);
}

static JsonObject *
read_pack (StrataSandboxCatalog  *catalog,
           JsonObject            *entity,
           JsonObject            *before,
           char                 **problem)
{
  JsonObject *pack = json_object_new ();
  const char *type = strata_json_get_string (entity, "type");
  const char *layer = strata_json_get_string (entity, "layer");
  g_autofree char *values = g_strstrip (g_strdup (strata_json_get_string (entity, "values")));

  if (*type != '\0' && !g_strv_contains (types, type))
    *problem = g_strdup_printf ("PackType '%s' of pack %s is none", type,
                                strata_json_get_string (entity, "name"));

  set_text (pack, "name", strata_json_get_string (entity, "name"));
  set_text (pack, "type", *type != '\0' ? type : types[0]);
  set_text (pack, "layer", *layer != '\0' ? layer : "addon");
  set_text (pack, "tag", strata_json_get_string (entity, "tag"));
  set_text (pack, "packUid", strata_json_get_string (entity, "uid"));
  set_text (pack, "registryUid", strata_json_get_string (entity, "registryUid"));
  set_text (pack, "values", values);
  json_object_set_array_member (pack, "manifests", read_manifests (entity, before, problem));
  complete (catalog, pack);

  return pack;
}

/* Reads `v1PackManifestEntity`s or `v1PackManifestUpdateEntity`s. A manifest that was in @known keeps its uid, and its
 * text where none is given. Returns: (transfer full) (nullable): what is kept of them; else @problem says why not
 */
JsonArray *
strata_sandbox_pack_read_list (StrataSandboxCatalog  *catalog,
                               JsonArray             *entities,
                               JsonArray             *known,
                               char                 **problem)
{
  g_autoptr(JsonArray) packs = json_array_new ();

  *problem = NULL;
  for (guint i = 0; i < strata_sandbox_json_get_length (entities) && *problem == NULL; i++)
    {
      JsonObject *entity = strata_sandbox_json_get_item (entities, i);
      const char *name = strata_json_get_string (entity, "name");

      if (!strata_name_check_layer (name, NULL))
        *problem = g_strdup_printf ("packs.%u.name in body is no name of a pack", i);
      else if (strata_sandbox_json_find (packs, "name", name) != NULL)
        *problem = g_strdup_printf ("Pack %s is there twice", name);
      else
        json_array_add_object_element (
          packs,
          read_pack (catalog, entity, strata_sandbox_json_find (known, "name", name), problem));
    }

  return *problem == NULL ? g_steal_pointer (&packs) : NULL;
}

static JsonArray *
make_references (JsonArray *manifests)
{
  static const char *const members[] = { "kind", "name", "uid", NULL };
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (manifests); i++)
    {
      JsonObject *reference = json_object_new ();

      strata_sandbox_json_copy (reference, strata_sandbox_json_get_item (manifests, i), members);
      json_array_add_object_element (list, reference);
    }

  return list;
}

static JsonObject *
make_reference (StrataSandboxCatalog *catalog,
                JsonObject           *pack,
                const char           *meta,
                gboolean              for_device)
{
  static const char *const members[] = { "name",    "type",      "layer",         "tag",
                                         "version", "packUid",   "registryUid",   "digest",
                                         "values",  "isInvalid", "inValidReason", NULL };
  JsonObject *object = json_object_new ();
  JsonObject *annotations = json_object_new ();
  StrataSandboxOffer *offer =
    strata_sandbox_catalog_get (catalog, strata_json_get_string (pack, "packUid"));

  strata_sandbox_json_copy (object, pack, members);
  if (for_device)
    set_text (annotations, STRATA_LAYER_DIGEST_ANNOTATION,
              strata_json_get_string (pack, STRATA_SANDBOX_PACK_DIGEST));
  json_object_set_object_member (object, "annotations", annotations);
  json_object_set_array_member (object, "manifests",
                                make_references (strata_json_get_array (pack, "manifests")));
  if (offer != NULL)
    strata_sandbox_pack_add_meta (object, offer, meta);

  return object;
}

/* Returns: (transfer full): `v1PackRef`s, with what @meta asks for; for a device with the digest that tells it whether
 * it has the same
 */
JsonArray *
strata_sandbox_pack_make_refs (StrataSandboxCatalog *catalog,
                               JsonArray            *packs,
                               const char           *meta,
                               gboolean              for_device)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    json_array_add_object_element (
      list, make_reference (catalog, strata_sandbox_json_get_item (packs, i), meta, for_device));

  return list;
}

static JsonObject *
make_summary (StrataSandboxCatalog *catalog,
              JsonObject           *pack)
{
  static const char *const members[] = {
    "name", "type", "layer", "tag", "version", "packUid", NULL
  };
  JsonObject *object = json_object_new ();
  StrataSandboxOffer *offer =
    strata_sandbox_catalog_get (catalog, strata_json_get_string (pack, "packUid"));
  g_autofree char *logo =
    offer != NULL && offer->logo != NULL ? g_strdup_printf ("/v1/packs/%s/logo", offer->uid) : NULL;

  strata_sandbox_json_copy (object, pack, members);
  set_text (object, "displayName",
            offer != NULL ? strata_pack_get (offer->pack, STRATA_PACK_DISPLAY_NAME)
                          : strata_json_get_string (pack, "name"));
  set_text (object, "addonType", offer != NULL ? strata_sandbox_catalog_get_type (offer) : "");
  set_text (object, "logoUrl", logo != NULL ? logo : "");
  json_object_set_object_member (object, "annotations", json_object_new ());

  return object;
}

/* Returns: (transfer full): `v1PackRefSummary`s, which lists show */
JsonArray *
strata_sandbox_pack_make_summaries (StrataSandboxCatalog *catalog,
                                    JsonArray            *packs)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    json_array_add_object_element (list,
                                   make_summary (catalog, strata_sandbox_json_get_item (packs, i)));

  return list;
}

static JsonArray *
make_texts (JsonArray *manifests)
{
  static const char *const members[] = { "name", "content", NULL };
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (manifests); i++)
    {
      JsonObject *object = json_object_new ();

      strata_sandbox_json_copy (object, strata_sandbox_json_get_item (manifests, i), members);
      json_array_add_object_element (list, object);
    }

  return list;
}

static JsonObject *
make_registry (JsonObject *pack)
{
  const char *uid = strata_json_get_string (pack, "registryUid");
  const char *name = strata_sandbox_catalog_get_registry_name (uid);
  JsonObject *registry = json_object_new ();
  JsonObject *metadata = json_object_new ();

  set_text (metadata, "uid", uid);
  set_text (metadata, "name", name != NULL ? name : "");
  if (name != NULL)
    set_text (metadata, "kind", strata_sandbox_catalog_get_registry_kind (uid));
  json_object_set_boolean_member (metadata, "isPrivate", FALSE);
  json_object_set_object_member (registry, "metadata", metadata);

  return registry;
}

/* Returns: (transfer full): `v1PackImportEntity`s, as an export has them */
JsonArray *
strata_sandbox_pack_make_exports (JsonArray *packs)
{
  static const char *const members[] = {
    "name", "type", "layer", "tag", "version", "values", NULL
  };
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    {
      JsonObject *pack = strata_sandbox_json_get_item (packs, i);
      JsonObject *object = json_object_new ();

      strata_sandbox_json_copy (object, pack, members);
      json_object_set_array_member (object, "manifests",
                                    make_texts (strata_json_get_array (pack, "manifests")));
      if (*strata_json_get_string (pack, "registryUid") != '\0')
        json_object_set_object_member (object, "registry", make_registry (pack));
      json_array_add_object_element (list, object);
    }

  return list;
}
