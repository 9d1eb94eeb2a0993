/* strata-oci-registry.h - charts and packs in an OCI registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"

G_BEGIN_DECLS

#define STRATA_TYPE_OCI_REGISTRY (strata_oci_registry_get_type ())

G_DECLARE_FINAL_TYPE (StrataOciRegistry, strata_oci_registry, STRATA, OCI_REGISTRY, GObject)

StrataRegistry *strata_oci_registry_new (StrataRemote  *remote,
                                         StrataShelf   *shelf);

G_END_DECLS
