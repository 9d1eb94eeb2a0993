/* test-readme-view.c - READMEs become native widgets that show what is there, load nothing and never freeze
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-readme-view.h"

#include <adwaita.h>
#include <string.h>
#include <time.h>

#define WAIT_SECONDS 120

/* Of this thread, in microseconds: what other programs take of the machine is not its fault. */
static gint64
get_time_spent (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);

  return spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static StrataReadmeView *
make_view (const char *markdown)
{
  StrataReadmeView *view = g_object_ref_sink (STRATA_README_VIEW (strata_readme_view_new ()));
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  strata_readme_view_set_text (view, markdown);
  while (strata_readme_view_get_loading (view) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (strata_readme_view_get_loading (view));

  return view;
}

/* Every label below @widget in order, as "class class|markup". GTK itself adds the class "link" where there is one. */
static void
collect (GtkWidget *widget,
         GPtrArray *found)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_widget_remove_css_class (widget, "link");

      g_auto(GStrv) classes = gtk_widget_get_css_classes (widget);
      g_autofree char *joined = g_strjoinv (" ", classes);

      g_ptr_array_add (found, g_strconcat (joined, "|", gtk_label_get_label (GTK_LABEL (widget)), NULL));
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, found);
}

static GPtrArray *
collect_labels (StrataReadmeView *view)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  collect (GTK_WIDGET (view), found);

  return found;
}

static void
assert_labels (const char        *markdown,
               const char *const *expected)
{
  g_autoptr(StrataReadmeView) view = make_view (markdown);
  g_autoptr(GPtrArray) labels = collect_labels (view);

  for (guint i = 0; expected[i] != NULL && i < labels->len; i++)
    g_assert_cmpstr (labels->pdata[i], ==, expected[i]);
  g_assert_cmpuint (labels->len, ==, g_strv_length ((char **) expected));
}

/* A block and what is shown of it. */
typedef struct
{
  const char *name;
  const char *markdown;
  const char *labels[8];
} Case;

#define CODE(text) "<span face=\"JetBrains Mono,Source Code Pro,monospace\" size=\"90%\">" text "</span>"

static const Case cases[] = {
  { "nothing", "", { NULL } },
  { "only-space", " \n\n\t\n", { NULL } },
  { "headings", "# One\n## Two\n### Three\n", { "title-3|One", "heading|Two", "heading small|Three" } },
  { "setext-heading", "One\n===\n", { "title-3|One" } },
  { "paragraphs", "one\ntwo\n\nthree", { "|one two", "|three" } },
  { "hard-break", "one  \ntwo", { "|one\ntwo" } },
  { "emphasis", "*a* **b** `c<d`", { "|<i>a</i> <b>b</b> " CODE ("c&lt;d") } },
  { "markup-is-text", "a < b & c", { "|a &lt; b &amp; c" } },
  { "escaped-markup", "&lt;b&gt;x&lt;/b&gt;", { "|&lt;b&gt;x&lt;/b&gt;" } },
  { "link", "[x](https://a.example/?a=1&b=2)", { "|<a href=\"https://a.example/?a=1&amp;b=2\">x</a>" } },
  { "link-to-heading", "[x](#install-order)", { "|<a href=\"#install-order\">x</a>" } },
  { "link-to-file", "[x](file:///etc/passwd)", { "|x" } },
  { "link-to-script", "[x](javascript:alert)", { "|x" } },
  { "link-inside", "[x](docs/other.md)", { "|x" } },
  { "link-breaks-out", "[x](<https://a\" onclick=\"b>)", { "|<a href=\"https://a&quot; onclick=&quot;b\">x</a>" } },
  { "image", "![A *tall* logo](https://a.example/logo.png)", { "|A <i>tall</i> logo" } },
  { "image-alone", "![](https://a.example/logo.png)", { NULL } },
  { "inline-html", "a <b onclick=\"x\">c</b><br/>d", { "|a c\nd" } },
  { "html-block", "<p align=\"center\">\n <!-- no --> Fish &amp;\n  <i>chips</i></p>\n", { "|Fish &amp; chips" } },
  { "html-script", "<script>\nalert (1)\n</script>\n", { NULL } },
  { "html-unclosed", "<div\n\nafter", { "|after" } },
  { "code-block", "```yaml\na:\n  b: <c>\n\n```\n", { "codeblock|a:\n  b: <c>" } },
  { "indented-code", "    a: 1\n", { "codeblock|a: 1" } },
  { "list", "- a\n- b\n", { "tnum|•", "|a", "tnum|•", "|b" } },
  { "ordered-list", "3. a\n4. b\n", { "tnum|3.", "|a", "tnum|4.", "|b" } },
  { "nested-list", "- a\n  1. b\n", { "tnum|•", "|a", "tnum|1.", "|b" } },
  { "quote", "> a\n> b\n", { "|a b" } },
  { "table", "| A | B |\n|---|:-:|\n| `x` | 1 \\| 2 |\n",
    { "heading small|A", "heading small|B", "small|" CODE ("x"), "small|1 | 2" } },
  { "table-without-edges", "A | B\n--- | ---\nx |\n", { "heading small|A", "heading small|B", "small|x", "small|" } },
  { "table-below-text", "Values:\n| A |\n|---|\n| x | y |\n", { "|Values:", "heading small|A", "small|x" } },
  { "table-in-list", "- | A |\n  |---|\n  | x |\n", { "tnum|•", "heading small|A", "small|x" } },
  { "no-table", "| A | B |\n|---|\n", { "|| A | B | |---|" } },
  { "hint", ":::tip\n\nAsk: first\n\n::::\n\n::: is\ntext\n", { "|Ask: first", "|::: is text" } },
  { "not-utf8", "caf\351 *x*", { "|caf\357\277\275 <i>x</i>" } },
  { "control-characters", "a\033[2Jb\u202ec", { "|a[2Jbc" } },
  { "crlf", "| A |\r\n|---|\r\n| x |\r\n\r\nend\r\n", { "heading small|A", "small|x", "|end" } },
};

static void
test_shows (gconstpointer data)
{
  const Case *test = data;

  assert_labels (test->markdown, test->labels);
}

static void
test_all_markup_is_valid (gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr(GRegex) links = g_regex_new ("</?a[^>]*>", 0, 0, NULL);

  g_assert_true (g_file_get_contents (data, &text, NULL, NULL));

  g_autoptr(StrataReadmeView) view = make_view (text);
  g_autoptr(GPtrArray) labels = collect_labels (view);

  g_assert_cmpuint (labels->len, >, 3);
  for (guint i = 0; i < labels->len; i++)
    {
      g_autoptr(GError) error = NULL;
      const char *label = labels->pdata[i];

      if (g_str_has_prefix (label, "codeblock|"))
        continue;

      g_autofree char *markup = g_regex_replace (links, strchr (label, '|') + 1, -1, 0, "", 0, &error);

      g_assert_no_error (error);
      pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_replaces_text (void)
{
  g_autoptr(StrataReadmeView) view = make_view ("# One\n\n- a\n");

  strata_readme_view_set_text (view, "two");

  g_autoptr(GPtrArray) labels = collect_labels (view);

  g_assert_cmpuint (labels->len, ==, 1);
  g_assert_cmpstr (labels->pdata[0], ==, "|two");

  strata_readme_view_set_text (view, NULL);

  g_autoptr(GPtrArray) none = collect_labels (view);

  g_assert_cmpuint (none->len, ==, 0);
}

static GtkWidget *
find_role (GtkWidget         *widget,
           GtkAccessibleRole  role)
{
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == role)
    return widget;

  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_role (child, role);

  return found;
}

static void
test_has_roles (void)
{
  const GtkAccessibleRole roles[] = {
    GTK_ACCESSIBLE_ROLE_HEADING, GTK_ACCESSIBLE_ROLE_LIST, GTK_ACCESSIBLE_ROLE_LIST_ITEM,
    GTK_ACCESSIBLE_ROLE_TABLE, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, GTK_ACCESSIBLE_ROLE_CELL,
  };
  g_autoptr(StrataReadmeView) view = make_view ("# A\n\n- b\n\n| C |\n|---|\n| d |\n");

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    g_assert_nonnull (find_role (GTK_WIDGET (view), roles[i]));
}

static char *
repeat (const char *text,
        guint       times)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (all, text);

  return g_string_free (all, FALSE);
}

/* What it takes to show @markdown stays within a second, and its widgets within their bound. */
static void
test_is_bounded (gconstpointer data)
{
  g_autofree char *text = repeat (data, (guint) (2 * 1024 * 1024 / strlen (data)));
  gint64 start = get_time_spent ();
  g_autoptr(StrataReadmeView) view = g_object_ref_sink (STRATA_README_VIEW (strata_readme_view_new ()));

  strata_readme_view_set_text (view, text);
  g_test_message ("set_text: %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpint (get_time_spent () - start, <, G_TIME_SPAN_SECOND);

  gint64 longest = 0;
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  while (strata_readme_view_get_loading (view) && g_get_monotonic_time () < end)
    {
      gint64 before = get_time_spent ();

      g_main_context_iteration (NULL, FALSE);
      longest = MAX (longest, get_time_spent () - before);
    }

  g_autoptr(GPtrArray) labels = collect_labels (view);

  g_test_message ("longest turn: %" G_GINT64_FORMAT " ms, %u labels", longest / 1000, labels->len);
  g_assert_false (strata_readme_view_get_loading (view));
  g_assert_cmpint (longest, <, G_TIME_SPAN_SECOND);
  g_assert_cmpuint (labels->len, <, 6100);
  g_assert_cmpuint (labels->len, >, 0);
  g_assert_cmpstr (labels->pdata[labels->len - 1], ==, "dim-label|This README is too long to be shown whole.");
}

static void
test_goes_away_while_building (void)
{
  g_autofree char *text = repeat ("para\n\n", 5000);
  StrataReadmeView *view = g_object_ref_sink (STRATA_README_VIEW (strata_readme_view_new ()));

  strata_readme_view_set_text (view, text);
  g_assert_true (strata_readme_view_get_loading (view));
  g_assert_finalize_object (view);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_link_to_heading_scrolls (void)
{
  g_autofree char *filler = repeat ("para\n\n", 100);
  g_autofree char *text = g_strconcat ("[go](#the-end)\n\n", filler, "## The End!\n\n", filler, NULL);
  StrataReadmeView *view = make_view (text);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *window = g_object_ref_sink (gtk_window_new ());
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gboolean handled = FALSE;

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (view));
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 300);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_adjustment_get_upper (adjustment) < 1000 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);

  GtkWidget *label = find_role (GTK_WIDGET (view), GTK_ACCESSIBLE_ROLE_LABEL);

  g_signal_emit_by_name (label, "activate-link", "#the-end", &handled);
  g_assert_true (handled);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 500);

  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
  g_object_unref (view);
}

static void
add_real (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "packs", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, "README.md", NULL);
      g_autofree char *test = g_strconcat ("/app/readme-view/packs/", name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        g_test_add_data_func_full (test, g_steal_pointer (&path), test_all_markup_is_valid, g_free);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/readme-view/shows/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_shows);
    }

  add_real ();
  g_test_add_func ("/app/readme-view/replaces-text", test_replaces_text);
  g_test_add_func ("/app/readme-view/has-roles", test_has_roles);
  g_test_add_data_func ("/app/readme-view/bounded/paragraphs", "word\n\n", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/one-word", "word", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/quotes", "> ", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/brackets", "[", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/emphasis", "*a _b ", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/items", "- a\n", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/deep-list", "- ", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/rows", "| a |\n|---|\n", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/code", "    x\n", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/html", "<p>x", test_is_bounded);
  g_test_add_data_func ("/app/readme-view/bounded/back-ticks", "`a``b", test_is_bounded);
  g_test_add_func ("/app/readme-view/goes-away-while-building", test_goes_away_while_building);
  g_test_add_func ("/app/readme-view/link-to-heading-scrolls", test_link_to_heading_scrolls);

  return g_test_run ();
}
