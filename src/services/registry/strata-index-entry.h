/* strata-index-entry.h - all that a registry says of one version of a pack or chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-pack.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_INDEX_UNKNOWN,
  STRATA_INDEX_NO,
  STRATA_INDEX_YES,
} StrataIndexAnswer;

/**
 * StrataIndexEntry:
 * @kind: a pack or a chart
 * @name: what it is called
 * @version: which version
 * @display_name: (nullable): what a person reads, when that is not the name
 * @app_version: (nullable): the version of what is in it
 * @description: (nullable): one sentence
 * @home: (nullable): its page
 * @icon: (nullable): the address of a picture
 * @created: (nullable): when it was made, as RFC 3339 writes it
 * @digest: (nullable): the SHA-256 of its bytes, in hexadecimal; what is no such digest is not kept
 * @kube_version: (nullable): the versions of Kubernetes it is for
 * @type: (nullable): of a chart "application" or "library", of a pack its layer
 * @location: (nullable): where in the registry it is: for folders and files a path
 * @images: (nullable): the YAML text that an annotation lists its images with
 * @keywords: (nullable) (array zero-terminated=1): words it is found by
 * @urls: (nullable) (array zero-terminated=1): where its bytes are, as the index writes it: relative, or on any host
 * @maintainers: (nullable) (array zero-terminated=1): people, as in "Name <mail>"
 * @sources: (nullable) (array zero-terminated=1): addresses of where it is made
 * @dependencies: (nullable) (element-type StrataDependency): the charts it needs
 * @deprecated: whether its makers say not to use it any more
 * @is_signed: whether it has a signature
 * @gone_since: read only: when the registry no longer had it, in seconds since 1970; 0 while it is there
 * @first_seen: read only: when these bytes were first offered, in seconds since 1970
 * @earlier_digest: (nullable): read only: what the same version had as @digest before
 * @earlier_seen: read only: when @earlier_digest was first offered
 *
 * To add one, fill it with borrowed texts: what comes from strangers is bounded and cleaned by the writer.
 */
typedef struct
{
  StrataLayerKind    kind;
  const char        *name;
  const char        *version;
  const char        *display_name;
  const char        *app_version;
  const char        *description;
  const char        *home;
  const char        *icon;
  const char        *created;
  const char        *digest;
  const char        *kube_version;
  const char        *type;
  const char        *location;
  const char        *images;
  const char *const *keywords;
  const char *const *urls;
  const char *const *maintainers;
  const char *const *sources;
  GPtrArray         *dependencies;
  gboolean           deprecated;
  StrataIndexAnswer  is_signed;
  gint64             gone_since;
  gint64             first_seen;
  const char        *earlier_digest;
  gint64             earlier_seen;
} StrataIndexEntry;

void       strata_index_entry_free        (StrataIndexEntry        *entry);
GPtrArray *strata_index_entry_list_images (const StrataIndexEntry  *entry);

char      *strata_index_clean             (const char              *text,
                                           gsize                    max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataIndexEntry, strata_index_entry_free)

G_END_DECLS
