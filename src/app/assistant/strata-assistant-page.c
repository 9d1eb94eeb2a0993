/* strata-assistant-page.c - a new system profile in three steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-assistant-page"

#include "strata-assistant-page.h"

#include <glib/gi18n.h>

#include "strata-assistant-page-private.h"
#include "strata-pending-layer.h"
#include "strata-profile-work.h"
#include "strata-say.h"
#include "strata-spinner.h"
#include "strata-template.h"

typedef enum
{
  PROP_WORKSPACE = 1,
  PROP_NARROW,
} StrataAssistantPageProperty;

enum
{
  FINISHED,
  CLOSED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_NARROW + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataAssistantPage, strata_assistant_page, GTK_TYPE_WIDGET)

static const char *
explain_wait (StrataAssistantPage *self)
{
  if (self->step == STRATA_ASSISTANT_STEP_BASICS)
    return strata_assistant_basics_get_problem (self->basics);
  if (self->step != STRATA_ASSISTANT_STEP_LAYERS)
    return NULL;
  if (strata_assistant_layers_has_pending (self->layers))
    return _("Finish or cancel the layer first");
  if (strata_profile_get_n_layers (self->profile) == 0)
    return _("A profile needs at least one layer");

  return NULL;
}

static void
update_header (StrataAssistantPage *self)
{
  gboolean is_new = self->mode == STRATA_ASSISTANT_MODE_NEW;
  gboolean ready = self->profile != NULL;
  const char *name = ready ? strata_profile_get_name (self->profile) : "";
  const StrataAssistantState state = {
    .step = self->step,
    .profile = is_new ? NULL : name,
    .pane_back = self->step == STRATA_ASSISTANT_STEP_LAYERS &&
                 strata_assistant_layers_get_can_go_back (self->layers),
    .wait = ready ? explain_wait (self) : NULL,
  };

  strata_assistant_header_show (self->header, &state);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "assistant.next",
                                 is_new && ready && self->step < STRATA_ASSISTANT_STEP_REVIEW &&
                                   state.wait == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "assistant.finish",
                                 is_new && ready && self->step == STRATA_ASSISTANT_STEP_REVIEW);
}

void
strata_assistant_page_show_step (StrataAssistantPage *self,
                                 StrataAssistantStep  step)
{
  static const char *const names[] = { "basics", "layers", "review" };

  self->step = step;
  if (step == STRATA_ASSISTANT_STEP_REVIEW)
    strata_assistant_review_set_profile (self->review, self->profile);
  gtk_stack_set_visible_child_name (self->stack, names[step - 1]);
  if (step == STRATA_ASSISTANT_STEP_BASICS)
    strata_assistant_basics_focus (self->basics);
  update_header (self);
}

/* What a draft holds: the profile, and the layer that a person was at work on. */
static StrataProfile *
make_draft (StrataAssistantPage *self)
{
  g_autoptr(StrataLayer) edited = strata_assistant_layers_dup_edited (self->layers);

  return edited != NULL ? strata_pending_layer_put (self->profile, edited)
                        : g_object_ref (self->profile);
}

void
strata_assistant_page_keep_draft (StrataAssistantPage *self)
{
  gboolean is_new = self->mode == STRATA_ASSISTANT_MODE_NEW;

  if (self->saver == NULL || (is_new && !strata_assistant_basics_is_named (self->basics)))
    return;

  g_autoptr(StrataProfile) draft = make_draft (self);

  strata_draft_saver_keep (self->saver, draft, self->step);
}

void
strata_assistant_page_set_profile (StrataAssistantPage *self,
                                   StrataProfile       *profile)
{
  g_set_object (&self->profile, profile);
  strata_assistant_layers_set_profile (self->layers, profile);
  update_header (self);
}

static void
change_profile (StrataAssistantPage *self,
                StrataProfile       *profile)
{
  strata_assistant_page_set_profile (self, profile);
  strata_assistant_page_keep_draft (self);
}

static void
basics_changed_cb (StrataAssistantPage *self)
{
  g_autoptr(StrataProfile) profile = strata_assistant_basics_apply (self->basics, self->profile);

  change_profile (self, profile);
}

static void
layers_changed_cb (StrataAssistantPage *self,
                   StrataProfile       *profile)
{
  g_set_object (&self->before, self->profile);
  change_profile (self, profile);
}

static void
pending_cb (StrataAssistantPage *self)
{
  update_header (self);
  if (self->profile != NULL)
    strata_assistant_page_keep_draft (self);
}

static void
removed_cb (StrataAssistantPage *self,
            const char          *name)
{
  g_autofree char *text = g_strdup_printf (_("“%s” was removed from the stack"), name);

  strata_say_offer (GTK_WIDGET (self->stack), text, _("_Undo"), "assistant.undo-remove", NULL);
}

static StrataProfileWork *
make_work (StrataAssistantPage *self,
           StrataLayer         *layer)
{
  return strata_profile_work_new (strata_workspace_get_store (self->workspace), self->id, layer);
}

static void
confirmed_cb (StrataAssistantPage *self,
              StrataLayer         *layer)
{
  /* A second press does not cancel what the first began. */
  if (strata_job_get_state (self->add) == STRATA_JOB_RUNNING)
    return;
  if (self->mode != STRATA_ASSISTANT_MODE_NEW)
    {
      strata_job_run (self->add, strata_profile_work_add_layer, make_work (self, layer),
                      (GDestroyNotify) strata_profile_work_free, g_object_unref);
      return;
    }

  g_autoptr(StrataProfile) added = strata_profile_with_layer_inserted (
    self->profile, strata_profile_get_n_layers (self->profile), layer);

  strata_assistant_page_set_profile (self, added);
  strata_assistant_layers_end_pending (self->layers);
  strata_assistant_page_keep_draft (self);
  strata_draft_saver_flush (self->saver);
}

static void
failed_cb (StrataAssistantPage *self,
           const char          *message)
{
  self->closing = FALSE;
  strata_say (GTK_WIDGET (self->stack), message);
}

static void saved_cb (StrataAssistantPage *self,
                      const char          *id,
                      gboolean             finished);

/* What happens to the page from now on is not about that profile any more; that it could not be saved is still said. */
void
strata_assistant_page_end_draft (StrataAssistantPage *self)
{
  if (self->saver != NULL)
    g_signal_handlers_disconnect_by_func (self->saver, saved_cb, self);
  g_clear_object (&self->saver);
}

static void
saved_cb (StrataAssistantPage *self,
          const char          *id,
          gboolean             finished)
{
  g_autofree char *copy = g_strdup (id);

  if (self->mode == STRATA_ASSISTANT_MODE_NEW)
    strata_assistant_basics_set_id (self->basics, copy);
  if (finished)
    {
      strata_assistant_page_end_draft (self);
      g_signal_emit (self, signals[FINISHED], 0, copy);
    }
  else if (self->closing && strata_draft_saver_is_idle (self->saver))
    {
      strata_assistant_page_leave (self);
    }
}

/* All that was made is on the disk. */
void
strata_assistant_page_leave (StrataAssistantPage *self)
{
  strata_assistant_page_end_draft (self);

  if (self->mode == STRATA_ASSISTANT_MODE_NEW)
    g_signal_emit (self, signals[CLOSED], 0);
  else
    g_signal_emit (self, signals[FINISHED], 0, self->id);
}

static void
set_saver (StrataAssistantPage *self,
           StrataDraftSaver    *saver)
{
  if (self->saver != NULL)
    strata_draft_saver_flush (self->saver);
  strata_assistant_page_end_draft (self);
  if (saver == NULL)
    return;

  self->saver = g_object_ref (saver);
  g_signal_connect_object (saver, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (saver, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_state_cb (StrataAssistantPage *self)
{
  StrataJobState state = strata_job_get_state (self->add);

  if (state == STRATA_JOB_FAILED)
    strata_say (GTK_WIDGET (self->stack), strata_job_get_error (self->add)->message);
  if (state != STRATA_JOB_DONE)
    return;

  strata_assistant_layers_end_pending (self->layers);
  set_saver (self, NULL);
  g_signal_emit (self, signals[FINISHED], 0, self->id);
}

static void
begin_new (StrataAssistantPage *self,
           StrataProfile       *profile,
           StrataAssistantStep                 step)
{
  g_autoptr(StrataDraftSaver) saver = strata_draft_saver_new (
    strata_workspace_get_store (self->workspace), strata_profile_get_id (profile));
  g_autoptr(StrataLayer) pending = NULL;
  g_autoptr(StrataProfile) rest = strata_pending_layer_take (profile, &pending);

  set_saver (self, NULL);
  self->mode = STRATA_ASSISTANT_MODE_NEW;
  self->closing = FALSE;
  g_set_object (&self->profile, rest);
  strata_assistant_layers_end_pending (self->layers);
  strata_assistant_layers_set_editable (self->layers, TRUE);
  strata_assistant_basics_set_profile (self->basics, rest);
  strata_assistant_page_set_profile (self, rest);
  if (pending != NULL)
    strata_assistant_layers_resume (self->layers, pending);
  set_saver (self, saver);
  strata_assistant_page_show_step (self, pending != NULL ? STRATA_ASSISTANT_STEP_LAYERS : step);
}

static void
begin_add (StrataAssistantPage *self,
           StrataProfile       *profile)
{
  g_autoptr(StrataDraftSaver) saver =
    strata_draft_saver_new_aside (strata_workspace_get_store (self->workspace), self->id);
  g_autoptr(StrataLayer) pending = NULL;
  g_autoptr(StrataProfile) rest = strata_pending_layer_take (profile, &pending);

  self->closing = FALSE;
  strata_assistant_layers_end_pending (self->layers);
  strata_assistant_layers_set_editable (self->layers, FALSE);
  strata_assistant_page_set_profile (self, rest);
  strata_assistant_page_show_step (self, STRATA_ASSISTANT_STEP_LAYERS);
  set_saver (self, saver);
  if (pending != NULL)
    strata_assistant_layers_resume (self->layers, pending);
  else if (self->mode == STRATA_ASSISTANT_MODE_ADD_MANIFEST)
    strata_assistant_layers_add_manifest (self->layers);
  else
    strata_assistant_layers_add_pack (self->layers);
}

static StrataAssistantStep
get_draft_step (StrataAssistantPage *self)
{
  StrataEntry *entry =
    strata_profile_list_find (strata_workspace_get_profiles (self->workspace), self->id);
  guint step = entry != NULL ? strata_entry_get_draft_step (entry) : STRATA_ASSISTANT_STEP_BASICS;

  return CLAMP (step, STRATA_ASSISTANT_STEP_BASICS, STRATA_ASSISTANT_STEP_REVIEW);
}

static void
load_state_cb (StrataAssistantPage *self)
{
  StrataJobState state = strata_job_get_state (self->load);

  if (state == STRATA_JOB_FAILED)
    {
      g_autofree char *escaped =
        g_markup_escape_text (strata_job_get_error (self->load)->message, -1);

      adw_status_page_set_description (self->error_page, escaped);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  if (state != STRATA_JOB_DONE)
    return;

  if (self->mode == STRATA_ASSISTANT_MODE_NEW)
    begin_new (self, strata_job_get_result (self->load), get_draft_step (self));
  else
    begin_add (self, strata_job_get_result (self->load));
}

static void
load (StrataAssistantPage *self,
      const char          *id,
      StrataAssistantMode                 mode)
{
  g_autofree char *copy = g_strdup (id);

  set_saver (self, NULL);
  g_free (self->id);
  self->id = g_steal_pointer (&copy);
  self->mode = mode;
  self->step =
    mode == STRATA_ASSISTANT_MODE_NEW ? STRATA_ASSISTANT_STEP_BASICS : STRATA_ASSISTANT_STEP_LAYERS;
  g_clear_object (&self->profile);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  update_header (self);
  strata_job_run (self->load,
                  mode == STRATA_ASSISTANT_MODE_NEW ? strata_profile_work_load
                                                    : strata_profile_work_load_with_aside,
                  make_work (self, NULL), (GDestroyNotify) strata_profile_work_free, g_object_unref);
}

static void
activated_cb (StrataAssistantPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "assistant.next", NULL);
}

static void
strata_assistant_page_unroot (GtkWidget *widget)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (widget);

  if (self->saver != NULL)
    strata_draft_saver_flush (self->saver);

  GTK_WIDGET_CLASS (strata_assistant_page_parent_class)->unroot (widget);
}

static void
strata_assistant_page_get_property (GObject    *object,
                                    guint       id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (object);

  switch ((StrataAssistantPageProperty) id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_assistant_page_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (object);

  switch ((StrataAssistantPageProperty) id)
    {
    case PROP_WORKSPACE:
      self->workspace = g_value_dup_object (value);
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_assistant_page_constructed (GObject *object)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (object);

  G_OBJECT_CLASS (strata_assistant_page_parent_class)->constructed (object);

  g_return_if_fail (self->workspace != NULL);

  strata_assistant_layers_set_workspace (self->layers, self->workspace);
  strata_assistant_basics_set_profiles (self->basics,
                                        strata_workspace_get_profiles (self->workspace));
  strata_assistant_page_start (self);
}

static void
strata_assistant_page_dispose (GObject *object)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (object);

  set_saver (self, NULL);
  if (self->load != NULL)
    strata_job_cancel (self->load);
  g_clear_object (&self->load);
  g_clear_object (&self->add);
  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_ASSISTANT_PAGE);
  g_clear_object (&self->workspace);
  g_clear_object (&self->profile);
  g_clear_object (&self->before);

  G_OBJECT_CLASS (strata_assistant_page_parent_class)->dispose (object);
}

static void
strata_assistant_page_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_ASSISTANT_PAGE (object)->id, g_free);

  G_OBJECT_CLASS (strata_assistant_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantPage, header);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantPage, basics);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantPage, layers);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantPage, review);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantPage, error_page);
  gtk_widget_class_bind_template_callback (widget_class, basics_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, layers_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirmed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pending_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_header);
}

static void
strata_assistant_page_class_init (StrataAssistantPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->constructed = strata_assistant_page_constructed;
  object_class->dispose = strata_assistant_page_dispose;
  object_class->finalize = strata_assistant_page_finalize;
  object_class->get_property = strata_assistant_page_get_property;
  object_class->set_property = strata_assistant_page_set_property;
  widget_class->unroot = strata_assistant_page_unroot;

  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, STRATA_TYPE_WORKSPACE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[FINISHED] = g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] =
    g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STRATA_TYPE_ASSISTANT_HEADER);
  g_type_ensure (STRATA_TYPE_ASSISTANT_BASICS);
  g_type_ensure (STRATA_TYPE_ASSISTANT_LAYERS);
  g_type_ensure (STRATA_TYPE_ASSISTANT_REVIEW);
  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-assistant-page.ui");
  bind_template (widget_class);
  strata_assistant_page_install_actions (widget_class);
}

static void
strata_assistant_page_init (StrataAssistantPage *self)
{
  self->step = STRATA_ASSISTANT_STEP_BASICS;
  self->load = strata_job_new ();
  self->add = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->load, "notify::state", G_CALLBACK (load_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "notify::state", G_CALLBACK (add_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Reads the profile again that could not be read. */
void
strata_assistant_page_retry (StrataAssistantPage *self)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_PAGE (self));

  if (self->id != NULL)
    load (self, self->id, self->mode);
}

/* Starts a new profile; what was being made is kept as a draft. */
void
strata_assistant_page_start (StrataAssistantPage *self)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_PAGE (self));

  g_autoptr(StrataProfile) profile = strata_profile_new ("", STRATA_FIRST_VERSION);

  strata_job_cancel (self->load);
  begin_new (self, profile, STRATA_ASSISTANT_STEP_BASICS);
}

/* Goes on with the draft @id, at the step where it was left. */
void
strata_assistant_page_resume (StrataAssistantPage *self,
                              const char          *id)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_PAGE (self) && id != NULL);

  load (self, id, STRATA_ASSISTANT_MODE_NEW);
}

/* Adds one layer to the profile @id: only the second step. "finished" comes with the layer or, on Cancel, without. */
void
strata_assistant_page_add_layer (StrataAssistantPage *self,
                                 const char          *id,
                                 gboolean             manifest)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_PAGE (self) && id != NULL);

  load (self, id, manifest ? STRATA_ASSISTANT_MODE_ADD_MANIFEST : STRATA_ASSISTANT_MODE_ADD_PACK);
}
