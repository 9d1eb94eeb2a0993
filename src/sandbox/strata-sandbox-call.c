/* strata-sandbox-call.c - one request to the sandbox console and what it answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-call"

#include "strata-sandbox-call.h"

#include "strata-json.h"

#define JSON_TYPE "application/json"

void
strata_sandbox_call_free (StrataSandboxCall *self)
{
  g_free (self->path);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->request, g_bytes_unref);
  g_free (self->project);
  g_free (self->host);
  g_strfreev (self->captures);
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->reply, g_bytes_unref);
  g_free (self->file_name);
  g_free (self->allow);
  g_free (self->digest);
  g_free (self);
}

/* Returns: what the query says for @name, "" for nothing */
const char *
strata_sandbox_call_get_query (StrataSandboxCall *self,
                               const char        *name)
{
  const char *value = self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;

  return value != NULL ? value : "";
}

/* Returns: (nullable): the object that was sent; NULL when it was none, and the call has its answer */
JsonObject *
strata_sandbox_call_get_body (StrataSandboxCall *self)
{
  g_autoptr(GError) error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (self->request, &size);

  if (self->body == NULL)
    self->body = strata_json_parse (text != NULL ? text : "", (gssize) size, &error);
  if (self->body != NULL && JSON_NODE_HOLDS_OBJECT (self->body))
    return json_node_get_object (self->body);

  strata_sandbox_call_fail (self, 400, "InvalidRequestBody", "The body is not a JSON object: %s",
                            error != NULL ? error->message : "it is something else");

  return NULL;
}

/* Reads how much of a list is wanted; for too much the call has its answer. */
gboolean
strata_sandbox_call_get_limit (StrataSandboxCall *self,
                               gint64            *limit)
{
  const char *text = strata_sandbox_call_get_query (self, "limit");

  *limit = STRATA_SANDBOX_MAX_PAGE;
  if (*text == '\0' || g_ascii_string_to_signed (text, 10, 1, STRATA_SANDBOX_MAX_PAGE, limit, NULL))
    return TRUE;

  strata_sandbox_call_fail (self, 422, "InvalidLimit", "limit in query should be from 1 to %d",
                            STRATA_SANDBOX_MAX_PAGE);

  return FALSE;
}

static void
set_reply (StrataSandboxCall *self,
           guint              status,
           const char        *type,
           GBytes            *bytes)
{
  g_clear_pointer (&self->reply, g_bytes_unref);
  self->status = status;
  self->type = type;
  self->reply = bytes;
}

/* Takes @object. */
static void
set_json (StrataSandboxCall *self,
          guint              status,
          JsonObject        *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  char *text = strata_json_to_text (node, FALSE);

  set_reply (self, status, JSON_TYPE, g_bytes_new_take (text, strlen (text)));
}

/* Refuses: the body is a `V1Error` with a new reference. A later answer takes its place. */
void
strata_sandbox_call_fail (StrataSandboxCall *self,
                          guint              status,
                          const char        *code,
                          const char        *format,
                          ...)
{
  g_autofree char *uid = strata_sandbox_make_uid ();
  g_autofree char *reference = g_strconcat ("ref-", uid, NULL);
  JsonObject *object = json_object_new ();
  va_list values;

  va_start (values, format);
  g_autofree char *message = g_strdup_vprintf (format, values);
  va_end (values);

  json_object_set_string_member (object, "code", code);
  json_object_set_string_member (object, "message", message);
  json_object_set_string_member (object, "ref", reference);
  json_object_set_object_member (object, "details", json_object_new ());
  set_json (self, status, object);
}

/* Answers 200 with @reply, which is taken. */
void
strata_sandbox_call_answer (StrataSandboxCall *self,
                            JsonObject        *reply)
{
  set_json (self, 200, reply);
}

/* Answers 200 with an object of which @list, which is taken, is the only member. */
void
strata_sandbox_call_answer_list (StrataSandboxCall *self,
                                 const char        *member,
                                 JsonArray         *list)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, member, list);
  set_json (self, 200, object);
}

/* Answers 200 with @bytes. */
void
strata_sandbox_call_answer_bytes (StrataSandboxCall *self,
                                  const char        *type,
                                  GBytes            *bytes)
{
  set_reply (self, 200, type, g_bytes_ref (bytes));
}

/* Answers 201 with the uid of what is new. */
void
strata_sandbox_call_created (StrataSandboxCall *self,
                             const char        *uid)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "uid", uid);
  set_json (self, 201, object);
}

/* Answers 204. */
void
strata_sandbox_call_done (StrataSandboxCall *self)
{
  set_reply (self, 204, NULL, NULL);
}
