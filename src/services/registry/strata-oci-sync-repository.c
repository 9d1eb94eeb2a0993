/* strata-oci-sync-repository.c - what one repository of an OCI registry offers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-sync"

#include "strata-oci-sync-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-oci-names.h"
#include "strata-oci-reference.h"
#include "strata-version.h"

#define MAX_ASKED 10     /* of how many versions, the newest, more is asked for than that they are there */
#define MAX_FLOATING 3   /* how many tags are looked at where none is a version */
#define MAX_CONFIG (1024 * 1024)  /* the largest Chart.yaml of 27,805 has 32 KB */

/* A tag, and the version that it names. */
typedef struct
{
  char *tag;      /* (owned) */
  char *version;  /* (owned): the tag itself where it floats */
} Tag;

static void
tag_free (gpointer data)
{
  Tag *tag = data;

  g_free (tag->tag);
  g_free (tag->version);
  g_free (tag);
}

static int
compare_tags (gconstpointer a,
              gconstpointer b)
{
  const Tag *one = *(const Tag *const *) a;
  const Tag *other = *(const Tag *const *) b;

  return -strata_version_compare_text (one->version, other->version);
}

static gboolean
is_signature (const char *tag)
{
  return g_str_has_prefix (tag, "sha256-");
}

static void
take_tag (GPtrArray  *tags,
          const char *name,
          gboolean    floats)
{
  g_autofree char *version = strata_oci_name_tag_to_version (name);

  if (is_signature (name) || (version == NULL) != floats)
    return;

  Tag *tag = g_new0 (Tag, 1);

  tag->tag = g_strdup (name);
  tag->version = version != NULL ? g_steal_pointer (&version) : g_strdup (name);
  g_ptr_array_add (tags, tag);
}

/* The versions, newest first. A tag such as "latest" names one of them, and counts only where there are no others. */
static GPtrArray *
list_versions (const StrataOciSync  *sync,
               const char           *repository,
               GCancellable         *cancellable,
               GError              **error)
{
  g_autoptr(GPtrArray) names = strata_oci_client_list_tags (sync->client, repository, cancellable, error);
  GPtrArray *tags = names != NULL ? g_ptr_array_new_with_free_func (tag_free) : NULL;

  for (guint i = 0; names != NULL && i < names->len; i++)
    take_tag (tags, names->pdata[i], FALSE);

  gboolean floats = tags != NULL && tags->len == 0;

  for (guint i = 0; floats && i < names->len && tags->len < MAX_FLOATING; i++)
    take_tag (tags, names->pdata[i], TRUE);
  if (tags != NULL)
    g_ptr_array_sort (tags, compare_tags);

  return tags;
}

/* What the index has of a version at this very place. */
static StrataIndexEntry *
load_known (const StrataOciSync  *sync,
            const char           *repository,
            const char           *version,
            GCancellable         *cancellable)
{
  const StrataLayerKind kinds[] = { STRATA_LAYER_KIND_OCI, STRATA_LAYER_KIND_PACK };
  g_autofree char *name = g_path_get_basename (repository);

  for (guint i = 0; sync->knows && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(StrataIndexEntry) entry =
        strata_index_load_entry (sync->index, sync->registry_id, kinds[i], name, version, cancellable, NULL);
      g_autoptr(StrataOciReference) reference =
        entry != NULL && entry->location != NULL ? strata_oci_reference_parse (entry->location) : NULL;

      if (reference != NULL && entry->gone_since == 0 && g_str_equal (reference->repository, repository))
        return g_steal_pointer (&entry);
    }

  return NULL;
}

/* What is known holds as long as the tag names what it named. */
static StrataOciVersion *
reuse_known (const StrataOciSync  *sync,
             const char           *repository,
             const Tag            *tag,
             GCancellable         *cancellable,
             GError              **error)
{
  g_autoptr(StrataIndexEntry) known = load_known (sync, repository, tag->version, cancellable);
  g_autoptr(StrataOciReference) reference = known != NULL ? strata_oci_reference_parse (known->location) : NULL;

  if (reference == NULL || reference->digest == NULL)
    return NULL;

  g_autofree char *digest =
    strata_oci_client_get_digest (sync->client, repository, tag->tag, cancellable, error);

  return g_strcmp0 (digest, reference->digest) == 0 ? strata_oci_version_new_known (g_steal_pointer (&known)) : NULL;
}

static gboolean
read_config (const StrataOciSync  *sync,
             const char           *repository,
             StrataOciManifest    *manifest,
             StrataOciVersion     *version,
             GCancellable         *cancellable,
             GError              **error)
{
  g_autoptr(GBytes) config =
    strata_oci_client_read_blob (sync->client, repository, strata_oci_manifest_get_config (manifest), MAX_CONFIG,
                                 cancellable, error);

  if (config == NULL)
    return FALSE;
  if (strata_oci_version_set_config (version, config))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY, _("%s is a chart that does not say what it is"),
               repository);

  return FALSE;
}

/* %NULL and no error for what is neither a chart nor a pack. */
static StrataOciVersion *
ask_version (const StrataOciSync  *sync,
             const char           *repository,
             const Tag            *tag,
             GCancellable         *cancellable,
             GError              **error)
{
  g_autoptr(StrataOciManifest) manifest =
    strata_oci_client_find_content (sync->client, repository, tag->tag, cancellable, error);
  gboolean is_chart = manifest != NULL && strata_oci_manifest_get_content (manifest) == STRATA_OCI_CHART;
  gboolean is_pack = manifest != NULL && strata_oci_manifest_get_content (manifest) == STRATA_OCI_PACK
                     && strata_oci_sync_is_pack (repository);

  if (!is_chart && !is_pack)
    return NULL;

  g_autoptr(StrataOciVersion) version =
    strata_oci_version_new (is_chart ? STRATA_LAYER_KIND_OCI : STRATA_LAYER_KIND_PACK, repository, tag->tag,
                            tag->version);

  strata_oci_version_set_manifest (version, manifest);
  if (is_chart && !read_config (sync, repository, manifest, version, cancellable, error))
    return NULL;

  return g_steal_pointer (&version);
}

static StrataOciVersion *
find_version (const StrataOciSync  *sync,
              const char           *repository,
              const Tag            *tag,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autoptr(GError) reason = NULL;
  StrataOciVersion *known = reuse_known (sync, repository, tag, cancellable, &reason);

  if (known != NULL)
    return known;
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  return ask_version (sync, repository, tag, cancellable, error);
}

static void
find_signature (const StrataOciSync  *sync,
                const char           *repository,
                StrataOciVersion     *version,
                GCancellable         *cancellable)
{
  const StrataIndexEntry *entry = strata_oci_version_get_entry (version);
  g_autoptr(StrataOciReference) reference = strata_oci_reference_parse (entry->location);

  if (entry->is_signed != STRATA_INDEX_YES && reference != NULL && reference->digest != NULL)
    strata_oci_version_set_signed (
      version, strata_oci_client_is_signed (sync->client, repository, reference->digest, cancellable));
}

/* An older version is there; what it says of itself is asked for when somebody looks at it. */
static StrataOciVersion *
name_version (const StrataOciSync  *sync,
              const char           *repository,
              const Tag            *tag,
              StrataOciVersion     *newest,
              GCancellable         *cancellable)
{
  StrataIndexEntry *known = load_known (sync, repository, tag->version, cancellable);

  if (known != NULL)
    return strata_oci_version_new_known (known);

  StrataOciVersion *version = strata_oci_version_new (STRATA_LAYER_KIND_OCI, repository, tag->tag, tag->version);

  strata_oci_version_describe_as (version, newest);

  return version;
}

gboolean
strata_oci_sync_repository (const StrataOciSync  *sync,
                            const char           *repository,
                            GPtrArray            *versions,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_autoptr(GPtrArray) tags = list_versions (sync, repository, cancellable, error);
  StrataOciVersion *newest = NULL;

  for (guint i = 0; tags != NULL && i < tags->len; i++)
    {
      g_autoptr(GError) reason = NULL;
      StrataOciVersion *version = i < MAX_ASKED || newest == NULL
        ? find_version (sync, repository, tags->pdata[i], cancellable, &reason)
        : name_version (sync, repository, tags->pdata[i], newest, cancellable);

      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }

      /* Images and the like: where the newest are none, the others are not looked at. */
      if (version == NULL && newest == NULL)
        return TRUE;
      if (version == NULL)
        continue;

      if (newest == NULL)
        find_signature (sync, repository, version, cancellable);
      newest = newest != NULL ? newest : version;
      g_ptr_array_add (versions, version);
    }

  return tags != NULL;
}

static void
keep_known (const StrataOciSync  *sync,
            const char           *repository,
            StrataLayerKind       kind,
            GPtrArray            *versions,
            GCancellable         *cancellable)
{
  g_autofree char *name = g_path_get_basename (repository);
  g_autoptr(GPtrArray) known =
    strata_index_list_versions (sync->index, sync->registry_id, kind, name, cancellable, NULL);

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      StrataIndexEntry *entry =
        load_known (sync, repository, strata_pack_summary_get_version (known->pdata[i]), cancellable);

      if (entry != NULL)
        g_ptr_array_add (versions, strata_oci_version_new_known (entry));
    }
}

void
strata_oci_sync_keep_known (const StrataOciSync  *sync,
                            const char           *repository,
                            GPtrArray            *versions,
                            GCancellable         *cancellable)
{
  keep_known (sync, repository, STRATA_LAYER_KIND_OCI, versions, cancellable);
  keep_known (sync, repository, STRATA_LAYER_KIND_PACK, versions, cancellable);
}
