/* strata-document-bar.c - the documents of the chosen layer: its values and its manifests
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-document-bar"

#include "strata-document-bar.h"

#include <glib/gi18n.h>

#include "strata-layer-list.h"

struct _StrataDocumentBar
{
  GtkWidget       parent_instance;
  StrataEditing  *editing;  /* (owned) (nullable) */
  char          **shown;    /* (owned) (nullable): the documents that have a button */

  GtkWidget      *root;
  GtkMenuButton  *layers_button;
  GtkPopover     *layers_popover;
  GtkBox         *documents;
};

G_DEFINE_FINAL_TYPE (StrataDocumentBar, strata_document_bar, GTK_TYPE_WIDGET)

static void
clicked_cb (GtkToggleButton   *button,
            StrataDocumentBar *self)
{
  if (gtk_toggle_button_get_active (button))
    strata_editing_select (self->editing, strata_editing_get_position (self->editing),
                           gtk_widget_get_name (GTK_WIDGET (button)));
}

static GtkWidget *
make_button (StrataDocumentBar *self,
             const char        *document,
             GtkToggleButton   *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (document);

  gtk_widget_set_name (button, document);
  gtk_widget_add_css_class (button, "flat");
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  g_signal_connect (button, "toggled", G_CALLBACK (clicked_cb), self);

  return button;
}

static void
rebuild (StrataDocumentBar *self,
         char             **documents)
{
  GtkWidget *child;
  GtkToggleButton *group = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->documents))) != NULL)
    gtk_box_remove (self->documents, child);

  for (guint i = 0; documents[i] != NULL; i++)
    {
      GtkWidget *button = make_button (self, documents[i], group);

      group = group != NULL ? group : GTK_TOGGLE_BUTTON (button);
      gtk_box_append (self->documents, button);
    }
}

static void
update_active (StrataDocumentBar *self)
{
  const char *document = strata_editing_get_document (self->editing);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->documents));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gboolean active = g_strcmp0 (gtk_widget_get_name (child), document) == 0;

      g_signal_handlers_block_by_func (child, clicked_cb, self);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), active);
      g_signal_handlers_unblock_by_func (child, clicked_cb, self);
    }
}

static void
update (StrataDocumentBar *self)
{
  StrataLayer *layer = strata_editing_get_layer (self->editing);
  g_auto(GStrv) documents = strata_editing_list_documents (self->editing);

  if (self->shown == NULL ||
      !g_strv_equal ((const char *const *) self->shown, (const char *const *) documents))
    {
      rebuild (self, documents);
      g_strfreev (self->shown);
      self->shown = g_steal_pointer (&documents);
    }

  const char *label = layer != NULL ? strata_layer_get_name (layer) : _("Layers");

  update_active (self);

  /* The button makes a new label of it each time. */
  if (g_strcmp0 (gtk_menu_button_get_label (self->layers_button), label) != 0)
    gtk_menu_button_set_label (self->layers_button, label);
}

static void
strata_document_bar_dispose (GObject *object)
{
  StrataDocumentBar *self = STRATA_DOCUMENT_BAR (object);

  g_clear_object (&self->editing);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_DOCUMENT_BAR);

  G_OBJECT_CLASS (strata_document_bar_parent_class)->dispose (object);
}

static void
strata_document_bar_finalize (GObject *object)
{
  StrataDocumentBar *self = STRATA_DOCUMENT_BAR (object);

  g_clear_pointer (&self->shown, g_strfreev);

  G_OBJECT_CLASS (strata_document_bar_parent_class)->finalize (object);
}

static void
strata_document_bar_class_init (StrataDocumentBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_document_bar_dispose;
  object_class->finalize = strata_document_bar_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-document-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDocumentBar, root);
  gtk_widget_class_bind_template_child (widget_class, StrataDocumentBar, layers_button);
  gtk_widget_class_bind_template_child (widget_class, StrataDocumentBar, layers_popover);
  gtk_widget_class_bind_template_child (widget_class, StrataDocumentBar, documents);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_document_bar_init (StrataDocumentBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
strata_document_bar_set_editing (StrataDocumentBar *self,
                                 StrataEditing     *editing)
{
  g_return_if_fail (STRATA_IS_DOCUMENT_BAR (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  g_signal_connect_object (editing, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/* With the stack as a drop-down, where there is no room for it beside the text. */
void
strata_document_bar_set_compact (StrataDocumentBar *self,
                                 gboolean           compact)
{
  g_return_if_fail (STRATA_IS_DOCUMENT_BAR (self));

  if (compact && self->editing != NULL && gtk_popover_get_child (self->layers_popover) == NULL)
    {
      StrataLayerList *layers = g_object_new (STRATA_TYPE_LAYER_LIST, NULL);

      strata_layer_list_set_editing (layers, self->editing);
      gtk_popover_set_child (self->layers_popover, GTK_WIDGET (layers));
    }

  gtk_widget_set_visible (GTK_WIDGET (self->layers_button), compact);
}
