/* strata-appliance-list.c - the rows as the board shows them: sorted, filtered, in groups
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-list"

#include "strata-appliance-list.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_WARM 200u  /* so many rows are made ready well within a frame */

struct _StrataApplianceList
{
  StrataSlotList        parent_instance;
  StrataApplianceModel *model;     /* (owned) (nullable) */
  GtkSorter            *sorter;    /* (owned) (nullable) */
  GPtrArray            *sorted;    /* (owned) (not nullable): every row in its order */
  char                 *text;      /* (owned) (nullable): in letters of one size */
  char                 *profile;   /* (owned) (nullable) */
  int                   kind;
  gboolean              grouped;
  guint                 warming;   /* source */
  guint                 n_warm;    /* of the sorted rows, that are ready to be searched */
  guint                 n_shown;   /* rows, without the heads of groups */
};

enum
{
  SIGNAL_WILL_CHANGE,
  SIGNAL_DID_CHANGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataApplianceList, strata_appliance_list, STRATA_TYPE_SLOT_LIST)

/* What is shown */

static const StrataApplianceFacts *
get_facts (StrataApplianceRow *row)
{
  return strata_appliance_get_facts (strata_appliance_row_get_appliance (row));
}

static gboolean
is_wanted (StrataApplianceList *self,
           StrataApplianceRow  *row)
{
  StrataStandingKind kind = strata_standing_get_kind (strata_appliance_row_get_standing (row));

  return (self->kind == STRATA_APPLIANCE_ANY_KIND || self->kind == (int) kind) &&
         (self->profile == NULL || g_str_equal (get_facts (row)->profile_uid, self->profile)) &&
         (self->text == NULL ||
          strstr (strata_appliance_row_get_haystack (row), self->text) != NULL);
}

static char *
make_note (GPtrArray *rows,
           guint      first,
           guint      end)
{
  guint n_current = 0;

  for (guint i = first; i < end; i++)
    {
      StrataStanding *standing = strata_appliance_row_get_standing (rows->pdata[i]);
      n_current += strata_standing_get_kind (standing) == STRATA_STANDING_CURRENT;
    }

  /* Translators: "12 of 14 current" */
  return g_strdup_printf (_("%'u of %'u current"), n_current, end - first);
}

static void
add_group (GPtrArray *rows,
           GPtrArray *shown,
           guint      first,
           guint      end)
{
  const StrataApplianceFacts *facts = get_facts (shown->pdata[first]);
  g_autofree char *note = make_note (shown, first, end);
  g_autofree char *title = *facts->profile_name != '\0'
                             ? g_strjoin (" ", facts->profile_name, facts->profile_version, NULL)
                             : g_strdup (_("No profile"));

  g_ptr_array_add (rows, strata_appliance_row_new_head (title, note));
  for (guint i = first; i < end; i++)
    g_ptr_array_add (rows, g_object_ref (shown->pdata[i]));
}

/* Rows of one profile stand together already. */
static GPtrArray *
add_heads (GPtrArray *shown)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint first = 0, end = 0; first < shown->len; first = end)
    {
      const char *uid = get_facts (shown->pdata[first])->profile_uid;

      for (end = first;
           end < shown->len && g_str_equal (get_facts (shown->pdata[end])->profile_uid, uid);)
        end++;
      add_group (rows, shown, first, end);
    }

  return rows;
}

static GPtrArray *
list_rows (StrataApplianceList *self)
{
  g_autoptr(GPtrArray) shown = g_ptr_array_new_full (self->sorted->len, g_object_unref);

  for (guint i = 0; i < self->sorted->len; i++)
    if (is_wanted (self, self->sorted->pdata[i]))
      g_ptr_array_add (shown, g_object_ref (self->sorted->pdata[i]));
  self->n_shown = shown->len;

  return self->grouped ? add_heads (shown) : g_steal_pointer (&shown);
}

static void
show_rows (StrataApplianceList *self,
           GPtrArray           *rows)
{
  g_autofree StrataPlace *places = g_new0 (StrataPlace, rows->len + 1);

  for (guint i = 0; i < rows->len; i++)
    places[i].item = rows->pdata[i];

  strata_slot_list_show (STRATA_SLOT_LIST (self), places, rows->len);
}

static void
refresh (StrataApplianceList *self)
{
  g_signal_emit (self, signals[SIGNAL_WILL_CHANGE], 0);

  g_autoptr(GPtrArray) rows = list_rows (self);
  show_rows (self, rows);

  g_signal_emit (self, signals[SIGNAL_DID_CHANGE], 0);
}

/* Order */

static int
compare_profiles (StrataApplianceRow *a,
                  StrataApplianceRow *b)
{
  const StrataApplianceFacts *one = get_facts (a), *other = get_facts (b);
  int order = strcmp (one->profile_name, other->profile_name);

  return order != 0 ? order : strcmp (one->profile_uid, other->profile_uid);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  StrataApplianceList *self = user_data;
  StrataApplianceRow *one = *(StrataApplianceRow **) a, *other = *(StrataApplianceRow **) b;
  int order = self->grouped ? compare_profiles (one, other) : 0;

  if (order == 0 && self->sorter != NULL)
    order = (int) gtk_sorter_compare (self->sorter, one, other);
  if (order == 0)
    order =
      strcmp (strata_appliance_row_get_name_key (one), strata_appliance_row_get_name_key (other));

  /* So that equals stand the same way each time. */
  return order != 0
           ? order
           : strcmp (strata_appliance_row_get_uid (one), strata_appliance_row_get_uid (other));
}

/* What a search reads of a row is made when nothing else is to be done, and not for all rows at the first letter. */
static gboolean
warm_cb (gpointer user_data)
{
  StrataApplianceList *self = STRATA_APPLIANCE_LIST (user_data);
  guint n_wanted = MIN (self->n_warm + N_WARM, self->sorted->len);

  while (self->n_warm < n_wanted)
    strata_appliance_row_get_haystack (self->sorted->pdata[self->n_warm++]);
  if (n_wanted < self->sorted->len)
    return G_SOURCE_CONTINUE;

  self->warming = 0;

  return G_SOURCE_REMOVE;
}

static void
warm (StrataApplianceList *self)
{
  self->n_warm = 0;
  if (self->warming == 0)
    self->warming = g_idle_add_full (G_PRIORITY_LOW, warm_cb, self, NULL);
}

static GPtrArray *
list_model (StrataApplianceList *self)
{
  GListModel *model = G_LIST_MODEL (self->model);
  guint n_rows = g_list_model_get_n_items (model);
  GPtrArray *rows = g_ptr_array_new_full (n_rows, g_object_unref);

  for (guint i = 0; i < n_rows; i++)
    g_ptr_array_add (rows, g_list_model_get_item (model, i));

  return rows;
}

/* The old rows are let go at the end: the slots still show them. */
static void
take_sorted (StrataApplianceList *self,
             GPtrArray           *rows)
{
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->sorted);

  self->sorted = rows;
  warm (self);
  refresh (self);
}

static void
sort (StrataApplianceList *self)
{
  GPtrArray *rows = list_model (self);

  g_ptr_array_sort_with_data (rows, compare_cb, self);
  take_sorted (self, rows);
}

/* (transfer container): the rows that are still there, in their order, which are put into @there too */
static GPtrArray *
list_still (StrataApplianceList *self,
            GHashTable          *there)
{
  GPtrArray *still = g_ptr_array_new_full (self->sorted->len, NULL);

  for (guint i = 0; i < self->sorted->len; i++)
    {
      StrataApplianceRow *row = self->sorted->pdata[i];

      if (strata_appliance_model_find (self->model, strata_appliance_row_get_uid (row)) != row)
        continue;

      g_ptr_array_add (still, row);
      g_hash_table_add (there, row);
    }

  return still;
}

/* (transfer full): two lists that are sorted as one */
static GPtrArray *
merge (StrataApplianceList *self,
       GPtrArray           *a,
       GPtrArray           *b)
{
  GPtrArray *merged = g_ptr_array_new_full (a->len + b->len, g_object_unref);

  for (guint i = 0, j = 0; i < a->len || j < b->len;)
    {
      gboolean is_first =
        j == b->len || (i < a->len && compare_cb (&a->pdata[i], &b->pdata[j], self) <= 0);

      g_ptr_array_add (merged, g_object_ref (is_first ? a->pdata[i++] : b->pdata[j++]));
    }

  return merged;
}

/* Of ten thousand rows an answer moves a few: only those are sorted, into the others. */
static void
model_changed_cb (StrataApplianceList *self)
{
  g_autoptr(GHashTable) there = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) still = list_still (self, there);
  g_autoptr(GPtrArray) rows = list_model (self);
  g_autoptr(GPtrArray) moved = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    if (!g_hash_table_contains (there, rows->pdata[i]))
      g_ptr_array_add (moved, rows->pdata[i]);

  g_ptr_array_sort_with_data (moved, compare_cb, self);
  take_sorted (self, merge (self, still, moved));
}

/* Class */

static void
strata_appliance_list_dispose (GObject *object)
{
  StrataApplianceList *self = STRATA_APPLIANCE_LIST (object);

  g_clear_handle_id (&self->warming, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->sorter);

  G_OBJECT_CLASS (strata_appliance_list_parent_class)->dispose (object);
}

static void
strata_appliance_list_finalize (GObject *object)
{
  StrataApplianceList *self = STRATA_APPLIANCE_LIST (object);

  g_clear_pointer (&self->sorted, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->profile, g_free);

  G_OBJECT_CLASS (strata_appliance_list_parent_class)->finalize (object);
}

static void
strata_appliance_list_class_init (StrataApplianceListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_appliance_list_dispose;
  object_class->finalize = strata_appliance_list_finalize;

  signals[SIGNAL_WILL_CHANGE] =
    g_signal_new ("will-change", STRATA_TYPE_APPLIANCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[SIGNAL_DID_CHANGE] =
    g_signal_new ("did-change", STRATA_TYPE_APPLIANCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
strata_appliance_list_init (StrataApplianceList *self)
{
  self->kind = STRATA_APPLIANCE_ANY_KIND;
  self->sorted = g_ptr_array_new_with_free_func (g_object_unref);
}

StrataApplianceList *
strata_appliance_list_new (StrataApplianceModel *model)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_MODEL (model), NULL);

  StrataApplianceList *self = g_object_new (STRATA_TYPE_APPLIANCE_LIST, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sort (self);

  return self;
}

/* Without a @sorter the rows stand in the order of their names. */
void
strata_appliance_list_set_sorter (StrataApplianceList *self,
                                  GtkSorter           *sorter)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_LIST (self));

  if (self->sorter == sorter)
    return;

  if (self->sorter != NULL)
    g_signal_handlers_disconnect_by_func (self->sorter, sort, self);
  g_set_object (&self->sorter, sorter);
  if (sorter == NULL)
    return;

  g_signal_connect_object (sorter, "changed", G_CALLBACK (sort), self, G_CONNECT_SWAPPED);
  sort (self);
}

/* Only rows with @text in what they show. */
void
strata_appliance_list_set_text (StrataApplianceList *self,
                                const char          *text)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_LIST (self));

  g_autofree char *folded = text != NULL && *text != '\0' ? g_utf8_casefold (text, -1) : NULL;

  if (g_strcmp0 (self->text, folded) == 0)
    return;

  g_free (self->text);
  self->text = g_steal_pointer (&folded);
  refresh (self);
}

/* Only rows that stand so, or %STRATA_APPLIANCE_ANY_KIND. */
void
strata_appliance_list_set_kind (StrataApplianceList *self,
                                int                  kind)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_LIST (self));

  if (self->kind == kind)
    return;

  self->kind = kind;
  refresh (self);
}

/* Only appliances of one profile; %NULL for all. */
void
strata_appliance_list_set_profile (StrataApplianceList *self,
                                   const char          *profile_uid)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_LIST (self));

  if (g_strcmp0 (self->profile, profile_uid) == 0)
    return;

  g_free (self->profile);
  self->profile = g_strdup (profile_uid);
  refresh (self);
}

/* Rows of one profile together, with a head above them. */
void
strata_appliance_list_set_grouped (StrataApplianceList *self,
                                   gboolean             grouped)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_LIST (self));

  if (self->grouped == grouped)
    return;

  self->grouped = grouped;
  sort (self);
}

/* %NULL for all. */
const char *
strata_appliance_list_get_profile (StrataApplianceList *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LIST (self), NULL);

  return self->profile;
}

/* How many appliances are shown, whatever heads stand between them. */
guint
strata_appliance_list_get_n_shown (StrataApplianceList *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LIST (self), 0);

  return self->n_shown;
}

/**
 * strata_appliance_list_get_row:
 * @self: a list
 * @position: a place
 *
 * Returns: (transfer none) (nullable): the row there
 */
StrataApplianceRow *
strata_appliance_list_get_row (StrataApplianceList *self,
                               guint                position)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LIST (self), NULL);

  return strata_slot_list_get_taken (STRATA_SLOT_LIST (self), position);
}

/* The place of an appliance; %GTK_INVALID_LIST_POSITION where it is not shown. */
guint
strata_appliance_list_find (StrataApplianceList *self,
                            const char          *uid)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LIST (self) && uid != NULL, GTK_INVALID_LIST_POSITION);

  StrataApplianceRow *row;

  for (guint i = 0; (row = strata_appliance_list_get_row (self, i)) != NULL; i++)
    if (g_str_equal (strata_appliance_row_get_uid (row), uid))
      return i;

  return GTK_INVALID_LIST_POSITION;
}
