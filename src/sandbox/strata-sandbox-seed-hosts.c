/* strata-sandbox-seed-hosts.c - the simulated appliances that a new sandbox console has, each in a state of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-seed-hosts"

#include "strata-sandbox-seed-hosts.h"

#include "strata-json.h"
#include "strata-sandbox-fleet.h"
#include "strata-sandbox-pack.h"
#include "strata-version.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/**
 * Example:
 * @profile: name of what it is linked to
 * @version: version of it
 * @plan: how it goes on
 * @n_there: how many layers are as they should be; the ones after that are of the version before
 * @heard: how long ago it was heard of
 * @has_reported: whether it ever said what it has
 * @due: when it goes on
 *
 * A state that an appliance may be in.
 */
typedef struct
{
  const char        *profile;
  const char        *version;
  StrataSandboxPlan  plan;
  guint              n_there;
  gint64             heard;
  gboolean           has_reported;
  gint64             due;
} Example;

#define ALL G_MAXUINT

static const Example examples[] = {
  { "store-basics", "1.1.0", STRATA_SANDBOX_FOLLOWS, ALL, 8 * SECOND, TRUE, 12 * SECOND },
  { "store-basics", "1.1.0", STRATA_SANDBOX_FOLLOWS, ALL, 21 * SECOND, TRUE, 4 * SECOND },
  { "store-basics", "1.1.0", STRATA_SANDBOX_FOLLOWS, 2, 3 * SECOND, TRUE, 2 * SECOND },
  { "store-basics", "1.1.0", STRATA_SANDBOX_WAITS, 1, 15 * SECOND, TRUE, 5 * SECOND },
  { "store-basics", "1.0.0", STRATA_SANDBOX_FOLLOWS, ALL, 30 * SECOND, TRUE, 9 * SECOND },
  { "store-tills", "1.0.0", STRATA_SANDBOX_FOLLOWS, ALL, 12 * SECOND, TRUE, 3 * SECOND },
  { "store-basics", "1.1.0", STRATA_SANDBOX_FAILS, 3, 40 * SECOND, TRUE, 1 * SECOND },
  { "factory-line", "2.0.0", STRATA_SANDBOX_FOLLOWS, ALL, 5 * SECOND, TRUE, 14 * SECOND },
  { "factory-line", "2.0.0", STRATA_SANDBOX_KEEPS_SILENT, ALL, 5 * HOUR, TRUE, 0 },
  { "clinic-gateway", "1.4.0", STRATA_SANDBOX_FOLLOWS, ALL, 17 * SECOND, TRUE, 8 * SECOND },
  { "clinic-gateway", "1.4.0", STRATA_SANDBOX_FAILS, 1, 25 * SECOND, TRUE, 1 * SECOND },
  { "store-tills", "1.0.0", STRATA_SANDBOX_KEEPS_SILENT, 2, 2 * DAY, TRUE, 0 },
  { "factory-line", "2.0.0", STRATA_SANDBOX_FOLLOWS, 1, 2 * SECOND, TRUE, 1 * SECOND },
  { "store-basics", "1.1.0", STRATA_SANDBOX_FOLLOWS, 0, 1 * MINUTE, FALSE, 10 * MINUTE },
};

static const struct
{
  const char *site;
  const char *region;
} places[G_N_ELEMENTS (examples)] = {
  { "berlin", "emea" }, { "hamburg", "emea" }, { "lyon", "emea" }, { "porto", "emea" }, { "graz", "emea" },
  { "oslo", "emea" }, { "turin", "emea" }, { "osaka", "apac" }, { "busan", "apac" }, { "basel", "emea" },
  { "ghent", "emea" }, { "malmo", "emea" }, { "perth", "apac" }, { "leeds", "emea" },
};

static char *
find_profile (StrataSandboxSite *site,
              const Example     *example)
{
  return strata_sandbox_db_get_text (
    site->db, "SELECT uid FROM profile WHERE project = ? AND name = ? AND version = ?", "sss",
    STRATA_SANDBOX_PROJECT_UID, example->profile, example->version);
}

/* The version that an appliance has which did not take the newest yet. */
static const char *
find_older (StrataSandboxSite *site,
            JsonObject        *pack)
{
  const char *version = strata_json_get_string (pack, "version");
  GPtrArray *offers = strata_sandbox_catalog_get_offers (site->catalog);

  for (guint i = 0; i < offers->len; i++)
    {
      StrataSandboxOffer *offer = offers->pdata[i];
      const char *other = strata_pack_get (offer->pack, STRATA_PACK_VERSION);

      if (g_str_equal (strata_pack_get (offer->pack, STRATA_PACK_NAME),
                       strata_json_get_string (pack, "name")) &&
          strata_version_compare_text (other, version) < 0)
        return other;
    }

  return version;
}

static JsonObject *
make_status (StrataSandboxLink *link,
             JsonObject        *pack,
             const char        *version,
             const char        *type,
             gint64             time)
{
  static const char *const members[] = { "name", "type", NULL };
  JsonObject *status = json_object_new ();
  JsonObject *condition = json_object_new ();

  strata_sandbox_json_copy (status, pack, members);
  json_object_set_string_member (status, "profileUid", link->profile->uid);
  json_object_set_string_member (status, "version", version);
  strata_sandbox_json_set_time (status, "startTime", time - 20 * SECOND);
  strata_sandbox_json_set_time (status, "endTime", time);
  json_object_set_string_member (condition, "type", type);
  json_object_set_string_member (condition, "status", "True");
  json_object_set_string_member (condition, "reason", "");
  json_object_set_string_member (condition, "message", "");
  strata_sandbox_json_set_time (condition, "lastProbeTime", time);
  strata_sandbox_json_set_time (condition, "lastTransitionTime", time);
  json_object_set_object_member (status, "condition", condition);
  json_object_set_array_member (status, "manifests", json_array_new ());
  json_object_set_array_member (status, "services", json_array_new ());

  return status;
}

/* What it said it has. Returns: (transfer full): the digests of it */
static JsonObject *
set_layers (StrataSandboxSite *site,
            StrataSandboxHost *host,
            StrataSandboxLink *link,
            const Example     *example)
{
  JsonObject *applied = json_object_new ();

  for (guint i = 0; i < json_array_get_length (link->packs) && example->has_reported; i++)
    {
      JsonObject *pack = strata_sandbox_json_get_item (link->packs, i);
      gboolean is_there = i < example->n_there;
      gboolean is_waiting = example->plan == STRATA_SANDBOX_FAILS && i > example->n_there;
      const char *version =
        is_there ? strata_json_get_string (pack, "version") : find_older (site, pack);
      gint64 time = host->modified - (is_there ? 1 : 9) * DAY + i * 30 * SECOND;

      json_object_set_string_member (
        applied, strata_json_get_string (pack, "name"),
        is_there ? strata_json_get_string (pack, STRATA_SANDBOX_PACK_DIGEST) : "");
      json_array_add_object_element (host->packs,
                                     make_status (link, pack, version,
                                                  is_waiting ? "WaitingForOtherLayers" : "Ready",
                                                  MIN (time, host->modified)));
    }

  return applied;
}

static void
set_document (StrataSandboxHost *host,
              guint              number,
              gboolean           has_reported)
{
  JsonObject *described = json_object_new ();
  JsonObject *device = json_object_new ();
  JsonObject *cpu = json_object_new ();
  JsonObject *memory = json_object_new ();
  g_autofree char *address = g_strdup_printf ("10.20.0.%u", 4 + number);
  g_autofree char *mac = g_strdup_printf ("02:00:5e:00:00:%02x", number);

  json_object_set_string_member (described, "hostUid", host->uid);
  json_object_set_string_member (described, "hostAddress", address);
  json_object_set_string_member (described, "macAddress", mac);
  json_object_set_string_member (device, "archType", host->arch);
  json_object_set_string_member (device, "hostType", "appliance");
  json_object_set_int_member (cpu, "cores", 4 + number % 3 * 4);
  json_object_set_int_member (memory, "sizeInMB", 8192 << number % 3);
  json_object_set_object_member (device, "cpu", cpu);
  json_object_set_object_member (device, "memory", memory);
  json_object_set_string_member (host->document, "type", "edge-native");
  json_object_set_string_member (host->document, "version", STRATA_SANDBOX_VERSION);
  json_object_set_object_member (host->document, "host", described);
  json_object_set_object_member (host->document, "device", device);
  if (!has_reported)
    return;

  g_autoptr(JsonObject) health = json_object_new ();

  json_object_set_string_member (health, "state", "healthy");
  json_object_set_string_member (health, "message", "");
  json_object_set_string_member (health, "agentVersion", STRATA_SANDBOX_VERSION);
  strata_sandbox_host_set_health (host, health);
}

static StrataSandboxHost *
make_host (const Example *example,
           guint          number)
{
  g_autofree char *site = g_strconcat (places[number].site, "-01", NULL);
  g_autofree char *uid = g_strconcat ("edge-", site, NULL);
  StrataSandboxHost *host = strata_sandbox_host_new (STRATA_SANDBOX_PROJECT_UID, uid, uid);

  strata_sandbox_set_text (&host->state, "ready");
  strata_sandbox_set_text (&host->arch, number % 5 == 4 ? "arm64" : "amd64");
  g_free (host->token);
  host->token = strata_sandbox_make_key ();
  host->modified -= example->heard;
  host->created -= 90 * DAY;
  json_object_set_string_member (host->labels, "site", site);
  json_object_set_string_member (host->labels, "region", places[number].region);
  set_document (host, number, example->has_reported);

  return host;
}

static void
add_host (StrataSandboxSite *site,
          const Example     *example,
          StrataSandboxLink *link,
          guint              number)
{
  g_autoptr(StrataSandboxHost) host = make_host (example, number);
  g_autoptr(JsonObject) applied = set_layers (site, host, link, example);
  gboolean is_current = example->n_there >= json_array_get_length (link->packs);

  g_ptr_array_set_size (host->events, 0);
  strata_sandbox_event_add (
    site->db, host->uid, host->created,
    strata_sandbox_event_new ("Normal", "Registered", "The appliance registered"));
  if (example->plan == STRATA_SANDBOX_FAILS && !is_current)
    strata_sandbox_fleet_fail (host, link,
                               strata_sandbox_json_get_item (link->packs, example->n_there));
  strata_sandbox_host_save (host, site->db);
  strata_sandbox_link_save (site->db, host->uid, (const char *[]){ link->profile->uid, NULL },
                            (const char *[]){ "{}", NULL });
  strata_sandbox_fleet_add (site, host->uid, example->plan, strata_sandbox_now () + example->due,
                            is_current ? link->profile->revision : 0, applied);
}

/* More of the same state, made by the database: thousands of them take a moment only. */
static void
add_copies (StrataSandboxSite *site,
            guint              index,
            guint              n_appliances)
{
  static const char *const numbers = "WITH RECURSIVE n (k, number) AS (SELECT 1, ?1 + ?2 UNION ALL "
                                     "SELECT k + 1, number + ?2 FROM n WHERE number + ?2 < ?3),"
                                     " copy (uid, site, number) AS (SELECT printf ('edge-%s-%02d', "
                                     "?4, k + 1), printf ('%s-%02d', ?4, k + 1), number FROM n"
                                     " WHERE number < ?3)";
  static const char *const statements[] = {
    "INSERT INTO host (uid, project, name, state, health, arch, labels, created, modified, token, "
    "document, packs)"
    " SELECT c.uid, project, c.uid, state, health, arch, json_set (labels, '$.site', c.site), "
    "created, modified,"
    " lower (hex (randomblob (24))), json_set (document, '$.host.hostUid', c.uid, "
    "'$.host.hostAddress',"
    " printf ('10.%d.%d.%d', 20 + number / 60000, number / 250 % 240, 4 + number % 250), "
    "'$.host.macAddress',"
    " printf ('02:00:5e:%02x:%02x:%02x', number >> 16, number >> 8 & 255, number & 255)), packs"
    " FROM host h, copy c WHERE h.uid = printf ('edge-%s-01', ?4)",
    "INSERT INTO link SELECT c.uid, position, profile, settings FROM link, copy c WHERE host = "
    "printf ('edge-%s-01', ?4)",
    "INSERT INTO fleet SELECT c.uid, plan, due + number % 20000, revision, applied FROM fleet, "
    "copy c"
    " WHERE host = printf ('edge-%s-01', ?4)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autofree char *sql = g_strconcat (numbers, statements[i], NULL);

      strata_sandbox_db_run (site->db, sql, "iiis", (gint64) index,
                             (gint64) G_N_ELEMENTS (examples), (gint64) n_appliances,
                             places[index].site);
    }
}

/* Adds @n_appliances, in turn in each of the states. */
void
strata_sandbox_seed_hosts (StrataSandboxSite *site,
                           guint              n_appliances)
{
  for (guint i = 0; i < G_N_ELEMENTS (examples) && i < n_appliances; i++)
    {
      g_autofree char *uid = find_profile (site, &examples[i]);
      g_autoptr(StrataSandboxProfile) profile =
        uid != NULL ? strata_sandbox_profile_load (site->db, uid) : NULL;
      StrataSandboxLink link = { .profile = profile,
                                 .packs = profile != NULL ? profile->published : NULL };

      if (link.packs == NULL)
        continue;
      add_host (site, &examples[i], &link, i);
      if (n_appliances > G_N_ELEMENTS (examples) + i)
        add_copies (site, i, n_appliances);
    }
}
