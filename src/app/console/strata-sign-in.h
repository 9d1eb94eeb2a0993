/* strata-sign-in.h - one try to sign in to a console: what was typed, and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-account.h"
#include "strata-console.h"

G_BEGIN_DECLS

/* Which part of a form a failure is about. */
typedef enum
{
  STRATA_SIGN_IN_ABOUT_ADDRESS,
  STRATA_SIGN_IN_ABOUT_CERTIFICATE,
  STRATA_SIGN_IN_ABOUT_SECRET,
} StrataSignInPart;

/**
 * StrataSignIn:
 *
 * What was typed. Touched by the worker only, once it runs. (all fields owned)
 */
typedef struct
{
  StrataAccount *account;  /* where, and who says it is */
  char          *secret;   /* the key or the password */
} StrataSignIn;

/**
 * StrataSignedIn:
 *
 * What came of it, counted. (all fields owned)
 */
typedef struct
{
  StrataConsole     *console;          /* signed in, seen from the tenant */
  StrataConsoleUser  user;
  GPtrArray         *projects;         /* of StrataConsoleProject */
  char              *keyring_problem;  /* (nullable): why nothing can be kept in the keyring */
} StrataSignedIn;

StrataSignIn     *strata_sign_in_new       (StrataAccount  *account,
                                            const char     *secret);
void              strata_sign_in_free      (gpointer        data);
gpointer          strata_sign_in_thread    (gpointer        data,
                                            GCancellable   *cancellable,
                                            GError        **error);
StrataSignInPart  strata_sign_in_get_part  (const GError   *error,
                                            const char     *ca_path);

StrataSignedIn   *strata_signed_in_ref     (StrataSignedIn *self);
void              strata_signed_in_unref   (gpointer        data);
char             *strata_signed_in_say_who (StrataSignedIn *self);

G_END_DECLS
