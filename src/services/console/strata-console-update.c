/* strata-console-update.c - changes a profile of a console: only what differs, in the order that it needs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <glib/gi18n-lib.h>

#include "strata-console-making.h"
#include "strata-console-private.h"
#include "strata-console-profiles.h"
#include "strata-error.h"
#include "strata-json.h"
#include "strata-palette-body.h"

/* A change on its way. */
typedef struct
{
  StrataConsole         *console;      /* (unowned) */
  const char            *uid;          /* (unowned) */
  char                 **audit;        /* (unowned) (nullable) */
  char                 **hidden;       /* (unowned) (nullable): see strata_console_update_profile() */
  GCancellable          *cancellable;  /* (unowned) (nullable) */
  StrataProfile         *profile;      /* (owned) what it becomes, as the console has its parts */
  StrataProfile         *base;         /* (owned) what it is compared with */
  JsonNode              *reply;        /* (owned) what the console has now */
} Update;

static void
update_clear (Update *self)
{
  g_clear_object (&self->profile);
  g_clear_object (&self->base);
  g_clear_pointer (&self->reply, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Update, update_clear)

/* Does one step; what is there after it does not depend on how often it is done. */
static gboolean
do_step (Update      *self,
         const char  *method,
         const char  *format,
         JsonNode    *body,
         GError     **error)
{
  g_autofree char *start = strata_console_build_path ("/v1/clusterprofiles/%s", self->uid);
  g_autofree char *path = start != NULL ? g_strconcat (start, format, NULL) : NULL;
  StrataConsoleCall call = {
    .method = method,
    .path = path,
    .body = body,
    .is_idempotent = TRUE,
    .audit = self->audit,
  };

  return strata_console_call_done (self->console, &call, self->cancellable, error);
}

static StrataVariable *
find_variable (GPtrArray  *list,
               const char *name)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (strata_variable_get_name (list->pdata[i]), name))
      return list->pdata[i];

  return NULL;
}

/* New and changed variables, by name: what is not sent keeps the default that only the console knows. */
static gboolean
send_variables (Update  *self,
                GError **error)
{
  GPtrArray *now = strata_profile_get_variables (self->profile);
  GPtrArray *then = strata_profile_get_variables (self->base);
  g_autoptr(GPtrArray) changed = g_ptr_array_new ();

  for (guint i = 0; i < now->len; i++)
    {
      StrataVariable *before = find_variable (then, strata_variable_get_name (now->pdata[i]));

      if (before == NULL || !strata_palette_is_same_variable (now->pdata[i], before))
        g_ptr_array_add (changed, now->pdata[i]);
    }

  if (changed->len == 0)
    return TRUE;

  g_autoptr(JsonNode) body = strata_palette_make_variables (changed);

  return do_step (self, "PATCH", "/variables", body, error);
}

/* After the layers: before, they may still use them. */
static gboolean
drop_variables (Update  *self,
                GError **error)
{
  GPtrArray *now = strata_profile_get_variables (self->profile);
  GPtrArray *then = strata_profile_get_variables (self->base);
  JsonArray *names = json_array_new ();
  JsonObject *list = json_object_new ();

  for (guint i = 0; i < then->len; i++)
    {
      const char *name = strata_variable_get_name (then->pdata[i]);

      if (find_variable (now, name) == NULL)
        json_array_add_string_element (names, name);
    }

  gboolean is_needed = json_array_get_length (names) > 0;

  json_object_set_array_member (list, "variables", names);

  g_autoptr(JsonNode) body = strata_console_wrap (list);

  return !is_needed || do_step (self, "DELETE", "/variables", body, error);
}

/* The order as it is after new ones were added at the end and others were dropped. */
static GPtrArray *
predict_order (Update *self)
{
  GPtrArray *now = strata_profile_get_variables (self->profile);
  GPtrArray *then = strata_profile_get_variables (self->base);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < then->len; i++)
    if (find_variable (now, strata_variable_get_name (then->pdata[i])) != NULL)
      g_ptr_array_add (names, (gpointer) strata_variable_get_name (then->pdata[i]));
  for (guint i = 0; i < now->len; i++)
    if (find_variable (then, strata_variable_get_name (now->pdata[i])) == NULL)
      g_ptr_array_add (names, (gpointer) strata_variable_get_name (now->pdata[i]));

  return names;
}

static gboolean
has_order (Update *self)
{
  GPtrArray *now = strata_profile_get_variables (self->profile);
  g_autoptr(GPtrArray) names = predict_order (self);
  gboolean is_same = TRUE;

  for (guint i = 0; i < now->len; i++)
    is_same &= g_str_equal (names->pdata[i], strata_variable_get_name (now->pdata[i]));

  return is_same;
}

static gboolean
is_hidden (StrataVariable *variable)
{
  return *strata_variable_get (variable, STRATA_VARIABLE_DEFAULT) != '\0' && !strata_palette_has_default (variable);
}

/* (nullable): a variable whose secret the console has and that is not sent */
static const char *
find_hidden (Update *self)
{
  GPtrArray *now = strata_profile_get_variables (self->profile);
  GPtrArray *then = strata_profile_get_variables (self->base);

  for (guint i = 0; i < now->len; i++)
    {
      const char *name = strata_variable_get_name (now->pdata[i]);
      StrataVariable *before = find_variable (then, name);

      if (before != NULL && is_hidden (before) && !strata_palette_has_default (now->pdata[i]))
        return name;
    }

  return NULL;
}

/* Only the whole set has an order, and it takes the place of what is there. No console says whether a secret that is not
 * in it stays: where there is one, the order is left as it is.
 */
static gboolean
order_variables (Update  *self,
                 GError **error)
{
  const char *hidden = find_hidden (self);

  if (has_order (self))
    return TRUE;

  if (hidden != NULL)
    {
      if (self->hidden != NULL)
        *self->hidden = g_strdup (hidden);
      return TRUE;
    }

  g_autoptr(JsonNode) body = strata_palette_make_variables (strata_profile_get_variables (self->profile));

  return do_step (self, "PUT", "/variables", body, error);
}

/* What of the profile stands in one kind of body. */
static gboolean
is_same_body (JsonNode *one,
              JsonNode *other)
{
  g_autoptr(JsonNode) first = one;
  g_autoptr(JsonNode) second = other;

  return json_node_equal (first, second);
}

/* What a person chose of the layers: which pack a version is at the moment, nobody did. */
static JsonNode *
make_choices (StrataProfile *profile)
{
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    g_ptr_array_add (layers, strata_layer_with (strata_profile_get_layer (profile, i),
                                                STRATA_LAYER_PACK_UID, ""));

  g_autoptr(StrataProfile) chosen = strata_profile_with_layers (profile, layers);

  return strata_palette_make_draft (chosen);
}

static gboolean
send_layers (Update  *self,
             GError **error)
{
  if (is_same_body (make_choices (self->profile), make_choices (self->base)))
    return TRUE;

  g_autoptr(StrataProfile) named =
    strata_profile_with (self->profile, STRATA_PROFILE_UID, self->uid);
  g_autoptr(JsonNode) body = strata_palette_make_update (named);

  return do_step (self, "PUT", "", body, error);
}

static gboolean
send_metadata (Update  *self,
               GError **error)
{
  if (is_same_body (strata_palette_make_metadata (self->profile, NULL),
                    strata_palette_make_metadata (self->base, NULL)))
    return TRUE;

  JsonObject *metadata =
    strata_json_get_object (json_node_get_object (self->reply), "metadata");
  g_autoptr(JsonNode) body = strata_palette_make_metadata (
    self->profile, strata_json_get_object (metadata, "annotations"));

  return do_step (self, "PATCH", "/metadata", body, error);
}

/* Nothing is written over what nobody saw: @base is not what the console has any more. */
static gboolean
check_base (StrataProfile  *base,
            StrataProfile  *current,
            GError        **error)
{
  if (base == NULL || strata_palette_is_same (base, current))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
               _("“%s” was changed at the console in this moment; nothing was overwritten, pull it first"),
                  strata_profile_get_name (current));

  return FALSE;
}

/* What the console has now: for uids and for annotations that are not ours; and to compare with, when nothing is given
 * for that.
 */
static gboolean
prepare (Update         *self,
         StrataProfile  *profile,
         StrataProfile  *base,
         GError        **error)
{
  g_autoptr(StrataConsoleProfile) current = strata_console_read_profile (
    self->console, self->uid, &self->reply, self->cancellable, error);

  if (current == NULL || !check_base (base, current->profile, error))
    return FALSE;

  self->profile = strata_console_place_layers (self->console, profile, current->profile,
                                               self->cancellable, error);
  self->base = g_object_ref (base != NULL ? base : current->profile);

  return self->profile != NULL;
}

/**
 * strata_console_update_profile:
 * @self: a client that somebody is signed in at
 * @uid: the uid of the profile that is changed
 * @profile: what it becomes
 * @base: (nullable): what it was when the change began; %NULL for what the console has now
 * @audit: (out) (optional) (nullable): the id of this in the console's audit log
 * @hidden: (out) (optional) (nullable): a variable because of which the order of the variables is not as in @profile: to
 *   change that could lose its secret, which the console has and @profile has not
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `STRATA_ERROR_CONFLICT` when the console has something else than @base, or another
 *   [error@Error]
 *
 * Changes what differs between @base and @profile, and asks for nothing else: variables first, then layers, then
 * variables that no layer uses any more, then name, description and tags. What becomes of it is the draft. It looks right
 * before the first change whether somebody else made one since @base, and changes nothing then; what is changed between
 * that and its own changes it cannot see. When it stops in the middle, it can be done again from what the console has then.
 * Blocks; any thread.
 *
 * Returns: whether all is as @profile says, but for the order of variables where @hidden is set
 */
gboolean
strata_console_update_profile (StrataConsole  *self,
                               const char     *uid,
                               StrataProfile  *profile,
                               StrataProfile  *base,
                               char          **audit,
                               char          **hidden,
                               GCancellable   *cancellable,
                               GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, FALSE);
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), FALSE);

  if (hidden != NULL)
    *hidden = NULL;

  g_auto(Update) update = {
    .console = self,
    .uid = uid,
    .audit = audit,
    .hidden = hidden,
    .cancellable = cancellable,
  };

  return prepare (&update, profile, base, error) && send_variables (&update, error) &&
         send_layers (&update, error) && drop_variables (&update, error) &&
         order_variables (&update, error) && send_metadata (&update, error);
}

/**
 * strata_console_publish_profile:
 * @self: a client that somebody is signed in at
 * @uid: the uid of a profile
 * @audit: (out) (optional) (nullable): the id of this in the console's audit log
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Makes the draft what appliances get, as the next revision. Blocks; any thread.
 *
 * Returns: whether it is done
 */
gboolean
strata_console_publish_profile (StrataConsole  *self,
                                const char     *uid,
                                char          **audit,
                                GCancellable   *cancellable,
                                GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, FALSE);

  g_autofree char *path = strata_console_build_path ("/v1/clusterprofiles/%s/publish", uid);
  StrataConsoleCall call = {
    .method = "PATCH",
    .path = path,
    .is_idempotent = TRUE,
    .audit = audit,
  };

  return strata_console_call_done (self, &call, cancellable, error);
}

/**
 * strata_console_delete_profile:
 * @self: a client that somebody is signed in at
 * @uid: the uid of a profile
 * @audit: (out) (optional) (nullable): the id of this in the console's audit log
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `STRATA_ERROR_NOT_FOUND` when it is gone already, or another [error@Error]
 *
 * Deletes one version of a profile. Blocks; any thread.
 *
 * Returns: whether it is done
 */
gboolean
strata_console_delete_profile (StrataConsole  *self,
                               const char     *uid,
                               char          **audit,
                               GCancellable   *cancellable,
                               GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, FALSE);

  g_autofree char *path = strata_console_build_path ("/v1/clusterprofiles/%s", uid);
  StrataConsoleCall call = { .method = "DELETE", .path = path, .audit = audit };

  return strata_console_call_done (self, &call, cancellable, error);
}
