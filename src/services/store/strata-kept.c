/* strata-kept.c - which packs and charts a person wants to have without a network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kept"

#include "strata-kept.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-objects.h"

#define FILE_NAME "kept.ini"
#define MAX_SIZE (16 * 1024 * 1024)

/**
 * strata_kept_free:
 * @kept: (transfer full): what is kept
 */
void
strata_kept_free (StrataKept *kept)
{
  g_free (kept->registry_id);
  g_free (kept->name);
  g_free (kept->version);
  g_free (kept->url);
  g_free (kept->digest);
  g_free (kept);
}

static char *
get_text (GKeyFile   *file,
          const char *group,
          const char *key)
{
  char *text = g_key_file_get_string (file, group, key, NULL);

  return text != NULL ? text : g_strdup ("");
}

static StrataKept *
read_group (GKeyFile   *file,
            const char *group)
{
  g_autoptr(StrataKept) kept = g_new0 (StrataKept, 1);
  g_autofree char *kind = get_text (file, group, "kind");

  kept->registry_id = get_text (file, group, "registry");
  kept->kind = g_str_equal (kind, "pack")  ? STRATA_LAYER_KIND_PACK
               : g_str_equal (kind, "oci") ? STRATA_LAYER_KIND_OCI
                                           : STRATA_LAYER_KIND_HELM;
  kept->name = get_text (file, group, "name");
  kept->version = get_text (file, group, "version");
  kept->url = get_text (file, group, "url");
  kept->digest = get_text (file, group, "digest");
  kept->size = g_key_file_get_uint64 (file, group, "size", NULL);
  kept->kept_at = g_key_file_get_int64 (file, group, "kept-at", NULL);

  return strata_objects_is_digest (kept->digest) ? g_steal_pointer (&kept) : NULL;
}

/**
 * strata_kept_load:
 * @data_dir: (type filename): the folder of this person's data
 * @error: return location for a `STRATA_ERROR_CORRUPT`, `STRATA_ERROR_FORBIDDEN` or `STRATA_ERROR_DISK`
 *
 * Blocks for the disk; any thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataKept): what is kept, in the order it came; empty when there is
 *   no list
 */
GPtrArray *
strata_kept_load (const char  *data_dir,
                  GError     **error)
{
  g_return_val_if_fail (data_dir != NULL, NULL);

  g_autofree char *path = g_build_filename (data_dir, FILE_NAME, NULL);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_kept_free);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) reason = NULL;
  gsize size;
  g_autofree char *text = strata_disk_read (path, MAX_SIZE, &size, &reason);

  if (g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return g_steal_pointer (&list);

  if (text == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  if (size > 0 && !g_key_file_load_from_data (file, text, size, G_KEY_FILE_NONE, &reason))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("The list of what is kept offline is damaged: %s"), reason->message);
      return NULL;
    }

  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      StrataKept *kept = read_group (file, groups[i]);

      if (kept != NULL)
        g_ptr_array_add (list, kept);
    }

  return g_steal_pointer (&list);
}

/**
 * strata_kept_find:
 * @list: (element-type StrataKept): what is kept
 * @registry_id: where it is from
 * @kind: a pack or a chart
 * @name: what it is called
 * @version: which version
 *
 * Returns: (transfer none) (nullable): the one of @list, %NULL when it is not kept
 */
StrataKept *
strata_kept_find (GPtrArray       *list,
                  const char      *registry_id,
                  StrataLayerKind  kind,
                  const char      *name,
                  const char      *version)
{
  for (guint i = 0; i < list->len; i++)
    {
      StrataKept *kept = list->pdata[i];

      if (kept->kind == kind && g_str_equal (kept->registry_id, registry_id) &&
          g_str_equal (kept->name, name) && g_str_equal (kept->version, version))
        return kept;
    }

  return NULL;
}

static void
write_group (GKeyFile   *file,
             const char *group,
             StrataKept *kept)
{
  const char *kind = kept->kind == STRATA_LAYER_KIND_PACK  ? "pack"
                     : kept->kind == STRATA_LAYER_KIND_OCI ? "oci"
                                                           : "helm";

  g_key_file_set_string (file, group, "registry", kept->registry_id);
  g_key_file_set_string (file, group, "kind", kind);
  g_key_file_set_string (file, group, "name", kept->name);
  g_key_file_set_string (file, group, "version", kept->version);
  g_key_file_set_string (file, group, "url", kept->url);
  g_key_file_set_string (file, group, "digest", kept->digest);
  g_key_file_set_uint64 (file, group, "size", kept->size);
  g_key_file_set_int64 (file, group, "kept-at", kept->kept_at);
}

/**
 * strata_kept_save:
 * @data_dir: (type filename): the folder of this person's data
 * @list: (element-type StrataKept): what is kept
 * @error: return location for a `STRATA_ERROR_FORBIDDEN` or `STRATA_ERROR_DISK`
 *
 * Writes the list in place of the one before. The caller has the lock of the store.
 *
 * Returns: whether it is written
 */
gboolean
strata_kept_save (const char  *data_dir,
                  GPtrArray   *list,
                  GError     **error)
{
  g_return_val_if_fail (data_dir != NULL && list != NULL, FALSE);

  g_autofree char *path = g_build_filename (data_dir, FILE_NAME, NULL);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  gsize size;

  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *group = g_strdup_printf ("kept %u", i);

      write_group (file, group, list->pdata[i]);
    }

  g_autofree char *text = g_key_file_to_data (file, &size, NULL);

  return strata_disk_replace (path, text, size, error);
}
