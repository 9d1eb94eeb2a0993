/* strata-oci-reference.h - one version in an OCI registry: "charts/web:1.2.0@sha256:…"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataOciReference:
 * @repository: the repository
 * @tag: the tag
 * @digest: (nullable): of the manifest that the tag named when it was looked at, "sha256:…"
 *
 * Where a version is; all members are owned.
 */
typedef struct
{
  char *repository;
  char *tag;
  char *digest;
} StrataOciReference;

StrataOciReference *strata_oci_reference_parse   (const char          *text);
char               *strata_oci_reference_to_text (const char          *repository,
                                                  const char          *tag,
                                                  const char          *digest);
void                strata_oci_reference_free    (StrataOciReference  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataOciReference, strata_oci_reference_free)

G_END_DECLS
