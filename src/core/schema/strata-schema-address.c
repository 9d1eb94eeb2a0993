/* strata-schema-address.c - an address seen from another, RFC 3986, section 5.2; nothing is ever fetched from it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

#include <string.h>

/* Bytes of the scheme with its colon; 0 when there is none. */
static gsize
find_scheme (const char *address)
{
  gsize length = 0;

  if (!g_ascii_isalpha (*address))
    return 0;

  while (g_ascii_isalnum (address[length]) || strchr ("+-.", address[length]) != NULL)
    {
      if (address[length] == '\0')
        return 0;
      length++;
    }

  return address[length] == ':' ? length + 1 : 0;
}

/* Bytes of what stands before the path: the scheme, and `//` with the host. */
static gsize
find_path (const char *address)
{
  gsize start = find_scheme (address);

  if (!g_str_has_prefix (address + start, "//"))
    return start;

  return start + 2 + strcspn (address + start + 2, "/?");
}

/* Takes `.` and `..` out of a path; above its top there is nothing. */
static void
append_path (GString    *text,
             const char *path)
{
  gsize length = strcspn (path, "?");
  g_autofree char *bare = g_strndup (path, length);
  g_auto(GStrv) steps = g_strsplit (bare, "/", -1);
  g_autoptr(GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; steps[i] != NULL; i++)
    {
      gboolean is_up = g_str_equal (steps[i], ".."), is_last = steps[i + 1] == NULL;

      if (is_up && kept->len > 1)
        g_ptr_array_set_size (kept, (int) kept->len - 1);
      if (!is_up && !g_str_equal (steps[i], "."))
        g_ptr_array_add (kept, steps[i]);
      else if (is_last)
        g_ptr_array_add (kept, (gpointer) "");
    }

  g_ptr_array_add (kept, NULL);

  g_autofree char *joined = g_strjoinv ("/", (char **) kept->pdata);

  g_string_append (text, joined);
  g_string_append (text, path + length);
}

/* @address as it is meant in a document at @base; neither with a fragment. */
char *
strata_schema_resolve (const char *base,
                       const char *address)
{
  gsize start = find_path (base);
  const char *path = base + start;

  if (*address == '\0')
    return g_strdup (base);
  if (*base == '\0' || find_scheme (address) > 0)
    return g_strdup (address);

  if (g_str_has_prefix (address, "//"))
    {
      g_autofree char *scheme = g_strndup (base, find_scheme (base));

      return g_strconcat (scheme, address, NULL);
    }

  GString *text = g_string_new_len (base, (gssize) start);
  g_autofree char *folder = g_strndup (path, strcspn (path, "?"));
  char *slash = strrchr (folder, '/');

  if (*address == '?')
    {
      g_string_append_printf (text, "%s%s", folder, address);
      return g_string_free (text, FALSE);
    }

  if (slash != NULL)
    slash[1] = '\0';

  g_autofree char *joined = *address == '/' ? g_strdup (address)
                            : g_strconcat (slash != NULL ? folder : (start > find_scheme (base) ? "/" : ""),
                                           address, NULL);

  append_path (text, joined);

  return g_string_free (text, FALSE);
}
