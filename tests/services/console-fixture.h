/* console-fixture.h - a console that says what a test wants it to, and notes what it was asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "contract.h"
#include "strata-console.h"
#include "strata-error.h"
#include "web-fixture.h"

#define CONSOLE_KEY "sekret-key-0123456789"
#define CONSOLE_PROJECT "64eaff453040297344bc0020"
#define CONSOLE_CUT 0      /* statuses that are none: the connection is cut, */
#define CONSOLE_SILENCE 1  /* or nothing is said until the test is over */
#define CONSOLE_PROFILE "64eaff453040297344bc0001"

/**
 * ConsoleRoute:
 * @call: the method and the path, `GET /v1/users/info`; a path that ends in `*` stands for all that begin so
 * @status: with which status it is answered, CONSOLE_CUT or CONSOLE_SILENCE
 * @body: (nullable): what is answered; one that begins with `@` names a published example
 * @headers: (nullable): lines of the head, each with its end
 * @most: how often it is answered so, 0 for always: then the next one of the same call counts
 *
 * What the console says to a call. The first that fits counts.
 */
typedef struct
{
  const char *call;
  guint       status;
  const char *body;
  const char *headers;
  guint       most;
} ConsoleRoute;

/* A console, which ends with the test. What is not in @routes is answered as the real one does it: 404. */
typedef struct
{
  Web                *web;       /* (owned) */
  StrataConsole      *console;   /* (owned) signed in with CONSOLE_KEY, in CONSOLE_PROJECT */
  const ConsoleRoute *routes;    /* (unowned), ends with an empty one */
  guint              *counts;    /* (owned) how often each was answered */
  Contract           *contract;  /* (owned) (nullable) what is asked has to be as it says */
  GMutex              mutex;
} ConsoleFixture;

ConsoleFixture *console_fixture_new    (const ConsoleRoute  *routes);
void            console_fixture_free   (ConsoleFixture      *self);

char           *console_fixture_read   (const char          *example);
guint           console_fixture_count  (ConsoleFixture      *self,
                                        const char          *call);
WebRequest     *console_fixture_find   (ConsoleFixture      *self,
                                        const char          *call,
                                        guint                number);
JsonNode       *console_fixture_body   (ConsoleFixture      *self,
                                        const char          *call);
gboolean        console_fixture_has    (ConsoleFixture      *self,
                                        const char          *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsoleFixture, console_fixture_free)
