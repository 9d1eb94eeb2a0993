/* strata-sandbox-site.c - what every request of a sandbox console works on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-site"

#include "strata-sandbox-site.h"

#include <sys/random.h>

#define UID_BYTES 12
#define KEY_BYTES 24

static char *
make_random (gsize n_bytes)
{
  guchar bytes[KEY_BYTES];
  GString *text = g_string_new (NULL);

  g_assert (n_bytes <= sizeof bytes);
  if (getrandom (bytes, n_bytes, 0) != (gssize) n_bytes)
    g_error ("The kernel gives no random numbers");
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);

  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): 24 hexadecimal digits, as objects of a console are named */
char *
strata_sandbox_make_uid (void)
{
  return make_random (UID_BYTES);
}

/* Returns: (transfer full): what nobody guesses */
char *
strata_sandbox_make_key (void)
{
  return make_random (KEY_BYTES);
}

/* Returns: milliseconds since 1970 */
gint64
strata_sandbox_now (void)
{
  return g_get_real_time () / 1000;
}

/* Returns: (transfer full): @time as the API writes it */
char *
strata_sandbox_format_time (gint64 time)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (time / 1000);
  g_autofree char *seconds = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, (int) (time % 1000));
}

/* Frees what is in @text and puts a copy of @value, which may be part of it, there. */
void
strata_sandbox_set_text (char       **text,
                         const char  *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

static char *
keep_secret (StrataSandboxDb *db,
             const char      *name)
{
  char *value = strata_sandbox_db_dup_state (db, name);

  if (value == NULL)
    {
      value = strata_sandbox_make_key ();
      strata_sandbox_db_set_state (db, name, value);
    }

  return value;
}

static void
add_projects (StrataSandboxDb *db)
{
  strata_sandbox_db_run (db, "INSERT OR IGNORE INTO project VALUES (?, ?), (?, ?)", "ssss",
                         STRATA_SANDBOX_PROJECT_UID, STRATA_SANDBOX_PROJECT, STRATA_SANDBOX_LAB_UID,
                         "Lab");
}

static void
add_token (StrataSandboxSite *self)
{
  g_autofree char *uid = strata_sandbox_make_uid ();
  gint64 now = strata_sandbox_now ();

  if (strata_sandbox_db_get_int (self->db, "SELECT count(*) FROM token WHERE token = ?", "s",
                                 self->edge_token) == 0)
    strata_sandbox_db_run (self->db, "INSERT INTO token VALUES (?, ?, ?, ?, ?, 1, ?)", "ssssii",
                           uid, "sandbox", STRATA_SANDBOX_PROJECT_UID, self->edge_token,
                           now + G_GINT64_CONSTANT (315360000000), now);
}

/* Names of packs, so that they are searched and paged like everything else. */
static void
add_offers (StrataSandboxSite *self)
{
  GPtrArray *offers = strata_sandbox_catalog_get_offers (self->catalog);

  strata_sandbox_db_run (
    self->db,
    "CREATE TEMP TABLE offer (uid TEXT PRIMARY KEY, name TEXT, display TEXT, type TEXT,"
    " layer TEXT, addon TEXT, registry TEXT)",
    "");
  for (guint i = 0; i < offers->len; i++)
    {
      StrataSandboxOffer *offer = offers->pdata[i];
      const char *name = strata_pack_get (offer->pack, STRATA_PACK_NAME);
      gboolean is_pack = strata_pack_get_kind (offer->pack) == STRATA_LAYER_KIND_PACK;
      const char *layer = strata_pack_get (offer->pack, STRATA_PACK_LAYER);
      g_autofree char *uid = g_strjoin ("/", offer->registry_uid, name, NULL);

      strata_sandbox_db_run (self->db, "INSERT OR IGNORE INTO offer VALUES (?, ?, ?, ?, ?, ?, ?)",
                             "sssssss", uid, name,
                             strata_pack_get (offer->pack, STRATA_PACK_DISPLAY_NAME),
                             is_pack ? "spectro" : "helm", *layer != '\0' ? layer : "addon",
                             strata_sandbox_catalog_get_type (offer), offer->registry_uid);
    }
}

/* Opens the console that is kept in @data_dir, or founds it, with the packs and charts of @content_dir. Errors are
 * those of strata_sandbox_db_open(), and of what reads packs.
 */
StrataSandboxSite *
strata_sandbox_site_open (const char  *data_dir,
                          const char  *content_dir,
                          GError     **error)
{
  g_autoptr(StrataSandboxSite) self = g_new0 (StrataSandboxSite, 1);

  self->db = strata_sandbox_db_open (data_dir, error);
  self->catalog = self->db != NULL ? strata_sandbox_catalog_open (content_dir, error) : NULL;
  if (self->catalog == NULL)
    return NULL;

  strata_sandbox_db_begin (self->db);
  self->api_key = keep_secret (self->db, "api-key");
  self->edge_token = keep_secret (self->db, "edge-token");
  self->secret = keep_secret (self->db, "session-secret");
  add_projects (self->db);
  add_token (self);
  add_offers (self);

  return strata_sandbox_db_end (self->db, TRUE, error) ? g_steal_pointer (&self) : NULL;
}

void
strata_sandbox_site_close (StrataSandboxSite *self)
{
  g_clear_pointer (&self->db, strata_sandbox_db_close);
  g_clear_pointer (&self->catalog, strata_sandbox_catalog_close);
  g_free (self->address);
  g_free (self->api_key);
  g_free (self->edge_token);
  g_free (self->secret);
  g_free (self);
}
