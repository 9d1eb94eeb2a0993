/* strata-store-secrets.h - the defaults of sensitive variables: in the keyring, never in a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-store-private.h"

G_BEGIN_DECLS

GHashTable    *strata_store_get_kept_secrets (StrataStore    *self,
                                              StrataProfile  *profile);
StrataProfile *strata_store_add_secrets      (StrataStore    *self,
                                              StrataProfile  *profile,
                                              GPtrArray      *names,
                                              GCancellable   *cancellable);
void           strata_store_keep_secrets     (StrataStore    *self,
                                              StrataProfile  *profile,
                                              StrataReason    reason,
                                              GCancellable   *cancellable);

G_END_DECLS
