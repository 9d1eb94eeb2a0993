/* strata-registry-status.c - how a registry is, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-status"

#include "strata-registry-status.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-format.h"

static gboolean
is_kind (StrataRegistry *registry,
         const char     *kind)
{
  return g_str_equal (strata_registry_get_kind (registry), kind);
}

static const char *
describe_kind (StrataRegistry *registry)
{
  if (is_kind (registry, STRATA_REGISTRY_PACK_FOLDER))
    return _("Folder");
  if (is_kind (registry, STRATA_REGISTRY_CHART_FILES))
    return _("Files");
  if (is_kind (registry, STRATA_REGISTRY_OCI))
    return "OCI";

  return "Helm";
}

/* What is on this computer was read a moment ago: what counts is what is there. */
static char *
describe_contents (StrataRegistry          *registry,
                   const StrataIndexSource *source)
{
  guint n = source->n_names;
  guint n_unreadable = g_strv_length (source->warnings);
  g_autofree char *contents =
    is_kind (registry, STRATA_REGISTRY_PACK_FOLDER)
      ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u pack", "%'u packs", n), n)
      : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u chart", "%'u charts", n), n);

  if (n_unreadable == 0)
    return g_steal_pointer (&contents);

  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%s · %u not readable", "%s · %u not readable", n_unreadable),
    contents, n_unreadable);
}

static gboolean
is_error (const GError *error,
          StrataError   code)
{
  return g_error_matches (error, STRATA_ERROR, (int) code);
}

static const char *
name_failure (StrataRegistry *registry,
              const GError   *error)
{
  if (is_error (error, STRATA_ERROR_OFFLINE))
    return strata_registry_get_remote (registry) != NULL ? _("not reachable") : _("not plugged in");
  if (is_error (error, STRATA_ERROR_SIGN_IN))
    return _("sign-in needed");
  if (is_error (error, STRATA_ERROR_CONFLICT))
    return _("much shorter than before");

  return _("could not be read");
}

static char *
describe_failure (StrataRegistry          *registry,
                  const StrataIndexSource *source,
                  const GError            *error)
{
  const char *what = name_failure (registry, error);

  if (source == NULL || source->synced_at == 0)
    return g_strdup (what);

  g_autofree char *age = strata_format_age (source->synced_at);

  /* Translators: how a registry is and how old what is known of it is: "not reachable, from 2 h ago" */
  return g_strdup_printf (_("%s, from %s"), what, age);
}

static char *
describe_state (StrataRegistry          *registry,
                const StrataIndexSource *source,
                const GError            *error)
{
  if (error != NULL)
    return describe_failure (registry, source, error);
  if (source == NULL || source->synced_at == 0)
    return g_strdup (_("not read yet"));
  if (strata_registry_get_remote (registry) == NULL)
    return describe_contents (registry, source);

  g_autofree char *age = strata_format_age (source->synced_at);

  return g_strdup_printf (_("synced %s"), age);
}

/**
 * strata_registry_status_describe:
 * @registry: a registry
 * @source: (nullable): what the index knows of it
 * @error: (nullable): why the last look at it failed
 * @syncs: what is read at the moment
 *
 * Says in one line what it is and how fresh: "Helm · synced 5 min ago", "Helm · syncing, 61 %".
 *
 * Returns: (transfer full): the text
 */
char *
strata_registry_status_describe (StrataRegistry          *registry,
                                 const StrataIndexSource *source,
                                 const GError            *error,
                                 StrataSyncs             *syncs)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (registry), NULL);

  const char *id = strata_registry_get_id (registry);
  g_autofree char *state = NULL;

  if (!strata_syncs_is_running (syncs, id))
    state = describe_state (registry, source, error);
  else if (strata_syncs_get_percent (syncs, id) >= 0)
    state = g_strdup_printf (_("syncing, %d %%"), strata_syncs_get_percent (syncs, id));
  else
    state = g_strdup (_("syncing"));

  return g_strdup_printf ("%s · %s", describe_kind (registry), state);
}

/**
 * strata_registry_status_is_worry:
 * @registry: a registry
 * @error: (nullable): why the last look at it failed
 *
 * Returns: whether somebody should look at it; a stick that is not plugged in is no worry
 */
gboolean
strata_registry_status_is_worry (StrataRegistry *registry,
                                 const GError   *error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (registry), FALSE);

  return error != NULL
         && (!is_error (error, STRATA_ERROR_OFFLINE) || strata_registry_get_remote (registry) != NULL);
}

/**
 * strata_registry_status_get_icon:
 * @registry: a registry
 * @error: (nullable): why the last look at it failed
 *
 * Returns: the name of the icon that stands for its kind
 */
const char *
strata_registry_status_get_icon (StrataRegistry *registry,
                                 const GError   *error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (registry), NULL);

  if (is_kind (registry, STRATA_REGISTRY_OCI))
    return "drive-multidisk-symbolic";
  if (!is_kind (registry, STRATA_REGISTRY_PACK_FOLDER))
    return "insert-object-symbolic";
  if (is_error (error, STRATA_ERROR_OFFLINE))
    return "drive-removable-media-symbolic";

  return "package-x-generic-symbolic";
}
