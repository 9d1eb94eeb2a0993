/* strata-secrets.c - what is too secret for a file: kept in the keyring of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-secrets"

#include "strata-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "strata-error.h"

#define PATIENCE_S 30  /* for a person to unlock the keyring, when it asks */
#define GRACE_S 2      /* for the keyring to take notice that it is not waited for any more */

static const SecretSchema variable_schema = {
  "io.github.stratadesk.Strata.Variable",
  SECRET_SCHEMA_NONE,
  {
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "variable", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static const SecretSchema key_schema = {
  "io.github.stratadesk.Strata.Key",
  SECRET_SCHEMA_NONE,
  {
    { "key", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* One question to the keyring, asked in a context of its own so that it can be given up. */
typedef struct
{
  GMainContext *context;      /* (owned) */
  GCancellable *cancellable;  /* (owned) */
  GAsyncResult *result;       /* (owned) (nullable) */
  gboolean      late;         /* nobody waits any more */
} Call;

static Call *
call_new (void)
{
  Call *self = g_new0 (Call, 1);

  self->context = g_main_context_new ();
  self->cancellable = g_cancellable_new ();
  g_main_context_push_thread_default (self->context);

  return self;
}

static void
call_free (Call *self)
{
  g_clear_object (&self->result);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
call_done_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  ((Call *) data)->result = g_object_ref (result);
}

static gboolean
call_late_cb (gpointer data)
{
  ((Call *) data)->late = TRUE;

  return G_SOURCE_REMOVE;
}

static void
call_iterate (Call  *self,
              guint  seconds)
{
  g_autoptr(GSource) timeout = g_timeout_source_new_seconds (seconds);

  self->late = FALSE;
  g_source_set_callback (timeout, call_late_cb, self, NULL);
  g_source_attach (timeout, self->context);

  while (self->result == NULL && !self->late)
    g_main_context_iteration (self->context, TRUE);

  g_source_destroy (timeout);
}

static void
cancel_cb (GCancellable *cancellable,
           gpointer      data)
{
  g_cancellable_cancel (data);
}

/* Waits for the answer, but not for ever, and takes back the context. Returns whether there is one.
 */
static gboolean
call_wait (Call         *self,
           GCancellable *cancellable)
{
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_cb),
                                     g_object_ref (self->cancellable), g_object_unref);

  call_iterate (self, PATIENCE_S);
  g_cancellable_disconnect (cancellable, handler);

  if (self->result == NULL)
    {
      g_cancellable_cancel (self->cancellable);
      call_iterate (self, GRACE_S);
    }

  g_main_context_pop_thread_default (self->context);

  return self->result != NULL;
}

/* Says what a person can do about it. Takes @reason, which is %NULL when there was no answer. */
static void
set_error (GError       **error,
           GError        *reason,
           GCancellable  *cancellable)
{
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      if (reason == NULL || g_error_matches (reason, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
          g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_set_error_literal (
          error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
          _("The keyring is locked or does not answer; unlock it and try again"));
      else
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE,
                     _("There is no keyring that can be used; start one and try again: %s"),
                        reason->message);
    }

  g_clear_error (&reason);
}

/* Gives the call up: should its answer still come, there must be something to put it in. */
static void
call_abandon (Call *self)
{
  g_debug ("The keyring did not answer within %d seconds", PATIENCE_S + GRACE_S);
}

static GHashTable *
make_attributes (const char *profile,
                 const char *variable)
{
  GHashTable *attributes = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (attributes, (gpointer) "profile", (gpointer) profile);
  if (variable != NULL)
    g_hash_table_insert (attributes, (gpointer) "variable", (gpointer) variable);

  return attributes;
}

static GHashTable *
make_key_attributes (const char *key)
{
  GHashTable *attributes = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (attributes, (gpointer) "key", (gpointer) key);

  return attributes;
}

static gboolean
store (const SecretSchema  *schema,
       GHashTable          *attributes,
       const char          *label,
       const char          *secret,
       GCancellable        *cancellable,
       GError             **error)
{
  g_autoptr(Call) call = call_new ();
  GError *reason = NULL;

  secret_password_storev (schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret,
                          call->cancellable, call_done_cb, call);

  if (!call_wait (call, cancellable))
    call_abandon (g_steal_pointer (&call));
  else if (secret_password_store_finish (call->result, &reason))
    return TRUE;

  set_error (error, reason, cancellable);

  return FALSE;
}

static char *
lookup (const SecretSchema  *schema,
        GHashTable          *attributes,
        const char          *shown,
        GCancellable        *cancellable,
        GError             **error)
{
  g_autoptr(Call) call = call_new ();
  GError *reason = NULL;

  secret_password_lookupv (schema, attributes, call->cancellable, call_done_cb, call);

  if (!call_wait (call, cancellable))
    {
      call_abandon (g_steal_pointer (&call));
      set_error (error, NULL, cancellable);
      return NULL;
    }

  char *secret = secret_password_lookup_finish (call->result, &reason);

  if (secret == NULL && reason == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("The keyring is locked or holds nothing for “%s”; unlock it or type it again"),
                    shown);
  else if (secret == NULL)
    set_error (error, reason, cancellable);

  return secret;
}

static gboolean
clear (const SecretSchema  *schema,
       GHashTable          *attributes,
       GCancellable        *cancellable,
       GError             **error)
{
  g_autoptr(Call) call = call_new ();
  GError *reason = NULL;

  secret_password_clearv (schema, attributes, call->cancellable, call_done_cb, call);

  if (!call_wait (call, cancellable))
    {
      call_abandon (g_steal_pointer (&call));
      set_error (error, NULL, cancellable);
      return FALSE;
    }

  secret_password_clear_finish (call->result, &reason);

  if (reason != NULL)
    set_error (error, reason, cancellable);

  return reason == NULL;
}

/**
 * strata_secrets_store:
 * @profile: the id of a profile
 * @variable: the name of one of its variables
 * @secret: the text to keep
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_SIGN_IN when the keyring is locked, or a
 *   %STRATA_ERROR_OFFLINE when there is none
 *
 * Keeps a text in the keyring, in place of the one before. Blocks, for half a minute at most when
 * the keyring asks to be unlocked; any thread but the main one.
 *
 * Returns: whether it is kept
 */
gboolean
strata_secrets_store (const char    *profile,
                      const char    *variable,
                      const char    *secret,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (profile != NULL && variable != NULL && secret != NULL, FALSE);

  g_autoptr(GHashTable) attributes = make_attributes (profile, variable);
  g_autofree char *label = g_strdup_printf (_("Strata: variable %s"), variable);

  return store (&variable_schema, attributes, label, secret, cancellable, error);
}

/**
 * strata_secrets_lookup:
 * @profile: the id of a profile
 * @variable: the name of one of its variables
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, or the errors of strata_secrets_store()
 *
 * Blocks like strata_secrets_store().
 *
 * Returns: (transfer full) (nullable): the text that is kept, or %NULL with @error set
 */
char *
strata_secrets_lookup (const char    *profile,
                       const char    *variable,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (profile != NULL && variable != NULL, NULL);

  g_autoptr(GHashTable) attributes = make_attributes (profile, variable);

  return lookup (&variable_schema, attributes, variable, cancellable, error);
}

/**
 * strata_secrets_clear:
 * @profile: the id of a profile
 * @variable: (nullable): the name of one of its variables; %NULL for all
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_secrets_store()
 *
 * Removes what is kept; nothing there is no error. Blocks like strata_secrets_store().
 *
 * Returns: whether nothing is kept any more
 */
gboolean
strata_secrets_clear (const char    *profile,
                      const char    *variable,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (profile != NULL, FALSE);

  g_autoptr(GHashTable) attributes = make_attributes (profile, variable);

  return clear (&variable_schema, attributes, cancellable, error);
}

/**
 * strata_secrets_store_key:
 * @key: what the secret is found by again
 * @shown: what it is for, as a person calls it
 * @secret: the text to keep
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_secrets_store()
 *
 * Keeps a password or token of ours, in place of the one before. Blocks like strata_secrets_store().
 *
 * Returns: whether it is kept
 */
gboolean
strata_secrets_store_key (const char    *key,
                          const char    *shown,
                          const char    *secret,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_return_val_if_fail (key != NULL && shown != NULL && secret != NULL, FALSE);

  g_autoptr(GHashTable) attributes = make_key_attributes (key);
  g_autofree char *label = g_strdup_printf (_("Strata: %s"), shown);

  return store (&key_schema, attributes, label, secret, cancellable, error);
}

/**
 * strata_secrets_lookup_key:
 * @key: what the secret was kept by
 * @shown: what it is for, as a person calls it
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, or the errors of strata_secrets_store()
 *
 * Blocks like strata_secrets_store().
 *
 * Returns: (transfer full) (nullable): the text that is kept, or %NULL with @error set
 */
char *
strata_secrets_lookup_key (const char    *key,
                           const char    *shown,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (key != NULL && shown != NULL, NULL);

  g_autoptr(GHashTable) attributes = make_key_attributes (key);

  return lookup (&key_schema, attributes, shown, cancellable, error);
}

/**
 * strata_secrets_clear_key:
 * @key: what the secret was kept by
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_secrets_store()
 *
 * Removes what is kept; nothing there is no error. Blocks like strata_secrets_store().
 *
 * Returns: whether nothing is kept any more
 */
gboolean
strata_secrets_clear_key (const char    *key,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_return_val_if_fail (key != NULL, FALSE);

  g_autoptr(GHashTable) attributes = make_key_attributes (key);

  return clear (&key_schema, attributes, cancellable, error);
}
