/* test-appliance.c - appliances as the console's bodies have them, kept for offline, and judged by when they were heard
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-appliance-reader.h"
#include "strata-appliance-target.h"
#include "strata-error.h"
#include "strata-json.h"

#define MINUTE G_TIME_SPAN_MINUTE

static char *
load_example (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data",
                                                 "palette", "examples", name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_test_skip ("no shared data beside the source");

  return text;
}

static StrataAppliance *
read_text (const char *text,
           gboolean    is_detailed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = strata_json_parse (text, -1, &error);

  g_assert_no_error (error);

  StrataAppliance *appliance =
    strata_appliance_read (json_node_get_object (node), is_detailed, &error);
  g_assert_no_error (error);

  return appliance;
}

static const StrataApplianceLayerFacts *
get_layer (StrataAppliance *appliance,
           guint            position)
{
  GPtrArray *layers = strata_appliance_get_layers (appliance);

  g_assert_cmpuint (position, <, layers->len);

  return strata_appliance_layer_get_facts (layers->pdata[position]);
}

static void
test_device (void)
{
  g_autofree char *text = load_example ("edgehost-get.response.json");

  if (text == NULL)
    return;

  g_autoptr(StrataAppliance) appliance = read_text (text, TRUE);
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);

  g_assert_cmpstr (facts->uid, ==, "edge-7d35c9a1f0");
  g_assert_cmpstr (facts->site, ==, "berlin-03");
  g_assert_true (facts->is_paired);
  g_assert_cmpint (facts->health, ==, STRATA_HEALTHY);
  g_assert_cmpstr (facts->profile_name, ==, "edge-retail");
  g_assert_cmpstr (facts->profile_version, ==, "1.0.0");
  g_assert_cmpint (facts->heard, ==, strata_appliance_read_time ("2026-09-01T10:00:00.000Z"));
  g_assert_cmpuint (strata_appliance_get_layers (appliance)->len, ==, 3);
  g_assert_cmpint (get_layer (appliance, 0)->condition, ==, STRATA_CONDITION_READY);
  g_assert_cmpstr (get_layer (appliance, 0)->there, ==, "1.3.1");
  g_assert_cmpuint (strlen (get_layer (appliance, 0)->digest), ==, 64);
  g_assert_cmpint (get_layer (appliance, 1)->kind, ==, STRATA_LAYER_KIND_HELM);
  g_assert_cmpstr (get_layer (appliance, 1)->assigned, ==, "18.1.0");
  g_assert_cmpint (get_layer (appliance, 1)->condition, ==, STRATA_CONDITION_UNKNOWN);
  g_assert_cmpint (get_layer (appliance, 2)->kind, ==, STRATA_LAYER_KIND_MANIFEST);
}

static void
test_list (void)
{
  g_autofree char *text = load_example ("edgehosts-search.response.json");

  if (text == NULL)
    return;

  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = strata_json_parse (text, -1, &error);
  JsonArray *items = strata_json_get_array (json_node_get_object (node), "items");
  g_autoptr(StrataAppliance) appliance =
    strata_appliance_read (json_array_get_object_element (items, 0), FALSE, &error);
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);

  g_assert_no_error (error);
  g_assert_cmpstr (facts->profile_version, ==, "1.0.0");
  g_assert_false (facts->is_detailed);
  g_assert_cmpuint (strata_appliance_get_layers (appliance)->len, ==, 3);

  /* This console does not say when it last heard of it. */
  g_assert_cmpint (facts->heard, ==, 0);
  g_assert_cmpint (strata_appliance_get_life (appliance, g_get_real_time ()), ==,
                   STRATA_LIFE_UNKNOWN);
}

static void
test_probe_is_heard (void)
{
  g_autoptr(StrataAppliance) appliance = read_text (
    "{\"metadata\":{\"uid\":\"a\",\"lastModifiedTimestamp\":\"2026-09-01T10:00:00Z\"},"
    "\"spec\":{\"clusterProfileTemplates\":[{\"uid\":\"p\",\"packs\":[{\"name\":\"os\"}]}]},"
    "\"status\":{\"packs\":[{\"name\":\"os\",\"condition\":{\"type\":\"Ready\","
    "\"lastProbeTime\":\"2026-09-01T12:30:00Z\"}}]}}",
    TRUE);
  gint64 probe = strata_appliance_read_time ("2026-09-01T12:30:00Z");

  g_assert_cmpint (strata_appliance_get_facts (appliance)->heard, ==, probe);
  g_assert_cmpstr (strata_appliance_get_facts (appliance)->name, ==, "a");
  g_assert_cmpint (strata_appliance_get_life (appliance, probe + MINUTE), ==, STRATA_LIFE_RUNNING);
  g_assert_cmpint (strata_appliance_get_life (appliance, probe + 60 * MINUTE), ==,
                   STRATA_LIFE_SILENT);
  g_assert_cmpint (strata_appliance_get_life (appliance, probe - 60 * MINUTE), ==,
                   STRATA_LIFE_UNKNOWN);
}

/* A status of another profile, of a layer that is gone, and of one that is about to go. */
static void
test_statuses_of_others (void)
{
  g_autoptr(StrataAppliance) appliance = read_text (
    "{\"metadata\":{\"uid\":\"a\"},\"spec\":{\"clusterProfileTemplates\":["
    "{\"uid\":\"infra\",\"type\":\"infra\",\"packs\":[{\"name\":\"k8s\"}]},"
    "{\"uid\":\"p\",\"type\":\"system\",\"packs\":[{\"name\":\"os\",\"version\":\"2\"}]}]},"
    "\"status\":{\"state\":\"ready\",\"packs\":["
    "{\"name\":\"os\",\"profileUid\":\"infra\",\"condition\":{\"type\":\"Error\"}},"
    "{\"name\":\"os\",\"profileUid\":\"p\",\"version\":\"1\",\"condition\":{\"type\":\"Ready\"}},"
    "{\"name\":\"gone\",\"profileUid\":\"p\",\"condition\":{\"type\":\"Ready\"}},"
    "{\"name\":\"going\",\"profileUid\":\"p\",\"condition\":{\"type\":\"UpgradeAvailable\"}}]}}",
    TRUE);

  g_assert_cmpstr (strata_appliance_get_facts (appliance)->profile_uid, ==, "p");
  g_assert_cmpuint (strata_appliance_get_layers (appliance)->len, ==, 2);
  g_assert_cmpint (get_layer (appliance, 0)->condition, ==, STRATA_CONDITION_READY);
  g_assert_cmpstr (get_layer (appliance, 0)->there, ==, "1");
  g_assert_cmpstr (get_layer (appliance, 1)->name, ==, "going");
}

/* Each member null, missing or of another type is one that is not known. */
static void
test_takes (gconstpointer data)
{
  g_autoptr(StrataAppliance) appliance = read_text (data, TRUE);

  g_assert_cmpstr (strata_appliance_get_uid (appliance), ==, "a");
  g_assert_cmpuint (strata_appliance_get_layers (appliance)->len, ==, 0);
  g_assert_cmpint (strata_appliance_get_facts (appliance)->heard, ==, 0);
  g_assert_cmpint (strata_appliance_get_facts (appliance)->health, ==, STRATA_HEALTH_UNKNOWN);
}

static void
test_refuses (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = strata_json_parse (data, -1, &error);

  g_assert_no_error (error);
  g_assert_null (strata_appliance_read (json_node_get_object (node), FALSE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
}

static void
test_times (void)
{
  g_assert_cmpint (strata_appliance_read_time ("1970-01-01T00:00:01.500Z"), ==, 1500000);
  g_assert_cmpint (strata_appliance_read_time ("1970-01-01T02:00:01+02:00"), ==, 1000000);
  g_assert_cmpint (strata_appliance_read_time ("0001-01-01T00:00:00Z"), ==, 0);
  g_assert_cmpint (strata_appliance_read_time ("yesterday"), ==, 0);
  g_assert_cmpint (strata_appliance_read_time (""), ==, 0);
  g_assert_cmpint (strata_appliance_read_time (NULL), ==, 0);
}

/* What only a file of version 0.3 has: the digest of values without them, and what nobody else saw. */
static void
test_reads_what_was_kept (void)
{
  g_autoptr(StrataAppliance) appliance = read_text (
    "{\"metadata\":{\"uid\":\"a\",\"lastModifiedTimestamp\":\"2026-09-01T10:00:00.123456Z\","
    "\"heardTimestamp\":\"2026-09-01T11:00:00Z\"},\"spec\":{\"clusterProfileTemplates\":["
    "{\"uid\":\"p\",\"packs\":[{\"name\":\"os\",\"valuesDigest\":\"00ff\","
    "\"changedTimestamp\":\"2026-09-01T09:00:00Z\"}]}]}}",
    FALSE);

  g_assert_cmpint (strata_appliance_get_facts (appliance)->heard, ==,
                   strata_appliance_read_time ("2026-09-01T11:00:00Z"));
  g_assert_cmpint (strata_appliance_get_facts (appliance)->modified % G_USEC_PER_SEC, ==, 123456);
  g_assert_cmpstr (get_layer (appliance, 0)->digest, ==, "00ff");
  g_assert_cmpint (get_layer (appliance, 0)->changed, ==,
                   strata_appliance_read_time ("2026-09-01T09:00:00Z"));
}

static const char summary_text[] =
  "{\"metadata\":{\"uid\":\"a\",\"lastModifiedTimestamp\":\"2026-09-01T11:00:00Z\"},"
  "\"spec\":{\"clusterProfileTemplates\":[{\"uid\":\"p\",\"version\":\"1\",\"packs\":["
  "{\"name\":\"os\",\"version\":\"%s\"}]}]},\"status\":{\"health\":{\"state\":\"unhealthy\"}}}";

static const char detailed_text[] =
  "{\"metadata\":{\"uid\":\"a\",\"lastModifiedTimestamp\":\"2026-09-01T10:00:00Z\"},"
  "\"spec\":{\"clusterProfileTemplates\":[{\"uid\":\"p\",\"profileVersion\":\"1\",\"packs\":["
  "{\"name\":\"os\",\"version\":\"1.0.0\"}]}]},\"status\":{\"health\":{\"state\":\"healthy\"},"
  "\"packs\":[{\"name\":\"os\",\"condition\":{\"type\":\"Ready\"}}]}}";

static StrataAppliance *
take_summary (const char *version)
{
  g_autofree char *text = g_strdup_printf (summary_text, version);
  g_autoptr(StrataAppliance) detailed = read_text (detailed_text, TRUE);
  g_autoptr(StrataAppliance) summary = read_text (text, FALSE);

  return strata_appliance_with_summary (detailed, summary);
}

static void
test_summary (void)
{
  g_autoptr(StrataAppliance) same = take_summary ("1.0.0");
  g_autoptr(StrataAppliance) other = take_summary ("1.1.0");

  g_assert_true (strata_appliance_get_facts (same)->is_detailed);
  g_assert_cmpint (get_layer (same, 0)->condition, ==, STRATA_CONDITION_READY);
  g_assert_cmpint (strata_appliance_get_facts (same)->health, ==, STRATA_UNHEALTHY);
  g_assert_cmpint (strata_appliance_get_facts (same)->heard, ==,
                   strata_appliance_read_time ("2026-09-01T11:00:00Z"));

  /* The conditions were of other layers. */
  g_assert_false (strata_appliance_get_facts (other)->is_detailed);
}

static void
test_conditions (void)
{
  for (guint i = STRATA_CONDITION_WAITING; i <= STRATA_CONDITION_ERROR; i++)
    g_assert_cmpint (
      strata_condition_from_string (strata_condition_to_string ((StrataCondition) i)), ==, i);

  g_assert_cmpint (strata_condition_from_string ("Exploded"), ==, STRATA_CONDITION_UNKNOWN);
  g_assert_cmpint (strata_condition_from_string (""), ==, STRATA_CONDITION_UNKNOWN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/appliance/device", test_device);
  g_test_add_func ("/core/appliance/list", test_list);
  g_test_add_func ("/core/appliance/probe-is-heard", test_probe_is_heard);
  g_test_add_func ("/core/appliance/statuses-of-others", test_statuses_of_others);
  g_test_add_data_func ("/core/appliance/takes/nulls",
                        "{\"metadata\":{\"uid\":\"a\",\"name\":null,\"labels\":null},\"spec\":null,"
                        "\"status\":null}",
                        test_takes);
  g_test_add_data_func (
    "/core/appliance/takes/wrong-types",
    "{\"metadata\":{\"uid\":\"a\",\"name\":1,\"labels\":[],"
    "\"lastModifiedTimestamp\":7},\"spec\":{\"clusterProfileTemplates\":[null,1,"
    "{\"uid\":3},[]]},\"status\":{\"state\":1,\"health\":\"good\",\"packs\":{}}}",
    test_takes);
  g_test_add_data_func (
    "/core/appliance/takes/wrong-packs",
    "{\"metadata\":{\"uid\":\"a\"},\"spec\":{\"clusterProfileTemplates\":[{\"uid\":"
    "\"p\",\"packs\":[null,1,{},{\"name\":null}]}]},\"status\":{\"packs\":[null,"
    "1,{\"name\":2,\"condition\":[]}]}}",
    test_takes);
  g_test_add_data_func ("/core/appliance/refuses/empty", "{}", test_refuses);
  g_test_add_data_func ("/core/appliance/refuses/no-uid", "{\"metadata\":{\"uid\":null}}",
                        test_refuses);
  g_test_add_func ("/core/appliance/times", test_times);
  g_test_add_func ("/core/appliance/keeps", test_reads_what_was_kept);
  g_test_add_func ("/core/appliance/summary", test_summary);
  g_test_add_func ("/core/appliance/conditions", test_conditions);

  return g_test_run ();
}
