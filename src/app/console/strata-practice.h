/* strata-practice.h - the console to practise with: a program of our own that ends with us
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The id of the account of the sandbox. */
#define STRATA_PRACTICE_ID "sandbox"

/* A running sandbox. A value, but for strata_practice_is_running(); the program ends with the last reference. */
#define STRATA_TYPE_PRACTICE (strata_practice_get_type ())

G_DECLARE_FINAL_TYPE (StrataPractice, strata_practice, STRATA, PRACTICE, GObject)

StrataPractice *strata_practice_start               (const char       *folder,
                                                     guint             port,
                                                     GCancellable     *cancellable,
                                                     GError          **error);
const char     *strata_practice_get_address         (StrataPractice   *self);
const char     *strata_practice_get_api_key         (StrataPractice   *self);
const char     *strata_practice_get_pack_registry   (StrataPractice   *self);
const char     *strata_practice_get_helm_repository (StrataPractice   *self);
gboolean        strata_practice_is_running          (StrataPractice   *self);

char           *strata_practice_find_program        (GError          **error);

G_END_DECLS
