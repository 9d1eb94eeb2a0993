/* strata-sandbox-host-routes.c - appliances of the sandbox console: registering, reporting, what they are to run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-host-routes"

#include <string.h>

#include "strata-json.h"
#include "strata-sandbox-archive.h"
#include "strata-sandbox-host.h"
#include "strata-sandbox-link.h"
#include "strata-sandbox-profile-json.h"
#include "strata-sandbox-routes.h"

#define MAX_UID 128
#define NOT_IN_UID "/?#&+%,$~!@*(){}|=;:<>'.^\" \n"
#define MAX_LINKS 100
#define WANTED "wantedProfile"  /* in the document of a host, for this console alone */

/* Returns: (transfer full) (nullable): the appliance that the path names; else @call has its answer */
static StrataSandboxHost *
open_host (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = strata_sandbox_host_load (call->site->db, call->captures[0]);

  if (host != NULL && (*call->project == '\0' || g_str_equal (host->project, call->project)))
    return g_steal_pointer (&host);

  strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Edge host %s was not found",
                            call->captures[0]);

  return NULL;
}

/* Saves what a request changed, and answers 204. What the appliance itself said counts as a sign of life. */
static void
close_host (StrataSandboxCall *call,
            StrataSandboxHost *host,
            gboolean           was_heard)
{
  if (was_heard)
    host->modified = strata_sandbox_now ();
  strata_sandbox_host_save (host, call->site->db);
  strata_sandbox_call_done (call);
}

static gboolean
check_uid (StrataSandboxCall *call,
           const char        *uid)
{
  if (*uid != '\0' && strlen (uid) <= MAX_UID && strpbrk (uid, NOT_IN_UID) == NULL)
    return TRUE;

  strata_sandbox_call_fail (call, 422, "InvalidEdgeHostUid",
                            "The uid of an edge host has from 1 to %d characters and none"
                            " of %s",
                            MAX_UID, "/ ? # & + % , $ ~ ! @ * ( ) { } | = ; : < > ' . ^ \"");

  return FALSE;
}

static void
set_labels (StrataSandboxHost *host,
            JsonObject        *metadata)
{
  JsonObject *labels = strata_json_get_object (metadata, "labels");

  if (labels == NULL)
    return;
  json_object_unref (host->labels);
  host->labels = strata_sandbox_json_dup_texts (labels);
}

/* An appliance is in a project, also when a person of the tenant registers it. */
static const char *
get_project (StrataSandboxCall *call)
{
  return *call->project != '\0' ? call->project : STRATA_SANDBOX_PROJECT_UID;
}

/* Registers in advance: the appliance is expected. */
static void
create (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  JsonObject *metadata = strata_json_get_object (body, "metadata");
  const char *uid = strata_json_get_string (metadata, "uid");

  if (body == NULL || !check_uid (call, uid))
    return;

  g_autoptr(StrataSandboxHost) there = strata_sandbox_host_load (call->site->db, uid);

  if (there != NULL)
    {
      strata_sandbox_call_fail (call, 409, "EdgeHostDeviceAlreadyExists",
                                "Edge host %s already exists", uid);
      return;
    }

  g_autoptr(StrataSandboxHost) host =
    strata_sandbox_host_new (get_project (call), uid, strata_json_get_string (metadata, "name"));

  set_labels (host, metadata);
  strata_sandbox_host_save (host, call->site->db);
  strata_sandbox_call_created (call, uid);
}

/* What the appliance says of itself, without what the console says to it. */
static void
set_document (StrataSandboxHost *host,
              JsonObject        *spec)
{
  static const char *const members[] = { "type", "version", "device", "host", NULL };
  static const char *const secrets[] = { "hostAuthToken", "hostPairingKey" };
  JsonObject *described;

  strata_sandbox_json_copy (host->document, spec, members);
  described = strata_json_get_object (host->document, "host");
  for (gsize i = 0; described != NULL && i < G_N_ELEMENTS (secrets); i++)
    if (json_object_has_member (described, secrets[i]))
      json_object_remove_member (described, secrets[i]);
  if (!json_object_has_member (host->document, "type"))
    json_object_set_string_member (host->document, "type", "edge-native");

  const char *arch = strata_json_get_string (strata_json_get_object (spec, "device"), "archType");

  if (*arch != '\0')
    strata_sandbox_set_text (&host->arch, arch);
}

/* An archive names the profile that it was made of; one of another console, or of none, is no reason not to
 * register.
 */
static void
link_first (StrataSandboxCall *call,
            StrataSandboxHost *host,
            JsonArray         *templates)
{
  g_autoptr(GPtrArray) profiles = g_ptr_array_new ();
  g_autoptr(GPtrArray) settings = g_ptr_array_new ();

  if (strata_sandbox_db_get_int (call->site->db, "SELECT count(*) FROM link WHERE host = ?", "s",
                                 host->uid) > 0)
    return;

  for (guint i = 0; i < strata_sandbox_json_get_length (templates) && i < MAX_LINKS; i++)
    {
      const char *uid = strata_json_get_string (strata_sandbox_json_get_item (templates, i), "uid");

      if (strata_sandbox_db_get_int (
            call->site->db, "SELECT count(*) FROM profile WHERE uid = ? AND project IN (?, '')",
            "ss", uid, host->project) == 0)
        continue;
      g_ptr_array_add (profiles, (gpointer) uid);
      g_ptr_array_add (settings, (gpointer) "{}");
    }
  g_ptr_array_add (profiles, NULL);
  g_ptr_array_add (settings, NULL);
  strata_sandbox_link_save (call->site->db, host->uid, (const char *const *) profiles->pdata,
                            (const char *const *) settings->pdata);
}

/* An archive that was made before the console knew the profile names it by name and version alone. That is kept until there is
 * such a profile.
 */
static void
set_wanted (StrataSandboxHost *host,
            JsonArray         *templates)
{
  JsonObject *template =
    strata_sandbox_json_get_length (templates) > 0 ? strata_sandbox_json_get_item (templates, 0) : NULL;

  if (json_object_has_member (host->document, WANTED))
    json_object_remove_member (host->document, WANTED);

  if (template == NULL || *strata_json_get_string (template, "uid") != '\0' ||
      *strata_json_get_string (template, "name") == '\0')
    return;

  JsonObject *wanted = json_object_new ();

  json_object_set_string_member (wanted, "name", strata_json_get_string (template, "name"));
  json_object_set_string_member (wanted, "version", strata_json_get_string (template, "profileVersion"));
  json_object_set_object_member (host->document, WANTED, wanted);
}

/* Links the appliance to the profile that it booted from, once that is published here; never when somebody chose another
 * one for it.
 */
static void
link_wanted (StrataSandboxCall *call,
             StrataSandboxHost *host)
{
  StrataSandboxDb *db = call->site->db;
  JsonObject *wanted = strata_json_get_object (host->document, WANTED);

  if (wanted == NULL)
    return;

  g_autofree char *uid = strata_sandbox_db_get_text (
    db,
    "SELECT uid FROM profile WHERE name = ? AND version = ? AND type = 'system' AND published IS NOT NULL"
    " AND project IN (?, '') ORDER BY project DESC",
    "sss", strata_json_get_string (wanted, "name"), strata_json_get_string (wanted, "version"), host->project);
  const char *const profiles[] = { uid, NULL };
  const char *const settings[] = { "{}", NULL };
  gboolean is_free =
    strata_sandbox_db_get_int (db, "SELECT count(*) FROM link WHERE host = ?", "s", host->uid) == 0;

  if (is_free && (uid == NULL || *uid == '\0'))
    return;

  if (is_free)
    strata_sandbox_link_save (db, host->uid, profiles, settings);
  json_object_remove_member (host->document, WANTED);
  strata_sandbox_host_save (host, db);
}

/* An appliance that lost the answer, or started anew, may register again; another machine of that name may not. */
static gboolean
is_another (StrataSandboxHost *host,
            JsonObject        *spec)
{
  const char *known =
    strata_json_get_string (strata_json_get_object (host->document, "host"), "macAddress");
  const char *given = strata_json_get_string (strata_json_get_object (spec, "host"), "macAddress");

  return !g_str_equal (host->state, "unpaired") && !g_str_equal (known, given);
}

static void
answer_registered (StrataSandboxCall *call,
                   StrataSandboxHost *host)
{
  JsonObject *reply = strata_sandbox_host_make_object (host, call->site, FALSE);

  json_object_set_string_member (strata_json_get_object (reply, "status"), "serviceAuthToken",
                                 host->token);
  strata_sandbox_call_answer (call, reply);
}

static void
register_host (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  JsonObject *metadata = strata_json_get_object (body, "metadata");
  JsonObject *spec = strata_json_get_object (body, "spec");
  const char *given = strata_json_get_string (strata_json_get_object (spec, "host"), "hostUid");
  const char *uid = *given != '\0' ? given : strata_json_get_string (metadata, "uid");

  if (body == NULL || !check_uid (call, uid))
    return;

  g_autoptr(StrataSandboxHost) host = strata_sandbox_host_load (call->site->db, uid);

  if (host != NULL && is_another (host, spec))
    {
      strata_sandbox_call_fail (call, 409, "EdgeHostDeviceAlreadyExists",
                                "Another machine is registered as %s; delete"
                                " that edge host first",
                                uid);
      return;
    }
  if (host == NULL)
    host =
      strata_sandbox_host_new (get_project (call), uid, strata_json_get_string (metadata, "name"));
  if (*host->token == '\0')
    {
      g_free (host->token);
      host->token = strata_sandbox_make_key ();
    }

  strata_sandbox_set_text (&host->state, "ready");
  strata_sandbox_host_note (
    host, strata_sandbox_event_new ("Normal", "Registered", "The appliance registered"));
  set_labels (host, metadata);
  set_document (host, spec);
  set_wanted (host, strata_json_get_array (spec, "clusterProfileTemplates"));
  host->modified = strata_sandbox_now ();
  strata_sandbox_host_save (host, call->site->db);
  link_first (call, host, strata_json_get_array (spec, "clusterProfileTemplates"));
  link_wanted (call, host);
  answer_registered (call, host);
}

static void
get (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);

  if (host != NULL && call->role != STRATA_SANDBOX_USER)
    link_wanted (call, host);

  if (host != NULL)
    strata_sandbox_call_answer (
      call, strata_sandbox_host_make_object (
              host, call->site,
              g_str_equal (strata_sandbox_call_get_query (call, "resolvePackValues"), "true")));
}

static void
update (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);
  JsonObject *body = host != NULL ? strata_sandbox_call_get_body (call) : NULL;

  if (body == NULL)
    return;

  if (g_str_equal (host->state, "unpaired"))
    {
      strata_sandbox_call_fail (call, 400, "EdgeHostDeviceNotRegistered",
                                "Edge host %s never registered", host->uid);
      return;
    }
  set_labels (host, strata_json_get_object (body, "metadata"));
  set_document (host, strata_json_get_object (body, "spec"));
  close_host (call, host, call->role != STRATA_SANDBOX_USER);
}

static void
update_meta (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);
  JsonObject *body = host != NULL ? strata_sandbox_call_get_body (call) : NULL;
  JsonObject *metadata = strata_json_get_object (body, "metadata");

  if (body == NULL)
    return;

  if (*strata_json_get_string (metadata, "name") != '\0')
    strata_sandbox_set_text (&host->name, strata_json_get_string (metadata, "name"));
  set_labels (host, metadata);
  close_host (call, host, FALSE);
}

static void
delete (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);

  if (host == NULL)
    return;

  strata_sandbox_db_run (call->site->db, "DELETE FROM link WHERE host = ?", "s", host->uid);
  strata_sandbox_db_run (call->site->db, "DELETE FROM event WHERE host = ?", "s", host->uid);
  strata_sandbox_db_run (call->site->db, "DELETE FROM fleet WHERE host = ?", "s", host->uid);
  strata_sandbox_db_run (call->site->db, "DELETE FROM host WHERE uid = ?", "s", host->uid);
  strata_sandbox_call_done (call);
}

static void
report_health (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);
  JsonObject *body = host != NULL ? strata_sandbox_call_get_body (call) : NULL;

  if (body == NULL)
    return;

  strata_sandbox_host_set_health (host, body);
  close_host (call, host, TRUE);
}

static void
report_packs (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);
  JsonObject *body = host != NULL ? strata_sandbox_call_get_body (call) : NULL;

  if (body == NULL)
    return;

  strata_sandbox_host_set_packs (host, strata_json_get_array (body, "packs"));
  close_host (call, host, TRUE);
}

static void
report_checksum (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);
  JsonObject *body = host != NULL ? strata_sandbox_call_get_body (call) : NULL;
  JsonObject *described = host != NULL ? strata_json_get_object (host->document, "host") : NULL;

  if (body == NULL)
    return;

  if (described != NULL)
    json_object_set_string_member (described, "hostChecksum",
                                   strata_json_get_string (body, "hostCheckSum"));
  close_host (call, host, TRUE);
}

/* The pairing key is used once and not kept. */
static void
set_pairing_key (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);

  if (host != NULL && strata_sandbox_call_get_body (call) != NULL)
    strata_sandbox_call_done (call);
}

static void
get_config (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);

  if (host != NULL)
    strata_sandbox_call_answer_list (call, "clusterUids", json_array_new ());
}

static void
download (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxHost) host = open_host (call);
  g_autoptr(GPtrArray) links =
    host != NULL ? strata_sandbox_link_load (call->site->db, host->uid) : NULL;

  if (links != NULL && links->len > 0)
    {
      StrataSandboxLink *link = links->pdata[0];

      strata_sandbox_archive_answer (call, link->profile, link->packs, link->variables);
    }
  else if (links != NULL)
    strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Edge host %s is linked to no profile",
                              host->uid);
}

const StrataSandboxRoute strata_sandbox_host_routes[] = {
  { "POST", "/v1/edgehosts", STRATA_SANDBOX_USERS, create },
  { "POST", "/v1/edgehosts/register", STRATA_SANDBOX_DEVICES, register_host },
  { "GET", "/v1/edgehosts/{}", STRATA_SANDBOX_DEVICES, get },
  { "PUT", "/v1/edgehosts/{}", STRATA_SANDBOX_DEVICES, update },
  { "DELETE", "/v1/edgehosts/{}", STRATA_SANDBOX_USERS, delete },
  { "GET", "/v1/edgehosts/{}/config", STRATA_SANDBOX_DEVICES, get_config },
  { "PUT", "/v1/edgehosts/{}/meta", STRATA_SANDBOX_USERS, update_meta },
  { "PATCH", "/v1/edgehosts/{}/health", STRATA_SANDBOX_DEVICES, report_health },
  { "PATCH", "/v1/edgehosts/{}/hostCheckSum", STRATA_SANDBOX_DEVICES, report_checksum },
  { "PATCH", "/v1/edgehosts/{}/hostPairingKey", STRATA_SANDBOX_USERS, set_pairing_key },
  { "PATCH", "/v1/edgehosts/{}/packs/status", STRATA_SANDBOX_DEVICES, report_packs },
  { "GET", "/v1/edgehosts/{}/spc/download", STRATA_SANDBOX_DEVICES, download },
  { NULL },
};
