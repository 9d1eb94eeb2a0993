/* strata-pending-layer.c - a layer that is not confirmed yet, kept in a draft so that nothing typed is lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pending-layer"

#include "strata-pending-layer.h"

#include "strata-names.h"

#define MARK "{\"strata-being-added\":true}"
#define UNNAMED "unnamed-layer"

/* Returns: (transfer full): @profile with @layer on top, marked as one that is still being made */
StrataProfile *
strata_pending_layer_put (StrataProfile *profile,
                          StrataLayer   *layer)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile) && STRATA_IS_LAYER (layer), NULL);

  gboolean named = strata_name_check_layer (strata_layer_get_name (layer), NULL);
  g_autoptr(StrataLayer) storable =
    named ? g_object_ref (layer) : strata_layer_with (layer, STRATA_LAYER_NAME, UNNAMED);
  g_autoptr(StrataLayer) marked = strata_layer_with (storable, STRATA_LAYER_EXTRA, MARK);

  return strata_profile_with_layer_inserted (profile, strata_profile_get_n_layers (profile),
                                             marked);
}

/* Gives the marked layer apart, or NULL in @layer. Returns: (transfer full): @profile without it */
StrataProfile *
strata_pending_layer_take (StrataProfile  *profile,
                           StrataLayer   **layer)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile) && layer != NULL, NULL);

  guint n = strata_profile_get_n_layers (profile);
  StrataLayer *top = n > 0 ? strata_profile_get_layer (profile, n - 1) : NULL;

  *layer = NULL;
  if (top == NULL || !g_str_equal (strata_layer_get (top, STRATA_LAYER_EXTRA), MARK))
    return g_object_ref (profile);

  g_autoptr(StrataLayer) plain = strata_layer_with (top, STRATA_LAYER_EXTRA, "");
  gboolean unnamed = g_str_equal (strata_layer_get_name (plain), UNNAMED);

  *layer = unnamed ? strata_layer_with (plain, STRATA_LAYER_NAME, "") : g_steal_pointer (&plain);

  return strata_profile_without_layer (profile, n - 1);
}
