/* strata-diff-pane.c - what is different between two profiles: a list of changes, and the lines of the chosen one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-diff-pane"

#include "strata-diff-pane.h"

#include <glib/gi18n.h>

#include "strata-change-entry.h"
#include "strata-diff-view.h"
#include "strata-take.h"

#define NARROW_WIDTH 760
#define MAX_ITEMS 5000  /* more than a person goes through; the window counts them all */

struct _StrataDiffPane
{
  AdwBin              parent_instance;
  StrataProfile      *old_profile;  /* (owned) (nullable) */
  StrataProfile      *new_profile;  /* (owned) (nullable) */
  GPtrArray          *changes;      /* (owned) (nullable): the items point into it */
  StrataChangeItem   *chosen;       /* (owned) (nullable) */
  GListStore         *items;        /* (owned) */
  gboolean            can_take;
  gboolean            is_filling;
  gboolean            narrow;
  guint               narrow_idle;

  GtkPaned           *paned;
  GtkStack           *stack;
  GtkListView        *list;
  GtkSingleSelection *selection;
  StrataDiffView     *view;
  GtkLabel           *heading;
  GtkLabel           *refusal;      /* why something was not taken over, beside what can be instead */
};

typedef enum
{
  PROP_INLINE = 1,
  PROP_WHOLE,
} StrataDiffPaneProperty;

static GParamSpec *properties[PROP_WHOLE + 1];

enum
{
  TAKEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataDiffPane, strata_diff_pane, ADW_TYPE_BIN)

/* Taking over */

static void
give (StrataDiffPane *self,
      StrataProfile  *profile)
{
  if (profile != NULL)
    g_signal_emit (self, signals[TAKEN], 0, profile);
}

static guint
find_item (StrataDiffPane   *self,
           StrataChangeItem *item)
{
  guint position = GTK_INVALID_LIST_POSITION;

  return g_list_store_find (self->items, item, &position) ? position : GTK_INVALID_LIST_POSITION;
}

/* What stands in the way is seen in the lines, and those can be taken. */
static void
refuse (StrataDiffPane   *self,
        StrataChangeItem *item)
{
  const StrataChange *change = strata_change_item_get_change (item);
  g_autofree char *text = NULL;

  if (change == NULL || change->path == NULL)
    return;

  gtk_single_selection_set_selected (self->selection, find_item (self, item));
  text = g_strdup_printf (_("“%s” cannot be taken over alone. Take its lines over."), change->path);
  gtk_label_set_label (self->refusal, text);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), TRUE);
}

static void
take_item_cb (StrataDiffPane   *self,
              StrataChangeItem *item)
{
  const StrataChange *change = strata_change_item_get_change (item);
  g_autoptr(StrataProfile) taken = NULL;

  if (change != NULL)
    taken = strata_take_change (self->new_profile, self->old_profile, change);
  else if (strata_change_item_get_layer (item) != NULL)
    taken = strata_take_layer (self->new_profile, self->old_profile, strata_change_item_get_layer (item));

  if (taken != NULL)
    give (self, taken);
  else
    refuse (self, item);
}

static StrataProfile *
with_text (StrataDiffPane     *self,
           const StrataChange *document,
           const char         *text)
{
  guint position;
  StrataLayer *layer = strata_profile_find_layer (self->new_profile, document->layer, &position);
  StrataManifest *manifest = layer != NULL ? strata_layer_find_manifest (layer, document->document, NULL) : NULL;
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);
  g_autoptr(StrataLayer) changed = NULL;

  if (layer == NULL)
    return NULL;

  if (manifest != NULL)
    {
      g_autoptr(StrataManifest) filled = strata_manifest_with_content (manifest, blob);

      changed = strata_layer_with_manifest (layer, filled);
    }
  else
    changed = strata_layer_with_values (layer, blob);

  return strata_profile_with_layer (self->new_profile, position, changed);
}

/* A document that is on one side only comes and goes as a whole. */
static void
take_hunk_cb (StrataDiffPane   *self,
              const StrataHunk *hunk)
{
  const StrataChange *document = self->chosen != NULL ? strata_change_item_get_document (self->chosen) : NULL;

  if (document == NULL || document->kind != STRATA_CHANGE_CHANGED)
    {
      if (self->chosen != NULL)
        take_item_cb (self, self->chosen);
      return;
    }

  g_autofree char *text = strata_take_hunk (document->new_value, document->old_value, hunk);
  g_autoptr(StrataProfile) taken = text != NULL ? with_text (self, document, text) : NULL;

  give (self, taken);
}

/* What is shown of an item */

/* A layer that came or went is shown by its values. */
static const char *
get_layer_text (StrataProfile *profile,
                const char    *name)
{
  StrataLayer *layer = strata_profile_find_layer (profile, name, NULL);

  return layer != NULL ? strata_layer_get_text (layer) : "";
}

static void
show_texts (StrataDiffPane *self,
            const char     *old_text,
            const char     *new_text)
{
  g_autoptr(StrataBlob) old_blob = strata_blob_new_text (old_text != NULL ? old_text : "");
  g_autoptr(StrataBlob) new_blob = strata_blob_new_text (new_text != NULL ? new_text : "");

  strata_diff_view_set_texts (self->view, old_blob, new_blob, self->can_take);
}

static void
show_item (StrataDiffPane   *self,
           StrataChangeItem *item)
{
  const StrataChange *change = strata_change_item_get_change (item);
  const StrataChange *document = strata_change_item_get_document (item);
  const char *layer = strata_change_item_get_layer (item);
  const char *place = document != NULL ? document->document : change->path;
  g_autofree char *heading = g_strdup_printf ("%s%s%s", layer != NULL ? layer : _("The Profile"),
                                              place != NULL ? " › " : "", place != NULL ? place : "");

  gtk_label_set_label (self->heading, heading);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), FALSE);
  if (document != NULL)
    show_texts (self, document->old_value, document->new_value);
  else if (layer != NULL && change->path == NULL && change->kind == STRATA_CHANGE_ADDED)
    show_texts (self, "", get_layer_text (self->new_profile, layer));
  else if (layer != NULL && change->path == NULL && change->kind == STRATA_CHANGE_REMOVED)
    show_texts (self, get_layer_text (self->old_profile, layer), "");
  else
    show_texts (self, change->old_value, change->new_value);
}

/* A heading shows what comes first below it. */
static void
selected_cb (StrataDiffPane *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autoptr(StrataChangeItem) item =
    position < n ? g_list_model_get_item (G_LIST_MODEL (self->items), position) : NULL;

  if (self->is_filling || item == NULL)
    return;

  g_set_object (&self->chosen, item);
  while (item != NULL && strata_change_item_get_change (item) == NULL)
    {
      g_object_unref (item);
      item = g_list_model_get_item (G_LIST_MODEL (self->items), ++position);
    }
  if (item != NULL)
    {
      g_set_object (&self->chosen, item);
      show_item (self, item);
    }
}

/* The list */

static void
setup_cb (StrataDiffPane *self,
          GtkListItem    *item)
{
  GtkWidget *entry = strata_change_entry_new ();

  g_signal_connect_object (entry, "take", G_CALLBACK (take_item_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, entry);
}

static void
bind_cb (StrataDiffPane *self,
         GtkListItem    *item)
{
  strata_change_entry_show (STRATA_CHANGE_ENTRY (gtk_list_item_get_child (item)), gtk_list_item_get_item (item),
                            self->can_take);
}

static gboolean
is_in (const StrataChange *change,
       const StrataChange *document)
{
  return document != NULL && change->document != NULL && g_strcmp0 (change->layer, document->layer) == 0 &&
         g_strcmp0 (change->document, document->document) == 0;
}

static GPtrArray *
make_items (GPtrArray *changes)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  const StrataChange *document = NULL;

  for (guint i = 0; i < changes->len && items->len < MAX_ITEMS; i++)
    {
      const StrataChange *change = changes->pdata[i];

      if (i == 0 || g_strcmp0 (((StrataChange *) changes->pdata[i - 1])->layer, change->layer) != 0)
        g_ptr_array_add (items, strata_change_item_new_heading (change->layer));
      if (change->hunks != NULL)
        document = change;
      g_ptr_array_add (items, strata_change_item_new (change, is_in (change, document) ? document : NULL));
    }

  return items;
}

/* Where the list was, or the first change. */
static guint
find_chosen (GPtrArray        *items,
             StrataChangeItem *chosen)
{
  for (guint i = 0; chosen != NULL && i < items->len; i++)
    if (strata_change_item_is_same (items->pdata[i], chosen))
      return i;

  return 1;
}

static void
walk_list (StrataDiffPane *self,
           gboolean        forward)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  int at = (int) gtk_single_selection_get_selected (self->selection);

  for (at += forward ? 1 : -1; at >= 0 && at < (int) n; at += forward ? 1 : -1)
    {
      g_autoptr(StrataChangeItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), (guint) at);
      const StrataChange *change = strata_change_item_get_change (item);

      /* The paths of a document are in its lines, which were walked through. */
      if (change == NULL || (change->document != NULL && change->path != NULL))
        continue;
      gtk_single_selection_set_selected (self->selection, (guint) at);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", (guint) at);
      return;
    }
}

/* Narrow */

static void
narrow_idle_cb (gpointer data)
{
  StrataDiffPane *self = data;

  self->narrow_idle = 0;
  self->narrow = !self->narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned), self->narrow ? GTK_ORIENTATION_VERTICAL
                                                                             : GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_position (self->paned, self->narrow ? 180 : 280);
}

static void
strata_diff_pane_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
strata_diff_pane_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  StrataDiffPane *self = STRATA_DIFF_PANE (widget);

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);

  /* In an idle: children must not turn inside an allocation. */
  if ((width < NARROW_WIDTH) == self->narrow)
    g_clear_handle_id (&self->narrow_idle, g_source_remove);
  else if (self->narrow_idle == 0)
    self->narrow_idle = g_idle_add_once (narrow_idle_cb, self);
}

static void
strata_diff_pane_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  StrataDiffPane *self = STRATA_DIFF_PANE (object);

  switch ((StrataDiffPaneProperty) prop_id)
    {
    case PROP_INLINE:
      strata_diff_view_set_inline (self->view, g_value_get_boolean (value));
      break;

    case PROP_WHOLE:
      strata_diff_view_set_whole (self->view, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_diff_pane_dispose (GObject *object)
{
  StrataDiffPane *self = STRATA_DIFF_PANE (object);

  g_clear_handle_id (&self->narrow_idle, g_source_remove);
  g_clear_object (&self->chosen);
  g_clear_object (&self->items);
  g_clear_object (&self->old_profile);
  g_clear_object (&self->new_profile);

  G_OBJECT_CLASS (strata_diff_pane_parent_class)->dispose (object);
}

static void
strata_diff_pane_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_DIFF_PANE (object)->changes, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_diff_pane_parent_class)->finalize (object);
}

static void
strata_diff_pane_class_init (StrataDiffPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = strata_diff_pane_set_property;
  object_class->dispose = strata_diff_pane_dispose;
  object_class->finalize = strata_diff_pane_finalize;
  widget_class->measure = strata_diff_pane_measure;
  widget_class->size_allocate = strata_diff_pane_size_allocate;

  properties[PROP_INLINE] = g_param_spec_boolean ("inline", NULL, NULL, FALSE, flags);
  properties[PROP_WHOLE] = g_param_spec_boolean ("whole", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[TAKEN] = g_signal_new ("taken", STRATA_TYPE_DIFF_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 STRATA_TYPE_PROFILE);

  g_type_ensure (STRATA_TYPE_DIFF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/stratadesk/Strata/strata-diff-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDiffPane, paned);
  gtk_widget_class_bind_template_child (widget_class, StrataDiffPane, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataDiffPane, list);
  gtk_widget_class_bind_template_child (widget_class, StrataDiffPane, selection);
  gtk_widget_class_bind_template_child (widget_class, StrataDiffPane, view);
  gtk_widget_class_bind_template_child (widget_class, StrataDiffPane, heading);
  gtk_widget_class_bind_template_child (widget_class, StrataDiffPane, refusal);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_hunk_cb);
}

static void
strata_diff_pane_init (StrataDiffPane *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Its own allocation is what tells the width. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);

  self->items = g_list_store_new (STRATA_TYPE_CHANGE_ITEM);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->items));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
}

/* Nothing is shown: there is nothing to compare, or not yet. */
void
strata_diff_pane_clear (StrataDiffPane *self)
{
  g_return_if_fail (STRATA_IS_DIFF_PANE (self));

  self->is_filling = TRUE;
  g_list_store_remove_all (self->items);
  self->is_filling = FALSE;
}

/* @changes is what strata_diff_profiles() found from @old_profile to @new_profile. */
void
strata_diff_pane_show (StrataDiffPane *self,
                       StrataProfile  *old_profile,
                       StrataProfile  *new_profile,
                       GPtrArray      *changes,
                       gboolean        can_take)
{
  g_return_if_fail (STRATA_IS_DIFF_PANE (self));

  g_autoptr(GPtrArray) items = make_items (changes);
  g_autoptr(GPtrArray) before = self->changes;
  guint chosen = find_chosen (items, self->chosen);

  g_set_object (&self->old_profile, old_profile);
  g_set_object (&self->new_profile, new_profile);
  self->can_take = can_take;
  self->is_filling = TRUE;
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  self->is_filling = FALSE;
  self->changes = g_ptr_array_ref (changes);
  g_clear_object (&self->chosen);

  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "changes" : "none");
  gtk_single_selection_set_selected (self->selection, chosen);
  selected_cb (self);
}

/* To the next change: in the lines, and behind the last of them to the next in the list. */
void
strata_diff_pane_walk (StrataDiffPane *self,
                       gboolean        forward)
{
  g_return_if_fail (STRATA_IS_DIFF_PANE (self));

  if (!strata_diff_view_walk (self->view, forward))
    walk_list (self, forward);
}
