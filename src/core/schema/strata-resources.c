/* strata-resources.c - how much of an appliance the packs of a profile take
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-resources"

#include "strata-resources.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-quantity.h"

#define MEBIBYTE (1024.0 * 1024)
#define GIBIBYTE (1024.0 * MEBIBYTE)

static const double units[STRATA_N_RESOURCES] = { 1e-3, MEBIBYTE, GIBIBYTE };

static void
part_free (gpointer data)
{
  StrataResourcePart *part = data;

  g_free (part->request);
  g_free (part->replicas);
  g_free (part);
}

StrataResource *
strata_resource_new (StrataResourceKind kind,
                     double             least)
{
  StrataResource *resource = g_new0 (StrataResource, 1);

  resource->kind = kind;
  resource->least = least;
  resource->parts = g_ptr_array_new_with_free_func (part_free);

  return resource;
}

void
strata_resource_free (StrataResource *resource)
{
  g_ptr_array_unref (resource->parts);
  g_free (resource);
}

void
strata_resource_add_part (StrataResource *resource,
                          const char     *request,
                          const char     *replicas)
{
  StrataResourcePart *part = g_new0 (StrataResourcePart, 1);

  part->request = g_strdup (request);
  part->replicas = g_strdup (replicas);
  g_ptr_array_add (resource->parts, part);
}

static const StrataYamlNode *
find_scalar (const StrataYamlNode *root,
             const char           *path)
{
  const StrataYamlNode *node = root != NULL && *path != '\0' ? strata_yaml_node_lookup (root, path) : NULL;

  return node != NULL && strata_yaml_node_get_kind (node) == STRATA_YAML_SCALAR ? node : NULL;
}

/* What a template gives is known on the appliance only. */
static gboolean
is_open (const char *text)
{
  return *text == '\0' || strstr (text, "{{") != NULL || g_str_equal (text, "null") || g_str_equal (text, "~");
}

/* The amount a person wrote, 0 when none is there or it is not known here. */
static double
read_amount (const StrataYamlNode *node,
             StrataLayer          *layer,
             GPtrArray            *problems)
{
  const char *text = node != NULL ? strata_yaml_node_get_value (node) : "";
  double amount = 0;

  if (is_open (text) || strata_quantity_parse (text, &amount))
    return amount;

  StrataProblem *problem =
    strata_problem_new (STRATA_SEVERITY_WARNING, strata_yaml_node_get_line (node), strata_yaml_node_get_column (node), 0,
                        _("Constraints"), _("“%.60s” is not an amount; write it as 250m, 2, 512Mi or 1.5Gi"), text);

  problem->layer = g_strdup (strata_layer_get_name (layer));
  problem->document = g_strdup ("values.yaml");
  g_ptr_array_add (problems, problem);

  return 0;
}

static double
sum_parts (const StrataResource *resource,
           const StrataYamlNode *root,
           StrataLayer          *layer,
           GPtrArray            *problems)
{
  double sum = 0;

  for (guint i = 0; i < resource->parts->len; i++)
    {
      const StrataResourcePart *part = resource->parts->pdata[i];
      const StrataYamlNode *times = find_scalar (root, part->replicas);
      double request = read_amount (find_scalar (root, part->request), layer, problems);

      sum += request * (times != NULL ? read_amount (times, layer, problems) : 1);
    }

  return sum / units[resource->kind];
}

/*
 * strata_resources_add:
 * @needed: gets more by what @layer takes
 * @resources: (element-type StrataResource): what its pack asks for
 * @layer: the layer
 * @problems: gets amounts in its values that are none
 *
 * A pack takes the least it names, or what its values request for all its parts, if that is more.
 */
void
strata_resources_add (double       needed[STRATA_N_RESOURCES],
                      GPtrArray   *resources,
                      StrataLayer *layer,
                      GPtrArray   *problems)
{
  g_autoptr(StrataYaml) yaml =
    resources->len > 0 ? strata_yaml_parse (strata_layer_get_text (layer), -1, NULL) : NULL;
  const StrataYamlNode *root =
    yaml != NULL && strata_yaml_get_n_documents (yaml) > 0 ? strata_yaml_get_root (yaml, 0) : NULL;

  for (guint i = 0; i < resources->len; i++)
    {
      const StrataResource *resource = resources->pdata[i];

      needed[resource->kind] += MAX (resource->least, sum_parts (resource, root, layer, problems));
    }
}

static char *
show_amount (StrataResourceKind kind,
             double             amount)
{
  if (kind == STRATA_RESOURCE_CPU)
    return g_strdup_printf (_("%.1f CPU cores"), amount / 1000);
  if (kind == STRATA_RESOURCE_MEMORY)
    return g_strdup_printf (_("%.1f GiB of memory"), amount / 1024);

  return g_strdup_printf (_("%.0f GiB of disk"), amount);
}

/*
 * strata_resources_report:
 * @needed: what all layers take
 * @problems: gets a note, if they take anything
 */
void
strata_resources_report (const double  needed[STRATA_N_RESOURCES],
                         GPtrArray    *problems)
{
  g_autoptr(GStrvBuilder) amounts = g_strv_builder_new ();

  for (guint kind = 0; kind < STRATA_N_RESOURCES; kind++)
    if (needed[kind] > 0)
      {
        g_autofree char *amount = show_amount (kind, needed[kind]);

        g_strv_builder_add (amounts, amount);
      }

  g_auto(GStrv) list = g_strv_builder_end (amounts);
  g_autofree char *text = g_strjoinv (", ", list);

  if (*text != '\0')
    g_ptr_array_add (problems,
                     strata_problem_new (STRATA_SEVERITY_NOTE, 0, 0, 0, _("Constraints"),
                                         _("The packs need at least %s; choose appliances that have it to spare"), text));
}
