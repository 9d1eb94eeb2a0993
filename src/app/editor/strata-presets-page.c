/* strata-presets-page.c - the presets that a pack brings, as choices that change the text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-presets-page"

#include "strata-presets-page.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-values.h"

/* A preset and the button that stands for it. */
typedef struct
{
  StrataPreset   *preset;  /* (unowned): the pack's */
  GtkCheckButton *button;  /* (unowned): the row's */
} Choice;

/* What the worker reads: a text and, for applying, a preset of a pack. */
typedef struct
{
  StrataBlob   *values;  /* (owned) */
  StrataPack   *pack;    /* (owned) */
  StrataPreset *preset;  /* (unowned) (nullable): of the pack; NULL to find out which ones are chosen */
} Order;

struct _StrataPresetsPage
{
  GtkWidget      parent_instance;
  StrataEditing *editing;   /* (owned) (nullable) */
  StrataPack    *pack;      /* (owned) (nullable) */
  GArray        *choices;   /* (owned): of Choice */
  StrataJob     *look;      /* (owned): which presets the text has */
  StrataJob     *apply;     /* (owned): the text with a preset */
  StrataBlob    *applying;  /* (owned) (nullable): the text that a preset is being applied to */
  StrataPreset  *preset;    /* (unowned) (nullable): that one */
  gboolean       updating;

  GtkStack      *stack;
  GtkBox        *groups;
};

G_DEFINE_FINAL_TYPE (StrataPresetsPage, strata_presets_page, GTK_TYPE_WIDGET)

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->values);
  g_clear_object (&order->pack);
  g_free (order);
}

static Order *
order_new (StrataPresetsPage *self,
           StrataPreset      *preset)
{
  StrataLayer *layer = strata_editing_get_layer (self->editing);
  Order *order = g_new0 (Order, 1);

  order->values = g_object_ref (strata_layer_get_values (layer));
  order->pack = g_object_ref (self->pack);
  order->preset = preset;

  return order;
}

/* Runs in a worker thread. Group -> name of the preset that the text has. */
static gpointer
look_run (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Order *order = data;
  GPtrArray *presets = strata_pack_get_presets (order->pack);
  GHashTable *chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < presets->len; i++)
    {
      StrataPreset *preset = g_ptr_array_index (presets, i);

      if (!g_hash_table_contains (chosen, preset->group))
        g_hash_table_insert (
          chosen, g_strdup (preset->group),
          strata_values_get_preset (strata_blob_get_text (order->values), preset->group));
    }

  return chosen;
}

/* Runs in a worker thread. */
static gpointer
apply_run (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Order *order = data;

  return strata_values_apply_preset (strata_blob_get_text (order->values), order->pack,
                                     order->preset, error);
}

static void
look (StrataPresetsPage *self)
{
  if (self->pack != NULL && strata_editing_get_layer (self->editing) != NULL)
    strata_job_run (self->look, look_run, order_new (self, NULL), order_free,
                    (GDestroyNotify) g_hash_table_unref);
}

static void
show_chosen (StrataPresetsPage *self)
{
  GHashTable *chosen = strata_job_get_result (self->look);

  if (strata_job_get_state (self->look) != STRATA_JOB_DONE)
    return;

  self->updating = TRUE;

  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = &g_array_index (self->choices, Choice, i);
      const char *name = g_hash_table_lookup (chosen, choice->preset->group);

      gtk_check_button_set_active (choice->button, g_strcmp0 (name, choice->preset->name) == 0);
    }

  self->updating = FALSE;
}

static void
start_applying (StrataPresetsPage *self)
{
  StrataLayer *layer = strata_editing_get_layer (self->editing);

  g_set_object (&self->applying, strata_layer_get_values (layer));
  strata_job_run (self->apply, apply_run, order_new (self, self->preset), order_free, g_free);
}

static void
put_text (StrataPresetsPage *self,
          const char        *text)
{
  StrataLayer *layer = strata_editing_get_layer (self->editing);
  g_autoptr(StrataBlob) values = strata_blob_new_text (text);
  g_autoptr(StrataLayer) changed = strata_layer_with_values (layer, values);
  /* Translators: what undo takes back; the name of a preset */
  g_autofree char *label = g_strdup_printf (_("Preset “%s”"), self->preset->display_name);

  strata_editing_apply_layer (self->editing, changed, label);
}

static void
apply_state_cb (StrataPresetsPage *self)
{
  StrataJobState state = strata_job_get_state (self->apply);
  StrataLayer *layer = strata_editing_get_layer (self->editing);

  if (self->applying == NULL || layer == NULL ||
      (state != STRATA_JOB_DONE && state != STRATA_JOB_FAILED))
    return;

  if (state == STRATA_JOB_DONE && strata_layer_get_values (layer) != self->applying)
    {
      /* Something was typed meanwhile: apply it to that. */
      start_applying (self);
      return;
    }

  g_clear_object (&self->applying);

  if (state == STRATA_JOB_DONE)
    put_text (self, strata_job_get_result (self->apply));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.notify", "s",
                                strata_job_get_error (self->apply)->message);

  show_chosen (self);
}

static void
toggled_cb (GtkCheckButton    *button,
            StrataPresetsPage *self)
{
  if (self->updating || !gtk_check_button_get_active (button))
    return;

  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = &g_array_index (self->choices, Choice, i);

      if (choice->button == button)
        self->preset = choice->preset;
    }

  start_applying (self);
}

static GtkWidget *
add_row (StrataPresetsPage   *self,
         AdwPreferencesGroup *group,
         StrataPreset        *preset,
         GtkCheckButton      *radio_group)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title",
                                 preset->display_name, "activatable-widget", button, NULL);
  Choice choice = { preset, GTK_CHECK_BUTTON (button) };

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), radio_group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  preset->display_name, -1);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  g_array_append_val (self->choices, choice);

  return button;
}

static void
add_group (StrataPresetsPage *self,
           GPtrArray         *presets,
           const char        *name,
           gboolean           first)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkCheckButton *radio_group = NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), name);

  if (first)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _("Changes the text in one step that can be undone."));

  for (guint i = 0; i < presets->len; i++)
    {
      StrataPreset *preset = g_ptr_array_index (presets, i);

      if (g_str_equal (preset->group, name))
        radio_group =
          GTK_CHECK_BUTTON (add_row (self, ADW_PREFERENCES_GROUP (group), preset, radio_group));
    }

  gtk_box_append (self->groups, group);
}

static void
rebuild (StrataPresetsPage *self)
{
  GPtrArray *presets = self->pack != NULL ? strata_pack_get_presets (self->pack) : NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *child;

  g_array_set_size (self->choices, 0);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);

  for (guint i = 0; presets != NULL && i < presets->len; i++)
    {
      StrataPreset *preset = g_ptr_array_index (presets, i);

      if (g_hash_table_add (seen, preset->group))
        add_group (self, presets, preset->group, g_hash_table_size (seen) == 1);
    }

  gtk_stack_set_visible_child_name (self->stack, self->choices->len > 0 ? "presets" : "none");
}

static void
strata_presets_page_dispose (GObject *object)
{
  StrataPresetsPage *self = STRATA_PRESETS_PAGE (object);

  g_clear_object (&self->look);
  g_clear_object (&self->apply);
  g_clear_object (&self->applying);
  g_clear_object (&self->editing);
  g_clear_object (&self->pack);
  g_clear_pointer (&self->choices, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_PRESETS_PAGE);

  G_OBJECT_CLASS (strata_presets_page_parent_class)->dispose (object);
}

static void
strata_presets_page_class_init (StrataPresetsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_presets_page_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-presets-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataPresetsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataPresetsPage, groups);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_presets_page_init (StrataPresetsPage *self)
{
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  self->look = strata_job_new ();
  self->apply = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->look, "notify::state", G_CALLBACK (show_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->apply, "notify::state", G_CALLBACK (apply_state_cb), self,
                           G_CONNECT_SWAPPED);
}

void
strata_presets_page_set_editing (StrataPresetsPage *self,
                                 StrataEditing     *editing)
{
  g_return_if_fail (STRATA_IS_PRESETS_PAGE (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked", G_CALLBACK (look), self,
                           G_CONNECT_SWAPPED);
}

/* @pack (nullable): what the chosen layer was made of, NULL when it does not carry it */
void
strata_presets_page_set_pack (StrataPresetsPage *self,
                              StrataPack        *pack)
{
  g_return_if_fail (STRATA_IS_PRESETS_PAGE (self));

  if (self->pack == pack)
    return;

  strata_job_cancel (self->look);
  strata_job_cancel (self->apply);
  g_clear_object (&self->applying);
  g_set_object (&self->pack, pack);
  rebuild (self);
  look (self);
}
