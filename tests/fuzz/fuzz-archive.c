/* fuzz-archive.c - hostile input for everything that reads a .tgz, and for the bodies inside
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-archive.h"
#include "strata-gzip.h"
#include "strata-pack-reader.h"
#include "strata-palette.h"
#include "strata-tarball.h"

#include "../core/tar-fixture.h"

#define DIGEST_PLACE "@"  /* where strata.json gets the digest of profile.json */

/* The first byte of an input says where the rest goes in: no mutation would get past a CRC or a digest on its own. */
enum
{
  AS_GZIP,   /* as it is */
  AS_TAR,    /* the tar inside, its checksums set right */
  AS_BODY,   /* a body of the console */
  AS_INDEX,  /* strata.json, NUL, profile.json: of an archive whose digests are right */
  N_WAYS,
};

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);
gsize LLVMFuzzerMutate (guint8 *data,
                        gsize   size,
                        gsize   max_size);
gsize LLVMFuzzerCustomMutator (guint8 *data,
                               gsize   size,
                               gsize   max_size,
                               guint   seed);

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

  g_autoptr(GBytes) again = strata_archive_build (strata_archive_get_profile (archive), NULL, &error);

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

static void
try_tar (const guint8 *data,
         gsize         size)
{
  g_autofree guint8 *tar = g_memdup2 (data, size);

  for (gsize at = 0; at + TAR_BLOCK <= size; at += TAR_BLOCK)
    if (memcmp (tar + at + TAR_MAGIC, "ustar", 5) == 0)
      tar_sign (tar + at);

  g_autoptr(GBytes) bytes = g_bytes_new (tar, size);
  g_autoptr(GBytes) packed = strata_gzip_pack (bytes, STRATA_TARBALL_MAX_RATIO, NULL, NULL);

  try_archive (packed);
}

static void
try_body (const char *text,
          gsize       size)
{
  g_autoptr(StrataProfile) profile = strata_palette_read (text, (gssize) size, "fuzz", NULL);

  if (profile != NULL)
    check_profile (profile);
}

static void
add_file (GPtrArray  *files,
          GString    *sums,
          const char *path,
          const char *text)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  g_string_append_printf (sums, "%s  %s\n", strata_blob_get_digest (blob), path);
  g_ptr_array_add (files, strata_file_new (path, blob));
}

static void
try_index (const char *text,
           gsize       size)
{
  g_autofree char *copy = g_strndup (text, size);
  gsize length = strlen (copy);
  const char *body = length < size ? text + length + 1 : "";
  g_autofree char *profile = g_strndup (body, length < size ? size - length - 1 : 0);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, profile, -1);
  g_autoptr(GString) index = g_string_new (copy);
  g_autoptr(GString) sums = g_string_new (NULL);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_string_replace (index, DIGEST_PLACE, digest, 1);
  add_file (files, sums, "profile.json", profile);
  add_file (files, sums, "strata.json", index->str);
  add_file (files, sums, "layers/01-a/values.yaml", "");

  g_autoptr(StrataBlob) list = strata_blob_new_text (sums->str);

  g_ptr_array_add (files, strata_file_new ("SHA256SUMS", list));

  g_autoptr(GBytes) bytes = strata_tarball_write ("a-1", files, NULL, NULL);

  if (bytes != NULL)
    try_archive (bytes);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  if (size == 0)
    return 0;

  g_autofree char *rest = g_strndup ("", 0);
  g_autoptr(GBytes) bytes = g_bytes_new (data + 1, size - 1);
  const char *text = size > 1 ? (const char *) data + 1 : rest;

  switch (data[0] % N_WAYS)
    {
    case AS_GZIP:
      try_archive (bytes);
      break;
    case AS_TAR:
      try_tar ((const guint8 *) text, size - 1);
      break;
    case AS_BODY:
      try_body (text, size - 1);
      break;
    default:
      try_index (text, size - 1);
      break;
    }

  return 0;
}

static GByteArray *
make_tar (void)
{
  static const guint8 way = AS_TAR;
  g_autoptr(GByteArray) tar = g_byte_array_new ();

  tar_add_bytes (tar, "a/", '5', "", 0);
  tar_add_pax (tar, "path", "a/Chart.yaml", 12);
  tar_add (tar, "a/Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\ndependencies:\n- name: b\n  version: 1.x\n");
  tar_end (tar);

  return g_byte_array_prepend (g_steal_pointer (&tar), &way, 1);
}

static GByteArray *
make_body (void)
{
  static const char text[] =
    "\2{\"metadata\":{\"name\":\"a\",\"annotations\":{\"description\":\"d\"},\"labels\":{\"k\":\"spectro__tag\"}},"
    "\"spec\":{\"version\":\"1.0.0\",\"draft\":{\"type\":\"system\",\"packs\":[{\"name\":\"p\",\"type\":\"helm\","
    "\"packUid\":\"u\",\"tag\":\"1.0.0\",\"values\":\"a: 1\",\"manifests\":[{\"name\":\"m\",\"content\":\"k: 1\"}],"
    "\"registry\":{\"metadata\":{\"uid\":\"r\",\"kind\":\"helm\"}}}]},\"variables\":[{\"name\":\"v\","
    "\"isSensitive\":true,\"defaultValue\":\"s\",\"options\":[{\"value\":\"o\",\"default\":false}]}]}}";

  return g_byte_array_append (g_byte_array_new (), (const guint8 *) text, sizeof text - 1);
}

static GByteArray *
make_index (void)
{
  static const char text[] =
    "\3{\"format\":1,\"digest\":\"sha256:" DIGEST_PLACE "\",\"uid\":\"u\",\"layers\":[{\"name\":\"a\","
    "\"kind\":\"manifest\",\"pack-uid\":\"p\",\"values\":{\"path\":\"layers/01-a/values.yaml\",\"digest\":"
    "\"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"},\"manifests\":[],\"images\":[]}]}"
    "\0{\"metadata\":{\"name\":\"a\"},\"spec\":{\"template\":{\"packs\":[{\"name\":\"a\",\"type\":\"manifest\"}]}}}";

  return g_byte_array_append (g_byte_array_new (), (const guint8 *) text, sizeof text - 1);
}

/* Starts over, now and then, from something that is read well. */
gsize
LLVMFuzzerCustomMutator (guint8 *data,
                         gsize   size,
                         gsize   max_size,
                         guint   seed)
{
  if (seed % 256 != 0)
    return LLVMFuzzerMutate (data, size, max_size);

  g_autoptr(GByteArray) fresh = seed % 3 == 0 ? make_tar () : seed % 3 == 1 ? make_body () : make_index ();

  if (fresh->len > max_size)
    return LLVMFuzzerMutate (data, size, max_size);

  memcpy (data, fresh->data, fresh->len);

  return fresh->len;
}
