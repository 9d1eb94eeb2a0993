/* sync-fixture.h - a console of its own, somebody else who works at it, and a workspace of this computer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-accounts.h"
#include "strata-console-profiles.h"
#include "strata-sandbox.h"
#include "strata-sync.h"

typedef struct
{
  char          *path;       /* (owned): all that is written */
  char          *data;       /* (owned): what a person's data folder would be */
  StrataSandbox *sandbox;    /* (owned) */
  StrataConsole *console;    /* (owned): we */
  StrataConsole *other;      /* (owned): somebody else with the same console */
  char          *workspace;  /* (owned): our workspace */
  StrataStore   *store;      /* (owned) */
  StrataSync    *sync;       /* (owned) */

  GCancellable  *cancellable;  /* (owned): what ends our requests */
  int            cancel_after; /* requests from now on that are answered yet; -1 for all */
  int            n_gets;       /* how often one profile was read */
  int            n_writes;     /* how often something was changed */
  GString       *sent;         /* (owned): what was changed there, a line each: method, path and body */
  StrataProfile *meanwhile;    /* (owned) (nullable): what is saved here when something is changed there */
  GMutex         mutex;        /* for the numbers above: the console has a thread of its own */
} SyncFixture;

typedef void (*SyncTest) (SyncFixture *fixture, gconstpointer data);

void           sync_fixture_add       (const char *path, SyncTest test);
void           sync_fixture_add_failing (const char *path, SyncTest test);

void           sync_fixture_cut       (SyncFixture *self, int after);
void           sync_fixture_mend      (SyncFixture *self);
int            sync_fixture_take_gets (SyncFixture *self);
char          *sync_fixture_take_sent (SyncFixture *self);

StrataProfile *sync_fixture_make      (const char *name, const char *version, guint n_layers);
StrataProfile *sync_fixture_edit      (StrataProfile *profile, guint layer, const char *values);
StrataProfile *sync_fixture_save      (SyncFixture *self, StrataProfile *profile);
char          *sync_fixture_create    (SyncFixture *self, StrataProfile *profile, gboolean publish);
StrataConsoleProfile *sync_fixture_read_there (SyncFixture *self, const char *uid);
void           sync_fixture_edit_there (SyncFixture *self, const char *uid, guint layer, const char *values);
const char    *sync_fixture_get_values (StrataProfile *profile, guint layer);

void           sync_fixture_refresh   (SyncFixture *self);
StrataProfile *sync_fixture_pull      (SyncFixture *self, const char *id);
StrataProfile *sync_fixture_push      (SyncFixture *self, const char *id, StrataSyncPush flags);
StrataEntry   *sync_fixture_get_entry (SyncFixture *self, const char *id);
void           sync_fixture_assert_state (SyncFixture *self, const char *id, StrataState state);
int            sync_fixture_get_action (SyncFixture *self, const char *id);
char          *sync_fixture_get_there (SyncFixture *self, const char *uid, guint layer);
