/* strata-profile-work.h - reading a profile, and adding a layer to one, in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-store.h"

G_BEGIN_DECLS

#define STRATA_FIRST_VERSION "1.0.0"  /* of a profile nobody gave another one */

/**
 * StrataProfileWork:
 * @store: the store
 * @id: which profile; the name of a new one for strata_profile_work_create()
 * @layer: (nullable): the layer to add
 *
 * What is asked for; all members are owned.
 */
typedef struct
{
  StrataStore *store;
  char        *id;
  StrataLayer *layer;
} StrataProfileWork;

StrataProfileWork *strata_profile_work_new       (StrataStore        *store,
                                                  const char         *id,
                                                  StrataLayer        *layer);
void               strata_profile_work_free      (StrataProfileWork  *work);
gpointer           strata_profile_work_load      (gpointer            work,
                                                  GCancellable       *cancellable,
                                                  GError            **error);
gpointer           strata_profile_work_load_with_aside (gpointer      work,
                                                  GCancellable       *cancellable,
                                                  GError            **error);
gpointer           strata_profile_work_add_layer (gpointer            work,
                                                  GCancellable       *cancellable,
                                                  GError            **error);
gpointer           strata_profile_work_create    (gpointer            work,
                                                  GCancellable       *cancellable,
                                                  GError            **error);

G_END_DECLS
