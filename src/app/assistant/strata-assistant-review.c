/* strata-assistant-review.c - the third step: everything once more, and what to look at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-assistant-review"

#include "strata-assistant-review.h"

#include <glib/gi18n.h>

#include "strata-checker.h"
#include "strata-crd-list.h"
#include "strata-format.h"
#include "strata-job.h"
#include "strata-kind-swatch.h"
#include "strata-layer-facts.h"
#include "strata-stack-drawing.h"
#include "strata-template.h"
#include "strata-validate.h"
#include "strata-values.h"

#define MAX_SHOWN 50  /* more findings than this are counted, not listed */

/* What a look at one layer found. */
typedef struct
{
  char  *digest;    /* (owned) */
  char  *presets;   /* (owned): "" for none */
  guint  n_images;
} LayerFacts;

/* What a look at the whole profile found. */
typedef struct
{
  GPtrArray        *layers;      /* (owned) (element-type LayerFacts): as in the profile */
  StrataValidation *validation;  /* (owned) */
  guint             n_images;    /* each image once */
  gboolean          has_chart;   /* and what that uses is not known */
} Findings;

/* What is looked at. */
typedef struct
{
  StrataProfile *profile;     /* (owned) */
  guint          kubernetes;  /* the minor version, or 0 for what the profile says */
  GPtrArray     *crds;        /* (owned) (element-type StrataBlob): definitions that the person keeps */
} Order;

struct _StrataAssistantReview
{
  GtkWidget            parent_instance;
  StrataStackDrawing  *drawing;
  GtkLabel            *name;
  GtkLabel            *description;
  GtkBox              *pills;
  AdwPreferencesGroup *problems;
  AdwPreferencesGroup *layers;
  GPtrArray           *rows;     /* (owned) (element-type GtkWidget): of both groups */
  StrataJob           *job;      /* (owned) */
  StrataProfile       *profile;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (StrataAssistantReview, strata_assistant_review, GTK_TYPE_WIDGET)

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->crds, g_ptr_array_unref);
  g_clear_object (&order->profile);
  g_free (order);
}

static void
layer_facts_free (LayerFacts *facts)
{
  g_free (facts->digest);
  g_free (facts->presets);
  g_free (facts);
}

static void
findings_free (Findings *findings)
{
  g_ptr_array_unref (findings->layers);
  g_clear_pointer (&findings->validation, strata_validation_unref);
  g_free (findings);
}

static LayerFacts *
look_at_layer (StrataLayer *layer,
               GHashTable  *images)
{
  LayerFacts *facts = g_new0 (LayerFacts, 1);
  g_autoptr(GPtrArray) named = strata_values_list_images (layer);
  g_auto(GStrv) presets = strata_values_get_presets (strata_layer_get_text (layer));

  for (guint i = 0; i < named->len; i++)
    g_hash_table_add (images, g_strdup (g_ptr_array_index (named, i)));
  facts->n_images = named->len;
  facts->digest = strata_layer_facts_digest (layer);
  facts->presets = presets != NULL ? g_strjoinv (", ", presets) : g_strdup ("");

  return facts;
}

static gpointer
look_at_profile (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Order *order = data;
  StrataProfile *profile = order->profile;
  const StrataValidateOptions options = { .kubernetes = order->kubernetes, .crds = order->crds };
  g_autoptr(GHashTable) images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Findings *findings = g_new0 (Findings, 1);

  findings->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) layer_facts_free);
  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);

      g_ptr_array_add (findings->layers, look_at_layer (layer, images));
      findings->has_chart |= strata_layer_facts_has_chart (layer);
    }
  findings->validation = strata_validate_profile (profile, &options, NULL);
  findings->n_images = g_hash_table_size (images);

  return findings;
}

static char *
describe_place (StrataProblem *problem)
{
  const char *layer = problem->layer != NULL ? problem->layer : "";
  const char *document = problem->document != NULL ? problem->document : "";

  if (*layer == '\0')
    return g_strdup (problem->source != NULL ? problem->source : "");
  if (*document == '\0' || problem->line == 0)
    return g_strdup_printf (_("In %s"), layer);

  return g_strdup_printf (_("In %s, %s, line %u"), layer, document, problem->line);
}

static void
add_problem (StrataAssistantReview *self,
             StrataProblem         *problem)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean is_error = problem->severity == STRATA_SEVERITY_ERROR;
  gboolean is_note = problem->severity == STRATA_SEVERITY_NOTE;
  GtkWidget *icon = gtk_image_new_from_icon_name (is_error  ? "dialog-error-symbolic"
                                                  : is_note ? "dialog-information-symbolic"
                                                            : "dialog-warning-symbolic");
  g_autofree char *place = describe_place (problem);

  gtk_widget_add_css_class (icon, is_error ? "bad" : is_note ? "dim-label" : "attention");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problem->message);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (self->problems, row);
  g_ptr_array_add (self->rows, row);
}

/* The worst first, each kind in its order: what is not shown had better be a note. */
static GPtrArray *
sort_by_severity (GPtrArray *problems)
{
  GPtrArray *sorted = g_ptr_array_sized_new (problems->len);

  for (int severity = STRATA_SEVERITY_ERROR; severity >= STRATA_SEVERITY_NOTE; severity--)
    for (guint i = 0; i < problems->len; i++)
      {
        StrataProblem *problem = g_ptr_array_index (problems, i);

        if ((int) problem->severity == severity)
          g_ptr_array_add (sorted, problem);
      }

  return sorted;
}

static void
show_problems (StrataAssistantReview *self,
               GPtrArray             *problems)
{
  guint n = MIN (problems->len, MAX_SHOWN);
  guint more = problems->len - n;
  g_autoptr(GPtrArray) sorted = sort_by_severity (problems);
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "And %u more", "And %u more", more), more);

  for (guint i = 0; i < n; i++)
    add_problem (self, g_ptr_array_index (sorted, i));
  adw_preferences_group_set_description (self->problems, more > 0 ? text : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), problems->len > 0);
}

static GtkWidget *
make_suffix (StrataLayer *layer,
             LayerFacts  *facts)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *images = strata_layer_facts_images (layer, facts->n_images);
  g_autofree char *digest = strata_format_digest_short (facts->digest);
  GtkWidget *first = gtk_label_new (images);
  GtkWidget *second = gtk_label_new (digest);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (box, 118, -1);
  gtk_label_set_xalign (GTK_LABEL (first), 1);
  gtk_label_set_xalign (GTK_LABEL (second), 1);
  gtk_widget_add_css_class (first, "numeric");
  gtk_widget_add_css_class (second, "small");
  gtk_widget_add_css_class (second, "dim-label");
  gtk_widget_add_css_class (second, "code");
  gtk_widget_set_tooltip_text (second, facts->digest);
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);

  return box;
}

static char *
describe_layer (StrataLayer *layer,
                LayerFacts  *facts)
{
  g_autofree char *subtitle = strata_layer_facts_subtitle (layer);

  if (facts == NULL || *facts->presets == '\0')
    return g_steal_pointer (&subtitle);

  return g_strdup_printf (_("%s · preset “%s”"), subtitle, facts->presets);
}

static void
add_layer (StrataAssistantReview *self,
           StrataLayer           *layer,
           LayerFacts            *facts)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *swatch = strata_kind_swatch_new (strata_layer_get_kind (layer));
  g_autofree char *title =
    g_strdup_printf ("%s  %s", strata_layer_get_name (layer), strata_layer_get_version (layer));
  g_autofree char *subtitle = describe_layer (layer, facts);

  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), g_strchomp (title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), swatch);
  if (facts != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_suffix (layer, facts));
  adw_preferences_group_add (self->layers, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_layers (StrataAssistantReview *self,
             Findings              *findings)
{
  for (guint i = strata_profile_get_n_layers (self->profile); i > 0; i--)
    add_layer (self, strata_profile_get_layer (self->profile, i - 1),
               findings != NULL ? g_ptr_array_index (findings->layers, i - 1) : NULL);
}

static void
clear (StrataAssistantReview *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), FALSE);
}

static char *
describe_images (Findings *findings)
{
  g_autofree char *named = findings->n_images == 0
    ? g_strdup (_("The layers name no images."))
    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The layers name %u image.",
                                    "The layers name %u images.", findings->n_images),
                       findings->n_images);

  if (!findings->has_chart)
    return g_steal_pointer (&named);

  return g_strconcat (named, " ", _("Which ones the charts use besides is not known."), NULL);
}

static void
job_state_cb (StrataAssistantReview *self)
{
  if (strata_job_get_state (self->job) != STRATA_JOB_DONE)
    return;

  Findings *findings = strata_job_get_result (self->job);
  g_autofree char *images = describe_images (findings);

  clear (self);
  adw_preferences_group_set_description (self->layers, images);
  show_problems (self, strata_validation_get_problems (findings->validation));
  show_layers (self, findings);
}

static void
add_pill (StrataAssistantReview *self,
          const char            *text)
{
  GtkWidget *pill = gtk_label_new (text);

  gtk_widget_add_css_class (pill, "pill-label");
  gtk_widget_add_css_class (pill, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (pill), PANGO_ELLIPSIZE_END);
  gtk_box_append (self->pills, pill);
}

static void
show_pills (StrataAssistantReview *self)
{
  GPtrArray *tags = strata_profile_get_tags (self->profile);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pills))) != NULL)
    gtk_box_remove (self->pills, child);
  add_pill (self, strata_profile_get_version (self->profile));
  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *text = strata_tag_to_string (g_ptr_array_index (tags, i));

      add_pill (self, text);
    }
}

static void
strata_assistant_review_dispose (GObject *object)
{
  StrataAssistantReview *self = STRATA_ASSISTANT_REVIEW (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_ASSISTANT_REVIEW);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (strata_assistant_review_parent_class)->dispose (object);
}

static void
strata_assistant_review_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_ASSISTANT_REVIEW (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_assistant_review_parent_class)->finalize (object);
}

static void
strata_assistant_review_class_init (StrataAssistantReviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_assistant_review_dispose;
  object_class->finalize = strata_assistant_review_finalize;

  g_type_ensure (STRATA_TYPE_STACK_DRAWING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-assistant-review.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantReview, drawing);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantReview, name);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantReview, description);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantReview, pills);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantReview, problems);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantReview, layers);
}

static void
strata_assistant_review_init (StrataAssistantReview *self)
{
  self->rows = g_ptr_array_new ();
  self->job = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  strata_stack_drawing_set_scale (self->drawing, 2);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Shows @profile; images, digests and findings follow when a worker has read its texts. */
void
strata_assistant_review_set_profile (StrataAssistantReview *self,
                                     StrataProfile         *profile)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_REVIEW (self) && STRATA_IS_PROFILE (profile));

  const char *description = strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION);

  g_set_object (&self->profile, profile);
  strata_stack_drawing_set_profile (self->drawing, profile);
  gtk_label_set_label (self->name, strata_profile_get_name (profile));
  gtk_label_set_label (self->description, description);
  gtk_widget_set_visible (GTK_WIDGET (self->description), *description != '\0');
  show_pills (self);
  clear (self);
  adw_preferences_group_set_description (self->layers, _("Reading the layers…"));
  show_layers (self, NULL);
  Order *order = g_new0 (Order, 1);

  order->profile = g_object_ref (profile);
  order->kubernetes = strata_checker_get_kubernetes ();
  order->crds = g_ptr_array_ref (strata_crd_list_get_texts (strata_crd_list_get_default ()));
  strata_job_run (self->job, look_at_profile, order, order_free,
                  (GDestroyNotify) findings_free);
}
