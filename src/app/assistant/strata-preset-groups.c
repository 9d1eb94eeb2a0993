/* strata-preset-groups.c - the presets of a pack as radio groups
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-preset-groups"

#include "strata-preset-groups.h"

#include <glib/gi18n.h>

#include "strata-values.h"

struct _StrataPresetGroups
{
  GtkWidget   parent_instance;
  GtkWidget  *box;
  GtkWidget  *suffix;   /* (owned) (nullable): beside the first title */
  StrataPack *pack;     /* (owned) (nullable): the rows are for it */
  AdwActionRow *plain;  /* (not owned) (nullable): the only row when there are no presets */
  GPtrArray  *checks;   /* (owned) (element-type GtkCheckButton) */
  GPtrArray  *groups;   /* (owned) (element-type AdwPreferencesGroup) */
  gboolean    showing;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataPresetGroups, strata_preset_groups, GTK_TYPE_WIDGET)

static void
toggled_cb (GtkCheckButton     *check,
            StrataPresetGroups *self)
{
  if (self->showing || !gtk_check_button_get_active (check))
    return;

  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (check), "group"),
                 g_object_get_data (G_OBJECT (check), "preset"));
}

static GtkCheckButton *
add_row (StrataPresetGroups *self,
         const char         *title,
         const char         *subtitle,
         const char         *group,
         const char         *preset,
         GtkCheckButton     *first)
{
  AdwPreferencesGroup *box = g_ptr_array_index (self->groups, self->groups->len - 1);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), first);
  g_object_set_data_full (G_OBJECT (check), "group", g_strdup (group), g_free);
  g_object_set_data_full (G_OBJECT (check), "preset", g_strdup (preset), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (box, row);
  g_ptr_array_add (self->checks, check);

  return GTK_CHECK_BUTTON (check);
}

static void
add_box (StrataPresetGroups *self,
         const char         *title)
{
  GtkWidget *box = adw_preferences_group_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (box), escaped);
  if (self->groups->len == 0 && self->suffix != NULL)
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (box), self->suffix);
  gtk_box_append (GTK_BOX (self->box), box);
  g_ptr_array_add (self->groups, box);
}

static const char *
get_defaults_title (StrataPack *pack)
{
  return strata_pack_get_kind (pack) == STRATA_LAYER_KIND_PACK ? _("Pack defaults")
                                                               : _("Chart defaults");
}

static void
build_group (StrataPresetGroups *self,
             const char         *group,
             const char         *title)
{
  GPtrArray *presets = strata_pack_get_presets (self->pack);

  g_autofree char *own =
    strata_values_get_preset (strata_pack_get (self->pack, STRATA_PACK_VALUES), group);
  GtkCheckButton *first = NULL;

  add_box (self, title);
  if (own == NULL || *own == '\0')
    first =
      add_row (self, get_defaults_title (self->pack), _("As the values came"), group, "", NULL);

  for (guint i = 0; i < presets->len; i++)
    {
      StrataPreset *preset = g_ptr_array_index (presets, i);

      if (!g_str_equal (preset->group, group))
        continue;

      GtkCheckButton *check =
        add_row (self, preset->display_name, NULL, group, preset->name, first);

      first = first != NULL ? first : check;
    }
}

static char **
list_groups (StrataPack *pack)
{
  GPtrArray *presets = strata_pack_get_presets (pack);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < presets->len; i++)
    {
      StrataPreset *preset = g_ptr_array_index (presets, i);

      if (g_hash_table_add (seen, preset->group))
        g_strv_builder_add (names, preset->group);
    }

  return g_strv_builder_end (names);
}

/* Without presets there is nothing to choose: the row says whether the text is still the pack's own. */
static void
build_plain (StrataPresetGroups *self)
{
  add_box (self, _("Values"));
  self->plain = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->plain), FALSE);
  adw_preferences_group_add (g_ptr_array_index (self->groups, 0), GTK_WIDGET (self->plain));
}

static void
clear (StrataPresetGroups *self)
{
  if (self->groups->len > 0)
    adw_preferences_group_set_header_suffix (g_ptr_array_index (self->groups, 0), NULL);
  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (GTK_BOX (self->box), g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  g_ptr_array_set_size (self->checks, 0);
  self->plain = NULL;
}

static void
build (StrataPresetGroups *self)
{
  g_auto(GStrv) groups = list_groups (self->pack);

  clear (self);
  if (groups[0] == NULL)
    build_plain (self);
  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *title = *groups[i] == '\0' ? g_strdup (_("Values"))
                                                  : g_strdup_printf (_("Values: %s"), groups[i]);

      build_group (self, groups[i], groups[1] == NULL ? _("Values") : title);
    }
}

/* The row of a pack's own values says so when they are not quite those any more. */
static void
describe_defaults (GtkCheckButton *check,
                   gboolean        edited)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (check), ADW_TYPE_ACTION_ROW);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               edited ? _("With changes made here") : _("As the values came"));
}

static void
show_active (StrataPresetGroups *self,
             GHashTable         *active,
             gboolean            edited)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);
      const char *group = g_object_get_data (G_OBJECT (check), "group");
      const char *preset = g_object_get_data (G_OBJECT (check), "preset");
      const char *name = g_hash_table_lookup (active, group);

      gtk_check_button_set_active (check, g_str_equal (preset, name != NULL ? name : ""));
      if (*preset == '\0')
        describe_defaults (check, name == NULL && edited);
    }

  if (self->plain == NULL)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->plain),
                                 edited ? _("Edited values") : get_defaults_title (self->pack));
  adw_action_row_set_subtitle (self->plain,
                               edited ? _("Changed here, by hand or by the settings above")
                                      : _("As the values came"));
}

static void
strata_preset_groups_dispose (GObject *object)
{
  StrataPresetGroups *self = STRATA_PRESET_GROUPS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->suffix);
  g_clear_object (&self->pack);

  G_OBJECT_CLASS (strata_preset_groups_parent_class)->dispose (object);
}

static void
strata_preset_groups_finalize (GObject *object)
{
  StrataPresetGroups *self = STRATA_PRESET_GROUPS (object);

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_preset_groups_parent_class)->finalize (object);
}

static void
strata_preset_groups_class_init (StrataPresetGroupsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_preset_groups_dispose;
  object_class->finalize = strata_preset_groups_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_preset_groups_init (StrataPresetGroups *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  self->checks = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * strata_preset_groups_show:
 * @self: radio groups
 * @pack: a pack
 * @active: (element-type utf8 utf8): the active preset of each group
 * @edited: whether the values are no longer those of the pack
 *
 * Shows the presets of @pack; the rows are made anew only for another pack.
 */
void
strata_preset_groups_show (StrataPresetGroups *self,
                           StrataPack         *pack,
                           GHashTable         *active,
                           gboolean            edited)
{
  g_return_if_fail (STRATA_IS_PRESET_GROUPS (self) && STRATA_IS_PACK (pack) && active != NULL);

  self->showing = TRUE;
  if (g_set_object (&self->pack, pack))
    build (self);
  show_active (self, active, edited);
  self->showing = FALSE;
}

/* Puts @suffix beside the title of the first group. */
void
strata_preset_groups_set_suffix (StrataPresetGroups *self,
                                 GtkWidget          *suffix)
{
  g_return_if_fail (STRATA_IS_PRESET_GROUPS (self) && GTK_IS_WIDGET (suffix));

  self->suffix = g_object_ref_sink (suffix);
}
