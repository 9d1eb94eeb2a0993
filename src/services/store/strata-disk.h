/* strata-disk.h - files that are there in full after a crash, or not at all
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that are written together: all are on the disk before any has its name. */
typedef struct _StrataDiskBatch StrataDiskBatch;

StrataDiskBatch *strata_disk_batch_new    (void);
gboolean         strata_disk_batch_add    (StrataDiskBatch  *self,
                                           const char       *path,
                                           const void       *data,
                                           gsize             size,
                                           GError          **error);
gboolean         strata_disk_batch_commit (StrataDiskBatch  *self,
                                           GError          **error);
gboolean         strata_disk_batch_is_named (StrataDiskBatch *self);
void             strata_disk_batch_free   (StrataDiskBatch  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDiskBatch, strata_disk_batch_free)

gboolean         strata_disk_make_folder  (const char       *path,
                                           GError          **error);
gboolean         strata_disk_sync_folder  (const char       *path,
                                           GError          **error);
char            *strata_disk_read         (const char       *path,
                                           gsize             max_size,
                                           gsize            *size,
                                           GError          **error);
gboolean         strata_disk_replace      (const char       *path,
                                           const void       *data,
                                           gsize             size,
                                           GError          **error);
gboolean         strata_disk_move         (const char       *from,
                                           const char       *to,
                                           GError          **error);
gboolean         strata_disk_remove       (const char       *path,
                                           GError          **error);
gboolean         strata_disk_is_temporary (const char       *name);

int              strata_disk_lock         (const char       *path,
                                           guint             wait_ms,
                                           GCancellable     *cancellable,
                                           GError          **error);

G_END_DECLS
