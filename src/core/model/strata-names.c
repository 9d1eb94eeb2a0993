/* strata-names.c - what profiles, layers and manifests may be called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-names"

#include "strata-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"

#define MAX_PROFILE 63   /* a profile's name becomes a label's value, where Kubernetes sets 63 */
#define MAX_LAYER 128
#define MAX_MANIFEST 128
#define MAX_VARIABLE 63
#define MAX_SAFE 100

static gboolean
refuse (GError     **error,
        const char  *name,
        const char  *reason)
{
  g_autofree char *shown = g_utf8_make_valid (name, (gssize) strnlen (name, 80));

  /* Translators: the second is a reason, such as "it is empty" */
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("“%s” cannot be a name: %s"), shown, reason);

  return FALSE;
}

static gboolean
check_length (const char  *name,
              gsize        most,
              GError     **error)
{
  if (*name == '\0')
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("A name is needed"));
      return FALSE;
    }
  if (strlen (name) > most)
    {
      g_autofree char *reason = g_strdup_printf (_("it has more than %u characters"), (guint) most);

      return refuse (error, name, reason);
    }

  return TRUE;
}

/**
 * strata_name_check_profile:
 * @name: what a person typed
 * @error: return location for a %STRATA_ERROR_INVALID that gives the reason
 *
 * A profile's name has 1 to 63 lower-case letters, digits and hyphens, and begins and ends with a letter or digit, so
 * that it can be a label and a file name everywhere.
 *
 * Returns: whether a profile may be called @name
 */
gboolean
strata_name_check_profile (const char  *name,
                           GError     **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  gsize length = strlen (name);

  if (!check_length (name, MAX_PROFILE, error))
    return FALSE;
  if (strspn (name, G_CSET_a_2_z G_CSET_DIGITS "-") != length)
    return refuse (error, name, _("use lower-case letters, digits and hyphens"));
  if (name[0] == '-' || name[length - 1] == '-')
    return refuse (error, name, _("begin and end with a letter or a digit"));

  return TRUE;
}

static gboolean
check_file_like (const char  *name,
                 gsize        most,
                 GError     **error)
{
  if (!check_length (name, most, error))
    return FALSE;
  if (strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") != strlen (name))
    return refuse (error, name, _("use letters, digits, hyphens, dots and underscores"));
  if (!g_ascii_isalnum (name[0]))
    return refuse (error, name, _("begin with a letter or a digit"));

  return TRUE;
}

/**
 * strata_name_check_layer:
 * @name: what a person typed
 * @error: return location for a %STRATA_ERROR_INVALID that gives the reason
 *
 * Returns: whether a layer may be called @name
 */
gboolean
strata_name_check_layer (const char  *name,
                         GError     **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return check_file_like (name, MAX_LAYER, error);
}

/**
 * strata_name_check_manifest:
 * @name: what a person typed
 * @error: return location for a %STRATA_ERROR_INVALID that gives the reason
 *
 * Returns: whether a manifest may be called @name
 */
gboolean
strata_name_check_manifest (const char  *name,
                            GError     **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return check_file_like (name, MAX_MANIFEST, error);
}

/**
 * strata_name_check_variable:
 * @name: what a person typed
 * @error: return location for a %STRATA_ERROR_INVALID that gives the reason
 *
 * A variable is named in texts as `{{.spectro.var.name}}`: letters, digits and underscores, no digit first.
 *
 * Returns: whether a variable may be called @name
 */
gboolean
strata_name_check_variable (const char  *name,
                            GError     **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (!check_length (name, MAX_VARIABLE, error))
    return FALSE;
  if (strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") != strlen (name) ||
      g_ascii_isdigit (name[0]))
    return refuse (error, name, _("use letters, digits and underscores, no digit first"));

  return TRUE;
}

/**
 * strata_name_make_safe:
 * @name: any text
 *
 * Returns: (transfer full): a file name made of it, with no more than letters, digits, `-`, `_` and dots inside; equal
 *   for equal names, but two names may give one file name
 */
char *
strata_name_make_safe (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  g_autofree char *safe = g_strndup (name, MIN (strlen (name), MAX_SAFE));

  g_strcanon (safe, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.", '-');
  if (!g_ascii_isalnum (safe[0]) && safe[0] != '_')
    {
      g_autofree char *rest = g_strdup (safe + (*safe != '\0'));

      return g_strconcat ("_", rest, NULL);
    }

  return g_steal_pointer (&safe);
}
