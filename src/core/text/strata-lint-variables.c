/* strata-lint-variables.c - variables that are used and not there, or that do not keep their own rules
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-lint"

#include "strata-lint-private.h"

#include <glib/gi18n-lib.h>

#include "strata-variable-check.h"
#include "strata-variable-use.h"

/* Variables of the profile that are used and are none of @declared. */
void
strata_lint_variables (StrataLint *self,
                       GHashTable *declared)
{
  g_autoptr(GPtrArray) uses = strata_variable_find_in_text (self->text);

  for (guint i = 0; i < uses->len; i++)
    {
      const StrataVariableUse *use = g_ptr_array_index (uses, i);

      if (g_hash_table_contains (declared, use->name))
        continue;

      strata_lint_add (
        self,
        strata_problem_new (
          STRATA_SEVERITY_WARNING, use->line, use->column, use->length, _("Variables"),
          _("The profile has no variable “%s”; add it, or correct the name"), use->name));
    }
}

/* What a console would refuse. */
void
strata_lint_declared (GPtrArray      *problems,
                      GPtrArray      *variables,
                      StrataVariable *variable)
{
  const char *name = strata_variable_get_name (variable);
  g_autoptr(GError) error = NULL;

  if (!strata_variable_check (variable, &error) ||
      !strata_variable_check_names (variable, variables, variable, &error))
    g_ptr_array_add (problems,
                     strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0, _("Variables"),
                                         /* Translators: the name of a variable, and what is wrong with it */
                                         _("Variable “%s”: %s"), name, error->message));
  else if ((strata_variable_get_flags (variable) & STRATA_VARIABLE_REQUIRED) != 0 &&
           !strata_variable_has_default (variable))
    g_ptr_array_add (
      problems,
      strata_problem_new (STRATA_SEVERITY_NOTE, 0, 0, 0, _("Variables"),
                          _("The variable “%s” has no value; each appliance has to give one"),
                          name));
}
