/* strata-sandbox-behind.c - which layers of which appliances are behind once a profile is published
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An appliance that is asleep says nothing of what is published meanwhile. So the console notes it of each layer that is to
 * be another one, with what the layer was: where that is published again, the layer is as it should be without a word.
 */

#define G_LOG_DOMAIN "strata-sandbox-behind"

#include "strata-sandbox-behind.h"

#include "strata-json.h"
#include "strata-sandbox-json.h"
#include "strata-sandbox-pack.h"

static StrataSandboxLink *
load_link (StrataSandboxDb *db,
           const char      *host,
           const char      *profile_uid)
{
  g_autoptr(GPtrArray) links = strata_sandbox_link_load (db, host);

  for (guint i = 0; i < links->len; i++)
    {
      StrataSandboxLink *link = links->pdata[i];

      if (g_str_equal (link->profile->uid, profile_uid))
        return g_ptr_array_steal_index (links, i);
    }

  return NULL;
}

/* Thousands of appliances share a few settings: what they get is worked out once for each of these.
 *
 * Returns: (transfer full) (element-type utf8 StrataSandboxLink): what is published of the profile, by settings
 */
GHashTable *
strata_sandbox_behind_note (StrataSandboxDb *db,
                            const char      *profile_uid)
{
  GHashTable *links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) strata_sandbox_link_free);
  g_autoptr(sqlite3_stmt) rows = strata_sandbox_db_query (
    db, "SELECT settings, min (host) FROM link WHERE profile = ? GROUP BY settings", "s",
    profile_uid);

  while (strata_sandbox_db_next (db, rows))
    {
      StrataSandboxLink *link = load_link (db, strata_sandbox_db_column (rows, 1), profile_uid);

      if (link != NULL)
        g_hash_table_replace (links, g_strdup (strata_sandbox_db_column (rows, 0)), link);
    }

  return links;
}

static const char *
get_digest (StrataSandboxLink *link,
            const char        *name)
{
  JsonObject *pack =
    link->packs != NULL ? strata_sandbox_json_find (link->packs, "name", name) : NULL;

  return strata_json_get_string (pack, STRATA_SANDBOX_PACK_DIGEST);
}

/* Returns: (transfer full): that a layer could be newer, as of now */
static JsonObject *
make_condition (void)
{
  JsonObject *condition = json_object_new ();
  gint64 now = strata_sandbox_now ();

  json_object_set_string_member (condition, "type", "UpgradeAvailable");
  json_object_set_string_member (condition, "status", "True");
  json_object_set_string_member (condition, "reason", "");
  json_object_set_string_member (condition, "message", "");
  strata_sandbox_json_set_time (condition, "lastProbeTime", now);
  strata_sandbox_json_set_time (condition, "lastTransitionTime", now);

  return condition;
}

static void
mark (JsonObject *status,
      const char *digest)
{
  JsonObject *replaced = json_object_new ();
  JsonObject *condition = strata_json_get_object (status, "condition");

  json_object_set_string_member (replaced, "digest", digest);
  json_object_set_object_member (replaced, "condition", json_object_ref (condition));
  json_object_set_object_member (status, STRATA_SANDBOX_BEHIND_MEMBER, replaced);
  json_object_set_object_member (status, "condition", make_condition ());
}

static void
unmark (JsonObject *status)
{
  JsonObject *replaced = strata_json_get_object (status, STRATA_SANDBOX_BEHIND_MEMBER);

  json_object_set_object_member (
    status, "condition", json_object_ref (strata_json_get_object (replaced, "condition")));
  json_object_remove_member (status, STRATA_SANDBOX_BEHIND_MEMBER);
}

/* Only of a layer that is in place the console knows what it is. Returns: whether @status is another one now */
static gboolean
update_layer (JsonObject        *status,
              StrataSandboxLink *before,
              StrataSandboxLink *after)
{
  const char *name = strata_json_get_string (status, "name");
  const char *now = get_digest (after, name);
  const char *was = get_digest (before, name);
  JsonObject *replaced = strata_json_get_object (status, STRATA_SANDBOX_BEHIND_MEMBER);
  const char *type =
    strata_json_get_string (strata_json_get_object (status, "condition"), "type");

  if (!g_str_equal (strata_json_get_string (status, "profileUid"), after->profile->uid) ||
      *now == '\0')
    return FALSE;

  if (replaced != NULL && g_str_equal (strata_json_get_string (replaced, "digest"), now))
    unmark (status);
  else if (replaced == NULL && *was != '\0' && !g_str_equal (was, now) &&
           g_str_equal (type, "Ready"))
    mark (status, was);
  else
    return FALSE;

  return TRUE;
}

static void
update_host (StrataSandboxDb   *db,
             const char        *host,
             const char        *text,
             StrataSandboxLink *before,
             StrataSandboxLink *after)
{
  g_autoptr(JsonArray) packs = strata_sandbox_json_read_array (text);
  gboolean is_other = FALSE;

  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    is_other |= update_layer (strata_sandbox_json_get_item (packs, i), before, after);
  if (!is_other)
    return;

  g_autofree char *written = strata_sandbox_json_write_array (packs);

  strata_sandbox_db_run (db, "UPDATE host SET packs = ? WHERE uid = ?", "ss", written, host);
}

/* Marks the layers that appliances have otherwise than they are to be since @before was noted; in a transaction of the
 * caller, so that nobody sees the one without the other.
 */
void
strata_sandbox_behind_mark (StrataSandboxDb *db,
                            const char      *profile_uid,
                            GHashTable      *before)
{
  g_autoptr(GHashTable) after = strata_sandbox_behind_note (db, profile_uid);
  g_autoptr(sqlite3_stmt) rows = strata_sandbox_db_query (
    db,
    "SELECT h.uid, h.packs, l.settings FROM link l JOIN host h ON h.uid = l.host"
    " WHERE l.profile = ? ORDER BY h.uid",
    "s", profile_uid);

  while (strata_sandbox_db_next (db, rows))
    {
      const char *settings = strata_sandbox_db_column (rows, 2);
      StrataSandboxLink *was = g_hash_table_lookup (before, settings);
      StrataSandboxLink *now = g_hash_table_lookup (after, settings);

      if (was != NULL && now != NULL)
        update_host (db, strata_sandbox_db_column (rows, 0), strata_sandbox_db_column (rows, 1),
                     was, now);
    }
}
