/* test-listed.c - the list of a console on this disk: all of it or nothing, and quick
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "store-fixture.h"
#include "strata-listed.h"
#include "strata-profile-list.h"

#define MANY 10000
#define PATIENCE_US (30 * G_USEC_PER_SEC)

static StrataListedItem *
make_item (guint       number,
           const char *type)
{
  StrataListedItem *item = strata_listed_item_new ();
  const char *const tags[] = { "region:emea", "shop", NULL };
  const guint8 kinds[] = { STRATA_LAYER_KIND_PACK, STRATA_LAYER_KIND_HELM };

  item->uid = g_strdup_printf ("64eaff453040297344b%05u", number);
  item->type = g_strdup (type);
  item->name = g_strdup_printf ("edge-site-%u", number);
  item->version = g_strdup ("1.0.0");
  item->description = g_strdup ("Bäckerei\tno. 1\n");
  item->tags = g_strdupv ((char **) tags);
  item->kinds = g_bytes_new (kinds, sizeof kinds);
  item->modified = 1000 + number;
  item->is_published = number % 2 == 0;

  return item;
}

/* In no order, as a console answers. */
static StrataListed *
make_list (guint n)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_listed_item_free);

  for (guint i = n; i > 0; i--)
    g_ptr_array_add (items, make_item (i - 1, "system"));

  return strata_listed_new (77, items);
}

static void
save (StoreFixture *fixture,
      StrataListed *listed)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (
    strata_listed_save (listed, strata_store_get_workspace_path (fixture->store), &error));
  g_assert_no_error (error);
}

static StrataListed *
load (StoreFixture *fixture,
      StrataListed *before)
{
  return strata_listed_load (strata_store_get_workspace_path (fixture->store), before);
}

static void
test_round_trip (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr(StrataListed) none = load (fixture, NULL);
  g_autoptr(StrataListed) listed = make_list (3);

  g_assert_cmpint (strata_listed_get_checked (none), ==, 0);
  g_assert_cmpuint (strata_listed_get_n_items (none), ==, 0);
  save (fixture, listed);

  g_autoptr(StrataListed) again = load (fixture, none);

  g_assert_cmpint (strata_listed_get_checked (again), ==, 77);
  g_assert_cmpuint (strata_listed_get_n_items (again), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *uid = g_strdup_printf ("64eaff453040297344b%05u", i);

      g_assert_true (strata_listed_item_equal (strata_listed_get_item (again, i), strata_listed_find (listed, uid)));
    }
  g_assert_null (strata_listed_find (again, "64"));
  g_assert_null (strata_listed_find (again, "z"));
}

/* What shows the same is the same object, so that a list of it does not move. */
static void
test_same_entries (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr(StrataListed) listed = make_list (3);
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_listed_item_free);

  save (fixture, listed);

  g_autoptr(StrataListed) first = load (fixture, NULL);
  g_autoptr(StrataListed) same = load (fixture, first);

  g_assert_true (first == same);

  g_ptr_array_add (items, make_item (0, "system"));
  g_ptr_array_add (items, make_item (2, "system"));
  ((StrataListedItem *) items->pdata[1])->is_published = FALSE;

  g_autoptr(StrataListed) changed = strata_listed_new (78, items);

  save (fixture, changed);

  g_autoptr(StrataListed) next = load (fixture, first);

  g_assert_cmpuint (strata_listed_get_n_items (next), ==, 2);
  g_assert_true (strata_listed_get_entry (next, 0) == strata_listed_get_entry (first, 0));
  g_assert_true (strata_listed_get_entry (next, 1) != strata_listed_get_entry (first, 2));
}

/* A copy that is damaged is as if it had never been made. */
static void
test_damaged (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(StrataListed) listed = make_list (2);
  g_autofree char *path = strata_listed_dup_path (strata_store_get_workspace_path (fixture->store));
  g_autofree char *good = NULL;
  gsize size;

  save (fixture, listed);
  g_assert_true (g_file_get_contents (path, &good, &size, NULL));

  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *bad = g_memdup2 (good, size);

      bad[i] ^= 0x20;
      g_assert_true (g_file_set_contents (path, bad, (gssize) size, NULL));

      g_autoptr(StrataListed) read = load (fixture, NULL);

      g_assert_cmpuint (strata_listed_get_n_items (read), ==, 0);
      g_assert_true (g_file_set_contents (path, good, (gssize) i, NULL));

      g_autoptr(StrataListed) cut = load (fixture, NULL);

      g_assert_cmpuint (strata_listed_get_n_items (cut), ==, 0);
    }
}

/* What is here is shown as it is here, and what is not as it is there. */
static void
test_in_store (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataListed) listed = make_list (3);
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) named =
    strata_profile_with (made, STRATA_PROFILE_ID, "64eaff453040297344b00001");
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, named, STRATA_REASON_SAVE);
  g_autoptr(GError) error = NULL;

  save (fixture, listed);

  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 3);
  g_assert_true (strata_entry_get_is_away (entries->pdata[0]));
  g_assert_false (strata_entry_get_is_away (entries->pdata[1]));
  g_assert_cmpstr (strata_entry_get_name (entries->pdata[1]), ==, "edge-site");
  g_assert_cmpint (strata_entry_get_state (entries->pdata[0]), ==, STRATA_STATE_PUBLISHED);
  g_assert_cmpstr (strata_entry_get_tags (entries->pdata[2])[1], ==, "shop");

  g_autoptr(GPtrArray) trash = strata_store_list_trash (fixture->store, NULL, &error);
  g_autoptr(GPtrArray) problems = strata_store_check (fixture->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (trash->len, ==, 0);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_null (strata_store_load (fixture->store, "64eaff453040297344b00000", NULL, &error));
  g_assert_nonnull (strstr (error->message, "edge-site-0"));
}

/* The list that a person looks at follows it. */
static void
test_followed (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataProfileList) model = strata_profile_list_new (fixture->store, FALSE);
  g_autoptr(StrataListed) listed = make_list (3);
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (strata_profile_list_get_loading (model) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);

  save (fixture, listed);

  while (g_list_model_get_n_items (G_LIST_MODEL (model)) != 3 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 3);
  g_assert_nonnull (strata_profile_list_find (model, "64eaff453040297344b00002"));
}

static void
test_many (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr(StrataListed) listed = make_list (MANY);
  g_autoptr(GError) error = NULL;

  save (fixture, listed);

  gint64 start = g_get_monotonic_time ();
  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, &error);
  gint64 first = g_get_monotonic_time ();
  g_autoptr(GPtrArray) again = strata_store_list (fixture->store, NULL, &error);
  gint64 second = g_get_monotonic_time ();

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, MANY);
  g_assert_true (entries->pdata[MANY - 1] == again->pdata[MANY - 1]);
  g_test_message ("%d profiles: %.1f ms, and %.1f ms when nothing changed", MANY,
                  (double) (first - start) / 1000, (double) (second - first) / 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/listed/round-trip", test_round_trip);
  store_fixture_add ("/listed/same-entries", test_same_entries);
  store_fixture_add ("/listed/damaged", test_damaged);
  store_fixture_add ("/listed/in-store", test_in_store);
  store_fixture_add ("/listed/followed", test_followed);
  store_fixture_add ("/listed/many", test_many);

  return g_test_run ();
}
