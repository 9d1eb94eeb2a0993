/* sandbox-fixture.c - a sandbox console in the process of the test, and somebody who asks it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sandbox-fixture.h"

static void
blame (Sandbox    *self,
       const char *what,
       const char *method,
       const char *path,
       GError     *error)
{
  g_string_append_printf (self->faults, "%s of %s %s: %s\n", what, method, path, error->message);
}

static char *
dup_text (GBytes *bytes)
{
  gsize size = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return size > 0 ? g_strndup (text, size) : NULL;
}

/* What a test asks wrongly on purpose is refused, and not held against it. */
static void
observe_cb (const char *method,
            const char *path,
            const char *query,
            GBytes     *request,
            guint       status,
            GBytes     *reply,
            gpointer    data)
{
  Sandbox *self = data;
  g_autofree char *operation = contract_dup_operation (self->contract, method, path);
  g_autofree char *asked = dup_text (request);
  g_autofree char *answered = dup_text (reply);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr(GError) error = NULL;

  if (operation == NULL)
    return;

  if (status < 400 && !contract_check_request (self->contract, method, path, query, asked, &error))
    blame (self, "request", method, path, error);
  g_clear_error (&error);
  if (status != 405 && status != 421 &&
      !contract_check_reply (self->contract, method, path, status, answered, &error))
    blame (self, "answer", method, path, error);
}

static void
start (Sandbox *self)
{
  g_autoptr(GError) error = NULL;

  self->sandbox = strata_sandbox_new (&self->options, &error);
  g_assert_no_error (error);
  if (self->contract != NULL)
    strata_sandbox_set_observer (self->sandbox, observe_cb, self, NULL);
  strata_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
}

static Contract *
open_contract (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data",
                                                 "palette", "openapi-contract.json", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? contract_open () : NULL;
}

/* @data is a SandboxOptionsFunc, or NULL. */
void
sandbox_set_up (Sandbox       *self,
                gconstpointer  data)
{
  SandboxOptionsFunc func = (SandboxOptionsFunc) data;

  temp_folder_set_up (&self->temp, NULL);
  g_mutex_init (&self->mutex);
  self->faults = g_string_new (NULL);
  self->contract = open_contract ();
  self->content = g_test_build_filename (G_TEST_DIST, "..", "data", "sandbox", NULL);
  self->data_dir = temp_folder_get (&self->temp, "console");
  self->project = STRATA_SANDBOX_PROJECT_UID;
  self->session = soup_session_new_with_options ("timeout", 120, NULL);
  self->options = (StrataSandboxOptions){
    .data_dir = self->data_dir,
    .content_dir = self->content,
    .no_rate_limit = TRUE,
  };
  if (func != NULL)
    func (&self->options);
  start (self);
}

void
sandbox_tear_down (Sandbox       *self,
                   gconstpointer  data)
{
  g_clear_object (&self->session);
  g_clear_object (&self->sandbox);
  g_assert_cmpstr (self->faults->str, ==, "");
  g_string_free (self->faults, TRUE);
  g_clear_pointer (&self->contract, contract_free);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_free (self->content);
  g_free (self->data_dir);
  g_mutex_clear (&self->mutex);
  temp_folder_tear_down (&self->temp, NULL);
}

/* Ends the console and starts one on the same folder. */
void
sandbox_restart (Sandbox *self)
{
  g_clear_object (&self->sandbox);
  start (self);
}

static void
add_headers (Sandbox     *self,
             SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  const char *key = self->key != NULL ? self->key : strata_sandbox_get_api_key (self->sandbox);

  if (*key != '\0' && self->authorization == NULL)
    soup_message_headers_replace (headers, "ApiKey", key);
  if (self->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", self->authorization);
  if (self->project != NULL)
    soup_message_headers_replace (headers, "ProjectUid", self->project);
}

/* Returns: (nullable): the body; NULL when the connection was cut, and @status is 0 */
GBytes *
sandbox_send (Sandbox    *self,
              const char *method,
              const char *path,
              const char *body,
              guint      *status)
{
  g_autofree char *url = g_strconcat (strata_sandbox_get_address (self->sandbox), path, NULL);
  g_autoptr(SoupMessage) message = soup_message_new (method, url);
  g_autoptr(GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr(GError) error = NULL;

  add_headers (self, message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (bytes != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);

  GBytes *reply = soup_session_send_and_read (self->session, message, NULL, &error);

  *status = reply != NULL ? soup_message_get_status (message) : 0;
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  self->headers = soup_message_headers_ref (soup_message_get_response_headers (message));

  return reply;
}

/* Asks for what has to be answered by @status and JSON. */
JsonNode *
sandbox_ask (Sandbox    *self,
             guint       status,
             const char *method,
             const char *path,
             const char *body)
{
  guint answered;
  g_autoptr(GBytes) reply = sandbox_send (self, method, path, body, &answered);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (reply);

  gsize size;
  const char *text = g_bytes_get_data (reply, &size);

  g_test_message ("%s %s: %u %.*s", method, path, answered, (int) MIN (size, 600),
                  text != NULL ? text : "");
  g_assert_cmpuint (answered, ==, status);

  JsonNode *node = strata_json_parse (text != NULL ? text : "", (gssize) size, &error);

  g_assert_no_error (error);

  return node;
}

/* The same for what has no body. */
void
sandbox_tell (Sandbox    *self,
              guint       status,
              const char *method,
              const char *path,
              const char *body)
{
  guint answered;
  g_autoptr(GBytes) reply = sandbox_send (self, method, path, body, &answered);
  g_autofree char *text = dup_text (reply);

  g_test_message ("%s %s: %u %s", method, path, answered, text != NULL ? text : "");
  g_assert_cmpuint (answered, ==, status);
  g_assert_null (text);
}

/* The same for what has to be refused, with all that a refusal says. */
void
sandbox_refuse (Sandbox    *self,
                guint       status,
                const char *code,
                const char *method,
                const char *path,
                const char *body)
{
  g_autoptr(JsonNode) reply = sandbox_ask (self, status, method, path, body);

  g_assert_cmpstr (sandbox_get (reply, "code"), ==, code);
  g_assert_cmpstr (sandbox_get (reply, "message"), !=, "");
  g_assert_true (g_str_has_prefix (sandbox_get (reply, "ref"), "ref-"));
  g_assert_null (
    strstr (sandbox_get (reply, "message"), strata_sandbox_get_api_key (self->sandbox)));
}

/* Creates a profile. Returns: its uid */
char *
sandbox_create (Sandbox    *self,
                const char *query,
                const char *body)
{
  g_autofree char *path = g_strconcat ("/v1/clusterprofiles", query, NULL);
  g_autoptr(JsonNode) reply = sandbox_ask (self, 201, "POST", path, body);

  g_assert_nonnull (soup_message_headers_get_one (self->headers, "AuditUid"));

  return g_strdup (sandbox_get (reply, "uid"));
}

/* Follows a path like "items.0.metadata.name". Returns: (nullable): what is there */
JsonNode *
sandbox_find (JsonNode   *node,
              const char *path)
{
  g_auto(GStrv) steps = g_strsplit (path, ".", -1);

  for (guint i = 0; steps[i] != NULL && node != NULL; i++)
    {
      guint64 index;

      if (JSON_NODE_HOLDS_ARRAY (node) &&
          g_ascii_string_to_unsigned (steps[i], 10, 0, 100000, &index, NULL))
        node = index < json_array_get_length (json_node_get_array (node))
                 ? json_array_get_element (json_node_get_array (node), (guint) index)
                 : NULL;
      else
        node = JSON_NODE_HOLDS_OBJECT (node)
                 ? json_object_get_member (json_node_get_object (node), steps[i])
                 : NULL;
    }

  return node;
}

/* Returns: the text there, "" for none */
const char *
sandbox_get (JsonNode   *node,
             const char *path)
{
  JsonNode *found = sandbox_find (node, path);

  return found != NULL && json_node_get_value_type (found) == G_TYPE_STRING
           ? json_node_get_string (found)
           : "";
}

gint64
sandbox_get_int (JsonNode   *node,
                 const char *path)
{
  JsonNode *found = sandbox_find (node, path);

  g_assert_nonnull (found);

  return json_node_get_int (found);
}

/* Returns: how many items the list there has; 0 for none */
guint
sandbox_count (JsonNode   *node,
               const char *path)
{
  JsonNode *found = sandbox_find (node, path);

  return found != NULL && JSON_NODE_HOLDS_ARRAY (found)
           ? json_array_get_length (json_node_get_array (found))
           : 0;
}
