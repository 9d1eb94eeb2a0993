/* strata-assistant-layers.c - the second step: the stack, what there is to choose, and the layer being made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-assistant-layers"

#include "strata-assistant-layers.h"

#include <glib/gi18n.h>

#include "strata-choice-pane.h"
#include "strata-layer-settings.h"
#include "strata-manifest-settings.h"
#include "strata-registry-actions.h"
#include "strata-say.h"
#include "strata-stack-pane.h"
#include "strata-template.h"

typedef enum
{
  PENDING_NONE,
  PENDING_PACK,
  PENDING_MANIFEST,
} Pending;

struct _StrataAssistantLayers
{
  GtkWidget               parent_instance;
  AdwLeaflet             *leaflet;
  StrataStackPane        *stack;
  StrataChoicePane       *choice;
  GtkWidget              *choice_line;
  GtkStack               *settings;
  StrataLayerSettings    *pack;
  StrataManifestSettings *manifest;
  AdwStatusPage          *hint;
  StrataWorkspace        *workspace;  /* (owned) (nullable) */
  StrataProfile          *profile;    /* (owned) (nullable) */
  GtkWidget              *front;      /* (not owned): the pane to show when there is room for one only */
  StrataLayer            *given_up;   /* (owned) (nullable): can be taken up again */
  Pending                 pending;
  gboolean                narrow;
};

typedef enum
{
  PROP_NARROW = 1,
  PROP_CAN_GO_BACK,
} StrataAssistantLayersProperty;

enum
{
  CHANGED,
  CONFIRMED,
  PENDING_CHANGED,
  REMOVED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_CAN_GO_BACK + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataAssistantLayers, strata_assistant_layers, GTK_TYPE_WIDGET)

/* With room for all panes nothing changes: the keyboard focus stays where it is. */
static void
bring (StrataAssistantLayers *self,
       gpointer               pane)
{
  self->front = pane;
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, pane);
}

static StrataLayer *
dup_ghost (StrataAssistantLayers *self)
{
  switch (self->pending)
    {
    case PENDING_PACK:
      return strata_layer_settings_dup_ghost (self->pack);
    case PENDING_MANIFEST:
      return strata_manifest_settings_dup_layer (self->manifest);
    case PENDING_NONE:
    default:
      return NULL;
    }
}

static char *
explain_taken (StrataAssistantLayers *self,
               StrataLayer           *layer)
{
  const char *name = layer != NULL ? strata_layer_get_name (layer) : "";

  if (self->profile == NULL || strata_profile_find_layer (self->profile, name, NULL) == NULL)
    return NULL;

  return g_strdup_printf (_("The profile has a layer “%s” already"), name);
}

static void
show_pending (StrataAssistantLayers *self)
{
  g_autoptr(StrataLayer) ghost = dup_ghost (self);
  g_autofree char *taken = explain_taken (self, ghost);

  strata_stack_pane_set_ghost (self->stack, ghost);
  if (self->pending == PENDING_PACK)
    strata_layer_settings_set_taken (self->pack, taken);
  if (self->pending == PENDING_MANIFEST)
    strata_manifest_settings_set_taken (self->manifest, taken);
  g_signal_emit (self, signals[PENDING_CHANGED], 0);
}

static void
show_choice (StrataAssistantLayers *self,
             gboolean               shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->choice), shown);
  gtk_widget_set_visible (self->choice_line, shown && !adw_leaflet_get_folded (self->leaflet));
}

static void
show_hint (StrataAssistantLayers *self)
{
  gboolean empty = self->profile == NULL || strata_profile_get_n_layers (self->profile) == 0;

  adw_status_page_set_title (self->hint,
                             empty ? _("Choose the First Layer") : _("Choose the Next Layer"));
  adw_status_page_set_description (
    self->hint, empty ? _("A pack or a chart from the list, or manifests of your own.")
                      : _("Or go on to the review when the stack is complete."));
  gtk_stack_set_visible_child_name (self->settings, "hint");
}

static void
begin (StrataAssistantLayers *self,
       Pending                pending)
{
  self->pending = pending;
  show_choice (self, pending != PENDING_MANIFEST);
  gtk_stack_set_visible_child_name (self->settings, pending == PENDING_PACK ? "pack" : "manifest");
  bring (self, self->settings);
  show_pending (self);
}

/* What a person did to a layer is not lost when another one is begun: it can be taken up again. */
static void
give_up (StrataAssistantLayers *self)
{
  g_autoptr(StrataLayer) edited = strata_assistant_layers_dup_edited (self);

  if (edited == NULL)
    return;

  g_autofree char *text =
    g_strdup_printf (_("“%s” was not added"), strata_layer_get_name (edited));

  g_set_object (&self->given_up, edited);
  strata_say_offer (GTK_WIDGET (self), text, _("_Undo"), "assistant.take-up", NULL);
}

static void
replaced_cb (StrataAssistantLayers *self,
             StrataLayer           *layer)
{
  g_set_object (&self->given_up, layer);
  strata_say_offer (GTK_WIDGET (self), _("The values are as they came again"),
                                          _("_Undo"), "assistant.take-up", NULL);
}

/* Whether @layer is an earlier state of what is being made now. */
static gboolean
is_pending_pack (StrataAssistantLayers *self,
                 StrataLayer           *layer)
{
  StrataLayer *now =
    self->pending == PENDING_PACK ? strata_layer_settings_get_layer (self->pack) : NULL;

  return now != NULL && g_str_equal (strata_layer_get_name (now), strata_layer_get_name (layer)) &&
         g_str_equal (strata_layer_get_version (now), strata_layer_get_version (layer));
}

static void
chosen_cb (StrataAssistantLayers *self,
           StrataPackSummary     *item)
{
  StrataRegistryList *registries = strata_workspace_get_registries (self->workspace);

  /* A registry may have been taken away a moment ago; the list of results is about to follow. */
  if (strata_registry_list_find (registries, strata_pack_summary_get_registry_id (item)) == NULL)
    return;

  give_up (self);
  strata_layer_settings_choose (self->pack, registries, strata_workspace_get_index (self->workspace), item);
  begin (self, PENDING_PACK);
}

static void
pending_changed_cb (StrataAssistantLayers *self)
{
  show_pending (self);
}

static void
pending_edited_cb (StrataAssistantLayers *self)
{
  g_signal_emit (self, signals[PENDING_CHANGED], 0);
}

static void
confirmed_cb (StrataAssistantLayers *self,
              StrataLayer           *layer)
{
  g_signal_emit (self, signals[CONFIRMED], 0, layer);
}

static void
cancelled_cb (StrataAssistantLayers *self)
{
  give_up (self);
  strata_assistant_layers_end_pending (self);
}

static void
move_cb (StrataAssistantLayers *self,
         guint                  from,
         guint                  to)
{
  g_autoptr(StrataProfile) moved = strata_profile_with_layer_moved (self->profile, from, to);

  g_signal_emit (self, signals[CHANGED], 0, moved);
}

static void
remove_cb (StrataAssistantLayers *self,
           guint                  position)
{
  g_autofree char *name =
    g_strdup (strata_layer_get_name (strata_profile_get_layer (self->profile, position)));
  g_autoptr(StrataProfile) rest = strata_profile_without_layer (self->profile, position);

  g_signal_emit (self, signals[CHANGED], 0, rest);
  g_signal_emit (self, signals[REMOVED], 0, name);
}

static void
add_pack_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  strata_assistant_layers_add_pack (STRATA_ASSISTANT_LAYERS (widget));
}

static void
add_manifest_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  strata_assistant_layers_add_manifest (STRATA_ASSISTANT_LAYERS (widget));
}

static void
folded_cb (StrataAssistantLayers *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, self->front);
  show_choice (self, self->pending != PENDING_MANIFEST);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

static void
visible_child_cb (StrataAssistantLayers *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    self->front = adw_leaflet_get_visible_child (self->leaflet);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

static void
strata_assistant_layers_get_property (GObject    *object,
                                      guint       id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  StrataAssistantLayers *self = STRATA_ASSISTANT_LAYERS (object);

  switch ((StrataAssistantLayersProperty) id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, strata_assistant_layers_get_can_go_back (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_assistant_layers_set_property (GObject      *object,
                                      guint         id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  StrataAssistantLayers *self = STRATA_ASSISTANT_LAYERS (object);

  switch ((StrataAssistantLayersProperty) id)
    {
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      adw_leaflet_set_can_unfold (self->leaflet, !self->narrow);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CAN_GO_BACK:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_assistant_layers_dispose (GObject *object)
{
  StrataAssistantLayers *self = STRATA_ASSISTANT_LAYERS (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_ASSISTANT_LAYERS);
  g_clear_object (&self->workspace);
  g_clear_object (&self->profile);
  g_clear_object (&self->given_up);

  G_OBJECT_CLASS (strata_assistant_layers_parent_class)->dispose (object);
}

static void
install_signals (GType type)
{
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, STRATA_TYPE_PROFILE);
  signals[CONFIRMED] = g_signal_new ("confirmed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, STRATA_TYPE_LAYER);
  signals[PENDING_CHANGED] =
    g_signal_new ("pending", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_assistant_layers_class_init (StrataAssistantLayersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_assistant_layers_dispose;
  object_class->get_property = strata_assistant_layers_get_property;
  object_class->set_property = strata_assistant_layers_set_property;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_GO_BACK] =
    g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  install_signals (G_TYPE_FROM_CLASS (klass));

  g_type_ensure (STRATA_TYPE_STACK_PANE);
  g_type_ensure (STRATA_TYPE_CHOICE_PANE);
  g_type_ensure (STRATA_TYPE_LAYER_SETTINGS);
  g_type_ensure (STRATA_TYPE_MANIFEST_SETTINGS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-assistant-layers.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantLayers, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantLayers, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantLayers, choice);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantLayers, choice_line);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantLayers, settings);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantLayers, pack);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantLayers, manifest);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantLayers, hint);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, pending_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pending_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, replaced_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirmed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, move_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
  gtk_widget_class_install_action (widget_class, "layers.add-pack", NULL, add_pack_cb);
  gtk_widget_class_install_action (widget_class, "layers.add-manifest", NULL, add_manifest_cb);
}

static void
strata_assistant_layers_init (StrataAssistantLayers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->front = GTK_WIDGET (self->stack);
  show_hint (self);
}

/* Reads the registries of @workspace; call it once. */
void
strata_assistant_layers_set_workspace (StrataAssistantLayers *self,
                                       StrataWorkspace       *workspace)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self) && STRATA_IS_WORKSPACE (workspace));

  StrataRegistryList *registries = strata_workspace_get_registries (workspace);
  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries), strata_workspace_get_index (workspace));

  g_set_object (&self->workspace, workspace);
  strata_choice_pane_set_catalog (self->choice, catalog);
  strata_registry_actions_install (GTK_WIDGET (self), workspace, catalog);
}

void
strata_assistant_layers_set_profile (StrataAssistantLayers *self,
                                     StrataProfile         *profile)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self) && STRATA_IS_PROFILE (profile));

  g_set_object (&self->profile, profile);
  strata_stack_pane_set_profile (self->stack, profile);
  if (self->pending == PENDING_NONE)
    show_hint (self);
  show_pending (self);
}

/* Whether the layers that are there can be moved and removed. */
void
strata_assistant_layers_set_editable (StrataAssistantLayers *self,
                                      gboolean               editable)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self));

  strata_stack_pane_set_editable (self->stack, editable);
}

/* Brings the list of packs and charts, with the cursor in its search. */
void
strata_assistant_layers_add_pack (StrataAssistantLayers *self)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self));

  if (self->pending != PENDING_PACK)
    {
      give_up (self);
      strata_assistant_layers_end_pending (self);
    }
  show_choice (self, TRUE);
  bring (self, self->choice);
  strata_choice_pane_focus_search (self->choice);
}

/* Begins a layer of manifests; one that was begun already is kept. */
void
strata_assistant_layers_add_manifest (StrataAssistantLayers *self)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self));

  if (self->pending != PENDING_MANIFEST)
    {
      give_up (self);
      strata_assistant_layers_end_pending (self);
      strata_manifest_settings_start (self->manifest);
    }
  begin (self, PENDING_MANIFEST);
}

/* Goes on with a layer that a draft kept before it was confirmed. */
void
strata_assistant_layers_resume (StrataAssistantLayers *self,
                                StrataLayer           *layer)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self) && STRATA_IS_LAYER (layer));

  if (strata_layer_get_kind (layer) == STRATA_LAYER_KIND_MANIFEST)
    {
      strata_manifest_settings_resume (self->manifest, layer);
      begin (self, PENDING_MANIFEST);
    }
  else
    {
      strata_layer_settings_resume (self->pack, layer);
      begin (self, PENDING_PACK);
    }
}

/* Takes up again what was given up last. */
void
strata_assistant_layers_take_up (StrataAssistantLayers *self)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self));

  g_autoptr(StrataLayer) layer = g_steal_pointer (&self->given_up);

  if (layer == NULL)
    return;
  if (is_pending_pack (self, layer))
    {
      strata_layer_settings_restore (self->pack, layer);
      return;
    }

  give_up (self);
  strata_assistant_layers_resume (self, layer);
}

/* Gives up, or is done with, the layer that is being made. */
void
strata_assistant_layers_end_pending (StrataAssistantLayers *self)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self));

  self->pending = PENDING_NONE;
  strata_choice_pane_unselect (self->choice);
  show_choice (self, TRUE);
  show_hint (self);
  bring (self, self->stack);
  show_pending (self);
}

gboolean
strata_assistant_layers_has_pending (StrataAssistantLayers *self)
{
  g_return_val_if_fail (STRATA_IS_ASSISTANT_LAYERS (self), FALSE);

  return self->pending != PENDING_NONE;
}

/* Returns: (transfer full) (nullable): the layer being made, when a person did something to it that would be lost */
StrataLayer *
strata_assistant_layers_dup_edited (StrataAssistantLayers *self)
{
  g_return_val_if_fail (STRATA_IS_ASSISTANT_LAYERS (self), NULL);

  if (self->pending == PENDING_MANIFEST && strata_manifest_settings_is_edited (self->manifest))
    return strata_manifest_settings_dup_layer (self->manifest);
  if (self->pending == PENDING_PACK && strata_layer_settings_is_edited (self->pack) &&
      strata_layer_settings_get_layer (self->pack) != NULL)
    return g_object_ref (strata_layer_settings_get_layer (self->pack));

  return NULL;
}

/* Does what Confirm and Create does, when it can. */
void
strata_assistant_layers_confirm (StrataAssistantLayers *self)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self));

  if (self->pending == PENDING_PACK)
    gtk_widget_activate_action (GTK_WIDGET (self->pack), "layer.confirm", NULL);
  if (self->pending == PENDING_MANIFEST)
    gtk_widget_activate_action (GTK_WIDGET (self->manifest), "layer.confirm", NULL);
}

void
strata_assistant_layers_search (StrataAssistantLayers *self)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_LAYERS (self));

  if (self->pending == PENDING_MANIFEST)
    return;

  bring (self, self->choice);
  strata_choice_pane_focus_search (self->choice);
}

/* Goes one pane back when only one is shown. Returns: whether there was one to go back to */
gboolean
strata_assistant_layers_go_back (StrataAssistantLayers *self)
{
  g_return_val_if_fail (STRATA_IS_ASSISTANT_LAYERS (self), FALSE);

  return strata_assistant_layers_get_can_go_back (self) &&
         adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

/* Whether only one pane is shown, and another one is before it. */
gboolean
strata_assistant_layers_get_can_go_back (StrataAssistantLayers *self)
{
  g_return_val_if_fail (STRATA_IS_ASSISTANT_LAYERS (self), FALSE);

  return adw_leaflet_get_folded (self->leaflet) &&
         adw_leaflet_get_adjacent_child (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK) != NULL;
}
