/* test-editor-document.c - the buffer and the draft are the same, whatever is typed, undone or chosen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtksourceview/gtksource.h>
#include <string.h>

#include "store-fixture.h"
#include "strata-editor-document.h"
#include "strata-tab-stops.h"

/* A profile on a desk: its text in a buffer. */
typedef struct
{
  StrataEditing        *editing;   /* (owned) */
  GtkSourceBuffer      *source;    /* (owned) */
  GtkTextBuffer        *buffer;    /* (unowned): the same */
  StrataEditorDocument *document;  /* (owned) */
} Desk;

static void
desk_clear (Desk *desk)
{
  g_clear_object (&desk->document);
  g_clear_object (&desk->editing);
  g_clear_object (&desk->source);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static Desk
open_desk (StoreFixture  *fixture,
           StrataProfile *made)
{
  g_autoptr(StrataProfile) profile = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
  g_autofree char *head = store_fixture_get_head (fixture, profile);
  Desk desk = { 0 };

  desk.editing = strata_editing_new (fixture->store, profile, head, 0);
  desk.source = gtk_source_buffer_new (NULL);
  desk.buffer = GTK_TEXT_BUFFER (desk.source);
  desk.document = strata_editor_document_new (desk.editing, desk.source);

  return desk;
}

static Desk
open_plain_desk (StoreFixture *fixture)
{
  g_autoptr(StrataProfile) made = store_fixture_make_profile (3);
  Desk desk = open_desk (fixture, made);

  strata_editing_select (desk.editing, 0, NULL);

  return desk;
}

static void
assert_text (Desk       *desk,
             const char *text)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (desk->buffer, &start, &end);

  g_autofree char *shown = gtk_text_buffer_get_text (desk->buffer, &start, &end, TRUE);

  g_assert_cmpstr (shown, ==, text);
  g_assert_cmpstr (strata_blob_get_text (strata_editing_get_blob (desk->editing)), ==, text);
}

static int
get_cursor (Desk *desk)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (desk->buffer, &cursor,
                                    gtk_text_buffer_get_insert (desk->buffer));

  return gtk_text_iter_get_offset (&cursor);
}

/* Letter by letter, as the keyboard does it. */
static void
type (Desk       *desk,
      const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    gtk_text_buffer_insert_interactive_at_cursor (desk->buffer, p, (int) (g_utf8_next_char (p) - p),
                                                  TRUE);
}

static void
test_typing_and_undo (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);

  assert_text (&desk, "# layer 0\na: 1\n");
  strata_editor_document_go_to (desk.document, 2, 5);
  type (&desk, "ü two");
  assert_text (&desk, "# layer 0\na: 1ü two\n");

  strata_editing_undo (desk.editing);
  assert_text (&desk, "# layer 0\na: 1ü \n");
  strata_editing_undo (desk.editing);
  assert_text (&desk, "# layer 0\na: 1\n");
  strata_editing_redo (desk.editing);
  strata_editing_redo (desk.editing);
  assert_text (&desk, "# layer 0\na: 1ü two\n");
  g_assert_cmpint (get_cursor (&desk), ==, 19);
}

/* As the keyboard does it when something is selected. */
static void
type_over (Desk       *desk,
           const char *text)
{
  gtk_text_buffer_begin_user_action (desk->buffer);
  gtk_text_buffer_delete_selection (desk->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (desk->buffer, text, 1, TRUE);
  gtk_text_buffer_end_user_action (desk->buffer);
  type (desk, text + 1);
}

/* In place of what is typed, two columns in. */
static GtkWidget *
insert_snippet (Desk *desk)
{
  GtkWidget *view = g_object_ref_sink (gtk_source_view_new_with_buffer (desk->source));
  GtkTextIter start, end;

  strata_editor_document_go_to (desk->document, 3, 1);
  type (desk, "  sn");
  gtk_text_buffer_get_end_iter (desk->buffer, &end);
  start = end;
  gtk_text_iter_backward_chars (&start, 2);
  gtk_text_buffer_begin_user_action (desk->buffer);
  gtk_text_buffer_delete (desk->buffer, &start, &end);
  strata_tab_stops_insert (GTK_SOURCE_VIEW (view), &start, "b:\n  c: ${1:one}\nd: $1\ne: ${2:$1} $0");
  gtk_text_buffer_end_user_action (desk->buffer);

  return view;
}

static void
test_snippet (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);
  g_autoptr(GtkWidget) view = insert_snippet (&desk);

  assert_text (&desk, "# layer 0\na: 1\n  b:\n    c: one\n  d: one\n  e: one ");
  type_over (&desk, "two");
  assert_text (&desk, "# layer 0\na: 1\n  b:\n    c: two\n  d: two\n  e: two ");

  /* The word is one step, and so is the snippet. */
  strata_editing_undo (desk.editing);
  assert_text (&desk, "# layer 0\na: 1\n  b:\n    c: one\n  d: one\n  e: one ");
  strata_editing_undo (desk.editing);
  assert_text (&desk, "# layer 0\na: 1\n  sn");
  strata_editing_redo (desk.editing);
  strata_editing_redo (desk.editing);
  assert_text (&desk, "# layer 0\na: 1\n  b:\n    c: two\n  d: two\n  e: two ");
}

/* What comes from elsewhere stays as it came, and nothing is repeated from then on. */
static void
test_snippet_ends (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);
  g_autoptr(GtkWidget) view = insert_snippet (&desk);

  strata_editor_document_replace (desk.document, 5, 6, 3, "owne", "Repair");
  assert_text (&desk, "# layer 0\na: 1\n  b:\n    c: one\n  d: owne\n  e: one ");
  g_assert_false (strata_tab_stops_leave (desk.buffer));
  strata_editor_document_go_to (desk.document, 4, 11);
  type (&desk, "s");
  assert_text (&desk, "# layer 0\na: 1\n  b:\n    c: ones\n  d: owne\n  e: one ");
}

/* Escape leaves the cursor, and what is selected, where it is. */
static void
test_snippet_left (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);
  g_autoptr(GtkWidget) view = insert_snippet (&desk);
  int cursor = get_cursor (&desk);

  g_assert_true (strata_tab_stops_leave (desk.buffer));
  g_assert_cmpint (get_cursor (&desk), ==, cursor);
  g_assert_false (strata_tab_stops_leave (desk.buffer));
  type_over (&desk, "two");
  assert_text (&desk, "# layer 0\na: 1\n  b:\n    c: two\n  d: one\n  e: one ");
}

/* Letters of one, two, three and four bytes, so that each stands across the end of a block somewhere. */
static void
test_edits_of_a_large_text (StoreFixture  *fixture,
                            gconstpointer  data)
{
  static const int places[] = { 0, 1, 255, 1023, 1024, 1025, 4095, 4096, 5000, 9970 };
  g_auto(Desk) desk = open_plain_desk (fixture);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 2500; i++)
    g_string_append (text, "aü€😀");

  gtk_text_buffer_set_text (desk.buffer, text->str, -1);
  assert_text (&desk, text->str);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkTextIter from, to;
      char *at;

      gtk_text_buffer_get_iter_at_offset (desk.buffer, &from, places[i]);
      gtk_text_buffer_place_cursor (desk.buffer, &from);
      type (&desk, "ö");
      at = g_utf8_offset_to_pointer (text->str, places[i]);
      g_string_insert (text, at - text->str, "ö");
      assert_text (&desk, text->str);

      gtk_text_buffer_get_iter_at_offset (desk.buffer, &from, places[i] / 2);
      gtk_text_buffer_get_iter_at_offset (desk.buffer, &to, places[i] / 2 + 3);
      gtk_text_buffer_delete (desk.buffer, &from, &to);
      at = g_utf8_offset_to_pointer (text->str, places[i] / 2);
      g_string_erase (text, at - text->str, g_utf8_offset_to_pointer (at, 3) - at);
      assert_text (&desk, text->str);
    }
}

static void
test_undo_goes_where_it_changes (StoreFixture  *fixture,
                                 gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);

  type (&desk, "x");
  strata_editing_select (desk.editing, 1, "namespace; a:b");
  type (&desk, "y");
  strata_editing_select (desk.editing, 2, STRATA_VALUES_DOCUMENT);

  strata_editing_undo (desk.editing);
  g_assert_cmpuint (strata_editing_get_position (desk.editing), ==, 1);
  g_assert_cmpstr (strata_editing_get_document (desk.editing), ==, "namespace; a:b");
  assert_text (&desk, "# layer 1\na: 1\n");

  strata_editing_undo (desk.editing);
  g_assert_cmpuint (strata_editing_get_position (desk.editing), ==, 0);
  g_assert_cmpstr (strata_editing_get_document (desk.editing), ==, STRATA_VALUES_DOCUMENT);
  assert_text (&desk, "# layer 0\na: 1\n");
}

static void
test_difference_keeps_what_is_around (StoreFixture  *fixture,
                                      gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);
  GtkTextIter iter;

  strata_editing_apply_text (desk.editing, "one\ntwö\nthree\nfour\n", "Paste");
  gtk_text_buffer_get_iter_at_line (desk.buffer, &iter, 3);

  GtkTextMark *mark = gtk_text_buffer_create_mark (desk.buffer, NULL, &iter, TRUE);

  strata_editing_apply_text (desk.editing, "one\ntwô or more\nthree\nfour\n", "Preset");
  assert_text (&desk, "one\ntwô or more\nthree\nfour\n");

  /* Two letters that begin or end with the same byte. */
  strata_editing_apply_text (desk.editing, "one\ntwé\nthree\nfour\n", "Preset");
  assert_text (&desk, "one\ntwé\nthree\nfour\n");
  strata_editing_apply_text (desk.editing, "one\ntwĩ\nthree\nfour\n", "Preset");
  assert_text (&desk, "one\ntwĩ\nthree\nfour\n");
  gtk_text_buffer_get_iter_at_mark (desk.buffer, &iter, mark);
  g_assert_cmpint (gtk_text_iter_get_line (&iter), ==, 3);
  g_assert_cmpint (gtk_text_iter_get_line_offset (&iter), ==, 0);
}

static void
test_each_document_has_its_cursor (StoreFixture  *fixture,
                                   gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);

  strata_editor_document_go_to (desk.document, 2, 3);
  strata_editing_select (desk.editing, 0, "namespace; a:b");
  g_assert_cmpint (get_cursor (&desk), ==, 0);
  strata_editing_select (desk.editing, 0, STRATA_VALUES_DOCUMENT);
  g_assert_cmpint (get_cursor (&desk), ==, 12);

  /* The layer moves, its text and cursor stay. */
  strata_editing_move_layer (desk.editing, 0, 2);
  g_assert_cmpuint (strata_editing_get_position (desk.editing), ==, 2);
  g_assert_cmpint (get_cursor (&desk), ==, 12);
  assert_text (&desk, "# layer 0\na: 1\n");
}

static void
test_repair_is_one_step (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);

  strata_editor_document_replace (desk.document, 2, 4, 1, "three", "Use three");
  assert_text (&desk, "# layer 0\na: three\n");
  g_assert_cmpstr (strata_draft_get_undo_label (strata_editing_get_draft (desk.editing)), ==,
                   "Use three");
  strata_editing_undo (desk.editing);
  assert_text (&desk, "# layer 0\na: 1\n");
}

static void
edit_somewhere (Desk  *desk,
                GRand *rand)
{
  static const char *const pieces[] = { "a", "ö", "\n", "🐲", "  x: 1\r\n", "" };
  int n_chars = gtk_text_buffer_get_char_count (desk->buffer);
  int start = g_rand_int_range (rand, 0, n_chars + 1);
  int end = MIN (n_chars, start + g_rand_int_range (rand, 0, 4));
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (desk->buffer, &from, start);
  gtk_text_buffer_get_iter_at_offset (desk->buffer, &to, end);

  if (g_rand_boolean (rand))
    gtk_text_buffer_delete (desk->buffer, &from, &to);

  if (g_rand_boolean (rand))
    gtk_text_buffer_insert (desk->buffer, &from, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))], -1);
}

/* Only what changed is taken from the buffer: the draft has to have the same text all the same. */
static void
test_any_edit (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);
  g_autoptr(GRand) rand = g_rand_new_with_seed (20);

  for (guint i = 0; i < 400; i++)
    {
      guint n_edits = (guint) g_rand_int_range (rand, 1, 4);
      GtkTextIter start, end;

      gtk_text_buffer_begin_user_action (desk.buffer);

      for (guint j = 0; j < n_edits; j++)
        edit_somewhere (&desk, rand);

      gtk_text_buffer_end_user_action (desk.buffer);

      gtk_text_buffer_get_bounds (desk.buffer, &start, &end);

      g_autofree char *text = gtk_text_buffer_get_text (desk.buffer, &start, &end, TRUE);

      g_assert_cmpstr (strata_blob_get_text (strata_editing_get_blob (desk.editing)), ==, text);
      g_assert_cmpuint (strata_blob_get_size (strata_editing_get_blob (desk.editing)), ==, strlen (text));
    }
}

/* Letters and erasing next to one another are one piece. */
static void
test_pieces (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_auto(Desk) desk = open_plain_desk (fixture);
  GtkTextIter where, end;

  gtk_text_buffer_set_text (desk.buffer, "größe: 12345\n", -1);
  gtk_text_buffer_get_iter_at_offset (desk.buffer, &where, 9);
  gtk_text_buffer_begin_user_action (desk.buffer);

  for (guint i = 0; i < 2; i++)
    gtk_text_buffer_backspace (desk.buffer, &where, TRUE, TRUE);

  end = where;
  gtk_text_iter_forward_chars (&end, 2);
  gtk_text_buffer_delete (desk.buffer, &where, &end);
  gtk_text_buffer_insert (desk.buffer, &where, "ä", -1);
  gtk_text_buffer_insert (desk.buffer, &where, "b", -1);
  gtk_text_buffer_end_user_action (desk.buffer);

  g_assert_cmpstr (strata_blob_get_text (strata_editing_get_blob (desk.editing)), ==, "größe: äb5\n");
}

static void
test_not_utf8_stays_as_it_is (StoreFixture  *fixture,
                              gconstpointer  data)
{
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataBlob) values = strata_blob_new ("a: \xff\xfe\n", 6);
  g_autoptr(StrataLayer) layer =
    strata_layer_with_values (strata_profile_get_layer (made, 0), values);
  g_autoptr(StrataProfile) profile = strata_profile_with_layer (made, 0, layer);
  g_auto(Desk) desk = open_desk (fixture, profile);

  g_assert_false (strata_editor_document_get_editable (desk.document));
  strata_editor_document_replace (desk.document, 1, 1, 1, "b", "Repair");
  g_assert_true (strata_blob_equal (strata_editing_get_blob (desk.editing), values));
}

static void
test_large_text_opens_at_once (StoreFixture  *fixture,
                               gconstpointer  data)
{
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; text->len < 1000000; i++)
    g_string_append_printf (text, "key-%u: some value that is about as long as usual\n", i);

  g_autoptr(StrataBlob) values = strata_blob_new_text (text->str);
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("large", values);
  g_autoptr(StrataLayer) layer =
    strata_layer_with_manifest (strata_profile_get_layer (made, 0), manifest);
  g_autoptr(StrataProfile) profile = strata_profile_with_layer (made, 0, layer);
  g_auto(Desk) desk = open_desk (fixture, profile);
  gint64 start = g_get_monotonic_time ();

  strata_editing_select (desk.editing, 0, "large");

  double open = (double) (g_get_monotonic_time () - start) / 1000;
  start = g_get_monotonic_time ();
  type (&desk, "x");

  double key = (double) (g_get_monotonic_time () - start) / 1000;

  g_test_message ("1 MB: opened in %.1f ms, a key in %.1f ms", open, key);
  g_test_minimized_result (open, "open");
  g_assert_cmpuint (strata_blob_get_size (strata_editing_get_blob (desk.editing)), ==,
                    text->len + 1);
}

/* A profile whose one manifest has @text. */
static Desk
open_large_desk (StoreFixture *fixture,
                 const char   *text)
{
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("large", blob);
  g_autoptr(StrataLayer) layer = strata_layer_with_manifest (strata_profile_get_layer (made, 0), manifest);
  g_autoptr(StrataProfile) profile = strata_profile_with_layer (made, 0, layer);
  Desk desk = open_desk (fixture, profile);

  strata_editing_select (desk.editing, 0, "large");

  return desk;
}

/* Lines of every end and length, one of them longer than any step, letters of several bytes. */
static char *
make_large_text (void)
{
  GString *text = g_string_new ("first\n");

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, i % 3 == 0 ? "größe-%u: €\r\n" : i % 3 == 1 ? "\n\n%u" : "😀: %u\r", i);

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "ü€");

  g_string_append (text, "\r\nlast");

  return g_string_free (text, FALSE);
}

static void
run_until_whole (Desk *desk,
                 int   n_letters)
{
  while (gtk_text_buffer_get_char_count (desk->buffer) < n_letters)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_large_text_comes_by_steps (StoreFixture  *fixture,
                                gconstpointer  data)
{
  g_autofree char *text = make_large_text ();
  g_auto(Desk) desk = open_large_desk (fixture, text);
  int n_letters = (int) g_utf8_strlen (text, -1);

  g_assert_cmpint (gtk_text_buffer_get_char_count (desk.buffer), >, 0);
  g_assert_cmpint (gtk_text_buffer_get_char_count (desk.buffer), <, n_letters);
  run_until_whole (&desk, n_letters);
  assert_text (&desk, text);

  g_autoptr(GtkTextBuffer) whole = gtk_text_buffer_new (NULL);

  gtk_text_buffer_set_text (whole, text, -1);
  g_assert_cmpint (gtk_text_buffer_get_line_count (desk.buffer), ==, gtk_text_buffer_get_line_count (whole));
}

static void
test_large_text_is_whole_when_it_is_typed_in (StoreFixture  *fixture,
                                              gconstpointer  data)
{
  g_autofree char *text = make_large_text ();
  g_autofree char *typed = g_strconcat ("fi", "ä", text + 2, NULL);
  g_auto(Desk) desk = open_large_desk (fixture, text);
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (desk.buffer, &from, 2);
  gtk_text_buffer_insert_interactive (desk.buffer, &from, "ä", -1, TRUE);
  assert_text (&desk, typed);

  strata_editing_select (desk.editing, 0, STRATA_VALUES_DOCUMENT);
  strata_editing_select (desk.editing, 0, "large");
  gtk_text_buffer_get_iter_at_offset (desk.buffer, &from, 2);
  gtk_text_buffer_get_iter_at_offset (desk.buffer, &to, 3);
  gtk_text_buffer_delete_interactive (desk.buffer, &from, &to, TRUE);
  assert_text (&desk, text);

  strata_editing_undo (desk.editing);
  assert_text (&desk, typed);
}

/* What is left before it is whole leaves nothing of it in the next text, and is whole where somebody goes to its end. */
static void
test_large_text_that_is_left (StoreFixture  *fixture,
                              gconstpointer  data)
{
  g_autofree char *text = make_large_text ();
  g_auto(Desk) desk = open_large_desk (fixture, text);

  strata_editing_select (desk.editing, 0, STRATA_VALUES_DOCUMENT);

  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);

  assert_text (&desk, strata_layer_get_text (strata_editing_get_layer (desk.editing)));

  strata_editing_select (desk.editing, 0, "large");
  strata_editor_document_go_to (desk.document, G_MAXINT, 3);
  assert_text (&desk, text);
  g_assert_cmpint (get_cursor (&desk), >, 200000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  gtk_source_init ();

  store_fixture_add ("/app/editor-document/typing-and-undo", test_typing_and_undo);
  store_fixture_add ("/app/editor-document/snippet", test_snippet);
  store_fixture_add ("/app/editor-document/snippet-ends", test_snippet_ends);
  store_fixture_add ("/app/editor-document/snippet-left", test_snippet_left);
  store_fixture_add ("/app/editor-document/edits-of-a-large-text", test_edits_of_a_large_text);
  store_fixture_add ("/app/editor-document/undo-goes-there", test_undo_goes_where_it_changes);
  store_fixture_add ("/app/editor-document/difference", test_difference_keeps_what_is_around);
  store_fixture_add ("/app/editor-document/cursors", test_each_document_has_its_cursor);
  store_fixture_add ("/app/editor-document/repair", test_repair_is_one_step);
  store_fixture_add ("/app/editor-document/any-edit", test_any_edit);
  store_fixture_add ("/app/editor-document/pieces", test_pieces);
  store_fixture_add ("/app/editor-document/not-utf8", test_not_utf8_stays_as_it_is);
  store_fixture_add ("/app/editor-document/large", test_large_text_opens_at_once);
  store_fixture_add ("/app/editor-document/large-by-steps", test_large_text_comes_by_steps);
  store_fixture_add ("/app/editor-document/large-typed-in", test_large_text_is_whole_when_it_is_typed_in);
  store_fixture_add ("/app/editor-document/large-left", test_large_text_that_is_left);

  return g_test_run ();
}
