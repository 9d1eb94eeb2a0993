/* strata-console-profiles.c - the profiles of a console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-profiles.h"

#include <glib/gi18n-lib.h>

#include "strata-console-private.h"
#include "strata-error.h"


void
strata_console_profile_free (StrataConsoleProfile *self)
{
  g_free (self);
}

GPtrArray *
strata_console_list_profiles (StrataConsole *self, const StrataConsoleFilter *filter, StrataConsoleProgress progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

GPtrArray *
strata_console_list_versions (StrataConsole *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

char *
strata_console_find_profile (StrataConsole *self, const char *name, const char *version, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

StrataConsoleProfile *
strata_console_get_profile (StrataConsole *self, const char *uid, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

char *
strata_console_create_profile (StrataConsole *self, StrataProfile *profile, gboolean publish, char **audit, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

gboolean
strata_console_update_profile (StrataConsole *self, const char *uid, StrataProfile *profile, StrataProfile *base, char **audit, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}

gboolean
strata_console_publish_profile (StrataConsole *self, const char *uid, char **audit, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}

gboolean
strata_console_delete_profile (StrataConsole *self, const char *uid, char **audit, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}

char *
strata_console_clone_profile (StrataConsole *self, const char *uid, const char *name, const char *version, char **audit, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

gboolean
strata_console_validate_name (StrataConsole *self, const char *name, const char *version, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}

GPtrArray *
strata_console_validate_packs (StrataConsole *self, StrataProfile *profile, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

char *
strata_console_export_profile (StrataConsole *self, const char *uid, gboolean as_yaml, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

gboolean
strata_console_download_profile (StrataConsole *self, const char *uid, GOutputStream *sink, char **name, StrataHttpProgress progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return FALSE;
}
