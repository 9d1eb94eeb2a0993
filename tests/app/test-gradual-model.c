/* test-gradual-model.c - a long list that comes little by little, and is whole in the end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>

#include "strata-gradual-model.h"

#define N_MANY 600u

/* What a view would believe the list to be from its signals alone. */
typedef struct
{
  GtkStringList      *words;  /* (owned) */
  StrataGradualModel *model;  /* (owned) */
  GPtrArray          *seen;   /* (owned) */
} Mirror;

static void
mirror_clear (Mirror *mirror)
{
  g_clear_object (&mirror->model);
  g_clear_object (&mirror->words);
  g_clear_pointer (&mirror->seen, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mirror, mirror_clear)

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  Mirror     *mirror)
{
  if (n_removed > 0)
    g_ptr_array_remove_range (mirror->seen, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (mirror->seen, (int) (position + i),
                        g_list_model_get_item (model, position + i));
}

/* The signals told the truth, and what is there is the beginning of the whole. */
static void
assert_true_to (Mirror *mirror)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (mirror->model));

  g_assert_cmpuint (mirror->seen->len, ==, n_items);
  g_assert_cmpuint (n_items, <=, g_list_model_get_n_items (G_LIST_MODEL (mirror->words)));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(GObject) own = g_list_model_get_item (G_LIST_MODEL (mirror->model), i);
      g_autoptr(GObject) word = g_list_model_get_item (G_LIST_MODEL (mirror->words), i);

      g_assert_true (own == word && mirror->seen->pdata[i] == word);
    }
}

static void
splice (Mirror *mirror,
        guint   position,
        guint   n_removed,
        guint   n_added)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_added; i++)
    g_ptr_array_add (words, g_strdup_printf ("%d", g_test_rand_int_range (0, 1000)));
  g_ptr_array_add (words, NULL);
  gtk_string_list_splice (mirror->words, position, n_removed, (const char *const *) words->pdata);
  assert_true_to (mirror);
}

static void
mirror_init (Mirror *mirror)
{
  mirror->words = gtk_string_list_new (NULL);
  mirror->model = strata_gradual_model_new (G_LIST_MODEL (mirror->words));
  mirror->seen = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (mirror->model, "items-changed", G_CALLBACK (items_changed_cb), mirror);
}

static guint
count (Mirror *mirror)
{
  return g_list_model_get_n_items (G_LIST_MODEL (mirror->model));
}

static void
test_begins_small_and_ends_whole (void)
{
  g_auto(Mirror) mirror = { 0 };

  mirror_init (&mirror);
  splice (&mirror, 0, 0, N_MANY);
  g_assert_cmpuint (count (&mirror), >, 0);
  g_assert_cmpuint (count (&mirror), <, N_MANY / 10);

  guint before = count (&mirror);
  while (count (&mirror) == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count (&mirror), <, N_MANY / 10);

  while (count (&mirror) < N_MANY)
    g_main_context_iteration (NULL, TRUE);
  assert_true_to (&mirror);

  /* Another list begins small again; a change by a little does not. */
  splice (&mirror, 5, 1, 2);
  g_assert_cmpuint (count (&mirror), ==, N_MANY + 1);
  splice (&mirror, 0, N_MANY + 1, N_MANY);
  g_assert_cmpuint (count (&mirror), <, N_MANY / 10);
}

static void
test_finishes_when_asked (void)
{
  g_auto(Mirror) mirror = { 0 };

  mirror_init (&mirror);
  splice (&mirror, 0, 0, N_MANY);
  strata_gradual_model_finish (mirror.model);
  g_assert_cmpuint (count (&mirror), ==, N_MANY);
  assert_true_to (&mirror);

  /* As many as before are the same rows in another order: the place in the list stays. */
  splice (&mirror, 0, N_MANY, N_MANY);
  g_assert_cmpuint (count (&mirror), ==, N_MANY);
}

static void
test_bears_any_change (void)
{
  g_auto(Mirror) mirror = { 0 };

  mirror_init (&mirror);
  for (guint i = 0; i < 2000; i++)
    {
      int n_words = (int) g_list_model_get_n_items (G_LIST_MODEL (mirror.words));
      int position = g_test_rand_int_range (0, n_words + 1);
      int n_removed = g_test_rand_int_range (0, n_words - position + 1);
      int n_added = g_test_rand_int_range (0, g_test_rand_bit () ? 4 : 90);

      splice (&mirror, (guint) position, (guint) n_removed, (guint) n_added);
      if (g_test_rand_int_range (0, 9) == 0)
        strata_gradual_model_finish (mirror.model);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/gradual-model/begins-small-and-ends-whole",
                   test_begins_small_and_ends_whole);
  g_test_add_func ("/app/gradual-model/finishes-when-asked", test_finishes_when_asked);
  g_test_add_func ("/app/gradual-model/bears-any-change", test_bears_any_change);

  return g_test_run ();
}
