/* strata-credentials.c - who we are to one server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-credentials"

#include "strata-credentials.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"

#define REDACTED "[REDACTED]"
#define N_SECRETS 3

/* Made whole by its constructor, never changed after. */
struct _StrataCredentials
{
  char *name;                /* (owned) (not nullable) of the header */
  char *value;               /* (owned) (not nullable) of the header */
  char *secrets[N_SECRETS];  /* (owned) (nullable) what nobody may read, the longest first */
};

G_DEFINE_BOXED_TYPE (StrataCredentials, strata_credentials, strata_credentials_ref, strata_credentials_unref)

static StrataCredentials *
credentials_new (const char *name,
                 char       *value)
{
  StrataCredentials *self = g_atomic_rc_box_new0 (StrataCredentials);

  self->name = g_strdup (name);
  self->value = value;

  return self;
}

/* A line break in a header would be the begin of another header. */
static gboolean
is_header_text (const char *text)
{
  if (*text == '\0')
    return FALSE;

  for (; *text != '\0'; text++)
    if (!g_ascii_isprint (*text))
      return FALSE;

  return TRUE;
}

static StrataCredentials *
refuse (GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                       _("A key or token is one line of letters, digits and signs"));

  return NULL;
}

static gboolean
is_header_name (const char *name)
{
  return *name != '\0' &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == strlen (name);
}

/**
 * strata_credentials_new_basic:
 * @user: a name; it has no colon
 * @password: the password
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Makes what RFC 7617 calls Basic.
 *
 * Returns: (transfer full) (nullable): the credentials, or %NULL with @error set
 */
StrataCredentials *
strata_credentials_new_basic (const char  *user,
                              const char  *password,
                              GError     **error)
{
  g_return_val_if_fail (user != NULL && password != NULL, NULL);

  if (strchr (user, ':') != NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                           _("A user name has no colon in it"));
      return NULL;
    }

  g_autofree char *pair = g_strconcat (user, ":", password, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  StrataCredentials *self =
    credentials_new ("Authorization", g_strconcat ("Basic ", encoded, NULL));

  self->secrets[0] = g_steal_pointer (&encoded);
  self->secrets[1] = g_strdup (password);
  self->secrets[2] = g_uri_escape_string (password, NULL, FALSE);

  return self;
}

/**
 * strata_credentials_new_bearer:
 * @token: a token; white space around it, as it comes with a paste, does not count
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Makes what RFC 6750 calls Bearer.
 *
 * Returns: (transfer full) (nullable): the credentials, or %NULL with @error set
 */
StrataCredentials *
strata_credentials_new_bearer (const char  *token,
                               GError     **error)
{
  g_return_val_if_fail (token != NULL, NULL);

  g_autofree char *text = g_strstrip (g_strdup (token));

  if (!is_header_text (text))
    return refuse (error);

  StrataCredentials *self = credentials_new ("Authorization", g_strconcat ("Bearer ", text, NULL));

  self->secrets[0] = g_steal_pointer (&text);

  return self;
}

/**
 * strata_credentials_new_header:
 * @name: the name of a header, such as `ApiKey`
 * @value: what stands in it; white space around it does not count
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Returns: (transfer full) (nullable): the credentials, or %NULL with @error set
 */
StrataCredentials *
strata_credentials_new_header (const char  *name,
                               const char  *value,
                               GError     **error)
{
  g_return_val_if_fail (name != NULL && value != NULL, NULL);

  g_autofree char *text = g_strstrip (g_strdup (value));

  if (!is_header_name (name) || !is_header_text (text))
    return refuse (error);

  StrataCredentials *self = credentials_new (name, g_steal_pointer (&text));

  self->secrets[0] = g_strdup (self->value);

  return self;
}

/**
 * strata_credentials_ref:
 * @self: credentials
 *
 * Returns: (transfer full): @self
 */
StrataCredentials *
strata_credentials_ref (StrataCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
credentials_clear (gpointer data)
{
  StrataCredentials *self = data;

  for (guint i = 0; i < N_SECRETS; i++)
    g_clear_pointer (&self->secrets[i], g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->value, g_free);
}

/**
 * strata_credentials_unref:
 * @self: (transfer full): credentials
 */
void
strata_credentials_unref (StrataCredentials *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, credentials_clear);
}

/**
 * strata_credentials_get_name:
 * @self: credentials
 *
 * Returns: (not nullable): the header that they stand in
 */
const char *
strata_credentials_get_name (StrataCredentials *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->name;
}

/**
 * strata_credentials_get_value:
 * @self: credentials
 *
 * Returns: (not nullable): what stands in the header; it is secret
 */
const char *
strata_credentials_get_value (StrataCredentials *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->value;
}

/**
 * strata_credentials_redact:
 * @self: (nullable): credentials
 * @text: what a server said
 *
 * Takes out of @text what @self keeps secret, in whatever form it was sent.
 *
 * Returns: (transfer full): the text that may be shown
 */
char *
strata_credentials_redact (StrataCredentials *self,
                           const char        *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr(GString) shown = g_string_new (text);

  for (guint i = 0; self != NULL && i < N_SECRETS; i++)
    if (self->secrets[i] != NULL && *self->secrets[i] != '\0')
      g_string_replace (shown, self->secrets[i], REDACTED, 0);

  return g_string_free (g_steal_pointer (&shown), FALSE);
}
