/* test-sandbox-hosts.c - appliances of a sandbox console: registering, reporting, what they are to run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sandbox-fixture.h"
#include "strata-archive.h"
#include "strata-layer-digest.h"

#define HOST "/v1/edgehosts/edge-1"
#define SEARCH "/v1/dashboard/edgehosts/search"
#define SITE ",\"variables\":[{\"name\":\"port\",\"defaultValue\":\"8080\"}]"
#define USES_PORT \
  "{\"metadata\":{\"name\":\"edge\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{\"type\":\"system\",\"packs\":[{" \
  "\"name\":\"site\",\"type\":\"manifest\",\"layer\":\"addon\",\"uid\":\"spectro-manifest-pack\"," \
  "\"values\":\"port: '{{.spectro.var.port}}'\",\"manifests\":[{\"name\":\"space\",\"content\":\"a: '{{.spectro.var.port}}'\"}" \
  "]}]}}}"

/* Registers as an appliance does that boots from the archive of @profile, which may be "". */
static JsonNode *
register_host (Sandbox    *self,
               guint       status,
               const char *uid,
               const char *mac,
               const char *profile)
{
  g_autofree char *templates =
    g_strdup_printf (*profile != '\0' ? "{\"uid\":\"%s\"}" : "%s", profile);
  g_autofree char *body =
    g_strdup_printf ("{\"metadata\":{\"name\":\"%s\",\"labels\":{\"site\":\"north\"}},\"spec\":{"
                     "\"type\":\"edge-native\",\"host\":{"
                     "\"hostUid\":\"%s\",\"hostAddress\":\"192.0.2.1\",\"macAddress\":\"%s\","
                     "\"hostAuthToken\":\"%s\"},"
                     "\"device\":{\"archType\":\"arm64\"},\"clusterProfileTemplates\":[%s]}}",
                     uid, uid, mac, strata_sandbox_get_token (self->sandbox), templates);

  self->key = strata_sandbox_get_token (self->sandbox);

  JsonNode *reply = sandbox_ask (self, status, "POST", "/v1/edgehosts/register", body);

  self->key = NULL;

  return reply;
}

static void
test_register (Sandbox       *self,
               gconstpointer  data)
{
  g_autofree char *profile = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", ""));
  g_autoptr(JsonNode) first = register_host (self, 200, "edge-1", "02:00:00:00:00:01", profile);
  g_autoptr(JsonNode) again = register_host (self, 200, "edge-1", "02:00:00:00:00:01", profile);
  g_autoptr(JsonNode) other = register_host (self, 409, "edge-1", "02:00:00:00:00:02", profile);
  g_autoptr(JsonNode) bad = register_host (self, 422, "edge/1", "02:00:00:00:00:03", profile);
  g_autoptr(JsonNode) host = sandbox_ask (self, 200, "GET", HOST, NULL);

  g_assert_cmpstr (sandbox_get (first, "status.serviceAuthToken"), !=, "");
  g_assert_cmpstr (sandbox_get (first, "status.serviceAuthToken"), ==,
                   sandbox_get (again, "status.serviceAuthToken"));
  g_assert_cmpstr (sandbox_get (host, "status.serviceAuthToken"), ==, "");
  g_assert_cmpstr (sandbox_get (host, "spec.host.hostAuthToken"), ==, "");
  g_assert_cmpstr (sandbox_get (host, "status.state"), ==, "ready");
  g_assert_cmpstr (sandbox_get (host, "spec.device.archType"), ==, "arm64");
  g_assert_cmpstr (sandbox_get (host, "spec.clusterProfileTemplates.0.uid"), ==, profile);
  g_assert_cmpstr (sandbox_get (host, "spec.clusterProfileTemplates.0.relatedObject.kind"), ==,
                   "edgeHost");
}

/* What an appliance sees of itself. */
static JsonNode *
get_as_appliance (Sandbox *self)
{
  self->key = strata_sandbox_get_token (self->sandbox);

  JsonNode *host = sandbox_ask (self, 200, "GET", HOST, NULL);

  self->key = NULL;

  return host;
}

static JsonNode *
register_by_name (Sandbox    *self,
                  const char *version)
{
  g_autofree char *body = g_strdup_printf (
    "{\"metadata\":{\"name\":\"edge-1\"},\"spec\":{\"type\":\"edge-native\",\"host\":{\"hostUid\":\"edge-1\",\"hostAddress\":\"192.0.2.1\"},"
    "\"clusterProfileTemplates\":[{\"name\":\"edge\",\"profileVersion\":\"%s\"}]}}", version);

  self->key = strata_sandbox_get_token (self->sandbox);

  JsonNode *reply = sandbox_ask (self, 200, "POST", "/v1/edgehosts/register", body);

  self->key = NULL;

  return reply;
}

/* An archive that was made before the console knew the profile has its name and version, and no uid. */
static void
test_by_name (Sandbox       *self,
              gconstpointer  data)
{
  g_autoptr(JsonNode) first = register_by_name (self, "1.0.0");

  g_assert_cmpuint (sandbox_count (first, "spec.clusterProfileTemplates"), ==, 0);

  /* Another version is not what it booted from, and a draft is nobody's business. */
  g_autofree char *other = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.1.0", ""));
  g_autofree char *profile = sandbox_create (self, "", PROFILE ("edge", "1.0.0", ""));
  g_autoptr(JsonNode) draft = get_as_appliance (self);
  g_autofree char *publish = g_strdup_printf ("/v1/clusterprofiles/%s/publish", profile);

  g_assert_cmpuint (sandbox_count (draft, "spec.clusterProfileTemplates"), ==, 0);
  sandbox_tell (self, 204, "PATCH", publish, NULL);

  /* Who only looks changes nothing. */
  g_autoptr(JsonNode) seen = sandbox_ask (self, 200, "GET", HOST, NULL);
  g_autoptr(JsonNode) linked = get_as_appliance (self);

  g_assert_cmpuint (sandbox_count (seen, "spec.clusterProfileTemplates"), ==, 0);
  g_assert_cmpstr (sandbox_get (linked, "spec.clusterProfileTemplates.0.uid"), ==, profile);
  g_assert_cmpstr (sandbox_get (linked, "spec.wantedProfile.name"), ==, "");

  /* What somebody took away stays away. */
  sandbox_tell (self, 204, "PUT", HOST "/profiles", "{\"profiles\":[]}");

  g_autoptr(JsonNode) away = get_as_appliance (self);

  g_assert_cmpuint (sandbox_count (away, "spec.clusterProfileTemplates"), ==, 0);
}

/* What somebody chose for the appliance meanwhile is what it runs. */
static void
test_by_name_late (Sandbox       *self,
                   gconstpointer  data)
{
  g_autoptr(JsonNode) first = register_by_name (self, "1.0.0");
  g_autofree char *other = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.1.0", ""));
  g_autofree char *body = g_strdup_printf ("{\"profiles\":[{\"uid\":\"%s\"}]}", other);

  sandbox_tell (self, 204, "PUT", HOST "/profiles", body);

  g_autofree char *profile = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", ""));
  g_autoptr(JsonNode) host = get_as_appliance (self);

  g_assert_cmpuint (sandbox_count (host, "spec.clusterProfileTemplates"), ==, 1);
  g_assert_cmpstr (sandbox_get (host, "spec.clusterProfileTemplates.0.uid"), ==, other);
}

/* An archive of another console is no reason not to register. */
static void
test_stranger (Sandbox       *self,
               gconstpointer  data)
{
  g_autoptr(JsonNode) host = register_host (self, 200, "edge-1", "", "0123456789abcdef01234567");

  g_assert_cmpuint (sandbox_count (host, "spec.clusterProfileTemplates"), ==, 0);
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", HOST "/spc/download", NULL);
}

static void
test_expected (Sandbox       *self,
               gconstpointer  data)
{
  static const char body[] =
    "{\"metadata\":{\"name\":\"north\",\"uid\":\"edge-1\"},\"spec\":{\"archType\":\"amd64\"}}";
  g_autoptr(JsonNode) made = sandbox_ask (self, 201, "POST", "/v1/edgehosts", body);
  g_autoptr(JsonNode) before = sandbox_ask (self, 200, "GET", HOST, NULL);

  g_assert_cmpstr (sandbox_get (before, "status.state"), ==, "unpaired");
  sandbox_refuse (self, 409, "EdgeHostDeviceAlreadyExists", "POST", "/v1/edgehosts", body);
  sandbox_refuse (self, 400, "EdgeHostDeviceNotRegistered", "PUT", HOST,
                  "{\"metadata\":{\"uid\":\"edge-1\"}}");

  g_autoptr(JsonNode) registered = register_host (self, 200, "edge-1", "", "");

  g_assert_cmpstr (sandbox_get (registered, "metadata.name"), ==, "north");
}

/* With what it got an appliance is itself, and nobody else. */
static void
test_own_token (Sandbox       *self,
                gconstpointer  data)
{
  g_autoptr(JsonNode) first = register_host (self, 200, "edge-1", "", "");
  g_autoptr(JsonNode) other = register_host (self, 200, "edge-2", "", "");

  self->key = "";
  self->authorization = sandbox_get (first, "status.serviceAuthToken");
  self->project = NULL;
  g_autoptr(JsonNode) host = sandbox_ask (self, 200, "GET", HOST, NULL);

  sandbox_refuse (self, 403, "OperationForbidden", "GET", "/v1/edgehosts/edge-2", NULL);
  sandbox_refuse (self, 403, "OperationForbidden", "PATCH", "/v1/edgehosts/edge-2/health",
                  "{\"state\":\"healthy\"}");
  sandbox_refuse (self, 403, "OperationForbidden", "DELETE", HOST, NULL);
}

#define REPORT(name, type) \
  "{\"packs\":[{\"name\":\"" name "\",\"profileUid\":\"p\",\"type\":\"manifest\",\"version\":\"1\"," \
  "\"condition\":{\"type\":\"" type "\",\"status\":\"True\",\"reason\":\"\",\"message\":\"\"}}]}"

static void
test_reports (Sandbox       *self,
              gconstpointer  data)
{
  g_autoptr(JsonNode) registered = register_host (self, 200, "edge-1", "", "");

  sandbox_tell (self, 204, "PATCH", HOST "/packs/status", REPORT ("one", "Installed"));
  sandbox_tell (self, 204, "PATCH", HOST "/packs/status", REPORT ("two", "WaitingForOtherLayers"));
  g_autoptr(JsonNode) before = sandbox_ask (self, 200, "GET", HOST, NULL);

  sandbox_tell (self, 204, "PATCH", HOST "/packs/status", REPORT ("one", "Installed"));
  sandbox_tell (self, 204, "PATCH", HOST "/health",
                "{\"state\":\"unhealthy\",\"message\":\"hot\",\"agentVersion\":\"1\"}");
  sandbox_tell (self, 204, "PATCH", HOST "/hostCheckSum", "{\"hostCheckSum\":\"sha256:00\"}");
  g_autoptr(JsonNode) after = sandbox_ask (self, 200, "GET", HOST, NULL);

  g_assert_cmpuint (sandbox_count (after, "status.packs"), ==, 2);
  g_assert_cmpstr (sandbox_get (after, "status.packs.0.condition.type"), ==, "Installed");
  g_assert_cmpstr (sandbox_get (after, "status.packs.0.condition.lastTransitionTime"), ==,
                   sandbox_get (before, "status.packs.0.condition.lastTransitionTime"));
  g_assert_cmpstr (sandbox_get (after, "metadata.lastModifiedTimestamp"), >=,
                   sandbox_get (before, "metadata.lastModifiedTimestamp"));
  g_assert_cmpstr (sandbox_get (after, "status.health.message"), ==, "hot");
  g_assert_cmpstr (sandbox_get (after, "spec.host.hostChecksum"), ==, "sha256:00");
}

/* The newest first; to say the same again is no event. */
static void
test_events (Sandbox       *self,
             gconstpointer  data)
{
  static const char path[] = "/v1/events/components/edgehost/edge-1";
  g_autoptr(JsonNode) registered = register_host (self, 200, "edge-1", "", "");

  sandbox_tell (self, 204, "PATCH", HOST "/health", "{\"state\":\"healthy\"}");
  sandbox_tell (self, 204, "PATCH", HOST "/packs/status", REPORT ("one", "Installed"));
  sandbox_tell (self, 204, "PATCH", HOST "/packs/status", REPORT ("one", "Installed"));
  sandbox_tell (self, 204, "PATCH", HOST "/packs/status", REPORT ("one", "Error"));
  sandbox_tell (self, 204, "PATCH", HOST "/health", "{\"state\":\"healthy\"}");
  g_autoptr(JsonNode) events = sandbox_ask (self, 200, "GET", path, NULL);
  guint n_warnings = 0;

  g_assert_cmpuint (sandbox_count (events, "items"), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *severity = g_strdup_printf ("items.%u.severity", i);

      n_warnings += g_str_equal (sandbox_get (events, severity), "Warning") ? 1 : 0;
    }
  g_assert_cmpuint (n_warnings, ==, 1);
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", "/v1/events/components/edgehost/edge-2",
                  NULL);
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", "/v1/events/components/machine/edge-1",
                  NULL);

  /* However much is said, only the last of it is kept. */
  for (guint i = 0; i < 120; i++)
    sandbox_tell (self, 204, "PATCH", HOST "/packs/status",
                  i % 2 == 0 ? REPORT ("one", "Ready") : REPORT ("one", "Error"));
  g_autoptr(JsonNode) many = sandbox_ask (self, 200, "GET", path, NULL);

  g_assert_cmpint (sandbox_get_int (many, "listmeta.count"), <=, 101);
  g_assert_cmpstr (sandbox_get (many, "items.0.metadata.creationTimestamp"), >=,
                   sandbox_get (many, "items.49.metadata.creationTimestamp"));
}

/* What a person changes is no sign of life. */
static void
test_last_heard (Sandbox       *self,
                 gconstpointer  data)
{
  g_autofree char *profile = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", ""));
  g_autofree char *link = g_strdup_printf ("{\"profiles\":[{\"uid\":\"%s\"}]}", profile);
  g_autoptr(JsonNode) host = register_host (self, 200, "edge-1", "", "");

  sandbox_tell (self, 204, "PUT", HOST "/profiles", link);
  sandbox_tell (self, 204, "PUT", HOST "/meta",
                "{\"metadata\":{\"name\":\"new\",\"labels\":{\"a\":\"b\"}}}");
  g_autoptr(JsonNode) after = sandbox_ask (self, 200, "GET", HOST, NULL);

  g_assert_cmpstr (sandbox_get (after, "metadata.name"), ==, "new");
  g_assert_cmpstr (sandbox_get (after, "metadata.lastModifiedTimestamp"), ==,
                   sandbox_get (host, "metadata.lastModifiedTimestamp"));
}

/* What is published is what appliances are to run; a draft is not. */
static void
test_publish (Sandbox       *self,
              gconstpointer  data)
{
  g_autofree char *profile =
    sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", SITE));
  g_autofree char *path = g_strconcat ("/v1/clusterprofiles/", profile, NULL);
  g_autofree char *publish = g_strconcat (path, "/publish", NULL);
  g_autoptr(JsonNode) first = register_host (self, 200, "edge-1", "", profile);

  sandbox_tell (self, 204, "PUT", path, USES_PORT);
  g_autoptr(JsonNode) drafted = sandbox_ask (self, 200, "GET", HOST, NULL);

  sandbox_tell (self, 204, "PATCH", publish, NULL);
  g_autoptr(JsonNode) published =
    sandbox_ask (self, 200, "GET", HOST "?resolvePackValues=true", NULL);
  g_autoptr(JsonNode) list =
    sandbox_ask (self, 200, "GET", HOST "/profiles?includePackMeta=schema", NULL);
  g_autoptr(JsonNode) shown = sandbox_ask (self, 200, "GET", path, NULL);

  /* For people the same profile is the same before and after it was published. */
  g_assert_null (sandbox_find (shown, "spec.published.packs.0.annotations.layer-digest"));
  g_assert_cmpint (sandbox_get_int (drafted, "spec.clusterProfileTemplates.0.version"), ==, 1);
  g_assert_cmpint (sandbox_get_int (published, "spec.clusterProfileTemplates.0.version"), ==, 2);
  g_assert_cmpstr (sandbox_get (published, "spec.clusterProfileTemplates.0.packs.0.values"), ==,
                   "port: '8080'");
  g_assert_cmpstr (sandbox_get (list, "profiles.0.spec.packs.0.spec.values"), ==,
                   "port: '{{.spectro.var.port}}'");
  g_assert_cmpstr (
    sandbox_get (drafted, "spec.clusterProfileTemplates.0.packs.0.annotations.layer-digest"), !=,
    sandbox_get (published, "spec.clusterProfileTemplates.0.packs.0.annotations.layer-digest"));
}

/* The digest that an appliance is told is that of what it gets, also with values of its own. */
static void
test_archive (Sandbox       *self,
              gconstpointer  data)
{
  g_autofree char *profile =
    sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", SITE));
  g_autofree char *path = g_strconcat ("/v1/clusterprofiles/", profile, NULL);
  g_autofree char *publish = g_strconcat (path, "/publish", NULL);
  g_autofree char *link = g_strdup_printf (
    "{\"profiles\":[{\"uid\":\"%s\",\"variables\":[{\"name\":\"port\",\"value\":\"9\"}]}"
    "]}",
    profile);
  g_autoptr(JsonNode) registered = register_host (self, 200, "edge-1", "", profile);
  g_autoptr(GError) error = NULL;
  guint status;

  sandbox_tell (self, 204, "PUT", path, USES_PORT);
  sandbox_tell (self, 204, "PATCH", publish, NULL);
  sandbox_tell (self, 204, "PUT", HOST "/profiles", link);
  g_autoptr(JsonNode) host = sandbox_ask (self, 200, "GET", HOST, NULL);
  g_autoptr(GBytes) bytes = sandbox_send (self, "GET", HOST "/spc/download", NULL, &status);
  g_autoptr(StrataArchive) archive = strata_archive_read (bytes, NULL, &error);

  g_assert_no_error (error);

  StrataProfile *value = strata_archive_get_profile (archive);
  g_autofree char *digest = strata_layer_digest_get (value, strata_profile_get_layer (value, 0));
  g_autofree char *manifest =
    g_strdup_printf (HOST "/pack/manifests/%s?resolveManifestValues=true",
                     sandbox_get (host, "spec.clusterProfileTemplates.0.packs.0.manifests.0.uid"));
  g_autoptr(JsonNode) text = sandbox_ask (self, 200, "GET", manifest, NULL);

  g_assert_cmpstr (
    sandbox_get (host, "spec.clusterProfileTemplates.0.packs.0.annotations.layer-digest"), ==,
    digest);
  g_assert_cmpstr (sandbox_get (text, "spec.published.content"), ==, "a: '9'");
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", HOST "/pack/manifests/none", NULL);
}

/* Changes the manifest of the one layer to @content, and publishes that. */
static void
publish_content (Sandbox    *self,
                 const char *profile,
                 const char *content)
{
  g_autofree char *path = g_strconcat ("/v1/clusterprofiles/", profile, NULL);
  g_autofree char *publish = g_strconcat (path, "/publish", NULL);
  g_autoptr(GString) body = g_string_new (USES_PORT);

  g_string_replace (body, "a: '{{.spectro.var.port}}'", content, 1);
  sandbox_tell (self, 204, "PUT", path, body->str);
  sandbox_tell (self, 204, "PATCH", publish, NULL);
}

static void
report_site (Sandbox    *self,
             const char *profile)
{
  g_autofree char *body =
    g_strdup_printf ("{\"packs\":[{\"name\":\"site\",\"profileUid\":\"%s\",\"type\":\"manifest\","
                     "\"version\":\"\",\"condition\":{\"type\":\"Ready\",\"status\":\"True\"}}]}",
                     profile);

  sandbox_tell (self, 204, "PATCH", HOST "/packs/status", body);
}

static void
assert_condition (Sandbox    *self,
                  const char *type)
{
  g_autoptr(JsonNode) host = sandbox_ask (self, 200, "GET", HOST, NULL);

  g_assert_cmpstr (sandbox_get (host, "status.packs.0.condition.type"), ==, type);
  g_assert_null (sandbox_find (host, "status.packs.0.replaced"));
}

/* Who says nothing is behind as soon as another layer is published, and no more when it is the same again. */
static void
test_behind (Sandbox       *self,
             gconstpointer  data)
{
  g_autofree char *profile =
    sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", SITE));
  g_autoptr(JsonNode) registered = register_host (self, 200, "edge-1", "", profile);

  publish_content (self, profile, "a: one");
  report_site (self, profile);
  publish_content (self, profile, "a: one");
  assert_condition (self, "Ready");
  publish_content (self, profile, "a: two");
  assert_condition (self, "UpgradeAvailable");
  publish_content (self, profile, "a: three");
  assert_condition (self, "UpgradeAvailable");
  publish_content (self, profile, "a: one");
  assert_condition (self, "Ready");
  publish_content (self, profile, "a: two");
  report_site (self, profile);
  assert_condition (self, "Ready");
}

/* A variable of which the appliance has its own value makes it not behind. */
static void
test_behind_by_settings (Sandbox       *self,
                         gconstpointer  data)
{
  g_autofree char *profile =
    sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", SITE));
  g_autofree char *variables = g_strconcat ("/v1/clusterprofiles/", profile, "/variables", NULL);
  g_autofree char *publish = g_strconcat ("/v1/clusterprofiles/", profile, "/publish", NULL);
  g_autofree char *link = g_strdup_printf (
    "{\"profiles\":[{\"uid\":\"%s\",\"variables\":[{\"name\":\"port\",\"value\":\"9\"}]}]}", profile);
  g_autoptr(JsonNode) registered = register_host (self, 200, "edge-1", "", profile);

  publish_content (self, profile, "a: '{{.spectro.var.port}}'");
  sandbox_tell (self, 204, "PUT", HOST "/profiles", link);
  report_site (self, profile);
  sandbox_tell (self, 204, "PATCH", variables,
                "{\"variables\":[{\"name\":\"port\",\"displayName\":\"port\",\"format\":\"string\","
                "\"defaultValue\":\"7\"}]}");
  sandbox_tell (self, 204, "PATCH", publish, NULL);
  assert_condition (self, "Ready");
  publish_content (self, profile, "b: '{{.spectro.var.port}}'");
  assert_condition (self, "UpgradeAvailable");
}

static void
test_links (Sandbox       *self,
            gconstpointer  data)
{
  g_autofree char *one = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", ""));
  g_autofree char *two = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.1.0", ""));
  g_autofree char *move =
    g_strdup_printf ("{\"profiles\":[{\"uid\":\"%s\",\"replaceWithProfile\":\"%s\"}]}", two, one);
  g_autofree char *path = g_strconcat ("/v1/clusterprofiles/", two, NULL);
  g_autoptr(JsonNode) registered = register_host (self, 200, "edge-1", "", one);

  sandbox_tell (self, 204, "PUT", HOST "/profiles", move);
  g_autoptr(JsonNode) host = sandbox_ask (self, 200, "GET", HOST, NULL);

  g_assert_cmpuint (sandbox_count (host, "spec.clusterProfileTemplates"), ==, 1);
  g_assert_cmpstr (sandbox_get (host, "spec.clusterProfileTemplates.0.profileVersion"), ==,
                   "1.1.0");
  sandbox_refuse (self, 404, "ResourceNotFound", "PUT", HOST "/profiles",
                  "{\"profiles\":[{\"uid\":\"none\"}]}");
  sandbox_refuse (self, 422, "ClusterProfileInUse", "DELETE", path, NULL);
  sandbox_tell (self, 204, "DELETE", HOST, NULL);
  sandbox_tell (self, 204, "DELETE", path, NULL);
}

#define FILTER(property, operator, value) \
  "{\"filter\":{\"conjunction\":\"and\",\"filterGroups\":[{\"conjunction\":\"and\",\"filters\":[{\"property\":\"" property \
  "\",\"type\":\"string\",\"condition\":{\"string\":{\"operator\":\"" operator "\",\"negation\":false,\"match\":{" \
  "\"conjunction\":\"or\",\"values\":[" value "]},\"ignoreCase\":false}}}]}]},\"sort\":[]}"

static void
test_search (Sandbox       *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *body;
    guint n_found;
  } cases[] = {
    { "{}", 3 },
    { FILTER ("state", "eq", "\"ready\",\"in-use\""), 3 },
    { FILTER ("state", "eq", "\"unpaired\""), 0 },
    { FILTER ("name", "contains", "\"-2\""), 1 },
    { FILTER ("name", "beginsWith", "\"edge\""), 3 },
    { FILTER ("tags", "eq", "\"site:north\""), 3 },
    { FILTER ("tags", "eq", "\"site:nor\""), 0 },
    { FILTER ("architecture", "eq", "\"arm64\""), 3 },
    { FILTER ("healthState", "eq", "\"healthy\""), 1 },
  };

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *uid = g_strdup_printf ("edge-%u", i);
      g_autoptr(JsonNode) host = register_host (self, 200, uid, "", "");
    }
  sandbox_tell (self, 204, "PATCH", HOST "/health", "{\"state\":\"healthy\"}");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) found = sandbox_ask (self, 200, "POST", SEARCH, cases[i].body);

      g_assert_cmpuint (sandbox_count (found, "items"), ==, cases[i].n_found);
    }

  sandbox_refuse (self, 422, "InvalidFilter", "POST", SEARCH, FILTER ("size", "eq", "\"1\""));
  self->project = STRATA_SANDBOX_LAB_UID;
  g_autoptr(JsonNode) none = sandbox_ask (self, 200, "POST", SEARCH, "{}");
  g_autoptr(JsonNode) names = sandbox_ask (self, 200, "GET", "/v1/edgehosts/metadata", NULL);
  g_autoptr(JsonNode) tags = sandbox_ask (self, 200, "GET", "/v1/edgehosts/tags", NULL);
  g_autoptr(JsonNode) schema = sandbox_ask (self, 200, "GET", SEARCH "/schema", NULL);

  g_assert_cmpuint (sandbox_count (none, "items"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/hosts/register", Sandbox, NULL, sandbox_set_up, test_register,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/by-name", Sandbox, NULL, sandbox_set_up, test_by_name, sandbox_tear_down);
  g_test_add ("/sandbox/hosts/by-name-late", Sandbox, NULL, sandbox_set_up, test_by_name_late, sandbox_tear_down);
  g_test_add ("/sandbox/hosts/stranger", Sandbox, NULL, sandbox_set_up, test_stranger,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/expected", Sandbox, NULL, sandbox_set_up, test_expected,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/own-token", Sandbox, NULL, sandbox_set_up, test_own_token,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/reports", Sandbox, NULL, sandbox_set_up, test_reports,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/events", Sandbox, NULL, sandbox_set_up, test_events,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/last-heard", Sandbox, NULL, sandbox_set_up, test_last_heard,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/publish", Sandbox, NULL, sandbox_set_up, test_publish,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/behind", Sandbox, NULL, sandbox_set_up, test_behind,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/behind/settings", Sandbox, NULL, sandbox_set_up,
              test_behind_by_settings, sandbox_tear_down);
  g_test_add ("/sandbox/hosts/archive", Sandbox, NULL, sandbox_set_up, test_archive,
              sandbox_tear_down);
  g_test_add ("/sandbox/hosts/links", Sandbox, NULL, sandbox_set_up, test_links, sandbox_tear_down);
  g_test_add ("/sandbox/hosts/search", Sandbox, NULL, sandbox_set_up, test_search,
              sandbox_tear_down);

  return g_test_run ();
}
