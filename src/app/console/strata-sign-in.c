/* strata-sign-in.c - one try to sign in to a console: what was typed, and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sign-in"

#include "strata-sign-in.h"

#include <glib/gi18n.h>

#include "strata-accounts.h"
#include "strata-connection.h"
#include "strata-error.h"
#include "strata-secrets.h"

/* No secret has this name: asking for it says whether there is a keyring. */
#define NOBODY "io.github.stratadesk.Strata.Nobody"

StrataSignIn *
strata_sign_in_new (StrataAccount *account,
                    const char    *secret)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (account), NULL);

  StrataSignIn *self = g_new0 (StrataSignIn, 1);

  self->account = g_object_ref (account);
  self->secret = g_strdup (secret);

  return self;
}

void
strata_sign_in_free (gpointer data)
{
  StrataSignIn *self = data;

  g_object_unref (self->account);
  g_free (self->secret);
  g_free (self);
}

static void
signed_in_clear (gpointer data)
{
  StrataSignedIn *self = data;

  g_clear_object (&self->console);
  strata_console_user_clear (&self->user);
  g_clear_pointer (&self->projects, g_ptr_array_unref);
  g_free (self->keyring_problem);
}

StrataSignedIn *
strata_signed_in_ref (StrataSignedIn *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
strata_signed_in_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, signed_in_clear);
}

/* A keyring that is locked or absent is no reason not to sign in: it is said, and then asked for each time. */
static char *
find_keyring_problem (GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *nothing = strata_secrets_lookup_key (NOBODY, _("console"), cancellable, &error);

  return error != NULL && !g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND) ? g_strdup (error->message)
                                                                                         : NULL;
}

/* Runs in a worker thread. Returns a StrataSignedIn. */
gpointer
strata_sign_in_thread (gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  StrataSignIn *self = data;
  g_autoptr(StrataConsole) console = strata_account_open (self->account, self->secret, cancellable, error);
  g_auto(StrataConsoleUser) user = { NULL };

  if (console != NULL)
    strata_connection_hurry (console);
  if (console == NULL || !strata_console_who (console, &user, cancellable, error))
    return NULL;

  g_autoptr(GPtrArray) projects = strata_console_list_projects (console, cancellable, error);
  if (projects == NULL)
    return NULL;

  StrataSignedIn *signed_in = g_atomic_rc_box_new0 (StrataSignedIn);

  signed_in->console = g_steal_pointer (&console);
  signed_in->user = user;
  user = (StrataConsoleUser){ NULL };
  signed_in->projects = g_steal_pointer (&projects);
  signed_in->keyring_problem = find_keyring_problem (cancellable);

  return signed_in;
}

/* Next to what a failure is said: a key that is refused is not about the address, and the other way round. */
StrataSignInPart
strata_sign_in_get_part (const GError *error,
                         const char   *ca_path)
{
  g_return_val_if_fail (error != NULL, STRATA_SIGN_IN_ABOUT_ADDRESS);

  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN) ||
      g_error_matches (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN))
    return STRATA_SIGN_IN_ABOUT_SECRET;

  if (ca_path != NULL && (error->domain == G_TLS_ERROR || error->domain == G_FILE_ERROR || error->domain == G_IO_ERROR))
    return STRATA_SIGN_IN_ABOUT_CERTIFICATE;

  return STRATA_SIGN_IN_ABOUT_ADDRESS;
}

/**
 * strata_signed_in_say_who:
 * @self: what came of a try
 *
 * Returns: (transfer full): who is signed in, in words
 */
char *
strata_signed_in_say_who (StrataSignedIn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  const char *email = self->user.email;
  const char *org = self->user.org != NULL && *self->user.org != '\0' ? self->user.org : NULL;

  if (email != NULL && *email != '\0' && org != NULL)
    return g_strdup_printf (_("Signed in as %s of %s"), email, org);
  if (email != NULL && *email != '\0')
    return g_strdup_printf (_("Signed in as %s"), email);
  if (org != NULL)
    return g_strdup_printf (_("Signed in to %s"), org);

  return g_strdup (_("Signed in"));
}
