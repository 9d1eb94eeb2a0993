/* strata-ctl-archive.c - stratactl archive: verify, list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include <glib/gi18n.h>

#include "strata-archive.h"
#include "strata-ctl-print.h"
#include "strata-ctl.h"

static StrataArchive *
load_archive (StrataCtl *self,
              GError   **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (self->arguments[0]);

  return strata_archive_load (file, NULL, error);
}

static JsonObject *
describe_archive (StrataArchive *archive)
{
  StrataProfile *profile = strata_archive_get_profile (archive);
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "valid", TRUE);
  json_object_set_string_member (object, "sha256", strata_archive_get_digest (archive));
  json_object_set_string_member (object, "name", strata_profile_get_name (profile));
  json_object_set_string_member (object, "version", strata_profile_get_version (profile));
  json_object_set_int_member (object, "layers", strata_profile_get_n_layers (profile));
  json_object_set_int_member (object, "files", strata_archive_get_files (archive)->len);

  return object;
}

static gboolean
run_verify (StrataCtl *self,
            GError   **error)
{
  g_autoptr(StrataArchive) archive = load_archive (self, error);

  if (archive == NULL)
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonObject) object = describe_archive (archive);

      return strata_ctl_print_object (object, error);
    }

  StrataProfile *profile = strata_archive_get_profile (archive);

  strata_ctl_print (_("%s %s: %u layers in %u files, every digest is right\n"),
                       strata_profile_get_name (profile), strata_profile_get_version (profile),
                       strata_profile_get_n_layers (profile),
                       strata_archive_get_files (archive)->len);
  strata_ctl_print ("SHA-256 %s\n", strata_archive_get_digest (archive));

  return TRUE;
}

static gboolean
print_files_json (GPtrArray *files,
                  GError   **error)
{
  g_autoptr(JsonArray) list = json_array_new ();

  for (guint i = 0; i < files->len; i++)
    {
      StrataBlob *content = strata_file_get_content (files->pdata[i]);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "path", strata_file_get_path (files->pdata[i]));
      json_object_set_int_member (object, "size", (gint64) strata_blob_get_size (content));
      json_object_set_string_member (object, "sha256", strata_blob_get_digest (content));
      json_array_add_object_element (list, object);
    }

  return strata_ctl_print_list (list, error);
}

static gboolean
run_list (StrataCtl *self,
          GError   **error)
{
  g_autoptr(StrataArchive) archive = load_archive (self, error);

  if (archive == NULL)
    return FALSE;

  GPtrArray *files = strata_archive_get_files (archive);
  g_autoptr(StrataCtlTable) table = strata_ctl_table_new (_("SIZE"), _("FILE"), NULL);

  if (self->options.json)
    return print_files_json (files, error);

  for (guint i = 0; i < files->len; i++)
    {
      gsize size = strata_blob_get_size (strata_file_get_content (files->pdata[i]));
      g_autofree char *shown = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);

      strata_ctl_table_add (table, shown, strata_file_get_path (files->pdata[i]), NULL);
    }

  strata_ctl_table_print (table);

  return TRUE;
}

const StrataCtlCommand strata_ctl_archive_commands[] = {
  { "archive", "verify", N_("FILE"), N_("Check every digest of a profile archive"), "", 1, 1, run_verify },
  { "archive", "list", N_("FILE"), N_("List what is in a profile archive"), "", 1, 1, run_list },
  { NULL },
};
