/* strata-account.h - one console that a person added: where it is and who they are there, never a secret
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StrataAccountField:
 * @STRATA_ACCOUNT_ID: names its workspace on this disk; "" until strata_account_add()
 * @STRATA_ACCOUNT_NAME: as a person calls it; "" for strata_account_get_title()'s own words
 * @STRATA_ACCOUNT_ADDRESS: of the console, as `https://console.example`
 * @STRATA_ACCOUNT_PROJECT_UID: the project, "" for all of the tenant
 * @STRATA_ACCOUNT_PROJECT_NAME: what that project is called
 * @STRATA_ACCOUNT_TENANT: what the organization is called, where it can be read
 * @STRATA_ACCOUNT_ORG: the organization that a password sign-in names, "" for none
 * @STRATA_ACCOUNT_USER: the uid of the user
 * @STRATA_ACCOUNT_EMAIL: the e-mail address of the user, where it can be read
 * @STRATA_ACCOUNT_CA_FILE: a file of certificates to trust there as well, "" for none
 *
 * The texts of an account.
 */
typedef enum
{
  STRATA_ACCOUNT_ID,
  STRATA_ACCOUNT_NAME,
  STRATA_ACCOUNT_ADDRESS,
  STRATA_ACCOUNT_PROJECT_UID,
  STRATA_ACCOUNT_PROJECT_NAME,
  STRATA_ACCOUNT_TENANT,
  STRATA_ACCOUNT_ORG,
  STRATA_ACCOUNT_USER,
  STRATA_ACCOUNT_EMAIL,
  STRATA_ACCOUNT_CA_FILE,
} StrataAccountField;

#define STRATA_ACCOUNT_N_FIELDS (STRATA_ACCOUNT_CA_FILE + 1)

/**
 * StrataAccountKind:
 * @STRATA_ACCOUNT_KEY: the secret is an API key
 * @STRATA_ACCOUNT_PASSWORD: the secret is the password of @STRATA_ACCOUNT_EMAIL
 */
typedef enum
{
  STRATA_ACCOUNT_KEY,
  STRATA_ACCOUNT_PASSWORD,
} StrataAccountKind;

#define STRATA_TYPE_ACCOUNT (strata_account_get_type ())

G_DECLARE_FINAL_TYPE (StrataAccount, strata_account, STRATA, ACCOUNT, GObject)

StrataAccount     *strata_account_new           (const char          *address,
                                                 StrataAccountKind    kind,
                                                 GError             **error);
StrataAccount     *strata_account_with          (StrataAccount       *self,
                                                 StrataAccountField   field,
                                                 const char          *value);
StrataAccount     *strata_account_with_seen     (StrataAccount       *self,
                                                 gint64               seen);

const char        *strata_account_get           (StrataAccount       *self,
                                                 StrataAccountField   field);
const char        *strata_account_get_id        (StrataAccount       *self);
StrataAccountKind  strata_account_get_kind      (StrataAccount       *self);
gint64             strata_account_get_seen      (StrataAccount       *self);
char              *strata_account_dup_title     (StrataAccount       *self);
gboolean           strata_account_equal         (StrataAccount       *self,
                                                 StrataAccount       *other);

G_END_DECLS
