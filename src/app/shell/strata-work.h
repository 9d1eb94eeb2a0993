/* strata-work.h - something that takes its time: how far it is, and a way to stop it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STRATA_TYPE_WORK (strata_work_get_type ())

G_DECLARE_FINAL_TYPE (StrataWork, strata_work, STRATA, WORK, GObject)

StrataWork   *strata_work_new             (const char  *label);

const char   *strata_work_get_label       (StrataWork  *self);
GCancellable *strata_work_get_cancellable (StrataWork  *self);
double        strata_work_get_fraction    (StrataWork  *self);
void          strata_work_set_progress    (StrataWork  *self,
                                           guint        n_done,
                                           guint        n_all);

G_END_DECLS
