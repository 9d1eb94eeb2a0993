/* strata-change-entry.c - the widget of one entry in the list of changes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-change-entry"

#include "strata-change-entry.h"

#include <glib/gi18n.h>

#include "strata-change-row.h"

struct _StrataChangeEntry
{
  AdwBin            parent_instance;
  StrataChangeItem *item;  /* (owned) (nullable) */
  GtkImage         *icon;
  GtkLabel         *title;
  GtkLabel         *subtitle;
  GtkWidget        *take;
};

enum
{
  TAKE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataChangeEntry, strata_change_entry, ADW_TYPE_BIN)

static void
take_cb (StrataChangeEntry *self)
{
  if (self->item != NULL)
    g_signal_emit (self, signals[TAKE], 0, self->item);
}

static void
strata_change_entry_dispose (GObject *object)
{
  g_clear_object (&STRATA_CHANGE_ENTRY (object)->item);

  G_OBJECT_CLASS (strata_change_entry_parent_class)->dispose (object);
}

static void
strata_change_entry_class_init (StrataChangeEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_change_entry_dispose;
  signals[TAKE] = g_signal_new ("take", STRATA_TYPE_CHANGE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, STRATA_TYPE_CHANGE_ITEM);
}

static void
strata_change_entry_init (StrataChangeEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  self->icon = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->title = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL));
  self->subtitle = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "small");
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->subtitle));

  self->take = gtk_button_new_from_icon_name ("document-revert-symbolic");
  gtk_widget_add_css_class (self->take, "flat");
  gtk_widget_set_valign (self->take, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->take, "clicked", G_CALLBACK (take_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), self->take);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
strata_change_entry_new (void)
{
  return g_object_new (STRATA_TYPE_CHANGE_ENTRY, NULL);
}

static void
set_class (GtkWidget  *widget,
           const char *css_class,
           gboolean    has_it)
{
  if (has_it)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* All of a text is taken by its own entry, and the profile is no layer. */
static gboolean
can_take_alone (StrataChangeItem *item)
{
  const StrataChange *change = strata_change_item_get_change (item);

  return change != NULL ? change->path == NULL || *change->path != '\0'
                        : strata_change_item_get_layer (item) != NULL;
}

void
strata_change_entry_show (StrataChangeEntry *self,
                          StrataChangeItem  *item,
                          gboolean           can_take)
{
  g_return_if_fail (STRATA_IS_CHANGE_ENTRY (self));
  g_return_if_fail (STRATA_IS_CHANGE_ITEM (item));

  const StrataChange *change = strata_change_item_get_change (item);
  const char *layer = strata_change_item_get_layer (item);
  gboolean is_inner = change != NULL && change->document != NULL && change->path != NULL;
  g_autofree char *subtitle = change != NULL ? strata_change_row_describe (change) : NULL;
  const char *title = change != NULL ? strata_change_row_get_title (change)
                    : layer != NULL  ? layer
                                     : _("The Profile");
  g_autofree char *label = g_strdup_printf (change != NULL ? _("Take “%s” Over") : _("Take All of “%s” Over"), title);

  g_set_object (&self->item, item);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL);
  gtk_image_set_from_icon_name (self->icon, change != NULL ? strata_change_row_get_icon (change->kind) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), change != NULL);
  set_class (GTK_WIDGET (self->title), "heading", change == NULL);
  set_class (GTK_WIDGET (self->title), "code", is_inner);
  gtk_widget_set_margin_start (GTK_WIDGET (self), is_inner ? 18 : 0);
  gtk_widget_set_visible (self->take, can_take && can_take_alone (item));
  gtk_widget_set_tooltip_text (self->take, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->take), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
