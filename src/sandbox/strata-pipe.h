/* strata-pipe.h - one template of Palette: what it names, and the functions its value goes through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `.spectro.var.port | default "80" | quote`. Lives on the stack; all zero is empty. */
typedef struct
{
  char      *reference;  /* (owned): begins with ".spectro." */
  GPtrArray *steps;      /* (owned) (element-type GStrv): a function and its arguments each */
} StrataPipe;

gboolean strata_pipe_read        (StrataPipe        *self,
                                  const char        *expression,
                                  GError           **error);
gboolean strata_pipe_has_default (const StrataPipe  *self);
char    *strata_pipe_run         (const StrataPipe  *self,
                                  const char        *value,
                                  GError           **error);
void     strata_pipe_clear       (StrataPipe        *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataPipe, strata_pipe_clear)

G_END_DECLS
