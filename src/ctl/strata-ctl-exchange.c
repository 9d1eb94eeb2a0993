/* strata-ctl-exchange.c - stratactl profile: import, export, download, diff, merge
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-archive.h"
#include "strata-ctl-diff.h"
#include "strata-ctl-merge.h"
#include "strata-ctl-print.h"
#include "strata-ctl.h"
#include "strata-error.h"
#include "strata-palette.h"

#define STANDARD_OUTPUT "-"

static gboolean
run_import (StrataCtl *self,
            GError   **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (self->arguments[0]);
  g_autoptr(StrataProfile) profile = strata_profile_import (file, NULL, error);
  g_autoptr(StrataProfile) saved = NULL;

  if (profile != NULL && strata_ctl_check_free (self, profile, error))
    saved = strata_ctl_save (self, profile, STRATA_REASON_IMPORT, error);

  if (saved == NULL)
    return FALSE;

  if (!self->options.json)
    {
      strata_ctl_print ("%s\n", strata_profile_get_id (saved));
      return TRUE;
    }

  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "id", strata_profile_get_id (saved));
  json_object_set_string_member (object, "name", strata_profile_get_name (saved));
  json_object_set_string_member (object, "version", strata_profile_get_version (saved));
  json_object_set_int_member (object, "layers", strata_profile_get_n_layers (saved));

  return strata_ctl_print_object (object, error);
}

static gboolean
print_written (StrataCtl   *self,
               const char  *path,
               const void  *data,
               gsize        size,
               GError     **error)
{
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr(JsonObject) object = json_object_new ();

  if (!self->options.json)
    {
      strata_ctl_print ("%s  %s\n", digest, shown);
      return TRUE;
    }

  json_object_set_string_member (object, "path", shown);
  json_object_set_int_member (object, "size", (gint64) size);
  json_object_set_string_member (object, "sha256", digest);

  return strata_ctl_print_object (object, error);
}

static gboolean
parse_format (const char          *text,
              StrataPaletteFormat *format,
              GError             **error)
{
  *format = g_strcmp0 (text, "yaml") == 0 ? STRATA_PALETTE_YAML : STRATA_PALETTE_JSON;

  if (text == NULL || g_str_equal (text, "json") || g_str_equal (text, "yaml"))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("“%s” is not a format: choose json or yaml"), text);

  return FALSE;
}

static gboolean
run_export (StrataCtl *self,
            GError   **error)
{
  const char *path = self->options.output != NULL ? self->options.output : STANDARD_OUTPUT;
  StrataPaletteFormat format;

  if (!parse_format (self->options.format, &format, error))
    return FALSE;

  g_autoptr(StrataProfile) profile = strata_ctl_load (self, self->arguments[0], error);

  if (profile == NULL)
    return FALSE;

  g_autofree char *text = strata_palette_write (profile, format);
  gsize size = strlen (text);

  strata_ctl_warn_masked (profile);

  if (g_str_equal (path, STANDARD_OUTPUT))
    return strata_ctl_write (text, size, error);

  return strata_ctl_write_file (path, text, size, error) && print_written (self, path, text, size, error);
}

/* The file that is asked for; its own name here, or in the folder that is asked for. */
static char *
choose_path (StrataCtl     *self,
             StrataProfile *profile)
{
  g_autofree char *name = strata_archive_make_name (profile);

  if (self->options.output == NULL)
    return g_steal_pointer (&name);

  if (g_file_test (self->options.output, G_FILE_TEST_IS_DIR))
    return g_build_filename (self->options.output, name, NULL);

  return g_strdup (self->options.output);
}

/* The profile as its console knows it, where it has one: an appliance links to it by that. */
static StrataProfile *
load_as_known (StrataCtl *self,
               GError   **error)
{
  g_autoptr(StrataProfile) profile = strata_ctl_load (self, self->arguments[0], error);
  g_autoptr(GPtrArray) entries =
    profile != NULL ? strata_store_list (strata_ctl_get_store (self, NULL), NULL, error) : NULL;

  if (entries == NULL)
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const char *uid = strata_entry_get_uid (entries->pdata[i]);

      if (g_str_equal (strata_entry_get_id (entries->pdata[i]), strata_profile_get_id (profile)) && *uid != '\0')
        return strata_profile_with (profile, STRATA_PROFILE_UID, uid);
    }

  return g_steal_pointer (&profile);
}

static gboolean
run_download (StrataCtl *self,
              GError   **error)
{
  g_autoptr(StrataProfile) profile = load_as_known (self, error);
  g_autoptr(GBytes) bytes = profile != NULL ? strata_archive_build (profile, NULL, error) : NULL;

  if (bytes == NULL)
    return FALSE;

  g_autofree char *path = choose_path (self, profile);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  strata_ctl_warn_masked (profile);

  if (g_str_equal (path, STANDARD_OUTPUT))
    return strata_ctl_write (data, size, error);

  return strata_ctl_write_file (path, data, size, error) && print_written (self, path, data, size, error);
}

/* A profile of the store, or else one in a file. */
static StrataProfile *
load_either (StrataCtl  *self,
             const char *text,
             GError    **error)
{
  g_autoptr(GError) reason = NULL;
  StrataProfile *profile = strata_ctl_load (self, text, &reason);

  if (profile == NULL && g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND) &&
      g_file_test (text, G_FILE_TEST_EXISTS))
    {
      g_autoptr(GFile) file = g_file_new_for_commandline_arg (text);

      return strata_profile_import (file, NULL, error);
    }

  if (profile == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));

  return profile;
}

static gboolean
run_diff (StrataCtl *self,
          GError   **error)
{
  g_autoptr(StrataProfile) old_profile = load_either (self, self->arguments[0], error);
  g_autoptr(StrataProfile) new_profile =
    old_profile != NULL ? load_either (self, self->arguments[1], error) : NULL;

  if (new_profile == NULL)
    return FALSE;

  if (self->options.json)
    return strata_ctl_diff_print_json (old_profile, new_profile, error);

  strata_ctl_diff_print (old_profile, new_profile);

  return TRUE;
}

static gboolean
write_merged (StrataCtl            *self,
              StrataProfile        *profile,
              StrataPaletteFormat   format,
              GError              **error)
{
  const char *path = self->options.output != NULL ? self->options.output : STANDARD_OUTPUT;
  g_autofree char *text = strata_palette_write (profile, format);
  gsize size = strlen (text);

  strata_ctl_warn_masked (profile);

  return g_str_equal (path, STANDARD_OUTPUT) ? strata_ctl_write (text, size, error)
                                             : strata_ctl_write_file (path, text, size, error);
}

/* Writes nothing while there is a conflict: what would be written was half of what each side wanted. */
static gboolean
run_merge (StrataCtl *self,
           GError   **error)
{
  StrataPaletteFormat format;

  if (!parse_format (self->options.format, &format, error))
    return FALSE;

  g_autoptr(StrataProfile) base = load_either (self, self->arguments[0], error);
  g_autoptr(StrataProfile) mine = base != NULL ? load_either (self, self->arguments[1], error) : NULL;
  g_autoptr(StrataProfile) theirs = mine != NULL ? load_either (self, self->arguments[2], error) : NULL;

  if (theirs == NULL)
    return FALSE;

  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  guint n_open = strata_merge_get_n_open (merge);

  if (self->options.json && !strata_ctl_merge_print_json (merge, error))
    return FALSE;

  if (n_open == 0)
    return (self->options.json && self->options.output == NULL) ||
           write_merged (self, strata_merge_get_profile (merge), format, error);

  if (!self->options.json)
    strata_ctl_merge_print (merge);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
               ngettext ("%u conflict: both sides changed one place; decide it and merge again",
                         "%u conflicts: both sides changed one place; decide them and merge again", n_open), n_open);

  return FALSE;
}

const StrataCtlCommand strata_ctl_exchange_commands[] = {
  { "profile", "import", N_("FILE"), N_("Import an archive, JSON or YAML, and print the id"), "", 1, 1,
    run_import },
  { "profile", "export", N_("ID"), N_("Export as the console imports it"), "format output", 1, 1, run_export },
  { "profile", "download", N_("ID"), N_("Build the archive that appliances start from"), "output", 1, 1,
    run_download },
  { "profile", "diff", N_("ID|FILE ID|FILE"), N_("Compare by layer, by path, by line"), "", 2, 2, run_diff },
  { "profile", "merge", N_("BASE MINE THEIRS"), N_("Merge two changes of a profile, or list the conflicts"),
    "format output", 3, 3, run_merge },
  { NULL },
};
