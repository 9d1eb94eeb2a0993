/* strata-dashboard-console.c - what a console says beside the profiles: as of when, and who runs which
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-console"

#include "strata-dashboard-console.h"

#define MINUTE 60

struct _StrataDashboardConsole
{
  GObject           parent_instance;
  StrataConnection *connection;  /* (owned) (not nullable) */
  StrataFleetWatch *watch;       /* (owned) (not nullable) */
  StrataFleetTally *tally;       /* (owned) (not nullable) */
  gint64            checked;     /* seconds since 1970, as it was last told */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataDashboardConsole, strata_dashboard_console, G_TYPE_OBJECT)

static void
strata_dashboard_console_dispose (GObject *object)
{
  StrataDashboardConsole *self = STRATA_DASHBOARD_CONSOLE (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->watch);
  g_clear_object (&self->tally);

  G_OBJECT_CLASS (strata_dashboard_console_parent_class)->dispose (object);
}

static void
strata_dashboard_console_class_init (StrataDashboardConsoleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_dashboard_console_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STRATA_TYPE_DASHBOARD_CONSOLE,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_dashboard_console_init (StrataDashboardConsole *self)
{
}

static void
count (StrataDashboardConsole *self)
{
  g_clear_object (&self->tally);
  self->tally = strata_fleet_tally_new (strata_fleet_watch_get_fleet (self->watch));
}

static void
fleet_changed_cb (StrataDashboardConsole *self)
{
  count (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A clock shows minutes: an answer in the same one is no news for the rows. */
static void
checked_cb (StrataDashboardConsole *self)
{
  gint64 before = self->checked;

  self->checked = strata_connection_get_checked (self->connection) / G_USEC_PER_SEC;
  if (before / MINUTE != self->checked / MINUTE)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * strata_dashboard_console_new:
 * @connection: the console
 * @watch: its appliances, which are counted
 *
 * Returns: (transfer full): what is known of it now
 */
StrataDashboardConsole *
strata_dashboard_console_new (StrataConnection *connection,
                              StrataFleetWatch *watch)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (STRATA_IS_FLEET_WATCH (watch), NULL);

  StrataDashboardConsole *self = g_object_new (STRATA_TYPE_DASHBOARD_CONSOLE, NULL);

  self->connection = g_object_ref (connection);
  self->watch = g_object_ref (watch);
  self->checked = strata_connection_get_checked (connection) / G_USEC_PER_SEC;
  count (self);
  g_signal_connect_object (connection, "notify::checked", G_CALLBACK (checked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (watch, "changed", G_CALLBACK (fleet_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* When the console last answered, in seconds since 1970; 0 for never. */
gint64
strata_dashboard_console_get_checked (StrataDashboardConsole *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_CONSOLE (self), 0);

  return self->checked;
}

/**
 * strata_dashboard_console_get_tally:
 * @self: what a console says
 *
 * Returns: (transfer none): how many appliances run which profile, as it was last asked
 */
StrataFleetTally *
strata_dashboard_console_get_tally (StrataDashboardConsole *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_CONSOLE (self), NULL);

  return self->tally;
}

/* Has the appliances counted anew: what was kept of them first, and one answer when there is somebody to ask. */
void
strata_dashboard_console_ask (StrataDashboardConsole *self)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_CONSOLE (self));

  strata_fleet_watch_ask_once (self->watch);
}
