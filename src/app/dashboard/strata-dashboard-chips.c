/* strata-dashboard-chips.c - the row of choices above the table: by state, by tag, by registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-chips"

#include "strata-dashboard-chips.h"

#include <glib/gi18n.h>

#define MAX_MENU_ITEMS 24  /* a menu stays one that can be read; a search finds the rest */

struct _StrataDashboardChips
{
  GtkBox                 parent_instance;
  StrataDashboardFilter *filter;           /* (owned) (nullable) */
  StrataDashboardModel  *model;            /* (owned) (nullable) */
  GtkToggleButton       *all;              /* (template) */
  GtkToggleButton       *attention;        /* (template) */
  GtkToggleButton       *only_here;        /* (template) */
  GtkToggleButton       *published;        /* (template) */
  GtkMenuButton         *tag_button;       /* (template) */
  GtkMenuButton         *registry_button;  /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataDashboardChips, strata_dashboard_chips, GTK_TYPE_BOX)

static void
chip_toggled_cb (StrataDashboardChips *self)
{
  StrataDashboardShow show = STRATA_DASHBOARD_SHOW_ALL;

  if (gtk_toggle_button_get_active (self->attention))
    show = STRATA_DASHBOARD_SHOW_ATTENTION;
  else if (gtk_toggle_button_get_active (self->only_here))
    show = STRATA_DASHBOARD_SHOW_ONLY_HERE;
  else if (gtk_toggle_button_get_active (self->published))
    show = STRATA_DASHBOARD_SHOW_PUBLISHED;

  if (self->filter != NULL)
    strata_dashboard_filter_set_show (self->filter, show);
}

static void
choose_tag (StrataDashboardChips *self,
            const char           *tag)
{
  strata_dashboard_filter_set_tag (self->filter, *tag != '\0' ? tag : NULL);
  gtk_menu_button_set_label (self->tag_button, *tag != '\0' ? tag : _("Any Tag"));
}

static void
choose_registry (StrataDashboardChips *self,
                 const char           *registry)
{
  strata_dashboard_filter_set_registry (self->filter, *registry != '\0' ? registry : NULL);
  gtk_menu_button_set_label (self->registry_button,
                             *registry != '\0' ? registry : _("Any Registry"));
}

static void
tag_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  choose_tag (user_data, g_variant_get_string (parameter, NULL));
  g_simple_action_set_state (action, parameter);
}

static void
registry_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  choose_registry (user_data, g_variant_get_string (parameter, NULL));
  g_simple_action_set_state (action, parameter);
}

static GMenuModel *
make_menu (GPtrArray  *words,
           const char *any,
           const char *action)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();
  g_autoptr(GMenuItem) any_item = g_menu_item_new (any, NULL);

  g_menu_item_set_action_and_target (any_item, action, "s", "");
  g_menu_append_item (menu, any_item);

  for (guint i = 0; i < MIN (words->len, MAX_MENU_ITEMS); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (words->pdata[i], NULL);

      g_menu_item_set_action_and_target (item, action, "s", words->pdata[i]);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));

  return G_MENU_MODEL (menu);
}

static void
fill_tag_menu_cb (GtkMenuButton *button,
                  gpointer       user_data)
{
  StrataDashboardChips *self = STRATA_DASHBOARD_CHIPS (user_data);
  g_autoptr(GPtrArray) tags = strata_dashboard_model_list_tags (self->model);
  g_autoptr(GMenuModel) menu = make_menu (tags, _("Any Tag"), "chips.tag");

  gtk_menu_button_set_menu_model (button, menu);
}

static void
fill_registry_menu_cb (GtkMenuButton *button,
                       gpointer       user_data)
{
  StrataDashboardChips *self = STRATA_DASHBOARD_CHIPS (user_data);
  g_autoptr(GPtrArray) registries = strata_dashboard_model_list_registries (self->model);
  g_autoptr(GMenuModel) menu = make_menu (registries, _("Any Registry"), "chips.registry");

  gtk_menu_button_set_menu_model (button, menu);
}

static const GActionEntry actions[] = {
  { .name = "tag", .parameter_type = "s", .activate = tag_cb, .state = "''" },
  { .name = "registry", .parameter_type = "s", .activate = registry_cb, .state = "''" },
};

static void
strata_dashboard_chips_dispose (GObject *object)
{
  StrataDashboardChips *self = STRATA_DASHBOARD_CHIPS (object);

  g_clear_object (&self->filter);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (strata_dashboard_chips_parent_class)->dispose (object);
}

static void
strata_dashboard_chips_class_init (StrataDashboardChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_dashboard_chips_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-dashboard-chips.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardChips, all);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardChips, attention);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardChips, only_here);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardChips, published);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardChips, tag_button);
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardChips, registry_button);
  gtk_widget_class_bind_template_callback (widget_class, chip_toggled_cb);
}

static void
strata_dashboard_chips_init (StrataDashboardChips *self)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chips", G_ACTION_GROUP (group));
  gtk_menu_button_set_create_popup_func (self->tag_button, fill_tag_menu_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->registry_button, fill_registry_menu_cb, self, NULL);
}

void
strata_dashboard_chips_set_filter (StrataDashboardChips  *self,
                                   StrataDashboardFilter *filter,
                                   StrataDashboardModel  *model)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_CHIPS (self));

  g_set_object (&self->filter, filter);
  g_set_object (&self->model, model);
}

void
strata_dashboard_chips_set_narrow (StrataDashboardChips *self,
                                   gboolean              narrow)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_CHIPS (self));

  gtk_widget_set_visible (GTK_WIDGET (self->tag_button), !narrow);
}

static void
show_count (GtkToggleButton *chip,
            const char      *words,
            guint            count)
{
  g_autofree char *label = g_strdup_printf ("%s  %'u", words, count);

  gtk_button_set_label (GTK_BUTTON (chip), label);
}

void
strata_dashboard_chips_update (StrataDashboardChips *self)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_CHIPS (self));

  StrataDashboardCounts counts;

  strata_dashboard_model_get_counts (self->model, &counts);
  show_count (self->attention, _("Needs attention"), counts.attention);
  show_count (self->only_here, _("Only here"), counts.only_here);
  show_count (self->published, _("Published"), counts.published);
}

/* Shows everything again. */
void
strata_dashboard_chips_reset (StrataDashboardChips *self)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_CHIPS (self));

  gtk_toggle_button_set_active (self->all, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->tag_button), "chips.tag", "s", "");
  gtk_widget_activate_action (GTK_WIDGET (self->registry_button), "chips.registry", "s", "");
}
