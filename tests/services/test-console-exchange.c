/* test-console-exchange.c - what goes to a console and comes from it as a whole: imports, checks, exports, archives
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "console-fixture.h"
#include "strata-console-import.h"
#include "strata-console-packs.h"
#include "strata-console-profiles.h"
#include "strata-palette.h"
#include "strata-problem.h"

#define VALIDATE "POST /v1/clusterprofiles/import/validate"
#define IMPORT "POST /v1/clusterprofiles/import"
#define CREATE "POST /v1/clusterprofiles"
#define CHECK "POST /v1/clusterprofiles/validate/packs"
#define DOWNLOAD "GET /v1/clusterprofiles/" CONSOLE_PROFILE "/spc/download"
#define EXPORT "GET /v1/clusterprofiles/" CONSOLE_PROFILE "/export"
#define REGISTRIES "GET /v1/registries/metadata"
#define UID "{\"uid\":\"" CONSOLE_PROFILE "\"}"
#define HERE "64eaff453040297344bc0004"

static const char registries[] =
  "{\"items\":[{\"uid\":\"" HERE "\",\"name\":\"Packs\",\"kind\":\"pack\"},{\"uid\":\"64eaff453040297344bc0005\",\"name\":\"Charts\",\"kind\":\"helm\"}]}";

#define LAYER(name, uid, registry) \
  "{\"name\":\"" name "\",\"type\":\"spectro\",\"layer\":\"addon\",\"tag\":\"1.0.0\",\"values\":\"a: 1\"," \
  "\"registry\":{\"metadata\":{\"uid\":\"" uid "\",\"name\":\"" registry "\",\"kind\":\"pack\"}}}"

static StrataProfile *
make_profile (const char *layers)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
    "{\"metadata\":{\"name\":\"shop\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{\"type\":\"system\",\"cloudType\":\"all\","
    "\"packs\":[%s]},\"variables\":[{\"name\":\"key\",\"isSensitive\":true,\"defaultValue\":\"********\"}]}}", layers);
  StrataProfile *profile = strata_palette_read (text, -1, NULL, &error);

  g_assert_no_error (error);

  return profile;
}

static ConsoleFixture *
open_console (const ConsoleRoute *routes)
{
  ConsoleFixture *fixture = console_fixture_new (routes);

  fixture->contract = contract_open ();

  return fixture;
}

#define MATCHES(name, list) "{\"name\":\"" name "\",\"registry\":{\"metadata\":{\"uid\":\"x\"},\"matchingRegistries\":[" list "]}}"
#define MATCH(uid, name) "{\"uid\":\"" uid "\",\"name\":\"" name "\",\"kind\":\"pack\"}"

static const char proposals[] =
  "{\"spec\":{\"template\":{\"packs\":[" MATCHES ("one", MATCH (HERE, "Packs")) ","
  MATCHES ("two", MATCH ("64eaff453040297344bc0050", "Mirror") "," MATCH (HERE, "Packs") ",null")
  "," MATCHES ("none", "") "]}}}";

/* What there is one choice for is chosen, the rest is asked, and nothing is imported before. */
static void
test_import (void)
{
  static const ConsoleRoute routes[] = {
    { REGISTRIES, 200, registries }, { VALIDATE, 200, proposals }, { IMPORT, 201, UID }, { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(StrataProfile) profile =
    make_profile (LAYER ("one", "x", "Far") "," LAYER ("two", "x", "Far") ",{\"name\":\"site\",\"type\":\"manifest\"}");
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConsoleImport) import =
    strata_console_validate_import (fixture->console, profile, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (strata_console_import_is_open (import, 0));
  g_assert_true (strata_console_import_is_open (import, 1));
  g_assert_false (strata_console_import_is_open (import, 2));
  g_assert_cmpuint (strata_console_import_get_matches (import, 1)->len, ==, 2);
  g_assert_null (strata_console_import (fixture->console, import, TRUE, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "two"));
  g_clear_error (&error);
  g_assert_cmpuint (console_fixture_count (fixture, IMPORT), ==, 0);

  g_assert_false (strata_console_import_choose (import, 1, "elsewhere"));
  g_assert_true (strata_console_import_choose (import, 1, "64eaff453040297344bc0050"));

  g_autofree char *uid = strata_console_import (fixture->console, import, TRUE, NULL, NULL, &error);
  g_autoptr(JsonNode) body = console_fixture_body (fixture, IMPORT);
  g_autoptr(JsonNode) chosen =
    json_path_query ("$.spec.template.packs[*].registry.metadata.uid", body, NULL);
  g_autofree char *text = json_to_string (chosen, FALSE);

  g_assert_no_error (error);
  g_assert_cmpstr (uid, ==, CONSOLE_PROFILE);
  g_assert_cmpstr (text, ==, "[\"" HERE "\",\"64eaff453040297344bc0050\"]");
  g_assert_nonnull (strstr (console_fixture_find (fixture, IMPORT, 0)->target, "publish=true"));
}

static void
test_import_without_match (void)
{
  static const ConsoleRoute routes[] = { { REGISTRIES, 200, registries }, { VALIDATE, 200, proposals }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(StrataProfile) profile =
    make_profile (LAYER ("none", "x", "Far") "," LAYER ("unknown", "x", "Far"));
  g_autoptr(StrataConsoleImport) import =
    strata_console_validate_import (fixture->console, profile, NULL, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (strata_console_import_is_open (import, i));
      g_assert_cmpuint (strata_console_import_get_matches (import, i)->len, ==, 0);
    }
}

/* A mask is not sent; what is entered in its place is. */
static void
test_import_masked (void)
{
  static const ConsoleRoute routes[] = {
    { REGISTRIES, 200, registries }, { VALIDATE, 200, "{\"spec\":null}" }, { IMPORT, 201, UID }, { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(StrataProfile) profile = make_profile ("");
  g_autoptr(StrataConsoleImport) import =
    strata_console_validate_import (fixture->console, profile, NULL, NULL);
  g_autoptr(GPtrArray) masked = strata_console_import_get_masked (import);
  g_autoptr(GPtrArray) entered = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_cmpuint (masked->len, ==, 1);
  g_ptr_array_add (entered, strata_variable_with (masked->pdata[0], STRATA_VARIABLE_DEFAULT, "hunter2"));

  g_autoptr(StrataProfile) known = strata_profile_with_variables (profile, entered);

  strata_console_import_set_profile (import, known);

  g_autoptr(GPtrArray) left = strata_console_import_get_masked (import);
  g_autofree char *uid = strata_console_import (fixture->console, import, FALSE, NULL, NULL, NULL);

  g_assert_nonnull (uid);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_false (console_fixture_has (fixture, "****"));
  g_assert_nonnull (strstr (console_fixture_find (fixture, IMPORT, 0)->body, "hunter2"));
}

static void
test_check (void)
{
  static const ConsoleRoute routes[] = {
    { REGISTRIES, 200, registries },
    { CHECK, 200,
      "{\"packs\":{\"results\":[{\"name\":\"one\",\"errors\":[{\"code\":\"Missing\",\"message\":\"value\\nis required\"},{\"code\":\"Odd\"}]},"
      "{\"name\":\"two\",\"errors\":null},{\"name\":\"three\",\"errors\":[]},null]}}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(StrataProfile) profile = make_profile ("");
  g_autoptr(GPtrArray) problems =
    strata_console_validate_packs (fixture->console, profile, NULL, NULL);

  g_assert_cmpuint (problems->len, ==, 2);

  StrataProblem *first = problems->pdata[0];
  StrataProblem *second = problems->pdata[1];

  g_assert_cmpstr (first->layer, ==, "one");
  g_assert_cmpstr (first->message, ==, "value is required");
  g_assert_cmpstr (second->message, ==, "Odd");
  g_assert_cmpint (first->severity, ==, STRATA_SEVERITY_ERROR);
  g_assert_nonnull (strstr (first->source, "127.0.0.1"));
}

static char *
create (ConsoleFixture *fixture,
        const char     *layers,
        GError        **error)
{
  g_autoptr(StrataProfile) profile = make_profile (layers);
  g_autofree char *uid =
    strata_console_create_profile (fixture->console, profile, FALSE, NULL, NULL, error);

  if (uid == NULL)
    return NULL;

  g_autoptr(JsonNode) body = console_fixture_body (fixture, CREATE);
  g_autoptr(JsonNode) registry = json_path_query ("$.spec.template.packs[*].registryUid", body, NULL);
  g_autoptr(JsonNode) pack = json_path_query ("$.spec.template.packs[*].uid", body, NULL);
  g_autofree char *first = json_to_string (registry, FALSE);
  g_autofree char *second = json_to_string (pack, FALSE);

  return g_strconcat (first, second, NULL);
}

static const ConsoleRoute place_routes[] = {
  { REGISTRIES, 200, registries },
  { "GET /v1/packs/one/registries/" HERE, 200, "{\"tags\":[{\"tag\":\"1.0.0\",\"version\":\"1.0.0\",\"packUid\":\"64eaff453040297344bc0011\"}]}" },
  { CREATE, 201, UID },
  { NULL },
};

/* A layer from a registry of this computer is made of the one of that name there. */
static void
test_place_by_name (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (place_routes);
  g_autofree char *uids = create (fixture, LAYER ("one", "of-this-computer", "Packs"), NULL);

  g_assert_cmpstr (uids, ==, "[\"" HERE "\"][\"64eaff453040297344bc0011\"]");
}

/* A registry that the console does not read has no uids. */
static void
test_place_without_uid (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (place_routes);
  g_autofree char *uids = create (fixture, LAYER ("two", HERE, "Packs"), NULL);

  g_assert_cmpstr (uids, ==, "[\"" HERE "\"][]");
}

static void
test_place_nowhere (void)
{
  g_autoptr(ConsoleFixture) fixture = open_console (place_routes);
  g_autoptr(GError) error = NULL;

  g_assert_null (create (fixture, LAYER ("one", "x", "Far"), &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Far"));
  g_assert_cmpuint (console_fixture_count (fixture, CREATE), ==, 0);
}

/* A registry that was added at the console a moment ago is found, though the list was asked for before. */
static void
test_place_new_registry (void)
{
  static const ConsoleRoute routes[] = {
    { REGISTRIES, 200, "{\"items\":[{\"uid\":\"64eaff453040297344bc0005\",\"name\":\"Charts\",\"kind\":\"helm\"}]}", NULL, 1 },
    { REGISTRIES, 200, registries },
    { CREATE, 201, UID },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GPtrArray) old = strata_console_list_registries (fixture->console, NULL, NULL);
  g_autofree char *uids = create (fixture, LAYER ("one", "x", "packs"), NULL);

  g_assert_cmpuint (old->len, ==, 1);
  g_assert_cmpstr (uids, ==, "[\"" HERE "\"][]");
}

/* Registries are the tenant's; who may only see those of a project sees these. */
static void
test_registries_of_project (void)
{
  static const ConsoleRoute routes[] = { { REGISTRIES, 403, NULL, NULL, 1 }, { REGISTRIES, 200, registries }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GPtrArray) list = strata_console_list_registries (fixture->console, NULL, NULL);
  g_autofree char *first = web_dup_header (console_fixture_find (fixture, REGISTRIES, 0), "ProjectUid");
  g_autofree char *second = web_dup_header (console_fixture_find (fixture, REGISTRIES, 1), "ProjectUid");

  g_assert_cmpuint (list->len, ==, 2);
  g_assert_null (first);
  g_assert_cmpstr (second, ==, CONSOLE_PROJECT);
}

/* Who may not list registries sends what is known. */
static void
test_place_without_list (void)
{
  static const ConsoleRoute routes[] = { { REGISTRIES, 403 }, { CREATE, 201, UID }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autofree char *uids = create (fixture, LAYER ("one", HERE, "Packs"), NULL);

  g_assert_cmpstr (uids, ==, "[\"" HERE "\"][]");
}

typedef struct
{
  const char *header;
  const char *name;
} NameCase;

static const NameCase names[] = {
  { "Content-Disposition: attachment; filename=shop-1.0.0.tgz\r\n", "shop-1.0.0.tgz" },
  { "Content-Disposition: attachment; filename=\"shop one.tar.gz\"\r\n", "shop-one.tgz" },
  { "Content-Disposition: attachment; filename*=UTF-8''l%C3%A4den.tgz\r\n", "l--den.tgz" },
  { "Content-Disposition: attachment; filename=\"../../etc/passwd\"\r\n", "passwd.tgz" },
  { "Content-Disposition: attachment; filename=\"..\\\\..\\\\shop.exe\"\r\n", "shop.exe.tgz" },
  { "Content-Disposition: attachment; filename=\".bashrc\"\r\n", "_bashrc.tgz" },
  { "Content-Disposition: attachment; filename=\"..\"\r\n", "_..tgz" },
  { "Content-Disposition: attachment; filename=\"\"\r\n", CONSOLE_PROFILE ".tgz" },
  { "Content-Disposition: attachment; filename=\"a\nb\"\r\n", "a.tgz" },
  { "Content-Disposition: attachment\r\n", CONSOLE_PROFILE ".tgz" },
  { "Content-Disposition: ;;;===\r\n", CONSOLE_PROFILE ".tgz" },
  { NULL, CONSOLE_PROFILE ".tgz" },
};

static void
test_name (gconstpointer data)
{
  const NameCase *want = data;
  const ConsoleRoute routes[] = { { DOWNLOAD, 200, "bytes", want->header }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;

  strata_console_download_profile (fixture->console, CONSOLE_PROFILE, sink, &name, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, want->name);
  g_assert_cmpuint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (sink)), ==, 5);
}

/* Neither words of a refusal nor half an archive are taken for one. */
static void
test_download_fails (gconstpointer data)
{
  const ConsoleRoute *route = data;
  const ConsoleRoute routes[] = { *route, { NULL } };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;

  g_assert_false (strata_console_download_profile (fixture->console, CONSOLE_PROFILE, sink, &name, NULL, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_null (name);
  g_assert_nonnull (strstr (error->message, "Shops"));
  if (route->status >= 400)
    g_assert_cmpuint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (sink)), ==, 0);
}

static void
test_full_disk (void)
{
  static const ConsoleRoute routes[] = { { DOWNLOAD, 200, "bytes" }, { NULL } };
  char memory[2];
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GOutputStream) sink = g_memory_output_stream_new (memory, sizeof memory, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (strata_console_download_profile (fixture->console, CONSOLE_PROFILE, sink, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_DISK);
}

static void
test_export (void)
{
  static const ConsoleRoute routes[] = {
    { EXPORT, 200, "{\"metadata\":null}", NULL, 1 }, { EXPORT, 200, "\xff", NULL, 1 }, { EXPORT, 200, "" }, { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GError) bytes = NULL;
  g_autoptr(GError) nothing = NULL;
  g_autofree char *text = strata_console_export_profile (fixture->console, CONSOLE_PROFILE, TRUE, NULL, NULL);

  g_assert_cmpstr (text, ==, "{\"metadata\":null}");
  g_assert_nonnull (strstr (console_fixture_find (fixture, EXPORT, 0)->target, "format=yaml"));
  g_assert_null (strata_console_export_profile (fixture->console, CONSOLE_PROFILE, FALSE, NULL, &bytes));
  g_assert_error (bytes, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
  g_assert_null (strata_console_export_profile (fixture->console, CONSOLE_PROFILE, FALSE, NULL, &nothing));
  g_assert_error (nothing, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
}

/* What a layer starts with, from one answer; what is odd in a rule does not become another rule. */
static void
test_pack (void)
{
  static const ConsoleRoute routes[] = {
    { REGISTRIES, 200, registries },
    { "GET /v1/packs/64eaff453040297344bc0010", 200, "@pack-get.response" },
    { "GET /v1/packs/odd", 200,
      "{\"name\":\"odd\",\"registryUid\":\"64eaff453040297344bc0005\",\"tags\":null,\"packValues\":[{\"values\":null,\"presets\":[null,{\"name\":null}],"
      "\"schema\":[{\"name\":\"a\\\"b: c\\n\",\"format\":\"'x}}\\\"\",\"hints\":[null,\"say \\\"it\\\"\"]},{\"name\":\"\"},null]}]}" },
    { "GET /v1/packs/nothing", 200, "{}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = open_console (routes);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPack) pack = strata_console_get_pack (fixture->console, "64eaff453040297344bc0010", NULL, &error);
  g_autoptr(StrataPack) odd = strata_console_get_pack (fixture->console, "odd", NULL, &error);
  const char *schema = strata_pack_get (odd, STRATA_PACK_SCHEMA);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_NAME), ==, "hello-universe");
  g_assert_cmpint (strata_pack_get_kind (odd), ==, STRATA_LAYER_KIND_HELM);
  g_assert_cmpstr (strata_pack_get (odd, STRATA_PACK_VALUES), ==, "");
  g_assert_cmpuint (strata_pack_get_presets (odd)->len, ==, 0);
  g_assert_cmpstr (schema, ==, "\"a b: c \":\n  schema: '{{ format \" x}} \" | hints \"\" \"say  it \" }}'\n");
  g_assert_null (strata_console_get_pack (fixture->console, "nothing", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
}

int
main (int   argc,
      char *argv[])
{
  static const ConsoleRoute failures[] = {
    { DOWNLOAD, 404, "{\"code\":\"ResourceNotFound\",\"message\":\"no\"}" },
    { DOWNLOAD, 500, "no" },
    { DOWNLOAD, 200, "<html/>", "Content-Type: text/html\r\n" },
    { DOWNLOAD, CONSOLE_CUT },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/console-exchange/import", test_import);
  g_test_add_func ("/console-exchange/import-without-match", test_import_without_match);
  g_test_add_func ("/console-exchange/import-masked", test_import_masked);
  g_test_add_func ("/console-exchange/check", test_check);
  g_test_add_func ("/console-exchange/place-by-name", test_place_by_name);
  g_test_add_func ("/console-exchange/place-without-uid", test_place_without_uid);
  g_test_add_func ("/console-exchange/place-nowhere", test_place_nowhere);
  g_test_add_func ("/console-exchange/place-new-registry", test_place_new_registry);
  g_test_add_func ("/console-exchange/registries-of-project", test_registries_of_project);
  g_test_add_func ("/console-exchange/place-without-list", test_place_without_list);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/console-exchange/name/%u", i);

      g_test_add_data_func (path, &names[i], test_name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/console-exchange/download-fails/%u", i);

      g_test_add_data_func (path, &failures[i], test_download_fails);
    }
  g_test_add_func ("/console-exchange/full-disk", test_full_disk);
  g_test_add_func ("/console-exchange/export", test_export);
  g_test_add_func ("/console-exchange/pack", test_pack);

  return g_test_run ();
}
