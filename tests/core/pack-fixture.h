/* pack-fixture.h - what the tests of packs and of charts have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-error.h"
#include "strata-pack-reader.h"

/* A pack that must be refused, or read with a warning. */
typedef struct
{
  const char  *name;
  const char  *meta;
  StrataError  code;
  const char  *says;
} PackCase;

static inline char *
pack_fixture_find (const char *kind)
{
  return g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", kind, NULL);
}

static inline void
pack_fixture_assert_same (StrataPack *a,
                          StrataPack *b)
{
  for (guint field = 0; field < STRATA_PACK_N_FIELDS; field++)
    g_assert_cmpstr (strata_pack_get (a, field), ==, strata_pack_get (b, field));

  g_assert_cmpuint (strata_pack_get_presets (a)->len, ==, strata_pack_get_presets (b)->len);
  g_assert_cmpuint (strata_pack_get_dependencies (a)->len, ==, strata_pack_get_dependencies (b)->len);
  g_assert_cmpuint (strata_pack_get_files (a)->len, ==, strata_pack_get_files (b)->len);
}

/* A layer made of the pack gives the same pack again, without the place it came from. */
static inline void
pack_fixture_assert_survives (StrataPack *pack)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, "id", "name");
  g_autoptr(StrataPack) again = strata_pack_read_layer (layer, &error);

  g_assert_no_error (error);
  pack_fixture_assert_same (pack, again);
}

/* One case for each thing that is there, so that a new one in the data is tested too. */
static inline void
pack_fixture_add_real (const char    *kind,
                       const char    *prefix,
                       GTestDataFunc  func)
{
  g_autofree char *folder = pack_fixture_find (kind);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat (prefix, name, NULL);

      g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), func, g_free);
    }
}
