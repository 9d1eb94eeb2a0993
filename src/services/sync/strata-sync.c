/* strata-sync.c - this disk and a console: nothing of either is overwritten that was not seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync"

#include "strata-sync.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-listed.h"

struct _StrataSync
{
  GObject      parent_instance;
  StrataStore *store;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (StrataSync, strata_sync, G_TYPE_OBJECT)

static void
strata_sync_finalize (GObject *object)
{
  g_clear_object (&STRATA_SYNC (object)->store);

  G_OBJECT_CLASS (strata_sync_parent_class)->finalize (object);
}

static void
strata_sync_class_init (StrataSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_sync_finalize;
}

static void
strata_sync_init (StrataSync *self)
{
}

StrataSync *
strata_sync_new (StrataStore *store)
{
  StrataSync *self = g_object_new (STRATA_TYPE_SYNC, NULL);

  self->store = g_object_ref (store);

  return self;
}

StrataStore *
strata_sync_get_store (StrataSync *self)
{
  return self->store;
}

gint64
strata_sync_get_checked (StrataSync *self)
{
  g_autoptr(StrataListed) listed = strata_listed_load (strata_store_get_workspace_path (self->store), NULL);

  return strata_listed_get_checked (listed);
}

gboolean 
strata_sync_refresh (StrataSync *self, StrataConsole *console, const char *type, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}

GPtrArray *
strata_sync_plan (StrataSync *self, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

StrataSyncStep *
strata_sync_plan_one (StrataSync *self, const char *id, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

gboolean 
strata_sync_apply (StrataSync *self, StrataConsole *console, StrataSyncStep *step, StrataSyncPush flags, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}

StrataProfile *
strata_sync_pull (StrataSync *self, StrataConsole *console, const char *id, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

StrataProfile *
strata_sync_push (StrataSync *self, StrataConsole *console, const char *id, StrataSyncPush flags, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

gboolean 
strata_sync_publish (StrataSync *self, StrataConsole *console, const char *id, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}

StrataProfile *
strata_sync_adopt (StrataSync *self, StrataConsole *console, const char *id, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

gboolean 
strata_sync_delete (StrataSync *self, StrataConsole *console, const char *id, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}

gboolean 
strata_sync_pin (StrataSync *self, StrataConsole *console, const char *id, gboolean pinned, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}

StrataProfile *
strata_sync_get_base (StrataSync *self, const char *id, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

StrataProfile *
strata_sync_get_theirs (StrataSync *self, const char *id, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

StrataProfile *
strata_sync_resolve (StrataSync *self, const char *id, StrataProfile *merged, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

StrataProfile *
strata_sync_save_version (StrataSync *self, const char *id, const char *version, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

StrataProfile *
strata_sync_copy (StrataStore *from, const char *id, StrataStore *to, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

