/* edge-fixture.h - a console that has one appliance, and publishes, lies and fails as a test wants it to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "contract.h"
#include "strata-profile.h"

G_BEGIN_DECLS

#define EDGE_TOKEN "token-of-the-site"
#define EDGE_KEY "key-of-the-host"
#define EDGE_PROFILE "64eaff453040297344bc0001"

typedef struct _EdgeFixture EdgeFixture;

/* What is wrong with it. */
typedef enum
{
  EDGE_TELLS_NO_DIGESTS = 1 << 0,
  EDGE_SENDS_WRONG_MANIFEST = 1 << 1,
  EDGE_SENDS_WRONG_ARCHIVE = 1 << 2,
  EDGE_ANNOUNCES_OTHER = 1 << 3,
  EDGE_IS_DOWN = 1 << 4,
  EDGE_LINKS_LATER = 1 << 5,
  EDGE_HAS_NO_MANIFESTS = 1 << 6,
} EdgeFault;

EdgeFixture   *edge_fixture_new           (void);
void           edge_fixture_free          (EdgeFixture    *self);

const char    *edge_fixture_get_url       (EdgeFixture    *self);
void           edge_fixture_publish       (EdgeFixture    *self,
                                           StrataProfile  *profile);
void           edge_fixture_set_faults    (EdgeFixture    *self,
                                           EdgeFault       faults);
void           edge_fixture_set_contract  (EdgeFixture    *self,
                                           Contract       *contract);
void           edge_fixture_forget_host   (EdgeFixture    *self);
void           edge_fixture_forget_log    (EdgeFixture    *self);

guint          edge_fixture_count         (EdgeFixture    *self,
                                           const char     *start);
char          *edge_fixture_get_log       (EdgeFixture    *self);
char          *edge_fixture_get_history   (EdgeFixture    *self,
                                           const char     *layer);
char          *edge_fixture_get_condition (EdgeFixture    *self,
                                           const char     *layer);
char          *edge_fixture_get_health    (EdgeFixture    *self);
char          *edge_fixture_get_checksum  (EdgeFixture    *self);

StrataProfile *edge_fixture_make_profile  (guint           n_layers);
StrataProfile *edge_fixture_edit          (StrataProfile  *profile,
                                           guint           position,
                                           const char     *text);
StrataProfile *edge_fixture_set_variable  (StrataProfile  *profile,
                                           const char     *value);
char          *edge_fixture_save          (StrataProfile  *profile,
                                           const char     *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeFixture, edge_fixture_free)

G_END_DECLS
