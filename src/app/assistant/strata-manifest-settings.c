/* strata-manifest-settings.c - a layer of manifests that is being added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-manifest-settings"

#include "strata-manifest-settings.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-layer-work.h"
#include "strata-manifest-editor.h"
#include "strata-names.h"
#include "strata-say.h"
#include "strata-template.h"

struct _StrataManifestSettings
{
  GtkWidget             parent_instance;
  AdwEntryRow          *name;
  GtkSpinButton        *order;
  StrataManifestEditor *editor;
  GtkLabel             *foot;
  GtkButton            *confirm;
  StrataJob            *job;       /* (owned) */
  StrataLayer          *layer;     /* (owned) (nullable): what it started from */
  char                 *taken;     /* (owned) (nullable): why the layer cannot be added */
  gboolean              resuming;  /* the work under way only reads */
  gboolean              showing;
  gboolean              edited;
};

enum
{
  CHANGED,
  EDITED,
  CONFIRMED,
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataManifestSettings, strata_manifest_settings, GTK_TYPE_WIDGET)

static const char *
get_name (StrataManifestSettings *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->name));
}

static void
update_confirm (StrataManifestSettings *self)
{
  g_autoptr(GError) error = NULL;
  gboolean busy = strata_job_get_state (self->job) == STRATA_JOB_RUNNING;
  gboolean named = strata_name_check_layer (get_name (self), &error);
  gboolean ok = named && self->taken == NULL && strata_manifest_editor_check (self->editor, &error);
  const char *reason = self->taken != NULL ? self->taken : error != NULL ? error->message : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layer.confirm", ok && !busy);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->confirm),
                               reason != NULL ? reason : _("Keep This Layer (Ctrl+Enter)"));
  gtk_label_set_label (self->foot, reason != NULL && self->edited ? reason : "");
}

static void
mark_edited (StrataManifestSettings *self)
{
  if (self->showing)
    return;

  self->edited = TRUE;
  update_confirm (self);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
edited_cb (StrataManifestSettings *self)
{
  mark_edited (self);
}

static void
name_cb (StrataManifestSettings *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[CHANGED], 0);
  mark_edited (self);
}

static void
run (StrataManifestSettings *self,
     StrataLayerWork        *work)
{
  strata_job_run (self->job, strata_layer_work_run, work, (GDestroyNotify) strata_layer_work_free,
                  (GDestroyNotify) strata_layer_outcome_free);
}

static void
job_state_cb (StrataManifestSettings *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    {
      StrataLayerOutcome *outcome = strata_job_get_result (self->job);

      if (!self->resuming)
        {
          g_signal_emit (self, signals[CONFIRMED], 0, outcome->layer);
          return;
        }
      self->showing = TRUE;
      gtk_spin_button_set_value (self->order, outcome->order);
      self->showing = FALSE;
    }
  else if (state == STRATA_JOB_FAILED)
    {
      strata_say (GTK_WIDGET (self), strata_job_get_error (self->job)->message);
    }
  update_confirm (self);
}

static void
confirm_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  StrataManifestSettings *self = STRATA_MANIFEST_SETTINGS (widget);
  g_autoptr(StrataLayer) layer = strata_manifest_settings_dup_layer (self);
  StrataLayerWork *work = strata_layer_work_new (layer, NULL);

  work->order = gtk_spin_button_get_value_as_int (self->order);
  work->set_order = TRUE;
  self->resuming = FALSE;
  run (self, work);
}

static void
cancel_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataManifestSettings *self = STRATA_MANIFEST_SETTINGS (widget);

  strata_job_cancel (self->job);
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
strata_manifest_settings_dispose (GObject *object)
{
  StrataManifestSettings *self = STRATA_MANIFEST_SETTINGS (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_MANIFEST_SETTINGS);
  g_clear_object (&self->layer);

  G_OBJECT_CLASS (strata_manifest_settings_parent_class)->dispose (object);
}

static void
strata_manifest_settings_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_MANIFEST_SETTINGS (object)->taken, g_free);

  G_OBJECT_CLASS (strata_manifest_settings_parent_class)->finalize (object);
}

static void
strata_manifest_settings_class_init (StrataManifestSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = strata_manifest_settings_dispose;
  object_class->finalize = strata_manifest_settings_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] =
    g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONFIRMED] = g_signal_new ("confirmed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, STRATA_TYPE_LAYER);
  signals[CANCELLED] =
    g_signal_new ("cancelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STRATA_TYPE_MANIFEST_EDITOR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-manifest-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataManifestSettings, name);
  gtk_widget_class_bind_template_child (widget_class, StrataManifestSettings, order);
  gtk_widget_class_bind_template_child (widget_class, StrataManifestSettings, editor);
  gtk_widget_class_bind_template_child (widget_class, StrataManifestSettings, foot);
  gtk_widget_class_bind_template_child (widget_class, StrataManifestSettings, confirm);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_install_action (widget_class, "layer.confirm", NULL, confirm_cb);
  gtk_widget_class_install_action (widget_class, "layer.cancel", NULL, cancel_cb);
}

static void
strata_manifest_settings_init (StrataManifestSettings *self)
{
  self->job = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
show_layer (StrataManifestSettings *self,
            StrataLayer            *layer)
{
  strata_job_cancel (self->job);
  g_set_object (&self->layer, layer);
  g_clear_pointer (&self->taken, g_free);
  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), strata_layer_get_name (layer));
  gtk_spin_button_set_value (self->order, 0);
  strata_manifest_editor_set_manifests (self->editor, strata_layer_get_manifests (layer));
  self->showing = FALSE;
}

/* Starts over with nothing. */
void
strata_manifest_settings_start (StrataManifestSettings *self)
{
  g_return_if_fail (STRATA_IS_MANIFEST_SETTINGS (self));

  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, "");

  show_layer (self, layer);
  self->edited = FALSE;
  update_confirm (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

/* Goes on with a layer that a draft kept before it was confirmed. */
void
strata_manifest_settings_resume (StrataManifestSettings *self,
                                 StrataLayer            *layer)
{
  g_return_if_fail (STRATA_IS_MANIFEST_SETTINGS (self) && STRATA_IS_LAYER (layer));

  show_layer (self, layer);
  self->edited = TRUE;
  self->resuming = TRUE;
  run (self, strata_layer_work_new (layer, NULL));
}

/* Says why the layer cannot be added as it is called, or that it can when @reason is NULL. */
void
strata_manifest_settings_set_taken (StrataManifestSettings *self,
                                    const char             *reason)
{
  g_return_if_fail (STRATA_IS_MANIFEST_SETTINGS (self));

  g_free (self->taken);
  self->taken = g_strdup (reason);
  update_confirm (self);
}

/* Returns: (transfer full): the layer as it is written now; its install order is set when it is confirmed */
StrataLayer *
strata_manifest_settings_dup_layer (StrataManifestSettings *self)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST_SETTINGS (self) && self->layer != NULL, NULL);

  g_autoptr(StrataLayer) named =
    strata_layer_with (self->layer, STRATA_LAYER_NAME, get_name (self));
  g_autoptr(GPtrArray) manifests = strata_manifest_editor_dup_manifests (self->editor);

  return strata_layer_with_manifests (named, manifests);
}

/* Whether a person did anything that would be lost. */
gboolean
strata_manifest_settings_is_edited (StrataManifestSettings *self)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST_SETTINGS (self), FALSE);

  return self->edited;
}
