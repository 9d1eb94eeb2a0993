/* strata-kinds.h - the kinds of Kubernetes objects that are known, those of a profile's own definitions among them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-blob.h"
#include "strata-kind.h"

G_BEGIN_DECLS

/**
 * StrataKinds:
 *
 * A boxed value that never changes, for any thread: what Kubernetes itself has from 1.28 to 1.36, and kinds of
 * CustomResourceDefinitions on top of them.
 */
typedef struct _StrataKinds StrataKinds;

#define STRATA_TYPE_KINDS (strata_kinds_get_type ())

GType             strata_kinds_get_type     (void);
StrataKinds      *strata_kinds_get_default  (void);
StrataKinds      *strata_kinds_with_crds    (StrataKinds    *self,
                                             GPtrArray      *texts);
StrataKinds      *strata_kinds_ref          (StrataKinds    *self);
void              strata_kinds_unref        (StrataKinds    *self);

guint             strata_kinds_get_n_kinds  (StrataKinds    *self);
const StrataKind *strata_kinds_get_kind     (StrataKinds    *self,
                                             guint           index);
const StrataKind *strata_kinds_lookup       (StrataKinds    *self,
                                             const char     *api_version,
                                             const char     *name);
gboolean          strata_kinds_has_group    (StrataKinds    *self,
                                             const char     *api_version);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataKinds, strata_kinds_unref)

G_END_DECLS
