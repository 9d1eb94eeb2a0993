/* console-fixture.c - a console that says what a test wants it to, and notes what it was asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "console-fixture.h"

#include <string.h>

#include "strata-json.h"

#define PATIENCE_S 60     /* so long that only a test that asks for a stall sees one */
#define FIRST_PAUSE_MS 1

/* `POST /v1/x` of what was sent as `POST /v1/x?limit=50`. */
static char *
dup_call (WebRequest *request)
{
  const char *mark = strchr (request->target, '?');
  g_autofree char *path = mark != NULL ? g_strndup (request->target, (gsize) (mark - request->target))
                                       : g_strdup (request->target);

  return g_strdup_printf ("%s %s", request->method, path);
}

static gboolean
is_match (const char *pattern,
          const char *call)
{
  gsize length = strlen (pattern);

  return pattern[length - 1] == '*' ? strncmp (pattern, call, length - 1) == 0
                                    : strcmp (pattern, call) == 0;
}

static const ConsoleRoute *
find_route (ConsoleFixture *self,
            WebRequest     *request)
{
  static const ConsoleRoute nothing = {
    .status = 404,
    .body = "{\"code\":\"ResourceNotFound\",\"message\":\"not in this test\"}",
  };
  g_autofree char *call = dup_call (request);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; self->routes[i].call != NULL; i++)
    if (is_match (self->routes[i].call, call) &&
        (self->routes[i].most == 0 || self->counts[i] < self->routes[i].most))
      {
        self->counts[i]++;
        return &self->routes[i];
      }

  return &nothing;
}

static void
check (ConsoleFixture *self,
       WebRequest     *request)
{
  g_autoptr(GError) error = NULL;
  const char *mark = strchr (request->target, '?');
  g_autofree char *path = mark != NULL ? g_strndup (request->target, (gsize) (mark - request->target))
                                       : g_strdup (request->target);

  if (self->contract == NULL)
    return;

  contract_check_request (self->contract, request->method, path, mark != NULL ? mark + 1 : NULL,
                          request->body, &error);
  g_assert_no_error (error);
}

static void
answer (Web        *web,
        WebRequest *request,
        GIOStream  *stream,
        gpointer    data)
{
  ConsoleFixture *self = data;
  const ConsoleRoute *route = find_route (self, request);
  const char *given = route->body != NULL ? route->body : "";
  g_autofree char *body = *given == '@' ? console_fixture_read (given + 1) : g_strdup (given);

  check (self, request);
  if (route->status == CONSOLE_SILENCE)
    web_wait (web);
  if (route->status < 100)
    return;

  web_say (stream, "HTTP/1.1 %u Said\r\n%s%s", route->status,
           *body != '\0' ? "Content-Type: application/json\r\n" : "",
           route->headers != NULL ? route->headers : "");
  if (route->status != 204)
    web_say (stream, "Content-Length: %" G_GSIZE_FORMAT "\r\n", strlen (body));
  web_say (stream, "\r\n%s", route->status != 204 ? body : "");
}

/* What a published example says. */
char *
console_fixture_read (const char *example)
{
  g_autofree char *file = g_strconcat (example, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data",
                                                 "palette", "examples", file, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_test_skip ("there are no examples beside the source folder");

  return text != NULL ? text : g_strdup ("{}");
}

ConsoleFixture *
console_fixture_new (const ConsoleRoute *routes)
{
  ConsoleFixture *self = g_new0 (ConsoleFixture, 1);
  g_autoptr(GError) error = NULL;
  guint n_routes = 0;

  while (routes[n_routes].call != NULL)
    n_routes++;

  g_mutex_init (&self->mutex);
  self->routes = routes;
  self->counts = g_new0 (guint, n_routes + 1);
  self->web = web_start (answer, self);

  g_autofree char *url = web_dup_url (self->web, "");

  self->console = strata_console_new (url, CONSOLE_PROJECT, NULL, &error);
  g_assert_no_error (error);
  strata_console_set_patience (self->console, PATIENCE_S, FIRST_PAUSE_MS);
  strata_console_set_project_name (self->console, "Shops");
  strata_console_set_api_key (self->console, CONSOLE_KEY, &error);
  g_assert_no_error (error);

  return self;
}

void
console_fixture_free (ConsoleFixture *self)
{
  g_clear_object (&self->console);
  g_clear_pointer (&self->web, web_stop);
  g_clear_pointer (&self->contract, contract_free);
  g_mutex_clear (&self->mutex);
  g_free (self->counts);
  g_free (self);
}

/* How often @call was asked. */
guint
console_fixture_count (ConsoleFixture *self,
                       const char     *call)
{
  guint n_found = 0;

  for (guint i = 0; i < web_count (self->web); i++)
    {
      g_autofree char *other = dup_call (web_get_request (self->web, i));

      if (is_match (call, other))
        n_found++;
    }

  return n_found;
}

/* The request @call, the first of which has the @number 0. It is there. */
WebRequest *
console_fixture_find (ConsoleFixture *self,
                      const char     *call,
                      guint           number)
{
  for (guint i = 0; i < web_count (self->web); i++)
    {
      WebRequest *request = web_get_request (self->web, i);
      g_autofree char *other = dup_call (request);

      if (is_match (call, other) && number-- == 0)
        return request;
    }

  g_error ("%s was not asked", call);
}

/* What was sent with the first @call. */
JsonNode *
console_fixture_body (ConsoleFixture *self,
                      const char     *call)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = strata_json_parse (console_fixture_find (self, call, 0)->body, -1, &error);

  g_assert_no_error (error);

  return node;
}

/* Whether any request holds @text, in its head or its body. */
gboolean
console_fixture_has (ConsoleFixture *self,
                     const char     *text)
{
  for (guint i = 0; i < web_count (self->web); i++)
    {
      WebRequest *request = web_get_request (self->web, i);

      if (strstr (request->head, text) != NULL || strstr (request->body, text) != NULL)
        return TRUE;
    }

  return FALSE;
}
