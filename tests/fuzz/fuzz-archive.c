/* fuzz-archive.c - hostile input for everything that reads a .tgz, and for the bodies inside
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-archive.h"
#include "strata-gzip.h"
#include "strata-pack-reader.h"
#include "strata-palette.h"
#include "strata-tarball.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* What was read can be written, and comes back equal. */
static void
check_profile (StrataProfile *profile)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = strata_archive_build (profile, NULL, &error);

  if (bytes == NULL)
    return;

  g_autoptr(StrataArchive) archive = strata_archive_read (bytes, NULL, &error);

  if (archive == NULL)
    g_error ("What was written cannot be read: %s", error->message);

  g_autoptr(GBytes) again =
    strata_archive_build (strata_archive_get_profile (archive), NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
}

static void
try_archive (GBytes *bytes)
{
  g_autoptr(StrataArchive) archive = strata_archive_read (bytes, NULL, NULL);
  g_autoptr(StrataPack) pack = strata_pack_read_chart_bytes (bytes, NULL, NULL);

  if (archive != NULL)
    check_profile (strata_archive_get_profile (archive));
}

/* The first byte says where the rest goes in: past the CRC of gzip no mutation would ever get on its own. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  if (size == 0)
    return 0;

  g_autoptr(GBytes) bytes = g_bytes_new (data + 1, size - 1);
  g_autoptr(GError) error = NULL;

  if (data[0] % 3 == 0)
    try_archive (bytes);
  else if (data[0] % 3 == 1)
    {
      g_autoptr(GBytes) packed = strata_gzip_pack (bytes, STRATA_TARBALL_MAX_RATIO, NULL, NULL);

      try_archive (packed);
    }
  else
    {
      g_autofree char *text = g_strndup ((const char *) data + 1, size - 1);
      g_autoptr(StrataProfile) profile
        = strata_palette_read (text, (gssize) (size - 1), "fuzz", &error);

      if (profile != NULL)
        check_profile (profile);
    }

  return 0;
}
