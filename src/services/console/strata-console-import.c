/* strata-console-import.c - brings a profile to a console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-import.h"

#include <glib/gi18n-lib.h>

#include "strata-console-private.h"
#include "strata-error.h"

struct _StrataConsoleImport
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (StrataConsoleImport, strata_console_import, G_TYPE_OBJECT)

static void
strata_console_import_class_init (StrataConsoleImportClass *klass)
{
}

static void
strata_console_import_init (StrataConsoleImport *self)
{
}

StrataConsoleImport *
strata_console_validate_import (StrataConsole *self, StrataProfile *profile, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

char *
strata_console_import (StrataConsole *self, StrataConsoleImport *import, gboolean publish, char **audit, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SERVER, "not there yet");

  return NULL;
}

StrataProfile *
strata_console_import_get_profile (StrataConsoleImport *self)
{
  return NULL;
}

void
strata_console_import_set_profile (StrataConsoleImport *self, StrataProfile *profile)
{
}

GPtrArray *
strata_console_import_get_matches (StrataConsoleImport *self, guint layer)
{
  return NULL;
}

gboolean
strata_console_import_choose (StrataConsoleImport *self, guint layer, const char *registry_uid)
{
  return FALSE;
}

gboolean
strata_console_import_is_open (StrataConsoleImport *self, guint layer)
{
  return FALSE;
}

GPtrArray *
strata_console_import_get_masked (StrataConsoleImport *self)
{
  return NULL;
}
