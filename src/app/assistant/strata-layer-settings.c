/* strata-layer-settings.c - the settings of a pack or chart that is being added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-settings"

#include "strata-layer-settings.h"

#include <glib/gi18n.h>

#include "strata-attached-manifests.h"
#include "strata-format.h"
#include "strata-job.h"
#include "strata-layer-facts.h"
#include "strata-layer-work.h"
#include "strata-preset-groups.h"
#include "strata-say.h"
#include "strata-source-dialog.h"
#include "strata-spinner.h"
#include "strata-template.h"
#include "strata-version-choice.h"

/* What is done when the work that is under way has ended. */
typedef enum
{
  THEN_SHOW,
  THEN_EDIT,
  THEN_CONFIRM,
} Then;

struct _StrataLayerSettings
{
  GtkWidget                parent_instance;
  GtkStack                *stack;
  GtkLabel                *title;
  GtkLabel                *about;
  AdwActionRow            *version_row;
  GtkDropDown             *versions;
  GtkLabel                *version;
  AdwEntryRow             *name_space;
  GtkSpinButton           *order;
  StrataPresetGroups      *presets;
  StrataAttachedManifests *attached;
  AdwStatusPage           *error_page;
  GtkImage                *foot_icon;
  GtkLabel                *foot;
  GtkLabel                *foot_images;
  GtkButton               *confirm;

  StrataRegistry          *registry;   /* (owned) (nullable): NULL for a layer from a draft */
  StrataVersionChoice     *choice;     /* (owned) */
  StrataJob               *job;        /* (owned) */
  StrataLayer             *layer;      /* (owned) (nullable): the layer so far */
  StrataPack              *pack;       /* (owned) (nullable) */
  char                    *taken;      /* (owned) (nullable): why the layer cannot be added */
  Then                     then;
  gboolean                 showing;
  gboolean                 edited;         /* by a person, in any way */
  gboolean                 values_edited;  /* by a person, as text or by a preset */
};

enum
{
  CHANGED,
  EDITED,
  REPLACED,
  CONFIRMED,
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataLayerSettings, strata_layer_settings, GTK_TYPE_WIDGET)

static void
update_confirm (StrataLayerSettings *self)
{
  gboolean busy = strata_job_get_state (self->job) == STRATA_JOB_RUNNING;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layer.confirm",
                                 self->layer != NULL && !busy && self->taken == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->confirm), self->taken != NULL
                                                             ? self->taken
                                                             : _("Keep This Layer (Ctrl+Enter)"));
}

static void
run (StrataLayerSettings *self,
     StrataLayerWork     *work,
     Then                 then)
{
  self->then = then;
  if (self->layer != NULL && work->summary == NULL)
    {
      work->name_space = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_space)));
      work->order = gtk_spin_button_get_value_as_int (self->order);
      work->set_order = self->edited;
    }
  strata_job_run (self->job, strata_layer_work_run, work, (GDestroyNotify) strata_layer_work_free,
                  (GDestroyNotify) strata_layer_outcome_free);
}

static void
run_again (StrataLayerSettings *self,
           Then                 then)
{
  run (self, strata_layer_work_new (self->layer, self->pack), then);
}

static StrataPackSummary *
get_version (StrataLayerSettings *self)
{
  return strata_version_choice_get (self->choice, gtk_drop_down_get_selected (self->versions));
}

static void
fetch (StrataLayerSettings *self)
{
  StrataLayerWork *work = strata_layer_work_new_fetch (self->registry, get_version (self));

  g_set_object (&work->carry, self->layer);
  work->carry_values = self->values_edited;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  run (self, work, THEN_SHOW);
}

static void
mark_edited (StrataLayerSettings *self)
{
  self->edited = TRUE;
  g_signal_emit (self, signals[EDITED], 0);
}

static void
show_versions (StrataLayerSettings *self)
{
  guint n = self->registry != NULL ? strata_version_choice_get_n (self->choice) : 1;
  g_autofree char *text = NULL;

  if (self->registry == NULL)
    text = g_strdup (_("Kept from the draft"));
  else if (gtk_drop_down_get_selected (self->versions) == strata_version_choice_find_latest (self->choice))
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The only one", "Latest of %u", n), n);
  else
    text = g_strdup_printf (_("The latest of %u is %s"), n,
                            strata_pack_summary_get_version (strata_version_choice_get_latest (self->choice)));
  adw_action_row_set_subtitle (self->version_row, text);
  gtk_widget_set_visible (GTK_WIDGET (self->versions), n > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->version), n <= 1);
  gtk_label_set_label (self->version, strata_layer_get_version (self->layer));
}

static void
show_foot (StrataLayerSettings *self,
           StrataLayerOutcome  *outcome)
{
  const char *classes[] = { outcome->n_errors > 0 ? "attention" : "good", NULL };
  g_autofree char *digest = strata_format_digest_short (outcome->digest);
  g_autofree char *images = strata_layer_facts_images (outcome->layer, outcome->images->len);
  g_autofree char *errors =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u problem in its texts",
                                  "%u problems in its texts", outcome->n_errors),
                     outcome->n_errors);
  g_autofree char *text = g_strdup_printf (_("Digest %s, computed here"), digest);

  gtk_image_set_from_icon_name (self->foot_icon, outcome->n_errors > 0 ? "dialog-warning-symbolic"
                                                                       : "emblem-ok-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (self->foot_icon), classes);
  gtk_label_set_label (self->foot, outcome->n_errors > 0 ? errors : text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->foot), outcome->digest);
  gtk_label_set_label (self->foot_images, images);
}

static gboolean
is_changed_text (StrataLayerSettings *self)
{
  return !g_str_equal (strata_layer_get_text (self->layer),
                       strata_pack_get (self->pack, STRATA_PACK_VALUES));
}

static void
show_outcome (StrataLayerSettings *self,
              StrataLayerOutcome  *outcome)
{
  gboolean is_pack = strata_pack_get_kind (outcome->pack) == STRATA_LAYER_KIND_PACK;
  const char *about = strata_pack_get (outcome->pack, STRATA_PACK_DESCRIPTION);

  self->showing = TRUE;
  g_set_object (&self->layer, outcome->layer);
  g_set_object (&self->pack, outcome->pack);
  gtk_label_set_label (self->title, strata_layer_get_name (self->layer));
  gtk_label_set_label (
    self->about, *about != '\0' ? about : strata_pack_get (self->pack, STRATA_PACK_DISPLAY_NAME));
  if (g_strcmp0 (outcome->name_space, gtk_editable_get_text (GTK_EDITABLE (self->name_space))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->name_space),
                           outcome->name_space != NULL ? outcome->name_space : "");
  gtk_spin_button_set_value (self->order, outcome->order);
  strata_preset_groups_show (self->presets, self->pack, outcome->presets, is_changed_text (self));
  strata_attached_manifests_set (self->attached, strata_layer_get_manifests (self->layer),
                                 is_pack ? _("None. Created together with the pack.")
                                         : _("None. Created together with the chart."));
  show_versions (self);
  show_foot (self, outcome);
  gtk_stack_set_visible_child_name (self->stack, "content");
  self->showing = FALSE;
}

/* The text is what counts now: it is read, and nothing is written into it. */
static void
take_layer (StrataLayerSettings *self,
            StrataLayer         *layer)
{
  g_set_object (&self->layer, layer);
  self->values_edited = TRUE;
  mark_edited (self);
  self->then = THEN_SHOW;
  strata_job_run (self->job, strata_layer_work_run, strata_layer_work_new (self->layer, self->pack),
                  (GDestroyNotify) strata_layer_work_free,
                  (GDestroyNotify) strata_layer_outcome_free);
}

static void
values_applied_cb (StrataLayerSettings *self,
                   const char          *name,
                   const char          *text)
{
  g_autoptr(StrataBlob) values = strata_blob_new_text (text);
  g_autoptr(StrataLayer) layer = strata_layer_with_values (self->layer, values);

  take_layer (self, layer);
}

static void
open_values (StrataLayerSettings *self)
{
  g_autofree char *title =
    g_strdup_printf (_("Values of %s"), strata_layer_get_name (self->layer));
  StrataSourceDialog *dialog = strata_source_dialog_new (
    GTK_WIDGET (self), title, NULL, strata_layer_get_text (self->layer), STRATA_LINT_VALUES);

  g_signal_connect_object (dialog, "applied", G_CALLBACK (values_applied_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
finish_work (StrataLayerSettings *self)
{
  gboolean is_other = self->layer == NULL;

  show_outcome (self, strata_job_get_result (self->job));
  if (self->then == THEN_EDIT)
    open_values (self);
  if (self->then == THEN_CONFIRM)
    g_signal_emit (self, signals[CONFIRMED], 0, self->layer);
  else if (is_other)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
fail_work (StrataLayerSettings *self)
{
  const char *message = strata_job_get_error (self->job)->message;
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "content"))
    {
      strata_say (GTK_WIDGET (self), message);
      return;
    }
  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
job_state_cb (StrataLayerSettings *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    finish_work (self);
  else if (state == STRATA_JOB_FAILED)
    fail_work (self);
  update_confirm (self);
}

static void
version_cb (StrataLayerSettings *self)
{
  if (self->showing || self->registry == NULL ||
      gtk_drop_down_get_selected (self->versions) == GTK_INVALID_LIST_POSITION)
    return;

  fetch (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
setting_cb (StrataLayerSettings *self)
{
  if (!self->showing)
    mark_edited (self);
}

static void
preset_cb (StrataLayerSettings *self,
           const char          *group,
           const char          *preset)
{
  StrataLayerWork *work = strata_layer_work_new (self->layer, self->pack);

  if (*preset == '\0')
    g_signal_emit (self, signals[REPLACED], 0, self->layer);
  work->group = g_strdup (group);
  work->preset = g_strdup (preset);
  self->values_edited = TRUE;
  mark_edited (self);
  run (self, work, THEN_SHOW);
}

static void
attached_cb (StrataLayerSettings *self)
{
  g_autoptr(StrataLayer) layer =
    strata_layer_with_manifests (self->layer, strata_attached_manifests_get (self->attached));

  g_set_object (&self->layer, layer);
  mark_edited (self);
  run_again (self, THEN_SHOW);
}

static void
edit_values_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  run_again (STRATA_LAYER_SETTINGS (widget), THEN_EDIT);
}

static void
confirm_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  run_again (STRATA_LAYER_SETTINGS (widget), THEN_CONFIRM);
}

static void
cancel_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataLayerSettings *self = STRATA_LAYER_SETTINGS (widget);

  strata_job_cancel (self->job);
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
retry_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  StrataLayerSettings *self = STRATA_LAYER_SETTINGS (widget);

  if (self->registry != NULL)
    fetch (self);
  else
    run_again (self, THEN_SHOW);
}

static void
strata_layer_settings_dispose (GObject *object)
{
  StrataLayerSettings *self = STRATA_LAYER_SETTINGS (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->choice);
  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_LAYER_SETTINGS);
  g_clear_object (&self->registry);
  g_clear_object (&self->layer);
  g_clear_object (&self->pack);

  G_OBJECT_CLASS (strata_layer_settings_parent_class)->dispose (object);
}

static void
strata_layer_settings_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_LAYER_SETTINGS (object)->taken, g_free);

  G_OBJECT_CLASS (strata_layer_settings_parent_class)->finalize (object);
}

static void
install_signals (GType type)
{
  signals[CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] =
    g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REPLACED] = g_signal_new ("replaced", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, STRATA_TYPE_LAYER);
  signals[CONFIRMED] = g_signal_new ("confirmed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, STRATA_TYPE_LAYER);
  signals[CANCELLED] =
    g_signal_new ("cancelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_layer_settings_class_init (StrataLayerSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_layer_settings_dispose;
  object_class->finalize = strata_layer_settings_finalize;
  install_signals (G_TYPE_FROM_CLASS (klass));

  g_type_ensure (STRATA_TYPE_PRESET_GROUPS);
  g_type_ensure (STRATA_TYPE_ATTACHED_MANIFESTS);
  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-layer-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, title);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, about);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, version_row);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, versions);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, version);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, name_space);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, order);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, presets);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, attached);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, error_page);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, foot_icon);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, foot);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, foot_images);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerSettings, confirm);
  gtk_widget_class_bind_template_callback (widget_class, version_cb);
  gtk_widget_class_bind_template_callback (widget_class, setting_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_cb);
  gtk_widget_class_bind_template_callback (widget_class, attached_cb);
  gtk_widget_class_install_action (widget_class, "layer.edit-values", NULL, edit_values_cb);
  gtk_widget_class_install_action (widget_class, "layer.confirm", NULL, confirm_cb);
  gtk_widget_class_install_action (widget_class, "layer.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "layer.retry", NULL, retry_cb);
}

static GtkWidget *
make_edit_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Edit Values…"));

  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "layer.edit-values");

  return button;
}

static void
fill_versions (StrataLayerSettings *self)
{
  g_autoptr(GtkStringList) names = strata_version_choice_make_names (self->choice);

  self->showing = TRUE;
  gtk_drop_down_set_model (self->versions, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->versions, strata_version_choice_find_latest (self->choice));
  self->showing = FALSE;
  if (self->layer != NULL)
    show_versions (self);
}

static void
strata_layer_settings_init (StrataLayerSettings *self)
{
  self->job = strata_job_new ();
  self->choice = strata_version_choice_new ();
  g_signal_connect_object (self->choice, "loaded", G_CALLBACK (fill_versions), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));

  /* From GTK 4.18 on, a drop-down is named by what is chosen in it, and a name of its own is not heard. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->versions), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  strata_preset_groups_set_suffix (self->presets, make_edit_button ());
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
forget (StrataLayerSettings *self)
{
  strata_job_cancel (self->job);
  strata_version_choice_clear (self->choice);
  g_clear_object (&self->registry);
  g_clear_object (&self->layer);
  g_clear_object (&self->pack);
  g_clear_pointer (&self->taken, g_free);
  self->edited = FALSE;
  self->values_edited = FALSE;
}

/* Starts over with the newest version of @item, which is fetched from one of @registries; @index knows the others. */
void
strata_layer_settings_choose (StrataLayerSettings *self,
                              StrataRegistryList  *registries,
                              StrataIndex         *index,
                              StrataPackSummary   *item)
{
  g_return_if_fail (STRATA_IS_LAYER_SETTINGS (self) && STRATA_IS_PACK_SUMMARY (item));

  StrataRegistry *registry = strata_registry_list_find (registries, strata_pack_summary_get_registry_id (item));

  g_return_if_fail (registry != NULL);

  forget (self);
  self->registry = g_object_ref (registry);
  strata_version_choice_load (self->choice, index, item);
  fill_versions (self);
  fetch (self);
}

/* Goes on with a layer that a draft kept before it was confirmed; what it was made of is in it. */
void
strata_layer_settings_resume (StrataLayerSettings *self,
                              StrataLayer         *layer)
{
  g_return_if_fail (STRATA_IS_LAYER_SETTINGS (self) && STRATA_IS_LAYER (layer));

  forget (self);
  self->edited = TRUE;
  self->values_edited = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->then = THEN_SHOW;
  strata_job_run (self->job, strata_layer_work_run, strata_layer_work_new (layer, NULL),
                  (GDestroyNotify) strata_layer_work_free,
                  (GDestroyNotify) strata_layer_outcome_free);
}

/* Takes back @layer, an earlier state of the one that is being made. */
void
strata_layer_settings_restore (StrataLayerSettings *self,
                               StrataLayer         *layer)
{
  g_return_if_fail (STRATA_IS_LAYER_SETTINGS (self) && STRATA_IS_LAYER (layer));

  take_layer (self, layer);
}

/* Says why the layer cannot be added as it is called, or that it can when @reason is NULL. */
void
strata_layer_settings_set_taken (StrataLayerSettings *self,
                                 const char          *reason)
{
  g_return_if_fail (STRATA_IS_LAYER_SETTINGS (self));

  g_free (self->taken);
  self->taken = g_strdup (reason);
  update_confirm (self);
}

/* Returns: (transfer none) (nullable): the layer as far as it is made */
StrataLayer *
strata_layer_settings_get_layer (StrataLayerSettings *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_SETTINGS (self), NULL);

  return self->layer;
}

/* Returns: (transfer full) (nullable): what the stack shows while the layer is being made */
StrataLayer *
strata_layer_settings_dup_ghost (StrataLayerSettings *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_SETTINGS (self), NULL);

  if (self->registry == NULL)
    return self->layer != NULL ? g_object_ref (self->layer) : NULL;

  StrataPackSummary *summary = get_version (self);
  g_autoptr(StrataLayer) layer = strata_layer_new (strata_pack_summary_get_kind (summary),
                                                    strata_pack_summary_get_name (summary));

  return strata_layer_with (layer, STRATA_LAYER_VERSION, strata_pack_summary_get_version (summary));
}

/* Whether a person did anything that would be lost. */
gboolean
strata_layer_settings_is_edited (StrataLayerSettings *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_SETTINGS (self), FALSE);

  return self->edited;
}
