/* test-layer-schema.c - what the charts and the pack of a layer say of its values, as it is typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pack-fixture.h"
#include "strata-layer-schema.h"
#include "strata-validate.h"
#include "tar-fixture.h"

#include <time.h>

static const char outer_meta[] = "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n"
                                 "- {name: db, version: 1.0.0, condition: db.enabled}\n"
                                 "- {name: cache, version: 1.0.0, alias: redis, tags: [fast]}\n";

static const char outer_values[] = "image:\n  tag: latest\n  pull: Always\nport: 80\nnodePort:\n"
                                   "db:\n  enabled: true\nglobal:\n  zone: eu\ntags:\n  fast: true\n";

static const char outer_schema[] =
  "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"required\": [\"image\", \"port\"],"
  "\"properties\": {\"port\": {\"type\": \"integer\"}, \"nodePort\": {\"type\": \"integer\"},"
  "\"image\": {\"type\": \"object\", \"required\": [\"tag\"], \"additionalProperties\": false, \"properties\":"
  "{\"tag\": {\"type\": \"string\", \"description\": \"Which one\"}, \"pull\": {\"enum\": [\"Always\", \"Never\"]}}}}}";

static const char inner_schema[] =
  "{\"required\": [\"size\"], \"properties\": {\"size\": {\"type\": \"integer\"}, \"global\": {\"type\": \"object\","
  "\"properties\": {\"zone\": {\"enum\": [\"eu\", \"us\"]}}}}}";

static StrataLayer *
make_chart_layer (const char *values_text)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autoptr(GError) error = NULL;

  tar_add (tar, "web/Chart.yaml", outer_meta);
  tar_add (tar, "web/values.yaml", outer_values);
  tar_add (tar, "web/values.schema.json", outer_schema);
  tar_add (tar, "web/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
  tar_add (tar, "web/charts/db/values.yaml", "size: 1\n");
  tar_add (tar, "web/charts/db/values.schema.json", inner_schema);
  tar_add (tar, "web/charts/cache/Chart.yaml", "apiVersion: v2\nname: cache\nversion: 1.0.0\n");
  tar_add (tar, "web/charts/cache/values.yaml", "size: 1\n");
  tar_add (tar, "web/charts/cache/values.schema.json", inner_schema);

  g_autoptr(GBytes) bytes = tar_finish (tar);
  g_autoptr(StrataPack) pack = strata_pack_read_chart_bytes (bytes, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, NULL, NULL);
  g_autoptr(StrataBlob) values = strata_blob_new_text (values_text);

  return strata_layer_with_values (layer, values);
}

static StrataLayer *
make_pack_layer (const char *schema_text,
                 const char *brought_text,
                 const char *values_text)
{
  g_autoptr(StrataLayer) empty = strata_layer_new (STRATA_LAYER_KIND_PACK, "universe");
  g_autoptr(StrataBlob) schema = strata_blob_new_text (schema_text);
  g_autoptr(StrataBlob) brought = strata_blob_new_text (brought_text);
  g_autoptr(StrataBlob) values = strata_blob_new_text (values_text);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, strata_file_new ("schema.yaml", schema));
  g_ptr_array_add (files, strata_file_new ("values.yaml", brought));

  g_autoptr(StrataLayer) layer = strata_layer_with_files (empty, files);

  return strata_layer_with_values (layer, values);
}

static void
assert_found (StrataLayer *layer,
              const char  *expected)
{
  g_autoptr(GPtrArray) problems = strata_validate_layer (layer, NULL);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (found, "%s%u:%u+%u %s%s%s\n",
                              problem->severity == STRATA_SEVERITY_ERROR     ? ""
                              : problem->severity == STRATA_SEVERITY_WARNING ? "! "
                                                                             : "? ",
                              problem->line, problem->column, problem->length, problem->message,
                              problem->fix != NULL ? " => " : "", problem->fix != NULL ? problem->fix : "");
    }

  g_assert_cmpstr (found->str, ==, expected);
}

static void
assert_chart_says (const char *values,
                   const char *expected)
{
  g_autoptr(StrataLayer) layer = make_chart_layer (values);

  assert_found (layer, expected);
}

/* What the chart sets itself is there, whatever the layer leaves out; that it sets null is no fault of the layer. */
static void
test_chart (void)
{
  assert_chart_says ("charts:\n  web: {}\n", "");
  assert_chart_says ("charts:\n  web:\n", "");
  assert_chart_says ("pack:\n  namespace: web\n", "");
  assert_chart_says ("charts:\n  other:\n    port: x\n", "");
  assert_chart_says ("charts:\n  web:\n    image:\n      pull: Never\n    port: 8080\n", "");
  assert_chart_says ("charts:\n  web:\n    port: '8080'\n",
                     "3:11+6 “port” has to be a whole number, not the text “8080”; write it without quotes => 8080\n");
  assert_chart_says ("charts:\n  web:\n    port: {{.spectro.var.port}}\n",
                     "3:11+21 A value that starts with “{{” has to stand in quotes => \"{{.spectro.var.port}}\"\n");
  assert_chart_says ("charts:\n  web:\n    image:\n      tga: x\n",
                     "4:7+3 “image.tga” is not a known key here; did you mean “tag”? => tag\n");
  assert_chart_says ("charts:\n  web: []\n", "");
}

/* Helm takes `no` for a truth value, whoever means Norway. */
static void
test_chart_old_words (void)
{
  assert_chart_says ("charts:\n  web:\n    image:\n      tag: no\n",
                     "4:12+2 “image.tag” has to be a text, and Helm reads no as true or false; put it in quotes => "
                     "\"no\"\n");
  assert_chart_says ("charts:\n  web:\n    image:\n      tag: 'no'\n", "");
  assert_chart_says ("charts:\n  web:\n    db:\n      enabled: yes\n", "");
}

/* Null takes away what the chart sets. */
static void
test_chart_null (void)
{
  assert_chart_says ("charts:\n  web:\n    image: null\n", "2:3+3 “image” is missing; add it\n");
  assert_chart_says ("charts:\n  web:\n    image:\n      tag: null\n", "3:5+5 “image.tag” is missing; add it\n");
}

static void
test_charts_in_charts (void)
{
  assert_chart_says ("charts:\n  web:\n    db:\n      size: big\n",
                     "4:13+3 “db.size” has to be a whole number, not the text “big”; write a number, without quotes\n");
  assert_chart_says ("charts:\n  web:\n    db:\n      enabled: false\n      size: big\n", "");
  assert_chart_says ("charts:\n  web:\n    redis:\n      size: big\n",
                     "4:13+3 “redis.size” has to be a whole number, not the text “big”; write a number, without "
                     "quotes\n");
  assert_chart_says ("charts:\n  web:\n    tags:\n      fast: false\n    redis:\n      size: big\n", "");
}

/* What is said for all charts is wrong for each of them in its own words, at its own place. */
static void
test_global (void)
{
  assert_chart_says ("charts:\n  web:\n    global:\n      zone: us\n", "");
  assert_chart_says ("charts:\n  web:\n    global:\n      zone: mars\n    tags:\n      fast: false\n",
                     "4:13+4 “db.global.zone” has to be one of eu, us, not the text “mars”\n");
}

static void
test_schema_that_is_none (void)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autoptr(GError) error = NULL;

  tar_add (tar, "web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
  tar_add (tar, "web/values.yaml", "a: 1\n");
  tar_add (tar, "web/values.schema.json", "{\"properties\": {\"a\": {\"$ref\": \"https://example.com/a.json\"}}}");

  g_autoptr(GBytes) bytes = tar_finish (tar);
  g_autoptr(StrataPack) pack = strata_pack_read_chart_bytes (bytes, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, NULL, NULL);

  assert_found (layer, "? 0:0+0 The schema of the chart “web” says more than could be checked: Line 1, column 31: The "
                       "schema refers to “https://example.com/a.json”, which is not in it; that part is not checked\n");
}

#define SCHEMA                                                                                       \
  "a.name:\n  schema: '{{ required | format \"${string}\" | hints \"Who it is.\"}}'\n"               \
  "a.port:\n  schema: '{{ format \"${number:[1-100]}\" }}'\n"                                        \
  "a.on:\n  schema: '{{ format \"${boolean}\" }}'\n"                                                 \
  "a.policy:\n  schema: '{{ format \"${list:[Delete,Retain]}\" }}'\n"                                \
  "a.host:\n  schema: '{{ format \"${ipv4}\" }}'\n"                                                  \
  "a.fixed:\n  schema: '{{ readonly }}'\n"                                                           \
  "a.code:\n  schema: '{{ format \"${string:/^[a-z]+$/}\" }}'\n"                                     \
  "a.list.$[].size:\n  schema: '{{ required | format \"${number}\" }}'\n"

static void
assert_pack_says (const char *values,
                  const char *expected)
{
  g_autoptr(StrataLayer) layer = make_pack_layer (SCHEMA, "a:\n  fixed: 7\n", values);

  assert_found (layer, expected);
}

static void
test_pack (void)
{
  assert_pack_says ("a:\n  name: x\n  port: 100\n  on: true\n  policy: Retain\n  host: 10.0.0.1\n  fixed: 7\n"
                    "  code: abc\n  list:\n  - size: 1\n", "");
  assert_pack_says ("a:\n  name: '{{.spectro.var.name}}'\n  port: '{{.spectro.var.port}}'\n", "");
  assert_pack_says ("a:\n  port: 1\n", "1:1+1 “a.name” is missing; add it. Who it is.\n");
  assert_pack_says ("b: 1\n", "1:1+0 “a.name” is missing; add it. Who it is.\n");
  assert_pack_says ("a:\n  name: ''\n", "2:9+2 “a.name” has to have a value. Who it is.\n");
  assert_pack_says ("a:\n  name: x\n  port: 101\n", "3:9+3 “a.port” has to be a number from 1 to 100, not the number 101\n");
  assert_pack_says ("a:\n  name: x\n  port: x\n", "3:9+1 “a.port” has to be a number, not the text “x”\n");
  assert_pack_says ("a:\n  name: x\n  on: yes\n", "3:7+3 “a.on” has to be true or false, not the text “yes”\n");
  assert_pack_says ("a:\n  name: x\n  policy: delet\n",
                    "3:11+5 “a.policy” has to be one of Delete, Retain, not the text “delet”; did you mean “Delete”? "
                    "=> Delete\n");
  assert_pack_says ("a:\n  name: x\n  host: here\n",
                    "3:9+4 “a.host” has to be an address such as 192.0.2.1, not the text “here”\n");
  assert_pack_says ("a:\n  name: x\n  fixed: 8\n",
                    "3:10+1 “a.fixed” must not be changed; put back what the pack sets => 7\n");
  assert_pack_says ("a:\n  name: x\n  code: A1\n",
                    "3:9+2 “a.code” does not have the form that the pack asks for: the text “A1”\n");
  assert_pack_says ("a:\n  name: x\n  list:\n  - size: 1\n  - size: x\n  - {}\n",
                    "5:11+1 “a.list[1].size” has to be a number, not the text “x”\n"
                    "6:5+2 “a.list[2].size” is missing; add it\n");
}

/* Each of many rules speaks of every item of a long list. */
static void
test_pack_is_bounded (void)
{
  g_autoptr(GString) schema = g_string_new (NULL);
  g_autoptr(GString) values = g_string_new ("a:\n");
  clock_t start = clock ();

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (schema, "a.$[].k%u:\n  schema: '{{ format \"${number}\" }}'\n", i);
  for (guint i = 0; i < 50000; i++)
    g_string_append (values, "- {k: 1}\n");

  g_autoptr(StrataLayer) layer = make_pack_layer (schema->str, "", values->str);

  assert_found (layer, "");
  g_assert_cmpint (clock () - start, <, 20 * CLOCKS_PER_SEC);
}

/* What is asked for three times is missed once. */
static void
test_pack_says_it_once (void)
{
  g_autoptr(StrataLayer) layer =
    make_pack_layer ("a:\n  schema: '{{ required }}'\na:\n  schema: '{{ required }}'\na:\n  schema: '{{ required }}'\n",
                     "", "b: 1\n");

  assert_found (layer, "1:1+0 “a” is missing; add it\n");
}

static void
test_pack_schema_that_is_none (void)
{
  g_autoptr(StrataLayer) layer = make_pack_layer ("a: [\n", "", "a: 1\n");
  g_autoptr(StrataLayer) odd = make_pack_layer ("a:\n  schema: '{{ | format \"${\" | hints | \"x | ${} }}'\nb: 1\n", "", "a: 1\n");

  assert_found (odd, "");

  g_autoptr(GPtrArray) problems = strata_validate_layer (layer, NULL);

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_true (g_str_has_prefix (((StrataProblem *) problems->pdata[0])->message,
                                   "The schema.yaml of the pack cannot be used: Line "));
}

static void
assert_knows (StrataLayerSchema *schema,
              const char        *path,
              const char        *expected)
{
  g_auto(GStrv) steps = g_strsplit (path, "/", -1);
  StrataSchemaFacts *facts = strata_layer_schema_lookup (schema, (const char *const *) steps);
  g_autoptr(GString) text = g_string_new (NULL);

  if (facts != NULL)
    {
      g_autofree char *values = g_strjoinv (",", facts->about->values);

      g_string_append_printf (text, "%s (%s) [%s] = %s;", facts->about->type, facts->about->description, values,
                              facts->about->preset);

      for (guint i = 0; i < facts->keys->len; i++)
        {
          const StrataSchemaFact *key = g_ptr_array_index (facts->keys, i);

          g_string_append_printf (text, " %s%s:%s", key->name, key->required ? "*" : "", key->type);
        }
    }

  g_assert_cmpstr (text->str, ==, expected);
  g_clear_pointer (&facts, strata_schema_facts_free);
}

static void
test_lookup_chart (void)
{
  g_autoptr(StrataLayer) layer = make_chart_layer ("charts: {}\n");
  g_autoptr(StrataLayerSchema) schema = strata_layer_schema_read (layer, NULL);
  g_autoptr(StrataLayerSchema) again = strata_layer_schema_read (layer, schema);

  g_assert_true (schema == again);

  assert_knows (schema, "charts", " () [] = ; web:");
  assert_knows (schema, "charts/web/image", "object () [] = ; tag*:string pull:string");
  assert_knows (schema, "charts/web/image/tag", "string (Which one) [] = latest;");
  assert_knows (schema, "charts/web/image/pull", "string () [Always,Never] = Always;");
  assert_knows (schema, "charts/web/db", "object () [] = ; size*:integer global:object enabled:boolean");
  assert_knows (schema, "charts/web/redis/size", "integer () [] = 1;");
  assert_knows (schema, "charts/web/nothing", "");
  assert_knows (schema, "charts/other", "");
}

static void
test_lookup_pack (void)
{
  g_autoptr(StrataLayer) layer = make_pack_layer (SCHEMA, "a:\n  fixed: 7\n", "");
  g_autoptr(StrataLayerSchema) schema = strata_layer_schema_read (layer, NULL);

  assert_knows (schema, "a", "object () [] = ; fixed:integer name*:string port:number on:boolean policy: host:ipv4 "
                             "code:string list:");
  assert_knows (schema, "a/name", "string (Who it is.) [] = ;");
  assert_knows (schema, "a/policy", " () [Delete,Retain] = ;");
  assert_knows (schema, "a/fixed", "integer () [] = 7;");
}

/* Of values as they come, the schema that came with them has nothing to say but where a person has to fill in. */
static void
test_real (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (data);
  g_autoptr(StrataPack) pack = g_str_has_suffix (data, ".tgz") ? strata_pack_read_chart (file, NULL, &error)
                                                               : strata_pack_read_folder (file, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, NULL, NULL);
  g_autoptr(GPtrArray) problems = strata_validate_layer (layer, NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      g_test_message ("%s", problem->message);
      g_assert_true (g_str_has_suffix (problem->message, "has to have a value"));
    }
}

/* A real chart with a schema, and one thing wrong. */
static void
test_real_broken (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *charts = pack_fixture_find ("charts/repo");
  g_autofree char *path = g_build_filename (charts, "muster-0.7.5.tgz", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  if (!g_file_query_exists (file, NULL))
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  g_autoptr(StrataPack) pack = strata_pack_read_chart (file, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, NULL, NULL);
  g_autoptr(StrataBlob) values =
    strata_blob_new_text ("charts:\n  muster:\n    replicaCount: two\n    image:\n      pullPolicy: ifNotPresnt\n");
  g_autoptr(StrataLayer) broken = strata_layer_with_values (layer, values);

  assert_found (broken,
                "3:19+3 “replicaCount” has to be a whole number, not the text “two”; write a number, without quotes\n"
                "5:19+11 “image.pullPolicy” has to be one of Always, IfNotPresent, Never, not the text “ifNotPresnt”; "
                "did you mean “IfNotPresent”? => IfNotPresent\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layer-schema/chart", test_chart);
  g_test_add_func ("/layer-schema/chart-old-words", test_chart_old_words);
  g_test_add_func ("/layer-schema/chart-null", test_chart_null);
  g_test_add_func ("/layer-schema/charts-in-charts", test_charts_in_charts);
  g_test_add_func ("/layer-schema/global", test_global);
  g_test_add_func ("/layer-schema/schema-that-is-none", test_schema_that_is_none);
  g_test_add_func ("/layer-schema/pack", test_pack);
  g_test_add_func ("/layer-schema/pack-is-bounded", test_pack_is_bounded);
  g_test_add_func ("/layer-schema/pack-says-it-once", test_pack_says_it_once);
  g_test_add_func ("/layer-schema/pack-schema-that-is-none", test_pack_schema_that_is_none);
  g_test_add_func ("/layer-schema/lookup-chart", test_lookup_chart);
  g_test_add_func ("/layer-schema/lookup-pack", test_lookup_pack);
  g_test_add_func ("/layer-schema/real-broken", test_real_broken);
  pack_fixture_add_real ("charts/repo", "/layer-schema/real/", test_real);
  pack_fixture_add_real ("packs", "/layer-schema/real/", test_real);

  return g_test_run ();
}
