/* strata-sandbox-catalog.h - the packs and charts that the sandbox console offers, from a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-pack.h"

G_BEGIN_DECLS

#define STRATA_SANDBOX_PACKS_UID "5a0db0c0de00000000000021"
#define STRATA_SANDBOX_CHARTS_UID "5a0db0c0de00000000000022"

/**
 * StrataSandboxOffer:
 * @uid: what the API calls this version of the pack
 * @registry_uid: where it is offered
 * @pack: the pack
 * @archive: the folder as a .tgz, as registries give it
 * @digest: SHA-256 of @archive
 * @logo: (nullable): its picture
 *
 * One version of a pack or chart. All members are owned.
 */
typedef struct
{
  char       *uid;
  const char *registry_uid;
  StrataPack *pack;
  GBytes     *archive;
  char       *digest;
  GBytes     *logo;
} StrataSandboxOffer;

/* What there is does not change while the program runs. */
typedef struct _StrataSandboxCatalog StrataSandboxCatalog;

StrataSandboxCatalog *strata_sandbox_catalog_open     (const char            *content_dir,
                                                       GError               **error);
void                  strata_sandbox_catalog_close    (StrataSandboxCatalog  *self);

GPtrArray            *strata_sandbox_catalog_get_offers (StrataSandboxCatalog *self);
StrataSandboxOffer   *strata_sandbox_catalog_get      (StrataSandboxCatalog  *self,
                                                       const char            *uid);
StrataSandboxOffer   *strata_sandbox_catalog_find     (StrataSandboxCatalog  *self,
                                                       const char            *registry_uid,
                                                       const char            *name,
                                                       const char            *version);
const char           *strata_sandbox_catalog_get_type (StrataSandboxOffer     *offer);
const char           *strata_sandbox_catalog_get_registry_name (const char     *registry_uid);
const char           *strata_sandbox_catalog_get_registry_kind (const char     *registry_uid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSandboxCatalog, strata_sandbox_catalog_close)

G_END_DECLS
