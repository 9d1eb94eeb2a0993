/* strata-sandbox-catalog.c - the packs and charts that the sandbox console offers, from a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-catalog"

#include "strata-sandbox-catalog.h"

#include <string.h>

#include "strata-folder.h"
#include "strata-pack-reader.h"
#include "strata-sandbox-site.h"
#include "strata-tarball.h"
#include "strata-version.h"

struct _StrataSandboxCatalog
{
  GPtrArray  *offers;  /* (owned) (element-type StrataSandboxOffer): by name, then newest first */
  GHashTable *by_uid;  /* (owned): uid in an offer to the offer */
};

static void
offer_free (gpointer data)
{
  StrataSandboxOffer *offer = data;

  g_free (offer->uid);
  g_clear_object (&offer->pack);
  g_clear_pointer (&offer->archive, g_bytes_unref);
  g_free (offer->digest);
  g_clear_pointer (&offer->logo, g_bytes_unref);
  g_free (offer);
}

/* The same for a pack on every machine and at every start, as links in profiles name it. */
static char *
make_uid (StrataSandboxOffer *offer)
{
  g_autofree char *key =
    g_strjoin ("\n", offer->registry_uid, strata_pack_get (offer->pack, STRATA_PACK_NAME),
               strata_pack_get (offer->pack, STRATA_PACK_VERSION), NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_strndup (digest, 24);
}

static GBytes *
find_logo (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      StrataFile *file = files->pdata[i];

      if (g_str_has_prefix (strata_file_get_path (file), "logo."))
        return g_bytes_ref (strata_blob_get_bytes (strata_file_get_content (file)));
    }

  return NULL;
}

static StrataPack *
read_pack (GFile       *folder,
           GBytes      *archive,
           const char  *registry_uid,
           GError     **error)
{
  return g_str_equal (registry_uid, STRATA_SANDBOX_PACKS_UID)
           ? strata_pack_read_folder (folder, NULL, error)
           : strata_pack_read_chart_bytes (archive, NULL, error);
}

/* The folder of a chart is named like the chart and its version; in its archive it is named like the chart alone. */
static char *
make_top (const char *name,
          const char *registry_uid)
{
  const char *hyphen = strrchr (name, '-');

  return g_str_equal (registry_uid, STRATA_SANDBOX_PACKS_UID) || hyphen == NULL
           ? g_strdup (name)
           : g_strndup (name, (gsize) (hyphen - name));
}

static gboolean
add_offer (StrataSandboxCatalog  *self,
           GFile                 *folder,
           const char            *registry_uid,
           GError               **error)
{
  g_autofree char *name = g_file_get_basename (folder);
  g_autofree char *top = make_top (name, registry_uid);
  g_autoptr(GPtrArray) files = strata_folder_read (folder, NULL, error);
  g_autoptr(GBytes) archive =
    files != NULL ? strata_tarball_write (top, files, NULL, error) : NULL;
  g_autoptr(StrataPack) pack =
    archive != NULL ? read_pack (folder, archive, registry_uid, error) : NULL;

  if (pack == NULL)
    return FALSE;

  StrataSandboxOffer *offer = g_new0 (StrataSandboxOffer, 1);

  offer->registry_uid = registry_uid;
  offer->pack = g_steal_pointer (&pack);
  offer->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, archive);
  offer->archive = g_steal_pointer (&archive);
  offer->logo = find_logo (files);
  offer->uid = make_uid (offer);
  g_ptr_array_add (self->offers, offer);
  g_hash_table_insert (self->by_uid, offer->uid, offer);

  return TRUE;
}

static gboolean
add_folder (StrataSandboxCatalog  *self,
            const char            *path,
            const char            *registry_uid,
            GError               **error)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autoptr(GFile) file = g_file_new_for_path (child);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !add_offer (self, file, registry_uid, error))
        return FALSE;
    }

  return TRUE;
}

static int
compare_offers (gconstpointer a,
                gconstpointer b)
{
  const StrataSandboxOffer *one = *(StrataSandboxOffer *const *) a;
  const StrataSandboxOffer *other = *(StrataSandboxOffer *const *) b;
  int by_name = strcmp (strata_pack_get (one->pack, STRATA_PACK_NAME),
                        strata_pack_get (other->pack, STRATA_PACK_NAME));

  if (by_name != 0)
    return by_name;

  return -strata_version_compare_text (strata_pack_get (one->pack, STRATA_PACK_VERSION),
                                       strata_pack_get (other->pack, STRATA_PACK_VERSION));
}

/* Reads the folders packs/ and charts/ of @content_dir; one that is not there has nothing. */
StrataSandboxCatalog *
strata_sandbox_catalog_open (const char  *content_dir,
                             GError     **error)
{
  g_autoptr(StrataSandboxCatalog) self = g_new0 (StrataSandboxCatalog, 1);
  g_autofree char *packs = g_build_filename (content_dir, "packs", NULL);
  g_autofree char *charts = g_build_filename (content_dir, "charts", NULL);

  self->offers = g_ptr_array_new_with_free_func (offer_free);
  self->by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  if (!add_folder (self, packs, STRATA_SANDBOX_PACKS_UID, error) ||
      !add_folder (self, charts, STRATA_SANDBOX_CHARTS_UID, error))
    return NULL;

  g_ptr_array_sort (self->offers, compare_offers);

  return g_steal_pointer (&self);
}

void
strata_sandbox_catalog_close (StrataSandboxCatalog *self)
{
  g_hash_table_unref (self->by_uid);
  g_ptr_array_unref (self->offers);
  g_free (self);
}

/* Returns: (element-type StrataSandboxOffer): all, by name and then the newest first */
GPtrArray *
strata_sandbox_catalog_get_offers (StrataSandboxCatalog *self)
{
  return self->offers;
}

/* Returns: (nullable): the offer of that uid */
StrataSandboxOffer *
strata_sandbox_catalog_get (StrataSandboxCatalog *self,
                            const char           *uid)
{
  return g_hash_table_lookup (self->by_uid, uid);
}

/* A version that ends in ".x" floats: it stands for the newest that begins like it. */
static gboolean
is_version (const char *wanted,
            const char *version)
{
  if (wanted == NULL)
    return TRUE;
  if (!g_str_has_suffix (wanted, ".x"))
    return g_str_equal (wanted, version);

  return strncmp (wanted, version, strlen (wanted) - 1) == 0;
}

/* Returns: (nullable): the newest that @version, which may be a floating tag, stands for; NULL stands for all */
StrataSandboxOffer *
strata_sandbox_catalog_find (StrataSandboxCatalog *self,
                             const char           *registry_uid,
                             const char           *name,
                             const char           *version)
{
  for (guint i = 0; i < self->offers->len; i++)
    {
      StrataSandboxOffer *offer = self->offers->pdata[i];

      if (g_str_equal (offer->registry_uid, registry_uid) &&
          g_str_equal (strata_pack_get (offer->pack, STRATA_PACK_NAME), name) &&
          is_version (version, strata_pack_get (offer->pack, STRATA_PACK_VERSION)))
        return offer;
    }

  return NULL;
}

/* Returns: what kind of add-on it is; a chart does not say */
const char *
strata_sandbox_catalog_get_type (StrataSandboxOffer *offer)
{
  gboolean is_pack = strata_pack_get_kind (offer->pack) == STRATA_LAYER_KIND_PACK;

  return is_pack ? strata_pack_get (offer->pack, STRATA_PACK_TYPE) : "";
}

/* Returns: (nullable): what people call a registry; NULL for one that is not of this console */
const char *
strata_sandbox_catalog_get_registry_name (const char *registry_uid)
{
  if (g_str_equal (registry_uid, STRATA_SANDBOX_PACKS_UID))
    return "Sandbox Packs";

  return g_str_equal (registry_uid, STRATA_SANDBOX_CHARTS_UID) ? "Sandbox Charts" : NULL;
}

/* Returns: (nullable): pack or helm; NULL for one that is not of this console */
const char *
strata_sandbox_catalog_get_registry_kind (const char *registry_uid)
{
  if (g_str_equal (registry_uid, STRATA_SANDBOX_PACKS_UID))
    return "pack";

  return g_str_equal (registry_uid, STRATA_SANDBOX_CHARTS_UID) ? "helm" : NULL;
}
