/* strata-appliance-columns.c - what stands in each column of the board, and how it sorts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-columns"

#include "strata-appliance-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-format.h"
#include "strata-row-widget.h"
#include "strata-slot.h"
#include "strata-standing-text.h"
#include "strata-text-cell.h"
#include "strata-version.h"

/* What a cell needs to show another row that comes to its place. */
typedef struct
{
  StrataApplianceColumn      column;
  const StrataApplianceView *view;  /* (unowned): of the table that the cells are in */
} Maker;

/* Cells */

static void
show_name (StrataTextCell            *cell,
           StrataApplianceRow        *row,
           const StrataApplianceView *view)
{
  StrataAppliance *appliance = strata_appliance_row_get_appliance (row);
  const char *note = strata_appliance_row_get_note (row);
  g_autofree char *both = NULL;

  if (view->narrow && appliance != NULL)
    {
      const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
      both = g_strjoin (" ", facts->profile_name, facts->profile_version, NULL);
    }

  strata_text_cell_set_text (cell, strata_appliance_row_get_title (row),
                             both != NULL ? both : note);
}

static void
show_state (StrataTextCell            *cell,
            StrataApplianceRow        *row,
            const StrataApplianceView *view)
{
  StrataLife life = strata_standing_get_life (strata_appliance_row_get_standing (row));
  gboolean tells = view->narrow && strata_appliance_row_is_unwell (row);

  strata_text_cell_set_text (cell, strata_life_say (life),
                             tells ? strata_appliance_row_say_health (row) : NULL);
  strata_text_cell_set_icon (cell, strata_appliance_row_get_state_icon (row),
                             view->is_past ? NULL : strata_appliance_row_get_state_color (row));
}

static void
show_plan (StrataTextCell        *cell,
           StrataApplianceRow    *row,
           StrataApplianceTarget *plan)
{
  g_auto(GStrv) names =
    strata_appliance_target_list_changes (plan, strata_appliance_row_get_appliance (row));
  guint n = g_strv_length (names);
  g_autofree char *title =
    n > 0 ? g_strdup_printf (ngettext ("%u layer would change", "%u layers would change", n), n)
          : g_strdup (_("Nothing would change"));
  g_autofree char *note = g_strjoinv (", ", names);

  strata_text_cell_set_text (cell, title, note);
  strata_text_cell_set_icon (cell, n > 0 ? "emblem-synchronizing-symbolic" : "emblem-ok-symbolic",
                             NULL);
}

static void
show_current (StrataTextCell            *cell,
              StrataApplianceRow        *row,
              const StrataApplianceView *view)
{
  StrataStanding *standing = strata_appliance_row_get_standing (row);
  StrataAppliance *appliance = strata_appliance_row_get_appliance (row);
  StrataStandingKind kind = strata_standing_get_kind (standing);

  if (view->plan != NULL)
    return show_plan (cell, row, view->plan);

  g_autofree char *title = strata_standing_say (standing, appliance, g_get_real_time ());
  g_autofree char *note = strata_standing_say_why (standing, appliance, g_get_real_time ());
  const char *reason = strata_standing_get_reason (standing);

  strata_text_cell_set_text (cell, title, note);
  strata_text_cell_set_icon (cell, strata_standing_kind_get_icon (kind),
                             view->is_past ? NULL : strata_standing_kind_get_color (kind));
  strata_text_cell_set_tooltip (cell, reason);
}

static void
show_facts (StrataTextCell        *cell,
            StrataApplianceRow    *row,
            StrataApplianceColumn  column)
{
  StrataAppliance *appliance = strata_appliance_row_get_appliance (row);
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
  g_autofree char *heard = NULL;
  const char *text = "";

  if (column == STRATA_APPLIANCE_COLUMN_HEALTH)
    text = strata_appliance_row_say_health (row);
  else if (column == STRATA_APPLIANCE_COLUMN_PROFILE)
    text = facts->profile_name;
  else if (column == STRATA_APPLIANCE_COLUMN_VERSION)
    text = facts->profile_version;
  else
    text = heard = strata_format_age (facts->heard / G_USEC_PER_SEC);

  strata_text_cell_set_text (cell, *text != '\0' ? text : "–", NULL);
}

static void
bind_cell (GtkListItem        *item,
           StrataApplianceRow *row,
           const Maker        *maker)
{
  StrataTextCell *cell = STRATA_TEXT_CELL (gtk_list_item_get_child (item));

  gtk_list_item_set_selectable (item, strata_appliance_row_get_appliance (row) != NULL);
  if (maker->column == STRATA_APPLIANCE_COLUMN_NAME)
    {
      g_autofree char *label = strata_appliance_row_make_label (row, g_get_real_time ());

      show_name (cell, row, maker->view);
      strata_row_widget_set_label (item, label);
    }
  else if (strata_appliance_row_get_appliance (row) == NULL)
    {
      strata_text_cell_set_text (cell, NULL, NULL);
      strata_text_cell_set_icon (cell, NULL, NULL);
      strata_text_cell_set_tooltip (cell, NULL);
    }
  else if (maker->column == STRATA_APPLIANCE_COLUMN_STATE)
    show_state (cell, row, maker->view);
  else if (maker->column == STRATA_APPLIANCE_COLUMN_CURRENT)
    show_current (cell, row, maker->view);
  else
    show_facts (cell, row, maker->column);
}

#define MAKER_KEY "strata-maker"

/* The first cell of a row says for all of them whether there is anything to see. */
static void
show_slot (GtkListItem *item,
           const Maker *maker)
{
  StrataApplianceRow *row = strata_slot_get_item (gtk_list_item_get_item (item));

  if (row != NULL)
    bind_cell (item, row, maker);
  if (maker->column == STRATA_APPLIANCE_COLUMN_NAME)
    strata_row_widget_set_visible (item, row != NULL);
}

static void
slot_changed_cb (StrataSlot  *slot,
                 GtkListItem *item)
{
  show_slot (item, g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), MAKER_KEY));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         Maker                    *maker)
{
  g_signal_connect (gtk_list_item_get_item (item), "changed", G_CALLBACK (slot_changed_cb), item);
  show_slot (item, maker);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           Maker                    *maker)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), slot_changed_cb, item);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          Maker                    *maker)
{
  StrataTextCellStyle style =
    maker->column == STRATA_APPLIANCE_COLUMN_NAME    ? STRATA_TEXT_CELL_STRONG
    : maker->column == STRATA_APPLIANCE_COLUMN_HEARD ? STRATA_TEXT_CELL_QUIET
                                                     : STRATA_TEXT_CELL_PLAIN;
  GtkWidget *cell = strata_text_cell_new (style);

  g_object_set_data_full (G_OBJECT (cell), MAKER_KEY, g_memdup2 (maker, sizeof *maker), g_free);
  gtk_list_item_set_child (item, cell);
}

static void
free_maker (gpointer  data,
            GClosure *closure)
{
  g_free (data);
}

/* @view outlives the factory and its cells. */
GtkListItemFactory *
strata_appliance_column_new_factory (StrataApplianceColumn      column,
                                     const StrataApplianceView *view)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Maker maker = { column, view };

  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), g_memdup2 (&maker, sizeof maker),
                         free_maker, 0);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), g_memdup2 (&maker, sizeof maker),
                         free_maker, 0);
  g_signal_connect_data (factory, "unbind", G_CALLBACK (unbind_cb),
                         g_memdup2 (&maker, sizeof maker), free_maker, 0);

  return factory;
}

/* Order */

static int
compare_heard (const StrataApplianceFacts *one,
               const StrataApplianceFacts *other)
{
  /* The one that was heard of last comes first. */
  return (other->heard > one->heard) - (other->heard < one->heard);
}

static int
compare_versions (const StrataApplianceFacts *one,
                  const StrataApplianceFacts *other)
{
  return strata_version_compare_text (one->profile_version, other->profile_version);
}

static int
compare_rows (StrataApplianceRow    *a,
              StrataApplianceRow    *b,
              StrataApplianceColumn  column)
{
  const StrataApplianceFacts *one =
    strata_appliance_get_facts (strata_appliance_row_get_appliance (a));
  const StrataApplianceFacts *other =
    strata_appliance_get_facts (strata_appliance_row_get_appliance (b));

  switch (column)
    {
    case STRATA_APPLIANCE_COLUMN_STATE:
      return (int) strata_standing_get_life (strata_appliance_row_get_standing (a)) -
             (int) strata_standing_get_life (strata_appliance_row_get_standing (b));
    case STRATA_APPLIANCE_COLUMN_HEALTH:
      return (int) other->health - (int) one->health;
    case STRATA_APPLIANCE_COLUMN_PROFILE:
      return strcmp (one->profile_name, other->profile_name);
    case STRATA_APPLIANCE_COLUMN_VERSION:
      return compare_versions (one, other);
    case STRATA_APPLIANCE_COLUMN_CURRENT:
      return strata_appliance_row_compare_worst (a, b);
    case STRATA_APPLIANCE_COLUMN_HEARD:
      return compare_heard (one, other);
    case STRATA_APPLIANCE_COLUMN_NAME:
    default:
      return strcmp (strata_appliance_row_get_name_key (a), strata_appliance_row_get_name_key (b));
    }
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  return gtk_ordering_from_cmpfunc (
    compare_rows ((StrataApplianceRow *) a, (StrataApplianceRow *) b,
                  (StrataApplianceColumn) GPOINTER_TO_INT (user_data)));
}

GtkSorter *
strata_appliance_column_new_sorter (StrataApplianceColumn column)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_cb, GINT_TO_POINTER (column), NULL));
}
