/* strata-agent.c - the small program on an edge appliance that keeps its node like its profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It boots from an archive, with no network. What the profile says is to be there is on the disk before the first layer
 * of it is; then one layer after another is brought in line with it, and an appliance that was ended in between does the
 * rest when it starts again.
 */

#define G_LOG_DOMAIN "strata-agent"

#include "config.h"

#include "strata-agent-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-archive.h"
#include "strata-error.h"

#define MAX_PAUSE_MS (5 * 60 * 1000)
#define MAX_UID 128
#define UID_REFUSED "/?#&+%,$~!@*(){}|=;:<>'.^\" "

G_DEFINE_FINAL_TYPE (StrataAgent, strata_agent, G_TYPE_OBJECT)

static void
strata_agent_finalize (GObject *object)
{
  StrataAgent *self = STRATA_AGENT (object);

  g_clear_object (&self->node);
  g_clear_object (&self->client);
  g_clear_pointer (&self->reports, strata_layer_reports_free);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->archive, g_free);
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->checksum, g_free);
  g_clear_pointer (&self->told, g_free);
  g_clear_pointer (&self->failed, g_free);

  G_OBJECT_CLASS (strata_agent_parent_class)->finalize (object);
}

static void
strata_agent_class_init (StrataAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_agent_finalize;
}

static void
strata_agent_init (StrataAgent *self)
{
  self->reports = strata_layer_reports_new ();
  self->checksum = g_strdup ("");
  self->told = g_strdup ("");
}

static gboolean
check_uid (const char *uid,
           GError    **error)
{
  if (*uid != '\0' && strlen (uid) <= MAX_UID && strpbrk (uid, UID_REFUSED) == NULL &&
      g_utf8_validate (uid, -1, NULL))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“%s” is no name for an appliance: take at most 128 letters, digits and hyphens"), uid);

  return FALSE;
}

static char *
make_uid (void)
{
  g_autofree char *random = g_uuid_string_random ();
  g_auto(GStrv) parts = g_strsplit (random, "-", -1);

  return g_strconcat ("edge-", parts[4], NULL);
}

static gboolean
take_uid (StrataAgent *self,
          const char  *given,
          GError     **error)
{
  const char *known = strata_node_get (self->node, STRATA_NODE_UID);
  g_autofree char *uid = given != NULL ? g_strdup (given) : *known != '\0' ? g_strdup (known) : make_uid ();

  if (!check_uid (uid, error))
    return FALSE;

  /* Its key at the console is that of the other one. */
  if (*known != '\0' && !g_str_equal (known, uid) && !strata_node_set (self->node, STRATA_NODE_KEY, "", error))
    return FALSE;

  return strata_node_set (self->node, STRATA_NODE_UID, uid, error);
}

/* A secret is for the console it came from: another address gets neither. */
static gboolean
take_console (StrataAgent              *self,
              const StrataAgentOptions *options,
              GError                  **error)
{
  if (options->console == NULL)
    return TRUE;

  self->client = strata_edge_client_new (options->console, options->ca_file,
                                         strata_node_get (self->node, STRATA_NODE_UID), error);

  if (self->client == NULL)
    return FALSE;

  if (!g_str_equal (strata_node_get (self->node, STRATA_NODE_CONSOLE), options->console) &&
      (!strata_node_set (self->node, STRATA_NODE_KEY, "", error) ||
       !strata_node_set (self->node, STRATA_NODE_TOKEN, "", error) ||
       !strata_node_set (self->node, STRATA_NODE_CONSOLE, options->console, error)))
    return FALSE;

  return options->token == NULL || strata_node_set (self->node, STRATA_NODE_TOKEN, options->token, error);
}

/* Opens the folder of the appliance and remembers what it was started with; nothing is connected to. */
StrataAgent *
strata_agent_new (const StrataAgentOptions *options,
                  GCancellable             *cancellable,
                  GError                  **error)
{
  g_autoptr(StrataAgent) self = g_object_new (STRATA_TYPE_AGENT, NULL);

  self->settings = options->settings != NULL ? strata_macros_read_settings (options->settings, error)
                                             : g_hash_table_new (g_str_hash, g_str_equal);

  if (self->settings == NULL)
    return NULL;

  self->archive = g_strdup (options->archive);
  self->labels = g_strdupv ((char **) options->labels);
  self->interval_ms = MAX (options->interval_ms, 1);
  self->node = strata_node_open (options->state, cancellable, error);

  if (self->node == NULL || !take_uid (self, options->uid, error) || !take_console (self, options, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* Called in the thread that does the work. */
void
strata_agent_set_observer (StrataAgent        *self,
                           StrataAgentObserver observer,
                           gpointer            data)
{
  self->observer = observer;
  self->data = data;
}

/* What the console calls this appliance. */
const char *
strata_agent_get_uid (StrataAgent *self)
{
  return strata_node_get (self->node, STRATA_NODE_UID);
}

/* Whether it has booted at some time, so that there is something to keep up to date. */
gboolean
strata_agent_has_profile (StrataAgent *self)
{
  return strata_node_get_profile (self->node) != NULL;
}

/* Whether everything that is to be there is, and nothing was refused. */
gboolean
strata_agent_is_well (StrataAgent *self)
{
  return self->is_settled && self->failed == NULL;
}

static void
emit (StrataAgent            *self,
      const StrataAgentEvent *event)
{
  if (self->observer != NULL)
    self->observer (event, self->data);
}

void
strata_agent_say (StrataAgent *self,
                  const char  *name,
                  const char  *format,
                  ...)
{
  va_list arguments;

  va_start (arguments, format);

  g_autofree char *message = g_strdup_vprintf (format, arguments);

  va_end (arguments);

  StrataAgentEvent event = { .name = name, .message = message };

  emit (self, &event);
}

static char *
describe_layer (StrataLayer *layer,
                const char  *condition,
                const char  *message)
{
  const char *name = strata_layer_get_name (layer);

  if (*message != '\0')
    return g_strdup_printf ("%s: %s", name, message);

  if (g_str_equal (condition, STRATA_CONDITION_READY))
    return g_strdup_printf (_("%s: in place"), name);

  if (g_str_equal (condition, STRATA_CONDITION_INSTALLED))
    return g_strdup_printf (_("%s: installed"), name);

  if (g_str_equal (condition, STRATA_CONDITION_TO_INSTALL))
    return g_strdup_printf (_("%s: to be installed"), name);

  return g_strdup_printf (_("%s: waits for other layers"), name);
}

/* Says what state a layer is in, to who looks on and to the console. */
void
strata_agent_set_layer (StrataAgent  *self,
                        StrataLayer  *layer,
                        const char   *condition,
                        const char   *message,
                        GCancellable *cancellable)
{
  if (!strata_layer_reports_set (self->reports, layer, condition, message))
    return;

  g_autofree char *sentence = describe_layer (layer, condition, message);
  StrataAgentEvent event = {
    .name = "layer",
    .layer = strata_layer_get_name (layer),
    .condition = condition,
    .message = sentence,
  };

  emit (self, &event);
}

/* Makes all layers of @profile ready. @failed is the name of the one that cannot be. */
GPtrArray *
strata_agent_prepare (StrataAgent   *self,
                      StrataProfile *profile,
                      char         **failed,
                      GError       **error)
{
  guint position = 0;
  GPtrArray *installs =
    strata_install_all (profile, self->settings, strata_agent_get_uid (self), &position, error);

  if (installs == NULL)
    *failed = g_strdup (strata_layer_get_name (strata_profile_get_layer (profile, position)));

  return installs;
}

/* The update is not taken: what was there runs on, and the layer says why. */
void
strata_agent_fail_layer (StrataAgent   *self,
                         StrataProfile *profile,
                         const char    *layer,
                         const GError  *reason,
                         GCancellable  *cancellable)
{
  StrataLayer *known =
    profile != NULL && layer != NULL ? strata_profile_find_layer (profile, layer, NULL) : NULL;
  g_autoptr(StrataLayer) found = known != NULL   ? g_object_ref (known)
                                 : layer != NULL ? strata_layer_new (STRATA_LAYER_KIND_MANIFEST, layer)
                                                 : NULL;

  if (found != NULL)
    strata_agent_set_layer (self, found, STRATA_CONDITION_ERROR, reason->message, cancellable);

  strata_agent_say (self, "failed", "%s", reason->message);
}

static gboolean
put_layer (StrataAgent   *self,
           StrataLayer   *layer,
           StrataInstall *install,
           GCancellable  *cancellable,
           GError       **error)
{
  strata_agent_set_layer (self, layer, STRATA_CONDITION_TO_INSTALL, "", cancellable);
  strata_agent_tell (self, cancellable);

  if (!strata_node_put (self->node, install, error))
    return FALSE;

  strata_agent_set_layer (self, layer, STRATA_CONDITION_INSTALLED, "", cancellable);
  strata_agent_tell (self, cancellable);

  if (strata_node_has (self->node, install))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
               _("“%s” was written and is not there: the disk of this appliance may be failing"), install->name);

  return FALSE;
}

static void
announce (StrataAgent   *self,
          StrataProfile *profile,
          GArray        *order,
          GPtrArray     *installs,
          GCancellable  *cancellable)
{
  for (guint i = 0; i < installs->len; i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, g_array_index (order, guint, i));
      gboolean is_there = strata_node_has (self->node, installs->pdata[i]);

      strata_agent_set_layer (self, layer, is_there ? STRATA_CONDITION_READY : STRATA_CONDITION_WAITING, "",
                              cancellable);
    }
}

static gboolean
settle_layers (StrataAgent   *self,
               StrataProfile *profile,
               GPtrArray     *installs,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(GArray) order = strata_install_order (profile);

  announce (self, profile, order, installs, cancellable);

  for (guint i = 0; i < installs->len; i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, g_array_index (order, guint, i));
      g_autoptr(GError) failure = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (!strata_node_has (self->node, installs->pdata[i]) &&
          !put_layer (self, layer, installs->pdata[i], cancellable, &failure))
        {
          strata_agent_fail_layer (self, profile, strata_layer_get_name (layer), failure, cancellable);
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }

      strata_agent_set_layer (self, layer, STRATA_CONDITION_READY, "", cancellable);
    }

  return TRUE;
}

/* Brings the node in line with the profile, layer by layer in the order of @installs. What fails stays as it was, and so
 * do the layers behind it. */
gboolean
strata_agent_settle (StrataAgent  *self,
                     GPtrArray    *installs,
                     GCancellable *cancellable,
                     GError      **error)
{
  StrataProfile *profile = strata_node_get_profile (self->node);

  self->is_settled = FALSE;
  strata_layer_reports_keep_only (self->reports, strata_profile_get_layers (profile));

  if (!settle_layers (self, profile, installs, cancellable, error) ||
      !strata_node_sweep (self->node, installs, error))
    return FALSE;

  g_free (self->checksum);
  self->checksum = strata_node_get_checksum (installs);

  self->is_settled = TRUE;

  return TRUE;
}

static gboolean
settle_profile (StrataAgent  *self,
                GCancellable *cancellable,
                GError      **error)
{
  StrataProfile *profile = strata_node_get_profile (self->node);
  g_autofree char *failed = NULL;
  g_autoptr(GError) failure = NULL;
  g_autoptr(GPtrArray) installs = strata_agent_prepare (self, profile, &failed, &failure);

  if (installs == NULL)
    {
      strata_agent_fail_layer (self, profile, failed, failure, cancellable);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return strata_agent_settle (self, installs, cancellable, error);
}

/* An archive that was not the last one to boot from is what is to be there from now on. */
static gboolean
take_archive (StrataAgent   *self,
              StrataArchive *archive,
              GCancellable  *cancellable,
              GError       **error)
{
  StrataProfile *profile = strata_archive_get_profile (archive);
  const char *digest = strata_archive_get_digest (archive);

  strata_agent_say (self, "verified", _("The archive is whole: SHA-256 %s"), digest);

  if (g_str_equal (digest, strata_node_get (self->node, STRATA_NODE_ARCHIVE)))
    return TRUE;

  if (strata_node_get_profile (self->node) != NULL)
    {
      g_autofree char *failed = NULL;
      g_autoptr(GPtrArray) installs = strata_agent_prepare (self, profile, &failed, error);

      if (installs == NULL)
        return FALSE;
    }

  if (!strata_node_set (self->node, STRATA_NODE_REVISION, "", error) ||
      !strata_node_take_profile (self->node, profile, cancellable, error) ||
      !strata_node_set (self->node, STRATA_NODE_ARCHIVE, digest, error))
    return FALSE;

  strata_agent_say (self, "booting", _("Booting from %s %s"), strata_profile_get_name (profile),
                    strata_profile_get_version (profile));

  return TRUE;
}

static gboolean
read_archive (StrataAgent  *self,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (self->archive);
  g_autoptr(StrataArchive) archive = strata_archive_load (file, cancellable, error);

  return archive != NULL && take_archive (self, archive, cancellable, error);
}

/* Brings the node in line with the archive, or with what it knew before, with no network. An archive that cannot be used
 * does not stop an appliance that has booted before. */
gboolean
strata_agent_boot (StrataAgent  *self,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autoptr(GError) failure = NULL;

  if (self->archive != NULL && !read_archive (self, cancellable, &failure))
    {
      strata_agent_say (self, "refused", "%s", failure->message);

      if (strata_node_get_profile (self->node) == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }

  if (strata_node_get_profile (self->node) == NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                           _("There is nothing to boot from: name an archive with --archive"));
      return FALSE;
    }

  if (!settle_profile (self, cancellable, error))
    return FALSE;

  strata_agent_say (self, "booted", _("%s %s is in place"),
                    strata_profile_get_name (strata_node_get_profile (self->node)),
                    strata_profile_get_version (strata_node_get_profile (self->node)));

  return TRUE;
}

/* Waits by the clock that never jumps; returns early when @cancellable is cancelled. */
static void
pause_ms (guint         duration_ms,
          GCancellable *cancellable)
{
  gint64 end = g_get_monotonic_time () + (gint64) duration_ms * 1000;
  GPollFD cancelled;

  if (!g_cancellable_make_pollfd (cancellable, &cancelled))
    return;

  for (gint64 left = duration_ms; left > 0 && !g_cancellable_is_cancelled (cancellable);
       left = (end - g_get_monotonic_time () + 999) / 1000)
    g_poll (&cancelled, 1, (int) left);

  g_cancellable_release_fd (cancellable);
}

/* Twice as long each time, and never the same for two appliances that lost the console together. */
static guint
choose_pause (StrataAgent *self,
              guint        n_misses)
{
  guint longest = (guint) MIN ((guint64) self->interval_ms << MIN (n_misses, 16),
                               MAX (self->interval_ms, MAX_PAUSE_MS));

  return n_misses == 0 ? longest : longest / 2 + (guint) (g_random_double () * (double) (longest / 2));
}

/* Asks the console again and again until @cancellable is cancelled. */
void
strata_agent_run (StrataAgent  *self,
                  GCancellable *cancellable)
{
  guint n_misses = 0;

  while (!g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr(GError) error = NULL;

      n_misses = strata_agent_poll (self, cancellable, &error) ? 0 : n_misses + 1;

      guint wait = choose_pause (self, n_misses);

      if (error != NULL && !g_cancellable_is_cancelled (cancellable))
        strata_agent_say (self, "offline",
                          ngettext ("%s (asking again in %u second)", "%s (asking again in %u seconds)",
                                    (wait + 999) / 1000),
                          error->message, (wait + 999) / 1000);

      pause_ms (wait, cancellable);
    }
}
