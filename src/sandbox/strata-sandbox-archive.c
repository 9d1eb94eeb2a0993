/* strata-sandbox-archive.c - a profile of the sandbox console as a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-archive"

#include "strata-sandbox-archive.h"

#include "strata-archive.h"
#include "strata-json.h"

/* What came with the pack or chart, for an appliance that has no way to the registry. */
static GPtrArray *
add_files (StrataSandboxCall *call,
           StrataProfile     *profile,
           JsonArray         *packs)
{
  GPtrArray *layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      JsonObject *pack = strata_sandbox_json_get_item (packs, i);
      StrataSandboxOffer *offer =
        strata_sandbox_catalog_get (call->site->catalog, strata_json_get_string (pack, "packUid"));

      g_ptr_array_add (
        layers, offer != NULL ? strata_layer_with_files (layer, strata_pack_get_files (offer->pack))
                              : g_object_ref (layer));
    }

  return layers;
}

/* Answers with the archive of @profile with @packs, which is NULL when none are published, and @variables. */
void
strata_sandbox_archive_answer (StrataSandboxCall    *call,
                               StrataSandboxProfile *profile,
                               JsonArray            *packs,
                               JsonArray            *variables)
{
  g_autoptr(GError) error = NULL;

  if (packs == NULL)
    {
      strata_sandbox_call_fail (call, 422, "ClusterProfileNotPublished",
                                "Cluster profile %s is not published", profile->name);
      return;
    }

  g_autoptr(StrataProfile) plain =
    strata_sandbox_profile_make_value (profile, packs, variables, &error);
  g_autoptr(GPtrArray) layers = plain != NULL ? add_files (call, plain, packs) : NULL;
  g_autoptr(StrataProfile) value =
    plain != NULL ? strata_profile_with_layers (plain, layers) : NULL;
  g_autoptr(GBytes) bytes = value != NULL ? strata_archive_build (value, NULL, &error) : NULL;

  if (bytes == NULL)
    {
      strata_sandbox_call_fail (call, 500, "InternalError", "%s", error->message);
      return;
    }
  call->file_name = strata_archive_make_name (value);
  strata_sandbox_call_answer_bytes (call, "application/octet-stream", bytes);
}
