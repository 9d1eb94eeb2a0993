/* strata-checker.c - looks through a profile after each edit, in a worker: problems, images, install orders
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-checker"

#include "config.h"

#include "strata-checker.h"

#include "strata-change-row.h"
#include "strata-crd-list.h"
#include "strata-diff.h"
#include "strata-job.h"
#include "strata-validate.h"
#include "strata-values.h"
#include "strata-yaml.h"

/* Long enough to be quiet within a word, short enough to feel immediate. */
#define DELAY_MS 150
#define KUBERNETES "kubernetes-version"

/* What one layer says. A layer never changes, so this holds for as long as the layer does. */
typedef struct
{
  StrataLayer *layer;   /* (owned) */
  GPtrArray   *images;  /* (owned) (element-type utf8) */
  int          order;
} LayerReport;

typedef struct
{
  GPtrArray        *layers;      /* (owned) (element-type LayerReport): by position */
  StrataValidation *validation;  /* (owned): shared with the next run */
  GHashTable       *by_layer;    /* (owned) (element-type utf8 GPtrArray): problems by the layer's name */
  GPtrArray        *of_profile;  /* (owned) (element-type StrataProblem): of no layer */
  GPtrArray        *none;        /* (owned): empty, for a layer without problems */
  guint             n_images;
  guint             n_changes;
} Report;

typedef struct
{
  StrataProfile    *profile;     /* (owned) */
  StrataProfile    *base;        /* (owned) */
  GPtrArray        *known;       /* (owned) (nullable) (element-type LayerReport) */
  StrataValidation *before;      /* (owned) (nullable) */
  GPtrArray        *crds;        /* (owned) (element-type StrataBlob): definitions that the person keeps */
  guint             kubernetes;  /* the minor version, or 0 for what the profile says */
} Order;

struct _StrataChecker
{
  GObject        parent_instance;
  StrataJob     *job;       /* (owned) */
  GSettings     *settings;  /* (owned) */
  StrataCrdList *crds;      /* (owned) */
  StrataProfile *profile;   /* (owned) (nullable): what was asked about last */
  StrataProfile *base;      /* (owned) (nullable) */
  Order         *waiting;   /* (owned) (nullable) */
  guint          timeout;
};

enum
{
  CHECKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataChecker, strata_checker, G_TYPE_OBJECT)

static void
layer_report_clear (gpointer data)
{
  LayerReport *report = data;

  g_clear_object (&report->layer);
  g_clear_pointer (&report->images, g_ptr_array_unref);
}

static void
layer_report_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, layer_report_clear);
}

static void
report_free (gpointer data)
{
  Report *report = data;

  g_clear_pointer (&report->layers, g_ptr_array_unref);
  g_clear_pointer (&report->validation, strata_validation_unref);
  g_clear_pointer (&report->by_layer, g_hash_table_unref);
  g_clear_pointer (&report->of_profile, g_ptr_array_unref);
  g_clear_pointer (&report->none, g_ptr_array_unref);
  g_free (report);
}

static GPtrArray *
problem_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
}

static Report *
report_new (void)
{
  Report *report = g_new0 (Report, 1);

  report->layers = g_ptr_array_new_with_free_func (layer_report_unref);
  report->by_layer =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  report->of_profile = problem_array_new ();
  report->none = problem_array_new ();

  return report;
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->profile);
  g_clear_object (&order->base);
  g_clear_pointer (&order->known, g_ptr_array_unref);
  g_clear_pointer (&order->crds, g_ptr_array_unref);
  g_clear_pointer (&order->before, strata_validation_unref);
  g_free (order);
}

static LayerReport *
find_namesake (GPtrArray   *known,
               StrataLayer *layer)
{
  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      LayerReport *report = g_ptr_array_index (known, i);

      if (g_str_equal (strata_layer_get_name (report->layer), strata_layer_get_name (layer)))
        return report;
    }

  return NULL;
}

/* A text that cannot be read in the middle of a word has the order that it had before. */
static int
find_order (StrataLayer *layer,
            GPtrArray   *known)
{
  const char *text = strata_layer_get_text (layer);
  LayerReport *before = find_namesake (known, layer);
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, NULL);

  return yaml == NULL && before != NULL ? before->order : strata_values_get_install_order (text);
}

static LayerReport *
look_at_layer (StrataLayer *layer,
               GPtrArray   *known)
{
  LayerReport *report = g_atomic_rc_box_new0 (LayerReport);

  report->layer = g_object_ref (layer);
  report->images = strata_values_list_images (layer);
  report->order = find_order (layer, known);

  return report;
}

static LayerReport *
find_known (GPtrArray   *known,
            StrataLayer *layer)
{
  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      LayerReport *report = g_ptr_array_index (known, i);

      if (report->layer == layer)
        return g_atomic_rc_box_acquire (report);
    }

  return NULL;
}

static void
collect_images (GHashTable *images,
                GPtrArray  *found)
{
  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (images, g_ptr_array_index (found, i));
}

static void
take_problem (Report              *report,
              const StrataProblem *problem)
{
  GPtrArray *problems = report->of_profile;

  if (problem->layer != NULL)
    problems = g_hash_table_lookup (report->by_layer, problem->layer);

  if (problems == NULL)
    {
      problems = problem_array_new ();
      g_hash_table_insert (report->by_layer, g_strdup (problem->layer), problems);
    }

  g_ptr_array_add (problems, strata_problem_copy (problem));
}

static void
look_for_problems (Report *report,
                   Order  *order)
{
  const StrataValidateOptions options = { .kubernetes = order->kubernetes, .crds = order->crds };

  report->validation = strata_validate_profile (order->profile, &options, order->before);

  GPtrArray *problems = strata_validation_get_problems (report->validation);

  for (guint i = 0; i < problems->len; i++)
    take_problem (report, g_ptr_array_index (problems, i));
}

/* Layers that were looked at before are not looked at again. */
static void
look_at_layers (Report        *report,
                StrataProfile *profile,
                GPtrArray     *known)
{
  g_autoptr(GHashTable) images = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      LayerReport *found = find_known (known, layer);

      if (found == NULL)
        found = look_at_layer (layer, known);

      g_ptr_array_add (report->layers, found);
      collect_images (images, found->images);
    }

  report->n_images = g_hash_table_size (images);
}

/* Runs in a worker thread. */
static gpointer
order_run (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Order *order = data;
  Report *report = report_new ();

  look_for_problems (report, order);
  look_at_layers (report, order->profile, order->known);

  g_autoptr(GPtrArray) changes = strata_diff_profiles (order->base, order->profile);
  report->n_changes = strata_change_row_count (changes);

  return report;
}

static Report *
get_report (StrataChecker *self)
{
  return strata_job_get_result (self->job);
}

/* One run at a time: a profile that takes long must not fill the machine with runs that nobody waits for. */
static void
run_waiting (StrataChecker *self)
{
  if (self->timeout == 0 && self->waiting != NULL &&
      strata_job_get_state (self->job) != STRATA_JOB_RUNNING)
    strata_job_run (self->job, order_run, g_steal_pointer (&self->waiting), order_free,
                    report_free);
}

/* What was found in a text that has gone on since is not shown: its lines may be others now. */
static void
job_state_cb (StrataChecker *self)
{
  if (strata_job_get_state (self->job) == STRATA_JOB_DONE && self->waiting == NULL)
    g_signal_emit (self, signals[CHECKED], 0);

  run_waiting (self);
}

static void
timeout_cb (gpointer data)
{
  StrataChecker *self = data;

  self->timeout = 0;
  run_waiting (self);
}

static void
strata_checker_dispose (GObject *object)
{
  StrataChecker *self = STRATA_CHECKER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->waiting, order_free);
  g_clear_object (&self->job);
  g_clear_object (&self->settings);
  g_clear_object (&self->crds);
  g_clear_object (&self->profile);
  g_clear_object (&self->base);

  G_OBJECT_CLASS (strata_checker_parent_class)->dispose (object);
}

static void
strata_checker_class_init (StrataCheckerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_checker_dispose;

  signals[CHECKED] = g_signal_new ("checked", STRATA_TYPE_CHECKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

/* Another version of Kubernetes, or other definitions, have other things to say of the same profile. */
static void
known_cb (StrataChecker *self)
{
  if (self->profile != NULL)
    strata_checker_check (self, self->profile, self->base);
}

static void
strata_checker_init (StrataChecker *self)
{
  self->job = strata_job_new ();
  self->settings = g_settings_new (APPLICATION_ID);
  self->crds = g_object_ref (strata_crd_list_get_default ());

  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::" KUBERNETES, G_CALLBACK (known_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->crds, "changed", G_CALLBACK (known_cb), self, G_CONNECT_SWAPPED);
}

/* The minor version of Kubernetes that a person wants manifests checked against; 0 for what the profile says. */
guint
strata_checker_get_kubernetes (void)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autofree char *version = g_settings_get_string (settings, KUBERNETES);

  return g_str_has_prefix (version, "1.") ? (guint) g_ascii_strtoull (version + 2, NULL, 10) : 0;
}

StrataChecker *
strata_checker_new (void)
{
  return g_object_new (STRATA_TYPE_CHECKER, NULL);
}

/*
 * strata_checker_check:
 * @profile: what to look through
 * @base: what its changes are counted from
 *
 * A moment later, unless it is called again before; an answer for an older profile is dropped.
 */
void
strata_checker_check (StrataChecker *self,
                      StrataProfile *profile,
                      StrataProfile *base)
{
  g_return_if_fail (STRATA_IS_CHECKER (self));
  g_return_if_fail (STRATA_IS_PROFILE (profile) && STRATA_IS_PROFILE (base));

  Report *report = get_report (self);
  guint delay = report != NULL ? DELAY_MS : 0;

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->waiting, order_free);

  g_set_object (&self->profile, profile);
  g_set_object (&self->base, base);
  self->waiting = g_new0 (Order, 1);
  self->waiting->kubernetes = strata_checker_get_kubernetes ();
  self->waiting->crds = g_ptr_array_ref (strata_crd_list_get_texts (self->crds));
  self->waiting->profile = g_object_ref (profile);
  self->waiting->base = g_object_ref (base);

  if (report != NULL)
    {
      self->waiting->known = g_ptr_array_ref (report->layers);
      self->waiting->before = strata_validation_ref (report->validation);
    }

  self->timeout = g_timeout_add_once (delay, timeout_cb, self);
}

/* How many things should be looked at; a note is worth reading, but nobody has to act on it. */
guint
strata_checker_get_n_problems (StrataChecker *self)
{
  g_return_val_if_fail (STRATA_IS_CHECKER (self), 0);

  Report *report = get_report (self);

  return report != NULL
           ? strata_problem_count (strata_validation_get_problems (report->validation), STRATA_SEVERITY_WARNING)
           : 0;
}

/* How many different images the values and manifests name. */
guint
strata_checker_get_n_images (StrataChecker *self)
{
  g_return_val_if_fail (STRATA_IS_CHECKER (self), 0);

  Report *report = get_report (self);

  return report != NULL ? report->n_images : 0;
}

guint
strata_checker_get_n_changes (StrataChecker *self)
{
  g_return_val_if_fail (STRATA_IS_CHECKER (self), 0);

  Report *report = get_report (self);

  return report != NULL ? report->n_changes : 0;
}

/*
 * strata_checker_get_problems:
 * @layer: (nullable): a layer, or NULL for what is about no layer
 *
 * Returns: (transfer none) (nullable) (element-type StrataProblem): NULL when nothing was looked through yet
 */
GPtrArray *
strata_checker_get_problems (StrataChecker *self,
                             StrataLayer   *layer)
{
  g_return_val_if_fail (STRATA_IS_CHECKER (self), NULL);

  Report *report = get_report (self);

  if (report == NULL)
    return NULL;

  if (layer == NULL)
    return report->of_profile;

  GPtrArray *problems = g_hash_table_lookup (report->by_layer, strata_layer_get_name (layer));

  return problems != NULL ? problems : report->none;
}

/* The order of @layer, or of the layer of that name as it was a moment ago; -1 when it was not looked at yet. */
int
strata_checker_get_install_order (StrataChecker *self,
                                  StrataLayer   *layer)
{
  g_return_val_if_fail (STRATA_IS_CHECKER (self), -1);
  g_return_val_if_fail (STRATA_IS_LAYER (layer), -1);

  Report *report = get_report (self);
  int order = -1;

  for (guint i = 0; report != NULL && i < report->layers->len; i++)
    {
      LayerReport *found = g_ptr_array_index (report->layers, i);

      if (found->layer == layer)
        return found->order;
      if (g_str_equal (strata_layer_get_name (found->layer), strata_layer_get_name (layer)))
        order = found->order;
    }

  return order;
}
