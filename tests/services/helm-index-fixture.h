/* helm-index-fixture.h - an index, and texts that are read into it as that of a Helm repository
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-error.h"
#include "strata-helm-index.h"

#include "../temp-folder.h"

typedef struct
{
  TempFolder         temp;
  StrataIndex       *index;   /* (owned) */
  StrataIndexCounts  counts;  /* of the last import */
} Fixture;

static inline void
set_up (Fixture       *self,
        gconstpointer  data)
{
  temp_folder_set_up (&self->temp, data);

  g_autofree char *path = temp_folder_get (&self->temp, "index.db");

  self->index = strata_index_new (path);
}

static inline void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_assert_finalize_object (self->index);
  temp_folder_tear_down (&self->temp, data);
}

/* Reads @stream and commits what it says. */
static inline gboolean
import_stream (Fixture       *self,
               GInputStream  *stream,
               gboolean       believe,
               GError       **error)
{
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (self->index, "r", NULL, error);

  return writer != NULL && strata_helm_index_import (stream, writer, NULL, NULL, NULL, error) &&
         strata_index_writer_commit (writer, believe, &self->counts, error);
}

static inline gboolean
try_import (Fixture     *self,
            const char  *text,
            gssize       length,
            GError     **error)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (text, length, NULL);

  return import_stream (self, stream, FALSE, error);
}

static inline void
import (Fixture    *self,
        const char *text)
{
  g_autoptr(GError) error = NULL;

  try_import (self, text, -1, &error);
  g_assert_no_error (error);
}

static inline void
assert_refuses (Fixture     *self,
                const char  *text,
                gssize       length,
                StrataError  code,
                const char  *part)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (try_import (self, text, length, &error));
  g_assert_error (error, STRATA_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

/* The versions of a chart, the greatest first. */
static inline char *
list (Fixture    *self,
      const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GPtrArray) versions =
    strata_index_list_versions (self->index, "r", STRATA_LAYER_KIND_HELM, name, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < versions->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", strata_pack_summary_get_version (versions->pdata[i]));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static inline void
assert_versions (Fixture    *self,
                 const char *name,
                 const char *expected)
{
  g_autofree char *versions = list (self, name);

  g_assert_cmpstr (versions, ==, expected);
}

static inline StrataIndexEntry *
load (Fixture    *self,
      const char *name,
      const char *version)
{
  g_autoptr(GError) error = NULL;
  StrataIndexEntry *entry =
    strata_index_load_entry (self->index, "r", STRATA_LAYER_KIND_HELM, name, version, NULL, &error);

  g_assert_no_error (error);

  return entry;
}

static inline void
assert_warning (Fixture    *self,
                const char *part)
{
  g_autoptr(StrataIndexSource) source = strata_index_get_source (self->index, "r", NULL, NULL);
  g_autofree char *warnings = g_strjoinv ("\n", source->warnings);

  if (strstr (warnings, part) == NULL)
    g_error ("“%s” does not say “%s”", warnings, part);
}
