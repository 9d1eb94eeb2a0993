/* strata-layer-digest.c - tells whether a layer installs the same as another, without its texts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-digest"

#include "strata-layer-digest.h"

#include <string.h>

#include "strata-variable-use.h"

/* The length first, so that no two lists of texts are the same bytes. */
static void
add_text (GChecksum  *sum,
          const char *text)
{
  guint64 length = GUINT64_TO_BE (strlen (text));

  g_checksum_update (sum, (const guchar *) &length, sizeof length);
  g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text));
}

static void
find_uses (GHashTable *names,
           const char *text)
{
  g_autoptr(GPtrArray) uses = strata_variable_find_in_text (text);

  for (guint i = 0; i < uses->len; i++)
    g_hash_table_add (names, g_strdup (((StrataVariableUse *) uses->pdata[i])->name));
}

/* What the texts of the layer take from outside of them, in the order of the profile. */
static void
add_variables (GChecksum     *sum,
               StrataProfile *profile,
               GHashTable    *names)
{
  GPtrArray *variables = strata_profile_get_variables (profile);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = variables->pdata[i];
      const char *name = strata_variable_get_name (variable);

      /* A secret stays where it is; what is told of it would only be a mask. */
      if (!g_hash_table_contains (names, name) ||
          (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0)
        continue;

      add_text (sum, name);
      add_text (sum, strata_variable_get (variable, STRATA_VARIABLE_DEFAULT));
    }
}

/**
 * strata_layer_digest_get:
 * @profile: a profile, for its variables
 * @layer: one of its layers
 *
 * A digest over what an appliance installs of a layer: what it is and of which version, its values, its manifests, and
 * the variables that those use, sensitive ones excepted. Two layers of the same digest need not be installed again. The
 * files of a pack or chart are named by the version and not in it. Any thread.
 *
 * Returns: (transfer full): `sha256:` and 64 lower-case hexadecimal digits
 */
char *
strata_layer_digest_get (StrataProfile *profile,
                         StrataLayer   *layer)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *manifests = strata_layer_get_manifests (layer);

  add_text (sum, strata_layer_kind_to_string (strata_layer_get_kind (layer)));
  add_text (sum, strata_layer_get_name (layer));
  add_text (sum, strata_layer_get (layer, STRATA_LAYER_TAG));
  add_text (sum, strata_layer_get_version (layer));
  add_text (sum, strata_blob_get_digest (strata_layer_get_values (layer)));
  find_uses (names, strata_layer_get_text (layer));

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = manifests->pdata[i];

      add_text (sum, strata_manifest_get_name (manifest));
      add_text (sum, strata_blob_get_digest (strata_manifest_get_content (manifest)));
      find_uses (names, strata_manifest_get_text (manifest));
    }

  add_variables (sum, profile, names);

  return g_strconcat ("sha256:", g_checksum_get_string (sum), NULL);
}
