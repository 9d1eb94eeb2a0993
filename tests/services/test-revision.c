/* test-revision.c - a profile written as a key file and read back is the same, whatever is in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "store-fixture.h"
#include "strata-error.h"
#include "strata-objects.h"

static const char *const hostile[] = {
  "plain",
  "",
  " spaces at both ends  ",
  "\ttab\t",
  "\fform feed\v",
  "line\nbreak\r\nand return\r",
  "semi;colon;",
  ";",
  "co:lon:",
  "back\\slash\\",
  "\\s\\n\\;",
  "\"quoted\"",
  "\"",
  "[group]",
  "#comment",
  "key=value",
  "\x01\x1b[31m\x7f",
  "\u202e right to left \u200f \u00e9 \u6f22\u5b57 \U0001f680 \u202c",
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
};

static char *
get_hostile (guint position)
{
  return g_strdup (hostile[position % G_N_ELEMENTS (hostile)]);
}

static StrataVariable *
make_variable (guint position)
{
  g_autoptr(StrataVariable) variable = strata_variable_new (hostile[position]);
  g_autoptr(GPtrArray) options =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_option_free);

  for (guint i = 0; i < STRATA_VARIABLE_N_FIELDS; i++)
    {
      g_autoptr(StrataVariable) old = variable;
      g_autofree char *text = get_hostile (position + i);

      variable = strata_variable_with (old, i, text);
    }

  for (guint i = 0; i < position % 4; i++)
    g_ptr_array_add (options, strata_variable_option_new (hostile[position], hostile[i],
                                                          hostile[(position + i) % 7], i == 1));

  g_autoptr(StrataVariable) flagged =
    strata_variable_with_flags (variable, position & ~STRATA_VARIABLE_SENSITIVE & 0xf);

  return strata_variable_with_options (flagged, options);
}

static StrataManifest *
make_manifest (guint position)
{
  g_autofree char *name = get_hostile (position);
  g_autofree char *uid = get_hostile (position + 1);
  g_autofree char *extra = get_hostile (position + 2);
  g_autoptr(StrataBlob) content = strata_blob_new_text (position % 3 == 0 ? "" : name);
  g_autoptr(StrataManifest) manifest = strata_manifest_new (name, content);
  g_autoptr(StrataManifest) known = strata_manifest_with_uid (manifest, uid);

  return strata_manifest_with_extra (known, extra);
}

static StrataLayer *
make_layer (guint position)
{
  g_autoptr(StrataLayer) layer = strata_layer_new (position % 4, "");
  g_autoptr(GPtrArray) manifests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataBlob) binary = strata_blob_new ("\0\xff\n", 3);

  for (guint i = 0; i < STRATA_LAYER_N_FIELDS; i++)
    {
      g_autoptr(StrataLayer) old = layer;
      g_autofree char *text = get_hostile (position + i);

      layer = strata_layer_with (old, i, text);
    }

  for (guint i = 0; i < position % 5; i++)
    {
      g_autofree char *path = get_hostile (position + i);

      g_ptr_array_add (manifests, make_manifest (position + i));
      g_ptr_array_add (files, strata_file_new (path, binary));
    }

  g_autoptr(StrataLayer) valued = strata_layer_with_values (layer, binary);
  g_autoptr(StrataLayer) listed = strata_layer_with_manifests (valued, manifests);

  return strata_layer_with_files (listed, files);
}

/* Everything a profile can hold, with every text hostile in turn. */
static StrataProfile *
make_profile (guint first)
{
  g_autoptr(StrataProfile) profile = strata_profile_new ("", "");
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < STRATA_PROFILE_N_FIELDS; i++)
    {
      g_autoptr(StrataProfile) old = profile;
      g_autofree char *text = get_hostile (first + i);

      profile = strata_profile_with (old, i, text);
    }

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_ptr_array_add (tags, strata_tag_new_raw (hostile[i], NULL));
      g_ptr_array_add (tags, strata_tag_new_raw (hostile[i], hostile[(i + first) % 5]));
      g_ptr_array_add (variables, make_variable (i));
      g_ptr_array_add (layers, make_layer (i));
    }

  g_autoptr(StrataProfile) tagged = strata_profile_with_tags (profile, tags);
  g_autoptr(StrataProfile) variable = strata_profile_with_variables (tagged, variables);

  return strata_profile_with_layers (variable, layers);
}

/* Writes the objects too. */
static StrataBlob *
write_profile (StoreFixture  *fixture,
               StrataProfile *profile,
               const char    *parent,
               gint64         time)
{
  g_autoptr(GHashTable) blobs =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *body = strata_revision_write (profile, NULL, blobs, &error);
  GHashTableIter iter;
  gpointer blob;

  g_assert_no_error (error);
  g_hash_table_iter_init (&iter, blobs);
  while (g_hash_table_iter_next (&iter, NULL, &blob))
    g_assert_true (strata_objects_add (fixture->path, batch, blob, NULL));
  g_assert_true (strata_disk_batch_commit (batch, NULL));

  return strata_revision_seal (body, parent, time, STRATA_REASON_IMPORT);
}

static void
test_round_trip (StoreFixture  *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr(StrataProfile) profile = make_profile (i);
      g_autoptr(StrataBlob) sealed = write_profile (fixture, profile, NULL, 1);
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataProfile) read = strata_revision_read (sealed, fixture->path, NULL, &error);
      g_autoptr(StrataBlob) again = write_profile (fixture, read, NULL, 1);

      g_assert_no_error (error);
      g_assert_true (strata_profile_equal (read, profile));
      g_assert_true (strata_blob_equal (again, sealed));
    }
}

/* The body is of the profile alone; what is before it is read back. */
static void
test_head_and_body (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = make_profile (0);
  const char *parent = hostile[G_N_ELEMENTS (hostile) - 1];
  g_autoptr(StrataBlob) first = write_profile (fixture, profile, NULL, 1);
  g_autoptr(StrataBlob) second = write_profile (fixture, profile, parent, 1764000000);
  g_autoptr(StrataRevision) one = strata_revision_read_step (first, NULL);
  g_autoptr(StrataRevision) two = strata_revision_read_step (second, NULL);

  g_assert_false (strata_blob_equal (first, second));
  g_assert_cmpstr (strata_revision_get_body (first), ==, strata_revision_get_body (second));
  g_assert_null (one->parent);
  g_assert_cmpstr (two->parent, ==, parent);
  g_assert_cmpint (two->time, ==, 1764000000);
  g_assert_cmpint (two->reason, ==, STRATA_REASON_IMPORT);
  g_assert_cmpuint (two->n_layers, ==, G_N_ELEMENTS (hostile));
  g_assert_cmpstr (two->digest, ==, strata_blob_get_digest (second));
}

/* Whatever differs in a profile makes another body. */
static void
test_body_tells_all (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (2);
  g_autoptr(StrataBlob) sealed = write_profile (fixture, profile, NULL, 1);

  for (guint i = 0; i < STRATA_LAYER_N_FIELDS; i++)
    {
      g_autoptr(StrataLayer) layer =
        strata_layer_with (strata_profile_get_layer (profile, 1), i, "other");
      g_autoptr(StrataProfile) other = strata_profile_with_layer (profile, 1, layer);
      g_autoptr(StrataBlob) other_sealed = write_profile (fixture, other, NULL, 1);

      g_assert_false (strata_blob_equal (sealed, other_sealed));
    }
}

static void
test_collects_digests (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr(GHashTable) blobs =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(StrataProfile) profile = make_profile (3);
  g_autofree char *body = strata_revision_write (profile, NULL, blobs, NULL);
  g_autoptr(StrataBlob) sealed = strata_revision_seal (body, NULL, 1, STRATA_REASON_SAVE);
  GHashTableIter iter;
  gpointer digest;

  strata_revision_collect_digests (sealed, digests);
  g_hash_table_iter_init (&iter, blobs);
  while (g_hash_table_iter_next (&iter, &digest, NULL))
    g_assert_true (g_hash_table_contains (digests, digest));
}

/* Found by fuzzing: with no text at all there was no group to read. */
static void
test_empty_profile (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = strata_profile_new ("", "");
  g_autoptr(StrataProfile) typeless = strata_profile_with (profile, STRATA_PROFILE_TYPE, "");
  g_autoptr(StrataProfile) bare = strata_profile_with (typeless, STRATA_PROFILE_CLOUD_TYPE, "");
  g_autoptr(StrataBlob) sealed = write_profile (fixture, bare, NULL, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) read = strata_revision_read (sealed, fixture->path, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (strata_profile_equal (read, bare));
}

static void
test_refuses_other_than_utf8 (StoreFixture  *fixture,
                              gconstpointer  data)
{
  g_autoptr(GHashTable) blobs =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(StrataProfile) profile = strata_profile_new ("caf\xe9", "1.0.0");
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_revision_write (profile, NULL, blobs, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

typedef struct
{
  const char *name;
  const char *text;
  int         code;  /* of the error, or -1 when it is read */
} Case;

#define HEAD "[revision]\nformat=1\n[profile]\nname=x\n"
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const Case cases[] = {
  { "empty", "", STRATA_ERROR_CORRUPT },
  { "rubbish", "rubbish", STRATA_ERROR_CORRUPT },
  { "open-group", "[revision", STRATA_ERROR_CORRUPT },
  { "no-format", "[revision]\n[profile]\n", STRATA_ERROR_CORRUPT },
  { "no-profile", "[revision]\nformat=1\n", STRATA_ERROR_CORRUPT },
  { "newer-format", "[revision]\nformat=2\n[profile]\n", STRATA_ERROR_INVALID },
  { "negative-format", "[revision]\nformat=-1\n[profile]\n", STRATA_ERROR_CORRUPT },
  { "bare", HEAD, -1 },
  { "not-utf8", HEAD "description=\xff\xfe\n", -1 },
  { "layer-without-kind", HEAD "[layer 0]\nname=a\n", STRATA_ERROR_CORRUPT },
  { "unknown-kind", HEAD "[layer 0]\nkind=banana\n", STRATA_ERROR_CORRUPT },
  { "gap-in-layers", HEAD "[layer 1]\nkind=pack\n", -1 },
  { "values-no-digest", HEAD "[layer 0]\nkind=pack\nvalues=../../etc/passwd\n",
    STRATA_ERROR_CORRUPT },
  { "values-missing", HEAD "[layer 0]\nkind=pack\nvalues=" DIGEST "\n", STRATA_ERROR_CORRUPT },
  { "file-without-digest", HEAD "[layer 0]\nkind=pack\nfiles=a;\n", STRATA_ERROR_CORRUPT },
  { "manifest-of-three", HEAD "[layer 0]\nkind=pack\nmanifest-0=a;b;c;\n", -1 },
  { "manifest-bad-digest", HEAD "[layer 0]\nkind=pack\nmanifest-0=a;b;;;\n",
    STRATA_ERROR_CORRUPT },
  { "option-of-one", HEAD "[variable 0]\nname=v\noption-0=a;\n", -1 },
  { "bad-escape", HEAD "tags=\\q;\\\n[variable 0]\nname=\\\n", -1 },
  { "tag-without-mark", HEAD "tags=;=;=a;\n", -1 },
  { "flag-no-bool", HEAD "[variable 0]\nname=v\nrequired=maybe\n", -1 },
};

static void
test_hostile (StoreFixture  *fixture,
              gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataBlob) sealed = strata_blob_new_text (cases[i].text);
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataProfile) read = strata_revision_read (sealed, fixture->path, NULL, &error);

      g_test_message ("%s", cases[i].name);
      if (cases[i].code < 0)
        {
          g_assert_no_error (error);
          g_assert_nonnull (read);
        }
      else
        {
          g_assert_error (error, STRATA_ERROR, cases[i].code);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/revision/round-trip", test_round_trip);
  store_fixture_add ("/services/revision/head-and-body", test_head_and_body);
  store_fixture_add ("/services/revision/body-tells-all", test_body_tells_all);
  store_fixture_add ("/services/revision/collects-digests", test_collects_digests);
  store_fixture_add ("/services/revision/empty-profile", test_empty_profile);
  store_fixture_add ("/services/revision/refuses-other-than-utf8", test_refuses_other_than_utf8);
  store_fixture_add ("/services/revision/hostile", test_hostile);

  return g_test_run ();
}
