/* strata-account-text.c - what an account is called where a person chooses and sees it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-account-text"

#include "strata-account-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

static const char *
get_project (StrataAccount *account)
{
  const char *project = strata_account_get (account, STRATA_ACCOUNT_PROJECT_NAME);

  return *project != '\0' ? project : _("Tenant");
}

static char *
dup_host (StrataAccount *account)
{
  const char *address = strata_account_get (account, STRATA_ACCOUNT_ADDRESS);
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL)
    return g_strdup (address);
  if (g_uri_get_port (uri) <= 0)
    return g_strdup (g_uri_get_host (uri));

  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

/**
 * strata_account_text_title:
 * @account: an account
 *
 * Returns: (transfer full): what stands over its places: "Northwind · Stores"
 */
char *
strata_account_text_title (StrataAccount *account)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (account), NULL);

  const char *name = strata_account_get (account, STRATA_ACCOUNT_NAME);
  const char *tenant = strata_account_get (account, STRATA_ACCOUNT_TENANT);
  g_autofree char *host = dup_host (account);

  if (*name != '\0')
    return g_strdup (name);

  return g_strdup_printf ("%s · %s", *tenant != '\0' ? tenant : host, get_project (account));
}

/**
 * strata_account_text_full:
 * @account: an account
 *
 * Returns: (transfer full): what it is chosen by: "console.example · Stores"
 */
char *
strata_account_text_full (StrataAccount *account)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (account), NULL);

  const char *name = strata_account_get (account, STRATA_ACCOUNT_NAME);
  g_autofree char *host = dup_host (account);

  if (*name != '\0')
    return g_strdup (name);

  return g_strdup_printf ("%s · %s", host, get_project (account));
}
