/* strata-console-entry.c - one profile in the list of a console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-entry.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (StrataConsoleEntry, strata_console_entry, strata_console_entry_copy, strata_console_entry_free)

/**
 * strata_console_entry_copy:
 * @self: an entry
 *
 * Returns: (transfer full): a copy of it
 */
StrataConsoleEntry *
strata_console_entry_copy (const StrataConsoleEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  StrataConsoleEntry *copy = g_new (StrataConsoleEntry, 1);

  *copy = *self;
  copy->uid = g_strdup (self->uid);
  copy->name = g_strdup (self->name);
  copy->version = g_strdup (self->version);
  copy->description = g_strdup (self->description);
  copy->project_uid = g_strdup (self->project_uid);
  copy->type = g_strdup (self->type);
  copy->tags = g_strdupv (self->tags);
  copy->kinds = g_memdup2 (self->kinds, self->n_layers * sizeof *self->kinds);

  return copy;
}

/**
 * strata_console_entry_free:
 * @self: (transfer full): an entry
 */
void
strata_console_entry_free (StrataConsoleEntry *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->uid);
  g_free (self->name);
  g_free (self->version);
  g_free (self->description);
  g_free (self->project_uid);
  g_free (self->type);
  g_strfreev (self->tags);
  g_free (self->kinds);
  g_free (self);
}
