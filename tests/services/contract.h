/* contract.h - checks what a client asks of a console, and what the console answers, against the published description
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Any thread; several may check at once. */
typedef struct _Contract Contract;

Contract *contract_open          (void);
void      contract_free          (Contract     *self);

gboolean  contract_check_request (Contract     *self,
                                  const char   *method,
                                  const char   *path,
                                  const char   *query,
                                  const char   *body,
                                  GError      **error);
gboolean  contract_check_reply   (Contract     *self,
                                  const char   *method,
                                  const char   *path,
                                  guint         status,
                                  const char   *body,
                                  GError      **error);
gboolean  contract_check_example (Contract     *self,
                                  const char   *definition,
                                  const char   *body,
                                  GError      **error);
char     *contract_dup_operation (Contract     *self,
                                  const char   *method,
                                  const char   *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Contract, contract_free)

G_END_DECLS
