/* strata-helm-version.h - one version in the index of a Helm repository, while it is read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-writer.h"

G_BEGIN_DECLS

/* What a member of a version is, and how it is read. */
typedef enum
{
  STRATA_HELM_OTHER,
  STRATA_HELM_TEXT,
  STRATA_HELM_LIST,
  STRATA_HELM_PEOPLE,
  STRATA_HELM_DEPENDENCIES,
  STRATA_HELM_ANNOTATIONS,
  STRATA_HELM_FLAG,
} StrataHelmMember;

typedef struct _StrataHelmVersion StrataHelmVersion;

StrataHelmVersion *strata_helm_version_new            (void);
void               strata_helm_version_free           (StrataHelmVersion  *self);
void               strata_helm_version_reset          (StrataHelmVersion  *self);

StrataHelmMember   strata_helm_version_find           (const char         *key,
                                                       gsize              *which);
void               strata_helm_version_set_text       (StrataHelmVersion  *self,
                                                       gsize               which,
                                                       const char         *text,
                                                       gsize               length);
void               strata_helm_version_add_item       (StrataHelmVersion  *self,
                                                       gsize               which,
                                                       const char         *text,
                                                       gsize               length);
void               strata_helm_version_add_person     (StrataHelmVersion  *self,
                                                       const char         *name,
                                                       const char         *email);
void               strata_helm_version_add_dependency (StrataHelmVersion  *self,
                                                       const char         *name,
                                                       const char         *version,
                                                       const char         *repository,
                                                       gboolean            optional);
void               strata_helm_version_annotate       (StrataHelmVersion  *self,
                                                       const char         *key,
                                                       const char         *text,
                                                       gsize               length);
void               strata_helm_version_deprecate      (StrataHelmVersion  *self);

gboolean           strata_helm_version_write          (StrataHelmVersion  *self,
                                                       const char         *name,
                                                       StrataIndexWriter  *writer,
                                                       GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataHelmVersion, strata_helm_version_free)

G_END_DECLS
