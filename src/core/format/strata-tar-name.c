/* strata-tar-name.c - which names an archive may hold, and how a name from a stranger is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-tar-name"

#include "strata-tar-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-tarball.h"

#define MAX_SHOWN 120  /* bytes of a name that an error message repeats */

/* Control characters (C0, DEL, C1), line and paragraph separators, and everything that turns the direction of text. */
static gboolean
is_treacherous (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/**
 * strata_tar_name_show:
 * @name: a name of any bytes
 *
 * Writes a name so that it can stand in a message or on a terminal: what is not UTF-8, a control character or a
 * direction mark is spelled out (`\x1b`, `\u202e`), and a very long name is cut.
 *
 * Returns: (transfer full): valid UTF-8 on one line
 */
char *
strata_tar_name_show (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  GString *shown = g_string_new (NULL);

  while (*name != '\0' && shown->len < MAX_SHOWN)
    {
      gunichar c = g_utf8_get_char_validated (name, -1);
      gboolean is_valid = c != (gunichar) -1 && c != (gunichar) -2;

      if (!is_valid || (c < 0x80 && is_treacherous (c)))
        g_string_append_printf (shown, "\\x%02x", (guint) (guchar) *name);
      else if (is_treacherous (c))
        g_string_append_printf (shown, "\\u%04x", c);
      else
        g_string_append_unichar (shown, c);

      name = is_valid ? g_utf8_next_char (name) : name + 1;
    }

  if (*name != '\0')
    g_string_append (shown, "…");

  return g_string_free (shown, FALSE);
}

static const char *
find_wrong_character (const char *name)
{
  if (!g_utf8_validate (name, -1, NULL))
    return _("its name is not UTF-8");

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (is_treacherous (g_utf8_get_char (p)))
        return _("its name has a control or direction character");

      if (*p == '\\')
        return _("its name has a backslash");
    }

  return NULL;
}

static const char *
find_wrong_part (const char *name)
{
  g_auto(GStrv) parts = g_strsplit (name, "/", -1);
  guint n_parts = g_strv_length (parts);

  /* A folder's name ends in a slash. */
  if (n_parts > 1 && *parts[n_parts - 1] == '\0')
    n_parts--;

  if (n_parts > STRATA_TARBALL_MAX_NESTING)
    return _("it is nested too deep");

  for (guint i = 0; i < n_parts; i++)
    {
      if (*parts[i] == '\0')
        return _("its name has an empty part");

      if (g_str_equal (parts[i], ".") || g_str_equal (parts[i], ".."))
        return _("its name has “.” or “..” as a part");
    }

  return NULL;
}

static const char *
find_wrong (const char *name)
{
  const char *wrong;

  if (*name == '\0')
    return _("it has no name");

  if (strlen (name) > STRATA_TARBALL_MAX_PATH)
    return _("its name is longer than 1,024 bytes");

  if ((wrong = find_wrong_character (name)) != NULL)
    return wrong;

  if (*name == '/')
    return _("its name is absolute");

  if (g_ascii_isalpha (name[0]) && name[1] == ':')
    return _("its name starts with a drive letter");

  return find_wrong_part (name);
}

/**
 * strata_tar_name_check:
 * @name: the whole path of an archive entry, NUL-terminated, of any bytes
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Checks that a path can only mean a place inside the folder it is unpacked in, on every system, and that it is
 * shown as what it is.
 *
 * Returns: whether @name may be used
 */
gboolean
strata_tar_name_check (const char  *name,
                       GError     **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  const char *wrong = find_wrong (name);

  if (wrong == NULL)
    return TRUE;

  g_autofree char *shown = strata_tar_name_show (name);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               /* Translators: the name of an archive entry, then what is wrong with it */
               _("The archive entry “%s” is refused: %s"), shown, wrong);

  return FALSE;
}

/**
 * strata_tar_name_begin_utf8:
 *
 * Makes names UTF-8 for this thread, whatever the person's language: libarchive converts them by the thread's locale.
 * Messages keep their language.
 *
 * Returns: what to hand to strata_tar_name_end_utf8()
 */
locale_t
strata_tar_name_begin_utf8 (void)
{
  locale_t same = duplocale (uselocale ((locale_t) 0));
  locale_t utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", same);

  return uselocale (utf8 != (locale_t) 0 ? utf8 : same);
}

/**
 * strata_tar_name_end_utf8:
 * @before: what strata_tar_name_begin_utf8() returned in this thread
 *
 * Gives the thread its own locale back.
 */
void
strata_tar_name_end_utf8 (locale_t before)
{
  locale_t ours = uselocale ((locale_t) 0);

  uselocale (before);
  freelocale (ours);
}
