/* contract-fixture.h - a sandbox console in the process of a test, of which each word is checked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "../temp-folder.h"
#include "contract.h"
#include "strata-console.h"
#include "strata-sandbox.h"

/* A console in this process, and the client of it. */
typedef struct
{
  TempFolder     folder;
  StrataSandbox *sandbox;   /* (owned) */
  StrataConsole *console;   /* (owned) */
  Contract      *contract;  /* (owned) (nullable) */
  GMutex         mutex;     /* for all below */
  GString       *wrong;     /* (owned) what is not as published */
  guint          n_changes; /* requests that change something */
  guint          n_refused; /* requests that came too fast */
} ContractFixture;

void           contract_fixture_set_up      (ContractFixture    *self,
                                             gconstpointer      data);
void           contract_fixture_tear_down   (ContractFixture    *self,
                                             gconstpointer      data);
void           contract_fixture_start       (ContractFixture    *self,
                                             double             fail_rate,
                                             gboolean           has_rate_limit);
StrataConsole *contract_fixture_open        (ContractFixture    *self,
                                             const char        *project);
void           contract_fixture_assert_used (const char *const *operations,
                                             guint              n_operations);
