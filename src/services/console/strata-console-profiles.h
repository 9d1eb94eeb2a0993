/* strata-console-profiles.h - the profiles of a console: list, read, write, publish, download
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-console-entry.h"
#include "strata-console.h"
#include "strata-profile.h"

G_BEGIN_DECLS

/**
 * StrataConsoleFilter:
 * @type: (nullable): `system`, `add-on`, `infra` or `cluster`; %NULL for all
 * @name: (nullable): a part of the name, in letters of any size
 *
 * Which profiles to list, filled by the names of its members.
 */
typedef struct
{
  const char *type;
  const char *name;
} StrataConsoleFilter;

/**
 * StrataConsoleProgress:
 * @done: how many are there
 * @total: how many it will be; the console's guess, which may change on the way
 * @data: what was given with it
 *
 * Called in the thread that asks.
 */
typedef void (* StrataConsoleProgress) (guint    done,
                                        guint    total,
                                        gpointer data);

/**
 * StrataConsoleArrival:
 * @entries: (element-type StrataConsoleEntry): what of a list is there by now, in its order
 * @total: how many it will be; the console's guess, which may change on the way
 * @data: what was given with it
 *
 * Called in the thread that asks.
 */
typedef void (* StrataConsoleArrival) (GPtrArray *entries,
                                       guint      total,
                                       gpointer   data);

/**
 * StrataConsoleProfile:
 * @profile: what a person works on: the draft when there is one, else what is published
 * @published: (nullable): what appliances get
 * @revision: the number of what is published, 0 when nothing is
 * @is_published: whether there is a published revision
 * @has_draft: whether there are edits that are not published
 * @in_use: how many clusters the console knows to use it
 * @modified: when it was changed, in µs since 1970; 0 when the console does not say
 * @modified_text: the same as the console writes it, to find out whether it was changed since; "" when it does not say
 *
 * One version of a profile, whole: with the content of its manifests and its variables, in which the defaults of
 * sensitive ones are %STRATA_PALETTE_MASK. `STRATA_PROFILE_UID` and `STRATA_PROFILE_PROJECT_UID` are set; what the
 * console counts and stamps for itself is not part of it, so that two readings of what nobody changed are equal. All
 * fields are owned.
 */
typedef struct
{
  StrataProfile *profile;
  StrataProfile *published;
  guint          revision;
  gboolean       is_published;
  gboolean       has_draft;
  guint          in_use;
  gint64         modified;
  char          *modified_text;
} StrataConsoleProfile;

void strata_console_profile_free (StrataConsoleProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConsoleProfile, strata_console_profile_free)

GPtrArray            *strata_console_list_profiles    (StrataConsole              *self,
                                                       const StrataConsoleFilter  *filter,
                                                       StrataConsoleArrival        arrived,
                                                       gpointer                    arrived_data,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);
GPtrArray            *strata_console_list_versions    (StrataConsole              *self,
                                                       const char                 *name,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);
char                 *strata_console_find_profile     (StrataConsole              *self,
                                                       const char                 *name,
                                                       const char                 *version,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);
StrataConsoleProfile *strata_console_get_profile      (StrataConsole              *self,
                                                       const char                 *uid,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);

char                 *strata_console_create_profile   (StrataConsole              *self,
                                                       StrataProfile              *profile,
                                                       gboolean                    publish,
                                                       char                      **audit,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);
gboolean              strata_console_update_profile   (StrataConsole              *self,
                                                       const char                 *uid,
                                                       StrataProfile              *profile,
                                                       StrataProfile              *base,
                                                       char                      **audit,
                                                       char                      **hidden,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);
gboolean              strata_console_publish_profile  (StrataConsole              *self,
                                                       const char                 *uid,
                                                       char                      **audit,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);
gboolean              strata_console_delete_profile   (StrataConsole              *self,
                                                       const char                 *uid,
                                                       char                      **audit,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);
char                 *strata_console_clone_profile    (StrataConsole              *self,
                                                       const char                 *uid,
                                                       const char                 *name,
                                                       const char                 *version,
                                                       char                      **audit,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);

gboolean              strata_console_validate_name    (StrataConsole              *self,
                                                       const char                 *name,
                                                       const char                 *version,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);
GPtrArray            *strata_console_validate_packs   (StrataConsole              *self,
                                                       StrataProfile              *profile,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);

char                 *strata_console_export_profile   (StrataConsole              *self,
                                                       const char                 *uid,
                                                       gboolean                    as_yaml,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);
gboolean              strata_console_download_profile (StrataConsole              *self,
                                                       const char                 *uid,
                                                       GOutputStream              *sink,
                                                       char                      **name,
                                                       StrataHttpProgress          progress,
                                                       gpointer                    progress_data,
                                                       GCancellable               *cancellable,
                                                       GError                    **error);

G_END_DECLS
