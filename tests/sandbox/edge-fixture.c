/* edge-fixture.c - a console that has one appliance, and publishes, lies and fails as a test wants it to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "edge-fixture.h"

#include <string.h>

#include "fake-server.h"
#include "strata-archive.h"
#include "strata-json.h"
#include "strata-layer-digest.h"

#define HOST "/v1/edgehosts/edge-1"
#define JSON_TYPE "application/json"

struct _EdgeFixture
{
  FakeServer    *server;    /* (owned) */
  Contract      *contract;  /* (nullable): of the test */
  GMutex         mutex;     /* for all below */
  StrataProfile *profile;   /* (owned) (nullable) */
  guint          revision;
  EdgeFault      faults;
  gboolean       is_registered;
  gboolean       is_linked;
  GHashTable    *histories; /* (owned): "WaitingForOtherLayers ReadyForInstall …" by the name of a layer */
  GHashTable    *messages;  /* (owned): "Error: …" by the name of a layer */
  char          *health;    /* (owned) */
  char          *checksum;  /* (owned) */
  gsize          log_start;
};

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  json_object_set_string_member (object, member, text);
}

static void
say (SoupServerMessage *message,
     guint              status,
     JsonObject        *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = strata_json_to_text (node, FALSE);

  fake_server_reply (message, status, JSON_TYPE, text);
}

static void
refuse (SoupServerMessage *message,
        guint              status,
        const char        *code)
{
  g_autoptr(JsonObject) object = json_object_new ();

  set_text (object, "code", code);
  set_text (object, "message", code);
  set_text (object, "ref", "ref-1");
  say (message, status, object);
}

static JsonArray *
describe_manifests (StrataLayer *layer)
{
  JsonArray *list = json_array_new ();
  GPtrArray *manifests = strata_layer_get_manifests (layer);

  for (guint i = 0; i < manifests->len; i++)
    {
      JsonObject *object = json_object_new ();

      set_text (object, "kind", "manifest");
      set_text (object, "name", strata_manifest_get_name (manifests->pdata[i]));
      set_text (object, "uid", strata_manifest_get_uid (manifests->pdata[i]));
      json_array_add_object_element (list, object);
    }

  return list;
}

static void
announce_digest (EdgeFixture *self,
                 JsonObject  *pack,
                 StrataLayer *layer)
{
  g_autofree char *digest = strata_layer_digest_get (self->profile, layer);
  JsonObject *notes = json_object_new ();

  if ((self->faults & EDGE_ANNOUNCES_OTHER) != 0)
    digest[10] = digest[10] == '0' ? '1' : '0';

  set_text (notes, STRATA_LAYER_DIGEST_ANNOTATION, digest);
  json_object_set_object_member (pack, "annotations", notes);
}

static JsonObject *
describe_pack (EdgeFixture *self,
               StrataLayer *layer)
{
  JsonObject *pack = json_object_new ();

  set_text (pack, "name", strata_layer_get_name (layer));
  set_text (pack, "type", strata_layer_kind_to_string (strata_layer_get_kind (layer)));
  set_text (pack, "layer", "addon");
  set_text (pack, "tag", strata_layer_get (layer, STRATA_LAYER_TAG));
  set_text (pack, "version", strata_layer_get_version (layer));
  set_text (pack, "digest", strata_layer_get (layer, STRATA_LAYER_DIGEST));
  set_text (pack, "values", strata_layer_get_text (layer));
  json_object_set_array_member (pack, "manifests", describe_manifests (layer));

  if ((self->faults & EDGE_TELLS_NO_DIGESTS) == 0)
    announce_digest (self, pack, layer);

  return pack;
}

static JsonArray *
describe_templates (EdgeFixture *self)
{
  JsonArray *templates = json_array_new ();
  JsonArray *packs = json_array_new ();
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < strata_profile_get_n_layers (self->profile); i++)
    json_array_add_object_element (packs, describe_pack (self, strata_profile_get_layer (self->profile, i)));

  set_text (object, "uid", strata_profile_get (self->profile, STRATA_PROFILE_UID));
  set_text (object, "name", strata_profile_get_name (self->profile));
  set_text (object, "type", "system");
  set_text (object, "cloudType", "all");
  set_text (object, "profileVersion", strata_profile_get_version (self->profile));
  json_object_set_int_member (object, "version", self->revision);
  json_object_set_array_member (object, "packs", packs);
  json_array_add_object_element (templates, object);

  return templates;
}

static void
answer_host (EdgeFixture       *self,
             SoupServerMessage *message,
             const char        *key)
{
  g_autoptr(JsonObject) host = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *spec = json_object_new ();
  JsonObject *status = json_object_new ();

  set_text (metadata, "name", "edge-1");
  set_text (metadata, "uid", "edge-1");
  set_text (status, "state", "ready");
  if (key != NULL)
    set_text (status, "serviceAuthToken", key);
  if (self->is_linked && self->profile != NULL)
    json_object_set_array_member (spec, "clusterProfileTemplates", describe_templates (self));

  json_object_set_object_member (host, "metadata", metadata);
  json_object_set_object_member (host, "spec", spec);
  json_object_set_object_member (host, "status", status);
  say (message, 200, host);
}

static JsonNode *
read_body (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (body);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr(GError) error = NULL;
  JsonNode *node = strata_json_parse (data, (gssize) size, &error);

  g_assert_no_error (error);

  return node;
}

static void
answer_register (EdgeFixture       *self,
                 SoupServerMessage *message,
                 const char        *who)
{
  if (g_strcmp0 (who, EDGE_TOKEN) != 0)
    {
      refuse (message, 401, "InvalidToken");
      return;
    }

  g_autoptr(JsonNode) body = read_body (message);
  JsonObject *spec = strata_json_get_object (json_node_get_object (body), "spec");
  JsonArray *templates = strata_json_get_array (spec, "clusterProfileTemplates");

  self->is_registered = TRUE;
  self->is_linked = self->is_linked || (templates != NULL && (self->faults & EDGE_LINKS_LATER) == 0);
  answer_host (self, message, EDGE_KEY);
}

static StrataManifest *
find_manifest (EdgeFixture *self,
               const char  *uid)
{
  for (guint i = 0; i < strata_profile_get_n_layers (self->profile); i++)
    {
      GPtrArray *manifests = strata_layer_get_manifests (strata_profile_get_layer (self->profile, i));

      for (guint j = 0; j < manifests->len; j++)
        if (g_str_equal (strata_manifest_get_uid (manifests->pdata[j]), uid))
          return manifests->pdata[j];
    }

  return NULL;
}

static void
answer_manifest (EdgeFixture       *self,
                 SoupServerMessage *message,
                 const char        *uid)
{
  StrataManifest *manifest = find_manifest (self, uid);

  if (manifest == NULL || (self->faults & EDGE_HAS_NO_MANIFESTS) != 0)
    {
      refuse (message, 404, "ResourceNotFound");
      return;
    }

  g_autoptr(JsonObject) root = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *spec = json_object_new ();
  JsonObject *published = json_object_new ();
  const char *digest = strata_blob_get_digest (strata_manifest_get_content (manifest));
  g_autofree char *announced = g_strconcat ("sha256:", digest, NULL);
  gboolean is_wrong = (self->faults & EDGE_SENDS_WRONG_MANIFEST) != 0;

  set_text (metadata, "uid", uid);
  set_text (metadata, "name", strata_manifest_get_name (manifest));
  set_text (published, "content", is_wrong ? "kind: Evil\n" : strata_manifest_get_text (manifest));
  set_text (published, "digest", announced);
  json_object_set_object_member (root, "metadata", metadata);
  json_object_set_object_member (spec, "published", published);
  json_object_set_object_member (root, "spec", spec);
  say (message, 200, root);
}

static void
answer_archive (EdgeFixture       *self,
                SoupServerMessage *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = strata_archive_build (self->profile, NULL, &error);

  g_assert_no_error (error);

  gsize size;
  g_autofree char *copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

  size = g_bytes_get_size (bytes);
  if ((self->faults & EDGE_SENDS_WRONG_ARCHIVE) != 0)
    copy[size / 2] ^= 1;

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY, copy, size);
}

static void
note_pack (EdgeFixture *self,
           JsonObject  *pack)
{
  const char *name = strata_json_get_string (pack, "name");
  JsonObject *condition = strata_json_get_object (pack, "condition");
  const char *type = strata_json_get_string (condition, "type");
  const char *before = g_hash_table_lookup (self->histories, name);
  const char *start = strata_json_get_string (pack, "startTime");
  const char *end = strata_json_get_string (pack, "endTime");
  char *history = g_strconcat (before != NULL ? before : "", before != NULL ? " " : "", type, NULL);

  g_hash_table_insert (self->histories, g_strdup (name), history);
  g_hash_table_insert (self->messages, g_strdup (name),
                       g_strdup_printf ("%s: %s", type, strata_json_get_string (condition, "message")));

  /* Nothing ends before it began, whatever the clock did meanwhile. */
  g_assert_true (*end == '\0' || strcmp (start, end) <= 0);
}

static void
take_report (EdgeFixture       *self,
             SoupServerMessage *message,
             const char        *what)
{
  g_autoptr(JsonNode) body = read_body (message);
  JsonObject *object = json_node_get_object (body);
  JsonArray *packs = strata_json_get_array (object, "packs");

  if (g_str_equal (what, "packs/status"))
    for (guint i = 0; i < json_array_get_length (packs); i++)
      note_pack (self, json_array_get_object_element (packs, i));

  if (g_str_equal (what, "health"))
    {
      g_free (self->health);
      self->health = g_strdup_printf ("%s: %s", strata_json_get_string (object, "state"),
                                      strata_json_get_string (object, "message"));
    }

  if (g_str_equal (what, "hostCheckSum"))
    {
      g_free (self->checksum);
      self->checksum = g_strdup (strata_json_get_string (object, "hostCheckSum"));
    }

  soup_server_message_set_status (message, 204, NULL);
}

static void
answer_own (EdgeFixture       *self,
            SoupServerMessage *message,
            const char        *rest)
{
  const char *method = soup_server_message_get_method (message);

  if (g_str_equal (method, "PATCH"))
    take_report (self, message, rest + 1);
  else if (g_str_equal (method, "PUT") && g_str_equal (rest, "/profiles"))
    {
      self->is_linked = TRUE;
      soup_server_message_set_status (message, 204, NULL);
    }
  else if (g_str_equal (rest, ""))
    answer_host (self, message, NULL);
  else if (g_str_equal (rest, "/spc/download"))
    answer_archive (self, message);
  else if (g_str_has_prefix (rest, "/pack/manifests/"))
    answer_manifest (self, message, rest + strlen ("/pack/manifests/"));
  else
    refuse (message, 404, "ResourceNotFound");
}

static void
answer (EdgeFixture       *self,
        SoupServerMessage *message,
        const char        *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *who = soup_message_headers_get_one (headers, "Authorization");

  if ((self->faults & EDGE_IS_DOWN) != 0)
    refuse (message, 500, "StatusInternalServerError");
  else if (g_str_equal (path, "/v1/edgehosts/register"))
    answer_register (self, message, who);
  else if (g_strcmp0 (who, EDGE_KEY) != 0)
    refuse (message, 401, "InvalidToken");
  else if (!self->is_registered)
    refuse (message, 404, "ResourceNotFound");
  else if (g_str_has_prefix (path, HOST))
    answer_own (self, message, path + strlen (HOST));
  else
    refuse (message, 404, "ResourceNotFound");
}

static void
check_contract (EdgeFixture       *self,
                SoupServerMessage *message,
                const char        *path)
{
  const char *method = soup_server_message_get_method (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr(GBytes) request = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr(GBytes) reply = soup_message_body_flatten (soup_server_message_get_response_body (message));
  g_autofree char *asked = g_strndup (g_bytes_get_data (request, NULL), g_bytes_get_size (request));
  g_autofree char *said = g_strndup (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply));
  g_autoptr(GError) error = NULL;

  contract_check_request (self->contract, method, path, query, asked, &error);
  g_assert_no_error (error);
  contract_check_reply (self->contract, method, path, soup_server_message_get_status (message), said, &error);
  g_assert_no_error (error);
}

static void
answer_cb (FakeServer        *server,
           SoupServerMessage *message,
           const char        *path,
           gpointer           data)
{
  EdgeFixture *self = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  answer (self, message, path);

  if (self->contract != NULL)
    check_contract (self, message, path);
}

EdgeFixture *
edge_fixture_new (void)
{
  EdgeFixture *self = g_new0 (EdgeFixture, 1);

  g_mutex_init (&self->mutex);
  self->histories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->server = fake_server_new (NULL, answer_cb, self);

  return self;
}

void
edge_fixture_free (EdgeFixture *self)
{
  fake_server_free (self->server);
  g_clear_object (&self->profile);
  g_hash_table_unref (self->histories);
  g_hash_table_unref (self->messages);
  g_free (self->health);
  g_free (self->checksum);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
edge_fixture_get_url (EdgeFixture *self)
{
  return fake_server_get_url (self->server);
}

void
edge_fixture_publish (EdgeFixture   *self,
                      StrataProfile *profile)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_set_object (&self->profile, profile);
  self->revision++;
}

void
edge_fixture_set_faults (EdgeFixture *self,
                         EdgeFault    faults)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->faults = faults;
}

/* Every request and answer from now on is one that is published. */
void
edge_fixture_set_contract (EdgeFixture *self,
                           Contract    *contract)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->contract = contract;
}

/* As when somebody deletes the appliance at the console. */
void
edge_fixture_forget_host (EdgeFixture *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->is_registered = FALSE;
  self->is_linked = FALSE;
}

/* The requests from now on are the log. */
void
edge_fixture_forget_log (EdgeFixture *self)
{
  g_autofree char *log = fake_server_get_log (self->server);

  self->log_start = strlen (log);
  g_mutex_lock (&self->mutex);
  g_hash_table_remove_all (self->histories);
  g_mutex_unlock (&self->mutex);
}

char *
edge_fixture_get_log (EdgeFixture *self)
{
  g_autofree char *log = fake_server_get_log (self->server);

  return g_strdup (log + self->log_start);
}

guint
edge_fixture_count (EdgeFixture *self,
                    const char  *start)
{
  g_autofree char *log = edge_fixture_get_log (self);
  g_auto(GStrv) lines = g_strsplit (log, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], start) ? 1 : 0;

  return n;
}

static char *
look_up (EdgeFixture *self,
         GHashTable  *table,
         const char  *layer)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const char *text = g_hash_table_lookup (table, layer);

  return g_strdup (text != NULL ? text : "");
}

/* All that was reported of a layer since the log began, with spaces between. */
char *
edge_fixture_get_history (EdgeFixture *self,
                          const char  *layer)
{
  return look_up (self, self->histories, layer);
}

/* "Error: why" */
char *
edge_fixture_get_condition (EdgeFixture *self,
                            const char  *layer)
{
  return look_up (self, self->messages, layer);
}

char *
edge_fixture_get_health (EdgeFixture *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->health);
}

char *
edge_fixture_get_checksum (EdgeFixture *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->checksum);
}
