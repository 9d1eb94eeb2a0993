/* strata-appliance-chips.c - the row of choices above the board: how they stand, and by profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-chips"

#include "strata-appliance-chips.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_MENU_ITEMS 24  /* a menu stays one that can be read; a search finds the rest */
#define ALL "all"
#define GROUPED "grouped"
#define ONE "profile:"

/* A choice and how what it shows stands. */
static const struct
{
  const char *child;
  int         kind;
  const char *words;
} chips[] = {
  { "all", STRATA_APPLIANCE_ANY_KIND, N_("All") },
  { "current", STRATA_STANDING_CURRENT, N_("Current") },
  { "behind", STRATA_STANDING_BEHIND, N_("Behind") },
  { "applying", STRATA_STANDING_APPLYING, N_("Applying") },
  { "failed", STRATA_STANDING_FAILED, N_("Failed") },
  { "unknown", STRATA_STANDING_UNKNOWN, N_("Unknown") },
};

struct _StrataApplianceChips
{
  GtkBox                parent_instance;
  StrataApplianceList  *list;     /* (owned) (nullable) */
  StrataApplianceModel *model;    /* (owned) (nullable) */
  GtkMenuButton        *by;       /* (template) */
  GtkToggleButton      *buttons[G_N_ELEMENTS (chips)];  /* (template) */
};

enum
{
  SIGNAL_PROFILE_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataApplianceChips, strata_appliance_chips, GTK_TYPE_BOX)

static void
chip_toggled_cb (StrataApplianceChips *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    if (self->list != NULL && gtk_toggle_button_get_active (self->buttons[i]))
      strata_appliance_list_set_kind (self->list, chips[i].kind);
}

/* By profile */

static char *
find_name (StrataApplianceChips *self,
           const char           *uid)
{
  g_autoptr(GPtrArray) profiles = strata_appliance_model_list_profiles (self->model);

  for (guint i = 0; i < profiles->len; i++)
    {
      const StrataApplianceFacts *facts = strata_appliance_get_facts (profiles->pdata[i]);

      if (g_str_equal (facts->profile_uid, uid))
        return g_strjoin (" ", facts->profile_name, facts->profile_version, NULL);
    }

  return g_strdup (uid);
}

static void
by_cb (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       user_data)
{
  StrataApplianceChips *self = STRATA_APPLIANCE_CHIPS (user_data);
  const char *choice = g_variant_get_string (parameter, NULL);
  const char *uid = g_str_has_prefix (choice, ONE) ? choice + strlen (ONE) : NULL;
  gboolean grouped = g_str_equal (choice, GROUPED);
  g_autofree char *label = uid != NULL ? find_name (self, uid) : NULL;

  g_simple_action_set_state (action, parameter);
  gtk_menu_button_set_label (
    self->by, uid != NULL ? label : grouped ? _("Grouped by Profile") : _("Group by Profile"));
  strata_appliance_list_set_grouped (self->list, grouped);
  strata_appliance_list_set_profile (self->list, uid);
  strata_appliance_chips_update (self);
  g_signal_emit (self, signals[SIGNAL_PROFILE_CHOSEN], 0);
}

static void
add_choice (GMenu      *menu,
            const char *label,
            const char *choice)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "chips.by", "s", choice);
  g_menu_append_item (menu, item);
}

static void
fill_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  StrataApplianceChips *self = STRATA_APPLIANCE_CHIPS (user_data);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();
  g_autoptr(GPtrArray) profiles = strata_appliance_model_list_profiles (self->model);

  add_choice (menu, _("All Together"), ALL);
  add_choice (menu, _("Group by Profile"), GROUPED);
  for (guint i = 0; i < MIN (profiles->len, MAX_MENU_ITEMS); i++)
    {
      const StrataApplianceFacts *facts = strata_appliance_get_facts (profiles->pdata[i]);
      g_autofree char *choice = g_strconcat (ONE, facts->profile_uid, NULL);
      g_autofree char *label = g_strjoin (" ", facts->profile_name, facts->profile_version, NULL);

      add_choice (section, label, choice);
    }
  g_menu_append_section (menu, _("If Published Now"), G_MENU_MODEL (section));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static const GActionEntry actions[] = {
  { .name = "by", .parameter_type = "s", .activate = by_cb, .state = "'" ALL "'" },
};

/* Class */

static void
strata_appliance_chips_dispose (GObject *object)
{
  StrataApplianceChips *self = STRATA_APPLIANCE_CHIPS (object);

  g_clear_object (&self->list);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (strata_appliance_chips_parent_class)->dispose (object);
}

static void
strata_appliance_chips_class_init (StrataApplianceChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_appliance_chips_dispose;

  signals[SIGNAL_PROFILE_CHOSEN] =
    g_signal_new ("profile-chosen", STRATA_TYPE_APPLIANCE_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-appliance-chips.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataApplianceChips, by);
  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    gtk_widget_class_bind_template_child_full (widget_class, chips[i].child, FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, chip_toggled_cb);
}

static void
strata_appliance_chips_init (StrataApplianceChips *self)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    self->buttons[i] = GTK_TOGGLE_BUTTON (gtk_widget_get_template_child (
      GTK_WIDGET (self), STRATA_TYPE_APPLIANCE_CHIPS, chips[i].child));
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chips", G_ACTION_GROUP (group));
  gtk_menu_button_set_create_popup_func (self->by, fill_menu_cb, self, NULL);
}

void
strata_appliance_chips_set_list (StrataApplianceChips *self,
                                 StrataApplianceList  *list,
                                 StrataApplianceModel *model)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_CHIPS (self));

  g_set_object (&self->list, list);
  g_set_object (&self->model, model);
  strata_appliance_chips_update (self);
}

/* Counts anew. */
void
strata_appliance_chips_update (StrataApplianceChips *self)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_CHIPS (self));

  StrataApplianceCounts counts;

  strata_appliance_model_get_counts (self->model, strata_appliance_list_get_profile (self->list),
                                     &counts);
  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    {
      int kind = chips[i].kind;
      g_autofree char *label = g_strdup_printf (
        "%s  %'u", _(chips[i].words),
                      kind == STRATA_APPLIANCE_ANY_KIND ? counts.all : counts.by_kind[kind]);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
    }
}

/* Where there is no room for it, the search finds a profile as well. */
void
strata_appliance_chips_set_narrow (StrataApplianceChips *self,
                                   gboolean              narrow)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_CHIPS (self));

  gtk_widget_set_visible (GTK_WIDGET (self->by), !narrow);
}

/* Shows everything again. */
void
strata_appliance_chips_reset (StrataApplianceChips *self)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_CHIPS (self));

  gtk_toggle_button_set_active (self->buttons[0], TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->by), "chips.by", "s", ALL);
}
