/* sync-fixture.c - a console of its own, somebody else who works at it, and a workspace of this computer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-fixture.h"

#include "store-fixture.h"
#include "strata-error.h"
#include "strata-version.h"

#define FAIL_RATE 0.2
#define N_ATTEMPTS 30  /* of what somebody else does, and of what has to be looked at */

/* What another window of this computer does, while the request of a push is on its way. */
static void
save_meanwhile (SyncFixture *self)
{
  g_autoptr(StrataStore) store = strata_store_open_workspace (self->data, self->workspace, NULL);
  g_autoptr(StrataProfile) saved =
    strata_store_save_over (store, self->meanwhile, STRATA_REASON_SAVE, NULL, NULL);

  g_assert_nonnull (saved);
  g_clear_object (&self->meanwhile);
}

/* Runs in the thread of the console. */
static void
asked_cb (const char *method,
          const char *path,
          const char *query,
          GBytes     *request,
          guint       status,
          GBytes     *reply,
          gpointer    data)
{
  SyncFixture *self = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);

  if (g_str_equal (method, "GET") && g_strv_length (parts) == 4 && g_str_equal (parts[2], "clusterprofiles"))
    self->n_gets++;
  if (g_strstr_len (path, -1, "/v1/clusterprofiles") == path && !g_str_equal (method, "GET"))
    {
      gsize size = 0;
      const char *body = request != NULL ? g_bytes_get_data (request, &size) : NULL;

      self->n_writes++;
      g_string_append_printf (self->sent, "%s %s ", method, path);
      if (body != NULL)
        g_string_append_len (self->sent, body, (gssize) size);
      g_string_append_c (self->sent, '\n');
      if (self->meanwhile != NULL)
        save_meanwhile (self);
    }

  /* The work was done and the answer is lost, as when a program is ended while it waits for it. */
  if (self->cancel_after > 0 && --self->cancel_after == 0)
    {
      self->cancel_after = -1;
      g_cancellable_cancel (self->cancellable);
    }
}

static StrataConsole *
sign_in (SyncFixture *self)
{
  g_autoptr(GError) error = NULL;
  StrataConsole *console =
    strata_console_new (strata_sandbox_get_address (self->sandbox), NULL, NULL, &error);

  g_assert_no_error (error);
  strata_console_set_api_key (console, strata_sandbox_get_api_key (self->sandbox), &error);
  g_assert_no_error (error);
  strata_console_set_patience (console, 10, 1);

  return console;
}

static void
open_workspace (SyncFixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAccount) account =
    strata_account_new (strata_sandbox_get_address (self->sandbox), STRATA_ACCOUNT_KEY, &error);

  g_assert_no_error (error);
  self->workspace = strata_account_add (self->data, account, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  self->store = strata_store_open_workspace (self->data, self->workspace, &error);
  g_assert_no_error (error);
  self->sync = strata_sync_new (self->store);
}

static void
set_up (SyncFixture   *self,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->sent = g_string_new (NULL);
  self->path = g_dir_make_tmp ("strata-sync-XXXXXX", &error);
  g_assert_no_error (error);
  self->data = g_build_filename (self->path, "data", NULL);

  g_autofree char *site = g_build_filename (self->path, "console", NULL);
  const StrataSandboxOptions options = {
    .data_dir = site,
    .no_rate_limit = TRUE,
    .fail_rate = data != NULL ? FAIL_RATE : 0,
    .fail_seed = (guint32) g_test_rand_int_range (1, G_MAXINT32),
  };

  self->sandbox = strata_sandbox_new (&options, &error);
  g_assert_no_error (error);
  strata_sandbox_set_observer (self->sandbox, asked_cb, self, NULL);
  self->cancellable = g_cancellable_new ();
  self->cancel_after = -1;
  strata_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
  self->console = sign_in (self);
  self->other = sign_in (self);
  open_workspace (self);
}

static void
tear_down (SyncFixture   *self,
           gconstpointer  data)
{
  strata_sandbox_stop (self->sandbox);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  g_clear_object (&self->console);
  g_clear_object (&self->other);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->meanwhile);
  g_string_free (self->sent, TRUE);
  store_fixture_remove_tree (self->path);
  g_clear_pointer (&self->workspace, g_free);
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->path, g_free);
  g_mutex_clear (&self->mutex);
}

void
sync_fixture_add (const char *path,
                  SyncTest    test)
{
  g_test_add (path, SyncFixture, NULL, set_up, test, tear_down);
}

/* With a console that fails now and then, half of the times after it has done what it was asked. */
void
sync_fixture_add_failing (const char *path,
                          SyncTest    test)
{
  g_test_add (path, SyncFixture, "failing", set_up, test, tear_down);
}

/* From now on @after requests are answered, and the answer to the last of them is lost. */
void
sync_fixture_cut (SyncFixture *self,
                  int          after)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->cancel_after = after;
}

void
sync_fixture_mend (SyncFixture *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->cancel_after = -1;
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/* How often one profile was read since the last call. */
int
sync_fixture_take_gets (SyncFixture *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  int n_gets = self->n_gets;

  self->n_gets = 0;

  return n_gets;
}

/* What was changed at the console since the last call, by whomever. */
char *
sync_fixture_take_sent (SyncFixture *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  char *sent = g_strdup (self->sent->str);

  g_string_truncate (self->sent, 0);

  return sent;
}

/* A profile of manifests: it needs no registry. */
StrataProfile *
sync_fixture_make (const char *name,
                   const char *version,
                   guint       n_layers)
{
  g_autoptr(StrataProfile) empty = strata_profile_new (name, version);
  g_autoptr(StrataProfile) described =
    strata_profile_with (empty, STRATA_PROFILE_DESCRIPTION, "For a test");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_layers; i++)
    {
      g_autofree char *layer_name = g_strdup_printf ("layer-%u", i);
      g_autofree char *text = g_strdup_printf (
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map-%u\ndata:\n  a: \"1\"\n", i);
      g_autoptr(StrataBlob) content = strata_blob_new_text (text);
      g_autoptr(StrataBlob) values = strata_blob_new_text ("pack:\n  namespace: one\nfirst: 1\nsecond: 2\nthird: 3\n");
      g_autoptr(StrataManifest) manifest = strata_manifest_new ("config", content);
      g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, layer_name);
      g_autoptr(StrataLayer) valued = strata_layer_with_values (bare, values);

      g_ptr_array_add (layers, strata_layer_with_manifest (valued, manifest));
    }

  return strata_profile_with_layers (described, layers);
}

StrataProfile *
sync_fixture_edit (StrataProfile *profile,
                   guint          layer,
                   const char    *values)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (values);
  g_autoptr(StrataLayer) other =
    strata_layer_with_values (strata_profile_get_layer (profile, layer), blob);

  return strata_profile_with_layer (profile, layer, other);
}

/* Saves on this computer, as an editor that has just opened it would. */
StrataProfile *
sync_fixture_save (SyncFixture   *self,
                   StrataProfile *profile)
{
  g_autoptr(GError) error = NULL;
  StrataProfile *saved =
    strata_store_save_over (self->store, profile, STRATA_REASON_SAVE, NULL, &error);

  g_assert_no_error (error);

  return saved;
}

/* What somebody else does: makes a profile at the console. */
char *
sync_fixture_create (SyncFixture   *self,
                     StrataProfile *profile,
                     gboolean       publish)
{
  g_autoptr(GError) error = NULL;
  char *uid = NULL;

  for (guint i = 0; uid == NULL && i < N_ATTEMPTS; i++)
    {
      g_clear_error (&error);
      uid = strata_console_create_profile (self->other, profile, publish, NULL, NULL, &error);

      /* The answer was lost, not the profile. */
      if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CONFLICT))
        {
          g_clear_error (&error);
          uid = strata_console_find_profile (self->other, strata_profile_get_name (profile),
                                             strata_profile_get_version (profile), NULL, &error);
        }
    }

  g_assert_no_error (error);

  return uid;
}

/* What somebody else sees. */
StrataConsoleProfile *
sync_fixture_read_there (SyncFixture *self,
                         const char  *uid)
{
  g_autoptr(GError) error = NULL;
  StrataConsoleProfile *now = NULL;

  for (guint i = 0; now == NULL && i < N_ATTEMPTS; i++)
    {
      g_clear_error (&error);
      now = strata_console_get_profile (self->other, uid, NULL, &error);
    }

  g_assert_no_error (error);

  return now;
}

/* What somebody else does: changes a profile at the console. */
void
sync_fixture_edit_there (SyncFixture *self,
                         const char  *uid,
                         guint        layer,
                         const char  *values)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < N_ATTEMPTS; i++)
    {
      g_autoptr(StrataConsoleProfile) now = sync_fixture_read_there (self, uid);
      g_autoptr(StrataProfile) edited = sync_fixture_edit (now->profile, layer, values);

      g_clear_error (&error);
      if (strata_console_update_profile (self->other, uid, edited, now->profile, NULL, NULL, NULL, &error))
        break;
    }

  g_assert_no_error (error);
}

const char *
sync_fixture_get_values (StrataProfile *profile,
                         guint          layer)
{
  return strata_layer_get_text (strata_profile_get_layer (profile, layer));
}

void
sync_fixture_refresh (SyncFixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) unread = NULL;

  for (guint i = 0; i < N_ATTEMPTS; i++)
    {
      g_clear_error (&error);
      if (strata_sync_refresh (self->sync, self->console, NULL, &unread, NULL, &error) && unread == NULL)
        return;

      if (error == NULL)
        g_propagate_error (&error, g_steal_pointer (&unread));
      g_clear_error (&unread);
    }

  g_assert_no_error (error);
}

StrataProfile *
sync_fixture_pull (SyncFixture *self,
                   const char  *id)
{
  g_autoptr(GError) error = NULL;
  StrataProfile *pulled = NULL;

  for (guint i = 0; pulled == NULL && i < N_ATTEMPTS; i++)
    {
      g_clear_error (&error);
      pulled = strata_sync_pull (self->sync, self->console, id, NULL, &error);
    }

  g_assert_no_error (error);

  return pulled;
}

StrataProfile *
sync_fixture_push (SyncFixture    *self,
                   const char     *id,
                   StrataSyncPush  flags)
{
  g_autoptr(GError) error = NULL;
  StrataProfile *pushed = strata_sync_push (self->sync, self->console, id, flags, NULL, NULL, &error);

  g_assert_no_error (error);

  return pushed;
}

/* What a list shows of it, found as a list does. */
StrataEntry *
sync_fixture_get_entry (SyncFixture *self,
                        const char  *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = strata_store_list (self->store, NULL, &error);

  g_assert_no_error (error);

  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (strata_entry_get_id (entries->pdata[i]), id))
      return g_object_ref (entries->pdata[i]);

  return NULL;
}

void
sync_fixture_assert_state (SyncFixture *self,
                           const char  *id,
                           StrataState  state)
{
  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (self, id);

  g_assert_nonnull (entry);
  g_assert_cmpint (strata_entry_get_state (entry), ==, state);
}

/* The action of its step, -1 when there is nothing to do. */
int
sync_fixture_get_action (SyncFixture *self,
                         const char  *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataSyncStep) step = strata_sync_plan_one (self->sync, id, NULL, &error);

  g_assert_no_error (error);
  /* Whoever shows the sentence has the name beside it. */
  if (step != NULL)
    {
      g_assert_cmpstr (step->what, !=, "");
      g_assert_null (strstr (step->what, step->name));
    }

  return step != NULL ? (int) step->action : -1;
}

/* The values of a layer as the console has them now. */
char *
sync_fixture_get_there (SyncFixture *self,
                        const char  *uid,
                        guint        layer)
{
  g_autoptr(StrataConsoleProfile) now = sync_fixture_read_there (self, uid);

  return g_strdup (sync_fixture_get_values (now->profile, layer));
}
