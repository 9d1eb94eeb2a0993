/* strata-ctl-catalog.c - stratactl registry: search, versions, show, fetch
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-ctl-print.h"
#include "strata-ctl-registry.h"
#include "strata-error.h"
#include "strata-index-query.h"
#include "strata-tarball.h"

#define MAX_HITS 1000  /* nobody reads more; who wants them all says more words */
#define STANDARD_OUTPUT "-"

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

static JsonObject *
describe_summary (StrataPackSummary *summary)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", strata_pack_summary_get_name (summary));
  json_object_set_string_member (object, "version", strata_pack_summary_get_version (summary));
  json_object_set_string_member (object, "kind", strata_layer_kind_to_string (strata_pack_summary_get_kind (summary)));
  set_text (object, "registry", strata_pack_summary_get_registry_name (summary));
  set_text (object, "appVersion", strata_pack_summary_get_app_version (summary));
  set_text (object, "description", strata_pack_summary_get_description (summary));
  json_object_set_boolean_member (object, "deprecated", strata_pack_summary_get_deprecated (summary));
  json_object_set_boolean_member (object, "gone", strata_pack_summary_get_gone_since (summary) > 0);

  return object;
}

static gboolean
print_summaries_json (GPtrArray *summaries,
                      GError   **error)
{
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; i < summaries->len; i++)
    json_array_add_object_element (array, describe_summary (summaries->pdata[i]));

  return strata_ctl_print_list (array, error);
}

/* In all registries of the list, as the window does it. */
static GPtrArray *
search (StrataRegistryList  *list,
        const char          *text,
        GError             **error)
{
  StrataIndex *index = strata_shelf_get_index (strata_registry_list_get_shelf (list));
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_ptr_array_add (ids, (gpointer) strata_registry_get_id (registry));
      g_ptr_array_add (names, (gpointer) strata_registry_get_name (registry));
    }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (names, NULL);

  const StrataIndexQuery query = {
    .text = text,
    .registry_ids = (const char *const *) ids->pdata,
    .registry_names = (const char *const *) names->pdata,
    .kind = STRATA_INDEX_ANY_KIND,
  };
  g_autoptr(StrataIndexMatches) matches = strata_index_search (index, &query, NULL, error);

  return matches != NULL ? strata_index_load_matches (index, matches, 0, MAX_HITS, NULL, error) : NULL;
}

static gboolean
run_search (StrataCtl *self,
            GError   **error)
{
  g_autofree char *text = g_strjoinv (" ", self->arguments);
  g_autoptr(StrataRegistryList) list = strata_ctl_open_registries (self, error);
  g_autoptr(GPtrArray) found = list != NULL ? search (list, text, error) : NULL;
  g_autoptr(StrataCtlTable) table =
    strata_ctl_table_new (_("REGISTRY"), _("NAME"), _("VERSION"), _("DESCRIPTION"), NULL);

  if (found == NULL)
    return FALSE;
  if (self->options.json)
    return print_summaries_json (found, error);

  for (guint i = 0; i < found->len; i++)
    strata_ctl_table_add (table, strata_pack_summary_get_registry_name (found->pdata[i]),
                          strata_pack_summary_get_name (found->pdata[i]),
                          strata_pack_summary_get_version (found->pdata[i]),
                          strata_pack_summary_get_description (found->pdata[i]), NULL);
  if (found->len > 0)
    strata_ctl_table_print (table);

  return TRUE;
}

static gboolean
run_versions (StrataCtl *self,
              GError   **error)
{
  g_autoptr(StrataCtlOffer) offer = strata_ctl_find_offer (self, self->arguments[0], error);
  g_autoptr(StrataCtlTable) table = strata_ctl_table_new (_("VERSION"), _("APPLICATION"), _("GONE SINCE"), NULL);

  if (offer == NULL)
    return FALSE;
  if (self->options.json)
    return print_summaries_json (offer->versions, error);

  for (guint i = 0; i < offer->versions->len; i++)
    {
      StrataPackSummary *summary = offer->versions->pdata[i];
      gint64 gone_since = strata_pack_summary_get_gone_since (summary);
      g_autofree char *gone = gone_since > 0 ? strata_ctl_show_time (gone_since) : g_strdup ("-");

      strata_ctl_table_add (table, strata_pack_summary_get_version (summary),
                            strata_pack_summary_get_app_version (summary), gone, NULL);
    }
  strata_ctl_table_print (table);

  return TRUE;
}

static StrataIndexEntry *
load_entry (StrataCtl       *self,
            StrataCtlOffer  *offer,
            GError         **error)
{
  g_autoptr(StrataRegistryList) list = strata_ctl_open_registries (self, error);

  if (list == NULL)
    return NULL;

  return strata_index_load_entry (strata_shelf_get_index (strata_registry_list_get_shelf (list)),
                                  strata_registry_get_id (offer->registry),
                                  strata_pack_summary_get_kind (offer->summary), offer->name,
                                  strata_pack_summary_get_version (offer->summary), NULL, error);
}

static void
set_list (JsonObject        *object,
          const char        *member,
          const char *const *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);

  json_object_set_array_member (object, member, array);
}

static JsonObject *
describe_entry (StrataCtlOffer   *offer,
                StrataIndexEntry *entry)
{
  JsonObject *object = describe_summary (offer->summary);
  const char *const answers[] = { "unknown", "no", "yes" };

  set_text (object, "registry", strata_registry_get_name (offer->registry));
  set_text (object, "description", entry->description);
  set_text (object, "type", entry->type);
  set_text (object, "kubeVersion", entry->kube_version);
  set_text (object, "created", entry->created);
  set_text (object, "sha256", entry->digest);
  set_text (object, "home", entry->home);
  json_object_set_string_member (object, "signed", answers[entry->is_signed]);
  set_list (object, "keywords", entry->keywords);
  set_list (object, "maintainers", entry->maintainers);
  set_list (object, "sources", entry->sources);

  return object;
}

static void
print_line (const char *label,
            const char *text)
{
  g_autofree char *shown = text != NULL && *text != '\0' ? strata_ctl_show_text (text) : NULL;

  if (shown != NULL)
    strata_ctl_print ("%s: %s\n", label, shown);
}

static void
print_entry (StrataCtlOffer   *offer,
             StrataIndexEntry *entry)
{
  g_autofree char *maintainers =
    entry->maintainers != NULL ? g_strjoinv (", ", (char **) entry->maintainers) : NULL;

  strata_ctl_print ("%s %s\n", offer->name, strata_pack_summary_get_version (offer->summary));
  print_line (_("Description"), entry->description);
  print_line (_("Registry"), strata_registry_get_name (offer->registry));
  print_line (_("Application"), entry->app_version);
  print_line (_("Type"), entry->type);
  print_line (_("Kubernetes"), entry->kube_version);
  print_line (_("Created"), entry->created);
  print_line (_("Maintainers"), maintainers);
  print_line (_("Page"), entry->home);
  print_line ("SHA-256", entry->digest);
}

static gboolean
run_show (StrataCtl *self,
          GError   **error)
{
  g_autoptr(StrataCtlOffer) offer = strata_ctl_find_offer (self, self->arguments[0], error);
  g_autoptr(StrataIndexEntry) entry = offer != NULL ? load_entry (self, offer, error) : NULL;

  if (entry == NULL)
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonObject) object = describe_entry (offer, entry);

      return strata_ctl_print_object (object, error);
    }

  print_entry (offer, entry);

  return TRUE;
}

/* A chart as the very bytes that came; a pack, which came as a folder or as some archive, as ours. */
static GBytes *
make_archive (StrataPack  *pack,
              const char  *top,
              GError     **error)
{
  GPtrArray *files = strata_pack_get_files (pack);

  if (strata_pack_get_kind (pack) == STRATA_LAYER_KIND_PACK)
    return strata_tarball_write (top, files, NULL, error);

  return g_bytes_ref (strata_blob_get_bytes (strata_file_get_content (files->pdata[0])));
}

/* The file that is asked for; its own name here, or in the folder that is asked for. */
static char *
choose_path (StrataCtl  *self,
             const char *name)
{
  if (self->options.output == NULL)
    return g_strdup (name);
  if (g_file_test (self->options.output, G_FILE_TEST_IS_DIR))
    return g_build_filename (self->options.output, name, NULL);

  return g_strdup (self->options.output);
}

static gboolean
write_archive (StrataCtl   *self,
               const char  *path,
               GBytes      *archive,
               GError     **error)
{
  gsize size;
  const char *data = g_bytes_get_data (archive, &size);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, archive);

  if (g_str_equal (path, STANDARD_OUTPUT))
    return strata_ctl_write (data, size, error);

  if (!strata_ctl_write_file (path, data, size, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonObject) object = json_object_new ();

      json_object_set_string_member (object, "path", path);
      json_object_set_int_member (object, "size", (gint64) size);
      json_object_set_string_member (object, "sha256", digest);

      return strata_ctl_print_object (object, error);
    }

  strata_ctl_print ("%s\nSHA-256 %s\n", path, digest);

  return TRUE;
}

static gboolean
run_fetch (StrataCtl *self,
           GError   **error)
{
  g_autoptr(StrataCtlOffer) offer = strata_ctl_find_offer (self, self->arguments[0], error);
  g_autoptr(StrataPack) pack = offer != NULL ? strata_ctl_fetch (self, offer, error) : NULL;

  if (pack == NULL)
    return FALSE;

  g_autofree char *top = g_strdup_printf ("%s-%s", strata_pack_get (pack, STRATA_PACK_NAME),
                                          strata_pack_get (pack, STRATA_PACK_VERSION));
  g_autofree char *name = g_strconcat (top, ".tgz", NULL);
  g_autofree char *path = choose_path (self, name);
  g_autoptr(GBytes) archive = make_archive (pack, top, error);
  GPtrArray *warnings = strata_pack_get_warnings (pack);

  for (guint i = 0; i < warnings->len; i++)
    strata_ctl_warn ("%s", (const char *) warnings->pdata[i]);

  return archive != NULL && write_archive (self, path, archive, error);
}

const StrataCtlCommand strata_ctl_catalog_commands[] = {
  { "registry", "search", N_("WORD…"), N_("Search what the registries offer; no network is used"), "", 1, G_MAXUINT,
    run_search },
  { "registry", "versions", N_("REGISTRY/NAME"), N_("List the versions of a pack or chart"), "", 1, 1, run_versions },
  { "registry", "show", N_("REGISTRY/NAME[@VERSION]"), N_("Show what is known of a pack or chart"), "", 1, 1,
    run_show },
  { "registry", "fetch", N_("REGISTRY/NAME[@VERSION]"), N_("Download a pack or chart, and check its bytes"),
    "output password-file", 1, 1, run_fetch },
  { NULL },
};
