/* strata-merge-layers.c - the layers of three profiles, by what they are and not by what they are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-merge"

#include "strata-merge-private.h"

#define BASE STRATA_SIDE_BASE
#define MINE STRATA_SIDE_MINE
#define THEIRS STRATA_SIDE_THEIRS

/* What says which pack a layer is. One does not go without the others: they are taken from one side together. */
static const struct
{
  StrataLayerField  field;
  const char       *name;
} pack_fields[] = {
  { STRATA_LAYER_VERSION, "version" },
  { STRATA_LAYER_TAG, "tag" },
  { STRATA_LAYER_REGISTRY_NAME, "registry" },
  { STRATA_LAYER_REGISTRY_KIND, "registryKind" },
  { STRATA_LAYER_REGISTRY_UID, "registryUid" },
  { STRATA_LAYER_PACK_UID, "packUid" },
  { STRATA_LAYER_DIGEST, "digest" },
  { STRATA_LAYER_CHART_URL, "chartUrl" },
};

static gboolean
same_files (StrataLayer *a,
            StrataLayer *b)
{
  GPtrArray *one = strata_layer_get_files (a);
  GPtrArray *other = strata_layer_get_files (b);

  if (one == other)
    return TRUE;
  if (one->len != other->len)
    return FALSE;

  for (guint i = 0; i < one->len; i++)
    if (!strata_file_equal (one->pdata[i], other->pdata[i]))
      return FALSE;

  return TRUE;
}

static gboolean
same_pack (StrataLayer *a,
           StrataLayer *b)
{
  if (strata_layer_get_kind (a) != strata_layer_get_kind (b))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (pack_fields); i++)
    if (!g_str_equal (strata_layer_get (a, pack_fields[i].field), strata_layer_get (b, pack_fields[i].field)))
      return FALSE;

  return same_files (a, b);
}

static char *
describe_pack (StrataLayer *layer)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pack_fields); i++)
    {
      const char *value = strata_layer_get (layer, pack_fields[i].field);

      if (*value != '\0')
        g_string_append_printf (text, "%s: %s\n", pack_fields[i].name, value);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Replaces what @layer is made of by what @from is made of. A layer cannot become another kind: it is made anew. */
static StrataLayer *
with_pack (StrataLayer *layer,
           StrataLayer *from)
{
  g_autoptr(StrataLayer) result = g_object_ref (layer);

  if (strata_layer_get_kind (layer) != strata_layer_get_kind (from))
    return g_object_ref (from);

  for (gsize i = 0; i < G_N_ELEMENTS (pack_fields); i++)
    {
      StrataLayer *next = strata_layer_with (result, pack_fields[i].field, strata_layer_get (from, pack_fields[i].field));

      g_object_unref (result);
      result = next;
    }

  return strata_layer_with_files (result, strata_layer_get_files (from));
}

static StrataLayer *
merge_pack (StrataMergeWalk *self,
            StrataLayer    **layers)
{
  gboolean equal[] = {
    [BASE] = same_pack (layers[MINE], layers[THEIRS]),
    [MINE] = same_pack (layers[THEIRS], layers[BASE]),
    [THEIRS] = same_pack (layers[MINE], layers[BASE]),
  };
  g_autofree char *base = describe_pack (layers[BASE]);
  g_autofree char *mine = describe_pack (layers[MINE]);
  g_autofree char *theirs = describe_pack (layers[THEIRS]);
  StrataMergeSpot spot = { NULL, "version", { base, mine, theirs }, FALSE };
  StrataSide side = strata_merge_walk_choose (self, &spot, equal, NULL);

  return side == MINE ? g_object_ref (layers[MINE]) : with_pack (layers[MINE], layers[side]);
}

static void
merge_field (StrataMergeWalk  *self,
             StrataLayer     **result,
             StrataLayer     **layers,
             StrataLayerField  field,
             const char       *path)
{
  const char *value =
    strata_merge_walk_text (self, NULL, path, strata_layer_get (layers[BASE], field),
                            strata_layer_get (layers[MINE], field), strata_layer_get (layers[THEIRS], field), FALSE);

  if (g_str_equal (value, strata_layer_get (*result, field)))
    return;

  StrataLayer *changed = strata_layer_with (*result, field, value);

  g_object_unref (*result);
  *result = changed;
}

/* Manifests */

static StrataBlob *
get_content (StrataManifest *manifest)
{
  return manifest != NULL ? strata_manifest_get_content (manifest) : NULL;
}

/* What comes with a manifest beside its text: the console's name for it, and what is not known here. Comes up also when
 * the text is decided away. */
static StrataManifest *
merge_manifest_data (StrataMergeWalk *self,
                     StrataManifest **sides)
{
  StrataManifest *mine = sides[MINE];
  StrataManifest *theirs = sides[THEIRS];

  if (mine == NULL || theirs == NULL)
    return g_object_ref (mine != NULL ? mine : theirs);

  const char *name = strata_manifest_get_name (mine);
  const char *uid =
    strata_merge_walk_text (self, name, "uid", sides[BASE] != NULL ? strata_manifest_get_uid (sides[BASE]) : "",
                            strata_manifest_get_uid (mine), strata_manifest_get_uid (theirs), FALSE);
  const char *extra =
    strata_merge_walk_text (self, name, "extra", sides[BASE] != NULL ? strata_manifest_get_extra (sides[BASE]) : "",
                            strata_manifest_get_extra (mine), strata_manifest_get_extra (theirs), FALSE);
  g_autoptr(StrataManifest) named = strata_manifest_with_uid (mine, uid);

  return strata_manifest_with_extra (named, extra);
}

static StrataManifest *
merge_manifest (StrataMergeWalk         *self,
                const StrataMergeThread *thread,
                GPtrArray              **rows)
{
  StrataManifest *sides[STRATA_N_SIDES];

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    sides[side] = strata_merge_thread_get (thread, rows, side);

  g_autoptr(StrataBlob) content =
    strata_merge_walk_blob (self, thread->key, get_content (sides[BASE]), get_content (sides[MINE]),
                            get_content (sides[THEIRS]));

  g_autoptr(StrataManifest) manifest = merge_manifest_data (self, sides);

  return content != NULL ? strata_manifest_with_content (manifest, content) : NULL;
}

/* The order is a decision too: the walk goes by thread, whatever was decided, and only the result is put in order. */
static GPtrArray *
merge_manifests (StrataMergeWalk *self,
                 StrataLayer    **layers)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *rows[STRATA_N_SIDES];

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    rows[side] = strata_layer_get_manifests (layers[side]);

  g_autoptr(GArray) threads = strata_merge_threads (rows, (StrataMergeKey) strata_manifest_get_name);
  g_autoptr(GArray) order = strata_merge_walk_order (self, threads, "manifests");
  g_autofree StrataManifest **made = g_new0 (StrataManifest *, (gsize) threads->len + 1);

  for (guint i = 0; i < threads->len; i++)
    if (strata_merge_thread_is_there (&g_array_index (threads, StrataMergeThread, i)))
      made[i] = merge_manifest (self, &g_array_index (threads, StrataMergeThread, i), rows);

  for (guint i = 0; i < order->len; i++)
    if (made[g_array_index (order, guint, i)] != NULL)
      g_ptr_array_add (result, made[g_array_index (order, guint, i)]);

  return result;
}

/* One layer that mine and theirs have. */
StrataLayer *
strata_merge_walk_layer (StrataMergeWalk *self,
                         StrataLayer     *base,
                         StrataLayer     *mine,
                         StrataLayer     *theirs)
{
  g_autoptr(StrataLayer) nothing = strata_layer_new (strata_layer_get_kind (mine), "");
  StrataLayer *layers[] = { base != NULL ? base : nothing, mine, theirs };

  if (strata_layer_equal (mine, theirs) && base != NULL && strata_layer_equal (base, mine))
    return g_object_ref (mine);

  g_autoptr(StrataLayer) result = merge_pack (self, layers);

  merge_field (self, &result, layers, STRATA_LAYER_NAME, "name");
  merge_field (self, &result, layers, STRATA_LAYER_PACK_LAYER, "layer");
  merge_field (self, &result, layers, STRATA_LAYER_EXTRA, "extra");

  g_autoptr(StrataBlob) values =
    strata_merge_walk_blob (self, "values.yaml", base != NULL ? strata_layer_get_values (base) : NULL,
                            strata_layer_get_values (mine), strata_layer_get_values (theirs));
  g_autoptr(StrataLayer) valued = strata_layer_with_values (result, values);
  g_autoptr(GPtrArray) manifests = merge_manifests (self, layers);
  g_autoptr(StrataLayer) merged = strata_layer_with_manifests (valued, manifests);

  /* The value that is there already is shared. */
  if (strata_layer_equal (merged, mine))
    return g_object_ref (mine);

  return g_steal_pointer (&merged);
}

/* Layers of a profile */

static gboolean
same_layer (StrataLayer *a,
            StrataLayer *b)
{
  return a == b || (a != NULL && b != NULL && strata_layer_equal (a, b));
}

/* A layer that at least one side took away. Its text is its version: there is nothing to write instead. */
static StrataLayer *
merge_removed (StrataMergeWalk *self,
               StrataLayer    **sides)
{
  StrataMergeSpot spot = { NULL };
  gboolean equal[] = {
    [BASE] = same_layer (sides[MINE], sides[THEIRS]),
    [MINE] = same_layer (sides[THEIRS], sides[BASE]),
    [THEIRS] = same_layer (sides[MINE], sides[BASE]),
  };

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    spot.texts[side] = sides[side] != NULL ? strata_layer_get_version (sides[side]) : NULL;

  StrataSide side = strata_merge_walk_choose (self, &spot, equal, NULL);

  return sides[side] != NULL ? g_object_ref (sides[side]) : NULL;
}

static StrataLayer *
merge_thread (StrataMergeWalk         *self,
              const StrataMergeThread *thread,
              GPtrArray              **rows)
{
  StrataLayer *sides[STRATA_N_SIDES];

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    sides[side] = strata_merge_thread_get (thread, rows, side);

  self->layer = strata_layer_get_name (sides[MINE] != NULL     ? sides[MINE]
                                       : sides[THEIRS] != NULL ? sides[THEIRS]
                                                               : sides[BASE]);

  StrataLayer *layer = sides[MINE] != NULL && sides[THEIRS] != NULL
                         ? strata_merge_walk_layer (self, sides[BASE], sides[MINE], sides[THEIRS])
                         : merge_removed (self, sides);

  self->layer = NULL;

  return layer;
}

static void
add_thread (GArray     *threads,
            int         base,
            int         mine,
            int         theirs,
            const char *key)
{
  StrataMergeThread thread = { { base, mine, theirs }, key };

  if (base >= 0 || mine >= 0 || theirs >= 0)
    g_array_append_val (threads, thread);
}

static const char *
get_name (GPtrArray *row,
          int        at)
{
  return strata_layer_get_name (row->pdata[at]);
}

/* What @side has and base has not. The same name on both sides is the same layer. */
static void
add_new (GArray    *threads,
         GPtrArray **rows,
         guint8    **is_old)
{
  for (guint i = 0; i < rows[MINE]->len; i++)
    {
      int theirs = -1;

      if (is_old[MINE][i])
        continue;
      for (guint j = 0; j < rows[THEIRS]->len && theirs < 0; j++)
        if (!is_old[THEIRS][j] && g_str_equal (get_name (rows[MINE], (int) i), get_name (rows[THEIRS], (int) j)))
          theirs = (int) j;
      if (theirs >= 0)
        is_old[THEIRS][theirs] = TRUE;
      add_thread (threads, -1, (int) i, theirs, get_name (rows[MINE], (int) i));
    }

  for (guint j = 0; j < rows[THEIRS]->len; j++)
    if (!is_old[THEIRS][j])
      add_thread (threads, -1, -1, (int) j, get_name (rows[THEIRS], (int) j));
}

static GArray *
match_layers (StrataProfile **sides,
              GPtrArray     **rows,
              gboolean        with_renames)
{
  GArray *threads = g_array_new (FALSE, FALSE, sizeof (StrataMergeThread));
  int *match[STRATA_N_SIDES] = { NULL };
  guint8 *is_old[STRATA_N_SIDES] = { NULL };

  for (guint side = MINE; side <= THEIRS; side++)
    {
      match[side] = strata_layers_match (sides[BASE], sides[side], with_renames);
      is_old[side] = g_new0 (guint8, (gsize) rows[side]->len + 1);
    }

  for (guint i = 0; i < rows[BASE]->len; i++)
    {
      for (guint side = MINE; side <= THEIRS; side++)
        if (match[side][i] >= 0)
          is_old[side][match[side][i]] = TRUE;
      add_thread (threads, (int) i, match[MINE][i], match[THEIRS][i], get_name (rows[BASE], (int) i));
    }
  add_new (threads, rows, is_old);

  for (guint side = MINE; side <= THEIRS; side++)
    {
      g_free (match[side]);
      g_free (is_old[side]);
    }

  return threads;
}

/* Whether a name could come to stand for two layers, whatever is decided. */
static gboolean
has_clash (GArray     *threads,
           GPtrArray **rows)
{
  g_autoptr(GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < threads->len; i++)
    for (guint side = 0; side < STRATA_N_SIDES; side++)
      {
        const StrataMergeThread *thread = &g_array_index (threads, StrataMergeThread, i);
        StrataLayer *layer = strata_merge_thread_get (thread, rows, side);
        guint owner;

        if (layer == NULL)
          continue;
        owner = GPOINTER_TO_UINT (g_hash_table_lookup (owners, strata_layer_get_name (layer)));
        if (owner != 0 && owner != i + 1)
          return TRUE;
        g_hash_table_insert (owners, (gpointer) strata_layer_get_name (layer), GUINT_TO_POINTER (i + 1));
      }

  return FALSE;
}

/* As with manifests, the walk goes by thread. (transfer full) (element-type StrataLayer): bottom first */
GPtrArray *
strata_merge_walk_layers (StrataMergeWalk  *self,
                          StrataProfile   **sides)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *rows[STRATA_N_SIDES];

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    rows[side] = strata_profile_get_layers (sides[side]);

  g_autoptr(GArray) threads = match_layers (sides, rows, TRUE);

  if (has_clash (threads, rows))
    {
      g_array_unref (threads);
      threads = match_layers (sides, rows, FALSE);
    }

  g_autoptr(GArray) order = strata_merge_walk_order (self, threads, "layers");
  g_autofree StrataLayer **made = g_new0 (StrataLayer *, (gsize) threads->len + 1);

  for (guint i = 0; i < threads->len; i++)
    if (strata_merge_thread_is_there (&g_array_index (threads, StrataMergeThread, i)))
      made[i] = merge_thread (self, &g_array_index (threads, StrataMergeThread, i), rows);

  for (guint i = 0; i < order->len; i++)
    if (made[g_array_index (order, guint, i)] != NULL)
      g_ptr_array_add (result, made[g_array_index (order, guint, i)]);

  return result;
}
