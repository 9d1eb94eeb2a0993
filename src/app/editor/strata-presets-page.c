/* strata-presets-page.c - the presets that a pack brings, as choices that change the text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-presets-page"

#include "strata-presets-page.h"

#include <glib/gi18n.h>

#include "strata-diff.h"
#include "strata-job.h"
#include "strata-line-preview.h"
#include "strata-values.h"

/* A preset and what stands for it. The widgets are unowned: the group has them. */
typedef struct
{
  StrataPreset   *preset;   /* (unowned): the pack's */
  GtkWidget      *group;
  AdwActionRow   *row;
  GtkCheckButton *button;
  GtkWidget      *restore;  /* puts back what was edited since */
} Choice;

/* What the worker reads: a text and, for a preview, a preset of a pack. */
typedef struct
{
  StrataBlob   *values;  /* (owned) */
  StrataPack   *pack;    /* (owned) */
  StrataPreset *preset;  /* (unowned) (nullable): of the pack; NULL to find out which ones are chosen */
} Order;

/* Which presets a text has. */
typedef struct
{
  GHashTable *chosen;  /* (owned): group -> name of the preset that the text names, or NULL */
  GHashTable *edited;  /* (owned): the groups of those that the text names, but does not have as they are */
} Found;

/* A text with a preset, and how it differs from the one before. */
typedef struct
{
  StrataBlob *values;  /* (owned): before */
  char       *text;    /* (owned) */
  GArray     *hunks;   /* (owned) (element-type StrataHunk) */
} Preview;

struct _StrataPresetsPage
{
  GtkWidget      parent_instance;
  StrataEditing *editing;  /* (owned) (nullable) */
  StrataPack    *pack;     /* (owned) (nullable) */
  GArray        *choices;  /* (owned): of Choice */
  StrataJob     *look;     /* (owned): which presets the text has */
  StrataJob     *try;      /* (owned): the text with the preset that is being looked at */
  StrataPreset  *preset;   /* (unowned) (nullable): that one, the pack's */
  guint          updating : 1;
  guint          accepted : 1;  /* goes into the text as soon as it is tried on what the text is by now */

  GtkStack      *stack;
  GtkBox        *groups;
  GtkWidget     *preview;  /* (owned): is put below the group that it is about */
  GtkWidget     *lines;    /* (nullable): in that */
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

static void
found_free (gpointer data)
{
  Found *found = data;

  g_hash_table_unref (found->chosen);
  g_hash_table_unref (found->edited);
  g_free (found);
}

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_object_unref (preview->values);
  g_free (preview->text);
  g_array_unref (preview->hunks);
  g_free (preview);
}

/* Putting a preset into effect again changes nothing, unless somebody edited what it had put there. */
static gboolean
is_edited (Order      *order,
           const char *group,
           const char *name)
{
  const char *text = strata_blob_get_text (order->values);
  StrataPreset *preset = strata_pack_find_preset (order->pack, group, name);
  g_autofree char *again =
    preset != NULL ? strata_values_apply_preset (text, order->pack, preset, NULL) : NULL;

  return again != NULL && !g_str_equal (again, text);
}

/* Runs in a worker thread. */
static gpointer
look_run (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Order *order = data;
  GPtrArray *presets = strata_pack_get_presets (order->pack);
  Found *found = g_new0 (Found, 1);

  found->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  found->edited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < presets->len; i++)
    {
      const char *group = ((StrataPreset *) g_ptr_array_index (presets, i))->group;

      if (g_hash_table_contains (found->chosen, group))
        continue;

      char *name = strata_values_get_preset (strata_blob_get_text (order->values), group);

      g_hash_table_insert (found->chosen, g_strdup (group), name);

      if (name != NULL && is_edited (order, group, name))
        g_hash_table_add (found->edited, g_strdup (group));
    }

  return found;
}

/* Runs in a worker thread. */
static gpointer
try_run (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Order *order = data;
  const char *before = strata_blob_get_text (order->values);
  char *text = strata_values_apply_preset (before, order->pack, order->preset, error);

  if (text == NULL)
    return NULL;

  Preview *preview = g_new0 (Preview, 1);

  preview->values = g_object_ref (order->values);
  preview->text = text;
  preview->hunks = strata_diff_lines (before, text);

  return preview;
}

static void
look (StrataPresetsPage *self)
{
  if (self->pack != NULL && strata_editing_get_layer (self->editing) != NULL)
    strata_job_run (self->look, look_run, order_new (self, NULL), order_free, found_free);
}

static void
start_trying (StrataPresetsPage *self)
{
  strata_job_run (self->try, try_run, order_new (self, self->preset), order_free, preview_free);
}

/* The one that is looked at is marked in its group, before it is in the text. */
static const char *
get_marked (StrataPresetsPage *self,
            Found             *found,
            const char        *group)
{
  if (self->preset != NULL && g_str_equal (self->preset->group, group))
    return self->preset->name;

  return g_hash_table_lookup (found->chosen, group);
}

static void
show_found (StrataPresetsPage *self)
{
  Found *found = strata_job_get_result (self->look);

  if (strata_job_get_state (self->look) != STRATA_JOB_DONE)
    return;

  self->updating = TRUE;

  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = &g_array_index (self->choices, Choice, i);
      const char *group = choice->preset->group;
      const char *marked = get_marked (self, found, group);
      gboolean is_chosen =
        g_strcmp0 (g_hash_table_lookup (found->chosen, group), choice->preset->name) == 0;
      gboolean edited = is_chosen && g_hash_table_contains (found->edited, group);

      gtk_check_button_set_active (choice->button, g_strcmp0 (marked, choice->preset->name) == 0);
      gtk_widget_set_visible (choice->restore, edited);
      adw_action_row_set_subtitle (choice->row, edited ? _("Edited since it was put in") : "");
    }

  self->updating = FALSE;
}

/* Nothing is looked at any more; the marks are those of the text. */
static void
stop_trying (StrataPresetsPage *self)
{
  self->preset = NULL;
  self->accepted = FALSE;
  strata_job_cancel (self->try);
  gtk_widget_set_visible (self->preview, FALSE);
  show_found (self);
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

static GtkWidget *
find_group (StrataPresetsPage *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = &g_array_index (self->choices, Choice, i);

      if (choice->preset == self->preset)
        return choice->group;
    }

  return NULL;
}

static void
show_preview (StrataPresetsPage *self,
              Preview           *preview)
{
  const char *before = strata_blob_get_text (preview->values);
  GtkWidget *lines = strata_line_preview_new (before, preview->text, preview->hunks);

  if (self->lines != NULL)
    gtk_box_remove (GTK_BOX (self->preview), self->lines);

  self->lines = lines;
  gtk_box_append (GTK_BOX (self->preview), lines);
  gtk_box_reorder_child_after (self->groups, self->preview, find_group (self));
  gtk_widget_set_visible (self->preview, TRUE);
}

static void
try_state_cb (StrataPresetsPage *self)
{
  StrataJobState state = strata_job_get_state (self->try);
  StrataLayer *layer = strata_editing_get_layer (self->editing);
  Preview *preview = strata_job_get_result (self->try);

  if (self->preset == NULL || layer == NULL ||
      (state != STRATA_JOB_DONE && state != STRATA_JOB_FAILED))
    return;

  if (state == STRATA_JOB_FAILED)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "editor.notify", "s",
                                  strata_job_get_error (self->try)->message);
      stop_trying (self);
    }
  else if (strata_layer_get_values (layer) != preview->values)
    start_trying (self);  /* something was typed meanwhile */
  else if (self->accepted)
    {
      put_text (self, preview->text);
      stop_trying (self);
    }
  else
    show_preview (self, preview);
}

static void
apply_cb (StrataPresetsPage *self)
{
  self->accepted = self->preset != NULL;
  try_state_cb (self);
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

  show_found (self);
  start_trying (self);
}

static void
restore_cb (GtkWidget         *button,
            StrataPresetsPage *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = &g_array_index (self->choices, Choice, i);

      if (choice->restore == button)
        self->preset = choice->preset;
    }

  start_trying (self);
}

static GtkWidget *
make_restore_button (StrataPresetsPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Restore…"));

  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (restore_cb), self);

  return button;
}

static GtkWidget *
add_row (StrataPresetsPage   *self,
         AdwPreferencesGroup *group,
         StrataPreset        *preset,
         GtkCheckButton      *radio_group)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable-widget", button, NULL);
  Choice choice = { preset, GTK_WIDGET (group), ADW_ACTION_ROW (row), GTK_CHECK_BUTTON (button),
                    make_restore_button (self) };

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), preset->display_name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), radio_group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  preset->display_name, -1);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice.restore);
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
    adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _("Choose to see what changes; putting it in is one step that can be undone."));

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

  gtk_box_append (self->groups, self->preview);

  for (guint i = 0; presets != NULL && i < presets->len; i++)
    {
      StrataPreset *preset = g_ptr_array_index (presets, i);

      if (g_hash_table_add (seen, preset->group))
        add_group (self, presets, preset->group, g_hash_table_size (seen) == 1);
    }

  gtk_stack_set_visible_child_name (self->stack, self->choices->len > 0 ? "presets" : "none");
}

/* What is looked at is tried on the text as it is by now. */
static void
checked_cb (StrataPresetsPage *self)
{
  look (self);

  if (self->preset != NULL && strata_editing_get_layer (self->editing) != NULL)
    start_trying (self);
}

static void
strata_presets_page_dispose (GObject *object)
{
  StrataPresetsPage *self = STRATA_PRESETS_PAGE (object);

  g_clear_object (&self->look);
  g_clear_object (&self->try);
  g_clear_object (&self->editing);
  g_clear_object (&self->pack);
  g_clear_pointer (&self->choices, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_PRESETS_PAGE);
  g_clear_object (&self->preview);

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
  gtk_widget_class_bind_template_child (widget_class, StrataPresetsPage, preview);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_trying);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_presets_page_init (StrataPresetsPage *self)
{
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  self->look = strata_job_new ();
  self->try = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_ref (self->preview);

  g_signal_connect_object (self->look, "notify::state", G_CALLBACK (show_found), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->try, "notify::state", G_CALLBACK (try_state_cb), self,
                           G_CONNECT_SWAPPED);
}

void
strata_presets_page_set_editing (StrataPresetsPage *self,
                                 StrataEditing     *editing)
{
  g_return_if_fail (STRATA_IS_PRESETS_PAGE (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked", G_CALLBACK (checked_cb),
                           self, G_CONNECT_SWAPPED);
}

/* @pack (nullable): what the chosen layer was made of, NULL when it does not carry it */
void
strata_presets_page_set_pack (StrataPresetsPage *self,
                              StrataPack        *pack)
{
  g_return_if_fail (STRATA_IS_PRESETS_PAGE (self));

  if (self->pack == pack)
    return;

  stop_trying (self);
  strata_job_cancel (self->look);
  g_set_object (&self->pack, pack);
  rebuild (self);
  look (self);
}
