/* test-fleet.c - appliances of a console: read once, asked again only for what moved, kept for offline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-server.h"
#include "strata-error.h"
#include "strata-fleet.h"
#include "../temp-folder.h"

#define SEARCH "POST /v1/dashboard/edgehosts/search"
#define PROFILES "POST /v1/dashboard/clusterprofiles"

/* A console of the test's own. The members are read by the server's thread: a test changes them between calls. */
typedef struct
{
  guint       n_appliances;
  guint       moved;         /* this many, from the last, were changed an hour later */
  guint       n_surplus;     /* by how much the count is over what there is */
  gboolean    is_unsorted;
  gboolean    is_endless;    /* the last page names itself as the next */
  const char *shop_version;
  guint       profile_hour;  /* when the profile was changed */
  guint       refuses;       /* a status for whatever asks for one profile */
  const char *broken;        /* an answer to every search */
} Site;

typedef struct
{
  TempFolder     folder;
  Site           site;
  FakeServer    *server;   /* (owned) */
  StrataConsole *console;  /* (owned) */
} Fixture;

static void
add_item (GString    *text,
          const Site *site,
          guint       i)
{
  gboolean has_moved = i >= site->n_appliances - site->moved;

  g_string_append_printf (
    text,
    "%s{\"metadata\":{\"uid\":\"edge-%04u\",\"name\":\"till-%u\",\"labels\":{\"site\":\"Lund\"},"
    "\"lastModifiedTimestamp\":\"2026-09-01T%02u:%02u:%02uZ\"},\"spec\":{"
    "\"clusterProfileTemplates\":["
    "{\"uid\":\"p1\",\"name\":\"retail\",\"version\":\"1\",\"packs\":[{\"name\":\"shop\",\"type\":"
    "\"helm\",\"version\":\"1.0.0\"}]}]},\"status\":{\"state\":\"ready\",\"health\":{\"state\":"
    "\"healthy\"}}}",
    text->str[text->len - 1] == '}' ? "," : "", i, i, has_moved ? 11u : 10u, i / 60, i % 60);
}

static void
answer_search (Site              *site,
               SoupServerMessage *message,
               GHashTable        *query)
{
  const char *next = g_hash_table_lookup (query, "continue");
  guint first = next != NULL ? (guint) g_ascii_strtoull (next, NULL, 10) : 0;
  guint end = MIN (first + 50, site->n_appliances);
  g_autoptr(GString) text = g_string_new ("{\"items\":[");

  for (guint i = first; i < end; i++)
    add_item (text, site, site->is_unsorted ? i : site->n_appliances - 1 - i);

  g_autofree char *more = end < site->n_appliances ? g_strdup_printf ("%u", end)
                          : site->is_endless       ? g_strdup_printf ("%u", first)
                                                   : g_strdup ("");
  g_string_append_printf (text, "],\"listmeta\":{\"continue\":\"%s\",\"count\":%u,\"limit\":50}}",
                          more, site->n_appliances + site->n_surplus);
  fake_server_reply (message, 200, "application/json",
                     site->broken != NULL ? site->broken : text->str);
}

static void
answer_profiles (Site              *site,
                 SoupServerMessage *message)
{
  g_autofree char *text = g_strdup_printf (
    "{\"items\":[{\"metadata\":{\"uid\":\"p1\",\"name\":\"retail\",\"lastModifiedTimestamp\":"
    "\"2026-09-01T%02u:00:00Z\"}}],\"listmeta\":{\"continue\":\"\",\"count\":1}}",
    site->profile_hour);

  fake_server_reply (message, 200, "application/json", text);
}

static void
answer_profile (Site              *site,
                SoupServerMessage *message)
{
  g_autofree char *text = g_strdup_printf (
    "{\"metadata\":{\"uid\":\"p1\",\"name\":\"retail\"},\"spec\":{\"version\":\"1\",\"published\":{"
    "\"packs\":[{\"name\":\"shop\",\"type\":\"helm\",\"version\":\"%s\"}]}}}",
    site->shop_version);

  fake_server_reply (message, site->refuses != 0 ? site->refuses : 200, "application/json",
                     site->refuses != 0 ? "{\"code\":\"X\",\"message\":\"no\"}" : text);
}

static void
answer_appliance (SoupServerMessage *message,
                  const char        *uid)
{
  g_autofree char *text = g_strdup_printf ("{\"metadata\":{\"uid\":\"%s\",\"name\":\"till\","
                                           "\"lastModifiedTimestamp\":\"2026-09-01T10:00:00Z\"},"
                                           "\"spec\":{\"clusterProfileTemplates\":[{\"uid\":\"p1\","
                                           "\"name\":\"retail\",\"profileVersion\":\"1\","
                                           "\"packs\":[{\"name\":\"shop\",\"type\":\"helm\","
                                           "\"version\":\"1.0.0\",\"values\":\"a: 1\"}]}]},"
                                           "\"status\":{\"state\":\"ready\",\"health\":{\"state\":"
                                           "\"healthy\"},\"packs\":[{\"name\":\"shop\","
                                           "\"profileUid\":\"p1\",\"version\":\"1.0.0\","
                                           "\"condition\":{\"type\":\"Error\",\"status\":\"False\","
                                           "\"message\":\"no such image\"}}]}}",
                                           uid);

  fake_server_reply (message, 200, "application/json", text);
}

static void
answer (FakeServer        *server,
        SoupServerMessage *message,
        const char        *path,
        gpointer           data)
{
  Site *site = data;
  const char *text = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr(GHashTable) query = soup_form_decode (text != NULL ? text : "");

  if (g_str_equal (path, "/v1/dashboard/edgehosts/search"))
    answer_search (site, message, query);
  else if (g_str_equal (path, "/v1/dashboard/clusterprofiles"))
    answer_profiles (site, message);
  else if (g_str_equal (path, "/v1/clusterprofiles/p1"))
    answer_profile (site, message);
  else if (g_str_has_prefix (path, "/v1/edgehosts/"))
    answer_appliance (message, path + strlen ("/v1/edgehosts/"));
  else if (g_str_has_prefix (path, "/v1/events/components/edgehost/"))
    fake_server_reply (message, 200, "application/json",
                       "{\"items\":[null,{\"message\":\"Pulled\",\"reason\":\"Image\",\"severity\":"
                       "\"info\",\"metadata\":{\"creationTimestamp\":\"2026-09-01T10:00:00Z\"}}]}");
  else
    fake_server_reply (message, 404, "application/json", "{}");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  temp_folder_set_up (&fixture->folder, data);
  fixture->site = (Site){ .n_appliances = 120, .shop_version = "1.0.0", .profile_hour = 9 };
  fixture->server = fake_server_new (NULL, answer, &fixture->site);
  fixture->console =
    strata_console_new (fake_server_get_url (fixture->server), "project", NULL, &error);
  g_assert_no_error (error);
  strata_console_set_patience (fixture->console, 60, 1);
  g_assert_true (strata_console_set_api_key (fixture->console, "key", &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->console);
  g_clear_pointer (&fixture->server, fake_server_free);
  temp_folder_tear_down (&fixture->folder, data);
}

static StrataFleet *
refresh (Fixture     *fixture,
         StrataFleet *old)
{
  g_autoptr(GError) error = NULL;
  StrataFleet *fleet =
    strata_fleet_refresh (old, fixture->console, FALSE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return fleet;
}

static StrataFleet *
first_read (Fixture *fixture)
{
  g_autoptr(StrataFleet) nothing = strata_fleet_new ();

  return refresh (fixture, nothing);
}

static guint
get_n (StrataFleet *fleet)
{
  return strata_fleet_get_appliances (fleet)->len;
}

static void
count_cb (guint    done,
          guint    total,
          gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  (*(guint *) data)++;
}

static void
test_reads_all (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataFleet) nothing = strata_fleet_new ();
  guint n_told = 0;
  g_autoptr(StrataFleet) fleet =
    strata_fleet_refresh (nothing, fixture->console, FALSE, count_cb, &n_told, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (get_n (fleet), ==, 120);
  g_assert_cmpuint (n_told, ==, 3);
  g_assert_nonnull (strata_fleet_find (fleet, "edge-0007"));
  g_assert_cmpuint (strata_appliance_target_get_n_layers (strata_fleet_get_target (fleet, "p1")),
                    ==, 1);

  /* Three pages, one of profiles, and the one profile that all of them have. */
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 3);
  g_assert_cmpuint (fake_server_count (fixture->server, PROFILES), ==, 1);
  g_assert_cmpuint (fake_server_count (fixture->server, "GET /v1/clusterprofiles/p1"), ==, 1);
}

static void
test_asks_only_for_what_moved (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(StrataFleet) fleet = first_read (fixture);
  StrataAppliance *still = strata_fleet_find (fleet, "edge-0007");

  fixture->site.moved = 1;

  g_autoptr(StrataFleet) again = refresh (fixture, fleet);

  g_assert_cmpuint (get_n (again), ==, 120);
  g_assert_true (strata_fleet_find (again, "edge-0007") == still);
  g_assert_cmpint (strata_appliance_get_facts (strata_fleet_find (again, "edge-0119"))->modified, >,
                   strata_appliance_get_facts (strata_fleet_find (fleet, "edge-0119"))->modified);
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 4);
  g_assert_cmpuint (fake_server_count (fixture->server, "GET /v1/clusterprofiles/p1"), ==, 1);
}

/* A console that does not sort as it was asked is read to its end. */
static void
test_unsorted (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataFleet) fleet = first_read (fixture);

  fixture->site.is_unsorted = TRUE;
  fixture->site.moved = 1;

  g_autoptr(StrataFleet) again = refresh (fixture, fleet);

  g_assert_cmpuint (get_n (again), ==, 120);
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 6);
}

static void
test_endless (Fixture       *fixture,
              gconstpointer  data)
{
  fixture->site.is_endless = TRUE;

  g_autoptr(StrataFleet) fleet = first_read (fixture);

  g_assert_cmpuint (get_n (fleet), ==, 120);
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 4);
}

static void
test_one_goes (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataFleet) fleet = first_read (fixture);

  fixture->site.n_appliances = 119;

  g_autoptr(StrataFleet) again = refresh (fixture, fleet);

  g_assert_cmpuint (get_n (again), ==, 119);
  g_assert_null (strata_fleet_find (again, "edge-0119"));
}

/* A count that is too high is no reason to read everything each time. */
static void
test_count_is_off (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture->site.n_surplus = 3;

  g_autoptr(StrataFleet) fleet = first_read (fixture);
  g_autoptr(StrataFleet) again = refresh (fixture, fleet);

  g_assert_cmpuint (get_n (again), ==, 120);
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 4);
}

static void
test_profile_moves (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(StrataFleet) fleet = first_read (fixture);

  fixture->site.shop_version = "2.0.0";
  fixture->site.profile_hour = 12;

  g_autoptr(StrataFleet) again = refresh (fixture, fleet);
  const StrataTargetLayer *shop =
    strata_appliance_target_get_layer (strata_fleet_get_target (again, "p1"), 0);

  g_assert_cmpstr (shop->version, ==, "2.0.0");
  g_assert_cmpuint (fake_server_count (fixture->server, "GET /v1/clusterprofiles/p1"), ==, 2);
}

static void
test_profile_is_not_ours (Fixture       *fixture,
                          gconstpointer  data)
{
  fixture->site.refuses = 404;

  g_autoptr(StrataFleet) fleet = first_read (fixture);

  g_assert_cmpuint (get_n (fleet), ==, 120);
  g_assert_null (strata_fleet_get_target (fleet, "p1"));
}

static void
check_fails (Fixture     *fixture,
             StrataError  code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataFleet) nothing = strata_fleet_new ();

  g_assert_null (strata_fleet_refresh (nothing, fixture->console, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, (int) code);
}

static void
test_fails (Fixture       *fixture,
            gconstpointer  data)
{
  fixture->site.broken = "[]";
  check_fails (fixture, STRATA_ERROR_BAD_REPLY);
  fixture->site.broken = "{\"items\":[{\"metadata\":{}}]}";
  check_fails (fixture, STRATA_ERROR_BAD_REPLY);
  fixture->site.broken = NULL;
  fixture->site.refuses = 500;
  check_fails (fixture, STRATA_ERROR_SERVER);
}

static void
test_details (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataFleet) fleet = first_read (fixture);
  g_autoptr(StrataFleet) detailed =
    strata_fleet_detail (fleet, fixture->console, "edge-0042", 5, NULL, &error);

  g_assert_no_error (error);

  StrataAppliance *looked_at = strata_fleet_find (detailed, "edge-0042");
  GPtrArray *layers = strata_appliance_get_layers (looked_at);

  g_assert_true (strata_appliance_get_facts (looked_at)->is_detailed);
  g_assert_cmpint (strata_appliance_layer_get_facts (layers->pdata[0])->condition, ==,
                   STRATA_CONDITION_ERROR);
  g_assert_cmpuint (fake_server_count (fixture->server, "GET /v1/edgehosts/"), ==, 5);
  g_assert_cmpuint (get_n (detailed), ==, 120);
  g_assert_false (strata_appliance_get_facts (strata_fleet_find (fleet, "edge-0042"))->is_detailed);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(StrataFleet) fleet = first_read (fixture);

  g_cancellable_cancel (cancellable);

  g_assert_null (
    strata_fleet_refresh (fleet, fixture->console, FALSE, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (strata_fleet_detail (fleet, fixture->console, NULL, 5, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_events (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) events =
    strata_console_list_appliance_events (fixture->console, "edge-0001", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (((StrataApplianceEvent *) events->pdata[0])->message, ==, "Pulled");

  g_assert_null (strata_console_list_appliance_events (fixture->console, "..", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

static char *
get_path (Fixture *fixture)
{
  return g_build_filename (fixture->folder.path, "appliances", NULL);
}

static void
test_keeps (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = get_path (fixture);
  g_autoptr(StrataFleet) fleet = first_read (fixture);
  g_autoptr(StrataFleet) detailed =
    strata_fleet_detail (fleet, fixture->console, "edge-0042", 1, NULL, &error);

  g_assert_true (strata_fleet_save (detailed, path, &error));
  g_assert_no_error (error);

  g_autoptr(StrataFleet) kept = strata_fleet_load (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (strata_fleet_get_asked (kept), ==, strata_fleet_get_asked (detailed));
  g_assert_cmpuint (get_n (kept), ==, 120);
  for (guint i = 0; i < 120; i++)
    {
      StrataAppliance *was = strata_fleet_get_appliances (detailed)->pdata[i];
      StrataAppliance *is = strata_fleet_find (kept, strata_appliance_get_uid (was));
      g_autoptr(StrataStanding) one = strata_fleet_judge (detailed, was);
      g_autoptr(StrataStanding) other = strata_fleet_judge (kept, is);

      g_assert_true (strata_appliance_equal (was, is));
      g_assert_true (strata_standing_equal (one, other));
    }

  /* What is asked next is only what moved since. */
  g_autoptr(StrataFleet) again = refresh (fixture, kept);
  g_assert_cmpuint (get_n (again), ==, 120);
  g_assert_cmpuint (fake_server_count (fixture->server, SEARCH), ==, 4);
}

#define ADD(name, func) g_test_add ("/services/fleet/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("reads-all", test_reads_all);
  ADD ("asks-only-for-what-moved", test_asks_only_for_what_moved);
  ADD ("unsorted", test_unsorted);
  ADD ("endless", test_endless);
  ADD ("one-goes", test_one_goes);
  ADD ("count-is-off", test_count_is_off);
  ADD ("profile-moves", test_profile_moves);
  ADD ("profile-is-not-ours", test_profile_is_not_ours);
  ADD ("fails", test_fails);
  ADD ("details", test_details);
  ADD ("cancelled", test_cancelled);
  ADD ("events", test_events);
  ADD ("keeps", test_keeps);

  return g_test_run ();
}
