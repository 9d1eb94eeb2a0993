/* strata-edge-update.c - from what is here and what a console says to what is to be here, fetching only what changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The console names the layers with their values. What the digest of a layer says is here is not fetched. Where only
 * texts changed, the manifests of that layer are; where a version or a variable did, which have no place of their own
 * in the API, the archive is, and of it only those layers are taken. Nothing is believed whose digest is another.
 */

#define G_LOG_DOMAIN "strata-edge-update"

#include "strata-edge-update.h"

#include <glib/gi18n-lib.h>

#include "strata-archive.h"
#include "strata-error.h"
#include "strata-json.h"
#include "strata-layer-digest.h"

#define MAX_LAYERS 1000

/* One layer as the console names it. */
typedef struct
{
  JsonObject  *pack;     /* a `v1PackRef` */
  const char  *name;
  const char  *digest;   /* what the layer has to have, or "" where the console does not say */
  StrataLayer *layer;    /* (owned) (nullable): as it is to be, when that is known */
  gboolean     is_told;  /* that something of it is fetched */
} Wanted;

typedef struct
{
  const StrataEdgeUpdate *update;
  GArray                 *wanted;   /* (owned) (element-type Wanted) */
  StrataProfile          *archive;  /* (owned) (nullable): all of it, when it had to be fetched */
  GCancellable           *cancellable;
} Run;

static void
wanted_clear (Wanted *wanted)
{
  g_clear_object (&wanted->layer);
}

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->wanted, g_array_unref);
  g_clear_object (&run->archive);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* What of the profile the console counts up with each publishing. */
char *
strata_edge_update_get_revision (JsonObject *there)
{
  JsonNode *node = json_object_get_member (there, "version");
  gint64 number =
    node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;

  return g_strdup_printf ("%s %" G_GINT64_FORMAT, strata_json_get_string (there, "uid"), number);
}

static gboolean
refuse_reply (const char *what,
              GError    **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
               _("The console names a profile that makes no sense: %s"), what);

  return FALSE;
}

static gboolean
read_wanted (Run      *run,
             JsonNode *node,
             GError  **error)
{
  StrataLayerKind kind;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse_reply ("packs", error);

  JsonObject *pack = json_node_get_object (node);
  JsonObject *notes = strata_json_get_object (pack, "annotations");
  Wanted wanted = {
    .pack = pack,
    .name = strata_json_get_string (pack, "name"),
    .digest = notes != NULL ? strata_json_get_string (notes, STRATA_LAYER_DIGEST_ANNOTATION) : "",
  };

  if (*wanted.name == '\0' || !strata_layer_kind_from_string (strata_json_get_string (pack, "type"), &kind))
    return refuse_reply ("packs.name, packs.type", error);

  for (guint i = 0; i < run->wanted->len; i++)
    if (g_str_equal (g_array_index (run->wanted, Wanted, i).name, wanted.name))
      return refuse_reply (wanted.name, error);

  g_array_append_val (run->wanted, wanted);

  return TRUE;
}

static gboolean
read_all_wanted (Run     *run,
                 GError **error)
{
  JsonArray *packs = strata_json_get_array (run->update->there, "packs");
  guint n = packs != NULL ? json_array_get_length (packs) : 0;

  if (n > MAX_LAYERS)
    return refuse_reply ("packs", error);

  for (guint i = 0; i < n; i++)
    if (!read_wanted (run, json_array_get_element (packs, i), error))
      return FALSE;

  return TRUE;
}

static StrataLayer *
find_here (Run          *run,
           const Wanted *wanted)
{
  StrataProfile *here = run->update->here;

  return here != NULL ? strata_profile_find_layer (here, wanted->name, NULL) : NULL;
}

static gboolean
is_like (StrataLayer     *layer,
         StrataLayerField field,
         JsonObject      *pack,
         const char      *member)
{
  return g_str_equal (strata_layer_get (layer, field), strata_json_get_string (pack, member));
}

/* Whether the files of the layer are those that are wanted. */
static gboolean
is_same_content (StrataLayer *layer,
                 JsonObject  *pack)
{
  const char *kind = strata_layer_kind_to_string (strata_layer_get_kind (layer));

  return g_str_equal (kind, strata_json_get_string (pack, "type")) &&
         is_like (layer, STRATA_LAYER_TAG, pack, "tag") &&
         is_like (layer, STRATA_LAYER_VERSION, pack, "version") &&
         is_like (layer, STRATA_LAYER_DIGEST, pack, "digest");
}

static gboolean
has_digest (StrataProfile *profile,
            StrataLayer   *layer,
            const char    *digest)
{
  g_autofree char *own = strata_layer_digest_get (profile, layer);

  return g_str_equal (own, digest);
}

static StrataManifest *
fetch_manifest (Run        *run,
                JsonObject *reference,
                GError    **error)
{
  const char *uid = strata_json_get_string (reference, "uid");
  g_autofree char *text =
    strata_edge_client_get_manifest (run->update->client, uid, run->cancellable, error);

  if (text == NULL)
    return NULL;

  g_autoptr(StrataBlob) content = strata_blob_new_text (text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new (strata_json_get_string (reference, "name"), content);

  return strata_manifest_with_uid (manifest, uid);
}

static StrataLayer *
fetch_texts (Run          *run,
             const Wanted *wanted,
             StrataLayer  *here,
             GError      **error)
{
  g_autoptr(StrataBlob) values = strata_blob_new_text (strata_json_get_string (wanted->pack, "values"));
  g_autoptr(StrataLayer) layer = strata_layer_with_values (here, values);
  g_autoptr(GPtrArray) manifests = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *references = strata_json_get_array (wanted->pack, "manifests");

  for (guint i = 0; references != NULL && i < json_array_get_length (references); i++)
    {
      JsonNode *node = json_array_get_element (references, i);
      StrataManifest *manifest =
        JSON_NODE_HOLDS_OBJECT (node) ? fetch_manifest (run, json_node_get_object (node), error) : NULL;

      if (manifest == NULL)
        {
          if (error != NULL && *error == NULL)
            refuse_reply ("packs.manifests", error);
          return NULL;
        }

      g_ptr_array_add (manifests, manifest);
    }

  return strata_layer_with_manifests (layer, manifests);
}

/* Once for each layer. */
static void
tell (Run    *run,
      Wanted *wanted)
{
  if (!wanted->is_told)
    run->update->fetch (wanted->name, run->update->data);

  wanted->is_told = TRUE;
}

/* The layer as it is here, or with new texts; it stays unknown where only the archive can tell. */
static gboolean
find_layer (Run     *run,
            Wanted  *wanted,
            GError **error)
{
  StrataLayer *here = find_here (run, wanted);

  if (here == NULL || *wanted->digest == '\0' || !is_same_content (here, wanted->pack))
    return TRUE;

  if (has_digest (run->update->here, here, wanted->digest))
    {
      wanted->layer = g_object_ref (here);
      return TRUE;
    }

  tell (run, wanted);

  g_autoptr(StrataLayer) layer = fetch_texts (run, wanted, here, error);

  if (layer == NULL)
    return FALSE;

  /* Else a variable that it uses is another now. */
  if (has_digest (run->update->here, layer, wanted->digest))
    wanted->layer = g_steal_pointer (&layer);

  return TRUE;
}

static gboolean
is_all_known (Run *run)
{
  for (guint i = 0; i < run->wanted->len; i++)
    if (g_array_index (run->wanted, Wanted, i).layer == NULL)
      return FALSE;

  return TRUE;
}

/* A console that tells no digests: nothing changed as long as nothing was published. */
static gboolean
is_known_revision (Run *run)
{
  g_autofree char *revision = strata_edge_update_get_revision (run->update->there);

  if (run->update->here == NULL || !g_str_equal (revision, run->update->revision))
    return FALSE;

  for (guint i = 0; i < run->wanted->len; i++)
    {
      const Wanted *wanted = &g_array_index (run->wanted, Wanted, i);
      StrataLayer *here = find_here (run, wanted);

      if (*wanted->digest != '\0' || here == NULL || !is_same_content (here, wanted->pack) ||
          !g_str_equal (strata_layer_get_text (here), strata_json_get_string (wanted->pack, "values")))
        return FALSE;
    }

  return TRUE;
}

static void
keep_all (Run *run)
{
  for (guint i = 0; i < run->wanted->len; i++)
    {
      Wanted *wanted = &g_array_index (run->wanted, Wanted, i);

      g_set_object (&wanted->layer, find_here (run, wanted));
    }
}

/* Says for which layers it is; @failed is the first of them, until all is well. */
static void
begin_archive (Run   *run,
               char **failed)
{
  for (guint i = 0; i < run->wanted->len; i++)
    {
      Wanted *wanted = &g_array_index (run->wanted, Wanted, i);

      if (wanted->layer != NULL)
        continue;

      if (*failed == NULL)
        *failed = g_strdup (wanted->name);

      tell (run, wanted);
    }
}

static gboolean
fetch_archive (Run     *run,
               char   **failed,
               GError **error)
{
  begin_archive (run, failed);

  g_autoptr(GBytes) bytes =
    strata_edge_client_get_archive (run->update->client, run->cancellable, error);
  g_autoptr(StrataArchive) archive =
    bytes != NULL ? strata_archive_read (bytes, run->cancellable, error) : NULL;

  if (archive == NULL)
    return FALSE;

  g_set_object (&run->archive, strata_archive_get_profile (archive));

  for (guint i = 0; i < run->wanted->len; i++)
    {
      Wanted *wanted = &g_array_index (run->wanted, Wanted, i);
      StrataLayer *layer = strata_profile_find_layer (run->archive, wanted->name, NULL);

      if (wanted->layer == NULL && layer == NULL)
        return refuse_reply (wanted->name, error);

      if (wanted->layer == NULL)
        wanted->layer = g_object_ref (layer);
    }

  g_clear_pointer (failed, g_free);

  return TRUE;
}

/* The layers in the order of the console, in the profile they belong to. */
static StrataProfile *
assemble (Run *run)
{
  JsonObject *there = run->update->there;
  StrataProfile *base = run->archive != NULL ? run->archive : run->update->here;
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  const char *name = strata_json_get_string (there, "name");
  const char *version = strata_json_get_string (there, "profileVersion");

  for (guint i = 0; i < run->wanted->len; i++)
    g_ptr_array_add (layers, g_object_ref (g_array_index (run->wanted, Wanted, i).layer));

  g_autoptr(StrataProfile) layered = strata_profile_with_layers (base, layers);
  g_autoptr(StrataProfile) named =
    *name != '\0' ? strata_profile_with (layered, STRATA_PROFILE_NAME, name) : g_object_ref (layered);
  g_autoptr(StrataProfile) versioned =
    *version != '\0' ? strata_profile_with (named, STRATA_PROFILE_VERSION, version) : g_object_ref (named);

  return strata_profile_with (versioned, STRATA_PROFILE_UID, strata_json_get_string (there, "uid"));
}

/* The last word: every layer is what the console said it would be. */
static gboolean
check_digests (Run           *run,
               StrataProfile *profile,
               char         **failed,
               GError       **error)
{
  for (guint i = 0; i < run->wanted->len; i++)
    {
      const Wanted *wanted = &g_array_index (run->wanted, Wanted, i);

      if (*wanted->digest == '\0' || has_digest (profile, wanted->layer, wanted->digest))
        continue;

      *failed = g_strdup (wanted->name);
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("Layer “%s” is not what the console announced: its SHA-256 differs"), wanted->name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
find_layers (Run     *run,
             char   **failed,
             GError **error)
{
  for (guint i = 0; i < run->wanted->len; i++)
    {
      Wanted *wanted = &g_array_index (run->wanted, Wanted, i);

      if (!find_layer (run, wanted, error))
        {
          *failed = g_strdup (wanted->name);
          return FALSE;
        }
    }

  return is_all_known (run) || fetch_archive (run, failed, error);
}

/* What is to be here. It is what is here when nothing changed. @failed is the layer that was wrong, where it is one. */
StrataProfile *
strata_edge_update_run (const StrataEdgeUpdate *self,
                        char                  **failed,
                        GCancellable           *cancellable,
                        GError                **error)
{
  g_auto(Run) run = {
    .update = self,
    .wanted = g_array_new (FALSE, FALSE, sizeof (Wanted)),
    .cancellable = cancellable,
  };

  g_array_set_clear_func (run.wanted, (GDestroyNotify) wanted_clear);

  if (!read_all_wanted (&run, error))
    return NULL;

  if (is_known_revision (&run))
    keep_all (&run);
  else if (!find_layers (&run, failed, error))
    return NULL;

  /* Without a single layer there was nothing to fetch, and nothing to go from. */
  if (run.archive == NULL && self->here == NULL && !fetch_archive (&run, failed, error))
    return NULL;

  g_autoptr(StrataProfile) profile = assemble (&run);

  return check_digests (&run, profile, failed, error) ? g_steal_pointer (&profile) : NULL;
}
