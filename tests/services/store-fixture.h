/* store-fixture.h - a store of its own for each test, and profiles to put in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-store.h"

typedef struct
{
  char        *path;   /* (owned) */
  StrataStore *store;  /* (owned) */
} StoreFixture;

typedef void (*StoreTest) (StoreFixture  *fixture,
                           gconstpointer  data);

void           store_fixture_add          (const char     *path,
                                           StoreTest       test);
StrataStore   *store_fixture_open         (StoreFixture   *fixture);
void           store_fixture_remove_tree  (const char     *path);

StrataProfile *store_fixture_make_profile (guint           n_layers);
StrataProfile *store_fixture_edit         (StrataProfile  *profile,
                                           const char     *values);
StrataProfile *store_fixture_save         (StoreFixture   *fixture,
                                           StrataProfile  *profile,
                                           StrataReason    reason);
StrataProfile *store_fixture_save_text    (StoreFixture   *fixture,
                                           StrataProfile  *profile,
                                           const char     *values,
                                           StrataReason    reason);

char          *store_fixture_get_object_path (StoreFixture *fixture,
                                           const char     *digest);
GPtrArray     *store_fixture_list_objects (StoreFixture   *fixture);
void           store_fixture_flip_bit     (const char     *path);

char          *store_fixture_get_head     (StoreFixture   *fixture,
                                           StrataProfile  *profile);
void           store_fixture_assert_lists (StoreFixture   *fixture,
                                           guint           n_profiles,
                                           guint           n_trash);
