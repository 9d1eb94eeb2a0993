/* index-fixture.h - an index that is written and looked at in few words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-error.h"
#include "strata-index-writer.h"

#include "../temp-folder.h"

static inline StrataIndex *
make_index (TempFolder *temp)
{
  g_autofree char *path = temp_folder_get (temp, "cache/index.db");

  return strata_index_new (path);
}

static inline StrataIndexWriter *
begin (StrataIndex *index,
       const char  *registry)
{
  g_autoptr(GError) error = NULL;
  StrataIndexWriter *writer = strata_index_begin (index, registry, NULL, &error);

  g_assert_no_error (error);

  return writer;
}

static inline void
add (StrataIndexWriter *writer,
     const char        *name,
     const char        *version,
     const char        *description)
{
  g_autoptr(GError) error = NULL;
  const StrataIndexEntry entry = {
    .kind = STRATA_LAYER_KIND_HELM,
    .name = name,
    .version = version,
    .description = description,
  };

  strata_index_writer_add (writer, &entry, &error);
  g_assert_no_error (error);
}

static inline StrataIndexCounts
commit (StrataIndexWriter *writer)
{
  g_autoptr(GError) error = NULL;
  StrataIndexCounts counts;

  strata_index_writer_commit (writer, FALSE, &counts, &error);
  g_assert_no_error (error);
  strata_index_writer_free (writer);

  return counts;
}

static inline void
assert_versions (StrataIndex *index,
                 const char  *registry,
                 const char  *name,
                 const char  *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GPtrArray) versions =
    strata_index_list_versions (index, registry, STRATA_LAYER_KIND_HELM, name, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < versions->len; i++)
    {
      StrataPackSummary *version = versions->pdata[i];

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", strata_pack_summary_get_version (version),
                              strata_pack_summary_get_gone_since (version) != 0 ? "(gone)" : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static inline void
assert_counts (StrataIndexCounts counts,
               guint             n_new,
               guint             n_changed,
               guint             n_gone,
               guint             n_names,
               guint             n_versions)
{
  g_assert_cmpuint (counts.n_new, ==, n_new);
  g_assert_cmpuint (counts.n_changed, ==, n_changed);
  g_assert_cmpuint (counts.n_gone, ==, n_gone);
  g_assert_cmpuint (counts.n_names, ==, n_names);
  g_assert_cmpuint (counts.n_versions, ==, n_versions);
}
