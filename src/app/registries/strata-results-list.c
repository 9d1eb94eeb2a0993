/* strata-results-list.c - the packs and charts that match, or why there are none
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-results-list"

#include "strata-results-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "strata-catalog-row.h"
#include "strata-spinner.h"
#include "strata-template.h"

#define AHEAD 2.0  /* screens below the last visible row that are read before somebody comes there */

struct _StrataResultsList
{
  GtkWidget             parent_instance;
  GtkStack             *stack;
  GtkScrolledWindow    *scroller;
  GtkListView          *view;
  GtkSingleSelection   *selection;
  AdwStatusPage        *error_page;
  StrataSearch         *search;    /* (owned) (nullable) */
  StrataCatalog        *catalog;   /* (owned) (nullable) */
  StrataPackSummary *chosen;  /* (owned) (nullable): what was selected last */
};

typedef enum
{
  PROP_SELECTED = 1,
} StrataResultsListProperty;

enum
{
  ACTIVATE,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_SELECTED + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataResultsList, strata_results_list, GTK_TYPE_WIDGET)

/* Why nothing was found: the search failed, or the first registry that could not be read, of those that are shown. */
static const GError *
find_error (StrataResultsList *self)
{
  GListModel *registries = strata_catalog_get_registries (self->catalog);
  const char *only = strata_search_get_registry_id (self->search);

  if (strata_search_get_error (self->search) != NULL)
    return strata_search_get_error (self->search);

  for (guint i = 0; i < g_list_model_get_n_items (registries); i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (registries, i);
      const char *id = strata_registry_get_id (registry);
      const GError *error = strata_catalog_get_error (self->catalog, id);

      if (error != NULL && (only == NULL || g_str_equal (only, id)))
        return error;
    }

  return NULL;
}

static const char *
choose_page (StrataResultsList *self)
{
  GListModel *registries = strata_catalog_get_registries (self->catalog);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->search)) > 0)
    return "content";
  if (g_list_model_get_n_items (registries) == 0)
    return "no-registries";
  if (strata_catalog_get_loading (self->catalog) || strata_search_get_loading (self->search))
    return "loading";
  if (find_error (self) != NULL)
    return "error";

  return *strata_search_get_text (self->search) != '\0' ? "not-found" : "empty";
}

static void
refresh (StrataResultsList *self)
{
  const GError *error = find_error (self);

  if (error != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error_page, escaped);
    }
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
}

static void
scrolled_cb (StrataResultsList *self,
             GtkAdjustment     *adjustment)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) - page;

  if (self->search != NULL && page > 0.0 && below < AHEAD * page)
    strata_search_load_more (self->search);
}

static void
selected_cb (StrataResultsList *self)
{
  StrataPackSummary *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL)
    g_set_object (&self->chosen, item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* A row of which something else is known now is another row, and was chosen all the same. */
static void
items_changed_cb (StrataResultsList *self,
                  guint              position,
                  guint              n_removed,
                  guint              n_added)
{
  refresh (self);
  if (self->chosen == NULL || gtk_single_selection_get_selected_item (self->selection) != NULL)
    return;

  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(StrataPackSummary) item = g_list_model_get_item (G_LIST_MODEL (self->search), i);

      if (strata_pack_summary_is_same_name (item, self->chosen))
        {
          gtk_single_selection_set_selected (self->selection, i);
          return;
        }
    }
}

static void
activate_cb (StrataResultsList *self,
             guint              position)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
strata_results_list_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch ((StrataResultsListProperty) id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, strata_results_list_get_selected (STRATA_RESULTS_LIST (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_results_list_dispose (GObject *object)
{
  StrataResultsList *self = STRATA_RESULTS_LIST (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_RESULTS_LIST);
  g_clear_object (&self->search);
  g_clear_object (&self->catalog);
  g_clear_object (&self->chosen);

  G_OBJECT_CLASS (strata_results_list_parent_class)->dispose (object);
}

static void
strata_results_list_class_init (StrataResultsListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_results_list_dispose;
  object_class->get_property = strata_results_list_get_property;

  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, STRATA_TYPE_PACK_SUMMARY,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STRATA_TYPE_CATALOG_ROW);
  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-results-list.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataResultsList, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataResultsList, scroller);
  gtk_widget_class_bind_template_child (widget_class, StrataResultsList, view);
  gtk_widget_class_bind_template_child (widget_class, StrataResultsList, selection);
  gtk_widget_class_bind_template_child (widget_class, StrataResultsList, error_page);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
strata_results_list_init (StrataResultsList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * strata_results_list_set_search:
 * @self: a list
 * @search: what to show
 * @catalog: what knows why there may be nothing
 *
 * Shows what @search finds, and says why when that is nothing; call it once.
 */
void
strata_results_list_set_search (StrataResultsList *self,
                                StrataSearch      *search,
                                StrataCatalog     *catalog)
{
  g_return_if_fail (STRATA_IS_RESULTS_LIST (self) && STRATA_IS_SEARCH (search));
  g_return_if_fail (STRATA_IS_CATALOG (catalog) && self->search == NULL);

  self->search = g_object_ref (search);
  self->catalog = g_object_ref (catalog);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (search));
  g_signal_connect_object (search, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "notify::n-found", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "notify::loading", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (catalog, "notify::loading", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (catalog, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

StrataPackSummary *
strata_results_list_get_selected (StrataResultsList *self)
{
  g_return_val_if_fail (STRATA_IS_RESULTS_LIST (self), NULL);

  return gtk_single_selection_get_selected_item (self->selection);
}

/* Selects what is the same as @item; nothing when it is NULL or not shown. */
void
strata_results_list_select (StrataResultsList *self,
                            StrataPackSummary *item)
{
  g_return_if_fail (STRATA_IS_RESULTS_LIST (self) && self->search != NULL);

  GListModel *model = G_LIST_MODEL (self->search);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; item != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(StrataPackSummary) other = g_list_model_get_item (model, i);

      if (strata_pack_summary_is_same_name (item, other))
        {
          selected = i;
          break;
        }
    }
  gtk_single_selection_set_selected (self->selection, selected);
}

/* Puts the keyboard focus on the rows, as Down in the search does; the first is selected when none was. */
void
strata_results_list_focus (StrataResultsList *self)
{
  g_return_if_fail (STRATA_IS_RESULTS_LIST (self));

  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
  if (gtk_single_selection_get_selected_item (self->selection) == NULL)
    gtk_single_selection_set_selected (self->selection, 0);
}
