/* strata-store.h - every profile on this disk: nothing that was reported saved is ever lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-entry.h"
#include "strata-profile.h"
#include "strata-revision.h"

G_BEGIN_DECLS

/* How long an object that nothing names is kept: 30 days. */
#define STRATA_STORE_KEEP_SECONDS (30 * 24 * 60 * 60)

/* The workspace that no console has a part in. */
#define STRATA_STORE_LOCAL "local"

#define STRATA_TYPE_STORE (strata_store_get_type ())

G_DECLARE_FINAL_TYPE (StrataStore, strata_store, STRATA, STORE, GObject)

StrataStore   *strata_store_open          (const char     *data_dir,
                                           GError        **error);
StrataStore   *strata_store_open_workspace (const char    *data_dir,
                                           const char     *workspace,
                                           GError        **error);
const char    *strata_store_get_path      (StrataStore    *self);
const char    *strata_store_get_workspace (StrataStore    *self);
const char    *strata_store_get_workspace_path (StrataStore *self);
const char    *strata_store_get_profiles_path (StrataStore *self);
const char    *strata_store_get_trash_path (StrataStore    *self);

GPtrArray     *strata_store_list          (StrataStore    *self,
                                           GCancellable   *cancellable,
                                           GError        **error);
GPtrArray     *strata_store_list_trash    (StrataStore    *self,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataEntry   *strata_store_get_entry     (StrataStore    *self,
                                           const char     *id,
                                           GError        **error);
char          *strata_store_resolve       (StrataStore    *self,
                                           const char     *name_or_id,
                                           GError        **error);

StrataProfile *strata_store_load          (StrataStore    *self,
                                           const char     *id,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataProfile *strata_store_checkout      (StrataStore    *self,
                                           const char     *id,
                                           char          **head,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataProfile *strata_store_peek          (StrataStore    *self,
                                           const char     *id,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataProfile *strata_store_load_revision (StrataStore    *self,
                                           const char     *id,
                                           const char     *digest,
                                           GCancellable   *cancellable,
                                           GError        **error);
GPtrArray     *strata_store_list_history  (StrataStore    *self,
                                           const char     *id,
                                           GCancellable   *cancellable,
                                           GError        **error);

StrataProfile *strata_store_save          (StrataStore    *self,
                                           StrataProfile  *profile,
                                           StrataReason    reason,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataProfile *strata_store_commit        (StrataStore    *self,
                                           StrataProfile  *profile,
                                           StrataReason    reason,
                                           char          **head,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataProfile *strata_store_commit_texts (StrataStore    *self,
                                           StrataProfile  *profile,
                                           StrataReason    reason,
                                           char          **head,
                                           GCancellable   *cancellable,
                                           GError        **error);
void           strata_store_commit_secrets (StrataStore   *self,
                                           StrataProfile  *profile,
                                           StrataReason    reason,
                                           GCancellable   *cancellable);
StrataProfile *strata_store_save_over     (StrataStore    *self,
                                           StrataProfile  *profile,
                                           StrataReason    reason,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataProfile *strata_store_save_draft    (StrataStore    *self,
                                           StrataProfile  *profile,
                                           guint           step,
                                           GCancellable   *cancellable,
                                           GError        **error);
gboolean       strata_store_put_aside     (StrataStore    *self,
                                           const char     *id,
                                           StrataProfile  *aside,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataProfile *strata_store_get_aside     (StrataStore    *self,
                                           const char     *id,
                                           GCancellable   *cancellable,
                                           GError        **error);
GPtrArray     *strata_store_list_problems (StrataStore    *self,
                                           const char     *id);

gboolean       strata_store_trash         (StrataStore    *self,
                                           const char     *id,
                                           GError        **error);
gboolean       strata_store_restore       (StrataStore    *self,
                                           const char     *id,
                                           GError        **error);
gboolean       strata_store_purge         (StrataStore    *self,
                                           const char     *id,
                                           GError        **error);
gboolean       strata_store_collect       (StrataStore    *self,
                                           gint64          older_than_seconds,
                                           guint64        *freed,
                                           GCancellable   *cancellable,
                                           GError        **error);
gboolean       strata_store_tidy          (StrataStore    *self,
                                           GCancellable   *cancellable,
                                           GError        **error);
GPtrArray     *strata_store_check         (StrataStore    *self,
                                           GCancellable   *cancellable,
                                           GError        **error);

G_END_DECLS
