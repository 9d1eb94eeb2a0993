/* strata-readme-markup.c - the inside of one Markdown block as Pango markup that cannot do harm
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-readme-markup"

#include "strata-readme-markup.h"

#include <string.h>

#define MAX_MARKUP (32 * 1024)  /* a label of more than that takes long to lay out */
#define MAX_TAGS 8              /* nobody sees more emphasis than that, and markup may not nest without end */
#define CODE_SPAN "<span face=\"JetBrains Mono,Source Code Pro,monospace\" size=\"90%\">"

typedef struct
{
  GString    *markup;
  GPtrArray  *closing;    /* (owned) (element-type utf8): what ends each tag that is open; "" for one left out */
  guint       open_tags;
  gboolean    was_cut;
} Writer;

/* Never more than a label can show, however long one word is. */
static void
write_escaped (Writer     *writer,
               const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length > MAX_MARKUP)
    {
      length = (gsize) (g_utf8_find_prev_char (text, text + MAX_MARKUP) - text);
      writer->was_cut = TRUE;
    }

  g_autofree char *escaped = g_markup_escape_text (length > 0 ? text : "", (gssize) length);

  g_string_append (writer->markup, escaped);
}

static void
open_tag (Writer     *writer,
          const char *tag,
          const char *closing)
{
  gboolean fits = writer->open_tags < MAX_TAGS && *closing != '\0';

  if (fits)
    {
      g_string_append (writer->markup, tag);
      writer->open_tags++;
    }
  g_ptr_array_add (writer->closing, (char *) (fits ? closing : ""));
}

static void
close_tag (Writer *writer)
{
  const char *closing = g_ptr_array_index (writer->closing, writer->closing->len - 1);

  if (*closing != '\0')
    writer->open_tags--;
  g_string_append (writer->markup, closing);
  g_ptr_array_set_size (writer->closing, (int) writer->closing->len - 1);
}

/* Only what a person follows with open eyes: a page, a letter, or a heading of this text. */
static gboolean
is_good_link (const char *url)
{
  const char *const schemes[] = { "https://", "http://", "mailto:", "#" };

  for (guint i = 0; url != NULL && i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (url, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;

  return FALSE;
}

static void
open_link (Writer     *writer,
           cmark_node *node)
{
  const char *url = cmark_node_get_url (node);
  gboolean is_good = is_good_link (url);
  g_autofree char *escaped = is_good ? g_markup_escape_text (url, -1) : NULL;
  g_autofree char *tag = g_strdup_printf ("<a href=\"%s\">", is_good ? escaped : "");

  open_tag (writer, tag, is_good ? "</a>" : "");
}

static void
write_code (Writer     *writer,
            cmark_node *node)
{
  g_string_append (writer->markup, CODE_SPAN);
  write_escaped (writer, cmark_node_get_literal (node));
  g_string_append (writer->markup, "</span>");
}

/* Tags are dropped and what stands between them stays; only a line break means something to text. */
static void
write_html (Writer     *writer,
            const char *html)
{
  if (html != NULL && g_ascii_strncasecmp (html, "<br", 3) == 0)
    g_string_append_c (writer->markup, '\n');
}

static void
write_entered (Writer     *writer,
               cmark_node *node)
{
  cmark_node_type type = cmark_node_get_type (node);

  if (type == CMARK_NODE_TEXT)
    write_escaped (writer, cmark_node_get_literal (node));
  else if (type == CMARK_NODE_CODE)
    write_code (writer, node);
  else if (type == CMARK_NODE_SOFTBREAK)
    g_string_append_c (writer->markup, ' ');
  else if (type == CMARK_NODE_LINEBREAK)
    g_string_append_c (writer->markup, '\n');
  else if (type == CMARK_NODE_HTML_INLINE)
    write_html (writer, cmark_node_get_literal (node));
  else if (type == CMARK_NODE_EMPH)
    open_tag (writer, "<i>", "</i>");
  else if (type == CMARK_NODE_STRONG)
    open_tag (writer, "<b>", "</b>");
  else if (type == CMARK_NODE_LINK)
    open_link (writer, node);
}

static gboolean
has_end (cmark_node *node)
{
  cmark_node_type type = cmark_node_get_type (node);

  return type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG || type == CMARK_NODE_LINK;
}

static void
write_block (Writer     *writer,
             cmark_node *block)
{
  cmark_iter *iter = cmark_iter_new (block);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE && !writer->was_cut)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (event == CMARK_EVENT_ENTER)
        write_entered (writer, node);
      else if (has_end (node))
        close_tag (writer);

      writer->was_cut |= writer->markup->len > MAX_MARKUP;
    }

  while (writer->closing->len > 0)
    close_tag (writer);

  cmark_iter_free (iter);
}

/**
 * strata_readme_markup_parse:
 * @markdown: text of any bytes
 * @length: how many
 *
 * Parses Markdown. What is not UTF-8 becomes U+FFFD. Any thread.
 *
 * Returns: (transfer full): the document; free with `cmark_node_free()`
 */
cmark_node *
strata_readme_markup_parse (const char *markdown,
                            gsize       length)
{
  return cmark_parse_document (markdown, length, CMARK_OPT_VALIDATE_UTF8);
}

/**
 * strata_readme_markup_from_node:
 * @block: a block that has text in it: a paragraph or a heading
 * @was_cut: (out): set to %TRUE, and else not touched, when it was too long to be written whole
 *
 * Writes the text of @block as Pango markup: emphasis, code, and links that lead to a page, a mail address or a heading.
 * An image is its description, so nothing is ever loaded; HTML tags are dropped.
 *
 * Returns: (transfer full): markup without space around it, "" when there is no text
 */
char *
strata_readme_markup_from_node (cmark_node *block,
                                gboolean   *was_cut)
{
  g_autoptr(GPtrArray) closing = g_ptr_array_new ();
  Writer writer = { g_string_new (NULL), closing, 0, FALSE };

  write_block (&writer, block);
  if (writer.was_cut)
    {
      g_string_append (writer.markup, "…");
      *was_cut = TRUE;
    }

  return g_strstrip (g_string_free (writer.markup, FALSE));
}

/**
 * strata_readme_markup_from_text:
 * @markdown: one line of Markdown, such as a cell of a table
 * @was_cut: (out): as for strata_readme_markup_from_node()
 *
 * Returns: (transfer full): its first block as markup
 */
char *
strata_readme_markup_from_text (const char *markdown,
                                gboolean   *was_cut)
{
  cmark_node *document = strata_readme_markup_parse (markdown, strlen (markdown));
  cmark_node *block = cmark_node_first_child (document);
  char *markup;

  if (block != NULL && cmark_node_get_type (block) == CMARK_NODE_PARAGRAPH)
    markup = strata_readme_markup_from_node (block, was_cut);
  else
    markup = g_markup_escape_text (markdown, (gssize) MIN (strlen (markdown), MAX_MARKUP));

  cmark_node_free (document);

  return markup;
}

/* Where the tag that @html begins with ends. */
static const char *
skip_tag (const char *html)
{
  const char *end;

  if (g_str_has_prefix (html, "<!--"))
    end = (end = strstr (html, "-->")) != NULL ? end + 2 : NULL;
  else if (g_ascii_strncasecmp (html, "<script", 7) == 0 || g_ascii_strncasecmp (html, "<style", 6) == 0)
    end = (end = strstr (html, "</s")) != NULL ? strchr (end, '>') : NULL;
  else
    end = strchr (html, '>');

  return end != NULL ? end + 1 : html + strlen (html);
}

/**
 * strata_readme_markup_from_html:
 * @html: a block of raw HTML
 * @was_cut: (out): as for strata_readme_markup_from_node()
 *
 * Returns: (transfer full): what the HTML says when every tag, comment, script and style is taken out of it
 */
char *
strata_readme_markup_from_html (const char *html,
                                gboolean   *was_cut)
{
  g_autoptr(GString) text = g_string_new (NULL);

  while (*html != '\0' && text->len <= MAX_MARKUP)
    if (*html == '<')
      html = skip_tag (html);
    else if (g_ascii_isspace (*html))
      {
        if (text->len > 0 && text->str[text->len - 1] != ' ')
          g_string_append_c (text, ' ');
        html++;
      }
    else
      g_string_append_c (text, *html++);

  if (*html != '\0')
    *was_cut = TRUE;

  g_autofree char *valid = g_utf8_make_valid (text->str, (gssize) text->len);

  return strata_readme_markup_from_text (g_strstrip (valid), was_cut);
}

/**
 * strata_readme_markup_make_slug:
 * @heading: a heading
 *
 * Makes the name by which links inside a README lead to a heading, as the sites that show them do: in lower case, spaces
 * as hyphens, and of the rest only letters, digits, hyphens and underscores.
 *
 * Returns: (transfer full): the name, without "#"
 */
char *
strata_readme_markup_make_slug (cmark_node *heading)
{
  GString *slug = g_string_new (NULL);
  cmark_iter *iter = cmark_iter_new (heading);

  while (cmark_iter_next (iter) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (node);
      const char *text = type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ? cmark_node_get_literal (node) : "";

      for (const char *p = text; *p != '\0' && slug->len < 200; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          if (c == ' ')
            g_string_append_c (slug, '-');
          else if (g_unichar_isalnum (c) || c == '-' || c == '_')
            g_string_append_unichar (slug, g_unichar_tolower (c));
        }
    }

  cmark_iter_free (iter);

  return g_string_free (slug, FALSE);
}
