/* strata-editor-title.c - what stands above an open profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-title"

#include "strata-editor-title.h"

#include <glib/gi18n.h>

/* "retail-edge 2.4.0"; @editing is NULL until the profile is read */
char *
strata_editor_title_make (StrataEditing *editing)
{
  if (editing == NULL)
    return g_strdup (_("Opening…"));

  StrataProfile *profile = strata_editing_get_profile (editing);

  return g_strdup_printf ("%s %s", strata_profile_get_name (profile),
                          strata_profile_get_version (profile));
}

/* "On this computer · 3 changes since 10:42"; @base_time is when what they are counted from was saved */
char *
strata_editor_title_describe (StrataEditing *editing,
                              gint64         base_time)
{
  StrataChecker *checker = editing != NULL ? strata_editing_get_checker (editing) : NULL;
  guint n_changes = checker != NULL ? strata_checker_get_n_changes (checker) : 0;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (base_time);

  if (editing == NULL || then == NULL)
    return g_strdup (_("On this computer"));

  if (n_changes == 0)
    return g_strdup (
      strata_saver_get_state (strata_editing_get_saver (editing)) == STRATA_SAVER_SAVED
      ? _("On this computer · All saved")
      : _("On this computer"));

  gboolean today = g_date_time_to_unix (now) - base_time < G_TIME_SPAN_DAY / G_USEC_PER_SEC;
  g_autofree char *since = g_date_time_format (then, today ? _("%H:%M") : _("%-d %B %Y"));

  return g_strdup_printf (ngettext ("On this computer · %u change since %s",
                                    "On this computer · %u changes since %s", n_changes),
                          n_changes, since);
}
