/* test-cursor.c - where something is typed, in texts that are not YAML yet
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdlib.h>
#include <string.h>

#include "strata-cursor.h"

/* @text has a `^` where something is typed; what is found is "place path word siblings". */
typedef struct
{
  const char *name;
  const char *text;
  const char *found;
} Case;

static const Case cases[] = {
  { "empty", "^", "key . '' ." },
  { "first", "ap^", "key . 'ap' ." },
  { "top", "a: 1\nb^\nc:\n  d: 2\n", "key . 'b' a,c" },
  { "nested", "a:\n  b: 1\n  c^\n  d: 2\ne: 3\n", "key a 'c' b,d" },
  { "deep", "a:\n  b:\n    c:\n      d: 1\n      ^\n", "key a.b.c '' d" },
  { "below", "a:\n  ^\nb: 1\n", "key a '' ." },
  { "back-out", "a:\n  b:\n    c: 1\n  ^", "key a '' b" },
  { "back-to-top", "a:\n  b: 1\n^", "key . '' a" },
  { "not-below-a-value", "a: 1\n  ^", "nowhere" },
  { "value", "a:\n  b: tr^", "value a.b 'tr' ." },
  { "value-empty", "a:\n  b: ^\n  c: 1\n", "value a.b '' c" },
  { "value-no-space", "a:^", "nowhere" },
  { "value-in-quotes", "a: \"x^\"\n", "value a 'x' ." },
  { "value-quote-open", "a: 'x y^\nb: 1", "value a 'x y' b" },
  { "quoted-key", "\"a b\":\n  'c': ^", "value a b.c '' ." },
  { "key-with-slash", "pack:\n  spectrocloud.com/install-priority: \"1^\"", "value pack.spectrocloud.com/install-priority '1' ." },
  { "item", "a:\n  - x\n  - y^\n", "key a.[] 'y' ." },
  { "item-key", "a:\n  - na^\n    b: 1\n  - c: 1\n", "key a.[] 'na' b" },
  { "item-second-key", "a:\n  - b: 1\n    c^\n    d: 2\n  - e: 1\n", "key a.[] 'c' b,d" },
  { "item-value", "a:\n- b: 1^\n", "value a.[].b '1' ." },
  { "list-at-the-same-column", "a:\n- b: 1\n  c^\nd: 1\n", "key a.[] 'c' b" },
  { "after-list-at-the-same-column", "a:\n- b: 1\n^d\n", "key . '' a" },
  { "list-in-list", "a:\n  - - b: 1\n      c^", "key a.[].[] 'c' b" },
  { "list-in-list-own-line", "a:\n  -\n    - b: ^", "value a.[].[].b '' ." },
  { "dash-alone", "a:\n  -\n    b: 1\n    c^", "key a.[] 'c' b" },
  { "list-of-key", "spec:\n  containers:\n    ^", "key spec.containers '' ." },
  { "below-items", "spec:\n  containers:\n    - name: x\n    ^", "key spec.containers '' ." },
  { "manifest", "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - im^\n",
    "key spec.template.spec.containers.[] 'im' . apps/v1 Deployment" },
  { "kind-below", "metadata:\n  ^\nkind: Pod\napiVersion: \"v1\"\n", "key metadata '' . v1 Pod" },
  { "second-document", "kind: A\napiVersion: a\nx: 1\n---\napiVersion: b\nkind: B\n^\n---\nkind: C\ny: 2\n",
    "key . '' apiVersion,kind b B" },
  { "document-ends", "a:\n  b: 1\n...\n  ^c", "key . '' ." },
  { "no-kind-of-another", "a^\n---\nkind: C\napiVersion: c\n", "key . 'a' ." },
  { "kind-in-quotes-and-comment", "kind: 'Pod' # x\napiVersion: v1   \na^", "key . 'a' apiVersion,kind v1 Pod" },
  { "kind-further-in-is-none", "a:\n  kind: Pod\n  apiVersion: v1\nb^", "key . 'b' a" },
  { "comment", "a:\n  # b^\n", "nowhere" },
  { "comment-behind", "a: 1 # b^\n", "nowhere" },
  { "hash-in-value", "a: b#c^\n", "value a 'b#c' ." },
  { "hash-in-quotes", "a: \"b #c^\"\n", "value a 'b #c' ." },
  { "comments-between", "a:\n  # one\n  b: 1\n\n# two\n  c^", "key a 'c' b" },
  { "block-text", "a: |\n  b: 1\n  c^\n", "nowhere" },
  { "block-text-deep", "a:\n  b: >-\n    c:\n      d^\n", "nowhere" },
  { "block-text-in-list", "a:\n  - |2\n    c:\n      d^\n", "nowhere" },
  { "below-block-text", "a: |\n  b: 1\nc^\n", "key . 'c' a" },
  { "not-block-text", "a: |x\n  b^\n", "nowhere" },
  { "brace", "a: {b: 1, ^", "key a '' b" },
  { "brace-first", "a: {^", "key a '' ." },
  { "brace-word", "a: {b: 1, c^, d: 2}", "key a 'c' b,d" },
  { "brace-value", "a: {b: x^, c: 2}", "value a.b 'x' c" },
  { "brace-value-empty", "a: {b: ^}", "value a.b '' ." },
  { "brace-value-in-quotes", "a: {b: 'x y^', c: 1}", "value a.b 'x y' ." },
  { "brace-no-space", "a: {b:^", "nowhere" },
  { "brace-quoted-key", "a: {\"b c\": ^}", "value a.b c '' ." },
  { "brace-in-brace", "a:\n  b: {c: {d: 1, ^e}, f: 1}\n", "key a.b.c '' d" },
  { "brace-behind-brace", "a: {c: {d: 1}, ^f: 1, g: [x, {y: 1}], h: 1}\n", "key a '' c,g,h" },
  { "brace-closed", "a: {b: 1}\n^", "key . '' a" },
  { "brace-in-item", "a:\n  - {b: 1, ^c: 2}\n", "key a.[] '' b" },
  { "brace-of-document", "{a: 1, ^", "key . '' a" },
  { "brace-with-template", "a: {b: '{{ .x }}', c: {{ .y }}, ^}", "key a '' b,c" },
  { "brace-template-open", "a: {b: '{{ .x^", "template a '.x' ." },
  { "brace-comment", "a: {b: 1, # c^\n", "nowhere" },
  { "braces-of-lines", "x:\n  a: {\n    b: 1,\n    ^\n    c: 2,\n  }\n", "key x.a '' b" },
  { "braces-of-lines-behind", "x:\n  a: {\n    b: 1,\n    ^,\n    c: 2,\n  }\n", "key x.a '' b,c" },
  { "braces-of-lines-deep", "kind: Pod\napiVersion: v1\nspec: {\n  containers: [\n    {name: a,\n     im^\n", "key spec.containers.[] 'im' name v1 Pod" },
  { "bracket", "a: [b, ^", "key a.[] '' ." },
  { "bracket-word", "a: [b, c^]", "key a.[] 'c' ." },
  { "bracket-in-bracket", "a: [[b, c^]]", "key a.[].[] 'c' ." },
  { "bracket-of-lines", "a:\n  b: [\n    x,\n    y^\n", "key a.b.[] 'y' ." },
  { "bracket-wrong", "a: {b: 1], ^", "nowhere" },
  { "bracket-in-text", "a: |\n  b: {c: 1, ^", "nowhere" },
  { "bracket-in-word", "a: b[^", "value a 'b[' ." },
  { "alias", "a: *b^", "nowhere" },
  { "below-anchor", "a: &x\n  b^\n", "key a 'b' ." },
  { "below-tag", "a: !!map\n  b^\n", "key a 'b' ." },
  { "template", "a: '{{.spectro.v^'\n", "template a '.spectro.v' ." },
  { "template-spaces", "a: \"{{- .sp^\"\n", "template a '.sp' ." },
  { "template-begins", "a: {{^\n", "template a '' ." },
  { "template-second", "a: '{{ .x }}:{{ .y^'\n", "template a '.y' ." },
  { "template-closed", "a: '{{ .x }}y^'\n", "value a '{{ .x }}y' ." },
  { "template-in-key", "{{.sp^", "template . '.sp' ." },
  { "tabs", "a:\n\tb: 1\n\tc^", "key a 'c' b" },
  { "crlf", "a:\r\n  b: 1\r\n  c^\r\n  d: 2\r\n", "key a 'c' b,d" },
  { "crlf-value", "a:\r\n  b: ^\r\n", "value a.b '' ." },
  { "broken-above", "a: [1, {\nb: \"open\nc:\n  d: 1\n  e^", "key c 'e' d" },
  { "broken-indent", "a:\n    b: 1\n  c^\n", "key a 'c' ." },
  { "umlaut", "größe:\n  länge: ö^", "value größe.länge 'ö' ." },
  { "duplicate", "a:\n  b: 1\n  b: 2\n  ^", "key a '' b,b" },
  { "word-then-text", "a: 1\nb^ here\n", "key . 'b' a" },
  { "url-is-no-key", "a:\n  - http://x^", "key a.[] 'http://x' ." },
  { "key-of-numbers", "tcp:\n  1883: ^", "value tcp.1883 '' ." },
};

static const char *const places[] = { "nowhere", "key", "value", "template" };

static char *
join (char      **parts,
      const char *separator)
{
  return *parts != NULL ? g_strjoinv (separator, parts) : g_strdup (".");
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
describe (StrataCursor *cursor)
{
  g_autofree char *path = NULL;
  g_autofree char *siblings = NULL;

  if (cursor->place == STRATA_CURSOR_NOWHERE)
    return g_strdup ("nowhere");

  qsort (cursor->siblings, g_strv_length (cursor->siblings), sizeof (char *), compare_texts);
  path = join (cursor->path, ".");
  siblings = join (cursor->siblings, ",");

  return g_strdup_printf ("%s %s '%s' %s%s%s%s%s", places[cursor->place], path, cursor->word, siblings,
                          *cursor->kind != '\0' ? " " : "", cursor->api_version,
                          *cursor->kind != '\0' ? " " : "", cursor->kind);
}

static StrataCursor *
find (const char *marked)
{
  const char *mark = strchr (marked, '^');
  g_autoptr(GString) text = g_string_new_len (marked, mark - marked);

  g_string_append (text, mark + 1);

  return strata_cursor_find (text->str, (gsize) (mark - marked));
}

static void
test_find (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(StrataCursor) cursor = find (test->text);
  g_autofree char *found = describe (cursor);

  g_assert_cmpstr (found, ==, test->found);
}

static void
test_find_key (void)
{
  const char *text = "a:\n  - b: \"x y\" # why\n    c:\n      d: 1\n# e\n";
  g_autoptr(StrataCursor) b = strata_cursor_find_key (text, 6);
  g_autoptr(StrataCursor) d = strata_cursor_find_key (text, strstr (text, "d:") - text);
  g_autoptr(StrataCursor) comment = strata_cursor_find_key (text, strstr (text, "# e") - text);
  g_autofree char *b_path = g_strjoinv (".", b->path);
  g_autofree char *d_path = g_strjoinv (".", d->path);

  g_assert_cmpstr (b_path, ==, "a.[].b");
  g_assert_cmpstr (b->word, ==, "\"x y\"");
  g_assert_cmpstr (d_path, ==, "a.[].c.d");
  g_assert_null (comment);
}

typedef struct
{
  const char *text;  /* `^` before the letter that is pointed at */
  const char *path;  /* (nullable): NULL when nothing stands there */
  const char *word;
} Around;

static const Around around[] = {
  { "a: {b: o^ne, c: two}", "a.b", "one" },
  { "a: {^b: one, c: two}", "a.b", "" },
  { "a: {b: one, lo^ng name : two}", "a.long name", "" },
  { "a: {b: one, c: t^wo words }", "a.c", "two words" },
  { "a: {\"b ^c\": one}", "a.b c", "" },
  { "a: {b: \"x, \\\" ^y\"}", "a.b", "x, \\\" y" },
  { "a: {b: {c: [o^ne, two]}}", "a.b.c.[]", "one" },
  { "a: {b: {c: [one, {d^d: 1}]}}", "a.b.c.[].dd", "" },
  { "- a:\n  - {image: host:50^00/a:1, b: 1}", "[].a.[].image", "host:5000/a:1" },
  { "a: {b: 1,\n  c: {\n    d^: two}}", "a.c.d", "" },
  { "a: {b: 1,\n  c: t^wo # d\n }", "a.c", "two" },
  { "a: {b: 1, # c^c\n  d: 2}", NULL, NULL },
  { "a: {b: 1, ^}", NULL, NULL },
  { "a: {b^b, c: 1}", NULL, NULL },
  { "a: ^{b: 1}", "a", "{b: 1}" },
  { "^a: {b: 1}", "a", "{b: 1}" },
  { "a: {b: 1}\nc: ^d", "c", "d" },
  { "a: {b: o^ne", "a.b", "one" },
};

static void
test_find_around (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    {
      const char *mark = strchr (around[i].text, '^');
      g_autoptr(GString) text = g_string_new_len (around[i].text, mark - around[i].text);

      g_string_append (text, mark + 1);
      g_test_message ("%s", around[i].text);

      g_autoptr(StrataCursor) cursor = strata_cursor_find_around (text->str, (gsize) (mark - around[i].text));
      g_autofree char *path = cursor != NULL ? g_strjoinv (".", cursor->path) : NULL;

      g_assert_cmpstr (path, ==, around[i].path);
      if (cursor != NULL)
        g_assert_cmpstr (cursor->word, ==, around[i].word);
    }
}

/* Every place of a text that is cut anywhere: nothing is read outside, and the word ends at the place. */
static void
test_anywhere (void)
{
  const char *whole = "apiVersion: v1\nkind: Pod\nspec:\n- - 'a: \"{{ .x }}\n  -\n    b: |\n      {{\n  # c\n\t- \xc3\xb6: [\n---\n...\n\"d\": '";

  for (gsize cut = 0; cut <= strlen (whole); cut++)
    {
      g_autofree char *text = g_strndup (whole, cut);

      for (gsize at = 0; at <= cut; at++)
        {
          g_autoptr(StrataCursor) cursor = strata_cursor_find (text, at);
          g_autoptr(StrataCursor) key = strata_cursor_find_key (text, at);
          g_autoptr(StrataCursor) around_it = strata_cursor_find_around (text, at);

          g_assert_cmpuint (cursor->start + strlen (cursor->word), ==, at);
          g_assert_true (g_str_has_suffix (text, "") && strncmp (text + cursor->start, cursor->word, strlen (cursor->word)) == 0);
        }
    }
}

static void
test_deep (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (int i = 0; i < 500; i++)
    g_string_append_printf (text, "%*sa:\n", i, "");

  g_autoptr(StrataCursor) cursor = strata_cursor_find (text->str, text->len);
  g_autoptr(StrataCursor) deep = NULL;

  g_assert_cmpint (cursor->place, ==, STRATA_CURSOR_KEY);
  g_string_append_printf (text, "%*s", 500, "");
  deep = strata_cursor_find (text->str, text->len);
  g_assert_cmpint (deep->place, ==, STRATA_CURSOR_NOWHERE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cursor/find/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_find);
    }

  g_test_add_func ("/cursor/find-key", test_find_key);
  g_test_add_func ("/cursor/find-around", test_find_around);
  g_test_add_func ("/cursor/anywhere", test_anywhere);
  g_test_add_func ("/cursor/deep", test_deep);

  return g_test_run ();
}
