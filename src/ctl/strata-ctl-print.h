/* strata-ctl-print.h - what stratactl says: tables, JSON, documents, warnings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "strata-entry.h"
#include "strata-profile.h"

G_BEGIN_DECLS

gboolean  strata_ctl_write        (const void   *data,
                                   gsize         size,
                                   GError      **error);
gboolean  strata_ctl_write_file   (const char   *path,
                                   const void   *data,
                                   gsize         size,
                                   GError      **error);
gboolean  strata_ctl_flush        (GError      **error);
void      strata_ctl_print        (const char   *format,
                                   ...) G_GNUC_PRINTF (1, 2);
void      strata_ctl_warn         (const char   *format,
                                   ...) G_GNUC_PRINTF (1, 2);
void      strata_ctl_warn_masked  (StrataProfile *profile);

gboolean  strata_ctl_print_object (JsonObject   *object,
                                   GError      **error);
gboolean  strata_ctl_print_list   (JsonArray    *list,
                                   GError      **error);

/* Rows of as many cells as there are headings; owns its texts. */
typedef struct _StrataCtlTable StrataCtlTable;

StrataCtlTable *strata_ctl_table_new   (const char      *first,
                                        ...) G_GNUC_NULL_TERMINATED;
void            strata_ctl_table_add   (StrataCtlTable  *self,
                                        const char      *first,
                                        ...) G_GNUC_NULL_TERMINATED;
void            strata_ctl_table_print (StrataCtlTable  *self);
void            strata_ctl_table_free  (StrataCtlTable  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCtlTable, strata_ctl_table_free)

const char *strata_ctl_state_to_string (StrataState state);
const char *strata_ctl_show_state (StrataEntry *entry);

guint     strata_ctl_measure      (const char   *text);
char     *strata_ctl_show_text    (const char   *text);
char     *strata_ctl_show_time    (gint64        time);
char     *strata_ctl_format_time  (gint64        time);

G_END_DECLS
