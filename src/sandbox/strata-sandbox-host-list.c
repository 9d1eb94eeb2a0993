/* strata-sandbox-host-list.c - lists of the appliances of the sandbox console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-host-list"

#include <string.h>

#include "strata-json.h"
#include "strata-sandbox-json.h"
#include "strata-sandbox-page.h"
#include "strata-sandbox-routes.h"

#define COLUMNS "project, name, state, labels, created, modified, document"
#define TAGS "(SELECT group_concat (key || ':' || value, char (10)) FROM json_each (labels))"

enum
{
  COLUMN_PROJECT = STRATA_SANDBOX_PAGE_FIRST,
  COLUMN_NAME,
  COLUMN_STATE,
  COLUMN_LABELS,
  COLUMN_CREATED,
  COLUMN_MODIFIED,
  COLUMN_DOCUMENT,
};

static JsonObject *
make_metadata (sqlite3_stmt *row)
{
  JsonObject *metadata = json_object_new ();

  json_object_set_string_member (metadata, "name", strata_sandbox_db_column (row, COLUMN_NAME));
  json_object_set_string_member (metadata, "uid", strata_sandbox_db_column (row, 1));
  json_object_set_object_member (
    metadata, "labels",
    strata_sandbox_json_read_object (strata_sandbox_db_column (row, COLUMN_LABELS)));
  strata_sandbox_json_set_time (metadata, "creationTimestamp",
                                sqlite3_column_int64 (row, COLUMN_CREATED));
  strata_sandbox_json_set_time (metadata, "lastModifiedTimestamp",
                                sqlite3_column_int64 (row, COLUMN_MODIFIED));

  return metadata;
}

/* `v1ProfileTemplateSummary`s. */
static JsonArray *
make_templates (StrataSandboxCall *call,
                const char        *host)
{
  StrataSandboxDb *db = call->site->db;
  JsonArray *templates = json_array_new ();
  g_autoptr(sqlite3_stmt) rows =
    strata_sandbox_db_query (db,
                             "SELECT p.uid, p.name, p.type, p.cloud, p.version, "
                             "p.published_summary FROM link l JOIN profile p"
                             " ON p.uid = l.profile WHERE l.host = ? ORDER BY l.position",
                             "s", host);

  while (strata_sandbox_db_next (db, rows))
    {
      JsonObject *template = json_object_new ();

      json_object_set_string_member (template, "uid", strata_sandbox_db_column (rows, 0));
      json_object_set_string_member (template, "name", strata_sandbox_db_column (rows, 1));
      json_object_set_string_member (template, "type", strata_sandbox_db_column (rows, 2));
      json_object_set_string_member (template, "cloudType", strata_sandbox_db_column (rows, 3));
      json_object_set_string_member (template, "version", strata_sandbox_db_column (rows, 4));
      json_object_set_array_member (
        template, "packs", strata_sandbox_json_read_array (strata_sandbox_db_column (rows, 5)));
      json_array_add_object_element (templates, template);
    }

  return templates;
}

static JsonObject *
make_spec (StrataSandboxCall *call,
           sqlite3_stmt      *row,
           JsonObject        *document)
{
  static const char *const members[] = { "type", "device", NULL };
  static const char *const host_members[] = { "hostAddress", "macAddress", NULL };
  JsonObject *spec = json_object_new ();
  JsonObject *host = json_object_new ();
  JsonObject *project = json_object_new ();
  const char *uid = strata_sandbox_db_column (row, COLUMN_PROJECT);
  g_autofree char *name =
    strata_sandbox_db_get_text (call->site->db, "SELECT name FROM project WHERE uid = ?", "s", uid);

  strata_sandbox_json_copy (spec, document, members);
  if (strata_json_get_object (document, "host") != NULL)
    strata_sandbox_json_copy (host, strata_json_get_object (document, "host"), host_members);
  json_object_set_string_member (project, "uid", uid);
  json_object_set_string_member (project, "name", name != NULL ? name : "");
  json_object_set_object_member (spec, "host", host);
  json_object_set_object_member (spec, "projectMeta", project);
  json_object_set_array_member (spec, "clusterProfileTemplates",
                                make_templates (call, strata_sandbox_db_column (row, 1)));

  return spec;
}

/* `v1EdgeHostsMetadata`, which does not say how far the layers are. */
static JsonObject *
make_summary (StrataSandboxCall *call,
              sqlite3_stmt      *row)
{
  static const char *const members[] = { "health", NULL };
  JsonObject *item = json_object_new ();
  JsonObject *status = json_object_new ();
  g_autoptr(JsonObject) document =
    strata_sandbox_json_read_object (strata_sandbox_db_column (row, COLUMN_DOCUMENT));

  json_object_set_string_member (status, "state", strata_sandbox_db_column (row, COLUMN_STATE));
  strata_sandbox_json_copy (status, document, members);
  json_object_set_array_member (status, "inUseClustersRef", json_array_new ());
  json_object_set_object_member (item, "metadata", make_metadata (row));
  json_object_set_object_member (item, "spec", make_spec (call, row, document));
  json_object_set_object_member (item, "status", status);

  return item;
}

/* One value of a condition, as an expression with one ? in it. */
static char *
make_comparison (const char *property,
                 const char *operator,
                 gboolean    ignores_case)
{
  static const struct
  {
    const char *property;
    const char *column;
  } columns[] = {
    { "name", "name" },         { "state", "state" }, { "healthState", "health" },
    { "architecture", "arch" }, { "tags", TAGS },
  };
  const char *column = NULL;
  const char *value = ignores_case ? "lower (?)" : "?";

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i].property, property))
      column = columns[i].column;
  if (column == NULL)
    return NULL;

  g_autofree char *side =
    g_strdup_printf (ignores_case ? "lower (ifnull (%s, ''))" : "ifnull (%s, '')", column);

  if (g_str_equal (property, "tags") && !g_str_equal (operator, "contains"))
    return g_strdup_printf ("instr (char (10) || %s || char (10), char (10) || %s%s) > 0", side,
                            value, g_str_equal (operator, "eq") ? " || char (10)" : "");
  if (g_str_equal (operator, "contains"))
    return g_strdup_printf ("instr (%s, %s) > 0", side, value);
  if (g_str_equal (operator, "beginsWith"))
    return g_strdup_printf ("instr (%s, %s) = 1", side, value);

  return g_strdup_printf ("%s = %s", side, value);
}

static const char *
get_joint (JsonObject *object)
{
  return g_str_equal (strata_json_get_string (object, "conjunction"), "or") ? " OR " : " AND ";
}

/* Adds what one filter asks for to @sql. Returns: whether it is one that the API has */
static gboolean
add_filter (StrataSandboxPage *page,
            GString           *sql,
            JsonObject        *filter)
{
  JsonObject *condition =
    strata_json_get_object (strata_json_get_object (filter, "condition"), "string");
  JsonObject *match = strata_json_get_object (condition, "match");
  JsonArray *values = strata_json_get_array (match, "values");
  g_autofree char *comparison = make_comparison (strata_json_get_string (filter, "property"),
                                                 strata_json_get_string (condition, "operator"),
                                                 strata_json_get_bool (condition, "ignoreCase"));
  guint n = 0;

  if (condition == NULL || comparison == NULL)
    return FALSE;

  g_string_append (sql, strata_json_get_bool (condition, "negation") ? "NOT (" : "(");
  for (guint i = 0; i < strata_sandbox_json_get_length (values); i++)
    {
      JsonNode *node = json_array_get_element (values, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        continue;
      g_string_append_printf (sql, "%s%s", n++ > 0 ? get_joint (match) : "", comparison);
      g_ptr_array_add (page->values, g_strdup (json_node_get_string (node)));
    }
  g_string_append (sql, n == 0 ? "1)" : ")");

  return TRUE;
}

static gboolean
add_group (StrataSandboxPage *page,
           GString           *sql,
           JsonObject        *group)
{
  JsonArray *filters = strata_json_get_array (group, "filters");

  for (guint i = 0; i < strata_sandbox_json_get_length (filters); i++)
    {
      g_string_append (sql, i > 0 ? get_joint (group) : "(");
      if (!add_filter (page, sql, strata_sandbox_json_get_item (filters, i)))
        return FALSE;
    }
  g_string_append (sql, strata_sandbox_json_get_length (filters) > 0 ? ")" : "1");

  return TRUE;
}

static gboolean
add_groups (StrataSandboxPage *page,
            JsonObject        *filter)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  JsonArray *groups = strata_json_get_array (filter, "filterGroups");

  for (guint i = 0; i < strata_sandbox_json_get_length (groups); i++)
    {
      g_string_append (sql, i > 0 ? get_joint (filter) : "");
      if (!add_group (page, sql, strata_sandbox_json_get_item (groups, i)))
        return FALSE;
    }
  if (sql->len > 0)
    g_string_append_printf (page->where, " AND (%s)", sql->str);

  return TRUE;
}

static void
sort (StrataSandboxPage *page,
      JsonArray         *list)
{
  JsonObject *first =
    strata_sandbox_json_get_length (list) > 0 ? strata_sandbox_json_get_item (list, 0) : NULL;
  const char *field = strata_json_get_string (first, "field");

  page->descending = g_str_equal (strata_json_get_string (first, "order"), "desc");
  if (g_str_equal (field, "lastModifiedTimestamp") || g_str_equal (field, "creationTimestamp"))
    {
      page->key = *field == 'l' ? "modified" : "created";
      page->is_text = FALSE;
    }
  else if (g_str_equal (field, "healthState"))
    page->key = "health";
}

static void
search (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  g_auto(StrataSandboxPage) page = { 0 };

  strata_sandbox_page_init (&page, "host", COLUMNS);
  if (body == NULL)
    return;

  if (*call->project != '\0')
    strata_sandbox_page_also (&page, "project = ?", call->project);
  sort (&page, strata_json_get_array (body, "sort"));
  if (!add_groups (&page, strata_json_get_object (body, "filter")))
    strata_sandbox_call_fail (call, 422, "InvalidFilter",
                              "A filter has to be of name, state, healthState, architecture or"
                              " tags, and of a string");
  else
    strata_sandbox_page_answer (&page, call, make_summary);
}

static void
describe_search (StrataSandboxCall *call)
{
  static const char *const names[] = { "name", "state", "healthState", "architecture", "tags" };
  JsonObject *reply = json_object_new ();
  JsonObject *schema = json_object_new ();
  JsonArray *properties = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *property = json_object_new ();

      json_object_set_string_member (property, "name", names[i]);
      json_object_set_string_member (property, "displayName", names[i]);
      json_object_set_string_member (property, "type", "string");
      json_array_add_object_element (properties, property);
    }
  json_object_set_array_member (schema, "properties", properties);
  json_object_set_object_member (reply, "schema", schema);
  strata_sandbox_call_answer (call, reply);
}

/* All of them, as it is without pages in the API. */
static void
list_metadata (StrataSandboxCall *call)
{
  static const char *const members[] = { "uid", "name", "state", "healthState", "archType" };
  StrataSandboxDb *db = call->site->db;
  JsonArray *list = json_array_new ();
  g_autoptr(sqlite3_stmt) rows =
    strata_sandbox_db_query (db,
                             "SELECT uid, name, state, health, arch FROM host WHERE ?1 IN ('', "
                             "project) ORDER BY name COLLATE NOCASE, uid",
                             "s", call->project);

  while (strata_sandbox_db_next (db, rows))
    {
      JsonObject *item = json_object_new ();

      for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
        json_object_set_string_member (item, members[i], strata_sandbox_db_column (rows, (int) i));
      json_object_set_string_member (item, "edgeHostType", "edge-native");
      json_array_add_object_element (list, item);
    }
  strata_sandbox_call_answer_list (call, "edgeHosts", list);
}

static void
list_tags (StrataSandboxCall *call)
{
  StrataSandboxDb *db = call->site->db;
  JsonArray *list = json_array_new ();
  g_autoptr(sqlite3_stmt) rows =
    strata_sandbox_db_query (db,
                             "SELECT DISTINCT j.key || ':' || j.value FROM host, json_each "
                             "(host.labels) j WHERE ?1 IN ('', project) ORDER BY 1",
                             "s", call->project);

  while (strata_sandbox_db_next (db, rows))
    json_array_add_string_element (list, strata_sandbox_db_column (rows, 0));
  strata_sandbox_call_answer_list (call, "tags", list);
}

const StrataSandboxRoute strata_sandbox_host_list_routes[] = {
  { "POST", "/v1/dashboard/edgehosts/search", STRATA_SANDBOX_USERS, search },
  { "GET", "/v1/dashboard/edgehosts/search/schema", STRATA_SANDBOX_USERS, describe_search },
  { "GET", "/v1/edgehosts/metadata", STRATA_SANDBOX_USERS, list_metadata },
  { "GET", "/v1/edgehosts/tags", STRATA_SANDBOX_USERS, list_tags },
  { NULL },
};
