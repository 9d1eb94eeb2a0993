/* test-entry.c - what a list shows comes out of the key file of a profile, whatever stands there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"
#include "strata-entry-private.h"
#include "strata-error.h"
#include "strata-record.h"

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static StrataEntry *
make_entry (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRecord) record = strata_record_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return strata_record_to_entry (record, "id", FALSE);
}

static void
test_comes_back (void)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (3);
  g_autoptr(StrataRecord) record = strata_record_new ();
  gsize size;

  strata_record_update (record, profile, DIGEST, OTHER, 1764000000);
  strata_record_set_draft_step (record, 3);

  g_autofree char *data = strata_record_to_data (record, &size);
  g_autoptr(StrataRecord) again = strata_record_parse (data, size, NULL);
  g_autoptr(StrataEntry) entry = strata_record_to_entry (again, "id", TRUE);

  g_assert_cmpstr (again->head, ==, DIGEST);
  g_assert_cmpstr (again->parent, ==, OTHER);
  g_assert_cmpstr (again->link->base, ==, "");
  g_assert_cmpstr (strata_entry_get_name (entry), ==, "edge-site");
  g_assert_cmpstr (strata_entry_get_description (entry), ==, "Shop; floor: 1\n=#[x] ");
  g_assert_cmpint (strata_entry_get_changed (entry), ==, 1764000000);
  g_assert_cmpuint (strata_entry_get_draft_step (entry), ==, 3);
  g_assert_cmpuint (strata_entry_get_n_layers (entry), ==, 3);
  g_assert_cmpint (strata_entry_get_layer_kind (entry, 2), ==, STRATA_LAYER_KIND_MANIFEST);
  g_assert_true (strata_entry_get_in_trash (entry));
}

/* As a row of a list binds them. */
static void
test_properties (void)
{
  g_autoptr(StrataEntry) entry =
    make_entry ("[profile]\nformat=1\nhead=" DIGEST "\nbase=" DIGEST "\nsaved-at="
                "2026-01-02T03:04:05Z\n[shown]\nname=a\nversion=1.0.0\nkinds=pack;helm;\n");
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  guint n_layers;
  guint state;
  gint64 changed;

  g_object_get (entry, "id", &id, "name", &name, "n-layers", &n_layers, "state", &state, "changed",
                &changed, NULL);
  g_assert_cmpstr (id, ==, "id");
  g_assert_cmpstr (name, ==, "a");
  g_assert_cmpuint (n_layers, ==, 2);
  g_assert_cmpuint (state, ==, STRATA_STATE_PUBLISHED);
  g_assert_cmpint (changed, ==, 1767323045);
}

/* Each thing that is shown makes a difference. */
static void
test_equal (void)
{
  static const char *const texts[] = {
    "[profile]\nformat=1\nhead=" DIGEST "\n[shown]\nname=a\n",
    "[profile]\nformat=1\nhead=" OTHER "\n[shown]\nname=a\n",
    "[profile]\nformat=1\nhead=" DIGEST "\nbase=" OTHER "\n[shown]\nname=a\n",
    "[profile]\nformat=1\nhead=" DIGEST "\ndraft-step=1\n[shown]\nname=a\n",
    "[profile]\nformat=1\nhead=" DIGEST "\nsaved-at=2026-01-02T03:04:05Z\n[shown]\nname=a\n",
    "[profile]\nformat=1\nhead=" DIGEST "\n[shown]\nname=b\n",
    "[profile]\nformat=1\nhead=" DIGEST "\n[shown]\nname=a\nversion=1\n",
    "[profile]\nformat=1\nhead=" DIGEST "\n[shown]\nname=a\ndescription=1\n",
    "[profile]\nformat=1\nhead=" DIGEST "\n[shown]\nname=a\ntags=1;\n",
    "[profile]\nformat=1\nhead=" DIGEST "\n[shown]\nname=a\nregistries=1;\n",
    "[profile]\nformat=1\nhead=" DIGEST "\n[shown]\nname=a\nkinds=pack;\n",
    "[profile]\nformat=1\nhead=" DIGEST "\n[shown]\nname=a\nkinds=helm;\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        g_autoptr(StrataEntry) one = make_entry (texts[i]);
        g_autoptr(StrataEntry) other = make_entry (texts[j]);

        g_assert_true (strata_entry_equal (one, other) == (i == j));
      }
}

/* What a newer version added is still there after a save of this one. */
static void
test_keeps_unknown (void)
{
  const char *text = "[profile]\nformat=1\nhead=" DIGEST "\nserver=7\n[sync]\nmark=x\n";
  g_autoptr(StrataRecord) record = strata_record_parse (text, strlen (text), NULL);
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);

  strata_record_update (record, profile, OTHER, DIGEST, 1);

  g_autofree char *data = strata_record_to_data (record, NULL);

  g_assert_nonnull (strstr (data, "\nserver=7\n"));
  g_assert_nonnull (strstr (data, "[sync]\nmark=x\n"));
  g_assert_nonnull (strstr (data, "\nhead=" OTHER "\n"));
}

/* A text without end stays small enough to be read back. */
static void
test_shortens_description (void)
{
  g_autofree char *text = g_strnfill (2 * 1024 * 1024, 'x');
  g_autoptr(StrataProfile) profile = strata_profile_new ("a", "1.0.0");
  g_autoptr(StrataProfile) long_winded =
    strata_profile_with (profile, STRATA_PROFILE_DESCRIPTION, text);
  g_autoptr(StrataRecord) record = strata_record_new ();

  strata_record_update (record, long_winded, DIGEST, NULL, 1);

  g_autofree char *data = strata_record_to_data (record, NULL);
  g_autoptr(StrataEntry) entry = make_entry (data);

  g_assert_cmpuint (strlen (strata_entry_get_description (entry)), ==, 1000);
}

static void
test_rejects (gconstpointer data)
{
  const char *text = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_record_parse (text, strlen (text), &error));
  g_assert_true (error->domain == STRATA_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/entry/comes-back", test_comes_back);
  g_test_add_func ("/services/entry/properties", test_properties);
  g_test_add_func ("/services/entry/equal", test_equal);
  g_test_add_func ("/services/entry/keeps-unknown", test_keeps_unknown);
  g_test_add_func ("/services/entry/shortens-description", test_shortens_description);
  g_test_add_data_func ("/services/entry/rejects/empty", "", test_rejects);
  g_test_add_data_func ("/services/entry/rejects/rubbish", "[profile\nx", test_rejects);
  g_test_add_data_func ("/services/entry/rejects/no-head", "[profile]\nformat=1\n", test_rejects);
  g_test_add_data_func ("/services/entry/rejects/head-is-a-path",
                        "[profile]\nformat=1\nhead=../../x\n", test_rejects);
  g_test_add_data_func ("/services/entry/rejects/bad-base",
                        "[profile]\nformat=1\nhead=" DIGEST "\nbase=x\n", test_rejects);
  g_test_add_data_func ("/services/entry/rejects/newer", "[profile]\nformat=2\nhead=" DIGEST "\n",
                        test_rejects);
  g_test_add_data_func ("/services/entry/rejects/not-utf8", "\xff\xfe[profile]\n", test_rejects);

  return g_test_run ();
}
