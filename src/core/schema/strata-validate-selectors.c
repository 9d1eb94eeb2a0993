/* strata-validate-selectors.c - services, and whether any pods are there that they look for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-validate"

#include "strata-links-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A stranger's profile could have so many services and pods of one label that comparing each with each takes hours. */
#define MAX_COMPARISONS 5000000

/* A label of pods. */
typedef struct
{
  const char       *key;
  const char       *value;
  const StrataMade *pods;
} Label;

typedef struct
{
  StrataLinks *links;
  GArray      *labels;   /* (owned) (element-type Label): sorted */
  GPtrArray   *unknown;  /* (owned) (element-type StrataMade): pods with labels that are filled in later */
  guint        n_steps;  /* comparisons that may still be made */
} Search;

static gboolean
is_template (const char *text)
{
  return strstr (text, "{{") != NULL;
}

static int
compare_label (const Label          *label,
               const StrataKubePair *pair)
{
  int order = strcmp (label->key, pair->key);

  return order != 0 ? order : strcmp (label->value, pair->value);
}

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const Label *one = a, *other = b;
  const StrataKubePair pair = { other->key, other->value };

  return compare_label (one, &pair);
}

static void
add_pods (Search           *self,
          const StrataMade *pods)
{
  gboolean is_unknown = FALSE;

  for (guint i = 0; i < pods->object->labels.n; i++)
    {
      const StrataKubePair *pair =
        strata_links_get_pair (pods->source->facts, pods->object->labels, i);
      Label label = { pair->key, pair->value, pods };

      g_array_append_val (self->labels, label);
      is_unknown = is_unknown || is_template (pair->key) || is_template (pair->value);
    }

  if (is_unknown)
    g_ptr_array_add (self->unknown, (gpointer) pods);
}

static void
collect_labels (Search *self)
{
  GArray *made = self->links->made;

  for (guint i = 0; i < made->len; i++)
    {
      const StrataMade *pods = &g_array_index (made, StrataMade, i);

      if (pods->object->has_pods)
        add_pods (self, pods);
    }

  g_array_sort (self->labels, compare_labels);
}

static gboolean
has_label (const StrataMade     *pods,
           const StrataKubePair *wanted)
{
  for (guint i = 0; i < pods->object->labels.n; i++)
    {
      const StrataKubePair *label =
        strata_links_get_pair (pods->source->facts, pods->object->labels, i);

      if (is_template (label->key))
        return TRUE;
      if (g_str_equal (label->key, wanted->key))
        return g_str_equal (label->value, wanted->value) || is_template (label->value) ||
               is_template (wanted->value);
    }

  return FALSE;
}

static gboolean
is_selected (const StrataMade           *pods,
             const StrataValidateSource *source,
             const StrataKubeSelector   *selector)
{
  if (!strata_links_may_be_same (pods->object->name_space, selector->name_space))
    return FALSE;

  for (guint i = 0; i < selector->labels.n; i++)
    if (!has_label (pods, strata_links_get_pair (source->facts, selector->labels, i)))
      return FALSE;

  return TRUE;
}

/* The labels from @first on that are just this one. */
static guint
find_labels (Search               *self,
             const StrataKubePair *pair,
             guint                *first)
{
  guint from = 0, behind = self->labels->len;

  while (from < behind)
    {
      guint middle = from + (behind - from) / 2;

      if (compare_label (&g_array_index (self->labels, Label, middle), pair) < 0)
        from = middle + 1;
      else
        behind = middle;
    }

  for (*first = from; from < self->labels->len; from++)
    if (compare_label (&g_array_index (self->labels, Label, from), pair) != 0)
      break;

  return from - *first;
}

/* Of the labels that are wanted the rarest. */
static gboolean
find_rarest (Search                     *self,
             const StrataValidateSource *source,
             const StrataKubeSelector   *selector,
             guint                      *first,
             guint                      *n)
{
  gboolean is_known = FALSE;

  for (guint i = 0; i < selector->labels.n; i++)
    {
      const StrataKubePair *pair = strata_links_get_pair (source->facts, selector->labels, i);
      guint start, found;

      if (is_template (pair->value))
        continue;

      found = find_labels (self, pair, &start);

      if (!is_known || found < *n)
        {
          *first = start;
          *n = found;
        }

      is_known = TRUE;
    }

  return is_known;
}

static void
try_pods (Search                     *self,
          const StrataMade           *pods,
          const StrataValidateSource *source,
          const StrataKubeSelector   *selector,
          GPtrArray                  *selected)
{
  if (self->n_steps == 0)
    return;

  self->n_steps--;

  if (is_selected (pods, source, selector))
    g_ptr_array_add (selected, (gpointer) pods);
}

static gboolean
any_has_port (GPtrArray  *pods,
              const char *port)
{
  for (guint i = 0; i < pods->len; i++)
    if (strata_made_has_port (g_ptr_array_index (pods, i), port))
      return TRUE;

  return FALSE;
}

static void
report_ports (Search                     *self,
              const StrataValidateSource *source,
              const StrataKubeSelector   *selector,
              GPtrArray                  *pods)
{
  for (guint i = 0; i < selector->targets.n; i++)
    {
      const StrataKubeLink *target =
        &g_array_index (source->facts->targets, StrataKubeLink, selector->targets.first + i);

      if (!any_has_port (pods, target->name))
        strata_links_report (
          self->links, STRATA_SEVERITY_WARNING, source, &target->place,
          g_strdup_printf (_("No container of the pods that are selected has a port “%s”"),
                              target->name));
    }
}

static void
look_at_selector (Search                     *self,
                  const StrataValidateSource *source,
                  const StrataKubeSelector   *selector)
{
  g_autoptr(GPtrArray) pods = g_ptr_array_new ();
  guint first = 0, n = 0;

  if (!find_rarest (self, source, selector, &first, &n))
    return;

  for (guint i = first; i < first + n; i++)
    try_pods (self, g_array_index (self->labels, Label, i).pods, source, selector, pods);

  for (guint i = 0; i < self->unknown->len; i++)
    try_pods (self, g_ptr_array_index (self->unknown, i), source, selector, pods);

  if (self->n_steps == 0)
    return;

  if (pods->len > 0)
    report_ports (self, source, selector, pods);
  else
    strata_links_report (
      self->links, STRATA_SEVERITY_NOTE, source, &selector->place,
      g_strdup (_("No pods here have all these labels; they have to come from elsewhere")));
}

/* What services select is found by its rarest label: each is not held against each. */
void
strata_links_check_selectors (StrataLinks *self)
{
  g_autoptr(GArray) labels = g_array_new (FALSE, FALSE, sizeof (Label));
  g_autoptr(GPtrArray) unknown = g_ptr_array_new ();
  Search search = { self, labels, unknown, MAX_COMPARISONS };

  collect_labels (&search);

  for (guint i = 0; i < self->sources->len; i++)
    {
      const StrataValidateSource *source = &g_array_index (self->sources, StrataValidateSource, i);

      for (guint j = 0; j < source->facts->selectors->len; j++)
        look_at_selector (&search, source,
                          &g_array_index (source->facts->selectors, StrataKubeSelector, j));
    }
}
