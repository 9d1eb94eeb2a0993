/* strata-fleet-file.c - a fleet as it was last seen, kept for when the console cannot be asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-fleet"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-fleet-private.h"

#define MAGIC 0x3174656c46617453  /* changes with what is written, and is another one on a machine of another byte order */
#define MAX_SIZE (256 * 1024 * 1024)
#define OLD_SUFFIX ".jsonl"

/* Ten thousand appliances are to be there before a window is painted. So the file is one GVariant of tables, each of
 * which is read as an array of C: every text stands in the first one, and once; the others name it by its place. Layers
 * stand one after the other in the order of what they are of. */
#define TABLE_TYPE "(xxxasa(xuuuu)a(xuuuuuu)a(xxuuuuuuuuuu)a(xxxuuuuuuuu))"

typedef struct
{
  gint64  modified;
  guint32 uid, name, version;
  guint32 n_layers;
} TargetRecord;

typedef struct
{
  gint64  changed;
  guint32 name, version, digest, stamp;
  guint32 kind;
  guint32 n_manifests;
} TargetLayerRecord;

typedef struct
{
  gint64  heard, modified;
  guint32 uid, name, site, health_message, profile_uid, profile_name, profile_version;
  guint32 health;
  guint32 is;
  guint32 n_layers;
} ApplianceRecord;

typedef struct
{
  gint64  since, said, changed;
  guint32 name, assigned, there, digest, stamp, message;
  guint32 kind;
  guint32 condition;
} LayerRecord;

enum
{
  IS_PAIRED = 1 << 0,
  IS_DETAILED = 1 << 1,
};

G_STATIC_ASSERT (sizeof (TargetRecord) == 24);
G_STATIC_ASSERT (sizeof (TargetLayerRecord) == 32);
G_STATIC_ASSERT (sizeof (ApplianceRecord) == 56);
G_STATIC_ASSERT (sizeof (LayerRecord) == 56);

/* Writing */

typedef struct
{
  GHashTable *places;         /* (owned) text -> its place in @texts */
  GPtrArray  *texts;          /* (owned) (element-type utf8): the fleet's */
  GArray     *targets;        /* (owned) (element-type TargetRecord) */
  GArray     *target_layers;  /* (owned) (element-type TargetLayerRecord) */
  GArray     *appliances;     /* (owned) (element-type ApplianceRecord) */
  GArray     *layers;         /* (owned) (element-type LayerRecord) */
} Writer;

static void
writer_init (Writer *self)
{
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->texts = g_ptr_array_new ();
  self->targets = g_array_new (FALSE, TRUE, sizeof (TargetRecord));
  self->target_layers = g_array_new (FALSE, TRUE, sizeof (TargetLayerRecord));
  self->appliances = g_array_new (FALSE, TRUE, sizeof (ApplianceRecord));
  self->layers = g_array_new (FALSE, TRUE, sizeof (LayerRecord));
}

static void
writer_clear (Writer *self)
{
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_array_unref);
  g_clear_pointer (&self->target_layers, g_array_unref);
  g_clear_pointer (&self->appliances, g_array_unref);
  g_clear_pointer (&self->layers, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static guint32
put_text (Writer     *self,
          const char *text)
{
  gpointer place = g_hash_table_lookup (self->places, text);

  if (place == NULL)
    {
      g_ptr_array_add (self->texts, (char *) text);
      place = GUINT_TO_POINTER (self->texts->len);
      g_hash_table_insert (self->places, (char *) text, place);
    }

  return GPOINTER_TO_UINT (place) - 1;
}

static void
put_target (Writer                  *self,
            const char              *uid,
            const StrataFleetTarget *entry)
{
  TargetRecord record = {
    .modified = entry->modified,
    .uid = put_text (self, uid),
    .name = put_text (self, strata_appliance_target_get_name (entry->target)),
    .version = put_text (self, strata_appliance_target_get_version (entry->target)),
    .n_layers = strata_appliance_target_get_n_layers (entry->target),
  };

  g_array_append_val (self->targets, record);
  for (guint i = 0; i < record.n_layers; i++)
    {
      const StrataTargetLayer *facts = strata_appliance_target_get_layer (entry->target, i);
      TargetLayerRecord layer = {
        .changed = facts->changed,
        .name = put_text (self, facts->name),
        .version = put_text (self, facts->version),
        .digest = put_text (self, facts->digest),
        .stamp = put_text (self, facts->stamp),
        .kind = facts->kind,
        .n_manifests = facts->n_manifests,
      };

      g_array_append_val (self->target_layers, layer);
    }
}

static void
put_layer (Writer               *self,
           StrataApplianceLayer *layer)
{
  const StrataApplianceLayerFacts *facts = strata_appliance_layer_get_facts (layer);
  LayerRecord record = {
    .since = facts->since,
    .said = facts->said,
    .changed = facts->changed,
    .name = put_text (self, facts->name),
    .assigned = put_text (self, facts->assigned),
    .there = put_text (self, facts->there),
    .digest = put_text (self, facts->digest),
    .stamp = put_text (self, facts->stamp),
    .message = put_text (self, facts->message),
    .kind = facts->kind,
    .condition = facts->condition,
  };

  g_array_append_val (self->layers, record);
}

static void
put_appliance (Writer          *self,
               StrataAppliance *appliance)
{
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
  GPtrArray *layers = strata_appliance_get_layers (appliance);
  ApplianceRecord record = {
    .heard = facts->heard,
    .modified = facts->modified,
    .uid = put_text (self, facts->uid),
    .name = put_text (self, facts->name),
    .site = put_text (self, facts->site),
    .health_message = put_text (self, facts->health_message),
    .profile_uid = put_text (self, facts->profile_uid),
    .profile_name = put_text (self, facts->profile_name),
    .profile_version = put_text (self, facts->profile_version),
    .health = facts->health,
    .is = (facts->is_paired ? IS_PAIRED : 0u) | (facts->is_detailed ? IS_DETAILED : 0u),
    .n_layers = layers->len,
  };

  g_array_append_val (self->appliances, record);
  for (guint i = 0; i < layers->len; i++)
    put_layer (self, layers->pdata[i]);
}

static GVariant *
make_table (const char *type,
            GArray     *records)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE (type), records->data, records->len,
                                    g_array_get_element_size (records));
}

static GVariant *
write_tables (StrataFleet *self)
{
  g_auto(Writer) writer = { 0 };
  GHashTableIter iter;
  gpointer uid, entry;

  writer_init (&writer);
  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, &uid, &entry))
    if (((StrataFleetTarget *) entry)->target != NULL)
      put_target (&writer, uid, entry);
  for (guint i = 0; i < self->appliances->len; i++)
    put_appliance (&writer, self->appliances->pdata[i]);

  return g_variant_new ("(xxx@as@a(xuuuu)@a(xuuuuuu)@a(xxuuuuuuuuuu)@a(xxxuuuuuuuu))", self->asked,
                        (gint64) self->n_missing, self->known_profiles,
                        g_variant_new_strv ((const char *const *) writer.texts->pdata,
                                            (gssize) writer.texts->len),
                        make_table ("(xuuuu)", writer.targets),
                        make_table ("(xuuuuuu)", writer.target_layers),
                        make_table ("(xxuuuuuuuuuu)", writer.appliances),
                        make_table ("(xxxuuuuuuuu)", writer.layers));
}

/**
 * strata_fleet_save:
 * @self: a fleet
 * @path: a file; its folder is there
 * @error: return location for an error
 *
 * Keeps @self for when the console cannot be asked. After a crash the file is what it was or what it is now. Blocks; any
 * thread.
 *
 * Returns: whether it was written; if not, @error is a %STRATA_ERROR_DISK
 */
gboolean
strata_fleet_save (StrataFleet  *self,
                   const char   *path,
                   GError      **error)
{
  g_return_val_if_fail (STRATA_IS_FLEET (self) && path != NULL, FALSE);

  g_autoptr(GVariant) tables = g_variant_ref_sink (write_tables (self));
  g_autoptr(GByteArray) data = g_byte_array_new ();
  const guint64 magic = MAGIC;
  g_autofree char *old = g_strconcat (path, OLD_SUFFIX, NULL);

  g_byte_array_append (data, (const guint8 *) &magic, sizeof magic);
  g_byte_array_append (data, g_variant_get_data (tables), (guint) g_variant_get_size (tables));

  if (!strata_disk_replace (path, data->data, data->len, error))
    return FALSE;

  g_unlink (old);

  return TRUE;
}

/* Reading */

typedef struct
{
  GVariant                *tables;         /* (owned) */
  const char             **texts;          /* (owned): the texts are those of @tables */
  const TargetRecord      *targets;        /* (unowned) */
  const TargetLayerRecord *target_layers;  /* (unowned) */
  const ApplianceRecord   *appliances;     /* (unowned) */
  const LayerRecord       *layers;         /* (unowned) */
  gsize                    n_texts;
  gsize                    n_targets;
  gsize                    n_target_layers;
  gsize                    n_appliances;
  gsize                    n_layers;
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->tables, g_variant_unref);
  g_clear_pointer (&self->texts, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* The table lives as long as the whole. */
static gconstpointer
find_table (Reader *self,
            gsize   which,
            gsize   size,
            gsize  *n_records)
{
  g_autoptr(GVariant) table = g_variant_get_child_value (self->tables, which);

  return g_variant_get_fixed_array (table, n_records, size);
}

/* Whether the bytes after the mark are tables at all; what they name is looked at when it is read. */
static gboolean
reader_open (Reader *self,
             GBytes *bytes)
{
  g_autoptr(GBytes) rest =
    g_bytes_new_from_bytes (bytes, sizeof (guint64), g_bytes_get_size (bytes) - sizeof (guint64));

  self->tables = g_variant_ref_sink (
    g_variant_new_from_bytes (G_VARIANT_TYPE (TABLE_TYPE), rest, FALSE));
  if (!g_variant_is_normal_form (self->tables))
    return FALSE;

  g_autoptr(GVariant) texts = g_variant_get_child_value (self->tables, 3);

  self->texts = g_variant_get_strv (texts, &self->n_texts);
  self->targets = find_table (self, 4, sizeof (TargetRecord), &self->n_targets);
  self->target_layers = find_table (self, 5, sizeof (TargetLayerRecord), &self->n_target_layers);
  self->appliances = find_table (self, 6, sizeof (ApplianceRecord), &self->n_appliances);
  self->layers = find_table (self, 7, sizeof (LayerRecord), &self->n_layers);

  return TRUE;
}

/* "" where there is none of that place. */
static const char *
get_text (const Reader *self,
          guint32       place)
{
  return place < self->n_texts ? self->texts[place] : "";
}

static StrataTargetLayer
read_target_layer (const Reader            *self,
                   const TargetLayerRecord *record)
{
  return (StrataTargetLayer){
    .name = get_text (self, record->name),
    .kind = (StrataLayerKind) MIN (record->kind, STRATA_LAYER_KIND_MANIFEST),
    .version = get_text (self, record->version),
    .digest = get_text (self, record->digest),
    .n_manifests = MIN (record->n_manifests, G_MAXINT),
    .stamp = get_text (self, record->stamp),
    .changed = record->changed,
  };
}

static void
read_targets (StrataFleet  *self,
              const Reader *reader)
{
  gsize next = 0;

  for (gsize i = 0; i < reader->n_targets; i++)
    {
      const TargetRecord *record = &reader->targets[i];
      gsize n_layers = MIN (record->n_layers, reader->n_target_layers - next);
      g_autofree StrataTargetLayer *layers = g_new0 (StrataTargetLayer, n_layers + 1);
      const char *uid = get_text (reader, record->uid);

      for (gsize j = 0; j < n_layers; j++)
        layers[j] = read_target_layer (reader, &reader->target_layers[next++]);

      g_autoptr(StrataApplianceTarget) target =
        strata_appliance_target_new (uid, get_text (reader, record->name),
                                     get_text (reader, record->version), layers, (guint) n_layers);
      strata_fleet_add_target (self, uid, target, record->modified);
    }
}

static StrataApplianceLayer *
read_layer (const Reader      *self,
            const LayerRecord *record)
{
  StrataApplianceLayerFacts facts = {
    .name = get_text (self, record->name),
    .kind = (StrataLayerKind) MIN (record->kind, STRATA_LAYER_KIND_MANIFEST),
    .assigned = get_text (self, record->assigned),
    .there = get_text (self, record->there),
    .digest = get_text (self, record->digest),
    .stamp = get_text (self, record->stamp),
    .changed = record->changed,
    .condition = (StrataCondition) MIN (record->condition, STRATA_CONDITION_ERROR),
    .message = get_text (self, record->message),
    .since = record->since,
    .said = record->said,
  };

  return strata_appliance_layer_new (&facts);
}

static StrataAppliance *
read_appliance (const Reader          *self,
                const ApplianceRecord *record,
                GPtrArray             *layers)
{
  StrataApplianceFacts facts = {
    .uid = get_text (self, record->uid),
    .name = get_text (self, record->name),
    .site = get_text (self, record->site),
    .is_paired = (record->is & IS_PAIRED) != 0,
    .is_detailed = (record->is & IS_DETAILED) != 0,
    .health = (StrataHealth) MIN (record->health, STRATA_UNHEALTHY),
    .health_message = get_text (self, record->health_message),
    .profile_uid = get_text (self, record->profile_uid),
    .profile_name = get_text (self, record->profile_name),
    .profile_version = get_text (self, record->profile_version),
    .heard = record->heard,
    .modified = record->modified,
  };

  return strata_appliance_new (&facts, layers);
}

static void
read_appliances (StrataFleet  *self,
                 const Reader *reader)
{
  gsize next = 0;

  for (gsize i = 0; i < reader->n_appliances; i++)
    {
      const ApplianceRecord *record = &reader->appliances[i];
      gsize n_layers = MIN (record->n_layers, reader->n_layers - next);
      g_autoptr(GPtrArray) layers = g_ptr_array_new_full ((guint) n_layers, g_object_unref);

      for (gsize j = 0; j < n_layers; j++)
        g_ptr_array_add (layers, read_layer (reader, &reader->layers[next++]));

      g_autoptr(StrataAppliance) appliance = read_appliance (reader, record, layers);
      StrataFleetItem item = { .appliance = appliance, .is_stale = TRUE };

      if (*strata_appliance_get_uid (appliance) != '\0')
        strata_fleet_add (self, &item);
    }
}

static StrataFleet *
read_tables (GBytes *bytes)
{
  g_auto(Reader) reader = { 0 };
  gint64 n_missing;

  if (!reader_open (&reader, bytes))
    return NULL;

  StrataFleet *self = strata_fleet_new ();

  g_variant_get_child (reader.tables, 0, "x", &self->asked);
  g_variant_get_child (reader.tables, 1, "x", &n_missing);
  g_variant_get_child (reader.tables, 2, "x", &self->known_profiles);
  self->n_missing = (int) CLAMP (n_missing, G_MININT, G_MAXINT);
  read_targets (self, &reader);
  read_appliances (self, &reader);
  strata_fleet_judge_all (self, NULL);

  return self;
}

/* The file, or the one that version 0.3 left in its place. */
static char *
read_file (const char  *path,
           gsize       *size,
           GError     **error)
{
  g_autoptr(GError) reason = NULL;
  char *data = strata_disk_read (path, MAX_SIZE, size, &reason);

  if (g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    {
      g_autofree char *old = g_strconcat (path, OLD_SUFFIX, NULL);

      data = strata_disk_read (old, MAX_SIZE, size, NULL);
    }
  if (data == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));

  return data;
}

/**
 * strata_fleet_load:
 * @path: a file that [method@Fleet.save] wrote
 * @error: return location for an error
 *
 * Reads what was last seen. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the fleet, or %NULL with %STRATA_ERROR_NOT_FOUND when there is no file, with
 *   %STRATA_ERROR_CORRUPT when it is none of these, else what the disk said
 */
StrataFleet *
strata_fleet_load (const char  *path,
                   GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  const guint64 magic = MAGIC;
  gsize size = 0;
  char *data = read_file (path, &size, error);
  StrataFleet *self = NULL;

  if (data == NULL)
    return NULL;

  g_autoptr(GBytes) bytes = g_bytes_new_take (data, size);

  if (*data == '{')
    return strata_fleet_read_lines (data);
  if (size >= sizeof magic && memcmp (data, &magic, sizeof magic) == 0)
    self = read_tables (bytes);

  if (self == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("What was kept of the appliances in “%s” is damaged; the console tells it anew"), shown);
    }

  return self;
}
