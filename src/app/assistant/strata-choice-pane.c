/* strata-choice-pane.c - where a person looks for the pack or chart to add
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-choice-pane"

#include "strata-choice-pane.h"

#include <glib/gi18n.h>

#include "strata-results-list.h"
#include "strata-template.h"

struct _StrataChoicePane
{
  GtkWidget             parent_instance;
  GtkSearchEntry       *search;
  GtkMenuButton        *registry;
  GtkLabel             *count;
  StrataResultsList    *list;
  GMenu                *menu;     /* (owned) */
  StrataCatalog        *catalog;  /* (owned) (nullable) */
  StrataSearch         *results;  /* (owned) (nullable) */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataChoicePane, strata_choice_pane, GTK_TYPE_WIDGET)

static void
show_count (StrataChoicePane *self)
{
  guint n = strata_search_get_n_found (self->results);
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u name", "%u names", n), n);

  gtk_label_set_label (self->count, text);
}

static void
search_cb (StrataChoicePane *self)
{
  strata_search_set_text (self->results, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static gboolean
key_cb (StrataChoicePane *self,
        guint             keyval)
{
  if (keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;

  strata_results_list_focus (self->list);

  return GDK_EVENT_STOP;
}

static void
selected_cb (StrataChoicePane *self)
{
  StrataPackSummary *item = strata_results_list_get_selected (self->list);

  if (item != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, item);
}

static void
add_choice (GMenu      *choices,
            const char *label,
            const char *id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (NULL, NULL);

  g_menu_item_set_label (item, label);
  g_menu_item_set_action_and_target (item, "choice.registry", "s", id);
  g_menu_append_item (choices, item);
}

/* Shows one registry; all of them when there is none that is called @id. */
static void
show_registry (StrataChoicePane *self,
               const char       *id)
{
  g_autoptr(StrataRegistry) registry = strata_catalog_find_registry (self->catalog, id);

  strata_search_set_registry_id (self->results, registry != NULL ? id : NULL);
  gtk_menu_button_set_label (self->registry, registry != NULL ? strata_registry_get_name (registry)
                                                              : _("All Registries"));
}

static void
fill_menu (StrataChoicePane *self)
{
  GListModel *registries = strata_catalog_get_registries (self->catalog);
  g_autoptr(GMenu) choices = g_menu_new ();
  g_autoptr(GMenu) more = g_menu_new ();

  add_choice (choices, _("All Registries"), "");
  for (guint i = 0; i < g_list_model_get_n_items (registries); i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (registries, i);

      add_choice (choices, strata_registry_get_name (registry), strata_registry_get_id (registry));
    }
  g_menu_append (more, _("Add _Registry…"), "registries.add");
  g_menu_append (more, _("Add Pack _Folder…"), "registries.add-folder");
  g_menu_append (more, _("Add _Chart Files…"), "registries.add-charts");

  g_menu_remove_all (self->menu);
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (choices));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (more));

  const char *shown = strata_search_get_registry_id (self->results);
  g_autofree char *id = g_strdup (shown != NULL ? shown : "");

  show_registry (self, id);
}

static void
registry_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  show_registry (STRATA_CHOICE_PANE (widget), g_variant_get_string (parameter, NULL));
}

static void
strata_choice_pane_dispose (GObject *object)
{
  StrataChoicePane *self = STRATA_CHOICE_PANE (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_CHOICE_PANE);
  g_clear_object (&self->menu);
  g_clear_object (&self->results);
  g_clear_object (&self->catalog);

  G_OBJECT_CLASS (strata_choice_pane_parent_class)->dispose (object);
}

static void
strata_choice_pane_class_init (StrataChoicePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_choice_pane_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, STRATA_TYPE_PACK_SUMMARY);

  g_type_ensure (STRATA_TYPE_RESULTS_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-choice-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataChoicePane, search);
  gtk_widget_class_bind_template_child (widget_class, StrataChoicePane, registry);
  gtk_widget_class_bind_template_child (widget_class, StrataChoicePane, count);
  gtk_widget_class_bind_template_child (widget_class, StrataChoicePane, list);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_install_action (widget_class, "choice.registry", "s", registry_cb);
}

static void
strata_choice_pane_init (StrataChoicePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->menu = g_menu_new ();
  gtk_menu_button_set_menu_model (self->registry, G_MENU_MODEL (self->menu));
}

/* Offers what is in @catalog; call it once. */
void
strata_choice_pane_set_catalog (StrataChoicePane *self,
                                StrataCatalog    *catalog)
{
  g_return_if_fail (STRATA_IS_CHOICE_PANE (self) && STRATA_IS_CATALOG (catalog) &&
                    self->results == NULL);

  self->catalog = g_object_ref (catalog);
  self->results = strata_search_new (strata_catalog_get_index (catalog), strata_catalog_get_registries (catalog));
  strata_results_list_set_search (self->list, self->results, catalog);
  g_signal_connect_object (self->results, "notify::n-found", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_catalog_get_registries (catalog), "items-changed",
                           G_CALLBACK (fill_menu), self, G_CONNECT_SWAPPED);
  show_count (self);
  fill_menu (self);
}

void
strata_choice_pane_focus_search (StrataChoicePane *self)
{
  g_return_if_fail (STRATA_IS_CHOICE_PANE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* Forgets the choice, so that the same thing can be chosen again. */
void
strata_choice_pane_unselect (StrataChoicePane *self)
{
  g_return_if_fail (STRATA_IS_CHOICE_PANE (self) && self->results != NULL);

  strata_results_list_select (self->list, NULL);
}
