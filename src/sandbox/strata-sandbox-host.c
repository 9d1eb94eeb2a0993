/* strata-sandbox-host.c - one appliance as the sandbox console keeps it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-host"

#include "strata-sandbox-host.h"

#include "strata-json.h"
#include "strata-sandbox-behind.h"

#define MAX_PACKS 1000

static GPtrArray *
make_events (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) strata_sandbox_event_free);
}

/* Returns: (transfer full): an appliance that is not saved yet and never called */
StrataSandboxHost *
strata_sandbox_host_new (const char *project,
                         const char *uid,
                         const char *name)
{
  StrataSandboxHost *self = g_new0 (StrataSandboxHost, 1);

  self->uid = g_strdup (uid);
  self->project = g_strdup (project);
  self->name = g_strdup (*name != '\0' ? name : uid);
  self->state = g_strdup ("unpaired");
  self->health = g_strdup ("");
  self->arch = g_strdup ("amd64");
  self->labels = json_object_new ();
  self->created = strata_sandbox_now ();
  self->modified = self->created;
  self->token = g_strdup ("");
  self->document = json_object_new ();
  self->packs = json_array_new ();
  self->events = make_events ();

  return self;
}

void
strata_sandbox_host_free (StrataSandboxHost *self)
{
  g_free (self->uid);
  g_free (self->project);
  g_free (self->name);
  g_free (self->state);
  g_free (self->health);
  g_free (self->arch);
  g_clear_pointer (&self->labels, json_object_unref);
  g_free (self->token);
  g_clear_pointer (&self->document, json_object_unref);
  g_clear_pointer (&self->packs, json_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self);
}

/* Returns: (transfer full) (nullable): the appliance of that uid, of whatever project */
StrataSandboxHost *
strata_sandbox_host_load (StrataSandboxDb *db,
                          const char      *uid)
{
  g_autoptr(sqlite3_stmt) row =
    strata_sandbox_db_query (db,
                             "SELECT uid, project, name, state, health, arch, labels, created, "
                             "modified, token, document, packs FROM host"
                             " WHERE uid = ?",
                             "s", uid);

  if (!strata_sandbox_db_next (db, row))
    return NULL;

  StrataSandboxHost *self = g_new0 (StrataSandboxHost, 1);

  self->uid = g_strdup (strata_sandbox_db_column (row, 0));
  self->project = g_strdup (strata_sandbox_db_column (row, 1));
  self->name = g_strdup (strata_sandbox_db_column (row, 2));
  self->state = g_strdup (strata_sandbox_db_column (row, 3));
  self->health = g_strdup (strata_sandbox_db_column (row, 4));
  self->arch = g_strdup (strata_sandbox_db_column (row, 5));
  self->labels = strata_sandbox_json_read_object (strata_sandbox_db_column (row, 6));
  self->created = sqlite3_column_int64 (row, 7);
  self->modified = sqlite3_column_int64 (row, 8);
  self->token = g_strdup (strata_sandbox_db_column (row, 9));
  self->document = strata_sandbox_json_read_object (strata_sandbox_db_column (row, 10));
  self->packs = strata_sandbox_json_read_array (strata_sandbox_db_column (row, 11));
  self->events = make_events ();

  return self;
}

/* Remembers @event, which is taken, until the next strata_sandbox_host_save(). */
void
strata_sandbox_host_note (StrataSandboxHost  *self,
                          StrataSandboxEvent *event)
{
  g_ptr_array_add (self->events, event);
}

/* Writes @self whether or not it was there, and what happened with it. */
void
strata_sandbox_host_save (StrataSandboxHost *self,
                          StrataSandboxDb   *db)
{
  g_autofree char *labels = strata_sandbox_json_write_object (self->labels);
  g_autofree char *document = strata_sandbox_json_write_object (self->document);
  g_autofree char *packs = strata_sandbox_json_write_array (self->packs);

  strata_sandbox_db_run (db,
                         "INSERT OR REPLACE INTO host (uid, project, name, state, health, arch, "
                         "labels, created, modified, token, document,"
                         " packs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         "sssssssiisss", self->uid, self->project, self->name, self->state,
                         self->health, self->arch, labels, self->created, self->modified,
                         self->token, document, packs);
  while (self->events->len > 0)
    strata_sandbox_event_add (db, self->uid, self->modified,
                              g_ptr_array_steal_index (self->events, 0));
}

static void
note_health (StrataSandboxHost *self,
             JsonObject        *health)
{
  const char *message = strata_json_get_string (health, "message");
  gboolean is_well = g_str_equal (strata_json_get_string (health, "state"), "healthy");

  strata_sandbox_host_note (self, strata_sandbox_event_new (is_well ? "Normal" : "Warning",
                                                            is_well ? "Healthy" : "Unhealthy",
                                                            "The appliance is %s%s%s",
                                                            is_well ? "healthy" : "unhealthy",
                                                            *message != '\0' ? ": " : "", message));
}

/* `v1EdgeHostHealth` as the appliance said it. */
void
strata_sandbox_host_set_health (StrataSandboxHost *self,
                                JsonObject        *health)
{
  static const char *const members[] = { "state", "message", "agentVersion", NULL };
  JsonObject *kept = json_object_new ();

  strata_sandbox_json_copy_typed (kept, health, members, G_TYPE_STRING);
  json_object_set_object_member (self->document, "health", kept);
  if (!g_str_equal (self->health, strata_json_get_string (health, "state")))
    note_health (self, health);
  strata_sandbox_set_text (&self->health, strata_json_get_string (health, "state"));
}

static JsonObject *
find_status (JsonArray  *packs,
             JsonObject *report)
{
  for (guint i = 0; i < json_array_get_length (packs); i++)
    {
      JsonObject *status = strata_sandbox_json_get_item (packs, i);

      if (g_str_equal (strata_json_get_string (status, "name"),
                       strata_json_get_string (report, "name")) &&
          g_str_equal (strata_json_get_string (status, "profileUid"),
                       strata_json_get_string (report, "profileUid")))
        return status;
    }

  return NULL;
}

/* The time of a transition is that of the first report that says something else. */
static JsonObject *
make_condition (JsonObject *report,
                JsonObject *before)
{
  static const char *const members[] = { "type", "status", "reason", "message", NULL };
  static const char *const times[] = { "lastTransitionTime", NULL };
  JsonObject *condition = json_object_new ();
  gint64 now = strata_sandbox_now ();
  gboolean is_same = before != NULL && g_str_equal (strata_json_get_string (before, "type"),
                                                    strata_json_get_string (report, "type"));

  strata_sandbox_json_copy_typed (condition, report, members, G_TYPE_STRING);
  strata_sandbox_json_set_time (condition, "lastProbeTime", now);
  strata_sandbox_json_set_time (condition, "lastTransitionTime", now);
  if (is_same)
    strata_sandbox_json_copy (condition, before, times);

  return condition;
}

/* What people read of a condition. */
static void
note_condition (StrataSandboxHost *self,
                JsonObject        *report,
                JsonObject        *condition)
{
  static const char *const words[][2] = {
    { "ReadyForInstall", "is about to be installed" },
    { "Installed", "is installed" },
    { "Ready", "is running" },
    { "WaitingForOtherLayers", "waits for other layers" },
    { "UpgradeAvailable", "could be newer" },
    { "Error", "could not be installed" },
  };
  const char *type = strata_json_get_string (condition, "type");
  const char *message = strata_json_get_string (condition, "message");
  const char *said = type;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i][0], type))
      said = words[i][1];

  strata_sandbox_host_note (
    self, strata_sandbox_event_new (g_str_equal (type, "Error") ? "Warning" : "Normal", type,
                                    "%s %s %s%s%s", strata_json_get_string (report, "name"),
                                    strata_json_get_string (report, "version"), said,
                                    *message != '\0' ? ": " : "", message));
}

static void
set_pack (StrataSandboxHost *self,
          JsonObject        *report)
{
  static const char *const members[] = { "name",      "profileUid", "type", "version",
                                         "startTime", "endTime",    NULL };
  JsonObject *status = find_status (self->packs, report);
  JsonObject *condition = strata_json_get_object (report, "condition");

  if (status == NULL && json_array_get_length (self->packs) < MAX_PACKS)
    {
      status = json_object_new ();
      json_array_add_object_element (self->packs, status);
      json_object_set_array_member (status, "manifests", json_array_new ());
      json_object_set_array_member (status, "services", json_array_new ());
    }
  if (status == NULL)
    return;

  JsonObject *before = strata_json_get_object (status, "condition");

  strata_sandbox_json_copy_typed (status, report, members, G_TYPE_STRING);
  if (condition != NULL && json_object_has_member (status, STRATA_SANDBOX_BEHIND_MEMBER))
    json_object_remove_member (status, STRATA_SANDBOX_BEHIND_MEMBER);
  if (condition != NULL && !g_str_equal (strata_json_get_string (before, "type"),
                                         strata_json_get_string (condition, "type")))
    note_condition (self, report, condition);
  if (condition != NULL)
    json_object_set_object_member (status, "condition", make_condition (condition, before));
}

/* Takes over `v1SpectroClusterPackStatusEntity`s; what is not among them stays as it was said before. */
void
strata_sandbox_host_set_packs (StrataSandboxHost *self,
                               JsonArray         *reports)
{
  for (guint i = 0; i < strata_sandbox_json_get_length (reports); i++)
    {
      JsonObject *report = strata_sandbox_json_get_item (reports, i);

      if (report != NULL && *strata_json_get_string (report, "name") != '\0')
        set_pack (self, report);
    }
}

static JsonObject *
make_metadata (StrataSandboxHost *self)
{
  JsonObject *metadata = json_object_new ();

  json_object_set_string_member (metadata, "name", self->name);
  json_object_set_string_member (metadata, "uid", self->uid);
  json_object_set_object_member (metadata, "labels", json_object_ref (self->labels));
  strata_sandbox_json_set_time (metadata, "creationTimestamp", self->created);
  strata_sandbox_json_set_time (metadata, "lastModifiedTimestamp", self->modified);

  return metadata;
}

static JsonObject *
make_spec (StrataSandboxHost *self,
           StrataSandboxSite *site,
           gboolean           resolve)
{
  static const char *const members[] = { "type", "version", "host", "device", NULL };
  JsonObject *spec = json_object_new ();
  JsonArray *templates = json_array_new ();
  g_autoptr(GPtrArray) links = strata_sandbox_link_load (site->db, self->uid);

  strata_sandbox_json_copy (spec, self->document, members);
  for (guint i = 0; i < links->len; i++)
    json_array_add_object_element (
      templates,
      strata_sandbox_link_make_template (links->pdata[i], site->catalog, self->uid, "", resolve));
  json_object_set_array_member (spec, "clusterProfileTemplates", templates);

  return spec;
}

/* `v1ClusterPackStatus`s, without what only the console has to know. */
static JsonArray *
make_packs (StrataSandboxHost *self)
{
  static const char *const members[] = { "manifests", "services",  "name",    "profileUid", "type",
                                         "version",   "startTime", "endTime", "condition",  NULL };
  JsonArray *packs = json_array_new ();

  for (guint i = 0; i < json_array_get_length (self->packs); i++)
    {
      JsonObject *pack = json_object_new ();

      strata_sandbox_json_copy (pack, strata_sandbox_json_get_item (self->packs, i), members);
      json_array_add_object_element (packs, pack);
    }

  return packs;
}

static JsonObject *
make_status (StrataSandboxHost *self)
{
  static const char *const members[] = { "health", NULL };
  JsonObject *status = json_object_new ();

  json_object_set_string_member (status, "state", self->state);
  strata_sandbox_json_copy (status, self->document, members);
  json_object_set_array_member (status, "packs", make_packs (self));
  json_object_set_array_member (status, "inUseClustersRef", json_array_new ());

  return status;
}

/* Returns: (transfer full): `v1EdgeHostDevice`, without its token; with @resolve the values have the variables in
 * them
 */
JsonObject *
strata_sandbox_host_make_object (StrataSandboxHost *self,
                                 StrataSandboxSite *site,
                                 gboolean           resolve)
{
  JsonObject *object = json_object_new ();
  JsonObject *owner = json_object_new ();

  json_object_set_string_member (owner, "ownerUid", STRATA_SANDBOX_USER_UID);
  json_object_set_string_member (owner, "projectUid", self->project);
  json_object_set_string_member (owner, "tenantUid", STRATA_SANDBOX_TENANT_UID);
  json_object_set_object_member (object, "aclmeta", owner);
  json_object_set_object_member (object, "metadata", make_metadata (self));
  json_object_set_object_member (object, "spec", make_spec (self, site, resolve));
  json_object_set_object_member (object, "status", make_status (self));

  return object;
}
