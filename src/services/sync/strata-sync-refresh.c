/* strata-sync-refresh.c - reading the list of a console, and what it says of the profiles on this disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-listed.h"
#include "strata-sync-private.h"
#include "strata-sync-words.h"

#define MAX_IN_A_ROW 5  /* profiles that cannot be read, before the rest is not asked for */

/* One reading of the list. */
typedef struct
{
  StrataSync    *sync;         /* (unowned) */
  StrataConsole *console;      /* (unowned) */
  const char    *type;         /* (unowned): what was asked for */
  StrataListed  *listed;       /* (owned): what the console has */
  GHashTable    *by_name;      /* (owned) name and version -> StrataListedItem (unowned) */
  GHashTable    *here;         /* (owned) uids that are on this disk */
  GError        *unread;       /* (owned) (nullable): why the first one that could not be read was not */
  StrataEntry   *first;        /* (owned) (nullable): that one */
  guint          n_unread;
  GCancellable  *cancellable;  /* (unowned) (nullable) */
} Refresh;

static void
refresh_clear (Refresh *self)
{
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->here, g_hash_table_unref);
  g_clear_pointer (&self->listed, strata_listed_unref);
  g_clear_error (&self->unread);
  g_clear_object (&self->first);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refresh, refresh_clear)

static char *
make_name_key (const char *name,
               const char *version)
{
  return g_strconcat (name, "\n", version, NULL);
}

static StrataListedItem *
make_item (const StrataConsoleEntry *entry)
{
  StrataListedItem *item = strata_listed_item_new ();
  g_autoptr(GByteArray) kinds = g_byte_array_new ();

  for (guint i = 0; i < entry->n_layers; i++)
    g_byte_array_append (kinds, &(guint8){ (guint8) entry->kinds[i] }, 1);

  item->uid = g_strdup (entry->uid);
  item->type = g_strdup (entry->type);
  item->name = g_strdup (entry->name);
  item->version = g_strdup (entry->version);
  item->description = g_strdup (entry->description);
  item->tags = g_strdupv (entry->tags);
  item->kinds = g_byte_array_free_to_bytes (g_steal_pointer (&kinds));
  item->modified = entry->modified;
  item->is_published = entry->is_published && !entry->has_draft;

  return item;
}

static StrataListedItem *
copy_item (const StrataListedItem *item)
{
  StrataListedItem *copy = strata_listed_item_new ();

  copy->uid = g_strdup (item->uid);
  copy->type = g_strdup (item->type);
  copy->name = g_strdup (item->name);
  copy->version = g_strdup (item->version);
  copy->description = g_strdup (item->description);
  copy->tags = g_strdupv (item->tags);
  copy->kinds = g_bytes_ref (item->kinds);
  copy->modified = item->modified;
  copy->is_published = item->is_published;

  return copy;
}

/* (transfer full): what the list of @before becomes with the @entries of one type */
static StrataListed *
make_listed (const Refresh *self,
             StrataListed  *before,
             GPtrArray     *entries,
             gint64         checked)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_listed_item_free);

  for (guint i = 0; i < entries->len; i++)
    {
      const StrataConsoleEntry *entry = entries->pdata[i];

      /* A list that changes while it is read may have one twice. */
      if (g_hash_table_add (seen, entry->uid))
        g_ptr_array_add (items, make_item (entry));
    }

  for (guint i = 0; i < strata_listed_get_n_items (before); i++)
    {
      const StrataListedItem *item = strata_listed_get_item (before, i);

      if (!g_str_equal (item->type, self->type) && !g_hash_table_contains (seen, item->uid))
        g_ptr_array_add (items, copy_item (item));
    }

  return strata_listed_new (checked, items);
}

/* A first list that is under way. */
typedef struct
{
  const Refresh *refresh;    /* (unowned) */
  StrataListed  *before;     /* (unowned) */
  const char    *workspace;  /* (unowned) */
  guint          n_kept;
} Arriving;

/* A long list takes seconds, and a console wants no more pages at once. So where there is none yet, what came is shown
 * meanwhile: each time it is twice as much, which together is written no more than twice.
 */
static void
arrived_cb (GPtrArray *entries,
            guint      total,
            gpointer   data)
{
  Arriving *self = data;
  g_autoptr(GError) error = NULL;

  if (strata_listed_get_checked (self->before) != 0 || entries->len >= total ||
      entries->len < 2 * self->n_kept)
    return;

  /* That it was never read to its end stands in it. */
  g_autoptr(StrataListed) part = make_listed (self->refresh, self->before, entries, 0);

  self->n_kept = strata_listed_get_n_items (part);
  if (!strata_listed_save (part, self->workspace, &error))
    g_debug ("what came of the list is not shown yet: %s", error->message);
}

/* The whole list of one type, with what is known of the others. A list that broke off takes the place of none. */
static gboolean
read_list (Refresh  *self,
           GError  **error)
{
  const StrataConsoleFilter filter = { .type = self->type };
  const char *workspace = strata_store_get_workspace_path (strata_sync_get_store (self->sync));
  g_autoptr(StrataListed) before = strata_listed_load (workspace, NULL);
  Arriving arriving = { self, before, workspace, strata_listed_get_n_items (before) };
  g_autoptr(GPtrArray) entries =
    strata_console_list_profiles (self->console, &filter, arrived_cb, &arriving, self->cancellable, error);

  if (entries == NULL)
    return FALSE;

  self->listed = make_listed (self, before, entries, g_get_real_time ());

  return strata_listed_save (self->listed, workspace, error);
}

static void
index_names (Refresh *self)
{
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < strata_listed_get_n_items (self->listed); i++)
    {
      const StrataListedItem *item = strata_listed_get_item (self->listed, i);

      g_hash_table_insert (self->by_name, make_name_key (item->name, item->version), (gpointer) item);
    }
}

/* Reads one profile and takes it in as far as nobody has to decide. */
static gboolean
fetch (Refresh      *self,
       const char   *id,
       const char   *uid,
       GError      **error)
{
  GError *local_error = NULL;
  g_autoptr(StrataConsoleProfile) theirs =
    strata_console_get_profile (self->console, uid, self->cancellable, &local_error);

  /* It was in the list a moment ago, or never was: gone in any case. */
  if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    {
      g_clear_error (&local_error);
      return strata_sync_set_gone (self->sync, id, self->cancellable, error);
    }

  if (theirs == NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  for (guint i = 0; i < STRATA_SYNC_TRIES; i++)
    {
      g_autoptr(StrataSituation) now = strata_sync_look (self->sync, id, self->cancellable, error);

      if (now == NULL)
        return FALSE;

      if (strata_sync_take_in (self->sync, now, theirs, self->cancellable, &local_error))
        return TRUE;

      if (!g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_BUSY) || i + 1 == STRATA_SYNC_TRIES)
        break;

      g_clear_error (&local_error);
    }

  g_propagate_error (error, local_error);

  return FALSE;
}

/* Notes what the list says of a profile whose contents need not be read, where that is another thing than @before. One that
 * is changed meanwhile is looked at again the next time.
 */
static gboolean
write_link (Refresh           *self,
            const char        *id,
            const char        *head,
            const StrataLink  *before,
            const StrataLink  *link,
            const char *const *sent,
            GError           **error)
{
  const StrataJoin join = { .id = id, .expected = head, .link = link, .sent = sent };
  g_autoptr(GError) local_error = NULL;

  if (strata_link_equal (before, link) ||
      strata_store_join (strata_sync_get_store (self->sync), &join, self->cancellable, &local_error) ||
      g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_BUSY) ||
      g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* A profile that is at the console and on this disk. Its contents are read when the console changed it, once for each
 * change: a time alone does not say whether there is something new in it.
 */
static gboolean
update_known (Refresh                 *self,
              StrataEntry             *entry,
              const StrataListedItem  *item,
              GError                 **error)
{
  const char *id = strata_entry_get_id (entry);
  g_autofree char *head = NULL;
  g_autoptr(StrataLink) link =
    strata_store_get_link (strata_sync_get_store (self->sync), id, &head, error);

  if (link == NULL)
    return FALSE;

  gboolean is_read = item->modified == link->theirs_modified && *link->theirs != '\0';
  gboolean is_base = item->modified == link->base_modified && *link->theirs == '\0';
  gboolean is_unsure = link->base_modified == 0 || *link->sending != '\0' || link->is_gone;

  if (!is_read && (is_unsure || !is_base))
    return fetch (self, id, item->uid, error);

  g_autoptr(StrataLink) before = strata_link_copy (link);

  g_free (link->type);
  link->type = g_strdup (item->type);
  link->is_published = item->is_published;
  link->is_gone = link->is_taken = FALSE;
  link->seen_modified = item->modified;

  return write_link (self, id, head, before, link, NULL, error);
}

/* A profile that the console does not list. It may have been listed under another type, or the list may be short: it is
 * gone only when the console says so.
 */
static gboolean
update_missing (Refresh      *self,
                StrataEntry  *entry,
                GError      **error)
{
  const char *id = strata_entry_get_id (entry);
  g_autoptr(StrataLink) link =
    strata_store_get_link (strata_sync_get_store (self->sync), id, NULL, error);

  if (link == NULL)
    return FALSE;

  if (link->is_gone || (*link->type != '\0' && !g_str_equal (link->type, self->type)))
    return TRUE;

  return fetch (self, id, link->uid, error);
}

/* Makes the profile @id the one that the console has as @uid, when it is the same. */
static gboolean
recognize (Refresh                 *self,
           const char              *id,
           const StrataListedItem  *item,
           GError                 **error)
{
  g_autoptr(StrataConsoleProfile) theirs =
    strata_console_get_profile (self->console, item->uid, self->cancellable, error);
  g_autoptr(StrataSituation) now =
    theirs != NULL ? strata_sync_look (self->sync, id, self->cancellable, error) : NULL;

  if (now == NULL)
    return FALSE;

  g_autoptr(StrataProfile) found = strata_sync_reword (theirs->profile, now->mine, id);
  gboolean is_ours = strata_sync_means_same (found, now->mine);
  const char *base = now->head;

  /* What was being sent may have been changed since. */
  if (!is_ours && *now->link->sending != '\0' && !g_str_equal (now->link->sending, now->head))
    {
      g_autoptr(StrataProfile) sent = strata_store_load_revision (
        strata_sync_get_store (self->sync), id, now->link->sending, self->cancellable, NULL);
      g_autoptr(StrataProfile) other =
        sent != NULL ? strata_sync_reword (theirs->profile, sent, id) : NULL;

      is_ours = other != NULL && strata_sync_means_same (other, sent);
      base = now->link->sending;
    }

  g_autoptr(StrataLink) before = strata_link_copy (now->link);

  /* Somebody else made the same, with secrets of their own: those are not replaced by ours. */
  const char *const *made = (const char *const *) before->new_secrets;
  const char *const *sent = is_ours && *before->sending == '\0' ? made : NULL;

  g_free (now->link->uid);
  g_free (now->link->type);
  g_free (now->link->base);
  now->link->uid = g_strdup (is_ours ? item->uid : "");
  now->link->type = g_strdup (is_ours ? item->type : "");
  now->link->base = g_strdup (is_ours ? base : "");
  now->link->is_published = is_ours && !strata_sync_is_draft (theirs);
  now->link->is_gone = FALSE;
  now->link->is_taken = !is_ours;
  now->link->seen_modified = theirs->modified;
  now->link->base_modified = is_ours ? theirs->modified : 0;
  now->link->theirs_modified = 0;
  *now->link->theirs = *now->link->sending = '\0';

  return write_link (self, id, now->head, before, now->link, sent, error);
}

/* A profile that the console never had, as far as is known: it may have been created by somebody who was ended before
 * they could note it, and its name may be taken.
 */
static gboolean
update_unknown (Refresh      *self,
                StrataEntry  *entry,
                GError      **error)
{
  const char *id = strata_entry_get_id (entry);
  g_autofree char *key =
    make_name_key (strata_entry_get_name (entry), strata_entry_get_version (entry));
  const StrataListedItem *item = g_hash_table_lookup (self->by_name, key);
  g_autofree char *head = NULL;
  g_autoptr(StrataLink) link =
    strata_store_get_link (strata_sync_get_store (self->sync), id, &head, error);

  if (link == NULL)
    return FALSE;

  if (item != NULL && g_hash_table_contains (self->here, item->uid))
    item = NULL;

  if (item == NULL)
    {
      g_autoptr(StrataLink) before = strata_link_copy (link);

      link->is_taken = FALSE;
      *link->sending = '\0';
      return write_link (self, id, head, before, link, NULL, error);
    }

  if (link->is_taken && link->seen_modified == item->modified)
    return TRUE;

  return recognize (self, id, item, error);
}

static gboolean
update_one (Refresh      *self,
            StrataEntry  *entry,
            GError      **error)
{
  const char *uid = strata_entry_get_uid (entry);
  const StrataListedItem *item = *uid != '\0' ? strata_listed_find (self->listed, uid) : NULL;
  g_autoptr(GError) local_error = NULL;
  gboolean done;

  if (item != NULL)
    done = update_known (self, entry, item, &local_error);
  else if (*uid != '\0')
    done = update_missing (self, entry, &local_error);
  else
    done = update_unknown (self, entry, &local_error);

  /* One that is damaged or was deleted meanwhile says so by itself. */
  if (done || g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_CORRUPT) ||
      g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_INVALID) ||
      g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* Whether what went wrong for one profile does so for any. */
static gboolean
is_of_all (const GError *error)
{
  return error->domain != STRATA_ERROR || error->code == STRATA_ERROR_OFFLINE || error->code == STRATA_ERROR_SIGN_IN ||
         error->code == STRATA_ERROR_DISK;
}

/* Says in the log of the workspace that one could not be read, and why; the list goes on to the next. */
static void
note_unread (Refresh      *self,
             StrataEntry  *entry,
             GError       *reason)
{
  const StrataActivity what = {
    .action = STRATA_ACTIVITY_PULLED,
    .by = STRATA_ACTIVITY_PULL,
    .id = (char *) strata_entry_get_id (entry),
    .name = (char *) strata_entry_get_name (entry),
    .version = (char *) strata_entry_get_version (entry),
    .result = reason->message,
  };

  strata_activity_add (strata_sync_get_store (self->sync), &what);

  if (self->n_unread++ > 0)
    return;

  self->unread = g_error_copy (reason);
  self->first = g_object_ref (entry);
}

/* (transfer full) (nullable): what to tell a person about all that could not be read */
static GError *
say_unread (Refresh *self)
{
  if (self->unread == NULL)
    return NULL;

  if (self->n_unread == 1)
    return g_error_new (STRATA_ERROR, self->unread->code, _("“%s %s” could not be read: %s"),
                        strata_entry_get_name (self->first), strata_entry_get_version (self->first),
                        self->unread->message);

  return g_error_new (STRATA_ERROR, self->unread->code,
                      ngettext ("%u profile could not be read, the first is “%s %s”: %s",
                                "%u profiles could not be read, the first is “%s %s”: %s", self->n_unread),
                      self->n_unread, strata_entry_get_name (self->first),
                      strata_entry_get_version (self->first), self->unread->message);
}

/* One that cannot be read does not keep the others from it. A console that fails for one after the other is left alone: that
 * is of all, and may take long each time.
 */
static gboolean
update_all (Refresh  *self,
            GError  **error)
{
  guint n_in_a_row = 0;
  g_autoptr(GPtrArray) entries =
    strata_store_list (strata_sync_get_store (self->sync), self->cancellable, error);

  if (entries == NULL)
    return FALSE;

  self->here = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < entries->len; i++)
    if (!strata_entry_get_is_away (entries->pdata[i]))
      g_hash_table_add (self->here, (gpointer) strata_entry_get_uid (entries->pdata[i]));

  for (guint i = 0; i < entries->len; i++)
    {
      StrataEntry *entry = entries->pdata[i];

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;

      g_autoptr(GError) reason = NULL;

      if (strata_entry_get_is_away (entry) || strata_entry_get_state (entry) == STRATA_STATE_DAMAGED ||
          update_one (self, entry, &reason))
        {
          n_in_a_row = 0;
          continue;
        }

      if (is_of_all (reason) || ++n_in_a_row == MAX_IN_A_ROW)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }

      note_unread (self, entry, reason);
    }

  return TRUE;
}

/**
 * strata_sync_refresh:
 * @self: a sync
 * @console: the console
 * @type: (nullable): which profiles: `system` or `add-on`; %NULL for `system`
 * @unread: (out) (optional) (nullable): why some of the profiles could not be read, though the list and all others were: one
 *   sentence with the name of the first, each is in strata_activity_list(); %NULL when there is none
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of a call and of the store
 *
 * Reads the whole list of the console and keeps it for when there is no network, and finds out how each profile of this
 * disk stands to it. What of them the console changed is read, once, and kept beside, so that it can be pulled without a
 * network; no profile is changed. What was cut off before is found again: what arrived of it, and
 * what did not. Blocks; any thread but the main one.
 *
 * Returns: whether all is known now, but for @unread; when it is not, what was found out is kept, and the list before stays if the new one
 *   was not read to its end. Where no list was read before, what came of the first one is there while it is read
 */
gboolean
strata_sync_refresh (StrataSync     *self,
                     StrataConsole  *console,
                     const char     *type,
                     GError        **unread,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_return_val_if_fail (STRATA_IS_SYNC (self) && STRATA_IS_CONSOLE (console), FALSE);
  g_return_val_if_fail (unread == NULL || *unread == NULL, FALSE);

  g_auto(Refresh) refresh = {
    .sync = self,
    .console = console,
    .type = type != NULL ? type : STRATA_SYNC_TYPE,
    .cancellable = cancellable,
  };

  if (!read_list (&refresh, error))
    return FALSE;

  index_names (&refresh);

  gboolean done = update_all (&refresh, error);

  if (unread != NULL)
    *unread = say_unread (&refresh);

  return done;
}
