/* strata-sync-row.c - a line of the sync sheet
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync-row"

#include "strata-sync-row.h"

#include <glib/gi18n.h>

#include "strata-spinner.h"
#include "strata-template.h"

struct _StrataSyncRow
{
  GtkWidget       parent_instance;
  StrataSyncItem *item;     /* (owned) (nullable) */
  GtkWidget      *root;     /* (template) */
  GtkImage       *icon;     /* (template) */
  GtkLabel       *name;     /* (template) */
  GtkLabel       *words;    /* (template) */
  GtkWidget      *spinner;  /* (template) */
  GtkButton      *button;   /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataSyncRow, strata_sync_row, GTK_TYPE_WIDGET)

/* What each action looks like, and what its button says. In the order of StrataSyncAction. */
static const struct
{
  const char *icon_name;
  const char *css_class;
  const char *label;
} looks[] = {
  { "document-save-symbolic", "moving", N_("_Pull") },
  { "document-send-symbolic", "moving", N_("_Send") },
  { "document-send-symbolic", "moving", N_("_Send") },
  { "document-edit-symbolic", "moving", N_("_Publish…") },
  { "emblem-synchronizing-symbolic", "moving", N_("_Merge") },
  { "dialog-warning-symbolic", "bad", N_("_Decide…") },
  { "dialog-warning-symbolic", "attention", N_("_Decide…") },
  { "dialog-question-symbolic", "quiet", N_("_Decide…") },
};

static void
show_icon (StrataSyncRow *self,
           const char    *icon_name,
           const char    *css_class)
{
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
}

static void
update (StrataSyncRow *self)
{
  StrataSyncStep *step = strata_sync_item_get_step (self->item);
  StrataSyncItemState state = strata_sync_item_get_state (self->item);
  guint look = MIN ((guint) step->action, G_N_ELEMENTS (looks) - 1);
  g_autofree char *name = g_strdup_printf ("%s %s", step->name, step->version);
  g_autofree char *label = g_strdup_printf ("%s: %s", name, _(looks[look].label));

  if (state == STRATA_SYNC_ITEM_DONE)
    show_icon (self, "emblem-ok-symbolic", "good");
  else if (state == STRATA_SYNC_ITEM_FAILED)
    show_icon (self, "dialog-error-symbolic", "bad");
  else
    show_icon (self, looks[look].icon_name, looks[look].css_class);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->words, strata_sync_item_get_words (self->item));
  gtk_button_set_label (self->button, _(looks[look].label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (self->spinner, state == STRATA_SYNC_ITEM_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->button),
                          state == STRATA_SYNC_ITEM_WAITING || state == STRATA_SYNC_ITEM_FAILED);
}

static void
clicked_cb (StrataSyncRow *self)
{
  if (self->item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "sheet.one", "s", strata_sync_item_get_step (self->item)->id);
}

static void
strata_sync_row_dispose (GObject *object)
{
  strata_sync_row_set_item (STRATA_SYNC_ROW (object), NULL);
  strata_template_clear (GTK_WIDGET (object), STRATA_TYPE_SYNC_ROW);

  G_OBJECT_CLASS (strata_sync_row_parent_class)->dispose (object);
}

static void
strata_sync_row_class_init (StrataSyncRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_sync_row_dispose;

  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/stratadesk/Strata/strata-sync-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataSyncRow, root);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncRow, icon);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncRow, name);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncRow, words);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncRow, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
strata_sync_row_init (StrataSyncRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
strata_sync_row_new (void)
{
  return g_object_new (STRATA_TYPE_SYNC_ROW, NULL);
}

/* @item (nullable): what is shown, and followed as it changes */
void
strata_sync_row_set_item (StrataSyncRow  *self,
                          StrataSyncItem *item)
{
  g_return_if_fail (STRATA_IS_SYNC_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
