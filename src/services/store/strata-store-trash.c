/* strata-store-trash.c - deleting a profile, and taking that back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "strata-activity.h"
#include "strata-disk.h"
#include "strata-error.h"
#include "strata-objects.h"
#include "strata-secrets.h"
#include "strata-store-private.h"

static gboolean
move_record (StrataStore  *self,
             const char   *id,
             gboolean      to_trash,
             GError      **error)
{
  g_autofree char *from = strata_store_get_record_path (self, id, !to_trash);
  g_autofree char *to = strata_store_get_record_path (self, id, to_trash);

  gboolean is_there = g_file_test (to, G_FILE_TEST_EXISTS);

  /* Somebody did it before, perhaps without knowing that it will last. */
  if (is_there && !g_file_test (from, G_FILE_TEST_EXISTS))
    return strata_disk_sync_folder (self->trash, error) &&
           strata_disk_sync_folder (self->profiles, error);

  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                   to_trash ? _("There is no profile “%s” on this computer")
                            : _("There is no “%s” in the trash"), id);
      return FALSE;
    }

  if (is_there)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                   to_trash
                   ? _("There is another “%s” in the trash; delete that one for good first")
                   : _("There is another “%s” among the profiles; delete that one first"), id);
      return FALSE;
    }

  return strata_disk_move (from, to, error);
}

static void
note (StrataStore *self,
      const char  *id,
      gboolean     to_trash)
{
  g_autoptr(StrataEntry) entry = strata_store_get_entry (self, id, NULL);
  const StrataActivity what = {
    .action = to_trash ? STRATA_ACTIVITY_DELETED : STRATA_ACTIVITY_RESTORED,
    .by = STRATA_ACTIVITY_LOCAL,
    .id = (char *) id,
    .name = entry != NULL ? (char *) strata_entry_get_name (entry) : NULL,
    .version = entry != NULL ? (char *) strata_entry_get_version (entry) : NULL,
  };

  strata_activity_add (self, &what);
}

static gboolean
move_locked (StrataStore  *self,
             const char   *id,
             gboolean      to_trash,
             GError      **error)
{
  if (!strata_store_check_id (id, error))
    return FALSE;

  int lock = strata_store_lock (self, NULL, error);

  if (lock < 0)
    return FALSE;

  g_autofree char *from = strata_store_get_record_path (self, id, !to_trash);
  gboolean was_there = g_file_test (from, G_FILE_TEST_EXISTS);
  gboolean moved = move_record (self, id, to_trash, error);

  g_close (lock, NULL);

  if (moved && was_there)
    note (self, id, to_trash);

  return moved;
}

/**
 * strata_store_trash:
 * @self: a store
 * @id: which profile
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, %STRATA_ERROR_BUSY or %STRATA_ERROR_DISK
 *
 * Moves a profile, with its history, to the trash, if it is not there already. Blocks.
 *
 * Returns: whether it is there now
 */
gboolean
strata_store_trash (StrataStore  *self,
                    const char   *id,
                    GError      **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, FALSE);

  return move_locked (self, id, TRUE, error);
}

/**
 * strata_store_restore:
 * @self: a store
 * @id: which profile
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, %STRATA_ERROR_CONFLICT,
 *   %STRATA_ERROR_BUSY or %STRATA_ERROR_DISK
 *
 * Takes a profile out of the trash, as it was, if nobody did before. Blocks.
 *
 * Returns: whether it is back
 */
gboolean
strata_store_restore (StrataStore  *self,
                      const char   *id,
                      GError      **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, FALSE);

  return move_locked (self, id, FALSE, error);
}

/* Whether the keyring may hold something for a profile. */
static gboolean
has_secrets (StrataStore *self,
             const char  *path)
{
  g_autoptr(StrataRecord) record = strata_record_load (path, NULL);
  g_autoptr(StrataBlob) head =
    record != NULL ? strata_objects_read (self->objects, record->head, NULL) : NULL;

  return head != NULL &&
         strstr (strata_blob_get_text (head), "\nsensitive-in-keyring=true\n") != NULL;
}

static gboolean
remove_record (StrataStore  *self,
               const char   *path,
               GError      **error)
{
  int lock = strata_store_lock (self, NULL, error);

  if (lock < 0)
    return FALSE;

  gboolean removed =
    strata_disk_remove (path, error) && strata_disk_sync_folder (self->trash, error);

  g_close (lock, NULL);

  return removed;
}

/**
 * strata_store_purge:
 * @self: a store
 * @id: which profile
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, %STRATA_ERROR_BUSY or %STRATA_ERROR_DISK
 *
 * Deletes a profile that is in the trash for good. Its secrets go from the keyring at once, as far
 * as that can be reached; its texts go when strata_store_collect() finds that nothing names them.
 * Blocks.
 *
 * Returns: whether it is gone
 */
gboolean
strata_store_purge (StrataStore  *self,
                    const char   *id,
                    GError      **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, FALSE);

  if (!strata_store_check_id (id, error))
    return FALSE;

  g_autofree char *path = strata_store_get_record_path (self, id, TRUE);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                   _("There is no “%s” in the trash"), id);
      return FALSE;
    }

  gboolean secrets = has_secrets (self, path);

  if (!remove_record (self, path, error))
    return FALSE;

  g_autofree char *kept_by = strata_store_dup_secret_name (self, id);

  if (secrets)
    strata_secrets_clear (kept_by, NULL, NULL, NULL);

  return TRUE;
}
