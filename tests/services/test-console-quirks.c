/* test-console-quirks.c - what a console does otherwise than one would think, one test for each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "console-fixture.h"
#include "strata-console-packs.h"
#include "strata-console-profiles.h"
#include "strata-palette-body.h"
#include "strata-palette.h"

#define LIST "POST /v1/dashboard/clusterprofiles"
#define UID CONSOLE_PROFILE
#define PROFILE "/v1/clusterprofiles/" UID
#define REGISTRY "64eaff453040297344bc0004"
#define TWO "64eaff453040297344bc0002"
#define THREE "64eaff453040297344bc0003"

#define ITEM(uid) "{\"metadata\":{\"name\":\"web\",\"uid\":\"" uid "\"}}"
#define PAGE(items, next, count) "{\"items\":[" items "],\"listmeta\":{\"continue\":\"" next "\",\"count\":" count "}}"

#define REGISTRIES_ROUTE \
  { "GET /v1/registries/metadata", 200, \
    "{\"items\":[{\"uid\":\"" REGISTRY "\",\"name\":\"Packs\",\"kind\":\"pack\"}," \
    "{\"uid\":\"64eaff453040297344bc0005\",\"name\":\"Images\",\"kind\":\"oci\",\"isDefault\":null}]}" }

static const char published[] =
  "{\"metadata\":{\"name\":\"web\",\"uid\":\"" UID "\",\"annotations\":{\"owner\":\"x\",\"scope\":\"project\",\"description\":\"old\"},"
  "\"labels\":{\"edge\":\"spectro__tag\"},\"lastModifiedTimestamp\":\"2026-09-01T10:00:00.000Z\"},"
  "\"spec\":{\"draft\":null,\"version\":\"1.0.0\",\"published\":{\"type\":\"system\",\"cloudType\":\"all\",\"version\":3,\"packs\":["
  "{\"name\":\"nginx\",\"type\":\"spectro\",\"layer\":\"addon\",\"tag\":\"1.0.0\",\"version\":\"1.0.0\",\"packUid\":\"64eaff453040297344bc0011\","
  "\"registryUid\":\"" REGISTRY "\",\"values\":\"a: 1\",\"manifests\":null,\"isInvalid\":true,\"inValidReason\":\"gone\"},"
  "{\"name\":\"site\",\"type\":\"manifest\",\"layer\":\"addon\",\"packUid\":\"spectro-manifest-pack\",\"values\":\"\",\"manifests\":["
  "{\"kind\":\"manifest\",\"name\":\"info\",\"uid\":\"64eaff453040297344bc0012\"}]}]}},"
  "\"status\":{\"isPublished\":true,\"inUseClusterUids\":null}}";
static const char manifests[] =
  "{\"metadata\":null,\"spec\":{\"packs\":[{\"spec\":{\"name\":\"nginx\",\"manifests\":null}},"
  "{\"spec\":{\"name\":\"site\",\"manifests\":[{\"name\":\"info\",\"content\":\"b: 2\"}]}}]}}";
static const char variables[] =
  "{\"variables\":[{\"name\":\"port\",\"format\":\"number\",\"defaultValue\":\"80\"},"
  "{\"name\":\"key\",\"isSensitive\":true,\"defaultValue\":\"********\"}]}";

#define PROFILE_ROUTES \
  REGISTRIES_ROUTE, { "GET " PROFILE, 200, published }, { "GET " PROFILE "/packs/manifests", 200, manifests }, \
    { "GET " PROFILE "/variables", 200, variables }, { "PUT " PROFILE, 204 }, { "PATCH " PROFILE "/metadata", 204 }, \
    { "PATCH " PROFILE "/variables", 204 }, { "PUT " PROFILE "/variables", 204 }, { "DELETE " PROFILE "/variables", 204 }, \
    { "PATCH " PROFILE "/publish", 204 }

static const ConsoleRoute profile_routes[] = { PROFILE_ROUTES, { NULL } };

/* What is asked has to be as it is published, where that is at hand. */
static ConsoleFixture *
open_console (const ConsoleRoute *routes)
{
  ConsoleFixture *fixture = console_fixture_new (routes);

  fixture->contract = contract_open ();

  return fixture;
}

static GPtrArray *
list (ConsoleFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  StrataConsoleFilter filter = { .type = "system" };
  GPtrArray *entries =
    strata_console_list_profiles (fixture->console, &filter, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return entries;
}

static StrataConsoleProfile *
get (ConsoleFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  StrataConsoleProfile *found =
    strata_console_get_profile (fixture->console, UID, NULL, &error);

  g_assert_no_error (error);

  return found;
}

static void
update (ConsoleFixture *fixture,
        StrataProfile  *profile,
        StrataProfile  *base)
{
  g_autoptr(GError) error = NULL;

  strata_console_update_profile (fixture->console, UID, profile, base, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static const char *
target (ConsoleFixture *fixture,
        guint           number)
{
  return console_fixture_find (fixture, LIST, number)->target;
}

static void
test_01_pages_of_50 (void)
{
  static const ConsoleRoute routes[] = {
    { LIST, 200, PAGE (ITEM (UID), "next", "117"), NULL, 1 },
    { LIST, 200, PAGE (ITEM (TWO), "", "117") },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GPtrArray) entries = list (fixture);

  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (target (fixture, 0), ==, "/v1/dashboard/clusterprofiles?limit=50");
  g_assert_cmpstr (target (fixture, 1), ==, "/v1/dashboard/clusterprofiles?limit=50&continue=next");
}

/* The token of one page is sent back as it came, whatever is in it. */
static void
test_02_continue_is_opaque (void)
{
  static const ConsoleRoute routes[] = {
    { LIST, 200, PAGE (ITEM (UID), "a+b/c=&d", "2"), NULL, 1 },
    { LIST, 200, PAGE (ITEM (TWO), "", "2") },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GPtrArray) entries = list (fixture);

  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_nonnull (strstr (target (fixture, 1), "continue=a%2Bb%2Fc%3D%26d"));
}

/* A list that goes round in circles ends, and has each item once. */
static void
test_02_pages_end_without_news (void)
{
  static const ConsoleRoute routes[] = {
    { LIST, 200, PAGE (ITEM (UID) "," ITEM (TWO), "again", "9"), NULL, 1 },
    { LIST, 200, PAGE (ITEM (TWO) "," ITEM (THREE), "again", "12"), NULL, 1 },
    { LIST, 200, PAGE (ITEM (UID) "," ITEM (THREE), "again", "7") },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GPtrArray) entries = list (fixture);

  g_assert_cmpuint (entries->len, ==, 3);
  g_assert_cmpuint (web_count (fixture->web), ==, 3);
}

typedef struct
{
  guint done;
  guint total;
} Told;

static void
arrived_cb (GPtrArray *entries,
            guint      total,
            gpointer   data)
{
  Told *told = data;

  g_assert_cmpuint (entries->len, <=, total);
  g_assert_cmpuint (entries->len, >=, told->done);
  *told = (Told){ entries->len, total };
}

/* What the console counts may be more or less than what comes. */
static void
test_02_count_may_lie (void)
{
  static const ConsoleRoute routes[] = {
    { LIST, 200, PAGE (ITEM (UID), "next", "0"), NULL, 1 },
    { LIST, 200, PAGE (ITEM (TWO), "next", "-5"), NULL, 1 },
    { LIST, 200, PAGE (ITEM (THREE), "", "1000000000000") },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  Told told = { 0, 0 };
  g_autoptr(GPtrArray) entries =
    strata_console_list_profiles (fixture->console, NULL, arrived_cb, &told, NULL, NULL);

  g_assert_cmpuint (entries->len, ==, 3);
  g_assert_cmpuint (told.done, ==, 3);
  g_assert_cmpuint (told.total, ==, 3);
}

static StrataProfile *
without_variable (StrataProfile *profile,
                  guint          position)
{
  g_autoptr(GPtrArray) rest = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *all = strata_profile_get_variables (profile);

  for (guint i = 0; i < all->len; i++)
    if (i != position)
      g_ptr_array_add (rest, g_object_ref (all->pdata[i]));

  return strata_profile_with_variables (profile, rest);
}

static void
test_03_delete_has_a_body (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (profile_routes);
  g_autoptr(StrataConsoleProfile) found = get (fixture);
  g_autoptr(StrataProfile) changed = without_variable (found->profile, 0);

  update (fixture, changed, found->profile);
  g_assert_cmpstr (console_fixture_find (fixture, "DELETE " PROFILE "/variables", 0)->body, ==,
                   "{\"variables\":[\"port\"]}");
}

static void
test_04_uid_in_capitals (void)
{
  static const ConsoleRoute routes[] = {
    REGISTRIES_ROUTE,
    { "POST /v1/clusterprofiles", 201, "{\"UID\":\"" TWO "\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(StrataProfile) profile = strata_profile_new ("web", "1.0.0");
  g_autofree char *uid =
    strata_console_create_profile (fixture->console, profile, FALSE, NULL, NULL, NULL);

  g_assert_cmpstr (uid, ==, TWO);
}

static void
test_05_slash_at_the_end (void)
{
  static const ConsoleRoute routes[] = { { "GET /v1/notifications/", 200, "{\"items\":[]}" }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  StrataConsoleCall call = { .path = "/v1/notifications/" };
  g_autoptr(JsonNode) reply = strata_console_call (fixture->console, &call, NULL, NULL);

  g_assert_nonnull (reply);
}

static void
test_06_null_is_absent (void)
{
  static const ConsoleRoute routes[] = {
    { LIST, 200,
      "{\"items\":[null,{\"metadata\":null},{\"metadata\":{\"uid\":\"" UID "\",\"name\":null,\"labels\":null,\"annotations\":null,"
      "\"lastModifiedTimestamp\":null},\"specSummary\":{\"draft\":null,\"published\":null,\"versions\":null,\"version\":null},\"status\":null}],"
      "\"listmeta\":null}" },
    { "POST /v1/packs/search", 200, "{\"items\":[{\"spec\":{\"name\":\"a\",\"registries\":null}},{\"spec\":null}],\"listmeta\":{\"continue\":null}}" },
    { "GET /v1/dashboard/projects/metadata", 200, "{\"items\":null}" },
    { "GET /v1/registries/metadata", 200, "{\"items\":[null,{\"uid\":null}]}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GPtrArray) entries = list (fixture);
  g_autoptr(GPtrArray) packs = strata_console_search_packs (fixture->console, NULL, 0, NULL, NULL);
  g_autoptr(GPtrArray) projects = strata_console_list_projects (fixture->console, NULL, NULL);
  g_autoptr(GPtrArray) registries = strata_console_list_registries (fixture->console, NULL, NULL);
  StrataConsoleEntry *entry = entries->pdata[0];

  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (entry->name, ==, "");
  g_assert_cmpuint (entry->n_versions, ==, 1);
  g_assert_cmpuint (g_strv_length (entry->tags), ==, 0);
  g_assert_cmpint (entry->modified, ==, 0);
  g_assert_false (entry->is_published);
  g_assert_cmpuint (packs->len, ==, 0);
  g_assert_cmpuint (projects->len, ==, 0);
  g_assert_cmpuint (registries->len, ==, 0);
}

/* One registry is not asked for in the one form that has no metadata: the list of all says what is needed. */
static void
test_07_registries_come_from_one_list (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (profile_routes);
  g_autoptr(GPtrArray) registries = strata_console_list_registries (fixture->console, NULL, NULL);
  StrataConsoleRegistry *second = registries->pdata[1];

  g_assert_cmpuint (registries->len, ==, 2);
  g_assert_cmpstr (second->kind, ==, "oci");
  g_assert_false (second->is_default);
  g_assert_cmpuint (web_count (fixture->web), ==, 1);
}

/* What was read is sent back by nobody: neither white space nor a mask makes a difference. */
static void
test_08_no_change_is_no_request (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (profile_routes);
  g_autoptr(StrataConsoleProfile) found = get (fixture);
  g_autoptr(StrataConsoleProfile) again = get (fixture);
  StrataLayer *layer = strata_profile_get_layer (found->profile, 0);
  g_autoptr(StrataBlob) spaced = strata_blob_new_text ("\na: 1\n\n");
  g_autoptr(StrataLayer) other = strata_layer_with_values (layer, spaced);
  g_autoptr(StrataProfile) changed = strata_profile_with_layer (found->profile, 0, other);

  g_assert_true (strata_profile_equal (found->profile, again->profile));
  update (fixture, changed, found->profile);
  update (fixture, changed, NULL);
  g_assert_cmpuint (console_fixture_count (fixture, "PUT *"), ==, 0);
  g_assert_cmpuint (console_fixture_count (fixture, "PATCH *"), ==, 0);
  g_assert_cmpuint (console_fixture_count (fixture, "DELETE *"), ==, 0);
}

static StrataProfile *
with_values (StrataProfile *profile,
             guint          position,
             const char    *text)
{
  g_autoptr(StrataBlob) values = strata_blob_new_text (text);
  g_autoptr(StrataLayer) layer =
    strata_layer_with_values (strata_profile_get_layer (profile, position), values);

  return strata_profile_with_layer (profile, position, layer);
}

static JsonObject *
get_pack (JsonNode *body,
          guint     position)
{
  JsonObject *spec = json_object_get_object_member (json_node_get_object (body), "spec");
  JsonObject *template = json_object_get_object_member (spec, "template");

  return json_array_get_object_element (json_object_get_array_member (template, "packs"), position);
}

static void
test_09_pack_is_called_spectro (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (profile_routes);
  g_autoptr(StrataConsoleProfile) found = get (fixture);
  g_autoptr(StrataProfile) changed = with_values (found->profile, 0, "a: 2");
  StrataLayer *layer = strata_profile_get_layer (found->profile, 0);

  g_assert_cmpint (strata_layer_get_kind (layer), ==, STRATA_LAYER_KIND_PACK);
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_REGISTRY_KIND), ==, "pack");
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME), ==, "Packs");

  update (fixture, changed, found->profile);

  g_autoptr(JsonNode) body = console_fixture_body (fixture, "PUT " PROFILE);

  g_assert_cmpstr (json_object_get_string_member (get_pack (body, 0), "type"), ==, "spectro");
  g_assert_cmpstr (json_object_get_string_member (get_pack (body, 0), "registryUid"), ==, REGISTRY);
  g_assert_cmpstr (json_object_get_string_member (get_pack (body, 0), "uid"), ==, "64eaff453040297344bc0011");
}

/* Two layers of one pack have names of their own; the pack is looked up by its own. */
static void
test_10_two_layers_of_a_pack (void)
{
  static const ConsoleRoute routes[] = {
    REGISTRIES_ROUTE,
    { "GET /v1/packs/nginx/registries/" REGISTRY, 200,
      "{\"name\":\"nginx\",\"tags\":[{\"tag\":\"1.0.0\",\"version\":\"1.0.0\",\"packUid\":\"64eaff453040297344bc0011\"}]}" },
    { "POST /v1/clusterprofiles", 201, "{\"uid\":\"" UID "\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = strata_palette_read (
    "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{\"packs\":["
    "{\"name\":\"one--nginx\",\"tag\":\"1.0.0\",\"registryUid\":\"" REGISTRY "\"},"
    "{\"name\":\"two--nginx\",\"tag\":\"1.0.0\",\"registryUid\":\"" REGISTRY "\"}]}}}", -1, NULL, NULL);
  g_autofree char *uid =
    strata_console_create_profile (fixture->console, profile, FALSE, NULL, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(JsonNode) body = console_fixture_body (fixture, "POST /v1/clusterprofiles");

  g_assert_cmpstr (json_object_get_string_member (get_pack (body, 0), "name"), ==, "one--nginx");
  g_assert_cmpstr (json_object_get_string_member (get_pack (body, 1), "name"), ==, "two--nginx");
  g_assert_cmpstr (json_object_get_string_member (get_pack (body, 1), "uid"), ==, "64eaff453040297344bc0011");
}

static void
test_11_versions_by_number (void)
{
  static const ConsoleRoute routes[] = {
    { "GET /v1/packs/nginx/registries/" REGISTRY, 200,
      "{\"tags\":[{\"tag\":\"1.10.0\",\"version\":\"1.10.0\",\"parentTags\":[\"1.x\"]},{\"tag\":\"1.2.0\",\"version\":\"1.2.0\"},"
      "{\"tag\":\"1.9.0\",\"version\":\"1.9.0\"},{\"tag\":\"1.x\",\"version\":\"1.10.0\"},{\"tag\":\"odd\",\"version\":\"odd\"},null]}" },
    { NULL },
  };
  static const char *const order[] = { "1.10.0", "1.x", "1.9.0", "1.2.0", "odd" };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GPtrArray) versions =
    strata_console_list_pack_versions (fixture->console, "nginx", REGISTRY, NULL, NULL);

  g_assert_cmpuint (versions->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < versions->len; i++)
    {
      StrataConsolePackVersion *version = versions->pdata[i];

      g_assert_cmpstr (version->tag, ==, order[i]);
      g_assert_cmpint (version->is_floating, ==, i == 1);
    }
}

static void
test_12_annotations_of_others_stay (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (profile_routes);
  g_autoptr(StrataConsoleProfile) found = get (fixture);
  g_autoptr(StrataProfile) changed =
    strata_profile_with (found->profile, STRATA_PROFILE_DESCRIPTION, "new");

  update (fixture, changed, found->profile);

  g_autoptr(JsonNode) body = console_fixture_body (fixture, "PATCH " PROFILE "/metadata");
  JsonObject *metadata = json_object_get_object_member (json_node_get_object (body), "metadata");
  JsonObject *annotations = json_object_get_object_member (metadata, "annotations");

  g_assert_cmpstr (json_object_get_string_member (annotations, "owner"), ==, "x");
  g_assert_cmpstr (json_object_get_string_member (annotations, "description"), ==, "new");
  g_assert_cmpuint (console_fixture_count (fixture, "PUT *"), ==, 0);
}

/* A body that stalls is asked for once more, and not for ever. */
static void
test_13_stalls (void)
{
  static const ConsoleRoute once[] = { { "GET /v1/users/info", CONSOLE_SILENCE, NULL, NULL, 1 }, { "GET /v1/users/info", 200, "{}" }, { NULL } };
  static const ConsoleRoute always[] = { { "GET /v1/users/info", CONSOLE_SILENCE }, { NULL } };
  g_autoptr(ConsoleFixture) one = open_console (once);
  g_autoptr(ConsoleFixture) two = open_console (always);
  StrataConsoleCall call = { .path = "/v1/users/info" };
  g_autoptr(GError) error = NULL;

  strata_console_set_patience (one->console, 1, 1);
  strata_console_set_patience (two->console, 1, 1);

  g_autoptr(JsonNode) reply = strata_console_call (one->console, &call, NULL, NULL);

  g_assert_nonnull (reply);
  g_assert_null (strata_console_call (two->console, &call, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
  g_assert_cmpuint (web_count (two->web), ==, 2);
}

/* A wrong project looks like nothing there. */
static void
test_14_errors_name_the_project (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (profile_routes);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_console_get_profile (fixture->console, TWO, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Shops"));
}

/* Changing what is published changes it for all who use it: who asks a person first has to know. */
static void
test_15_published_is_said (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (profile_routes);
  g_autoptr(StrataConsoleProfile) found = get (fixture);

  g_assert_true (found->is_published);
  g_assert_false (found->has_draft);
  g_assert_cmpuint (found->revision, ==, 3);
  g_assert_true (found->profile == found->published);
}

/* A pack that its registry has no more stays in the profile. */
static void
test_16_lost_packs_stay (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (profile_routes);
  g_autoptr(StrataConsoleProfile) found = get (fixture);

  g_assert_cmpuint (strata_profile_get_n_layers (found->profile), ==, 2);
  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (found->profile, 0)), ==, "a: 1");
}

/* Nor does it keep anybody from changing the rest, also when the whole registry is gone. */
static void
test_16_lost_registries_stay (void)
{
  static const ConsoleRoute routes[] = {
    { "GET /v1/registries/metadata", 200, "{\"items\":[{\"uid\":\"64eaff453040297344bc0005\",\"name\":\"Other\",\"kind\":\"pack\"}]}" },
    PROFILE_ROUTES,
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(StrataConsoleProfile) found = get (fixture);
  g_autoptr(StrataProfile) changed = with_values (found->profile, 0, "a: 2");

  update (fixture, changed, found->profile);

  g_autoptr(JsonNode) body = console_fixture_body (fixture, "PUT " PROFILE);

  g_assert_cmpstr (json_object_get_string_member (get_pack (body, 0), "registryUid"), ==, REGISTRY);
  g_assert_cmpstr (json_object_get_string_member (get_pack (body, 0), "uid"), ==, "64eaff453040297344bc0011");
}

/* Secrets never come back, and the mask is never sent: not even when its variable is changed. It is not moved: to send all
 * variables without the secret may lose it.
 */
static void
test_17_masks_are_not_sent (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (profile_routes);
  g_autoptr(StrataConsoleProfile) found = get (fixture);
  GPtrArray *all = strata_profile_get_variables (found->profile);
  g_autoptr(GPtrArray) moved = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (moved, strata_variable_with (all->pdata[1], STRATA_VARIABLE_DESCRIPTION, "new"));
  g_ptr_array_add (moved, g_object_ref (all->pdata[0]));

  g_autoptr(StrataProfile) changed = strata_profile_with_variables (found->profile, moved);

  g_autofree char *hidden = NULL;
  g_autoptr(GError) error = NULL;

  strata_console_update_profile (fixture->console, UID, changed, found->profile, NULL, &hidden, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hidden, ==, "key");
  g_assert_cmpuint (console_fixture_count (fixture, "PATCH " PROFILE "/variables"), ==, 1);
  g_assert_cmpuint (console_fixture_count (fixture, "PUT " PROFILE "/variables"), ==, 0);
  g_assert_false (console_fixture_has (fixture, "****"));
}

/* Calls that older consoles had are not made, and one that does not know a call is not mistaken for an empty one. */
static void
test_18_no_old_calls (void)
{
  static const ConsoleRoute routes[] = { { LIST, 405, "{\"code\":\"MethodNotAllowed\"}" }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_console_list_profiles (fixture->console, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/console-quirks/01/pages-of-50", test_01_pages_of_50);
  g_test_add_func ("/console-quirks/02/continue-is-opaque", test_02_continue_is_opaque);
  g_test_add_func ("/console-quirks/02/pages-end-without-news", test_02_pages_end_without_news);
  g_test_add_func ("/console-quirks/02/count-may-lie", test_02_count_may_lie);
  g_test_add_func ("/console-quirks/03/delete-has-a-body", test_03_delete_has_a_body);
  g_test_add_func ("/console-quirks/04/uid-in-capitals", test_04_uid_in_capitals);
  g_test_add_func ("/console-quirks/05/slash-at-the-end", test_05_slash_at_the_end);
  g_test_add_func ("/console-quirks/06/null-is-absent", test_06_null_is_absent);
  g_test_add_func ("/console-quirks/07/registries-come-from-one-list", test_07_registries_come_from_one_list);
  g_test_add_func ("/console-quirks/08/no-change-is-no-request", test_08_no_change_is_no_request);
  g_test_add_func ("/console-quirks/09/pack-is-called-spectro", test_09_pack_is_called_spectro);
  g_test_add_func ("/console-quirks/10/two-layers-of-a-pack", test_10_two_layers_of_a_pack);
  g_test_add_func ("/console-quirks/11/versions-by-number", test_11_versions_by_number);
  g_test_add_func ("/console-quirks/12/annotations-of-others-stay", test_12_annotations_of_others_stay);
  g_test_add_func ("/console-quirks/13/stalls", test_13_stalls);
  g_test_add_func ("/console-quirks/14/errors-name-the-project", test_14_errors_name_the_project);
  g_test_add_func ("/console-quirks/15/published-is-said", test_15_published_is_said);
  g_test_add_func ("/console-quirks/16/lost-packs-stay", test_16_lost_packs_stay);
  g_test_add_func ("/console-quirks/16/lost-registries-stay", test_16_lost_registries_stay);
  g_test_add_func ("/console-quirks/17/masks-are-not-sent", test_17_masks_are_not_sent);
  g_test_add_func ("/console-quirks/18/no-old-calls", test_18_no_old_calls);

  return g_test_run ();
}
