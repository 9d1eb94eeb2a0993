/* test-oci-names.c - what may be a repository, a tag or a digest; pages and challenges; manifests
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-oci-manifest.h"
#include "strata-oci-names.h"
#include "strata-oci-reference.h"
#include "strata-oci-version.h"

#include <string.h>

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define PART(type) "{\"mediaType\": \"" type "\", \"digest\": \"sha256:" HEX "\", \"size\": 5}"

static void
assert_names (gboolean          (*is_name) (const char *name),
              const char *const  *names,
              gboolean            expected)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (is_name (names[i]) != expected)
      g_error ("“%s” must %sbe taken", names[i], expected ? "" : "not ");
}

static void
test_repositories (void)
{
  g_autofree char *endless = g_strnfill (300, 'a');
  const char *good[] = { "web", "charts/web", "a.b/c_d/e__f/g-h/i--j", "0", NULL };
  const char *bad[] = { "", "/", "web/", "/web", "a//b", "Web", "a..b", "a___b", "-a", "a-", "a b", "../x", "ä", "a:b",
                        "a?b", "a%2fb", "a\nb", endless, NULL };

  assert_names (strata_oci_name_is_repository, good, TRUE);
  assert_names (strata_oci_name_is_repository, bad, FALSE);
}

static void
test_tags (void)
{
  g_autofree char *endless = g_strnfill (129, 'a');
  const char *good[] = { "latest", "1.2.0", "v1", "_x", "1.2.0_build.5", "A-B", NULL };
  const char *bad[] = { "", ".a", "-a", "a/b", "a:b", "a+b", "a b", "ä", "a?n=1", endless, NULL };

  assert_names (strata_oci_name_is_tag, good, TRUE);
  assert_names (strata_oci_name_is_tag, bad, FALSE);
}

static void
test_digests (void)
{
  const char *good[] = { "sha256:" HEX, NULL };
  const char *bad[] = { "", "sha256:", "sha256:ABC", HEX, "sha512:" HEX, "sha256:" HEX "0", "md5:1", NULL };

  assert_names (strata_oci_name_is_digest, good, TRUE);
  assert_names (strata_oci_name_is_digest, bad, FALSE);
}

/* Helm's rule for what a tag cannot have. */
static void
test_versions (void)
{
  const struct { const char *tag; const char *version; } cases[] = {
    { "1.2.0", "1.2.0" }, { "v1.2.0", "v1.2.0" }, { "1.2.0_build.5", "1.2.0+build.5" }, { "1.2.0-rc.1", "1.2.0-rc.1" },
    { "latest", NULL }, { "1", NULL }, { "1.2", NULL }, { "sha256-" HEX ".sig", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *version = strata_oci_name_tag_to_version (cases[i].tag);
      g_autofree char *tag = version != NULL ? strata_oci_name_version_to_tag (version) : NULL;

      g_assert_cmpstr (version, ==, cases[i].version);
      g_assert_cmpstr (tag, ==, cases[i].version != NULL ? cases[i].tag : NULL);
    }

  g_assert_null (strata_oci_name_version_to_tag ("1 2"));
}

static void
test_links (void)
{
  const struct { const char *link; const char *next; } cases[] = {
    { NULL, NULL },
    { "", NULL },
    { "</v2/_catalog?last=b&n=2>; rel=\"next\"", "/v2/_catalog?last=b&n=2" },
    { "<https://x.example/a,b>; rel=next", "https://x.example/a,b" },
    { "</first>; rel=\"first\", </second>; rel=\"next\"", "/second" },
    { "</v2>; title=\"x\" ; REL=\"next\"", "/v2" },
    { "</v2>; rel=\"prev\"", NULL },
    { "</v2; rel=\"next\"", NULL },
    { "rel=\"next\"", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *next = strata_oci_link_next (cases[i].link);

      g_assert_cmpstr (next, ==, cases[i].next);
    }
}

static void
test_challenges (void)
{
  const struct { const char *header; const char *realm; const char *service; const char *scope; } cases[] = {
    { "Bearer realm=\"https://a.example/token\",service=\"a\",scope=\"repository:x:pull,push\"",
      "https://a.example/token", "a", "repository:x:pull,push" },
    { "bearer realm=https://a.example/token, service=a", "https://a.example/token", "a", NULL },
    { "Basic realm=\"Bearer realm=https://b.example\"", NULL, NULL, NULL },
    { "Basic realm=\"x\", Bearer realm=\"https://a.example\"", "https://a.example", NULL, NULL },
    { "Bearer realm=\"https://a.example\", Basic realm=\"x\"", "https://a.example", NULL, NULL },
    { "Bearer realm=\"a\\\"b\", realm=\"second\"", "a\"b", NULL, NULL },
    { "Basic", NULL, NULL, NULL },
  };
  const char *none[] = { NULL, "", "Digest realm=\"x\"", "Bearer service=\"x\"", "Bearer", "realm=\"Basic \"" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataOciChallenge) challenge = strata_oci_challenge_parse (cases[i].header);

      g_assert_nonnull (challenge);
      g_assert_cmpstr (challenge->realm, ==, cases[i].realm);
      g_assert_cmpstr (challenge->service, ==, cases[i].service);
      g_assert_cmpstr (challenge->scope, ==, cases[i].scope);
    }

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (strata_oci_challenge_parse (none[i]));
}

static void
test_references (void)
{
  g_autofree char *text = strata_oci_reference_to_text ("charts/web", "1.2.0", "sha256:" HEX);
  g_autoptr(StrataOciReference) reference = strata_oci_reference_parse (text);
  g_autoptr(StrataOciReference) bare = strata_oci_reference_parse ("web:latest");
  const char *bad[] = { "", "web", "web:", ":1", "web:1@sha256:1", "Web:1", "web:1@", NULL };

  g_assert_cmpstr (text, ==, "charts/web:1.2.0@sha256:" HEX);
  g_assert_cmpstr (reference->repository, ==, "charts/web");
  g_assert_cmpstr (reference->tag, ==, "1.2.0");
  g_assert_cmpstr (reference->digest, ==, "sha256:" HEX);
  g_assert_null (bare->digest);

  for (guint i = 0; bad[i] != NULL; i++)
    g_assert_null (strata_oci_reference_parse (bad[i]));
}

static StrataOciManifest *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return strata_oci_manifest_parse (bytes, "web:1", error);
}

static void
test_manifests (void)
{
  const struct { const char *text; StrataOciContent content; gboolean has_archive; } cases[] = {
    { "{\"config\": " PART (STRATA_OCI_TYPE_CHART_CONFIG) ", \"layers\": [" PART (STRATA_OCI_TYPE_PROVENANCE) ", "
      PART (STRATA_OCI_TYPE_CHART) "]}", STRATA_OCI_CHART, TRUE },
    { "{\"config\": " PART (STRATA_OCI_TYPE_CHART_CONFIG) ", \"layers\": [" PART ("application/tar+gzip") "]}",
      STRATA_OCI_CHART, TRUE },
    { "{\"config\": " PART (STRATA_OCI_TYPE_CHART_CONFIG) ", \"layers\": []}", STRATA_OCI_CHART, FALSE },
    { "{\"config\": " PART ("application/vnd.unknown.config.v1+json") ", \"layers\": ["
      PART ("application/vnd.oci.image.layer.v1.tar+gzip") "]}", STRATA_OCI_PACK, TRUE },
    { "{\"config\": " PART ("application/vnd.oci.image.config.v1+json") ", \"layers\": ["
      PART ("application/vnd.oci.image.layer.v1.tar+gzip") "]}", STRATA_OCI_OTHER, FALSE },
    { "{\"manifests\": [" PART ("application/vnd.oci.image.manifest.v1+json") "]}", STRATA_OCI_INDEX, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataOciManifest) manifest = parse (cases[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpint (strata_oci_manifest_get_content (manifest), ==, cases[i].content);
      g_assert_cmpint (strata_oci_manifest_get_archive (manifest) != NULL, ==, cases[i].has_archive);
      g_assert_cmpint (strata_oci_manifest_has_provenance (manifest), ==, i == 0);
      g_assert_true (strata_oci_name_is_digest (strata_oci_manifest_get_digest (manifest)));
    }
}

static void
test_bad_manifests (void)
{
  g_autoptr(GString) many = g_string_new ("{\"manifests\": [");
  g_autofree char *huge = g_strnfill (STRATA_OCI_MAX_MANIFEST + 1, ' ');
  const char *texts[] = {
    "", "[]", "{", "{}", "null", "{\"layers\": []}", "{\"config\": {}, \"layers\": []}", "{\"manifests\": [null]}",
    "{\"manifests\": [{\"mediaType\": \"x\", \"digest\": \"sha256:" HEX "\", \"size\": -1}]}",
    "{\"manifests\": [{\"mediaType\": \"x\", \"digest\": \"sha256:" HEX "\"}]}",
    "{\"manifests\": [{\"mediaType\": \"x\", \"digest\": \"../../etc\", \"size\": 1}]}",
    "{\"manifests\": [{\"mediaType\": 5, \"digest\": \"sha256:" HEX "\", \"size\": 1}]}", NULL,
  };

  for (guint i = 0; i < 1001; i++)
    g_string_append_printf (many, "%s" PART ("x"), i > 0 ? "," : "");
  g_string_append (many, "]}");
  texts[G_N_ELEMENTS (texts) - 1] = many->str;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
    }

  g_autoptr(GError) error = NULL;

  g_assert_null (parse (huge, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
}

/* A repository may have a hundred thousand versions, and the description of the newest a megabyte. */
static void
test_long_description (void)
{
  g_autofree char *endless = g_strnfill (1000000, 'x');
  g_autofree char *text = g_strdup_printf ("{\"name\": \"web\", \"description\": \"%s\"}", endless);
  g_autoptr(GBytes) config = g_bytes_new_static (text, strlen (text));
  g_autoptr(StrataOciVersion) newest = strata_oci_version_new (STRATA_LAYER_KIND_OCI, "web", "2.0.0", "2.0.0");
  g_autoptr(StrataOciVersion) older = strata_oci_version_new (STRATA_LAYER_KIND_OCI, "web", "1.0.0", "1.0.0");
  g_autoptr(StrataOciVersion) oldest = strata_oci_version_new (STRATA_LAYER_KIND_OCI, "web", "0.9.0", "0.9.0");

  g_assert_true (strata_oci_version_set_config (newest, config));
  strata_oci_version_describe_as (older, newest);
  strata_oci_version_describe_as (oldest, newest);

  const char *description = strata_oci_version_get_entry (older)->description;

  g_assert_true (g_str_has_prefix (description, "xxx"));
  g_assert_cmpuint (strlen (description), <=, 2048);
  g_assert_true (description == strata_oci_version_get_entry (oldest)->description);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oci-names/repositories", test_repositories);
  g_test_add_func ("/oci-names/tags", test_tags);
  g_test_add_func ("/oci-names/digests", test_digests);
  g_test_add_func ("/oci-names/versions", test_versions);
  g_test_add_func ("/oci-names/links", test_links);
  g_test_add_func ("/oci-names/challenges", test_challenges);
  g_test_add_func ("/oci-names/references", test_references);
  g_test_add_func ("/oci-version/long-description", test_long_description);
  g_test_add_func ("/oci-manifest/reads", test_manifests);
  g_test_add_func ("/oci-manifest/refuses", test_bad_manifests);

  return g_test_run ();
}
