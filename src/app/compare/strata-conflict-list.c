/* strata-conflict-list.c - all conflicts of a merge, layer by layer, however many they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-conflict-list"

#include "strata-conflict-list.h"

#include <glib/gi18n.h>

#include "strata-conflict-row.h"
#include "strata-conflict-text.h"
#include "strata-kind-swatch.h"

#define MAX_ROWS 50   /* with a widget each; of more, only those have one that are seen */
#define MAX_TICKS 60  /* frames until what was scrolled to has its widget */

struct _StrataConflictList
{
  AdwBin        parent_instance;
  StrataMerge  *merge;      /* (owned) (nullable) */
  GPtrArray    *conflicts;  /* (owned) (nullable) (element-type StrataConflict) */
  GPtrArray    *rows;       /* (owned) (element-type StrataConflictRow): those that show a conflict now */
  GHashTable   *n_merged;   /* (owned) (element-type utf8 guint): by layer, what was clear by itself */
  GHashTable   *drafts;     /* (owned) (element-type StrataConflict utf8): results that were begun, of rows that are gone */
  GtkWidget    *footer;     /* (owned) (nullable) */
  GtkListView  *view;       /* (nullable): for many */
  gboolean      narrow;
  guint         wanted;     /* the conflict that gets the keyboard... */
  guint         n_ticks;    /* ...and for how many frames it was waited */
  guint         tick;
};

typedef enum
{
  PROP_FOOTER = 1,
} StrataConflictListProperty;

static GParamSpec *properties[PROP_FOOTER + 1];

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataConflictList, strata_conflict_list, ADW_TYPE_BIN)

static const char *
get_layer (const StrataConflict *conflict)
{
  return conflict->layer != NULL ? conflict->layer : "";
}

static void
count_merged (StrataConflictList *self)
{
  GPtrArray *merged = strata_merge_get_merged (self->merge);

  for (guint i = 0; i < merged->len; i++)
    {
      const char *layer = get_layer (merged->pdata[i]);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_merged, layer));

      g_hash_table_insert (self->n_merged, (gpointer) layer, GUINT_TO_POINTER (n + 1));
    }
}

/* Headings */

static char *
describe_layer (StrataConflictList   *self,
                const StrataConflict *first)
{
  guint n_merged = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_merged, get_layer (first)));
  guint n_places = 0;

  for (guint i = 0; i < self->conflicts->len; i++)
    n_places += g_str_equal (get_layer (self->conflicts->pdata[i]), get_layer (first));

  if (first->layer != NULL && first->path == NULL && first->document == NULL)
    return g_strdup (_("Removed on one side"));

  g_autofree char *places =
    g_strdup_printf (ngettext ("%u place differs", "%u places differ", n_places), n_places);
  g_autofree char *merged = g_strdup_printf (
    ngettext ("%u merged by itself", "%u merged by themselves", n_merged), n_merged);

  return n_merged > 0 ? g_strdup_printf ("%s · %s", places, merged) : g_steal_pointer (&places);
}

static StrataLayer *
find_layer (StrataConflictList *self,
            const char         *name)
{
  for (int side = STRATA_SIDE_THEIRS; name != NULL && side >= STRATA_SIDE_BASE; side--)
    {
      StrataLayer *layer =
        strata_profile_find_layer (strata_merge_get_side (self->merge, (StrataSide) side), name, NULL);

      if (layer != NULL)
        return layer;
    }

  return NULL;
}

static GtkWidget *
make_heading (StrataConflictList   *self,
              const StrataConflict *first)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 12, "margin-start", 18, "margin-end", 18, "margin-top", 15,
                                 "margin-bottom", 3, NULL);
  GtkWidget *name = gtk_label_new (first->layer != NULL ? first->layer : _("The Profile"));
  StrataLayer *layer = find_layer (self, first->layer);
  g_autofree char *words = describe_layer (self, first);
  GtkWidget *note = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0f, "hexpand", TRUE, "ellipsize",
                                  PANGO_ELLIPSIZE_END, NULL);

  if (layer != NULL)
    {
      GtkWidget *swatch = strata_kind_swatch_new (strata_layer_get_kind (layer));

      gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), swatch);
    }
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (note, "small");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_add_css_class (note, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), note);

  return box;
}

static gboolean
is_first (StrataConflictList *self,
          guint               index)
{
  return index == 0 || !g_str_equal (get_layer (self->conflicts->pdata[index - 1]), get_layer (self->conflicts->pdata[index]));
}

/* Rows */

static void
decided_cb (StrataConflictList *self)
{
  g_signal_emit (self, signals[DECIDED], 0);
}

static GtkWidget *
make_row (StrataConflictList *self)
{
  GtkWidget *row = g_object_new (STRATA_TYPE_CONFLICT_ROW, NULL);

  g_signal_connect_object (row, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
show_in_row (StrataConflictList *self,
             GtkWidget          *row,
             guint               index)
{
  StrataConflict *conflict = self->conflicts->pdata[index];

  strata_conflict_row_set_conflict (STRATA_CONFLICT_ROW (row), conflict, g_hash_table_lookup (self->drafts, conflict));
  strata_conflict_row_set_narrow (STRATA_CONFLICT_ROW (row), self->narrow);
  g_ptr_array_add (self->rows, row);
}

static StrataConflictRow *
find_row (StrataConflictList *self,
          guint               index)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (strata_conflict_row_get_conflict (self->rows->pdata[i]) == self->conflicts->pdata[index])
      return self->rows->pdata[i];

  return NULL;
}

static GtkWidget *
make_scroller (GtkWidget *child)
{
  return g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", child, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE,
                       NULL);
}

/* A few: a widget each, and what was merged by itself comes behind them. */
static GtkWidget *
make_box (StrataConflictList *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "margin-bottom", 18, NULL);

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      GtkWidget *row = make_row (self);

      if (is_first (self, i))
        gtk_box_append (GTK_BOX (box), make_heading (self, self->conflicts->pdata[i]));

      show_in_row (self, row, i);
      gtk_box_append (GTK_BOX (box), row);
    }

  if (self->footer != NULL)
    gtk_box_append (GTK_BOX (box), self->footer);

  return make_scroller (box);
}

/* Many: in a list, with a row for those that are seen. */

static void
setup_cb (StrataConflictList *self,
          GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), make_row (self));
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (StrataConflictList *self,
         GtkListItem        *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  guint index = gtk_list_item_get_position (item);

  show_in_row (self, gtk_widget_get_last_child (box), index);

  if (is_first (self, index))
    gtk_box_prepend (GTK_BOX (box), make_heading (self, self->conflicts->pdata[index]));
}

static void
unbind_cb (StrataConflictList *self,
           GtkListItem        *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *first = gtk_widget_get_first_child (box);
  GtkWidget *row = gtk_widget_get_last_child (box);
  StrataConflict *conflict = strata_conflict_row_get_conflict (STRATA_CONFLICT_ROW (row));
  char *draft = strata_conflict_row_dup_draft (STRATA_CONFLICT_ROW (row));

  if (draft != NULL)
    g_hash_table_insert (self->drafts, conflict, draft);
  else
    g_hash_table_remove (self->drafts, conflict);

  g_ptr_array_remove_fast (self->rows, row);
  if (first != row)
    gtk_box_remove (GTK_BOX (box), first);
}

static GtkWidget *
make_list (StrataConflictList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkStringList *places = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->conflicts->len; i++)
    gtk_string_list_take (places, strata_conflict_text_place (self->conflicts->pdata[i]));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  self->view = GTK_LIST_VIEW (
    gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (places))), factory));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Conflicts"), -1);
  gtk_box_append (GTK_BOX (box), make_scroller (GTK_WIDGET (self->view)));

  if (self->footer != NULL)
    gtk_box_append (GTK_BOX (box), self->footer);

  return box;
}

/* The keyboard */

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  StrataConflictList *self = STRATA_CONFLICT_LIST (widget);
  StrataConflictRow *row = find_row (self, self->wanted);

  if (row == NULL && ++self->n_ticks < MAX_TICKS)
    return G_SOURCE_CONTINUE;

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  self->tick = 0;

  return G_SOURCE_REMOVE;
}

static void
focus (StrataConflictList *self,
       guint               index)
{
  if (self->view == NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (find_row (self, index)));
      return;
    }

  /* What is far away has its widget only after the next layout. */
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", index);
  self->wanted = index;
  self->n_ticks = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static int
find_focused (StrataConflictList *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  guint index;

  for (guint i = 0; focus != NULL && i < self->rows->len; i++)
    if (gtk_widget_is_ancestor (focus, self->rows->pdata[i]) &&
        g_ptr_array_find (self->conflicts, strata_conflict_row_get_conflict (self->rows->pdata[i]), &index))
      return (int) index;

  return -1;
}

static gboolean
strata_conflict_list_grab_focus (GtkWidget *widget)
{
  StrataConflictList *self = STRATA_CONFLICT_LIST (widget);

  if (self->conflicts == NULL || self->conflicts->len == 0)
    return FALSE;

  focus (self, 0);

  return TRUE;
}

static void
strata_conflict_list_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  StrataConflictList *self = STRATA_CONFLICT_LIST (object);

  switch ((StrataConflictListProperty) prop_id)
    {
    case PROP_FOOTER:
      g_set_object (&self->footer, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_conflict_list_dispose (GObject *object)
{
  StrataConflictList *self = STRATA_CONFLICT_LIST (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  adw_bin_set_child (ADW_BIN (self), NULL);
  self->view = NULL;
  g_clear_object (&self->footer);
  g_clear_object (&self->merge);

  G_OBJECT_CLASS (strata_conflict_list_parent_class)->dispose (object);
}

static void
strata_conflict_list_finalize (GObject *object)
{
  StrataConflictList *self = STRATA_CONFLICT_LIST (object);

  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->n_merged, g_hash_table_unref);
  g_clear_pointer (&self->drafts, g_hash_table_unref);

  G_OBJECT_CLASS (strata_conflict_list_parent_class)->finalize (object);
}

static void
strata_conflict_list_class_init (StrataConflictListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = strata_conflict_list_set_property;
  object_class->dispose = strata_conflict_list_dispose;
  object_class->finalize = strata_conflict_list_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = strata_conflict_list_grab_focus;

  properties[PROP_FOOTER] = g_param_spec_object ("footer", NULL, NULL, GTK_TYPE_WIDGET,
                                                 G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[DECIDED] = g_signal_new ("decided", STRATA_TYPE_CONFLICT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
strata_conflict_list_init (StrataConflictList *self)
{
  self->rows = g_ptr_array_new ();
  self->n_merged = g_hash_table_new (g_str_hash, g_str_equal);
  self->drafts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

/* Once. @conflicts are those of @merge, with what is decided so far; the decisions are written into them. */
void
strata_conflict_list_show (StrataConflictList *self,
                           StrataMerge        *merge,
                           GPtrArray          *conflicts)
{
  g_return_if_fail (STRATA_IS_CONFLICT_LIST (self));
  g_return_if_fail (STRATA_IS_MERGE (merge) && conflicts != NULL);
  g_return_if_fail (self->merge == NULL);

  self->merge = g_object_ref (merge);
  self->conflicts = g_ptr_array_ref (conflicts);
  count_merged (self);
  adw_bin_set_child (ADW_BIN (self), conflicts->len <= MAX_ROWS ? make_box (self) : make_list (self));
}

/* Shows the conflicts as they are now. */
void
strata_conflict_list_update (StrataConflictList *self)
{
  g_return_if_fail (STRATA_IS_CONFLICT_LIST (self));

  for (guint i = 0; i < self->rows->len; i++)
    strata_conflict_row_update (self->rows->pdata[i]);
}

void
strata_conflict_list_set_narrow (StrataConflictList *self,
                                 gboolean            narrow)
{
  g_return_if_fail (STRATA_IS_CONFLICT_LIST (self));

  self->narrow = narrow;
  for (guint i = 0; i < self->rows->len; i++)
    strata_conflict_row_set_narrow (self->rows->pdata[i], narrow);
}

/* To the next conflict, with the keyboard. */
void
strata_conflict_list_walk (StrataConflictList *self,
                           gboolean            forward)
{
  g_return_if_fail (STRATA_IS_CONFLICT_LIST (self));

  int next = find_focused (self) + (forward ? 1 : -1);

  if (self->conflicts != NULL && self->conflicts->len > 0)
    focus (self, (guint) CLAMP (next, 0, (int) self->conflicts->len - 1));
}
