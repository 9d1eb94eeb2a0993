/* strata-sandbox-fleet.c - simulated appliances: they report as real ones do, and take what is published layer by layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-fleet"

#include "strata-sandbox-fleet.h"

#include "strata-json.h"
#include "strata-sandbox-pack.h"

#define MAX_PER_TICK 1000
#define REST_MS 20000      /* between two signs of life, and as much again by chance */
#define STEP_MS 900        /* between two steps of an installation, and as much again by chance */
#define SILENCE_MS G_GINT64_CONSTANT (3153600000000)

/* One that is due. */
typedef struct
{
  char             *host;      /* (owned) */
  StrataSandboxPlan plan;
  gint64            revision;  /* of the profile, that it has */
  JsonObject       *applied;   /* (owned): names of layers to the digests of what is installed */
} Member;

static void
member_free (gpointer data)
{
  Member *self = data;

  g_free (self->host);
  json_object_unref (self->applied);
  g_free (self);
}

static gint64
some (gint64 time)
{
  return time + g_random_int_range (0, (gint32) time);
}

/* Adds an appliance that is there already, and has @applied of @revision. */
void
strata_sandbox_fleet_add (StrataSandboxSite *site,
                          const char        *host,
                          StrataSandboxPlan  plan,
                          gint64             due,
                          gint64             revision,
                          JsonObject        *applied)
{
  g_autofree char *text = strata_sandbox_json_write_object (applied);

  strata_sandbox_db_run (site->db,
                         "INSERT OR REPLACE INTO fleet (host, plan, due, revision, applied)"
                         " VALUES (?, ?, ?, ?, ?)",
                         "siiis", host, (gint64) plan,
                         plan == STRATA_SANDBOX_KEEPS_SILENT ? due + SILENCE_MS : due, revision,
                         text);
}

/* Appliances of the profile look for what is new some time within the next seconds. */
void
strata_sandbox_fleet_hear (StrataSandboxSite *site,
                           const char        *profile_uid)
{
  strata_sandbox_db_run (
    site->db,
    "UPDATE fleet SET due = min (due, ? + abs (random () % 3000)) WHERE plan != ?"
    " AND host IN (SELECT host FROM link WHERE profile = ?)",
    "iis", strata_sandbox_now (), (gint64) STRATA_SANDBOX_KEEPS_SILENT, profile_uid);
}

gboolean
strata_sandbox_fleet_is_empty (StrataSandboxSite *site)
{
  return strata_sandbox_db_get_int (site->db, "SELECT count(*) FROM fleet", "") == 0;
}

static GPtrArray *
find_due (StrataSandboxSite *site,
          gint64             now)
{
  GPtrArray *due = g_ptr_array_new_with_free_func (member_free);
  g_autoptr(sqlite3_stmt) rows = strata_sandbox_db_query (
    site->db, "SELECT host, plan, revision, applied FROM fleet WHERE due <= ? ORDER BY due LIMIT ?",
    "ii", now, (gint64) MAX_PER_TICK);

  while (strata_sandbox_db_next (site->db, rows))
    {
      Member *self = g_new0 (Member, 1);

      self->host = g_strdup (strata_sandbox_db_column (rows, 0));
      self->plan = (StrataSandboxPlan) sqlite3_column_int (rows, 1);
      self->revision = sqlite3_column_int64 (rows, 2);
      self->applied = strata_sandbox_json_read_object (strata_sandbox_db_column (rows, 3));
      g_ptr_array_add (due, self);
    }

  return due;
}

static void
rest (StrataSandboxSite *site,
      Member            *self,
      gint64             pause)
{
  g_autofree char *applied = strata_sandbox_json_write_object (self->applied);

  strata_sandbox_db_run (
    site->db, "UPDATE fleet SET due = ?, revision = ?, applied = ? WHERE host = ?", "iiss",
    strata_sandbox_now () + some (pause), self->revision, applied, self->host);
}

static gint64
get_wanted (StrataSandboxSite *site,
            Member            *self)
{
  return strata_sandbox_db_get_int (
    site->db,
    "SELECT p.revision FROM link l JOIN profile p ON p.uid = l.profile"
    " WHERE l.host = ? ORDER BY l.position",
    "s", self->host);
}

/* Most have nothing to do: that must not cost more than a line in the database. */
static void
report_alive (StrataSandboxSite *site,
              Member            *self)
{
  strata_sandbox_db_run (site->db, "UPDATE host SET modified = ? WHERE uid = ?", "is",
                         strata_sandbox_now (), self->host);
  rest (site, self, REST_MS);
}

static gboolean
has_layer (Member     *self,
           JsonObject *pack)
{
  return g_str_equal (strata_json_get_string (self->applied, strata_json_get_string (pack, "name")),
                      strata_json_get_string (pack, STRATA_SANDBOX_PACK_DIGEST));
}

/* Returns: (nullable): the first layer that is not as it should be */
static JsonObject *
find_next (Member    *self,
           JsonArray *packs)
{
  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    {
      JsonObject *pack = strata_sandbox_json_get_item (packs, i);

      if (!has_layer (self, pack))
        return pack;
    }

  return NULL;
}

static void
report (StrataSandboxHost *host,
        StrataSandboxLink *link,
        JsonObject        *pack,
        const char        *type,
        const char        *message)
{
  static const char *const members[] = { "name", "type", "version", NULL };
  g_autoptr(JsonArray) reports = json_array_new ();
  JsonObject *object = json_object_new ();
  JsonObject *condition = json_object_new ();

  strata_sandbox_json_copy (object, pack, members);
  json_object_set_string_member (object, "profileUid", link->profile->uid);
  json_object_set_string_member (condition, "type", type);
  json_object_set_string_member (condition, "status",
                                 g_str_equal (type, "Error") ? "False" : "True");
  json_object_set_string_member (condition, "reason",
                                 g_str_equal (type, "Error") ? "ImagePullFailed" : "");
  json_object_set_string_member (condition, "message", message);
  json_object_set_object_member (object, "condition", condition);
  json_array_add_object_element (reports, object);
  strata_sandbox_host_set_packs (host, reports);
}

static void
report_health (StrataSandboxHost *host,
               const char        *state,
               const char        *message)
{
  g_autoptr(JsonObject) health = json_object_new ();

  json_object_set_string_member (health, "state", state);
  json_object_set_string_member (health, "message", message);
  json_object_set_string_member (health, "agentVersion", STRATA_SANDBOX_VERSION);
  strata_sandbox_host_set_health (host, health);
}

/* The rest of the layers that change wait for @next. */
static void
report_waiting (Member            *self,
                StrataSandboxHost *host,
                StrataSandboxLink *link,
                JsonObject        *next)
{
  for (guint i = 0; i < json_array_get_length (link->packs); i++)
    {
      JsonObject *pack = strata_sandbox_json_get_item (link->packs, i);

      if (pack != next && !has_layer (self, pack))
        report (host, link, pack, "WaitingForOtherLayers", "");
    }
}

static const char *
get_condition (StrataSandboxHost *host,
               StrataSandboxLink *link,
               JsonObject        *pack)
{
  for (guint i = 0; i < json_array_get_length (host->packs); i++)
    {
      JsonObject *status = strata_sandbox_json_get_item (host->packs, i);

      if (g_str_equal (strata_json_get_string (status, "name"),
                       strata_json_get_string (pack, "name")) &&
          g_str_equal (strata_json_get_string (status, "profileUid"), link->profile->uid))
        return strata_json_get_string (strata_json_get_object (status, "condition"), "type");
    }

  return "";
}

/* @host says that it cannot install @pack. */
void
strata_sandbox_fleet_fail (StrataSandboxHost *host,
                           StrataSandboxLink *link,
                           JsonObject        *pack)
{
  g_autofree char *message = g_strdup_printf (
    "The image of %s %s could not be fetched: no answer within 30 s",
    strata_json_get_string (pack, "name"), strata_json_get_string (pack, "version"));

  report (host, link, pack, "Error", message);
  report_health (host, "unhealthy", message);
}

/* One step with the layer that is next: about to be installed, installed, running. */
static void
advance (Member            *self,
         StrataSandboxHost *host,
         StrataSandboxLink *link,
         JsonObject        *pack)
{
  const char *condition = get_condition (host, link, pack);

  if (g_str_equal (condition, "Installed"))
    {
      report (host, link, pack, "Ready", "");
      json_object_set_string_member (self->applied, strata_json_get_string (pack, "name"),
                                     strata_json_get_string (pack, STRATA_SANDBOX_PACK_DIGEST));
    }
  else if (g_str_equal (condition, "ReadyForInstall") && self->plan == STRATA_SANDBOX_FAILS)
    strata_sandbox_fleet_fail (host, link, pack);
  else if (g_str_equal (condition, "ReadyForInstall"))
    report (host, link, pack, "Installed", "");
  else if (!g_str_equal (condition, "Error") || self->plan != STRATA_SANDBOX_FAILS)
    {
      report (host, link, pack, "ReadyForInstall", "");
      report_waiting (self, host, link, pack);
    }
}

/* Thousands of appliances share what a few profiles say: @known keeps it for one tick. */
static StrataSandboxLink *
find_link (StrataSandboxSite *site,
           Member            *self,
           GHashTable        *known)
{
  g_autofree char *key =
    strata_sandbox_db_get_text (site->db,
                                "SELECT CASE settings WHEN '{}' THEN profile ELSE host END FROM "
                                "link WHERE host = ? ORDER BY position",
                                "s", self->host);
  GPtrArray *links = key != NULL ? g_hash_table_lookup (known, key) : NULL;

  if (key == NULL)
    return NULL;
  if (links == NULL)
    {
      links = strata_sandbox_link_load (site->db, self->host);
      g_hash_table_insert (known, g_steal_pointer (&key), links);
    }

  return links->len > 0 ? links->pdata[0] : NULL;
}

static void
step (StrataSandboxSite *site,
      Member            *self,
      GHashTable        *known)
{
  g_autoptr(StrataSandboxHost) host = strata_sandbox_host_load (site->db, self->host);
  StrataSandboxLink *link = find_link (site, self, known);

  if (host == NULL || link == NULL)
    {
      rest (site, self, REST_MS);
      return;
    }

  JsonObject *next = find_next (self, link->packs);

  if (next != NULL)
    advance (self, host, link, next);
  next = find_next (self, link->packs);
  if (next == NULL)
    {
      self->revision = link->profile->revision;
      report_health (host, "healthy", "");
    }
  host->modified = strata_sandbox_now ();
  strata_sandbox_host_save (host, site->db);
  rest (site, self,
        next == NULL || g_str_equal (get_condition (host, link, next), "Error") ? REST_MS
                                                                                : STEP_MS);
}

/* Lets those go on that are due at @now, in a transaction of the caller; not beyond @until, in microseconds of the
 * clock that does not jump, as whoever asks meanwhile has to wait.
 */
void
strata_sandbox_fleet_tick (StrataSandboxSite *site,
                           gint64             now,
                           gint64             until)
{
  g_autoptr(GPtrArray) due = find_due (site, now);
  g_autoptr(GHashTable) known =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < due->len && g_get_monotonic_time () < until; i++)
    {
      Member *self = due->pdata[i];

      if (self->plan == STRATA_SANDBOX_WAITS || get_wanted (site, self) == self->revision)
        report_alive (site, self);
      else
        step (site, self, known);
    }
}
