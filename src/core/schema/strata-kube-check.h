/* strata-kube-check.h - what Kubernetes says of the objects in a manifest, found with no cluster
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-kinds.h"
#include "strata-kube-facts.h"

G_BEGIN_DECLS

GPtrArray *strata_kube_check (const char      *text,
                              gsize            length,
                              StrataKinds     *kinds,
                              guint            kubernetes,
                              const char      *name_space,
                              StrataKubeFacts *facts);

G_END_DECLS
