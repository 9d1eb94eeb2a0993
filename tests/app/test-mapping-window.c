/* test-mapping-window.c - what is asked about an import: where its layers come from, and what was masked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "console-fixture.h"
#include "strata-mapping-window.h"
#include "strata-palette.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#define VALIDATE "POST /v1/clusterprofiles/import/validate"
#define ONE "{\"uid\":\"64eaff453040297344bc0001\",\"name\":\"Packs\",\"kind\":\"pack\"}"
#define TWO "{\"uid\":\"64eaff453040297344bc0002\",\"name\":\"More & Packs\",\"kind\":\"pack\"}"
#define LAYER(name, uid, matches)                                                                                      \
  "{\"name\":\"" name "\",\"type\":\"spectro\",\"layer\":\"addon\",\"tag\":\"1.0.0\",\"values\":\"a: 1\",\"registry\":{"               \
  "\"metadata\":{\"uid\":\"" uid "\",\"name\":\"Elsewhere\",\"kind\":\"pack\"},\"matchingRegistries\":[" matches "]}}"
#define PROFILE(layers)                                                                                                \
  "{\"metadata\":{\"name\":\"shop\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{\"type\":\"system\",\"cloudType\":\"all\","         \
  "\"packs\":[" layers "]},\"variables\":[{\"name\":\"key\",\"isSensitive\":true,\"defaultValue\":\"********\"},"             \
  "{\"name\":\"site\",\"defaultValue\":\"harbour\"}]}}"
#define THREE                                                                                                          \
  PROFILE (LAYER ("a & <b>", "64eaff453040297344bc00aa", ONE "," TWO) ","                                              \
           LAYER ("time", "64eaff453040297344bc00aa", ONE "," TWO) ","                                                 \
           LAYER ("nobody", "64eaff453040297344bc00aa", ""))

/* What a console says about the import of @text. */
static StrataConsoleImport *
validate (const char *text)
{
  const ConsoleRoute routes[] = {
    { VALIDATE, 200, text },
    { "GET /v1/registries/metadata", 200, "{\"items\":[" ONE "," TWO "]}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = strata_palette_read (text, -1, NULL, &error);

  g_assert_no_error (error);

  StrataConsoleImport *import = strata_console_validate_import (fixture->console, profile, NULL, &error);

  g_assert_no_error (error);

  return import;
}

/* Adds the rows below @top, as they are read. */
static void
collect_rows (GtkWidget *top,
              GPtrArray *rows)
{
  if (ADW_IS_PREFERENCES_ROW (top))
    {
      g_ptr_array_add (rows, top);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static void
done_cb (GtkWidget      *window,
         StrataProfile  *profile,
         StrataProfile **done)
{
  g_set_object (done, profile);
}

static const char *
get_registry (StrataProfile *profile,
              guint          layer)
{
  return strata_layer_get (strata_profile_get_layer (profile, layer), STRATA_LAYER_REGISTRY_NAME);
}

/* Each layer is asked for by itself, and what is chosen for one leaves the others as they are. */
static void
test_chooses (void)
{
  g_autoptr(StrataConsoleImport) import = validate (THREE);
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  g_autoptr(StrataProfile) done = NULL;

  g_assert_true (strata_mapping_window_is_needed (import));

  GtkWidget *window = strata_mapping_window_new (NULL, import);

  g_signal_connect (window, "done", G_CALLBACK (done_cb), &done);
  gtk_window_present (GTK_WINDOW (window));
  collect_rows (window, rows);
  g_assert_cmpuint (rows->len, ==, 4);
  g_assert_cmpstr (adw_preferences_row_get_title (rows->pdata[0]), ==, "a & <b>");
  g_assert_false (adw_preferences_row_get_use_markup (rows->pdata[0]));
  g_assert_true (ADW_IS_COMBO_ROW (rows->pdata[0]));
  g_assert_true (ADW_IS_COMBO_ROW (rows->pdata[1]));
  g_assert_true (ADW_IS_ACTION_ROW (rows->pdata[2]) && !ADW_IS_COMBO_ROW (rows->pdata[2]));

  adw_combo_row_set_selected (rows->pdata[1], 1);
  gtk_editable_set_text (GTK_EDITABLE (rows->pdata[3]), "high tide");
  g_assert_true (gtk_widget_activate_action (window, "mapping.accept", NULL));
  g_assert_nonnull (done);
  g_assert_cmpstr (get_registry (done, 0), ==, "Packs");
  g_assert_cmpstr (get_registry (done, 1), ==, "More & Packs");
  g_assert_cmpstr (get_registry (done, 2), ==, "Elsewhere");

  GPtrArray *variables = strata_profile_get_variables (done);

  g_assert_cmpstr (strata_variable_get (variables->pdata[0], STRATA_VARIABLE_DEFAULT), ==, "high tide");
  g_assert_cmpstr (strata_variable_get (variables->pdata[1], STRATA_VARIABLE_DEFAULT), ==, "harbour");
}

/* What is not entered stays masked: it is not made empty. */
static void
test_enters_nothing (void)
{
  g_autoptr(StrataConsoleImport) import = validate (PROFILE (""));
  g_autoptr(StrataProfile) done = NULL;

  g_assert_true (strata_mapping_window_is_needed (import));

  GtkWidget *window = strata_mapping_window_new (NULL, import);

  g_signal_connect (window, "done", G_CALLBACK (done_cb), &done);
  g_assert_true (gtk_widget_activate_action (window, "mapping.accept", NULL));
  g_assert_cmpstr (strata_variable_get (strata_profile_get_variables (done)->pdata[0], STRATA_VARIABLE_DEFAULT), ==,
                   STRATA_PALETTE_MASK);
}

/* Where everything is known, nothing is asked. */
static void
test_is_not_needed (void)
{
  static const char text[] =
    "{\"metadata\":{\"name\":\"shop\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{\"type\":\"system\",\"cloudType\":\"all\","
    "\"packs\":[" LAYER ("time", "64eaff453040297344bc0001", ONE "," TWO) "]}}}";
  g_autoptr(StrataConsoleImport) import = validate (text);

  g_assert_false (strata_mapping_window_is_needed (import));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();

  g_test_add_func ("/app/mapping-window/chooses", test_chooses);
  g_test_add_func ("/app/mapping-window/enters-nothing", test_enters_nothing);
  g_test_add_func ("/app/mapping-window/is-not-needed", test_is_not_needed);

  return g_test_run ();
}
