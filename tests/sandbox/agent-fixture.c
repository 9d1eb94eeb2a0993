/* agent-fixture.c - an appliance in the process of a test, and the console it talks with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "agent-fixture.h"

#include <sys/stat.h>

void
agent_fixture_set_up (AgentFixture      *fixture,
                      gconstpointer data)
{
  temp_folder_set_up (&fixture->folder, NULL);
  fixture->console = edge_fixture_new ();
  fixture->profile = edge_fixture_make_profile (3);
  fixture->archive = edge_fixture_save (fixture->profile, fixture->folder.path);
  fixture->state = temp_folder_get (&fixture->folder, "state");
  fixture->events = g_string_new (NULL);
  edge_fixture_publish (fixture->console, fixture->profile);
}

void
agent_fixture_tear_down (AgentFixture      *fixture,
                         gconstpointer data)
{
  g_clear_object (&fixture->agent);
  edge_fixture_free (fixture->console);
  g_object_unref (fixture->profile);
  g_free (fixture->archive);
  g_free (fixture->state);
  g_string_free (fixture->events, TRUE);
  temp_folder_tear_down (&fixture->folder, NULL);
}

static void
note_cb (const StrataAgentEvent *event,
         gpointer                data)
{
  g_string_append_printf (data, "%s %s %s: %s\n", event->name, event->layer != NULL ? event->layer : "-",
                          event->condition != NULL ? event->condition : "-", event->message);
}

/* Starts the appliance, once more if it runs. */
gboolean
agent_fixture_try_start (AgentFixture    *fixture,
                         const char *console,
                         const char *archive,
                         GError    **error)
{
  StrataAgentOptions options = {
    .state = fixture->state,
    .archive = archive,
    .console = console,
    .token = console != NULL ? EDGE_TOKEN : NULL,
    .uid = "edge-1",
    .interval_ms = 1,
  };

  g_clear_object (&fixture->agent);
  g_string_truncate (fixture->events, 0);
  fixture->agent = strata_agent_new (&options, NULL, error);

  if (fixture->agent == NULL)
    return FALSE;

  strata_agent_set_observer (fixture->agent, note_cb, fixture->events);

  return strata_agent_boot (fixture->agent, NULL, error);
}

void
agent_fixture_start (AgentFixture *fixture)
{
  g_autoptr(GError) error = NULL;

  agent_fixture_try_start (fixture, edge_fixture_get_url (fixture->console), fixture->archive, &error);
  g_assert_no_error (error);
}

void
agent_fixture_poll (AgentFixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_string_truncate (fixture->events, 0);
  strata_agent_poll (fixture->agent, NULL, &error);
  g_assert_no_error (error);
}

char *
agent_fixture_read_layer (AgentFixture *fixture,
                          guint    number)
{
  g_autofree char *name = g_strdup_printf ("strata-layer-%u.yaml", number);
  g_autofree char *path = g_build_filename (fixture->state, "server", "manifests", name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

void
agent_fixture_assert_layer (AgentFixture    *fixture,
                            guint       number,
                            const char *part)
{
  g_autofree char *text = agent_fixture_read_layer (fixture, number);

  if (strstr (text, part) == NULL)
    g_error ("layer %u has no “%s”: %s", number, part, text);
}

void
agent_fixture_assert_history (AgentFixture    *fixture,
                              const char *layer,
                              const char *expected)
{
  g_autofree char *history = edge_fixture_get_history (fixture->console, layer);

  g_assert_cmpstr (history, ==, expected);
}

void
agent_fixture_assert_health (AgentFixture    *fixture,
                             const char *start_of_it)
{
  g_autofree char *health = edge_fixture_get_health (fixture->console);

  g_assert_nonnull (health);
  g_assert_true (g_str_has_prefix (health, start_of_it));
}

/* When the file of a layer was last replaced: another file, another number. */
ino_t
agent_fixture_get_inode (AgentFixture *fixture,
                         guint    number)
{
  g_autofree char *name = g_strdup_printf ("strata-layer-%u.yaml", number);
  g_autofree char *path = g_build_filename (fixture->state, "server", "manifests", name, NULL);
  struct stat info;

  g_assert_no_errno (stat (path, &info));

  return info.st_ino;
}
