/* contract.c - checks what a client asks of a console, and what the console answers, against the published description
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "contract.h"

#include <gio/gio.h>
#include <string.h>

#include "strata-error.h"
#include "strata-json.h"
#include "strata-problem.h"
#include "strata-schema.h"

#define MAX_SHOWN 5  /* things that are wrong, in one error */

struct _Contract
{
  JsonNode   *root;     /* (owned) */
  GMutex      mutex;    /* for all below */
  GHashTable *schemas;  /* (owned) (element-type utf8 StrataSchema) by the text of what refers to them */
};

/* One operation of the description. */
typedef struct
{
  const char *template;  /* its path */
  JsonObject *item;      /* what all methods of the path share */
  JsonObject *operation;
} Operation;

static gboolean fail (GError     **error,
                      const char  *format,
                      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError     **error,
      const char  *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (STRATA_ERROR, STRATA_ERROR_INVALID, format, arguments);
  va_end (arguments);

  return FALSE;
}

/* It is long, so it is read once for all tests of a program. */
static GMutex    shared_mutex;
static Contract *shared;  /* (owned) (nullable) */

/* Opens the description beside the source folder; where it is absent the test is skipped, and the result is %NULL. */
Contract *
contract_open (void)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&shared_mutex);

  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data",
                                                 "palette", "openapi-contract.json", NULL);
  g_autofree char *text = NULL;
  gsize length;

  if (shared != NULL)
    return shared;

  if (!g_file_get_contents (path, &text, &length, NULL))
    {
      g_test_skip ("there is no description of the console beside the source folder");
      return NULL;
    }

  g_autoptr(GError) error = NULL;
  Contract *self = g_new0 (Contract, 1);

  self->root = strata_json_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  self->schemas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) strata_schema_unref);
  g_mutex_init (&self->mutex);
  shared = self;

  return self;
}

/* Lets go of it; it stays for the next test. */
void
contract_free (Contract *self)
{
  g_assert_true (self == shared);
}

static JsonObject *
get_part (Contract   *self,
          const char *name)
{
  return strata_json_get_object (json_node_get_object (self->root), name);
}

/* Follows `#/parameters/ProjectUid` and the like. */
static JsonObject *
resolve (Contract   *self,
         JsonObject *object)
{
  const char *reference = strata_json_get_string (object, "$ref");
  g_auto(GStrv) steps = g_strsplit (reference, "/", 3);

  if (g_strv_length (steps) != 3)
    return object;

  return strata_json_get_object (get_part (self, steps[1]), steps[2]);
}

/* How many steps of @path are the same as in @template, or -1 when it is another path. */
static int
match (const char *template,
       const char *path)
{
  g_auto(GStrv) wanted = g_strsplit (template, "/", 0);
  g_auto(GStrv) steps = g_strsplit (path, "/", 0);
  int n_same = 0;

  if (g_strv_length (wanted) != g_strv_length (steps))
    return -1;

  for (guint i = 0; wanted[i] != NULL; i++)
    if (g_str_equal (wanted[i], steps[i]))
      n_same++;
    else if (*wanted[i] != '{' || *steps[i] == '\0')
      return -1;

  return n_same;
}

/* A path that says a step is meant before one that leaves it open. */
static gboolean
find_operation (Contract   *self,
                const char *method,
                const char *path,
                Operation  *found,
                GError    **error)
{
  g_autofree char *verb = g_ascii_strdown (method, -1);
  JsonObjectIter iter;
  const char *template;
  JsonNode *node;
  int best = -1;

  json_object_iter_init (&iter, get_part (self, "paths"));
  while (json_object_iter_next (&iter, &template, &node))
    {
      JsonObject *item = json_node_get_object (node);
      int n_same = match (template, path);

      if (n_same <= best || !json_object_has_member (item, verb))
        continue;

      best = n_same;
      *found = (Operation){ template, item, json_object_get_object_member (item, verb) };
    }

  return best >= 0 || fail (error, "%s %s is not described", method, path);
}

/* Which operation @method of @path is, as `PUT /v1/clusterprofiles/{uid}`, or %NULL. */
char *
contract_dup_operation (Contract   *self,
                        const char *method,
                        const char *path)
{
  Operation found;

  return find_operation (self, method, path, &found, NULL)
           ? g_strdup_printf ("%s %s", method, found.template)
           : NULL;
}

static void close_schema (JsonObject *schema);

static void
close_each (JsonObject *schemas)
{
  JsonObjectIter iter;
  JsonNode *node;

  if (schemas == NULL)
    return;

  json_object_iter_init (&iter, schemas);
  while (json_object_iter_next (&iter, NULL, &node))
    if (JSON_NODE_HOLDS_OBJECT (node))
      close_schema (json_node_get_object (node));
}

/* A member that is not described is a mistake here, though the description leaves that open: a console ignores it. */
static void
close_schema (JsonObject *schema)
{
  JsonObject *properties = strata_json_get_object (schema, "properties");
  JsonObject *items = strata_json_get_object (schema, "items");
  JsonObject *others = strata_json_get_object (schema, "additionalProperties");

  close_each (properties);
  if (items != NULL)
    close_schema (items);
  if (others != NULL)
    close_schema (others);

  if (properties != NULL && !json_object_has_member (schema, "additionalProperties"))
    json_object_set_boolean_member (schema, "additionalProperties", FALSE);
}

/* Copies into @definitions what @node refers to, and what that does. */
static void
collect (Contract   *self,
         JsonNode   *node,
         JsonObject *definitions)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list); i++)
        collect (self, json_array_get_element (list, i), definitions);
    }

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  JsonObject *object = json_node_get_object (node);
  const char *reference = strata_json_get_string (object, "$ref");
  const char *name = strrchr (reference, '/');
  g_autoptr(GList) members = json_object_get_values (object);

  for (GList *link = members; link != NULL; link = link->next)
    collect (self, link->data, definitions);

  if (name == NULL || json_object_has_member (definitions, name + 1))
    return;

  JsonNode *definition = json_object_get_member (get_part (self, "definitions"), name + 1);

  g_assert_nonnull (definition);
  json_object_set_member (definitions, name + 1, json_node_copy (definition));
  collect (self, definition, definitions);
}

static StrataSchema *
compile (Contract   *self,
         const char *key,
         JsonNode   *schema)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) copy = strata_json_parse (key, -1, NULL);
  JsonObject *root = json_node_get_object (copy);
  JsonObject *definitions = json_object_new ();

  collect (self, schema, definitions);
  json_object_set_object_member (root, "definitions", definitions);
  json_object_set_string_member (root, "$schema", "http://json-schema.org/draft-04/schema#");

  /* Beside a reference nothing counts in this draft, so it is put a step deeper. */
  if (json_object_has_member (root, "$ref"))
    {
      JsonArray *all = json_array_new ();
      JsonObject *reference = json_object_new ();

      json_object_set_string_member (reference, "$ref",
                                     json_object_get_string_member (root, "$ref"));
      json_object_remove_member (root, "$ref");
      json_array_add_object_element (all, reference);
      json_object_set_array_member (root, "allOf", all);
    }

  close_schema (root);
  close_each (definitions);

  g_autofree char *text = strata_json_to_text (copy, FALSE);
  StrataSchema *compiled = strata_schema_compile (text, -1, &error);

  g_assert_no_error (error);

  return compiled;
}

static StrataSchema *
get_schema (Contract   *self,
            JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);

  g_autofree char *key = strata_json_to_text (node, FALSE);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  StrataSchema *schema = g_hash_table_lookup (self->schemas, key);

  if (schema == NULL)
    {
      schema = compile (self, key, node);
      g_hash_table_insert (self->schemas, g_strdup (key), schema);
    }

  return strata_schema_ref (schema);
}

/* A console says null for what is absent. */
static void
drop_nulls (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list); i++)
        drop_nulls (json_array_get_element (list, i));
    }

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  JsonObject *object = json_node_get_object (node);
  g_autoptr(GList) names = json_object_get_members (object);

  for (GList *link = names; link != NULL; link = link->next)
    {
      JsonNode *member = json_object_get_member (object, link->data);

      if (JSON_NODE_HOLDS_NULL (member))
        json_object_remove_member (object, link->data);
      else
        drop_nulls (member);
    }
}

static gboolean
validate (StrataSchema *schema,
          JsonNode     *node,
          const char   *what,
          GError      **error)
{
  g_autofree char *text = strata_json_to_text (node, TRUE);
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, error);
  g_autoptr(GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);

  if (yaml == NULL)
    return FALSE;

  if (strata_schema_validate (schema, text, strata_yaml_get_root (yaml, 0),
                              STRATA_SCHEMA_CHECK_FORMATS, "contract", problems))
    return TRUE;

  g_autoptr(GString) said = g_string_new (NULL);

  for (guint i = 0; i < MIN (problems->len, MAX_SHOWN); i++)
    g_string_append_printf (said, "\n  %s", ((StrataProblem *) problems->pdata[i])->message);

  return fail (error, "%s is not as described:%s\n%s", what, said->str, text);
}

static gboolean
check_body (Contract   *self,
            JsonObject *schema,
            const char *body,
            gboolean    is_reply,
            const char *what,
            GError    **error)
{
  g_autoptr(JsonNode) node = strata_json_parse (body, -1, error);

  if (node == NULL)
    return FALSE;

  if (is_reply)
    drop_nulls (node);

  g_autoptr(StrataSchema) compiled = get_schema (self, schema);

  return validate (compiled, node, what, error);
}

static gboolean
is_number (const char *text)
{
  gint64 number;

  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL);
}

static gboolean
check_value (JsonObject *parameter,
             const char *value,
             GError    **error)
{
  const char *name = strata_json_get_string (parameter, "name");
  const char *type = strata_json_get_string (parameter, "type");
  JsonArray *choice = strata_json_get_array (parameter, "enum");

  if (g_str_equal (type, "integer") && !is_number (value))
    return fail (error, "%s=%s is no number", name, value);

  if (g_str_equal (type, "boolean") && !g_str_equal (value, "true") &&
      !g_str_equal (value, "false"))
    return fail (error, "%s=%s is neither true nor false", name, value);

  if (json_object_has_member (parameter, "maximum") &&
      g_ascii_strtoll (value, NULL, 10) > json_object_get_int_member (parameter, "maximum"))
    return fail (error, "%s=%s is too much", name, value);

  for (guint i = 0; choice != NULL && i < json_array_get_length (choice); i++)
    if (g_strcmp0 (json_array_get_string_element (choice, i), value) == 0)
      return TRUE;

  return choice == NULL || fail (error, "%s=%s is none of the choices", name, value);
}

/* All parameters of the operation that stand in @place, by name. */
static GHashTable *
list_parameters (Contract        *self,
                 const Operation *operation,
                 const char      *place)
{
  GHashTable *parameters = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObject *owners[] = { operation->item, operation->operation };

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      JsonArray *list = strata_json_get_array (owners[i], "parameters");

      for (guint j = 0; list != NULL && j < json_array_get_length (list); j++)
        {
          JsonObject *parameter = resolve (self, json_array_get_object_element (list, j));

          if (g_str_equal (strata_json_get_string (parameter, "in"), place))
            g_hash_table_insert (parameters, (gpointer) strata_json_get_string (parameter, "name"),
                                 parameter);
        }
    }

  return parameters;
}

static gboolean
check_query (Contract        *self,
             const Operation *operation,
             const char      *query,
             GError         **error)
{
  g_autoptr(GHashTable) parameters = list_parameters (self, operation, "query");
  g_auto(GStrv) pairs = g_strsplit (query != NULL ? query : "", "&", 0);
  GHashTableIter iter;
  gpointer parameter;

  for (guint i = 0; pairs[i] != NULL && *pairs[i] != '\0'; i++)
    {
      g_auto(GStrv) halves = g_strsplit (pairs[i], "=", 2);
      g_autofree char *value = halves[1] != NULL ? g_uri_unescape_string (halves[1], NULL) : NULL;
      JsonObject *known = g_hash_table_lookup (parameters, halves[0]);

      if (known == NULL)
        return fail (error, "the query has “%s”, which is not described", halves[0]);
      if (value == NULL || !check_value (known, value, error))
        return value != NULL ? FALSE : fail (error, "“%s” cannot be unescaped", pairs[i]);
      g_hash_table_remove (parameters, halves[0]);
    }

  g_hash_table_iter_init (&iter, parameters);
  while (g_hash_table_iter_next (&iter, NULL, &parameter))
    if (strata_json_get_bool (parameter, "required"))
      return fail (error, "the query lacks “%s”", strata_json_get_string (parameter, "name"));

  return TRUE;
}

/* Whether the console is asked for what it is described to take: @query is as it is sent, without the question mark, and
 * @body is a text; both may be %NULL. What is sent as a form is not looked into.
 */
gboolean
contract_check_request (Contract    *self,
                        const char  *method,
                        const char  *path,
                        const char  *query,
                        const char  *body,
                        GError     **error)
{
  g_autofree char *what = g_strdup_printf ("The request %s %s", method, path);
  Operation operation;
  GHashTableIter iter;
  gpointer parameter;

  if (!find_operation (self, method, path, &operation, error) ||
      !check_query (self, &operation, query, error))
    return FALSE;

  g_autoptr(GHashTable) forms = list_parameters (self, &operation, "formData");
  g_autoptr(GHashTable) bodies = list_parameters (self, &operation, "body");
  gboolean has_body = body != NULL && *body != '\0';

  if (g_hash_table_size (forms) > 0)
    return has_body || fail (error, "%s has no form", what);

  g_hash_table_iter_init (&iter, bodies);
  if (g_hash_table_iter_next (&iter, NULL, &parameter))
    return has_body ? check_body (self, strata_json_get_object (parameter, "schema"), body, FALSE,
                                  what, error)
                    : !strata_json_get_bool (parameter, "required") ||
                        fail (error, "%s has no body", what);

  return !has_body || fail (error, "%s has a body, and none is described", what);
}

/* Whether the console answers as it is described to; @body is a text, or %NULL. What is no JSON is not looked into. */
gboolean
contract_check_reply (Contract    *self,
                      const char  *method,
                      const char  *path,
                      guint        status,
                      const char  *body,
                      GError     **error)
{
  g_autofree char *what = g_strdup_printf ("The answer %u to %s %s", status, method, path);
  g_autofree char *number = g_strdup_printf ("%u", status);
  Operation operation;

  /* What is not described is to be answered as that. */
  if (!find_operation (self, method, path, &operation, NULL))
    return status == 404 || status == 405 ||
           fail (error, "%s %s is not described, and answered %u", method, path, status);

  /* What stands before a console answers so, for whatever is asked. */
  if (status > 500)
    return TRUE;

  JsonObject *replies = strata_json_get_object (operation.operation, "responses");
  JsonObject *reply = resolve (self, strata_json_get_object (replies, number));
  JsonObject *schema = strata_json_get_object (reply, "schema");
  gboolean has_body = body != NULL && *body != '\0';

  if (reply == NULL)
    return fail (error, "%s is not described", what);

  if (schema == NULL)
    return !has_body || fail (error, "%s has a body, and none is described: %s", what, body);

  if (g_str_equal (strata_json_get_string (schema, "format"), "binary") ||
      g_str_equal (strata_json_get_string (schema, "type"), "file"))
    return TRUE;

  return has_body ? check_body (self, schema, body, TRUE, what, error)
                  : fail (error, "%s has no body", what);
}

/* Whether @body is what @definition says. */
gboolean
contract_check_example (Contract    *self,
                        const char  *definition,
                        const char  *body,
                        GError     **error)
{
  g_autoptr(JsonObject) schema = json_object_new ();
  g_autofree char *reference = g_strconcat ("#/definitions/", definition, NULL);

  json_object_set_string_member (schema, "$ref", reference);

  return check_body (self, schema, body, FALSE, definition, error);
}
