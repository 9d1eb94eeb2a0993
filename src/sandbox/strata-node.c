/* strata-node.c - the folder of one appliance: what its k3s takes, and what the appliance has to remember
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     server/manifests/strata-LAYER.yaml   one file a layer, replaced by a rename
 *     server/static/charts/SHA256.tgz      charts that are too large for an object
 *     strata/profile.tgz                   the profile that is to be there, an archive; its rename is the commit of an update
 *     strata/state.ini, strata/secret.ini  what to remember
 *     strata/lock                          held while the appliance runs
 *
 * What is there is never written down: it is read from the files that are there. So an appliance that was killed goes on
 * where it was by doing what it always does.
 */

#define G_LOG_DOMAIN "strata-node"

#include "strata-node.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "strata-archive.h"
#include "strata-disk.h"
#include "strata-error.h"

#define PREFIX "strata-"  /* k3s has files of its own beside ours */
#define SUFFIX ".yaml"
#define CHART_SUFFIX ".tgz"
#define CHART_NAME_LENGTH (64 + 4)
#define MAX_STATE (64 * 1024)
#define GROUP "appliance"

struct _StrataNode
{
  GObject        parent_instance;
  char          *path;                        /* (owned) */
  StrataProfile *profile;                     /* (owned) (nullable) */
  char          *texts[STRATA_NODE_N_TEXTS];  /* (owned): "" where there is none */
  int            lock;                        /* a descriptor, or -1 */
};

static const struct
{
  const char *file;
  const char *key;
} places[] = {
  [STRATA_NODE_UID] = { "state.ini", "uid" },
  [STRATA_NODE_ARCHIVE] = { "state.ini", "archive" },
  [STRATA_NODE_REVISION] = { "state.ini", "revision" },
  [STRATA_NODE_CONSOLE] = { "state.ini", "console" },
  [STRATA_NODE_TOKEN] = { "secret.ini", "token" },
  [STRATA_NODE_KEY] = { "secret.ini", "key" },
};

G_DEFINE_FINAL_TYPE (StrataNode, strata_node, G_TYPE_OBJECT)

static void
strata_node_finalize (GObject *object)
{
  StrataNode *self = STRATA_NODE (object);

  if (self->lock >= 0)
    close (self->lock);

  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->profile);

  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_clear_pointer (&self->texts[i], g_free);

  G_OBJECT_CLASS (strata_node_parent_class)->finalize (object);
}

static void
strata_node_class_init (StrataNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_node_finalize;
}

static void
strata_node_init (StrataNode *self)
{
  self->lock = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    self->texts[i] = g_strdup ("");
}

static char *
get_own (StrataNode *self,
         const char *name)
{
  return g_build_filename (self->path, "strata", name, NULL);
}

static gboolean
read_texts (StrataNode *self,
            const char *file,
            GError    **error)
{
  g_autofree char *path = get_own (self, file);
  g_autoptr(GKeyFile) keys = g_key_file_new ();
  g_autoptr(GError) failure = NULL;
  gsize size;
  g_autofree char *data = strata_disk_read (path, MAX_STATE, &size, &failure);

  if (g_error_matches (failure, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return TRUE;

  if (data == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  /* A file that was replaced by a rename is whole; what is in it otherwise is no work of ours. */
  if (!g_key_file_load_from_data (keys, data, size, G_KEY_FILE_NONE, NULL))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("“%s” is damaged: remove it, and the appliance registers anew"), path);
      return FALSE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].file, file) && g_key_file_has_key (keys, GROUP, places[i].key, NULL))
      {
        g_free (self->texts[i]);
        self->texts[i] = g_key_file_get_string (keys, GROUP, places[i].key, NULL);
        self->texts[i] = self->texts[i] != NULL ? self->texts[i] : g_strdup ("");
      }

  return TRUE;
}

static gboolean
read_profile (StrataNode   *self,
              GCancellable *cancellable,
              GError      **error)
{
  g_autofree char *path = get_own (self, "profile.tgz");
  g_autoptr(GFile) file = g_file_new_for_path (path);

  if (!g_file_query_exists (file, cancellable))
    return TRUE;

  g_autoptr(StrataArchive) archive = strata_archive_load (file, cancellable, error);

  if (archive == NULL)
    return FALSE;

  g_set_object (&self->profile, strata_archive_get_profile (archive));

  return TRUE;
}

/* Opens the folder of an appliance, which is made when it is not there, for this process alone. */
StrataNode *
strata_node_open (const char   *path,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autoptr(StrataNode) self = g_object_new (STRATA_TYPE_NODE, NULL);

  self->path = g_canonicalize_filename (path, NULL);

  g_autofree char *own = get_own (self, "");
  g_autofree char *lock = get_own (self, "lock");

  if (!strata_disk_make_folder (own, error))
    return NULL;

  self->lock = strata_disk_lock (lock, 0, cancellable, error);

  if (self->lock < 0 || !read_texts (self, "state.ini", error) ||
      !read_texts (self, "secret.ini", error) || !read_profile (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
strata_node_get (StrataNode    *self,
                 StrataNodeText text)
{
  return self->texts[text];
}

/* Remembers @value; on the disk when it returns. */
gboolean
strata_node_set (StrataNode    *self,
                 StrataNodeText text,
                 const char    *value,
                 GError       **error)
{
  const char *file = places[text].file;
  g_autoptr(GKeyFile) keys = g_key_file_new ();
  g_autofree char *path = get_own (self, file);
  gsize size;

  if (g_str_equal (self->texts[text], value))
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].file, file))
      g_key_file_set_string (keys, GROUP, places[i].key, i == text ? value : self->texts[i]);

  g_autofree char *data = g_key_file_to_data (keys, &size, NULL);

  if (!strata_disk_replace (path, data, size, error))
    return FALSE;

  g_free (self->texts[text]);
  self->texts[text] = g_strdup (value);

  return TRUE;
}

/* (nullable): what is to be there. */
StrataProfile *
strata_node_get_profile (StrataNode *self)
{
  return self->profile;
}

/* From here on @profile is what is to be there, whatever happens. */
gboolean
strata_node_take_profile (StrataNode    *self,
                          StrataProfile *profile,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autofree char *path = get_own (self, "profile.tgz");
  g_autoptr(GBytes) bytes = strata_archive_build (profile, cancellable, error);

  if (bytes == NULL)
    return FALSE;

  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (!strata_disk_replace (path, data, size, error))
    return FALSE;

  g_set_object (&self->profile, profile);

  return TRUE;
}

static char *
get_manifest (StrataNode    *self,
              StrataInstall *install)
{
  g_autofree char *name = g_strconcat (PREFIX, install->name, NULL);

  return g_build_filename (self->path, STRATA_INSTALL_MANIFESTS, name, NULL);
}

static char *
get_chart (StrataNode *self,
           StrataFile *chart)
{
  return g_build_filename (self->path, STRATA_INSTALL_CHARTS, strata_file_get_path (chart), NULL);
}

static gboolean
is_file_like (const char *path,
              const char *data,
              gsize       size)
{
  gsize n;
  g_autofree char *there = strata_disk_read (path, size, &n, NULL);

  return there != NULL && n == size && memcmp (there, data, size) == 0;
}

/* Whether the layer is in place, as it was made ready, byte by byte. */
gboolean
strata_node_has (StrataNode    *self,
                 StrataInstall *install)
{
  g_autofree char *manifest = get_manifest (self, install);

  for (guint i = 0; i < install->charts->len; i++)
    {
      StrataBlob *content = strata_file_get_content (install->charts->pdata[i]);
      g_autofree char *chart = get_chart (self, install->charts->pdata[i]);

      if (!is_file_like (chart, strata_blob_get_text (content), strata_blob_get_size (content)))
        return FALSE;
    }

  return is_file_like (manifest, install->text, strlen (install->text));
}

/* Puts the layer in place: the old one or the new one is there at any moment. */
gboolean
strata_node_put (StrataNode    *self,
                 StrataInstall *install,
                 GError       **error)
{
  g_autofree char *manifest = get_manifest (self, install);

  /* The charts first: their names are new, and nothing asks for them before the manifest says so. */
  for (guint i = 0; i < install->charts->len; i++)
    {
      StrataBlob *content = strata_file_get_content (install->charts->pdata[i]);
      g_autofree char *chart = get_chart (self, install->charts->pdata[i]);

      if (!strata_disk_replace (chart, strata_blob_get_text (content), strata_blob_get_size (content), error))
        return FALSE;
    }

  return strata_disk_replace (manifest, install->text, strlen (install->text), error);
}

static gboolean
is_ours (const char *name)
{
  return strata_disk_is_temporary (name) ||
         (g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, SUFFIX)) ||
         (strlen (name) == CHART_NAME_LENGTH && g_str_has_suffix (name, CHART_SUFFIX));
}

static gboolean
sweep_folder (StrataNode *self,
              const char *folder,
              GHashTable *wanted,
              GError    **error)
{
  g_autofree char *path = g_build_filename (self->path, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  gboolean changed = FALSE;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!is_ours (name) || g_hash_table_contains (wanted, child))
        continue;

      if (!strata_disk_remove (child, error))
        return FALSE;

      changed = TRUE;
    }

  return !changed || strata_disk_sync_folder (path, error);
}

/* Takes away what no layer wants any more, and what a kill left half written. Files of others stay. */
gboolean
strata_node_sweep (StrataNode *self,
                   GPtrArray  *installs,
                   GError    **error)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < installs->len; i++)
    {
      StrataInstall *install = installs->pdata[i];

      g_hash_table_add (wanted, get_manifest (self, install));
      for (guint j = 0; j < install->charts->len; j++)
        g_hash_table_add (wanted, get_chart (self, install->charts->pdata[j]));
    }

  return sweep_folder (self, STRATA_INSTALL_MANIFESTS, wanted, error) &&
         sweep_folder (self, STRATA_INSTALL_CHARTS, wanted, error) &&
         sweep_folder (self, "strata", wanted, error);
}

/* One digest over all that is installed, the same on every appliance that has the same. */
char *
strata_node_get_checksum (GPtrArray *installs)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < installs->len; i++)
    {
      StrataInstall *install = installs->pdata[i];

      g_checksum_update (sum, (const guchar *) install->name, (gssize) strlen (install->name) + 1);
      g_checksum_update (sum, (const guchar *) install->text, (gssize) strlen (install->text) + 1);
    }

  return g_strconcat ("sha256:", g_checksum_get_string (sum), NULL);
}
