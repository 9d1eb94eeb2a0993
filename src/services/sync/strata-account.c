/* strata-account.c - one console that a person added: where it is and who they are there, never a secret
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-account"

#include "strata-account.h"

#include <glib/gi18n-lib.h>

#include "strata-console.h"

struct _StrataAccount
{
  GObject            parent_instance;
  char              *texts[STRATA_ACCOUNT_N_FIELDS];  /* (owned) (not nullable) */
  StrataAccountKind  kind;
  gint64             seen;                            /* in microseconds since 1970, 0 for never */
};

G_DEFINE_FINAL_TYPE (StrataAccount, strata_account, G_TYPE_OBJECT)

static void
strata_account_finalize (GObject *object)
{
  StrataAccount *self = STRATA_ACCOUNT (object);

  for (guint i = 0; i < STRATA_ACCOUNT_N_FIELDS; i++)
    g_clear_pointer (&self->texts[i], g_free);

  G_OBJECT_CLASS (strata_account_parent_class)->finalize (object);
}

static void
strata_account_class_init (StrataAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_account_finalize;
}

static void
strata_account_init (StrataAccount *self)
{
  for (guint i = 0; i < STRATA_ACCOUNT_N_FIELDS; i++)
    self->texts[i] = g_strdup ("");
}

static StrataAccount *
copy (StrataAccount *self)
{
  StrataAccount *other = g_object_new (STRATA_TYPE_ACCOUNT, NULL);

  for (guint i = 0; i < STRATA_ACCOUNT_N_FIELDS; i++)
    {
      g_free (other->texts[i]);
      other->texts[i] = g_strdup (self->texts[i]);
    }

  other->kind = self->kind;
  other->seen = self->seen;

  return other;
}

/**
 * strata_account_new:
 * @address: of a console, as a person types it
 * @kind: what the secret is
 * @error: return location for a %STRATA_ERROR_INVALID when that is no address that a secret may go to
 *
 * Makes an account of all the projects of a console. Nothing is asked of it.
 *
 * Returns: (transfer full) (nullable): the account, or %NULL with @error set
 */
StrataAccount *
strata_account_new (const char         *address,
                    StrataAccountKind   kind,
                    GError            **error)
{
  g_return_val_if_fail (address != NULL, NULL);

  g_autoptr(StrataConsole) console = strata_console_new (address, NULL, NULL, error);

  if (console == NULL)
    return NULL;

  StrataAccount *self = g_object_new (STRATA_TYPE_ACCOUNT, NULL);

  g_free (self->texts[STRATA_ACCOUNT_ADDRESS]);
  self->texts[STRATA_ACCOUNT_ADDRESS] = g_strdup (strata_console_get_address (console));
  self->kind = kind;

  return self;
}

/**
 * strata_account_with:
 * @self: an account
 * @field: which text
 * @value: (nullable): what it is to be; %NULL for ""
 *
 * Returns: (transfer full): the same account but for that
 */
StrataAccount *
strata_account_with (StrataAccount      *self,
                     StrataAccountField  field,
                     const char         *value)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self) && field < STRATA_ACCOUNT_N_FIELDS, NULL);

  StrataAccount *other = copy (self);

  g_free (other->texts[field]);
  other->texts[field] = g_strdup (value != NULL ? value : "");

  return other;
}

/**
 * strata_account_with_seen:
 * @self: an account
 * @seen: when its console last answered, in microseconds since 1970
 *
 * Returns: (transfer full): the same account but for that
 */
StrataAccount *
strata_account_with_seen (StrataAccount *self,
                          gint64         seen)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self), NULL);

  StrataAccount *other = copy (self);

  other->seen = seen;

  return other;
}

/**
 * strata_account_get:
 * @self: an account
 * @field: which text
 *
 * Returns: (transfer none): the text, "" for none
 */
const char *
strata_account_get (StrataAccount      *self,
                    StrataAccountField  field)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self) && field < STRATA_ACCOUNT_N_FIELDS, NULL);

  return self->texts[field];
}

/**
 * strata_account_get_id:
 * @self: an account
 *
 * Returns: (transfer none): what names its workspace, for strata_store_open_workspace(); "" when it was not added
 */
const char *
strata_account_get_id (StrataAccount *self)
{
  return strata_account_get (self, STRATA_ACCOUNT_ID);
}

/**
 * strata_account_get_kind:
 * @self: an account
 *
 * Returns: what its secret is
 */
StrataAccountKind
strata_account_get_kind (StrataAccount *self)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self), STRATA_ACCOUNT_KEY);

  return self->kind;
}

/**
 * strata_account_get_seen:
 * @self: an account
 *
 * Returns: when its console last answered, in microseconds since 1970; 0 for never
 */
gint64
strata_account_get_seen (StrataAccount *self)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self), 0);

  return self->seen;
}

/**
 * strata_account_dup_title:
 * @self: an account
 *
 * Returns: (transfer full): what a person calls it: the name they gave, or project and host
 */
char *
strata_account_dup_title (StrataAccount *self)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self), NULL);

  g_autoptr(GUri) uri = g_uri_parse (self->texts[STRATA_ACCOUNT_ADDRESS], G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : self->texts[STRATA_ACCOUNT_ADDRESS];
  const char *project = self->texts[STRATA_ACCOUNT_PROJECT_NAME];

  if (*project == '\0')
    project = self->texts[STRATA_ACCOUNT_PROJECT_UID];

  if (*self->texts[STRATA_ACCOUNT_NAME] != '\0')
    return g_strdup (self->texts[STRATA_ACCOUNT_NAME]);

  /* Translators: a project, and the console it is at */
  return *project != '\0' ? g_strdup_printf (_("%s at %s"), project, host) : g_strdup (host);
}

/**
 * strata_account_equal:
 * @self: an account
 * @other: another
 *
 * Returns: whether both say the same
 */
gboolean
strata_account_equal (StrataAccount *self,
                      StrataAccount *other)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (self) && STRATA_IS_ACCOUNT (other), FALSE);

  for (guint i = 0; i < STRATA_ACCOUNT_N_FIELDS; i++)
    if (!g_str_equal (self->texts[i], other->texts[i]))
      return FALSE;

  return self->kind == other->kind && self->seen == other->seen;
}
