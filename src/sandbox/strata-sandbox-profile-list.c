/* strata-sandbox-profile-list.c - lists of the profiles of the sandbox console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-profile-list"

#include "strata-json.h"
#include "strata-sandbox-page.h"
#include "strata-sandbox-profile-json.h"
#include "strata-sandbox-routes.h"

#define COLUMNS \
  "project, name, version, type, cloud, annotations, labels, created, modified, draft_summary, published_summary"

enum
{
  COLUMN_PROJECT = STRATA_SANDBOX_PAGE_FIRST,
  COLUMN_NAME,
  COLUMN_VERSION,
  COLUMN_TYPE,
  COLUMN_CLOUD,
  COLUMN_ANNOTATIONS,
  COLUMN_LABELS,
  COLUMN_CREATED,
  COLUMN_MODIFIED,
  COLUMN_DRAFT,
  COLUMN_PUBLISHED,
};

static JsonObject *
make_metadata (sqlite3_stmt *row)
{
  JsonObject *metadata = json_object_new ();
  JsonObject *annotations =
    strata_sandbox_json_read_object (strata_sandbox_db_column (row, COLUMN_ANNOTATIONS));

  json_object_set_string_member (
    annotations, "scope",
    strata_sandbox_profile_get_scope (strata_sandbox_db_column (row, COLUMN_PROJECT)));
  json_object_set_string_member (metadata, "name", strata_sandbox_db_column (row, COLUMN_NAME));
  json_object_set_string_member (metadata, "uid", strata_sandbox_db_column (row, 1));
  json_object_set_object_member (metadata, "annotations", annotations);
  json_object_set_object_member (
    metadata, "labels",
    strata_sandbox_json_read_object (strata_sandbox_db_column (row, COLUMN_LABELS)));
  strata_sandbox_json_set_time (metadata, "creationTimestamp",
                                sqlite3_column_int64 (row, COLUMN_CREATED));
  strata_sandbox_json_set_time (metadata, "lastModifiedTimestamp",
                                sqlite3_column_int64 (row, COLUMN_MODIFIED));

  return metadata;
}

static void
add_template (JsonObject   *spec,
              const char   *member,
              sqlite3_stmt *row,
              int           column)
{
  if (sqlite3_column_type (row, column) == SQLITE_NULL)
    return;

  JsonObject *template = json_object_new ();

  json_object_set_string_member (template, "type", strata_sandbox_db_column (row, COLUMN_TYPE));
  json_object_set_string_member (template, "cloudType",
                                 strata_sandbox_db_column (row, COLUMN_CLOUD));
  json_object_set_array_member (
    template, "packs", strata_sandbox_json_read_array (strata_sandbox_db_column (row, column)));
  json_object_set_object_member (spec, member, template);
}

static JsonObject *
make_status (sqlite3_stmt *row)
{
  JsonObject *status = json_object_new ();
  JsonObject *fips = json_object_new ();
  JsonObject *pack = json_object_new ();

  json_object_set_boolean_member (status, "isPublished",
                                  sqlite3_column_type (row, COLUMN_PUBLISHED) != SQLITE_NULL);
  json_object_set_string_member (fips, "mode", "none");
  json_object_set_object_member (status, "fips", fips);
  json_object_set_array_member (status, "inUseClusterUids", json_array_new ());
  json_object_set_array_member (status, "inUseClusters", json_array_new ());
  json_object_set_array_member (status, "inUseClusterTemplates", json_array_new ());
  json_object_set_int_member (pack, "deleted", 0);
  json_object_set_int_member (pack, "deprecated", 0);
  json_object_set_int_member (pack, "disabled", 0);
  json_object_set_object_member (status, "pack", pack);

  return status;
}

/* `v1ClusterProfileSummary`. */
static JsonObject *
make_summary (StrataSandboxCall *call,
              sqlite3_stmt      *row)
{
  JsonObject *item = json_object_new ();
  JsonObject *spec = json_object_new ();

  add_template (spec, "draft", row, COLUMN_DRAFT);
  add_template (spec, "published", row, COLUMN_PUBLISHED);
  json_object_set_string_member (spec, "version", strata_sandbox_db_column (row, COLUMN_VERSION));
  json_object_set_array_member (spec, "versions",
                                strata_sandbox_profile_list_versions (
                                  call->site->db, strata_sandbox_db_column (row, COLUMN_PROJECT),
                                  strata_sandbox_db_column (row, COLUMN_NAME)));
  json_object_set_object_member (item, "metadata", make_metadata (row));
  json_object_set_object_member (item, "specSummary", spec);
  json_object_set_object_member (item, "status", make_status (row));

  return item;
}

/* One of a list of texts, which is all of them when the list is empty. */
static void
filter_any (StrataSandboxPage *page,
            const char        *column,
            JsonArray         *list)
{
  g_autoptr(GString) condition = g_string_new (NULL);

  for (guint i = 0; i < strata_sandbox_json_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        continue;
      g_string_append_printf (condition, "%s%s = ?", condition->len > 0 ? " OR " : "", column);
      g_ptr_array_add (page->values, g_strdup (json_node_get_string (node)));
    }

  if (condition->len > 0)
    g_string_append_printf (page->where, " AND (%s)", condition->str);
}

/* A tag is "key:value", or a bare word; all of them have to be there. */
static void
filter_tags (StrataSandboxPage *page,
             JsonObject        *tags)
{
  JsonArray *list = strata_json_get_array (tags, "eq");

  for (guint i = 0; i < strata_sandbox_json_get_length (list); i++)
    if (json_node_get_value_type (json_array_get_element (list, i)) == G_TYPE_STRING)
      strata_sandbox_page_also (page,
                                "EXISTS (SELECT 1 FROM json_each (labels) WHERE lower (CASE value "
                                "WHEN 'spectro__tag' THEN key"
                                " ELSE key || ':' || value END) = lower (?))",
                                json_array_get_string_element (list, i));
}

static void
filter (StrataSandboxPage *page,
        JsonObject        *filter)
{
  const char *scope = strata_json_get_string (filter, "scope");

  strata_sandbox_page_filter (page, "name", strata_json_get_object (filter, "profileName"));
  strata_sandbox_page_filter (page, "version", strata_json_get_object (filter, "version"));
  filter_any (page, "type", strata_json_get_array (filter, "profileType"));
  filter_any (page, "cloud", strata_json_get_array (filter, "environment"));
  filter_tags (page, strata_json_get_object (filter, "tags"));
  if (*scope != '\0')
    strata_sandbox_page_also (page, "CASE project WHEN '' THEN 'tenant' ELSE 'project' END = ?",
                              scope);
}

/* Returns: whether the order is one that the API has */
static gboolean
sort (StrataSandboxPage *page,
      JsonArray         *list)
{
  static const struct
  {
    const char *field;
    const char *column;
    gboolean is_text;
  } fields[] = {
    { "profileName", "name", TRUE },
    { "environment", "cloud", TRUE },
    { "profileType", "type", TRUE },
    { "creationTimestamp", "created", FALSE },
    { "lastModifiedTimestamp", "modified", FALSE },
  };
  JsonObject *first =
    strata_sandbox_json_get_length (list) > 0 ? strata_sandbox_json_get_item (list, 0) : NULL;

  for (gsize i = 0; first != NULL && i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (strata_json_get_string (first, "field"), fields[i].field))
      {
        page->key = fields[i].column;
        page->is_text = fields[i].is_text;
        page->descending = g_str_equal (strata_json_get_string (first, "order"), "desc");
        return TRUE;
      }

  return strata_sandbox_json_get_length (list) == 0;
}

static void
list_summaries (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  g_auto(StrataSandboxPage) page = { 0 };

  strata_sandbox_page_init (&page, "profile", COLUMNS);
  strata_sandbox_page_also (&page, "project = ?", call->project);
  if (body == NULL)
    return;

  JsonObject *wanted = strata_json_get_object (body, "filter");

  if (wanted != NULL)
    filter (&page, wanted);
  if (!sort (&page, strata_json_get_array (body, "sort")))
    strata_sandbox_call_fail (call, 422, "InvalidSort",
                              "sort.0.field in body should be one of [profileName environment"
                              " profileType creationTimestamp lastModifiedTimestamp]");
  else
    strata_sandbox_page_answer (&page, call, make_summary);
}

static void
get_summary (StrataSandboxCall *call)
{
  StrataSandboxDb *db = call->site->db;
  g_autoptr(sqlite3_stmt) row = strata_sandbox_db_query (
    db, "SELECT name, uid, " COLUMNS " FROM profile WHERE uid = ?", "s", call->captures[0]);

  if (strata_sandbox_db_next (db, row))
    strata_sandbox_call_answer (call, make_summary (call, row));
  else
    strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Cluster profile %s was not found",
                              call->captures[0]);
}

/* All of them, as it is without pages in the API. */
static void
list_metadata (StrataSandboxCall *call)
{
  StrataSandboxDb *db = call->site->db;
  JsonArray *items = json_array_new ();
  g_autoptr(sqlite3_stmt) rows =
    strata_sandbox_db_query (db,
                             "SELECT name, uid, cloud, version FROM profile WHERE project = ? "
                             "ORDER BY name COLLATE NOCASE, created",
                             "s", call->project);

  while (strata_sandbox_db_next (db, rows))
    {
      JsonObject *item = json_object_new ();
      JsonObject *metadata = json_object_new ();
      JsonObject *spec = json_object_new ();

      json_object_set_string_member (metadata, "name", strata_sandbox_db_column (rows, 0));
      json_object_set_string_member (metadata, "uid", strata_sandbox_db_column (rows, 1));
      json_object_set_string_member (spec, "cloudType", strata_sandbox_db_column (rows, 2));
      json_object_set_string_member (spec, "version", strata_sandbox_db_column (rows, 3));
      json_object_set_object_member (item, "metadata", metadata);
      json_object_set_object_member (item, "spec", spec);
      json_array_add_object_element (items, item);
    }

  strata_sandbox_call_answer_list (call, "items", items);
}

const StrataSandboxRoute strata_sandbox_profile_list_routes[] = {
  { "POST", "/v1/dashboard/clusterprofiles", STRATA_SANDBOX_USERS, list_summaries },
  { "GET", "/v1/dashboard/clusterprofiles/metadata", STRATA_SANDBOX_USERS, list_metadata },
  { "GET", "/v1/dashboard/clusterprofiles/{}", STRATA_SANDBOX_USERS, get_summary },
  { NULL },
};
