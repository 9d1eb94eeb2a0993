/* strata-store-resolve.c - which profile a person means
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-store.h"

#define MAX_CANDIDATES 8  /* as many as one sentence can name */

/* Whether @text is the name of @entry, or its name and version with `@` or a space between. */
static gboolean
is_meant (StrataEntry *entry,
          const char  *text)
{
  const char *name = strata_entry_get_name (entry);
  gsize length = strlen (name);

  if (g_str_equal (name, text))
    return TRUE;

  return g_str_has_prefix (text, name) && (text[length] == '@' || text[length] == ' ') &&
         g_str_equal (text + length + 1, strata_entry_get_version (entry));
}

/* Whether the two are one typing mistake apart: one character other, missing or too much, or only
 * the case.
 */
static gboolean
is_near (const char *a,
         const char *b)
{
  g_autofree char *one = g_utf8_casefold (a, -1);
  g_autofree char *other = g_utf8_casefold (b, -1);
  gsize one_length = strlen (one);
  gsize other_length = strlen (other);
  gsize same = 0;

  while (one[same] != '\0' && one[same] == other[same])
    same++;

  if (one_length == other_length)
    return one[same] == '\0' || g_str_equal (one + same + 1, other + same + 1);

  return (one_length == other_length + 1 && g_str_equal (one + same + 1, other + same)) ||
         (other_length == one_length + 1 && g_str_equal (one + same, other + same + 1));
}

static void
set_not_found (GPtrArray   *entries,
               const char  *text,
               GError     **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const char *name = strata_entry_get_name (g_ptr_array_index (entries, i));

      if (!is_near (name, text))
        continue;

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                   _("There is no profile “%s” on this computer; is it “%s” you mean?"), text,
                      name);
      return;
    }

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
               _("There is no profile “%s” on this computer"), text);
}

static void
set_ambiguous (GPtrArray   *found,
               const char  *text,
               GError     **error)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (found->len, MAX_CANDIDATES); i++)
    {
      StrataEntry *entry = g_ptr_array_index (found, i);

      g_string_append_printf (names, "%s%s %s (%s)", i > 0 ? ", " : "",
                              strata_entry_get_name (entry), strata_entry_get_version (entry),
                              strata_entry_get_id (entry));
    }

  if (found->len > MAX_CANDIDATES)
    g_string_append (names, ", …");

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“%s” can be more than one profile; give the id of one: %s"), text, names->str);
}

/**
 * strata_store_resolve:
 * @self: a store
 * @name_or_id: an id, the uid at the console, a name, or a name and a version as `name@1.0.0` or `name 1.0.0`
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, or a %STRATA_ERROR_INVALID that names
 *   all it can be
 *
 * Finds the one profile that is meant; not in the trash. Blocks.
 *
 * Returns: (transfer full) (nullable): its id, or %NULL with @error set
 */
char *
strata_store_resolve (StrataStore  *self,
                      const char   *name_or_id,
                      GError      **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && name_or_id != NULL, NULL);

  g_autoptr(GPtrArray) entries = strata_store_list (self, NULL, error);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  if (entries == NULL)
    return NULL;

  /* A profile that is at no console has no uid: an empty text, such as that of a variable nobody set, means none of them. */
  for (guint i = 0; *name_or_id != '\0' && i < entries->len; i++)
    {
      StrataEntry *entry = g_ptr_array_index (entries, i);

      if (g_str_equal (strata_entry_get_id (entry), name_or_id) ||
          g_str_equal (strata_entry_get_uid (entry), name_or_id))
        return g_strdup (strata_entry_get_id (entry));

      if (is_meant (entry, name_or_id))
        g_ptr_array_add (found, entry);
    }

  if (found->len == 1)
    return g_strdup (strata_entry_get_id (g_ptr_array_index (found, 0)));

  if (found->len == 0)
    set_not_found (entries, name_or_id, error);
  else
    set_ambiguous (found, name_or_id, error);

  return NULL;
}
