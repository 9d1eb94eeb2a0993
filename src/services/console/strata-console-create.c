/* strata-console-create.c - makes profiles at a console: each once, also when an answer is lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <glib/gi18n-lib.h>

#include "strata-console-making.h"
#include "strata-console-private.h"
#include "strata-console-profiles.h"
#include "strata-error.h"
#include "strata-palette-body.h"

#define N_ATTEMPTS 3

/* Whether it is open what the console did: the answer was lost or makes no sense, or it gave up in the middle, or asked
 * for a pause.
 */
static gboolean
is_open (const GError *reason,
         guint         status)
{
  if (status == 0)
    return g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_OFFLINE) ||
           g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);

  return status < 400 || status == 429 || status >= 500;
}

/* What was to be made: what was sent, or what the copy is of. */
static StrataProfile *
find_wanted (StrataConsole             *self,
             const StrataConsoleMaking *making,
             GCancellable              *cancellable,
             GError                   **error)
{
  if (making->profile != NULL)
    return g_object_ref (making->profile);

  g_autoptr(StrataConsoleProfile) source =
    strata_console_get_profile (self, making->source, cancellable, error);

  if (source == NULL)
    return NULL;

  g_autoptr(StrataProfile) named =
    strata_profile_with (source->profile, STRATA_PROFILE_NAME, making->name);

  return strata_profile_with (named, STRATA_PROFILE_VERSION, making->version);
}

/* Whether what is there under the name is what was sent. */
static gboolean
check_found (StrataConsole             *self,
             const StrataConsoleMaking *making,
             const char                *uid,
             gboolean                  *is_published,
             GCancellable              *cancellable,
             GError                   **error)
{
  g_autoptr(StrataConsoleProfile) found =
    strata_console_get_profile (self, uid, cancellable, error);
  g_autoptr(StrataProfile) wanted = NULL;

  if (found != NULL)
    wanted = find_wanted (self, making, cancellable, error);

  if (wanted == NULL)
    return FALSE;

  *is_published = found->is_published && !found->has_draft;
  if (strata_palette_is_same (found->profile, wanted))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
               _("%s has another profile “%s” of version %s already; choose another version"),
                  self->host, making->name, making->version);

  return FALSE;
}

/* Takes what an attempt whose answer was lost has made. Returns %FALSE without an error when there is nothing. */
static gboolean
adopt (StrataConsole             *self,
       const StrataConsoleMaking *making,
       char                     **uid,
       GCancellable              *cancellable,
       GError                   **error)
{
  g_autoptr(GError) reason = NULL;
  gboolean is_published = FALSE;
  g_autofree char *found =
    strata_console_find_profile (self, making->name, making->version, cancellable, &reason);

  if (found == NULL && g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return FALSE;

  if (found == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  if (!check_found (self, making, found, &is_published, cancellable, error))
    return FALSE;

  if (making->publish && !is_published &&
      !strata_console_publish_profile (self, found, making->call->audit, cancellable, error))
    return FALSE;

  *uid = g_steal_pointer (&found);

  return TRUE;
}

/**
 * strata_console_make:
 *
 * Makes what @making says. When it is open whether the console did it, it is looked up by name and version and taken
 * when it is there, and only made again when it is not. Returns its uid.
 */
char *
strata_console_make (StrataConsole             *self,
                     const StrataConsoleMaking *making,
                     GCancellable              *cancellable,
                     GError                   **error)
{
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr(GError) reason = NULL;
      g_autoptr(GError) trouble = NULL;
      guint status = 0;
      StrataConsoleCall call = *making->call;

      call.status = &status;

      char *uid = strata_console_call_uid (self, &call, cancellable, &reason);
      gboolean is_late = attempt > 1 && g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_CONFLICT);

      if (uid != NULL)
        return uid;

      if (strata_http_is_offline () || (!is_open (reason, status) && !is_late))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }

      if (strata_http_pause (self->http, attempt, cancellable) &&
          adopt (self, making, &uid, cancellable, &trouble))
        return uid;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      if (g_error_matches (trouble, STRATA_ERROR, STRATA_ERROR_CONFLICT))
        {
          g_propagate_error (error, g_steal_pointer (&trouble));
          return NULL;
        }

      /* It cannot be found out: what is said is why it could not be made. */
      if (trouble != NULL || attempt == N_ATTEMPTS)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
    }
}

/**
 * strata_console_create_profile:
 * @self: a client that somebody is signed in at
 * @profile: what to make, with its variables; its uid does not count
 * @publish: whether appliances get it at once
 * @audit: (out) (optional) (nullable): the id of this in the console's audit log
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `STRATA_ERROR_CONFLICT` when there is another of this name and version, or another
 *   [error@Error]
 *
 * Makes a profile, or a new version of one. When the answer is lost it is looked up, so that it is never made twice.
 * Layers are made with the registry and the pack that the console knows by the names they have here. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): its uid, or %NULL with @error set
 */
char *
strata_console_create_profile (StrataConsole  *self,
                               StrataProfile  *profile,
                               gboolean        publish,
                               char          **audit,
                               GCancellable   *cancellable,
                               GError        **error)
{
  static const char *const query[] = { "publish", "true", NULL };

  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && STRATA_IS_PROFILE (profile), NULL);

  g_autoptr(StrataProfile) placed =
    strata_console_place_layers (self, profile, NULL, cancellable, error);

  if (placed == NULL)
    return NULL;

  g_autoptr(JsonNode) body = strata_palette_make_create (placed);
  StrataConsoleCall call = {
    .method = "POST",
    .path = "/v1/clusterprofiles",
    .query = publish ? query : NULL,
    .body = body,
    .audit = audit,
  };
  StrataConsoleMaking making = {
    .call = &call,
    .profile = placed,
    .name = strata_profile_get_name (placed),
    .version = strata_profile_get_version (placed),
    .publish = publish,
  };

  return strata_console_make (self, &making, cancellable, error);
}

static JsonNode *
build_clone (StrataConsole *self,
             const char    *name,
             const char    *version)
{
  JsonObject *body = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *target = json_object_new ();
  const char *project = strata_console_get_project (self);

  json_object_set_string_member (target, "scope", project != NULL ? "project" : "tenant");
  if (project != NULL)
    json_object_set_string_member (target, "projectUid", project);
  json_object_set_string_member (metadata, "name", name);
  json_object_set_string_member (metadata, "version", version);
  json_object_set_object_member (metadata, "target", target);
  json_object_set_object_member (body, "metadata", metadata);

  return strata_console_wrap (body);
}

/**
 * strata_console_clone_profile:
 * @self: a client that somebody is signed in at
 * @uid: a profile
 * @name: what the copy is called
 * @version: its version
 * @audit: (out) (optional) (nullable): the id of this in the console's audit log
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `STRATA_ERROR_CONFLICT` when there is one of this name and version, or another
 *   [error@Error]
 *
 * Copies a profile at the console, with its variables and the defaults of sensitive ones, which do not leave it. Under
 * the same name it is a new version. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the uid of the copy, or %NULL with @error set
 */
char *
strata_console_clone_profile (StrataConsole  *self,
                              const char     *uid,
                              const char     *name,
                              const char     *version,
                              char          **audit,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, NULL);
  g_return_val_if_fail (name != NULL && version != NULL, NULL);

  g_autofree char *path = strata_console_build_path ("/v1/clusterprofiles/%s/clone", uid);
  g_autoptr(JsonNode) body = build_clone (self, name, version);
  StrataConsoleCall call = { .method = "POST", .path = path, .body = body, .audit = audit };
  StrataConsoleMaking making = { .call = &call, .source = uid, .name = name, .version = version };

  return strata_console_make (self, &making, cancellable, error);
}
