/* strata-console-session.c - who is signed in at a console, and for how long
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-console-sensitive.h"
#include "strata-error.h"

/* A token lasts 15 minutes. The clock does not run while the computer sleeps: who wakes up with a token that has ended
 * is told so by the console, and signs in again then.
 */
#define LIFETIME (12 * G_TIME_SPAN_MINUTE)
#define HEED (50 * G_TIME_SPAN_MILLISECOND)  /* how long somebody who waits for a token does not hear of a Cancel */
#define REDACTED "[REDACTED]"

struct _StrataConsoleSession
{
  gint               ref_count;    /* (atomic) */
  GMutex             mutex;        /* for all below */
  GCond              changed;
  GCancellable      *leaving;      /* (owned) (not nullable) of what is asked as who is signed in now */
  StrataCredentials *credentials;  /* (owned) (nullable) a key or a token */
  StrataCredentials *former;       /* (owned) (nullable) the token before: an answer on its way may still name it */
  char              *email;        /* (owned) (nullable) */
  char              *password;     /* (owned) (nullable) */
  char              *org;          /* (owned) (nullable) */
  StrataConsoleSensitive *sent;    /* (owned) (not nullable) what was sent and is not to be shown */
  gint64             lifetime;
  gint64             renew_at;     /* monotonic */
  gboolean           is_renewing;
};

/**
 * strata_console_session_new:
 *
 * Returns: (transfer full): a session in which nobody is signed in
 */
StrataConsoleSession *
strata_console_session_new (void)
{
  StrataConsoleSession *self = g_new0 (StrataConsoleSession, 1);

  self->ref_count = 1;
  self->lifetime = LIFETIME;
  self->leaving = g_cancellable_new ();
  self->sent = strata_console_sensitive_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);

  return self;
}

/**
 * strata_console_session_ref:
 * @self: a session
 *
 * Returns: (transfer full): @self
 */
StrataConsoleSession *
strata_console_session_ref (StrataConsoleSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);

  return self;
}

static void
forget (StrataConsoleSession *self)
{
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));

  g_clear_pointer (&self->credentials, strata_credentials_unref);
  g_clear_pointer (&self->former, strata_credentials_unref);
  g_clear_pointer (&self->email, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_pointer (&self->org, g_free);
}

/**
 * strata_console_session_unref:
 * @self: (transfer full): a session
 */
void
strata_console_session_unref (StrataConsoleSession *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  forget (self);
  g_object_unref (self->leaving);
  strata_console_sensitive_free (self->sent);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * strata_console_session_set_key:
 * @self: a session
 * @key: an API key
 *
 * Signs in with a key, which lasts until somebody revokes it. Any thread.
 */
void
strata_console_session_set_key (StrataConsoleSession *self,
                                StrataCredentials    *key)
{
  g_return_if_fail (self != NULL && key != NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  forget (self);
  self->credentials = strata_credentials_ref (key);
}

/* With the lock held. */
static void
take_token (StrataConsoleSession *self,
            StrataCredentials    *token)
{
  g_clear_pointer (&self->former, strata_credentials_unref);
  self->former = g_steal_pointer (&self->credentials);
  self->credentials = token;
  self->renew_at = g_get_monotonic_time () + self->lifetime;
}

/**
 * strata_console_session_set_password:
 * @self: a session
 * @email: who
 * @password: with which password
 * @org: (nullable): of which organisation
 * @token: what the console gave for them
 *
 * Signs in for a while, and keeps in memory what it takes to sign in again. Any thread.
 */
void
strata_console_session_set_password (StrataConsoleSession *self,
                                     const char           *email,
                                     const char           *password,
                                     const char           *org,
                                     StrataCredentials    *token)
{
  g_return_if_fail (self != NULL && email != NULL && password != NULL && token != NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  forget (self);
  self->email = g_strdup (email);
  self->password = g_strdup (password);
  self->org = g_strdup (org);
  take_token (self, strata_credentials_ref (token));
}

/**
 * strata_console_session_clear:
 * @self: a session
 *
 * Forgets who was signed in, wipes the password, and ends what is being asked. Any thread.
 */
void
strata_console_session_clear (StrataConsoleSession *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  forget (self);

  g_autoptr(GCancellable) leaving = self->leaving;

  self->leaving = g_cancellable_new ();
  g_mutex_unlock (&self->mutex);

  /* Those who hear of it may ask for the lock. */
  g_cancellable_cancel (leaving);
}

/**
 * strata_console_session_dup_leaving:
 * @self: a session
 *
 * Returns: (transfer full): what is cancelled when who is signed in now signs out. Any thread
 */
GCancellable *
strata_console_session_dup_leaving (StrataConsoleSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_object_ref (self->leaving);
}

/**
 * strata_console_session_set_lifetime:
 * @self: a session that was not used yet
 * @lifetime: for how many µs a token is used before a new one is asked for
 */
void
strata_console_session_set_lifetime (StrataConsoleSession *self,
                                     gint64                lifetime)
{
  g_return_if_fail (self != NULL);

  self->lifetime = lifetime;
}

/**
 * strata_console_session_can_renew:
 * @self: a session
 *
 * Returns: whether a token that ended can be had anew, without asking anybody
 */
gboolean
strata_console_session_can_renew (StrataConsoleSession *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->password != NULL;
}

/* With the lock held: whether a token is to be had before anything else is asked. */
static gboolean
is_due (StrataConsoleSession *self,
        StrataCredentials    *refused)
{
  return self->password != NULL &&
         (refused == self->credentials || g_get_monotonic_time () >= self->renew_at);
}

/* With the lock held, and again when it returns. Several may find that it is time: one asks, the others wait for it. */
static gboolean
renew_token (StrataConsoleSession  *self,
             StrataConsoleRenew     renew,
             gpointer               renew_data,
             GCancellable          *cancellable,
             GError               **error)
{
  g_autofree char *email = g_strdup (self->email);
  g_autofree char *password = g_strdup (self->password);
  g_autofree char *org = g_strdup (self->org);

  self->is_renewing = TRUE;
  g_mutex_unlock (&self->mutex);

  StrataCredentials *token = renew (renew_data, email, password, org, cancellable, error);

  g_mutex_lock (&self->mutex);
  self->is_renewing = FALSE;
  g_cond_broadcast (&self->changed);

  /* Somebody may have signed out, or in as somebody else, in the meantime. */
  if (token != NULL && g_strcmp0 (self->password, password) == 0)
    take_token (self, token);
  else if (token != NULL)
    strata_credentials_unref (token);

  explicit_bzero (password, strlen (password));

  return token != NULL;
}

/**
 * strata_console_session_get:
 * @self: a session
 * @refused: (nullable): what the console did not accept
 * @renew: asks for a new token
 * @renew_data: for @renew
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `STRATA_ERROR_SIGN_IN` when nobody is signed in, or what @renew says
 *
 * Gets what to send, after having it renewed when it is about to end or was @refused. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the credentials, or %NULL with @error set
 */
StrataCredentials *
strata_console_session_get (StrataConsoleSession  *self,
                            StrataCredentials     *refused,
                            StrataConsoleRenew     renew,
                            gpointer               renew_data,
                            GCancellable          *cancellable,
                            GError               **error)
{
  g_return_val_if_fail (self != NULL && renew != NULL, NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (is_due (self, refused))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      if (self->is_renewing)
        g_cond_wait_until (&self->changed, &self->mutex, g_get_monotonic_time () + HEED);
      else if (!renew_token (self, renew, renew_data, cancellable, error))
        return NULL;
      else
        break;
    }

  if (self->credentials != NULL)
    return strata_credentials_ref (self->credentials);

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
                       _("Nobody is signed in at this console; sign in with a key or a password"));

  return NULL;
}

static char *
redact_password (StrataConsoleSession *self,
                 const char           *text)
{
  g_autoptr(GString) shown = g_string_new (text);

  if (self->password != NULL && *self->password != '\0')
    g_string_replace (shown, self->password, REDACTED, 0);

  return g_string_free (g_steal_pointer (&shown), FALSE);
}

/**
 * strata_console_session_redact:
 * @self: a session
 * @text: what a console said, as text and not as JSON: there a secret might be written otherwise
 *
 * Takes the key, the token and the password out of @text. Any thread.
 *
 * Returns: (transfer full): what may be shown
 */
char *
strata_console_session_redact (StrataConsoleSession *self,
                               const char           *text)
{
  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *first = strata_credentials_redact (self->credentials, text);
  g_autofree char *second = strata_credentials_redact (self->former, first);

  return redact_password (self, second);
}

/**
 * strata_console_session_note_sent:
 * @self: a session
 * @body: what is sent
 *
 * Keeps in memory the sensitive values in @body, to find them in what the console says. Any thread.
 */
void
strata_console_session_note_sent (StrataConsoleSession *self,
                                  JsonNode             *body)
{
  g_return_if_fail (self != NULL && body != NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  strata_console_sensitive_note (self->sent, body);
}

/**
 * strata_console_session_redact_sent:
 * @self: a session
 * @text: what a console said, as text and not as JSON
 *
 * Takes the sensitive values that were sent out of @text. Any thread.
 *
 * Returns: (transfer full): what may be shown
 */
char *
strata_console_session_redact_sent (StrataConsoleSession *self,
                                    const char           *text)
{
  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return strata_console_sensitive_redact (self->sent, text);
}
