/* strata-registry-pane.c - the registries, and how each of them is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-pane"

#include "strata-registry-pane.h"

#include "strata-places-button.h"
#include "strata-registry-row.h"
#include "strata-template.h"

struct _StrataRegistryPane
{
  GtkWidget      parent_instance;
  GtkListBox    *list;
  StrataCatalog *catalog;     /* (owned) (nullable) */
  StrataSyncs   *syncs;       /* (owned) (nullable) */
  char          *chosen;      /* (owned): an id, "" for all */
  gboolean       refreshing;
  gboolean       alone;
};

typedef enum
{
  PROP_ALONE = 1,
} StrataRegistryPaneProperty;

enum
{
  CHOSEN,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_ALONE + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataRegistryPane, strata_registry_pane, GTK_TYPE_WIDGET)

static StrataRegistryRow *
get_row (StrataRegistryPane *self,
         guint               position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) position);

  return row != NULL ? STRATA_REGISTRY_ROW (row) : NULL;
}

/* What is known of each of them, in the rows that are there. */
static void
show_rows (StrataRegistryPane *self)
{
  StrataRegistryRow *row;

  strata_registry_row_count (get_row (self, 0), strata_catalog_count_names (self->catalog, NULL));
  for (guint i = 1; (row = get_row (self, i)) != NULL; i++)
    {
      const char *id = strata_registry_row_get_id (row);

      strata_registry_row_show (row, strata_catalog_get_source (self->catalog, id),
                                strata_catalog_get_error (self->catalog, id), self->syncs);
    }
}

static void
choose_row (StrataRegistryPane *self)
{
  StrataRegistryRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    if (g_str_equal (strata_registry_row_get_id (row), self->chosen))
      gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));

  if (gtk_list_box_get_selected_row (self->list) == NULL)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

/* Only the rows of what came and went are others, so that the keyboard stays where it is. */
static void
registries_changed_cb (StrataRegistryPane *self,
                       guint               position,
                       guint               n_removed,
                       guint               n_added,
                       GListModel         *registries)
{
  self->refreshing = TRUE;
  for (guint i = 0; i < n_removed; i++)
    gtk_list_box_remove (self->list, GTK_WIDGET (get_row (self, position + 1)));
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (registries, position + i);

      gtk_list_box_insert (self->list, strata_registry_row_new (registry), (int) (position + i + 1));
    }
  show_rows (self);
  self->refreshing = FALSE;
  choose_row (self);
}

static void
selected_cb (StrataRegistryPane *self,
             GtkListBoxRow      *row)
{
  if (self->refreshing || row == NULL)
    return;

  g_free (self->chosen);
  self->chosen = g_strdup (strata_registry_row_get_id (STRATA_REGISTRY_ROW (row)));
  g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
}

static void
strata_registry_pane_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch ((StrataRegistryPaneProperty) id)
    {
    case PROP_ALONE:
      g_value_set_boolean (value, STRATA_REGISTRY_PANE (object)->alone);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_registry_pane_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  StrataRegistryPane *self = STRATA_REGISTRY_PANE (object);

  switch ((StrataRegistryPaneProperty) id)
    {
    case PROP_ALONE:
      if (self->alone == g_value_get_boolean (value))
        return;
      self->alone = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_registry_pane_dispose (GObject *object)
{
  StrataRegistryPane *self = STRATA_REGISTRY_PANE (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_REGISTRY_PANE);
  g_clear_object (&self->catalog);
  g_clear_object (&self->syncs);

  G_OBJECT_CLASS (strata_registry_pane_parent_class)->dispose (object);
}

static void
strata_registry_pane_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_REGISTRY_PANE (object)->chosen, g_free);

  G_OBJECT_CLASS (strata_registry_pane_parent_class)->finalize (object);
}

static void
strata_registry_pane_class_init (StrataRegistryPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_registry_pane_dispose;
  object_class->finalize = strata_registry_pane_finalize;
  object_class->get_property = strata_registry_pane_get_property;
  object_class->set_property = strata_registry_pane_set_property;

  properties[PROP_ALONE] =
    g_param_spec_boolean ("alone", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (STRATA_TYPE_PLACES_BUTTON);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-registry-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryPane, list);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
strata_registry_pane_init (StrataRegistryPane *self)
{
  self->chosen = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows the registries of @catalog, and which of them are read at the moment; call it once. */
void
strata_registry_pane_set_catalog (StrataRegistryPane *self,
                                  StrataCatalog      *catalog,
                                  StrataSyncs        *syncs)
{
  g_return_if_fail (STRATA_IS_REGISTRY_PANE (self) && STRATA_IS_CATALOG (catalog) &&
                    self->catalog == NULL);

  GListModel *registries = strata_catalog_get_registries (catalog);

  self->catalog = g_object_ref (catalog);
  self->syncs = g_object_ref (syncs);
  gtk_list_box_append (self->list, strata_registry_row_new (NULL));
  registries_changed_cb (self, 0, 0, g_list_model_get_n_items (registries), registries);
  g_signal_connect_object (registries, "items-changed", G_CALLBACK (registries_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (catalog, "changed", G_CALLBACK (show_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (syncs, "changed", G_CALLBACK (show_rows), self, G_CONNECT_SWAPPED);
}
