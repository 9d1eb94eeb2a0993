/* strata-agent-poll.c - one round of an appliance with its console: register, link, take what changed, report
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-agent"

#include "config.h"

#include "strata-agent-private.h"

#include <glib/gi18n-lib.h>

#include "strata-edge-update.h"
#include "strata-error.h"
#include "strata-json.h"

#define MAX_MOVES 3                            /* how often a console may publish anew while its profile is fetched */
#define MAX_RETRY_US (10 * 60 * G_TIME_SPAN_SECOND)

static JsonNode *
make_text_body (const char *member,
                const char *text)
{
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_string_member (object, member, text);

  return json_node_init_object (json_node_alloc (), object);
}

/* Tells the console what it does not know of the layers. What it cannot be told now, it is told in the next round. */
void
strata_agent_tell (StrataAgent  *self,
                   GCancellable *cancellable)
{
  StrataProfile *profile = strata_node_get_profile (self->node);
  g_autoptr(GError) error = NULL;

  if (!self->is_reached || profile == NULL)
    return;

  g_autoptr(JsonNode) body =
    strata_layer_reports_make_body (self->reports, strata_profile_get (profile, STRATA_PROFILE_UID));

  if (body == NULL)
    return;

  if (strata_edge_client_report (self->client, "packs/status", body, cancellable, &error))
    strata_layer_reports_set_known (self->reports, TRUE);
  else
    g_debug ("The layers were not reported: %s", error->message);
}

/* The console is told in any case that this appliance is alive. */
static gboolean
tell_health (StrataAgent  *self,
             GCancellable *cancellable,
             GError      **error)
{
  const char *wrong = strata_layer_reports_get_error (self->reports);
  g_autoptr(JsonNode) body = make_text_body ("state", wrong == NULL ? "healthy" : "unhealthy");
  JsonObject *health = json_node_get_object (body);

  json_object_set_string_member (health, "message", wrong != NULL ? wrong : "");
  json_object_set_string_member (health, "agentVersion", STRATA_AGENT_VERSION);

  return strata_edge_client_report (self->client, "health", body, cancellable, error);
}

static gboolean
tell_checksum (StrataAgent  *self,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr(JsonNode) body = make_text_body ("hostCheckSum", self->checksum);

  if (g_str_equal (self->checksum, self->told))
    return TRUE;

  if (!strata_edge_client_report (self->client, "hostCheckSum", body, cancellable, error))
    return FALSE;

  g_free (self->told);
  self->told = g_strdup (self->checksum);

  return TRUE;
}

static gboolean
take_key (StrataAgent *self,
          JsonNode    *host,
          GError     **error)
{
  JsonObject *status = strata_json_get_object (json_node_get_object (host), "status");
  const char *key = status != NULL ? strata_json_get_string (status, "serviceAuthToken") : "";

  if (*key == '\0')
    key = strata_node_get (self->node, STRATA_NODE_TOKEN);

  return strata_edge_client_set_key (self->client, key, error) &&
         strata_node_set (self->node, STRATA_NODE_KEY, key, error);
}

static gboolean
register_host (StrataAgent  *self,
               GCancellable *cancellable,
               GError      **error)
{
  const char *token = strata_node_get (self->node, STRATA_NODE_TOKEN);
  g_autoptr(JsonNode) about = strata_agent_describe (self);

  if (*token == '\0')
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN,
                           _("There is no token to register with: name its file with --token-file"));
      return FALSE;
    }

  g_autoptr(JsonNode) host =
    strata_edge_client_register (self->client, token, about, cancellable, error);

  if (host == NULL || !take_key (self, host, error))
    return FALSE;

  g_free (self->told);
  self->told = g_strdup ("");
  strata_layer_reports_set_known (self->reports, FALSE);
  strata_agent_say (self, "registered", _("Registered as %s"), strata_agent_get_uid (self));

  return TRUE;
}

/* The key is too old, or the console has forgotten this appliance: both are mended by registering again. */
static gboolean
is_unknown_here (const GError *error)
{
  return g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN) ||
         g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

static JsonNode *
get_host (StrataAgent  *self,
          GCancellable *cancellable,
          GError      **error)
{
  const char *key = strata_node_get (self->node, STRATA_NODE_KEY);
  g_autoptr(GError) failure = NULL;

  if (*key != '\0')
    {
      if (!strata_edge_client_set_key (self->client, key, error))
        return NULL;

      JsonNode *host = strata_edge_client_get_host (self->client, cancellable, &failure);

      if (host != NULL)
        return host;

      if (!is_unknown_here (failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }

  return register_host (self, cancellable, error)
           ? strata_edge_client_get_host (self->client, cancellable, error)
           : NULL;
}

/* (nullable): the profile that the console wants here: ours, or the first where an administrator chose another. */
static JsonObject *
find_template (StrataAgent *self,
               JsonNode    *host)
{
  StrataProfile *profile = strata_node_get_profile (self->node);
  const char *uid = profile != NULL ? strata_profile_get (profile, STRATA_PROFILE_UID) : "";
  JsonObject *spec = strata_json_get_object (json_node_get_object (host), "spec");
  JsonArray *templates = spec != NULL ? strata_json_get_array (spec, "clusterProfileTemplates") : NULL;
  JsonObject *first = NULL;

  for (guint i = 0; templates != NULL && i < json_array_get_length (templates); i++)
    {
      JsonNode *node = json_array_get_element (templates, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (object != NULL && g_str_equal (strata_json_get_string (object, "uid"), uid))
        return object;

      if (first == NULL)
        first = object;
    }

  return first;
}

/* Asks for the profile that was booted from, unless somebody took it away from this appliance. */
static gboolean
link_profile (StrataAgent  *self,
              GCancellable *cancellable,
              GError      **error)
{
  StrataProfile *profile = strata_node_get_profile (self->node);
  const char *uid = profile != NULL ? strata_profile_get (profile, STRATA_PROFILE_UID) : "";
  gboolean was_linked = *strata_node_get (self->node, STRATA_NODE_REVISION) != '\0';

  if (*uid == '\0' || was_linked)
    {
      if (self->is_linked || !self->is_reached)
        strata_agent_say (self, "unlinked", _("The console has no profile for this appliance; what is there stays"));
      self->is_linked = FALSE;
      return FALSE;
    }

  return strata_edge_client_link (self->client, uid, cancellable, error);
}

static void
say_fetch_cb (const char *layer,
              gpointer    data)
{
  StrataAgent *self = data;
  g_autofree char *message = g_strdup_printf (_("%s: changed at the console"), layer);
  StrataAgentEvent event = { .name = "fetching", .layer = layer, .message = message };

  if (self->observer != NULL)
    self->observer (&event, self->data);
}

/* Not the fault of what was published: it is asked for again in the next round. */
static gboolean
is_passing (const GError *error)
{
  return !(error->domain == STRATA_ERROR &&
           (error->code == STRATA_ERROR_INVALID || error->code == STRATA_ERROR_CORRUPT ||
            error->code == STRATA_ERROR_BAD_REPLY || error->code == STRATA_ERROR_TOO_LARGE ||
            error->code == STRATA_ERROR_NOT_FOUND || error->code == STRATA_ERROR_DISK));
}

static void
forget_failure (StrataAgent *self)
{
  g_clear_pointer (&self->failed, g_free);
  self->n_failures = 0;
  self->retry_at = 0;
}

/* The old stays; the same is tried again ever more seldom, and something newer at once. */
static void
note_failure (StrataAgent  *self,
              const char   *revision,
              const char   *layer,
              const GError *reason,
              GCancellable *cancellable)
{
  gint64 pause = MIN ((gint64) self->interval_ms * 1000 << MIN (self->n_failures, 16), MAX_RETRY_US);

  if (g_strcmp0 (self->failed, revision) != 0)
    forget_failure (self);

  g_free (self->failed);
  self->failed = g_strdup (revision);
  self->n_failures++;
  self->retry_at = g_get_monotonic_time () + pause;
  strata_agent_fail_layer (self, strata_node_get_profile (self->node), layer, reason, cancellable);
}

static gboolean
is_here (StrataAgent   *self,
         StrataProfile *profile)
{
  StrataProfile *here = strata_node_get_profile (self->node);

  return here != NULL && self->is_settled && self->failed == NULL && strata_profile_equal (here, profile);
}

/* Takes @profile, which is whole and checked, and brings the node in line with it. */
static gboolean
apply (StrataAgent   *self,
       StrataProfile *profile,
       const char    *revision,
       char         **failed,
       GCancellable  *cancellable,
       GError       **error)
{
  if (is_here (self, profile))
    return strata_node_set (self->node, STRATA_NODE_REVISION, revision, error);

  g_autoptr(GPtrArray) installs = strata_agent_prepare (self, profile, failed, error);

  if (installs == NULL || !strata_node_take_profile (self->node, profile, cancellable, error) ||
      !strata_node_set (self->node, STRATA_NODE_REVISION, revision, error) ||
      !strata_agent_settle (self, installs, cancellable, error))
    return FALSE;

  forget_failure (self);
  strata_agent_say (self, "updated", _("%s %s is in place"), strata_profile_get_name (profile),
                    strata_profile_get_version (profile));

  return TRUE;
}

static gboolean
fetch_and_apply (StrataAgent  *self,
                 JsonObject   *there,
                 const char   *revision,
                 char        **failed,
                 GCancellable *cancellable,
                 GError      **error)
{
  StrataEdgeUpdate update = {
    .client = self->client,
    .here = strata_node_get_profile (self->node),
    .there = there,
    .revision = strata_node_get (self->node, STRATA_NODE_REVISION),
    .fetch = say_fetch_cb,
    .data = self,
  };
  g_autoptr(StrataProfile) profile = strata_edge_update_run (&update, failed, cancellable, error);

  return profile != NULL && apply (self, profile, revision, failed, cancellable, error);
}

/* Whether the console has published once more since @revision: then what was fetched may be of both. */
static gboolean
has_moved (StrataAgent  *self,
           const char   *revision,
           JsonNode    **host,
           JsonObject  **there,
           GCancellable *cancellable)
{
  g_autoptr(JsonNode) again = strata_edge_client_get_host (self->client, cancellable, NULL);
  JsonObject *found = again != NULL ? find_template (self, again) : NULL;
  g_autofree char *now = found != NULL ? strata_edge_update_get_revision (found) : NULL;

  if (now == NULL || g_str_equal (now, revision))
    return FALSE;

  json_node_unref (*host);
  *host = g_steal_pointer (&again);
  *there = found;

  return TRUE;
}

/* Takes what changed. What cannot be taken is reported and is no error of the round. */
static gboolean
update (StrataAgent  *self,
        JsonNode    **host,
        JsonObject   *there,
        GCancellable *cancellable,
        GError      **error)
{
  for (guint n_moves = 0;; n_moves++)
    {
      g_autofree char *revision = strata_edge_update_get_revision (there);
      g_autofree char *failed = NULL;
      g_autoptr(GError) failure = NULL;

      if (g_strcmp0 (self->failed, revision) == 0 && g_get_monotonic_time () < self->retry_at)
        return TRUE;

      if (fetch_and_apply (self, there, revision, &failed, cancellable, &failure))
        return TRUE;

      if (is_passing (failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }

      if (n_moves == MAX_MOVES || !has_moved (self, revision, host, &there, cancellable))
        {
          note_failure (self, revision, failed, failure, cancellable);
          return TRUE;
        }
    }
}

/* Links if need be. %NULL without @error when the console has no profile for us. */
static JsonObject *
find_or_link (StrataAgent  *self,
              JsonNode    **host,
              GCancellable *cancellable,
              GError      **error)
{
  JsonObject *there = find_template (self, *host);

  if (there == NULL && link_profile (self, cancellable, error))
    {
      g_autoptr(JsonNode) again = strata_edge_client_get_host (self->client, cancellable, error);

      if (again == NULL)
        return NULL;

      json_node_unref (*host);
      *host = g_steal_pointer (&again);
      there = find_template (self, *host);
    }

  if (there != NULL && !self->is_linked)
    {
      self->is_linked = TRUE;
      strata_agent_say (self, "linked", _("Linked to %s"), strata_json_get_string (there, "name"));
    }

  return there;
}

static gboolean
poll_host (StrataAgent  *self,
           JsonNode    **host,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr(GError) failure = NULL;
  JsonObject *there = find_or_link (self, host, cancellable, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (!self->is_reached)
    strata_agent_say (self, "online", _("The console answers"));

  self->is_reached = TRUE;
  strata_agent_tell (self, cancellable);

  if (there != NULL && !update (self, host, there, cancellable, error))
    return FALSE;

  strata_agent_tell (self, cancellable);

  return tell_checksum (self, cancellable, error) && tell_health (self, cancellable, error);
}

/**
 * strata_agent_poll:
 * @self: an appliance that has booted
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #StrataError
 *
 * One round with the console: registers and links where that was not done, takes what changed, reports. An update that
 * cannot be taken is reported and leaves what was there. Without a console it does nothing. Blocks.
 *
 * Returns: whether the console could be talked with
 */
gboolean
strata_agent_poll (StrataAgent  *self,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_return_val_if_fail (STRATA_IS_AGENT (self), FALSE);

  if (self->client == NULL)
    return TRUE;

  JsonNode *host = get_host (self, cancellable, error);
  gboolean done = host != NULL && poll_host (self, &host, cancellable, error);

  if (!done)
    self->is_reached = FALSE;

  g_clear_pointer (&host, json_node_unref);

  return done;
}
