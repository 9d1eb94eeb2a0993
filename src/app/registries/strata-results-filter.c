/* strata-results-filter.c - narrows what a search finds: kinds, and what is kept, signed or out of use
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-results-filter"

#include "strata-results-filter.h"

#include <glib/gi18n.h>

#define ANY "any"
#define PACKS "packs"
#define CHARTS "charts"

struct _StrataResultsFilter
{
  AdwBin              parent_instance;
  GtkMenuButton      *button;   /* (not owned): the child */
  GSimpleActionGroup *actions;  /* (owned): "narrow" */
  StrataSearch       *search;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (StrataResultsFilter, strata_results_filter, ADW_TYPE_BIN)

static gboolean
is_on (StrataResultsFilter *self,
       const char          *name)
{
  g_autoptr(GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), name);

  return g_variant_get_boolean (state);
}

/* A search that is narrowed says so: what is not found may only be hidden. */
static void
show_state (StrataResultsFilter *self)
{
  g_autoptr(GVariant) kind = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "kind");
  gboolean is_narrow = !g_str_equal (g_variant_get_string (kind, NULL), ANY) || is_on (self, "kept")
                       || is_on (self, "signed") || is_on (self, "in-use");
  const char *label = is_narrow ? _("Narrowed") : _("All");

  gtk_menu_button_set_label (self->button, label);
}

static int
read_kind (GVariant *value)
{
  const char *name = g_variant_get_string (value, NULL);

  if (g_str_equal (name, PACKS))
    return STRATA_LAYER_KIND_PACK;

  return g_str_equal (name, CHARTS) ? STRATA_LAYER_KIND_HELM : STRATA_INDEX_ANY_KIND;
}

static void
kind_cb (GSimpleAction       *action,
         GVariant            *value,
         StrataResultsFilter *self)
{
  g_simple_action_set_state (action, value);
  g_object_set (self->search, "kind", read_kind (value), NULL);
  show_state (self);
}

static void
answer_cb (GSimpleAction       *action,
           GVariant            *value,
           StrataResultsFilter *self)
{
  const char *name = g_action_get_name (G_ACTION (action));
  gboolean is_in_use = g_str_equal (name, "in-use");
  StrataIndexAnswer wanted = is_in_use ? STRATA_INDEX_NO : STRATA_INDEX_YES;

  g_simple_action_set_state (action, value);
  g_object_set (self->search, is_in_use ? "deprecated" : name,
                g_variant_get_boolean (value) ? wanted : STRATA_INDEX_UNKNOWN, NULL);
  show_state (self);
}

static void
append_kind (GMenu      *menu,
             const char *label,
             const char *kind,
             guint       n)
{
  g_autofree char *text = g_strdup_printf ("%s  %u", label, n);
  g_autoptr(GMenuItem) item = g_menu_item_new (text, NULL);

  g_menu_item_set_action_and_target (item, "narrow.kind", "s", kind);
  g_menu_append_item (menu, item);
}

static void
append_answer (GMenu      *menu,
               const char *label,
               const char *action,
               guint       n)
{
  g_autofree char *text = g_strdup_printf ("%s  %u", label, n);

  g_menu_append (menu, text, action);
}

/* With the figures of the moment. */
static void
fill_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  StrataResultsFilter *self = user_data;
  StrataIndexMatches *matches = self->search != NULL ? strata_search_get_matches (self->search) : NULL;
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();
  g_autoptr(GMenu) more = g_menu_new ();

  if (matches == NULL)
    return;

  guint n_packs = strata_index_matches_count_kind (matches, STRATA_LAYER_KIND_PACK);
  guint n_charts = strata_index_matches_count_kind (matches, STRATA_LAYER_KIND_HELM);

  append_kind (section, _("Packs and Charts"), ANY, n_packs + n_charts);
  append_kind (section, _("Packs"), PACKS, n_packs);
  append_kind (section, _("Charts"), CHARTS, n_charts);
  append_answer (more, _("Kept Offline"), "narrow.kept", strata_index_matches_count_kept (matches, TRUE));
  append_answer (more, _("Signed"), "narrow.signed", strata_index_matches_count_signed (matches, TRUE));
  append_answer (more, _("Not Deprecated"), "narrow.in-use",
                 strata_index_matches_count_deprecated (matches, FALSE));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
strata_results_filter_dispose (GObject *object)
{
  StrataResultsFilter *self = STRATA_RESULTS_FILTER (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->search);

  G_OBJECT_CLASS (strata_results_filter_parent_class)->dispose (object);
}

static void
strata_results_filter_class_init (StrataResultsFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_results_filter_dispose;
}

static void
add_action (StrataResultsFilter *self,
            GSimpleAction       *action,
            GCallback            callback)
{
  g_signal_connect_object (action, "change-state", callback, self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  g_object_unref (action);
}

static void
add_answer (StrataResultsFilter *self,
            const char          *name)
{
  add_action (self, g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (FALSE)),
              G_CALLBACK (answer_cb));
}

static void
strata_results_filter_init (StrataResultsFilter *self)
{
  self->actions = g_simple_action_group_new ();
  add_action (self, g_simple_action_new_stateful ("kind", G_VARIANT_TYPE_STRING, g_variant_new_string (ANY)),
              G_CALLBACK (kind_cb));
  add_answer (self, "kept");
  add_answer (self, "signed");
  add_answer (self, "in-use");
  gtk_widget_insert_action_group (GTK_WIDGET (self), "narrow", G_ACTION_GROUP (self->actions));

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_create_popup_func (self->button, fill_menu_cb, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "chip");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "small");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("Narrow the Results"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Narrow the Results"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  show_state (self);
}

/* What is chosen here narrows @search; call it once. */
void
strata_results_filter_set_search (StrataResultsFilter *self,
                                  StrataSearch        *search)
{
  g_return_if_fail (STRATA_IS_RESULTS_FILTER (self) && STRATA_IS_SEARCH (search));

  g_set_object (&self->search, search);
}
