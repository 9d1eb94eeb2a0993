/* test-slot-list.c - places that stay while what stands in them changes, and the vacant ones that go after a while
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>

#include "strata-slot-list.h"

#define N_MANY 1000u
#define N_FEW 10u

/* A list, the things that may stand in it, and what a view would believe it to be from its signals alone. */
typedef struct
{
  StrataSlotList *list;       /* (owned) */
  GPtrArray      *things;     /* (owned) */
  GPtrArray      *seen;       /* (owned) */
  guint           n_changed;  /* slots that said so */
} Fixture;

static void
slot_changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  Fixture    *fixture)
{
  if (n_removed > 0)
    g_ptr_array_remove_range (fixture->seen, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      StrataSlot *slot = g_list_model_get_item (model, position + i);

      g_signal_connect_swapped (slot, "changed", G_CALLBACK (slot_changed_cb), fixture);
      g_ptr_array_insert (fixture->seen, (int) (position + i), slot);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->list = g_object_new (STRATA_TYPE_SLOT_LIST, NULL);
  fixture->things = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->seen = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < N_MANY; i++)
    g_ptr_array_add (fixture->things, g_object_new (G_TYPE_OBJECT, NULL));
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  /* Slots may outlive the list, and say that they changed no more. */
  for (guint i = 0; i < fixture->seen->len; i++)
    g_signal_handlers_disconnect_by_data (fixture->seen->pdata[i], fixture);
  g_clear_pointer (&fixture->seen, g_ptr_array_unref);
  g_assert_finalize_object (fixture->list);
  g_clear_pointer (&fixture->things, g_ptr_array_unref);
}

/* Shows @n things, from @first on. */
static void
show (Fixture *fixture,
      guint    first,
      guint    n)
{
  g_autofree StrataPlace *places = g_new0 (StrataPlace, n + 1);

  for (guint i = 0; i < n; i++)
    places[i] = (StrataPlace){ fixture->things->pdata[first + i], i % 2 == 1 };
  strata_slot_list_show (fixture->list, places, n);

  g_assert_cmpuint (strata_slot_list_get_n_taken (fixture->list), ==, n);
  g_assert_null (strata_slot_list_get_taken (fixture->list, n));
  for (guint i = 0; i < n; i++)
    g_assert_true (strata_slot_list_get_taken (fixture->list, i) == places[i].item);
}

static guint
get_n_items (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

/* The signals told the truth; what is taken comes first and what is vacant is empty. */
static void
assert_seen (Fixture *fixture)
{
  guint n_taken = strata_slot_list_get_n_taken (fixture->list);

  g_assert_cmpuint (fixture->seen->len, ==, get_n_items (fixture));
  for (guint i = 0; i < fixture->seen->len; i++)
    {
      StrataSlot *slot = fixture->seen->pdata[i];
      g_autoptr(StrataSlot) own = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_true (own == slot);
      g_assert_true ((strata_slot_get_item (slot) != NULL) == (i < n_taken));
      g_assert_true (strata_slot_get_is_inner (slot) == (i < n_taken && i % 2 == 1));
    }
}

static void
test_places_stay (Fixture       *fixture,
                  gconstpointer  data)
{
  show (fixture, 0, N_FEW);
  assert_seen (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, N_FEW);

  gpointer first = fixture->seen->pdata[0];

  show (fixture, 100, N_FEW + 5);
  assert_seen (fixture);
  g_assert_true (fixture->seen->pdata[0] == first);
  g_assert_cmpuint (fixture->n_changed, ==, N_FEW);

  /* What is the same says nothing. */
  show (fixture, 100, N_FEW + 5);
  g_assert_cmpuint (fixture->n_changed, ==, N_FEW);
  strata_slot_list_show_anew (fixture->list);
  g_assert_cmpuint (fixture->n_changed, ==, N_FEW + N_FEW + 5);
}

static void
test_few_go_at_once (Fixture       *fixture,
                     gconstpointer  data)
{
  show (fixture, 0, N_FEW);
  show (fixture, 3, 2);
  assert_seen (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 2);
  show (fixture, 0, 0);
  assert_seen (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 0);
}

static void
test_many_go_later (Fixture       *fixture,
                    gconstpointer  data)
{
  show (fixture, 0, N_MANY);
  show (fixture, 7, N_FEW);
  assert_seen (fixture);

  guint n_kept = get_n_items (fixture);

  g_assert_cmpuint (n_kept, >, N_FEW);
  g_assert_cmpuint (n_kept, <, N_MANY);

  /* What comes back takes the vacant places. */
  gpointer last = fixture->seen->pdata[n_kept - 1];

  show (fixture, 0, N_MANY);
  assert_seen (fixture);
  g_assert_true (fixture->seen->pdata[n_kept - 1] == last);

  show (fixture, 7, N_FEW);
  while (get_n_items (fixture) > N_FEW)
    g_main_context_iteration (NULL, TRUE);
  assert_seen (fixture);
}

static void
test_trim (Fixture       *fixture,
           gconstpointer  data)
{
  show (fixture, 0, N_MANY);
  show (fixture, 0, 0);
  g_assert_cmpuint (get_n_items (fixture), >, 0);
  strata_slot_list_trim (fixture->list);
  assert_seen (fixture);
  g_assert_cmpuint (get_n_items (fixture), ==, 0);
  strata_slot_list_trim (fixture->list);
  g_assert_cmpuint (get_n_items (fixture), ==, 0);
}

/* Nothing is left running when the list goes while places are vacant. */
static void
test_goes_with_vacant (Fixture       *fixture,
                       gconstpointer  data)
{
  show (fixture, 0, N_MANY);
  show (fixture, 0, N_FEW);
  g_assert_cmpuint (get_n_items (fixture), >, N_FEW);
}

static void
test_any_order (Fixture       *fixture,
                gconstpointer  data)
{
  for (guint i = 0; i < 300; i++)
    {
      guint n = (guint) g_test_rand_int_range (0, (int) N_MANY / 3);

      show (fixture, (guint) g_test_rand_int_range (0, (int) N_MANY / 2), n);
      assert_seen (fixture);
      if (g_test_rand_int_range (0, 10) == 0)
        strata_slot_list_trim (fixture->list);
      else if (g_test_rand_int_range (0, 10) == 0)
        g_main_context_iteration (NULL, FALSE);
      assert_seen (fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/slot-list/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("places-stay", test_places_stay);
  ADD ("few-go-at-once", test_few_go_at_once);
  ADD ("many-go-later", test_many_go_later);
  ADD ("trim", test_trim);
  ADD ("goes-with-vacant", test_goes_with_vacant);
  ADD ("any-order", test_any_order);
#undef ADD

  return g_test_run ();
}
