/* strata-sandbox.h - a console to practise on: the Palette API on loopback, in a thread of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STRATA_TYPE_SANDBOX (strata_sandbox_get_type ())

G_DECLARE_FINAL_TYPE (StrataSandbox, strata_sandbox, STRATA, SANDBOX, GObject)

typedef enum
{
  STRATA_SANDBOX_SEED_NONE,
  STRATA_SANDBOX_SEED_DEMO,
} StrataSandboxSeed;

/**
 * StrataSandboxOptions:
 * @data_dir: the folder that the console is kept in; made when it is not there
 * @content_dir: (nullable): packs, charts and profiles of the demo; %NULL for those that came with the program
 * @port: where it listens on 127.0.0.1; 0 for any that is free
 * @seed: what a console has that was not there before; one that was keeps what it has
 * @n_appliances: how many simulated appliances the demo has
 * @n_profiles: how many profiles it has beside those of the demo, for measurements
 * @latency_ms: how long each answer is held back
 * @fail_rate: 0 to 1: how many requests end in a server error or a cut connection, half of them after the work was done
 * @fail_seed: the same seed fails the same requests; 0 for another each time
 * @no_rate_limit: whether it answers however often it is asked
 *
 * How a sandbox console behaves. All that is 0 or %NULL has a meaning, but for @data_dir.
 */
typedef struct
{
  const char        *data_dir;
  const char        *content_dir;
  guint16            port;
  StrataSandboxSeed  seed;
  guint              n_appliances;
  guint              n_profiles;
  guint              latency_ms;
  double             fail_rate;
  guint32            fail_seed;
  gboolean           no_rate_limit;
} StrataSandboxOptions;

/**
 * StrataSandboxObserver:
 * @method: of the request
 * @path: as it was asked for, still escaped
 * @query: (nullable): as it was asked for
 * @request: the body that came, which may be empty
 * @status: of the answer
 * @reply: (nullable): the body of the answer
 * @data: what was given to strata_sandbox_set_observer()
 *
 * Sees each request that has an answer, before the answer leaves. Runs in the thread of the console.
 */
typedef void (* StrataSandboxObserver) (const char  *method,
                                        const char  *path,
                                        const char  *query,
                                        GBytes      *request,
                                        guint        status,
                                        GBytes      *reply,
                                        gpointer     data);

/* Who asks: a person by `ApiKey: <api key>`, or by `Authorization: <token>` after signing in with the e-mail
 * admin@sandbox.example and the API key as the password. An appliance registers by `ApiKey:` or `Authorization:` with
 * the edge token, which may do all that an appliance does; the answer has `status.serviceAuthToken`, which may do the
 * same for that appliance alone.
 */
StrataSandbox *strata_sandbox_new            (const StrataSandboxOptions  *options,
                                              GError                     **error);
gboolean       strata_sandbox_start          (StrataSandbox               *self,
                                              GError                     **error);
void           strata_sandbox_stop           (StrataSandbox               *self);

const char    *strata_sandbox_get_address    (StrataSandbox               *self);
const char    *strata_sandbox_get_api_key    (StrataSandbox               *self);
const char    *strata_sandbox_get_token      (StrataSandbox               *self);
void           strata_sandbox_set_observer   (StrataSandbox               *self,
                                              StrataSandboxObserver        func,
                                              gpointer                     data,
                                              GDestroyNotify               destroy);

G_END_DECLS
