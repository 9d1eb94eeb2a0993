/* strata-appliance-report.c - all that is known of an appliance, as a sentence and as a text to pass on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-report"

#include "strata-appliance-report.h"

#include <glib/gi18n.h>

#include "strata-layer-state.h"
#include "strata-standing-text.h"

static char *
say_unknown (StrataStanding *standing,
             gint64          now)
{
  switch (strata_standing_get_life (standing))
    {
    case STRATA_LIFE_SILENT:
      {
        g_autofree char *span = strata_span_say (now - strata_standing_get_since (standing));

        /* Translators: %s is how long: "3 h" */
        return g_strdup_printf (_("Not heard of for %s. What is below was true then."), span);
      }
    case STRATA_LIFE_UNPAIRED:
      return g_strdup (_("The console expects it. It has not called yet."));
    case STRATA_LIFE_UNKNOWN:
      return g_strdup (_("The console does not say when it was last heard of."));
    case STRATA_LIFE_STARTING:
    case STRATA_LIFE_RUNNING:
    default:
      return g_strdup (
        _("Nobody can say whether it is current: its profile is not published here."));
    }
}

/* What it means for who looks at it, in a whole sentence. */
char *
strata_appliance_report_sentence (StrataApplianceRow *row,
                                  gint64              now)
{
  StrataStanding *standing = strata_appliance_row_get_standing (row);
  guint n = strata_standing_get_n (standing), total = strata_standing_get_total (standing);

  switch (strata_standing_get_kind (standing))
    {
    case STRATA_STANDING_FAILED:
      return g_strdup_printf (_("Stopped at layer %u of %u. The layers below it run as before."),
                                 n, total);
    case STRATA_STANDING_BEHIND:
      return g_strdup_printf (ngettext ("%u layer is not what the profile has.",
                                        "%u layers are not what the profile has.", n),
                              n);
    case STRATA_STANDING_APPLYING:
      return g_strdup_printf (_("Layer %u of %u is on its way."), n, total);
    case STRATA_STANDING_UNKNOWN:
      return say_unknown (standing, now);
    case STRATA_STANDING_UNLINKED:
      return g_strdup (_("It is not linked to a profile."));
    case STRATA_STANDING_CURRENT:
    default:
      return g_strdup (_("It has what its profile has."));
    }
}

static void
add_line (GString    *text,
          const char *name,
          const char *value)
{
  if (*value != '\0')
    g_string_append_printf (text, "%s: %s\n", name, value);
}

static void
add_layers (GString               *text,
            StrataAppliance       *appliance,
            StrataApplianceTarget *target)
{
  g_autoptr(GPtrArray) states = strata_layer_state_list (appliance, target);

  for (guint i = 0; i < states->len; i++)
    {
      StrataLayerState *state = states->pdata[i];

      /* Translators: a layer, its version there, its version in the profile, its condition, a
       * message */
      g_string_append_printf (
        text, _("%s: there %s, in the profile %s, %s. %s"), strata_layer_state_get_name (state),
                 strata_layer_state_get_there (state), strata_layer_state_get_wanted (state),
                 strata_layer_state_get_condition (state), strata_layer_state_get_message (state));
      g_string_append_c (text, '\n');
    }
}

/* What somebody else needs to help. */
char *
strata_appliance_report_text (StrataApplianceRow    *row,
                              StrataApplianceTarget *target,
                              gint64                 now)
{
  StrataAppliance *appliance = strata_appliance_row_get_appliance (row);
  StrataStanding *standing = strata_appliance_row_get_standing (row);
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
  g_autofree char *current = strata_standing_say (standing, appliance, now);
  g_autofree char *why = strata_standing_say_why (standing, appliance, now);
  g_autofree char *profile =
    g_strstrip (g_strjoin (" ", facts->profile_name, facts->profile_version, NULL));
  g_autoptr(GDateTime) heard = g_date_time_new_from_unix_utc (facts->heard / G_USEC_PER_SEC);
  g_autofree char *time = facts->heard > 0 ? g_date_time_format_iso8601 (heard) : g_strdup ("");
  StrataLife life = strata_standing_get_life (standing);
  GString *text = g_string_new (NULL);

  add_line (text, _("Appliance"), facts->name);
  add_line (text, _("Id"), facts->uid);
  add_line (text, _("Site"), facts->site);
  add_line (text, _("State"), strata_life_say (life));
  add_line (text, _("Health"),
                     strata_health_say (appliance, strata_standing_get_kind (standing), life));
  add_line (text, _("Message"), facts->health_message);
  add_line (text, _("Profile"), profile);
  add_line (text, _("Current?"), current);
  add_line (text, _("Why"), why);
  add_line (text, _("Last Heard"), time);
  g_string_append_c (text, '\n');
  add_layers (text, appliance, target);

  return g_string_free (text, FALSE);
}
