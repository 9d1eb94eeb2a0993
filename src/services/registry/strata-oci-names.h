/* strata-oci-names.h - what an OCI registry calls things: repositories, tags, digests, and how it asks for a token
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataOciChallenge:
 * @realm: where tokens are given; %NULL when a password will do
 * @service: (nullable): what the token is for
 * @scope: (nullable): what the registry says is needed
 *
 * What a registry asks for before it answers; all members are owned.
 */
typedef struct
{
  char *realm;
  char *service;
  char *scope;
} StrataOciChallenge;

gboolean            strata_oci_name_is_repository  (const char  *name);
gboolean            strata_oci_name_is_tag         (const char  *name);
gboolean            strata_oci_name_is_digest      (const char  *name);
char               *strata_oci_name_tag_to_version (const char  *tag);
char               *strata_oci_name_version_to_tag (const char  *version);
char               *strata_oci_name_signature_tag  (const char  *digest);

char               *strata_oci_link_next           (const char  *link);

StrataOciChallenge *strata_oci_challenge_parse     (const char  *header);
void                strata_oci_challenge_free      (StrataOciChallenge *challenge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataOciChallenge, strata_oci_challenge_free)

G_END_DECLS
