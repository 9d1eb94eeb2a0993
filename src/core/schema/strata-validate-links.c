/* strata-validate-links.c - objects of all layers together: made twice, or named and made nowhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-validate"

#include "strata-links-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PROBLEMS 1000

static int
compare_names (const StrataKubeObject *one,
               const StrataKubeObject *other)
{
  int order = strcmp (one->kind, other->kind);

  if (order == 0)
    order = strcmp (one->name, other->name);

  return order != 0 ? order : strcmp (one->group, other->group);
}

/* What is equal stays as the layers have it: they lie in one array each. */
static int
compare_made (gconstpointer a,
              gconstpointer b)
{
  const StrataMade *one = a, *other = b;
  int order = compare_names (one->object, other->object);

  if (order == 0)
    order = g_strcmp0 (one->object->name_space, other->object->name_space);
  if (order == 0 && one->source != other->source)
    order = one->source < other->source ? -1 : 1;

  return order != 0 ? order : (one->object < other->object ? -1 : 1);
}

static GArray *
collect_made (GArray *sources)
{
  GArray *made = g_array_new (FALSE, FALSE, sizeof (StrataMade));

  for (guint i = 0; i < sources->len; i++)
    {
      const StrataValidateSource *source = &g_array_index (sources, StrataValidateSource, i);

      for (guint j = 0; j < source->facts->objects->len; j++)
        {
          StrataMade entry = { &g_array_index (source->facts->objects, StrataKubeObject, j),
                               source };

          g_array_append_val (made, entry);
        }
    }

  g_array_sort (made, compare_made);

  return made;
}

/* Takes @sentence. */
void
strata_links_report (StrataLinks                *self,
                     StrataSeverity              severity,
                     const StrataValidateSource *source,
                     const StrataKubePlace      *place,
                     char                       *sentence)
{
  if (self->n_left > 0)
    {
      StrataProblem *problem = strata_problem_new (severity, place->line, place->column,
                                                   place->length, _("Kubernetes"), "%s", sentence);

      problem->layer = g_strdup (source->layer);
      problem->document = g_strdup (place->document);
      g_ptr_array_add (self->problems, problem);
      self->n_left--;
    }

  g_free (sentence);
}

static char *
describe_place (const StrataMade *made)
{
  const StrataKubePlace *place = &made->object->place;

  if (made->source->layer == NULL)
    return g_strdup_printf (_("%s, line %u"), place->document, place->line);

  return g_strdup_printf (_("%s, %s, line %u"), made->source->layer, place->document, place->line);
}

/* A namespace may well be made by each layer that needs it. */
static void
report_made_twice (StrataLinks *self)
{
  for (guint i = 1; i < self->made->len; i++)
    {
      const StrataMade *first = &g_array_index (self->made, StrataMade, i - 1);
      const StrataMade *second = &g_array_index (self->made, StrataMade, i);

      if (compare_names (first->object, second->object) != 0 ||
          g_strcmp0 (first->object->name_space, second->object->name_space) != 0 ||
          g_str_equal (second->object->kind, "Namespace"))
        continue;

      g_autofree char *place = describe_place (first);

      strata_links_report (
        self, STRATA_SEVERITY_WARNING, second->source, &second->object->place,
        g_strdup_printf (_("The %s “%s” is made twice: %s has it too; the later one replaces it"),
                            second->object->kind, second->object->name, place));
    }
}

/* One that says no namespace may be anywhere. */
gboolean
strata_links_may_be_same (const char *name_space,
             const char *other)
{
  return name_space == NULL || other == NULL || g_str_equal (name_space, other);
}

static const char *
get_kind_of (StrataKindFormat format)
{
  switch ((int) format)
    {
    case STRATA_KIND_FORMAT_CONFIG_MAP:
      return "ConfigMap";
    case STRATA_KIND_FORMAT_SECRET:
      return "Secret";
    case STRATA_KIND_FORMAT_SERVICE_ACCOUNT:
      return "ServiceAccount";
    case STRATA_KIND_FORMAT_CLAIM:
      return "PersistentVolumeClaim";
    case STRATA_KIND_FORMAT_SERVICE:
    default:
      return "Service";
    }
}

static guint
find_first (StrataLinks                  *self,
            const StrataKubeObject *wanted)
{
  guint first = 0, behind = self->made->len;

  while (first < behind)
    {
      guint middle = first + (behind - first) / 2;

      if (compare_names (g_array_index (self->made, StrataMade, middle).object, wanted) < 0)
        first = middle + 1;
      else
        behind = middle;
    }

  return first;
}

static const StrataMade *
find_made (StrataLinks                *self,
           const char           *kind,
           const StrataKubeLink *link)
{
  const StrataKubeObject wanted = { .group = "", .kind = kind, .name = link->name };

  for (guint i = find_first (self, &wanted); i < self->made->len; i++)
    {
      const StrataMade *made = &g_array_index (self->made, StrataMade, i);

      if (compare_names (made->object, &wanted) != 0)
        break;
      if (strata_links_may_be_same (made->object->name_space, link->name_space))
        return made;
    }

  return NULL;
}

/* What a cluster makes itself. */
static gboolean
is_always_there (const char *kind,
                 const char *name)
{
  return (g_str_equal (kind, "ServiceAccount") && g_str_equal (name, "default")) ||
         (g_str_equal (kind, "ConfigMap") && g_str_equal (name, "kube-root-ca.crt")) ||
         (g_str_equal (kind, "Service") && g_str_equal (name, "kubernetes"));
}

const StrataKubePair *
strata_links_get_pair (const StrataKubeFacts *facts,
          StrataKubeRange        range,
          guint                  index)
{
  return &g_array_index (facts->pairs, StrataKubePair, range.first + index);
}

/* By its name or its number. */
gboolean
strata_made_has_port (const StrataMade *service,
          const char *port)
{
  for (guint i = 0; i < service->object->ports.n; i++)
    {
      const StrataKubePair *pair =
        strata_links_get_pair (service->source->facts, service->object->ports, i);

      if (g_str_equal (pair->key, port) || g_str_equal (pair->value, port) ||
          strstr (pair->key, "{{") != NULL || strstr (pair->value, "{{") != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
look_at_link (StrataLinks                      *self,
              const StrataValidateSource *source,
              const StrataKubeLink       *link)
{
  const char *kind = get_kind_of (link->kind);
  const StrataMade *made = find_made (self, kind, link);

  if (made == NULL && !is_always_there (kind, link->name))
    strata_links_report (
      self, STRATA_SEVERITY_NOTE, source, &link->place,
      g_strdup_printf (_("No manifest here makes the %s “%s”; it has to come from elsewhere"),
                          kind, link->name));

  if (made != NULL && link->port != NULL && !strata_made_has_port (made, link->port))
    strata_links_report (
      self, STRATA_SEVERITY_WARNING, source, &link->place,
      g_strdup_printf (_("The Service “%s” has no port “%s”"), link->name, link->port));
}

/* What the objects of @sources say together. Charts make objects that nobody knows of here, so what is missing is only
 * a note.
 */
void
strata_validate_links (GArray    *sources,
                       GPtrArray *problems)
{
  g_autoptr(GArray) made = collect_made (sources);
  StrataLinks links = {
    .sources = sources, .made = made, .problems = problems, .n_left = MAX_PROBLEMS
  };

  report_made_twice (&links);

  for (guint i = 0; i < sources->len; i++)
    {
      const StrataValidateSource *source = &g_array_index (sources, StrataValidateSource, i);

      for (guint j = 0; j < source->facts->links->len; j++)
        look_at_link (&links, source, &g_array_index (source->facts->links, StrataKubeLink, j));
    }

  strata_links_check_selectors (&links);
}
