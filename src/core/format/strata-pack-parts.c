/* strata-pack-parts.c - what reading a pack and reading a chart have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack-parts"

#include "strata-pack-parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-names.h"

#define MAX_VERSION 256  /* the longest in 30,811 real ones has 70 */

/**
 * strata_pack_parts_find:
 * @files: (element-type StrataFile): files
 * @path: a path, exactly
 *
 * Returns: (transfer none) (nullable): the file of that path
 */
StrataFile *
strata_pack_parts_find (GPtrArray  *files,
                        const char *path)
{
  for (guint i = 0; i < files->len; i++)
    {
      StrataFile *file = g_ptr_array_index (files, i);

      if (g_str_equal (strata_file_get_path (file), path))
        return file;
    }

  return NULL;
}

/**
 * strata_pack_parts_get_text:
 * @files: (element-type StrataFile): files
 * @path: a path, exactly
 * @warnings: (element-type utf8): gets a sentence when the file is no text
 *
 * Returns: (transfer none): the text of the file, "" when there is none or it is not UTF-8
 */
const char *
strata_pack_parts_get_text (GPtrArray  *files,
                            const char *path,
                            GPtrArray  *warnings)
{
  StrataFile *file = strata_pack_parts_find (files, path);

  if (file == NULL)
    return "";

  StrataBlob *content = strata_file_get_content (file);

  if (!g_utf8_validate_len (strata_blob_get_text (content), strata_blob_get_size (content), NULL))
    {
      g_ptr_array_add (warnings, g_strdup_printf (_("%s is not valid UTF-8 and was left aside"), path));
      return "";
    }

  return strata_blob_get_text (content);
}

/**
 * strata_pack_parts_get_readme:
 * @files: (element-type StrataFile): files
 * @warnings: (element-type utf8): gets a sentence when the README is no text
 *
 * Returns: (transfer none): the text of the README at the top, however its name is written, or ""
 */
const char *
strata_pack_parts_get_readme (GPtrArray *files,
                              GPtrArray *warnings)
{
  const char *const names[] = { "readme.md", "readme.markdown", "readme.txt", "readme" };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    for (guint i = 0; i < files->len; i++)
      {
        const char *path = strata_file_get_path (g_ptr_array_index (files, i));

        if (g_ascii_strcasecmp (path, names[n]) == 0)
          return strata_pack_parts_get_text (files, path, warnings);
      }

  return "";
}

/**
 * strata_pack_parts_check_name:
 * @name: what a pack or chart calls itself
 * @place: where it says so, translated
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Checks that a layer can have the name: it becomes part of paths.
 *
 * Returns: whether it can
 */
gboolean
strata_pack_parts_check_name (const char  *name,
                              const char  *place,
                              GError     **error)
{
  if (strata_name_check_layer (name, error))
    return TRUE;

  g_prefix_error (error, _("%s: "), place);

  return FALSE;
}

/**
 * strata_pack_parts_check_version:
 * @version: what version a pack or chart says it is
 * @place: where it says so, translated
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Checks only that the version is a plain word, because it becomes part of paths; real ones are not always SemVer.
 *
 * Returns: whether it is
 */
gboolean
strata_pack_parts_check_version (const char  *version,
                                 const char  *place,
                                 GError     **error)
{
  gsize length = strspn (version, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._+-");

  if (g_ascii_isalnum (version[0]) && version[length] == '\0' && length <= MAX_VERSION)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("%s: “%.60s” is not a version: use letters, digits and . _ + -, at most %d"),
               place, version, MAX_VERSION);

  return FALSE;
}
