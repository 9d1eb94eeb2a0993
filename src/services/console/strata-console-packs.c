/* strata-console-packs.c - registries and packs of a console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-packs.h"

#include <glib/gi18n-lib.h>

#include "strata-console-private.h"
#include "strata-error.h"


void
strata_console_registry_free (StrataConsoleRegistry *self)
{
  g_free (self);
}

void
strata_console_pack_free (StrataConsolePack *self)
{
  g_free (self);
}

void
strata_console_pack_version_free (StrataConsolePackVersion *self)
{
  g_free (self);
}

GPtrArray *
strata_console_list_registries (StrataConsole *self, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

GPtrArray *
strata_console_search_packs (StrataConsole *self, const StrataConsolePackFilter *filter, guint most, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

GPtrArray *
strata_console_list_pack_versions (StrataConsole *self, const char *name, const char *registry_uid, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

StrataPack *
strata_console_get_pack (StrataConsole *self, const char *uid, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

char *
strata_console_get_readme (StrataConsole *self, const char *uid, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

GBytes *
strata_console_get_logo (StrataConsole *self, const char *uid, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}
