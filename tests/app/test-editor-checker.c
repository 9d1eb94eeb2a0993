/* test-editor-checker.c - what is found in a profile after each edit, and the way from one problem to the next
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"
#include "strata-problem-walk.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

static void
count_cb (guint *n_checked)
{
  (*n_checked)++;
}

/* Until something was found in what @editing has now. */
static guint
wait_for_check (StrataEditing *editing)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  guint n_checked = 0;
  gulong handler = g_signal_connect_swapped (strata_editing_get_checker (editing), "checked",
                                             G_CALLBACK (count_cb), &n_checked);

  while (n_checked == 0 && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);

  g_signal_handler_disconnect (strata_editing_get_checker (editing), handler);
  g_assert_cmpuint (n_checked, ==, 1);

  return strata_checker_get_n_problems (strata_editing_get_checker (editing));
}

static StrataEditing *
open_editing (StoreFixture *fixture)
{
  g_autoptr(StrataProfile) made = store_fixture_make_profile (3);
  g_autoptr(StrataProfile) profile = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
  g_autofree char *head = store_fixture_get_head (fixture, profile);

  return strata_editing_new (fixture->store, profile, head, 0);
}

static void
set_values (StrataEditing *editing,
            guint          position,
            const char    *text)
{
  strata_editing_select (editing, position, STRATA_VALUES_DOCUMENT);
  strata_editing_apply_text (editing, text, "Paste");
}

/* What is said of the layer as a whole comes before it. */
static const StrataProblem *
find_of_document (GPtrArray  *problems,
                  const char *document)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      if (g_strcmp0 (problem->document, document) == 0)
        return problem;
    }

  return NULL;
}

static void
test_finds_problems_of_a_layer (StoreFixture  *fixture,
                                gconstpointer  data)
{
  g_autoptr(StrataEditing) editing = open_editing (fixture);
  StrataChecker *checker = strata_editing_get_checker (editing);

  g_assert_null (strata_checker_get_problems (checker, strata_editing_get_layer (editing)));

  guint n_before = wait_for_check (editing);

  set_values (editing, 1, "a: [1\n");
  g_assert_cmpuint (wait_for_check (editing), >, n_before);

  GPtrArray *problems = strata_checker_get_problems (checker, strata_editing_get_layer (editing));
  const StrataProblem *first = find_of_document (problems, STRATA_VALUES_DOCUMENT);

  g_assert_nonnull (first);
  g_assert_cmpstr (first->layer, ==, "layer-1");
  g_assert_cmpuint (strata_checker_get_n_changes (checker), ==, 1);
}

/* Only the profile knows which variables there are. */
static void
test_finds_variables_that_are_not_there (StoreFixture  *fixture,
                                         gconstpointer  data)
{
  g_autoptr(StrataEditing) editing = open_editing (fixture);
  guint n_before = wait_for_check (editing);

  set_values (editing, 0, "a: '{{.spectro.var.nobody}}'\n");
  g_assert_cmpuint (wait_for_check (editing), ==, n_before + 1);
}

static void
test_order_survives_half_a_word (StoreFixture  *fixture,
                                 gconstpointer  data)
{
  g_autoptr(StrataEditing) editing = open_editing (fixture);
  StrataChecker *checker = strata_editing_get_checker (editing);

  set_values (editing, 0, "pack:\n  spectrocloud.com/install-priority: \"30\"\n");
  wait_for_check (editing);
  g_assert_cmpint (strata_checker_get_install_order (checker, strata_editing_get_layer (editing)),
                   ==, 30);

  set_values (editing, 0, "pack:\n  spectrocloud.com/install-priority: \"30\"\n  [");
  wait_for_check (editing);
  g_assert_cmpint (strata_checker_get_install_order (checker, strata_editing_get_layer (editing)),
                   ==, 30);
}

static void
set_manifest (StrataEditing *editing,
              const char    *text)
{
  StrataLayer *layer = strata_editing_get_layer (editing);
  StrataManifest *manifest = g_ptr_array_index (strata_layer_get_manifests (layer), 0);

  strata_editing_select (editing, 0, strata_manifest_get_name (manifest));
  strata_editing_apply_text (editing, text, "Paste");
}

/* What a version of Kubernetes has to say is said as soon as it is asked for. */
static void
test_follows_the_version_of_kubernetes (StoreFixture  *fixture,
                                        gconstpointer  data)
{
  g_autoptr(GSettings) settings = g_settings_new ("io.github.stratadesk.Strata");
  g_autoptr(StrataEditing) editing = open_editing (fixture);

  strata_editing_select (editing, 0, STRATA_VALUES_DOCUMENT);
  set_manifest (editing, "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\n"
                         "metadata: {name: a}\n");

  guint n_before = wait_for_check (editing);

  g_settings_set_string (settings, "kubernetes-version", "1.32");
  g_assert_cmpuint (wait_for_check (editing), ==, n_before + 1);
  g_settings_reset (settings, "kubernetes-version");
  g_assert_cmpuint (wait_for_check (editing), ==, n_before);
}

/* Typing on while a check runs: what is reported is about the last text. */
static void
test_reports_the_last_text_only (StoreFixture  *fixture,
                                 gconstpointer  data)
{
  g_autoptr(StrataEditing) editing = open_editing (fixture);
  g_autoptr(GString) large = g_string_new (NULL);

  wait_for_check (editing);

  gint64 start = g_get_monotonic_time ();

  /* Long enough to be looked through while the next one comes. */
  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (large, "key-%u: value\n", i);

  g_string_append (large, "key-1: again\n");
  set_values (editing, 0, large->str);

  while (g_get_monotonic_time () < start + 170 * 1000)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);

  set_values (editing, 0,
              "pack:\n  content:\n    images:\n      - image: registry.example/one:1\n");
  wait_for_check (editing);

  GPtrArray *problems = strata_checker_get_problems (strata_editing_get_checker (editing),
                                                     strata_editing_get_layer (editing));

  for (guint i = 0; i < problems->len; i++)
    g_assert_cmpstr (((StrataProblem *) g_ptr_array_index (problems, i))->document, !=,
                     STRATA_VALUES_DOCUMENT);

  g_assert_cmpuint (strata_checker_get_n_images (strata_editing_get_checker (editing)), >, 0);
}

static void
test_walks_through_all_layers (StoreFixture  *fixture,
                               gconstpointer  data)
{
  g_autoptr(StrataEditing) editing = open_editing (fixture);
  guint position = 0;

  set_values (editing, 2, "a: 1\na: 2\n");
  set_values (editing, 0, "a: 1\nb: 2\nb: 3\n");
  wait_for_check (editing);

  /* From the top of the stack downwards, and round. */
  strata_editing_select (editing, 2, STRATA_VALUES_DOCUMENT);

  const StrataProblem *first = strata_problem_walk (editing, 1, 1, TRUE, &position);

  g_assert_cmpuint (position, ==, 2);
  g_assert_cmpuint (first->line, ==, 2);
  g_assert_true (strata_problem_at (editing, first->line, first->column) == first);

  strata_editing_select (editing, 0, STRATA_VALUES_DOCUMENT);

  const StrataProblem *last = strata_problem_walk (editing, 1, 1, TRUE, &position);

  g_assert_cmpuint (position, ==, 0);
  g_assert_cmpuint (last->line, ==, 3);
  g_assert_cmpstr (last->document, ==, STRATA_VALUES_DOCUMENT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/app/editor-checker/problems", test_finds_problems_of_a_layer);
  store_fixture_add ("/app/editor-checker/variables", test_finds_variables_that_are_not_there);
  store_fixture_add ("/app/editor-checker/kubernetes", test_follows_the_version_of_kubernetes);
  store_fixture_add ("/app/editor-checker/order", test_order_survives_half_a_word);
  store_fixture_add ("/app/editor-checker/last-text", test_reports_the_last_text_only);
  store_fixture_add ("/app/editor-checker/walk", test_walks_through_all_layers);

  return g_test_run ();
}
