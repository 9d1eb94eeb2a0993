/* strata-keep-offline.c - a chart and all that it needs, kept to be there without a network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-keep-offline"

#include "strata-keep-offline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-pack-reader.h"
#include "strata-tarball.h"
#include "strata-version-range.h"

#define MAX_DEPTH 8
#define OCI_PREFIX "oci://"

typedef struct
{
  GPtrArray          *registries;     /* (unowned) (element-type StrataRegistry) */
  StrataShelf        *shelf;          /* (unowned) */
  GPtrArray          *missing;        /* (unowned) (element-type utf8) */
  GHashTable         *seen;           /* (owned) what was kept on this way */
  StrataHttpProgress  progress;
  gpointer            progress_data;
  GCancellable       *cancellable;    /* (unowned) (nullable) */
} Keeping;

static void
keeping_clear (Keeping *self)
{
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keeping, keeping_clear)

/* Whether @path is an archive of the chart whose files begin with @prefix: "redis-" is also how "redis-cluster" begins. */
static gboolean
is_archive (const char *path,
            const char *prefix)
{
  if (!g_str_has_prefix (path, prefix) || !g_str_has_suffix (path, ".tgz"))
    return FALSE;

  const char *version = path + strlen (prefix);

  return g_ascii_isdigit (version[*version == 'v' ? 1 : 0]);
}

/* Whether the archive brings the chart @name along, unpacked or packed. */
static gboolean
has_inside (GPtrArray  *files,
            const char *name)
{
  g_autofree char *folder = g_strdup_printf ("charts/%s/", name);
  g_autofree char *archive = g_strdup_printf ("charts/%s-", name);

  for (guint i = 0; i < files->len; i++)
    {
      const char *path = strata_file_get_path (files->pdata[i]);

      if (g_str_has_prefix (path, folder) || is_archive (path, archive))
        return TRUE;
    }

  return FALSE;
}

/* The registry of this person that is at @address; a chart that names none means the one it is from. */
static StrataRegistry *
find_registry (Keeping        *self,
               StrataRegistry *from,
               const char     *address)
{
  const char *kind =
    g_str_has_prefix (address, OCI_PREFIX) ? STRATA_REGISTRY_OCI : STRATA_REGISTRY_HELM;
  g_autoptr(StrataRemote) place =
    *address != '\0' ? strata_remote_new (kind, address, NULL) : NULL;

  if (*address == '\0')
    return from;

  for (guint i = 0; place != NULL && i < self->registries->len; i++)
    {
      StrataRemote *remote = strata_registry_get_remote (self->registries->pdata[i]);

      if (remote != NULL && g_str_equal (strata_remote_get_kind (remote), kind) &&
          g_str_equal (strata_remote_get_url (remote), strata_remote_get_url (place)))
        return self->registries->pdata[i];
    }

  return NULL;
}

/* The newest version that will do; what is gone from the registry will not. */
static StrataPackSummary *
find_version (Keeping                *self,
              StrataRegistry         *registry,
              const StrataDependency *dependency)
{
  const char *id = strata_registry_get_id (registry);
  StrataLayerKind kind = g_str_equal (strata_registry_get_kind (registry), STRATA_REGISTRY_OCI)
                           ? STRATA_LAYER_KIND_OCI
                           : STRATA_LAYER_KIND_HELM;
  g_autoptr(StrataVersionRange) range = strata_version_range_parse (dependency->version, NULL);
  g_autoptr(GPtrArray) list = strata_index_list_versions (
    strata_shelf_get_index (self->shelf), id, kind, dependency->name, self->cancellable, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      StrataPackSummary *summary = list->pdata[i];
      const char *version = strata_pack_summary_get_version (summary);

      if (strata_pack_summary_get_gone_since (summary) == 0 &&
          (range != NULL ? strata_version_range_allows (range, version, FALSE)
                         : g_str_equal (version, dependency->version)))
        return g_object_ref (summary);
    }

  return NULL;
}

static gboolean keep_one (Keeping *self, StrataRegistry *registry, StrataPackSummary *summary, guint depth,
                          GError **error);

/* What cannot be had is no reason not to keep the rest: Helm too may do without a part that is switched off. */
static gboolean
keep_dependency (Keeping                 *self,
                 StrataRegistry          *from,
                 const char              *name,
                 const StrataDependency  *dependency,
                 guint                    depth,
                 GError                 **error)
{
  StrataRegistry *registry = find_registry (self, from, dependency->repository);
  g_autoptr(StrataPackSummary) summary =
    registry != NULL ? find_version (self, registry, dependency) : NULL;
  g_autoptr(GError) reason = NULL;

  if (summary == NULL)
    g_ptr_array_add (
      self->missing,
      g_strdup_printf (_("%s needs %s %s, which none of your registries offers from %s"), name,
                          dependency->name, dependency->version,
                          *dependency->repository != '\0' ? dependency->repository
                                                          : strata_registry_get_name (from)));
  else if (!keep_one (self, registry, summary, depth, &reason))
    {
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }

      g_ptr_array_add (self->missing, g_strdup_printf (_("%s needs %s: %s"), name,
                                                          dependency->name, reason->message));
    }

  return TRUE;
}

static gboolean
keep_dependencies (Keeping         *self,
                   StrataRegistry  *registry,
                   StrataPack      *pack,
                   guint            depth,
                   GError         **error)
{
  GPtrArray *dependencies = strata_pack_get_dependencies (pack);
  StrataFile *archive = g_ptr_array_index (strata_pack_get_files (pack), 0);
  g_autoptr(GPtrArray) files = NULL;

  if (dependencies->len == 0 || depth >= MAX_DEPTH)
    return TRUE;

  files = strata_tarball_read (strata_blob_get_bytes (strata_file_get_content (archive)), NULL,
                               self->cancellable, error);
  for (guint i = 0; files != NULL && i < dependencies->len; i++)
    {
      const StrataDependency *dependency = dependencies->pdata[i];

      if (!has_inside (files, dependency->name) &&
          !keep_dependency (self, registry, strata_pack_get (pack, STRATA_PACK_NAME), dependency,
                            depth + 1, error))
        return FALSE;
    }

  return files != NULL;
}

static gboolean
keep_one (Keeping            *self,
          StrataRegistry     *registry,
          StrataPackSummary  *summary,
          guint               depth,
          GError            **error)
{
  if (!g_hash_table_add (self->seen, g_strjoin ("\n", strata_registry_get_id (registry),
                                                strata_pack_summary_get_name (summary),
                                                strata_pack_summary_get_version (summary), NULL)))
    return TRUE;

  if (!strata_registry_keep (registry, self->shelf, summary, self->progress, self->progress_data,
                             self->cancellable, error))
    return FALSE;

  g_autoptr(GError) reason = NULL;
  g_autoptr(StrataPack) pack = strata_registry_fetch (registry, summary, self->cancellable, &reason);

  if (pack != NULL && keep_dependencies (self, registry, pack, depth, &reason))
    return TRUE;

  if (depth > 0 || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  /* The chart itself is kept, and only what it needs is not known. */
  g_ptr_array_add (self->missing,
                   g_strdup_printf ("%s: %s", strata_pack_summary_get_name (summary), reason->message));

  return TRUE;
}

/**
 * strata_keep_offline:
 * @registries: (element-type StrataRegistry): the registries of this person, where dependencies may be
 * @registry: the one that offers the chart
 * @shelf: where it is kept
 * @summary: the chart
 * @missing: (element-type utf8): gets a translated sentence for each dependency that is not kept; its free function must
 *   be g_free()
 * @progress: (nullable) (scope call): called as something arrives
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Keeps a chart, and what it needs that it does not bring along: the newest version that will do, from the registry that
 * the chart names, and what that needs in turn. Blocks; any thread.
 *
 * Returns: whether the chart itself is kept, else as strata_registry_keep()
 */
gboolean
strata_keep_offline (GPtrArray           *registries,
                     StrataRegistry      *registry,
                     StrataShelf         *shelf,
                     StrataPackSummary   *summary,
                     GPtrArray           *missing,
                     StrataHttpProgress   progress,
                     gpointer             progress_data,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_return_val_if_fail (registries != NULL && missing != NULL, FALSE);
  g_return_val_if_fail (STRATA_IS_REGISTRY (registry) && STRATA_IS_SHELF (shelf), FALSE);
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (summary), FALSE);

  g_auto(Keeping) keeping = {
    .registries = registries,
    .shelf = shelf,
    .missing = missing,
    .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };

  return keep_one (&keeping, registry, summary, 0, error);
}
