/* strata-oci-reference.c - one version in an OCI registry: "charts/web:1.2.0@sha256:…"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-reference"

#include "strata-oci-reference.h"

#include "strata-oci-names.h"

/**
 * strata_oci_reference_parse:
 * @text: what strata_oci_reference_to_text() wrote
 *
 * Returns: (transfer full) (nullable): the reference; %NULL when @text is none
 */
StrataOciReference *
strata_oci_reference_parse (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_auto(GStrv) and_digest = g_strsplit (text, "@", 2);
  g_auto(GStrv) parts = and_digest[0] != NULL ? g_strsplit (and_digest[0], ":", 2) : NULL;

  if (parts == NULL || g_strv_length (parts) != 2 || !strata_oci_name_is_repository (parts[0]) ||
      !strata_oci_name_is_tag (parts[1]) || (and_digest[1] != NULL && !strata_oci_name_is_digest (and_digest[1])))
    return NULL;

  StrataOciReference *self = g_new0 (StrataOciReference, 1);

  self->repository = g_strdup (parts[0]);
  self->tag = g_strdup (parts[1]);
  self->digest = g_strdup (and_digest[1]);

  return self;
}

/**
 * strata_oci_reference_to_text:
 * @repository: a repository
 * @tag: one of its tags
 * @digest: (nullable): the digest of its manifest
 *
 * Returns: (transfer full): all in one text
 */
char *
strata_oci_reference_to_text (const char *repository,
                              const char *tag,
                              const char *digest)
{
  g_return_val_if_fail (repository != NULL && tag != NULL, NULL);

  return g_strconcat (repository, ":", tag, digest != NULL ? "@" : NULL, digest, NULL);
}

/**
 * strata_oci_reference_free:
 * @self: (transfer full): a reference
 *
 * Frees it.
 */
void
strata_oci_reference_free (StrataOciReference *self)
{
  g_free (self->repository);
  g_free (self->tag);
  g_free (self->digest);
  g_free (self);
}
