/* strata-helm-registry.h - a Helm repository on the web as a registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"
#include "strata-shelf.h"

G_BEGIN_DECLS

#define STRATA_TYPE_HELM_REGISTRY (strata_helm_registry_get_type ())

G_DECLARE_FINAL_TYPE (StrataHelmRegistry, strata_helm_registry, STRATA, HELM_REGISTRY, GObject)

StrataRegistry *strata_helm_registry_new (StrataRemote  *remote,
                                          StrataShelf   *shelf);

G_END_DECLS
