/* strata-editor-view.c - one profile being edited: its stack, a text, the inspector
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-view"

#include "strata-editor-view.h"

#include <glib/gi18n.h>

#include "strata-editor-actions.h"
#include "strata-editor-loader.h"
#include "strata-editor-panes.h"
#include "strata-editor-title.h"
#include "strata-job.h"
#include "strata-spinner.h"

#define SESSION_TYPE "(sssuuu)"  /* id, layer, document, line, column, first line on the screen */

struct _StrataEditorView
{
  GtkWidget          parent_instance;
  StrataWorkspace   *workspace;  /* (owned) */
  char              *id;         /* (owned) */
  StrataJob         *load;       /* (owned) */
  StrataEditing     *editing;    /* (owned) (nullable): NULL until the profile is read */
  GVariant          *session;    /* (owned) (nullable): where to go when it is */
  gint64             base_time;
  guint              narrow : 1;
  guint              inspector_visible : 1;
  char              *head_before;  /* (owned) (nullable): what the saver had when that began */
  guint              is_asked_for : 1;  /* the profile that is being read takes the place of what is here */

  GtkStack          *stack;
  AdwStatusPage     *failed;
  StrataEditorPanes *panes;
};

typedef enum
{
  PROP_WORKSPACE = 1,
  PROP_ID,
  PROP_NARROW,
  PROP_INSPECTOR_VISIBLE,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_N_PROBLEMS,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
} StrataEditorViewProperty;

static GParamSpec *properties[PROP_CAN_REDO + 1];

G_DEFINE_FINAL_TYPE (StrataEditorView, strata_editor_view, GTK_TYPE_WIDGET)

static void
notify_titles (StrataEditorView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

static void
checked_cb (StrataEditorView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PROBLEMS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

static void
save_state_cb (StrataEditorView *self)
{
  StrataSaverState state = strata_saver_get_state (strata_editing_get_saver (self->editing));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);

  if (state == STRATA_SAVER_CONFLICT)
    gtk_widget_activate_action (GTK_WIDGET (self), "profile.decide", NULL);
}

static void
go_to_session (StrataEditorView *self)
{
  StrataSourcePane *source = strata_editor_panes_get_source (self->panes);
  const char *id, *layer_name, *document;
  guint line, column, top, position;

  if (self->session == NULL)
    return;

  g_variant_get (self->session, "(&s&s&suuu)", &id, &layer_name, &document, &line, &column, &top);

  if (strata_profile_find_layer (strata_editing_get_profile (self->editing), layer_name, &position)
      != NULL)
    {
      strata_editing_select (self->editing, position, document);
      strata_editor_document_go_to (strata_source_pane_get_document (source), line, column);
      strata_source_pane_scroll_to (source, top);
    }

  g_clear_pointer (&self->session, g_variant_unref);
}

static void
connect_editing (StrataEditorView *self)
{
  StrataEditing *editing = self->editing;

  g_signal_connect_object (editing, "notify::profile", G_CALLBACK (notify_titles), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (editing, "notify", G_CALLBACK (strata_editor_actions_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked",
                           G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_editing_get_saver (editing), "notify::state",
                           G_CALLBACK (save_state_cb), self, G_CONNECT_SWAPPED);

  strata_editor_panes_set_editing (self->panes, editing);
  strata_editor_actions_update (self);
}

static void
open_loaded (StrataEditorView *self,
             StrataLoaded     *loaded)
{
  self->editing = strata_editing_new (strata_workspace_get_store (self->workspace),
                                      loaded->profile, loaded->head, loaded->saved_at);
  strata_editing_set_base (self->editing, loaded->base);
  connect_editing (self);
  go_to_session (self);
  gtk_stack_set_visible_child_name (self->stack, "content");
  notify_titles (self);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->panes));
}

/* What was typed while the disk was read, or saved meanwhile, is newer than what was read. */
static gboolean
is_overtaken (StrataEditorView *self,
              StrataLoaded     *loaded)
{
  StrataSaver *saver = strata_editing_get_saver (self->editing);
  g_autofree char *head = strata_saver_get_state (saver) == STRATA_SAVER_SAVED ? strata_saver_dup_head (saver) : NULL;

  return g_strcmp0 (head, self->head_before) != 0 || g_strcmp0 (head, loaded->head) == 0;
}

/* What somebody else saved takes the place of ours in one step: undo brings ours back. */
static void
take_loaded (StrataEditorView *self,
             StrataLoaded     *loaded)
{
  StrataSaver *saver = strata_editing_get_saver (self->editing);

  if (!self->is_asked_for && is_overtaken (self, loaded))
    return;

  strata_editing_apply (self->editing, loaded->profile, _("Take Saved Profile"));
  strata_saver_adopt (saver, strata_editing_get_profile (self->editing), loaded->head,
                      loaded->saved_at);
  strata_editing_set_base (self->editing, loaded->base);
}

static void
load_state_cb (StrataEditorView *self)
{
  StrataJobState state = strata_job_get_state (self->load);

  if (state == STRATA_JOB_FAILED && self->editing == NULL)
    {
      g_autofree char *reason = g_markup_escape_text (strata_job_get_error (self->load)->message, -1);

      adw_status_page_set_description (self->failed, reason);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  else if (state == STRATA_JOB_FAILED)
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.notify", "s",
                                strata_job_get_error (self->load)->message);
  else if (state == STRATA_JOB_DONE)
    {
      StrataLoaded *loaded = strata_job_get_result (self->load);

      self->base_time = loaded->base_time;

      if (self->editing == NULL)
        open_loaded (self, loaded);
      else
        take_loaded (self, loaded);
    }
}

static void
load_profile (StrataEditorView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  strata_editor_view_reload (self);
}

/* What is read takes the place of what is here, when it @is_asked_for, also of what is not saved yet. */
static void
load (StrataEditorView *self,
      gboolean          is_asked_for)
{
  StrataSaver *saver = self->editing != NULL ? strata_editing_get_saver (self->editing) : NULL;

  self->is_asked_for = is_asked_for;
  g_free (self->head_before);
  self->head_before = saver != NULL && strata_saver_get_state (saver) == STRATA_SAVER_SAVED
                        ? strata_saver_dup_head (saver)
                        : NULL;
  strata_editor_loader_run (self->load, strata_workspace_get_store (self->workspace), self->id);
}

/* Something was saved: by this editor, or by the assistant, another window, another program. */
static void
list_changed_cb (StrataEditorView *self)
{
  StrataEntry *entry =
    strata_profile_list_find (strata_workspace_get_profiles (self->workspace), self->id);
  StrataSaver *saver = self->editing != NULL ? strata_editing_get_saver (self->editing) : NULL;

  /* What is unsaved here is not put aside behind anybody's back: saving it will find the conflict. */
  if (saver == NULL || entry == NULL || strata_saver_get_state (saver) != STRATA_SAVER_SAVED)
    return;

  g_autofree char *head = strata_saver_dup_head (saver);

  if (g_strcmp0 (head, strata_entry_get_head (entry)) != 0
      && strata_entry_get_changed (entry) >= strata_saver_get_saved_at (saver))
    load (self, FALSE);
}

static gboolean
strata_editor_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STRATA_EDITOR_VIEW (widget)->panes));
}

static void
strata_editor_view_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StrataEditorView *self = STRATA_EDITOR_VIEW (object);
  StrataDraft *draft = self->editing != NULL ? strata_editing_get_draft (self->editing) : NULL;

  switch ((StrataEditorViewProperty) prop_id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;

    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;

    case PROP_INSPECTOR_VISIBLE:
      g_value_set_boolean (value, self->inspector_visible);
      break;

    case PROP_TITLE:
      g_value_take_string (value, strata_editor_title_make (self->editing));
      break;

    case PROP_SUBTITLE:
      g_value_take_string (value, strata_editor_title_describe (self->workspace, self->editing, self->base_time));
      break;

    case PROP_N_PROBLEMS:
      g_value_set_uint (value, self->editing != NULL
        ? strata_checker_get_n_problems (strata_editing_get_checker (self->editing)) : 0);
      break;

    case PROP_CAN_UNDO:
      g_value_set_boolean (value, draft != NULL && strata_draft_get_can_undo (draft));
      break;

    case PROP_CAN_REDO:
      g_value_set_boolean (value, draft != NULL && strata_draft_get_can_redo (draft));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_editor_view_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  StrataEditorView *self = STRATA_EDITOR_VIEW (object);

  switch ((StrataEditorViewProperty) prop_id)
    {
    case PROP_WORKSPACE:
      self->workspace = g_value_dup_object (value);
      break;

    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;

    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;

    case PROP_INSPECTOR_VISIBLE:
      self->inspector_visible = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;

    case PROP_TITLE:
    case PROP_SUBTITLE:
    case PROP_N_PROBLEMS:
    case PROP_CAN_UNDO:
    case PROP_CAN_REDO:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_editor_view_constructed (GObject *object)
{
  StrataEditorView *self = STRATA_EDITOR_VIEW (object);

  G_OBJECT_CLASS (strata_editor_view_parent_class)->constructed (object);

  g_signal_connect_object (strata_workspace_get_profiles (self->workspace), "items-changed",
                           G_CALLBACK (list_changed_cb), self, G_CONNECT_SWAPPED);
  load_profile (self);
}

static void
strata_editor_view_dispose (GObject *object)
{
  StrataEditorView *self = STRATA_EDITOR_VIEW (object);

  g_clear_object (&self->load);
  g_clear_object (&self->editing);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->session, g_variant_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_EDITOR_VIEW);

  G_OBJECT_CLASS (strata_editor_view_parent_class)->dispose (object);
}

static void
strata_editor_view_finalize (GObject *object)
{
  StrataEditorView *self = STRATA_EDITOR_VIEW (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->head_before, g_free);

  G_OBJECT_CLASS (strata_editor_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags write = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags once = write | G_PARAM_CONSTRUCT_ONLY;

  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, STRATA_TYPE_WORKSPACE, once);
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, once);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, write);
  properties[PROP_INSPECTOR_VISIBLE] =
    g_param_spec_boolean ("inspector-visible", NULL, NULL, FALSE, write);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, read);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, read);
  properties[PROP_N_PROBLEMS] =
    g_param_spec_uint ("n-problems", NULL, NULL, 0, G_MAXUINT, 0, read);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, read);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_editor_view_class_init (StrataEditorViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_editor_view_get_property;
  object_class->set_property = strata_editor_view_set_property;
  object_class->constructed = strata_editor_view_constructed;
  object_class->dispose = strata_editor_view_dispose;
  object_class->finalize = strata_editor_view_finalize;
  widget_class->grab_focus = strata_editor_view_grab_focus;
  install_properties (object_class);
  strata_editor_actions_install (widget_class);

  g_type_ensure (STRATA_TYPE_EDITOR_PANES);
  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-editor-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataEditorView, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorView, failed);
  gtk_widget_class_bind_template_child (widget_class, StrataEditorView, panes);
  gtk_widget_class_bind_template_callback (widget_class, load_profile);
  gtk_widget_class_bind_template_callback_full (widget_class, "repair_cb",
                                                G_CALLBACK (strata_editor_actions_repair));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_editor_view_init (StrataEditorView *self)
{
  self->load = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  strata_editor_actions_update (self);

  g_signal_connect_object (self->load, "notify::state", G_CALLBACK (load_state_cb), self,
                           G_CONNECT_SWAPPED);
}

StrataEditorView *
strata_editor_view_new (StrataWorkspace *workspace,
                        const char      *id)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_object_new (STRATA_TYPE_EDITOR_VIEW, "workspace", workspace, "id", id, NULL);
}

const char *
strata_editor_view_get_id (StrataEditorView *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_VIEW (self), NULL);

  return self->id;
}

StrataWorkspace *
strata_editor_view_get_workspace (StrataEditorView *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_VIEW (self), NULL);

  return self->workspace;
}

/* (nullable): NULL until the profile is read */
StrataEditing *
strata_editor_view_get_editing (StrataEditorView *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_VIEW (self), NULL);

  return self->editing;
}

/* The panes of the profile, also before it is read. */
StrataEditorPanes *
strata_editor_view_get_panes (StrataEditorView *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_VIEW (self), NULL);

  return self->panes;
}

static void
travel (StrataEditorView *self,
        void            (*step) (StrataEditing *editing))
{
  if (self->editing == NULL)
    return;

  step (self->editing);
  strata_source_pane_show_cursor (strata_editor_panes_get_source (self->panes));
}

void
strata_editor_view_undo (StrataEditorView *self)
{
  g_return_if_fail (STRATA_IS_EDITOR_VIEW (self));

  travel (self, strata_editing_undo);
}

void
strata_editor_view_redo (StrataEditorView *self)
{
  g_return_if_fail (STRATA_IS_EDITOR_VIEW (self));

  travel (self, strata_editing_redo);
}

/* A save that the history keeps, and that changes are counted from. */
void
strata_editor_view_save (StrataEditorView *self)
{
  g_return_if_fail (STRATA_IS_EDITOR_VIEW (self));

  if (self->editing == NULL)
    return;

  strata_saver_save (strata_editing_get_saver (self->editing), STRATA_REASON_SAVE);
  self->base_time = g_get_real_time () / G_USEC_PER_SEC;
  strata_editing_set_base (self->editing, strata_editing_get_profile (self->editing));
}

gboolean
strata_editor_view_flush (StrataEditorView  *self,
                          GError           **error)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_VIEW (self), FALSE);

  return self->editing == NULL
         || strata_saver_flush (strata_editing_get_saver (self->editing), error);
}

/* What the disk has takes the place of what is here; undo brings that back. */
void
strata_editor_view_reload (StrataEditorView *self)
{
  g_return_if_fail (STRATA_IS_EDITOR_VIEW (self));

  load (self, TRUE);
}

/* What strata_editor_view_set_session() takes, floating where it is new. */
GVariant *
strata_editor_view_get_session (StrataEditorView *self)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_VIEW (self), NULL);

  StrataSourcePane *source = strata_editor_panes_get_source (self->panes);
  StrataLayer *layer = self->editing != NULL ? strata_editing_get_layer (self->editing) : NULL;

  if (self->session != NULL)
    return self->session;

  if (layer == NULL)
    return g_variant_new (SESSION_TYPE, self->id, "", "", 1u, 1u, 1u);

  return g_variant_new (SESSION_TYPE, self->id, strata_layer_get_name (layer),
                        strata_editing_get_document (self->editing),
                        strata_source_pane_get_line (source),
                        strata_source_pane_get_column (source),
                        strata_source_pane_get_top_line (source));
}

/* Goes there when the profile is read. */
void
strata_editor_view_set_session (StrataEditorView *self,
                                GVariant         *session)
{
  g_return_if_fail (STRATA_IS_EDITOR_VIEW (self));
  g_return_if_fail (g_variant_is_of_type (session, G_VARIANT_TYPE (SESSION_TYPE)));

  g_clear_pointer (&self->session, g_variant_unref);
  self->session = g_variant_ref (session);

  if (self->editing != NULL)
    go_to_session (self);
}
