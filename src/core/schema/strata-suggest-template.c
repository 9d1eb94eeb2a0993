/* strata-suggest-template.c - what could stand between `{{` and `}}`, and what it means
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-knowledge"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-knowledge-private.h"

#define VARIABLE ".spectro.var."

/* The macros of the console. */
static const struct
{
  const char *name;
  const char *description;
} macros[] = {
  { ".spectro.system.user.name", N_("The name of the user who makes the cluster") },
  { ".spectro.system.user.uid", N_("The identifier of the user who makes the cluster") },
  { ".spectro.system.user.email", N_("The mail address of the user who makes the cluster") },
  { ".spectro.system.tenant.uid", N_("The identifier of the tenant") },
  { ".spectro.system.project.name", N_("The name of the project that the cluster is in") },
  { ".spectro.system.project.uid", N_("The identifier of the project that the cluster is in") },
  { ".spectro.system.clusterprofile.name", N_("The name of this profile") },
  { ".spectro.system.clusterprofile.uid", N_("The identifier of this profile") },
  { ".spectro.system.clusterprofile.version", N_("The version of this profile") },
  { ".spectro.system.clusterprofile.infra.name", N_("The name of the cluster's infrastructure profile") },
  { ".spectro.system.clusterprofile.infra.uid", N_("The identifier of the cluster's infrastructure profile") },
  { ".spectro.system.clusterprofile.infra.version", N_("The version of the cluster's infrastructure profile") },
  { ".spectro.system.cluster.name", N_("The name of the cluster") },
  { ".spectro.system.cluster.uid", N_("The identifier of the cluster") },
  { ".spectro.system.cluster.kubevip", N_("The virtual address of the cluster's control plane") },
  { ".spectro.system.cloudaccount.name", N_("The name of the cloud account") },
  { ".spectro.system.cloudaccount.uid", N_("The identifier of the cloud account") },
  { ".spectro.system.kubernetes.version", N_("The version of Kubernetes in the cluster") },
  { ".spectro.system.reverseproxy.server", N_("The host of the reverse proxy") },
  { ".spectro.system.reverseproxy.port", N_("The port of the reverse proxy") },
  { ".spectro.system.reverseproxy.protocol", N_("The protocol of the reverse proxy") },
  { ".spectro.system.reverseproxy.vhostport", N_("The port of virtual hosts at the reverse proxy") },
  { ".spectro.system.cloud.type", N_("The kind of cloud that the cluster is in") },
  { ".spectro.system.cloud.region", N_("The region of the cloud that the cluster is in") },
};

/* What is typed of a template so far begins at the macro; what closes it is added, where it is not there. */
static void
add_macro (StrataSuggest *self,
           const char    *name,
           const char    *detail,
           const char    *description)
{
  strata_suggest_add (self, STRATA_SUGGESTION_MACRO, name, name, detail, description);
}

static const char *
describe_variable (StrataVariable *variable)
{
  const char *description = strata_variable_get (variable, STRATA_VARIABLE_DESCRIPTION);

  return *description != '\0' ? description : strata_variable_get (variable, STRATA_VARIABLE_DISPLAY_NAME);
}

static char *
describe_default (StrataVariable *variable)
{
  const char *format = strata_variable_get (variable, STRATA_VARIABLE_FORMAT);
  const char *value = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);
  gboolean is_secret = (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0;
  g_auto(GStrv) lines = g_strsplit (value, "\n", 2);

  if (is_secret || *value == '\0')
    return g_strdup (format);

  return g_strdup_printf ("%s · %s", format, lines[0]);
}

void
strata_suggest_template (StrataSuggest *self)
{
  GPtrArray *variables = self->knowledge->variables;
  GPtrArray *layers = self->knowledge->layers;

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      g_autofree char *name = g_strconcat (VARIABLE, strata_variable_get_name (variable), NULL);
      g_autofree char *detail = describe_default (variable);

      add_macro (self, name, detail, describe_variable (variable));
    }

  for (guint i = 0; i < G_N_ELEMENTS (macros); i++)
    add_macro (self, macros[i].name, "", _(macros[i].description));

  for (guint i = 0; i < layers->len; i++)
    {
      g_autofree char *name =
        g_strdup_printf (".spectro.pack.%s.", strata_layer_get_name (g_ptr_array_index (layers, i)));

      add_macro (self, name, "", _("A value of this layer: its path follows"));
    }

  add_macro (self, ".spectro.macro.", "", _("A macro of the project or the tenant: its name follows"));
}

/* Where a value is typed, a variable may stand for all of it: in quotes, as the text has to be YAML. */
void
strata_suggest_quoted_variables (StrataSuggest *self)
{
  GPtrArray *variables = self->knowledge->variables;

  if (self->cursor->place != STRATA_CURSOR_VALUE)
    return;

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      g_autofree char *label = g_strdup_printf ("{{%s%s}}", VARIABLE, strata_variable_get_name (variable));
      g_autofree char *quoted = self->cursor->quote != '\0' ? g_strdup (label) : g_strdup_printf ("'%s'", label);
      g_autofree char *detail = describe_default (variable);

      strata_suggest_add (self, STRATA_SUGGESTION_MACRO, label, quoted, detail, describe_variable (variable));
    }
}

/**
 * strata_knowledge_explain_macro:
 * @self: what is known
 * @macro: what stands between the brackets of a template, from its dot on
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what it stands for; %NULL when that is not known
 */
char *
strata_knowledge_explain_macro (StrataKnowledge *self,
                                const char      *macro)
{
  g_return_val_if_fail (self != NULL && macro != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (macros); i++)
    if (g_str_equal (macros[i].name, macro))
      return g_strdup (_(macros[i].description));

  for (guint i = 0; g_str_has_prefix (macro, VARIABLE) && i < self->variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (self->variables, i);
      const char *description = describe_variable (variable);
      g_autofree char *detail = NULL;

      if (!g_str_equal (strata_variable_get_name (variable), macro + strlen (VARIABLE)))
        continue;

      detail = describe_default (variable);
      return g_strdup_printf ("%s%s%s", description, *description != '\0' ? "\n" : "", detail);
    }

  return NULL;
}
