/* strata-tags-row.c - tags, typed as words and shown as pills
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-tags-row"

#include "strata-tags-row.h"

#include <glib/gi18n.h>

#include "strata-template.h"

struct _StrataTagsRow
{
  GtkWidget    parent_instance;
  AdwEntryRow *entry;
  GtkFlowBox  *pills;
  GtkWidget   *pills_row;
  GtkLabel    *problem;
  GPtrArray   *tags;     /* (owned) (element-type StrataTag) */
  gboolean     setting;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataTagsRow, strata_tags_row, GTK_TYPE_WIDGET)

static GtkWidget *
make_pill (StrataTag *tag)
{
  g_autofree char *text = strata_tag_to_string (tag);
  g_autofree char *label = g_strdup_printf (_("Remove the Tag %s"), text);
  GtkWidget *pill = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (pill, "pill-label");
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (pill), gtk_label_new (text));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "pill-close");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "tags.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", text);
  gtk_box_append (GTK_BOX (pill), button);

  return pill;
}

static void
show_pills (StrataTagsRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pills))) != NULL)
    gtk_flow_box_remove (self->pills, child);
  for (guint i = 0; i < self->tags->len; i++)
    gtk_flow_box_append (self->pills, make_pill (g_ptr_array_index (self->tags, i)));
  gtk_widget_set_visible (self->pills_row, self->tags->len > 0);
}

static gboolean
has_tag (GPtrArray *tags,
         StrataTag *tag)
{
  for (guint i = 0; i < tags->len; i++)
    if (strata_tag_equal (g_ptr_array_index (tags, i), tag))
      return TRUE;

  return FALSE;
}

static GPtrArray *
copy_tags (GPtrArray *tags)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < tags->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (tags, i)));

  return copy;
}

static void
take_tags (StrataTagsRow *self,
           GPtrArray     *tags)
{
  g_ptr_array_unref (self->tags);
  self->tags = tags;
  show_pills (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_problem (StrataTagsRow *self,
              const char    *message)
{
  gtk_label_set_label (self->problem, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), message != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
set_entry (StrataTagsRow *self,
           const char    *text)
{
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->setting = FALSE;
}

static gboolean
add_word (StrataTagsRow  *self,
          const char     *word,
          GError        **error)
{
  g_autoptr(StrataTag) tag = strata_tag_parse (word, error);

  if (tag == NULL)
    return FALSE;
  if (has_tag (self->tags, tag))
    return TRUE;

  GPtrArray *tags = copy_tags (self->tags);

  g_ptr_array_add (tags, g_steal_pointer (&tag));
  take_tags (self, tags);

  return TRUE;
}

/* A space or a comma ends a word; so does Enter. What cannot be a tag stays where it was typed. */
static gboolean
take_words (StrataTagsRow  *self,
            gboolean        last_too,
            GError        **error)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_auto(GStrv) words = g_strsplit_set (text, " ,\t", -1);
  guint n = g_strv_length (words);

  for (guint i = 0; i < n; i++)
    {
      gboolean is_last = i + 1 == n;

      if (*words[i] == '\0' || (is_last && !last_too))
        continue;
      if (!add_word (self, words[i], error))
        return FALSE;
    }
  if (n > 1 || last_too)
    set_entry (self, last_too || n == 0 ? "" : words[n - 1]);

  return TRUE;
}

static void
take (StrataTagsRow *self,
      gboolean       last_too)
{
  g_autoptr(GError) error = NULL;

  take_words (self, last_too, &error);
  show_problem (self, error != NULL ? error->message : NULL);
}

static void
typed_cb (StrataTagsRow *self)
{
  if (self->setting)
    return;

  take (self, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activated_cb (StrataTagsRow *self)
{
  take (self, TRUE);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataTagsRow *self = STRATA_TAGS_ROW (widget);
  const char *gone = g_variant_get_string (parameter, NULL);
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->tags->len; i++)
    {
      g_autofree char *text = strata_tag_to_string (g_ptr_array_index (self->tags, i));

      if (!g_str_equal (text, gone))
        g_ptr_array_add (tags, g_object_ref (g_ptr_array_index (self->tags, i)));
    }
  take_tags (self, tags);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
strata_tags_row_dispose (GObject *object)
{
  strata_template_clear (GTK_WIDGET (object), STRATA_TYPE_TAGS_ROW);

  G_OBJECT_CLASS (strata_tags_row_parent_class)->dispose (object);
}

static void
strata_tags_row_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_TAGS_ROW (object)->tags, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_tags_row_parent_class)->finalize (object);
}

static void
strata_tags_row_class_init (StrataTagsRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_tags_row_dispose;
  object_class->finalize = strata_tags_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-tags-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataTagsRow, entry);
  gtk_widget_class_bind_template_child (widget_class, StrataTagsRow, pills);
  gtk_widget_class_bind_template_child (widget_class, StrataTagsRow, pills_row);
  gtk_widget_class_bind_template_child (widget_class, StrataTagsRow, problem);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "tags.remove", "s", remove_cb);
}

static void
strata_tags_row_init (StrataTagsRow *self)
{
  self->tags = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows @tags (element-type StrataTag), with nothing half typed. */
void
strata_tags_row_set_tags (StrataTagsRow *self,
                          GPtrArray     *tags)
{
  g_return_if_fail (STRATA_IS_TAGS_ROW (self) && tags != NULL);

  GPtrArray *copy = copy_tags (tags);

  g_ptr_array_unref (self->tags);
  self->tags = copy;
  set_entry (self, "");
  show_problem (self, NULL);
  show_pills (self);
}

/* Returns: (transfer none) (element-type StrataTag): the tags; never changed afterwards */
GPtrArray *
strata_tags_row_get_tags (StrataTagsRow *self)
{
  g_return_val_if_fail (STRATA_IS_TAGS_ROW (self), NULL);

  return self->tags;
}

/* Turns what is still being typed into a tag. Returns: whether nothing is left that cannot be one */
gboolean
strata_tags_row_finish (StrataTagsRow  *self,
                        GError        **error)
{
  g_return_val_if_fail (STRATA_IS_TAGS_ROW (self), FALSE);

  return take_words (self, TRUE, error);
}
