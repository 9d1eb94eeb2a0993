/* strata-sandbox-seed.c - what a new sandbox console has for a start
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-seed"

#include "strata-sandbox-seed.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-json.h"
#include "strata-load.h"
#include "strata-sandbox-import.h"
#include "strata-sandbox-seed-hosts.h"

#define MAX_PROFILE (1024 * 1024)
#define DONE "seeded"
#define DRAFT ".draft.yaml"

/* @call stands for a request of the person. */
static StrataSandboxCall *
make_call (StrataSandboxSite *site)
{
  StrataSandboxCall *call = g_new0 (StrataSandboxCall, 1);

  call->site = site;
  call->role = STRATA_SANDBOX_USER;
  call->project = g_strdup (STRATA_SANDBOX_PROJECT_UID);

  return call;
}

static gboolean
set_bad (GError     **error,
         const char  *path,
         const char  *why)
{
  g_autofree char *shown = g_filename_display_name (path);

  /* Translators: the first is a file, the second a reason in English */
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("The example in %s cannot be used: %s"), shown, why);

  return FALSE;
}

static char *
get_message (StrataSandboxCall *call)
{
  gsize size;
  const char *text = g_bytes_get_data (call->reply, &size);
  g_autofree char *copy = g_strndup (text, size);
  g_autoptr(JsonObject) reply = strata_sandbox_json_read_object (copy);

  return g_strdup (strata_json_get_string (reply, "message"));
}

static gboolean
add_profile (StrataSandboxSite  *site,
             const char         *path,
             GError            **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = strata_load_bytes (file, MAX_PROFILE, NULL, error);
  g_autoptr(StrataSandboxCall) call = make_call (site);

  if (bytes == NULL)
    return FALSE;

  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr(JsonNode) node = strata_json_from_yaml (text, (gssize) size, error);

  if (node == NULL)
    return FALSE;

  g_autoptr(StrataSandboxProfile) profile =
    JSON_NODE_HOLDS_OBJECT (node)
      ? strata_sandbox_import_profile (call, json_node_get_object (node))
      : NULL;

  if (profile == NULL)
    {
      g_autofree char *why = call->reply != NULL ? get_message (call) : g_strdup ("no profile");

      return set_bad (error, path, why);
    }
  if (!g_str_has_suffix (path, DRAFT))
    strata_sandbox_profile_publish (profile);
  strata_sandbox_profile_save (profile, site->db, site->catalog);

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their names, so that the older version is the one that was there first. */
static gboolean
add_profiles (StrataSandboxSite  *site,
              const char         *folder,
              GError            **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                   _("The profiles of the example cannot be read in %s: say with --content where the example is"),
                   folder);
      return FALSE;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".yaml"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_names);

  for (guint i = 0; i < paths->len; i++)
    if (!add_profile (site, paths->pdata[i], error))
      return FALSE;

  return TRUE;
}

/* Copies of one of the example, made by the database: thousands of them take a moment only. */
static void
add_copies (StrataSandboxSite *site,
            guint              n_profiles)
{
  strata_sandbox_db_run (
    site->db,
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
    " INSERT INTO profile (uid, project, name, version, type, cloud, annotations, labels, created, "
    "modified, revision,"
    " draft, draft_summary, variables, published, published_summary, published_variables)"
    " SELECT printf ('5eed%020x', i), project, printf ('site-%05d', i), version, type, cloud, "
    "annotations, labels,"
    " created, modified - i * 1000, revision, draft, draft_summary, variables, published, "
    "published_summary,"
    " published_variables FROM n, (SELECT * FROM profile WHERE published IS NOT NULL AND type = "
    "'system'"
    " ORDER BY length (published) LIMIT 1)",
    "i", (gint64) n_profiles);
}

/* Fills a console that has nothing, and never had: with profiles, copies of one, and simulated appliances. */
gboolean
strata_sandbox_seed_demo (StrataSandboxSite  *site,
                          const char         *content_dir,
                          guint               n_appliances,
                          guint               n_profiles,
                          GError            **error)
{
  g_autofree char *folder = g_build_filename (content_dir, "profiles", NULL);

  if (strata_sandbox_db_get_int (site->db, "SELECT count(*) FROM state WHERE name = '" DONE "'",
                                 "") > 0 ||
      strata_sandbox_db_get_int (site->db, "SELECT count(*) FROM profile", "") > 0)
    return TRUE;

  strata_sandbox_db_begin (site->db);

  gboolean is_done = add_profiles (site, folder, error);

  if (is_done && n_profiles > 0)
    add_copies (site, n_profiles);
  if (is_done)
    {
      strata_sandbox_seed_hosts (site, n_appliances);
      strata_sandbox_db_set_state (site->db, DONE, "demo");
    }

  return strata_sandbox_db_end (site->db, is_done, is_done ? error : NULL) && is_done;
}
