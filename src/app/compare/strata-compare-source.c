/* strata-compare-source.c - where one side of a comparison comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-compare-source"

#include "strata-compare-source.h"

#include "strata-archive.h"

struct _StrataCompareSource
{
  GObject        parent_instance;
  char          *label;    /* (owned) */
  StrataProfile *profile;  /* (owned) (nullable): one of the next three, or this */
  GFile         *file;     /* (owned) (nullable) */
  char          *id;       /* (owned) (nullable) */
  char          *digest;   /* (owned) (nullable): of a revision of @id */
};

G_DEFINE_FINAL_TYPE (StrataCompareSource, strata_compare_source, G_TYPE_OBJECT)

static void
strata_compare_source_finalize (GObject *object)
{
  StrataCompareSource *self = STRATA_COMPARE_SOURCE (object);

  g_clear_object (&self->profile);
  g_clear_object (&self->file);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->digest, g_free);

  G_OBJECT_CLASS (strata_compare_source_parent_class)->finalize (object);
}

static void
strata_compare_source_class_init (StrataCompareSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_compare_source_finalize;
}

static void
strata_compare_source_init (StrataCompareSource *self)
{
}

static StrataCompareSource *
make (const char *label)
{
  StrataCompareSource *self = g_object_new (STRATA_TYPE_COMPARE_SOURCE, NULL);

  self->label = g_strdup (label);

  return self;
}

/* What is open. */
StrataCompareSource *
strata_compare_source_new_profile (StrataProfile *profile,
                                   const char    *label)
{
  StrataCompareSource *self = make (label);

  self->profile = g_object_ref (profile);

  return self;
}

/* A profile as the disk has it. */
StrataCompareSource *
strata_compare_source_new_stored (const char *id,
                                  const char *label)
{
  StrataCompareSource *self = make (label);

  self->id = g_strdup (id);

  return self;
}

StrataCompareSource *
strata_compare_source_new_revision (const char *id,
                                    const char *digest,
                                    const char *label)
{
  StrataCompareSource *self = strata_compare_source_new_stored (id, label);

  self->digest = g_strdup (digest);

  return self;
}

/* An archive, or a profile in JSON or YAML. */
StrataCompareSource *
strata_compare_source_new_file (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  StrataCompareSource *self = make (shown);

  self->file = g_object_ref (file);

  return self;
}

const char *
strata_compare_source_get_label (StrataCompareSource *self)
{
  g_return_val_if_fail (STRATA_IS_COMPARE_SOURCE (self), NULL);

  return self->label;
}

/* Blocks; any thread. (transfer full) (nullable) */
StrataProfile *
strata_compare_source_load (StrataCompareSource  *self,
                            StrataStore          *store,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_return_val_if_fail (STRATA_IS_COMPARE_SOURCE (self), NULL);

  if (self->profile != NULL)
    return g_object_ref (self->profile);
  if (self->file != NULL)
    return strata_profile_import (self->file, cancellable, error);
  if (self->digest != NULL)
    return strata_store_load_revision (store, self->id, self->digest, cancellable, error);

  return strata_store_peek (store, self->id, cancellable, error);
}
