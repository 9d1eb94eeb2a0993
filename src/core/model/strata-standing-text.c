/* strata-standing-text.c - how an appliance stands, in the words that a person reads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-standing"

#include "strata-standing-text.h"

#include <glib/gi18n-lib.h>

/**
 * strata_span_say:
 * @span: microseconds; less than none is none
 *
 * Returns: (transfer full): how long that is, short enough for a column: "40 s", "6 min", "3 h", "9 d"
 */
char *
strata_span_say (gint64 span)
{
  int seconds = (int) CLAMP (span / G_TIME_SPAN_SECOND, 0, G_MAXINT);

  /* Translators: seconds, minutes, hours and days, as short as they can be */
  if (seconds < 60)
    return g_strdup_printf (_("%d s"), seconds);
  if (seconds < 60 * 60)
    return g_strdup_printf (_("%d min"), seconds / 60);
  if (seconds < 48 * 60 * 60)
    return g_strdup_printf (_("%d h"), seconds / (60 * 60));

  return g_strdup_printf (_("%d d"), seconds / (24 * 60 * 60));
}

static char *
say_behind (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u layer behind", "%u layers behind", n),
                          n);
}

/* A reason is what another program wrote: only its first line goes into a row. */
static char *
say_failed (StrataStanding *self)
{
  g_autofree char *reason = g_strdup (strata_standing_get_reason (self));

  if (reason == NULL || *g_strstrip (reason) == '\0')
    return g_strdup (_("Failed"));

  g_strdelimit (reason, "\r\n\t", ' ');

  return g_strdup_printf (_("Failed: %s"), reason);
}

static char *
say_unknown (StrataLife life,
             gint64     since,
             gint64     now)
{
  if (life == STRATA_LIFE_UNPAIRED)
    return g_strdup (_("Not paired yet"));
  if (life != STRATA_LIFE_SILENT)
    return g_strdup (_("Unknown"));

  g_autofree char *span = strata_span_say (now - since);

  /* Translators: %s is how long: "3 h" */
  return g_strdup_printf (_("Unknown since %s"), span);
}

/**
 * strata_standing_say:
 * @self: how @appliance stands
 * @appliance: an appliance
 * @now: the moment it is said, in microseconds since 1970
 *
 * Returns: (transfer full): the standing in a few words: "Current", "2 layers behind", "Unknown since 3 h"
 */
char *
strata_standing_say (StrataStanding  *self,
                     StrataAppliance *appliance,
                     gint64           now)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self) && STRATA_IS_APPLIANCE (appliance), NULL);

  switch (strata_standing_get_kind (self))
    {
    case STRATA_STANDING_FAILED:
      return say_failed (self);
    case STRATA_STANDING_BEHIND:
      return say_behind (strata_standing_get_n (self));
    case STRATA_STANDING_APPLYING:
      return g_strdup_printf (_("Applying %u of %u"), strata_standing_get_n (self),
                                 strata_standing_get_total (self));
    case STRATA_STANDING_UNKNOWN:
      return say_unknown (strata_standing_get_life (self), strata_standing_get_since (self), now);
    case STRATA_STANDING_UNLINKED:
      return g_strdup (_("No profile"));
    case STRATA_STANDING_CURRENT:
    default:
      return g_strdup (_("Current"));
    }
}

static char *
say_was_behind (guint n)
{
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "was %u layer behind", "was %u layers behind", n), n);
}

/* What was last true of one that is silent. */
static char *
say_was (StrataStanding *self)
{
  switch (strata_standing_get_was (self))
    {
    case STRATA_STANDING_FAILED:
      return g_strdup_printf (_("had failed at %s"), strata_standing_get_layer (self));
    case STRATA_STANDING_BEHIND:
      return say_was_behind (strata_standing_get_n (self));
    case STRATA_STANDING_APPLYING:
      return g_strdup_printf (_("was applying %u of %u"), strata_standing_get_n (self),
                                 strata_standing_get_total (self));
    case STRATA_STANDING_UNLINKED:
      return g_strdup (_("had no profile"));
    case STRATA_STANDING_CURRENT:
      return g_strdup (_("was current"));
    case STRATA_STANDING_UNKNOWN:
    default:
      return g_strdup ("");
    }
}

static char *
say_why_unknown (StrataStanding *self)
{
  switch (strata_standing_get_life (self))
    {
    case STRATA_LIFE_SILENT:
      return say_was (self);
    case STRATA_LIFE_UNPAIRED:
      return g_strdup (_("it never called the console"));
    case STRATA_LIFE_UNKNOWN:
      return g_strdup (_("not known when it was heard of"));
    case STRATA_LIFE_STARTING:
    case STRATA_LIFE_RUNNING:
    default:
      return g_strdup (_("its profile is not published here"));
    }
}

static char *
say_applying (StrataStanding *self,
              gint64          now)
{
  gint64 since = strata_standing_get_since (self);
  g_autofree char *span = strata_span_say (now - since);

  if (strata_standing_get_life (self) == STRATA_LIFE_STARTING)
    return g_strdup (_("first boot"));
  if (since == 0)
    return g_strdup_printf (_("%s next"), strata_standing_get_layer (self));

  /* Translators: how long, and the layer that comes next: "for 1 min, redis next" */
  return g_strdup_printf (_("for %s, %s next"), span, strata_standing_get_layer (self));
}

static char *
say_why_current (StrataAppliance *appliance)
{
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);

  if (facts->health == STRATA_UNHEALTHY)
    return g_strdup (facts->health_message);

  return g_strdup (facts->is_detailed ? "" : _("by the list; layers not asked"));
}

/**
 * strata_standing_say_why:
 * @self: how @appliance stands
 * @appliance: an appliance
 * @now: the moment it is said, in microseconds since 1970
 *
 * Returns: (transfer full): what there is to say about it beyond [method@Standing.say], in one line; "" for nothing
 */
char *
strata_standing_say_why (StrataStanding  *self,
                         StrataAppliance *appliance,
                         gint64           now)
{
  g_return_val_if_fail (STRATA_IS_STANDING (self) && STRATA_IS_APPLIANCE (appliance), NULL);

  switch (strata_standing_get_kind (self))
    {
    case STRATA_STANDING_FAILED:
      return g_strdup_printf (_("%s, layer %u of %u"), strata_standing_get_layer (self),
                                 strata_standing_get_n (self), strata_standing_get_total (self));
    case STRATA_STANDING_BEHIND:
      return g_strjoinv (", ", (char **) strata_standing_get_names (self));
    case STRATA_STANDING_APPLYING:
      return say_applying (self, now);
    case STRATA_STANDING_UNKNOWN:
      return say_why_unknown (self);
    case STRATA_STANDING_CURRENT:
      return say_why_current (appliance);
    case STRATA_STANDING_UNLINKED:
    default:
      return g_strdup ("");
    }
}

/**
 * strata_life_say:
 * @life: what an appliance is doing
 *
 * Returns: (transfer none): the word for it
 */
const char *
strata_life_say (StrataLife life)
{
  switch (life)
    {
    case STRATA_LIFE_UNPAIRED:
      return _("Expected");
    case STRATA_LIFE_STARTING:
      return _("Starting");
    case STRATA_LIFE_RUNNING:
      return _("Running");
    case STRATA_LIFE_SILENT:
      return _("Silent");
    case STRATA_LIFE_UNKNOWN:
    default:
      return _("Unknown");
    }
}

/**
 * strata_health_say:
 * @appliance: an appliance
 * @kind: how it stands
 * @life: what it is doing
 *
 * Returns: (transfer none): how it is, or was when it was last heard of
 */
const char *
strata_health_say (StrataAppliance    *appliance,
                   StrataStandingKind  kind,
                   StrataLife          life)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (appliance), NULL);

  StrataHealth health = strata_appliance_get_facts (appliance)->health;

  if (life == STRATA_LIFE_UNPAIRED || health == STRATA_HEALTH_UNKNOWN)
    return _("Not known yet");
  if (life == STRATA_LIFE_SILENT || life == STRATA_LIFE_UNKNOWN)
    return health == STRATA_HEALTHY ? _("Was healthy") : _("Was unhealthy");
  if (kind == STRATA_STANDING_FAILED)
    return _("Layer failing");

  return health == STRATA_HEALTHY ? _("Healthy") : _("Unhealthy");
}

/**
 * strata_condition_say:
 * @layer: a layer of an appliance
 * @kind: how it stands
 *
 * Returns: (transfer none): the word for how far it is
 */
const char *
strata_condition_say (StrataApplianceLayer *layer,
                      StrataStandingKind    kind)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LAYER (layer), NULL);

  switch (strata_appliance_layer_get_facts (layer)->condition)
    {
    case STRATA_CONDITION_WAITING:
      return _("Waiting");
    case STRATA_CONDITION_FETCHED:
      return _("Fetched");
    case STRATA_CONDITION_INSTALLED:
      return _("Installed");
    case STRATA_CONDITION_ERROR:
      return _("Failed");
    case STRATA_CONDITION_OUTDATED:
      return _("Behind");
    case STRATA_CONDITION_READY:
      return kind == STRATA_STANDING_BEHIND ? _("Behind") : _("Ready");
    case STRATA_CONDITION_UNKNOWN:
    default:
      return _("Not known");
    }
}
