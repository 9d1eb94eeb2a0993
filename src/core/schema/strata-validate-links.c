/* strata-validate-links.c - objects of all layers together: made twice, or named and made nowhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-validate"

#include "strata-validate-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* A stranger's profile could have so many services and pods that comparing each with each takes hours. */
#define MAX_COMPARISONS 5000000
#define MAX_PROBLEMS 1000

/* An object and where it is from. */
typedef struct
{
  const StrataKubeObject     *object;
  const StrataValidateSource *source;
} Made;

typedef struct
{
  GArray    *made;      /* (owned) (element-type Made): sorted */
  GPtrArray *problems;
  guint      n_left;    /* problems that may still be named */
  guint      n_steps;   /* comparisons that may still be made */
} Links;

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
  const Made *one = a, *other = b;
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
  GArray *made = g_array_new (FALSE, FALSE, sizeof (Made));

  for (guint i = 0; i < sources->len; i++)
    {
      const StrataValidateSource *source = &g_array_index (sources, StrataValidateSource, i);

      for (guint j = 0; j < source->facts->objects->len; j++)
        {
          Made entry = { &g_array_index (source->facts->objects, StrataKubeObject, j), source };

          g_array_append_val (made, entry);
        }
    }

  g_array_sort (made, compare_made);

  return made;
}

/* Takes @sentence. */
static void
report (Links                      *self,
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
describe_place (const Made *made)
{
  const StrataKubePlace *place = &made->object->place;

  if (made->source->layer == NULL)
    return g_strdup_printf (_("%s, line %u"), place->document, place->line);

  return g_strdup_printf (_("%s, %s, line %u"), made->source->layer, place->document, place->line);
}

/* A namespace may well be made by each layer that needs it. */
static void
report_made_twice (Links *self)
{
  for (guint i = 1; i < self->made->len; i++)
    {
      const Made *first = &g_array_index (self->made, Made, i - 1);
      const Made *second = &g_array_index (self->made, Made, i);

      if (compare_names (first->object, second->object) != 0 ||
          g_strcmp0 (first->object->name_space, second->object->name_space) != 0 ||
          g_str_equal (second->object->kind, "Namespace"))
        continue;

      g_autofree char *place = describe_place (first);

      report (
        self, STRATA_SEVERITY_WARNING, second->source, &second->object->place,
        g_strdup_printf (_("The %s “%s” is made twice: %s has it too; the later one replaces it"),
                            second->object->kind, second->object->name, place));
    }
}

/* One that says no namespace may be anywhere. */
static gboolean
may_be_same (const char *name_space,
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
find_first (Links                  *self,
            const StrataKubeObject *wanted)
{
  guint first = 0, behind = self->made->len;

  while (first < behind)
    {
      guint middle = first + (behind - first) / 2;

      if (compare_names (g_array_index (self->made, Made, middle).object, wanted) < 0)
        first = middle + 1;
      else
        behind = middle;
    }

  return first;
}

static const Made *
find_made (Links                *self,
           const char           *kind,
           const StrataKubeLink *link)
{
  const StrataKubeObject wanted = { .group = "", .kind = kind, .name = link->name };

  for (guint i = find_first (self, &wanted); i < self->made->len; i++)
    {
      const Made *made = &g_array_index (self->made, Made, i);

      if (compare_names (made->object, &wanted) != 0)
        break;
      if (may_be_same (made->object->name_space, link->name_space))
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

static const StrataKubePair *
get_pair (const StrataKubeFacts *facts,
          StrataKubeRange        range,
          guint                  index)
{
  return &g_array_index (facts->pairs, StrataKubePair, range.first + index);
}

static gboolean
has_port (const Made *service,
          const char *port)
{
  for (guint i = 0; i < service->object->ports.n; i++)
    {
      const StrataKubePair *pair = get_pair (service->source->facts, service->object->ports, i);

      if (g_str_equal (pair->key, port) || g_str_equal (pair->value, port) ||
          strstr (pair->key, "{{") != NULL || strstr (pair->value, "{{") != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
look_at_link (Links                      *self,
              const StrataValidateSource *source,
              const StrataKubeLink       *link)
{
  const char *kind = get_kind_of (link->kind);
  const Made *made = find_made (self, kind, link);

  if (made == NULL && !is_always_there (kind, link->name))
    report (
      self, STRATA_SEVERITY_NOTE, source, &link->place,
      g_strdup_printf (_("No manifest here makes the %s “%s”; it has to come from elsewhere"),
                          kind, link->name));

  if (made != NULL && link->port != NULL && !has_port (made, link->port))
    report (self, STRATA_SEVERITY_WARNING, source, &link->place,
            g_strdup_printf (_("The Service “%s” has no port “%s”"), link->name, link->port));
}

static gboolean
has_label (const Made           *pods,
           const StrataKubePair *wanted)
{
  for (guint i = 0; i < pods->object->labels.n; i++)
    {
      const StrataKubePair *label = get_pair (pods->source->facts, pods->object->labels, i);

      if (strstr (label->key, "{{") != NULL)
        return TRUE;
      if (g_str_equal (label->key, wanted->key))
        return g_str_equal (label->value, wanted->value) || strstr (label->value, "{{") != NULL ||
               strstr (wanted->value, "{{") != NULL;
    }

  return FALSE;
}

static gboolean
is_selected (const Made                 *pods,
             const StrataValidateSource *source,
             const StrataKubeSelector   *selector)
{
  if (!pods->object->has_pods || !may_be_same (pods->object->name_space, selector->name_space))
    return FALSE;

  for (guint i = 0; i < selector->labels.n; i++)
    if (!has_label (pods, get_pair (source->facts, selector->labels, i)))
      return FALSE;

  return TRUE;
}

static GPtrArray *
select_pods (Links                      *self,
             const StrataValidateSource *source,
             const StrataKubeSelector   *selector)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->made->len && self->n_steps > 0; i++, self->n_steps--)
    {
      Made *made = &g_array_index (self->made, Made, i);

      if (is_selected (made, source, selector))
        g_ptr_array_add (found, made);
    }

  return found;
}

static gboolean
any_has_port (GPtrArray  *pods,
              const char *port)
{
  for (guint i = 0; i < pods->len; i++)
    if (has_port (g_ptr_array_index (pods, i), port))
      return TRUE;

  return FALSE;
}

static void
look_at_selector (Links                      *self,
                  const StrataValidateSource *source,
                  const StrataKubeSelector   *selector)
{
  g_autoptr(GPtrArray) pods = select_pods (self, source, selector);

  if (self->n_steps == 0)
    return;

  if (pods->len == 0)
    report (self, STRATA_SEVERITY_NOTE, source, &selector->place,
            g_strdup (_("No pods here have all these labels; they have to come from elsewhere")));

  for (guint i = 0; pods->len > 0 && i < selector->targets.n; i++)
    {
      const StrataKubeLink *target =
        &g_array_index (source->facts->targets, StrataKubeLink, selector->targets.first + i);

      if (!any_has_port (pods, target->name))
        report (self, STRATA_SEVERITY_WARNING, source, &target->place,
                g_strdup_printf (_("No container of the pods that are selected has a port “%s”"),
                                    target->name));
    }
}

static void
look_at_source (Links                      *self,
                const StrataValidateSource *source)
{
  for (guint i = 0; i < source->facts->links->len; i++)
    look_at_link (self, source, &g_array_index (source->facts->links, StrataKubeLink, i));

  for (guint i = 0; i < source->facts->selectors->len; i++)
    look_at_selector (self, source,
                      &g_array_index (source->facts->selectors, StrataKubeSelector, i));
}

/* What the objects of @sources say together. Charts make objects that nobody knows of here, so what is missing is only
 * a note.
 */
void
strata_validate_links (GArray    *sources,
                       GPtrArray *problems)
{
  g_autoptr(GArray) made = collect_made (sources);
  Links links = {
    .made = made, .problems = problems, .n_left = MAX_PROBLEMS, .n_steps = MAX_COMPARISONS
  };

  report_made_twice (&links);

  for (guint i = 0; i < sources->len; i++)
    look_at_source (&links, &g_array_index (sources, StrataValidateSource, i));
}
