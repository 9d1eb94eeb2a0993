/* test-sandbox-lists.c - lists of a sandbox console: pages, filters, orders, and what comes and goes meanwhile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sandbox-fixture.h"

#define LIST "/v1/dashboard/clusterprofiles"

static void
add_many (Sandbox *self,
          guint    first,
          guint    last)
{
  for (guint i = first; i <= last; i++)
    {
      g_autofree char *body =
        g_strdup_printf ("{\"metadata\":{\"name\":\"profile-%03u\",\"labels\":{\"number\":\"%u\"}},"
                         "\"spec\":{\"version\":\"1.0.0\","
                         "\"template\":{\"type\":\"%s\",\"cloudType\":\"all\",\"packs\":[]}}}",
                         i, i, i % 2 == 0 ? "system" : "add-on");
      g_autofree char *uid = sandbox_create (self, "", body);
    }
}

static JsonNode *
ask_page (Sandbox    *self,
          guint       limit,
          const char *mark,
          const char *body)
{
  g_autofree char *escaped = g_uri_escape_string (mark, NULL, FALSE);
  g_autofree char *path =
    g_strdup_printf (LIST "?limit=%u%s%s", limit, *mark != '\0' ? "&continue=" : "", escaped);

  return sandbox_ask (self, 200, "POST", path, body);
}

/* Takes the names of a page. Returns: where the next begins, "" for nowhere */
static char *
take_page (JsonNode  *page,
           GPtrArray *names)
{
  for (guint i = 0; i < sandbox_count (page, "items"); i++)
    {
      g_autofree char *path = g_strdup_printf ("items.%u.metadata.name", i);

      g_ptr_array_add (names, g_strdup (sandbox_get (page, path)));
    }

  return g_strdup (sandbox_get (page, "listmeta.continue"));
}

static GPtrArray *
walk (Sandbox    *self,
      guint       limit,
      const char *body)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *mark = g_strdup ("");

  do
    {
      g_autoptr(JsonNode) page = ask_page (self, limit, mark, body);

      g_free (mark);
      mark = take_page (page, names);
      g_assert_cmpuint (names->len, <, 1000);
    }
  while (*mark != '\0');

  return names;
}

static void
assert_first_last (GPtrArray  *names,
                   guint       n_names,
                   const char *first,
                   const char *last)
{
  g_assert_cmpuint (names->len, ==, n_names);
  g_assert_cmpstr (names->pdata[0], ==, first);
  g_assert_cmpstr (names->pdata[names->len - 1], ==, last);
}

static void
test_pages (Sandbox       *self,
            gconstpointer  data)
{
  add_many (self, 1, 57);
  for (guint limit = 1; limit <= 50; limit = limit * 3 + 1)
    {
      g_autoptr(GPtrArray) names = walk (self, limit, "{}");

      assert_first_last (names, 57, "profile-001", "profile-057");
    }

  g_autoptr(JsonNode) page = sandbox_ask (self, 200, "POST", LIST "?limit=50&offset=50", "{}");

  g_assert_cmpuint (sandbox_count (page, "items"), ==, 7);
  g_assert_cmpint (sandbox_get_int (page, "listmeta.count"), ==, 57);
}

/* A page is neither short of what was there all the time nor brings it twice. */
static void
test_moving (Sandbox       *self,
             gconstpointer  data)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  add_many (self, 10, 30);
  g_autoptr(JsonNode) first = ask_page (self, 10, "", "{}");
  g_autofree char *mark = take_page (first, names);
  g_autofree char *path =
    g_strconcat ("/v1/clusterprofiles/", sandbox_get (first, "items.3.metadata.uid"), NULL);

  sandbox_tell (self, 204, "DELETE", path, NULL);
  add_many (self, 1, 5);
  g_autoptr(JsonNode) second = ask_page (self, 50, mark, "{}");
  g_autofree char *end = take_page (second, names);

  g_assert_cmpstr (end, ==, "");
  assert_first_last (names, 21, "profile-010", "profile-030");
}

static void
test_filter (Sandbox       *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *filter;
    guint n_found;
  } cases[] = {
    { "{}", 20 },
    { "{\"filter\":{\"profileType\":[\"system\"]}}", 10 },
    { "{\"filter\":{\"profileType\":[\"system\",\"add-on\"]}}", 20 },
    { "{\"filter\":{\"profileType\":[\"infra\"]}}", 0 },
    { "{\"filter\":{\"profileName\":{\"contains\":\"FILE-01\"}}}", 10 },
    { "{\"filter\":{\"profileName\":{\"contains\":\"FILE-01\",\"ignoreCase\":false}}}", 0 },
    { "{\"filter\":{\"profileName\":{\"eq\":\"profile-007\"}}}", 1 },
    { "{\"filter\":{\"profileName\":{\"beginsWith\":\"rofile\"}}}", 0 },
    { "{\"filter\":{\"tags\":{\"eq\":[\"number:7\"]}}}", 1 },
    { "{\"filter\":{\"tags\":{\"eq\":[\"number:7\",\"number:8\"]}}}", 0 },
    { "{\"filter\":{\"scope\":\"tenant\"}}", 0 },
    { "{\"filter\":{\"version\":{\"eq\":\"1.0.0\"}}}", 20 },
  };

  add_many (self, 1, 20);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) names = walk (self, 7, cases[i].filter);

      g_test_message ("%s", cases[i].filter);
      g_assert_cmpuint (names->len, ==, cases[i].n_found);
    }
}

static void
test_order (Sandbox       *self,
            gconstpointer  data)
{
  add_many (self, 1, 12);
  g_autoptr(GPtrArray) down =
    walk (self, 5, "{\"sort\":[{\"field\":\"profileName\",\"order\":\"desc\"}]}");
  g_autoptr(GPtrArray) old =
    walk (self, 5, "{\"sort\":[{\"field\":\"creationTimestamp\",\"order\":\"asc\"}]}");
  g_autoptr(GPtrArray) type =
    walk (self, 5, "{\"sort\":[{\"field\":\"profileType\",\"order\":\"asc\"}]}");

  assert_first_last (down, 12, "profile-012", "profile-001");
  g_assert_cmpuint (old->len, ==, 12);
  g_assert_cmpuint (type->len, ==, 12);
  sandbox_refuse (self, 422, "InvalidSort", "POST", LIST, "{\"sort\":[{\"field\":\"size\"}]}");
}

static void
test_refused (Sandbox       *self,
              gconstpointer  data)
{
  sandbox_refuse (self, 422, "InvalidLimit", "POST", LIST "?limit=51", "{}");
  sandbox_refuse (self, 422, "InvalidLimit", "POST", LIST "?limit=0", "{}");
  sandbox_refuse (self, 422, "InvalidLimit", "POST", LIST "?limit=many", "{}");
  sandbox_refuse (self, 400, "InvalidContinueToken", "POST", LIST "?continue=nonsense", "{}");
  sandbox_refuse (self, 400, "InvalidContinueToken", "POST", LIST "?continue=WzEsMiwzXQ==", "{}");
  sandbox_refuse (self, 400, "InvalidRequestBody", "POST", LIST, "[]");
}

static void
test_metadata (Sandbox       *self,
               gconstpointer  data)
{
  add_many (self, 1, 60);
  g_autoptr(JsonNode) list = sandbox_ask (self, 200, "GET", LIST "/metadata", NULL);
  g_autofree char *path = g_strconcat (LIST "/", sandbox_get (list, "items.0.metadata.uid"), NULL);
  g_autoptr(JsonNode) one = sandbox_ask (self, 200, "GET", path, NULL);

  g_assert_cmpuint (sandbox_count (list, "items"), ==, 60);
  g_assert_cmpstr (sandbox_get (one, "metadata.name"), ==, "profile-001");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/lists/pages", Sandbox, NULL, sandbox_set_up, test_pages, sandbox_tear_down);
  g_test_add ("/sandbox/lists/moving", Sandbox, NULL, sandbox_set_up, test_moving,
              sandbox_tear_down);
  g_test_add ("/sandbox/lists/filter", Sandbox, NULL, sandbox_set_up, test_filter,
              sandbox_tear_down);
  g_test_add ("/sandbox/lists/order", Sandbox, NULL, sandbox_set_up, test_order, sandbox_tear_down);
  g_test_add ("/sandbox/lists/refused", Sandbox, NULL, sandbox_set_up, test_refused,
              sandbox_tear_down);
  g_test_add ("/sandbox/lists/metadata", Sandbox, NULL, sandbox_set_up, test_metadata,
              sandbox_tear_down);

  return g_test_run ();
}
