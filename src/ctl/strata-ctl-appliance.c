/* strata-ctl-appliance.c - stratactl appliance: list, show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-ctl-print.h"
#include "strata-ctl-workspace.h"
#include "strata-error.h"
#include "strata-fleet.h"
#include "strata-standing-text.h"

#define N_DETAILS 500  /* a list of so many is asked for one by one, so that it says how far each layer is */

static const char *const kind_names[] = {
  [STRATA_STANDING_FAILED] = "failed",   [STRATA_STANDING_BEHIND] = "behind",
  [STRATA_STANDING_APPLYING] = "applying", [STRATA_STANDING_UNKNOWN] = "unknown",
  [STRATA_STANDING_UNLINKED] = "unlinked", [STRATA_STANDING_CURRENT] = "current",
};

static const char *const life_names[] = {
  [STRATA_LIFE_UNKNOWN] = "unknown", [STRATA_LIFE_UNPAIRED] = "unpaired", [STRATA_LIFE_STARTING] = "starting",
  [STRATA_LIFE_RUNNING] = "running", [STRATA_LIFE_SILENT] = "silent",
};

static const char *const health_names[] = {
  [STRATA_HEALTH_UNKNOWN] = "unknown", [STRATA_HEALTHY] = "healthy", [STRATA_UNHEALTHY] = "unhealthy",
};

/* JSON */

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

static void
set_time (JsonObject *object,
          const char *member,
          gint64      time)
{
  g_autofree char *text = time > 0 ? strata_ctl_format_time (time / G_USEC_PER_SEC) : NULL;

  set_text (object, member, text);
}

static JsonObject *
describe_standing (StrataStanding  *standing,
                   StrataAppliance *appliance)
{
  JsonObject *object = json_object_new ();
  g_autofree char *words = strata_standing_say (standing, appliance, g_get_real_time ());
  const char *const *names = strata_standing_get_names (standing);
  JsonArray *behind = json_array_new ();

  json_object_set_string_member (object, "kind", kind_names[strata_standing_get_kind (standing)]);
  json_object_set_string_member (object, "was", kind_names[strata_standing_get_was (standing)]);
  json_object_set_string_member (object, "words", words);
  set_text (object, "layer", strata_standing_get_layer (standing));
  set_text (object, "reason", strata_standing_get_reason (standing));
  set_time (object, "since", strata_standing_get_since (standing));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    json_array_add_string_element (behind, names[i]);
  json_object_set_array_member (object, "behind", behind);

  return object;
}

static JsonObject *
describe_appliance (StrataFleet     *fleet,
                    StrataAppliance *appliance)
{
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
  g_autoptr(StrataStanding) standing = strata_fleet_judge (fleet, appliance);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "uid", facts->uid);
  json_object_set_string_member (object, "name", facts->name);
  set_text (object, "site", facts->site);
  json_object_set_string_member (object, "state", life_names[strata_standing_get_life (standing)]);
  json_object_set_string_member (object, "health", health_names[facts->health]);
  set_text (object, "message", facts->health_message);
  set_text (object, "profile", facts->profile_name);
  set_text (object, "profile-uid", facts->profile_uid);
  set_text (object, "version", facts->profile_version);
  set_time (object, "heard", facts->heard);
  json_object_set_boolean_member (object, "layers-asked", facts->is_detailed);
  json_object_set_object_member (object, "standing", describe_standing (standing, appliance));

  return object;
}

static JsonArray *
describe_layers (StrataFleet     *fleet,
                 StrataAppliance *appliance)
{
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
  StrataApplianceTarget *target = strata_fleet_get_target (fleet, facts->profile_uid);
  GPtrArray *layers = strata_appliance_get_layers (appliance);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < layers->len; i++)
    {
      const StrataApplianceLayerFacts *layer = strata_appliance_layer_get_facts (layers->pdata[i]);
      const StrataTargetLayer *wanted =
        target != NULL ? strata_appliance_target_find (target, layer->name) : NULL;
      StrataStandingKind kind =
        strata_standing_judge_layer (layers->pdata[i], target, facts->is_detailed);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", layer->name);
      set_text (object, "there", layer->there);
      set_text (object, "in-profile", wanted != NULL ? wanted->version : NULL);
      set_text (object, "condition", strata_condition_to_string (layer->condition));
      json_object_set_string_member (object, "standing", kind_names[kind]);
      set_text (object, "message", layer->message);
      set_time (object, "since", layer->since);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
describe_events (GPtrArray *events)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < events->len; i++)
    {
      const StrataApplianceEvent *event = events->pdata[i];
      JsonObject *object = json_object_new ();

      set_time (object, "time", event->time);
      set_text (object, "severity", event->severity);
      set_text (object, "reason", event->reason);
      set_text (object, "message", event->message);
      json_array_add_object_element (array, object);
    }

  return array;
}

/* Asking */

static StrataFleet *
ask (StrataConsole  *console,
     const char     *first,
     guint           n_details,
     GError        **error)
{
  g_autoptr(StrataFleet) nothing = strata_fleet_new ();
  g_autoptr(StrataFleet) list =
    strata_fleet_refresh (nothing, console, TRUE, NULL, NULL, NULL, error);

  return list != NULL ? strata_fleet_detail (list, console, first, n_details, NULL, error) : NULL;
}

static gboolean
is_wanted (StrataAppliance *appliance,
           const char      *profile)
{
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);

  return profile == NULL || g_str_equal (facts->profile_name, profile) ||
         g_str_equal (facts->profile_uid, profile);
}

/* The worst first, then by name. */
static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  StrataAppliance *one = *(StrataAppliance **) a, *other = *(StrataAppliance **) b;
  g_autoptr(StrataStanding) one_stands = strata_fleet_judge (data, one);
  g_autoptr(StrataStanding) other_stands = strata_fleet_judge (data, other);
  int order =
    (int) strata_standing_get_kind (one_stands) - (int) strata_standing_get_kind (other_stands);

  return order != 0 ? order
                    : strcmp (strata_appliance_get_facts (one)->name,
                              strata_appliance_get_facts (other)->name);
}

/* A profile that no appliance has is no mistake; one that nobody knows is. */
static gboolean
check_profile (StrataCtl  *self,
               GPtrArray  *wanted,
               GError    **error)
{
  if (self->options.profile == NULL || wanted->len > 0)
    return TRUE;

  g_autoptr(GError) reason = NULL;
  StrataStore *store = strata_ctl_get_store (self, error);
  g_autofree char *id = store != NULL ? strata_store_resolve (store, self->options.profile, &reason) : NULL;

  if (store == NULL || id != NULL || !g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return store != NULL;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
               _("No appliance has the profile “%s”, and none is called so on this computer"), self->options.profile);

  return FALSE;
}

static GPtrArray *
list_wanted (StrataFleet *fleet,
             const char  *profile)
{
  GPtrArray *all = strata_fleet_get_appliances (fleet);
  GPtrArray *wanted = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (is_wanted (all->pdata[i], profile))
      g_ptr_array_add (wanted, all->pdata[i]);
  g_ptr_array_sort_with_data (wanted, compare, fleet);

  return wanted;
}

static void
print_row (StrataCtlTable  *table,
           StrataFleet     *fleet,
           StrataAppliance *appliance)
{
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
  g_autoptr(StrataStanding) standing = strata_fleet_judge (fleet, appliance);
  StrataLife life = strata_standing_get_life (standing);
  g_autofree char *words = strata_standing_say (standing, appliance, g_get_real_time ());
  g_autofree char *profile =
    g_strstrip (g_strjoin (" ", facts->profile_name, facts->profile_version, NULL));
  g_autofree char *heard =
    facts->heard > 0 ? strata_ctl_show_time (facts->heard / G_USEC_PER_SEC) : g_strdup ("-");
  g_autofree char *name = strata_ctl_show_text (facts->name);
  g_autofree char *safe_profile = strata_ctl_show_text (profile);
  g_autofree char *safe_words = strata_ctl_show_text (words);

  strata_ctl_table_add (table, name, strata_life_say (life),
                        strata_health_say (appliance, strata_standing_get_kind (standing), life),
                        safe_profile, safe_words, heard, NULL);
}

static gboolean
run_list (StrataCtl  *self,
          GError    **error)
{
  g_autoptr(StrataConsole) console = strata_ctl_open_console (self, error);
  g_autoptr(StrataFleet) fleet = console != NULL ? ask (console, NULL, N_DETAILS, error) : NULL;

  if (fleet == NULL)
    return FALSE;

  g_autoptr(GPtrArray) wanted = list_wanted (fleet, self->options.profile);

  if (!check_profile (self, wanted, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonArray) list = json_array_new ();

      for (guint i = 0; i < wanted->len; i++)
        json_array_add_object_element (list, describe_appliance (fleet, wanted->pdata[i]));

      return strata_ctl_print_list (list, error);
    }

  g_autoptr(StrataCtlTable) table = strata_ctl_table_new (
    _("APPLIANCE"), _("STATE"), _("HEALTH"), _("PROFILE"), _("CURRENT?"), _("LAST HEARD"), NULL);

  for (guint i = 0; i < wanted->len; i++)
    print_row (table, fleet, wanted->pdata[i]);
  if (wanted->len > 0)
    strata_ctl_table_print (table);

  return TRUE;
}

/* By its uid, or by its name where only one has it. */
static StrataAppliance *
find (StrataFleet  *fleet,
      const char   *name,
      GError      **error)
{
  StrataAppliance *found = strata_fleet_find (fleet, name);
  GPtrArray *all = strata_fleet_get_appliances (fleet);
  guint n = found != NULL ? 1 : 0;

  for (guint i = 0; found == NULL && i < all->len; i++)
    if (g_str_equal (strata_appliance_get_facts (all->pdata[i])->name, name) && n++ == 0)
      found = all->pdata[i];

  for (guint i = 0, same = 0; n == 1 && found != NULL && i < all->len; i++)
    if (g_str_equal (strata_appliance_get_facts (all->pdata[i])->name, name) && ++same > 1)
      n = same;

  if (n == 1)
    return found;

  if (n == 0)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("There is no appliance “%s” at the console"), name);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                 _("More than one appliance is called “%s”: name it by its id"), name);

  return NULL;
}

static void
print_layers (StrataFleet     *fleet,
              StrataAppliance *appliance)
{
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
  StrataApplianceTarget *target = strata_fleet_get_target (fleet, facts->profile_uid);
  GPtrArray *layers = strata_appliance_get_layers (appliance);
  g_autoptr(StrataCtlTable) table = strata_ctl_table_new (
    _("LAYER"), _("THERE"), _("IN PROFILE"), _("CONDITION"), _("MESSAGE"), NULL);

  for (guint i = layers->len; i > 0; i--)
    {
      const StrataApplianceLayerFacts *layer =
        strata_appliance_layer_get_facts (layers->pdata[i - 1]);
      const StrataTargetLayer *wanted =
        target != NULL ? strata_appliance_target_find (target, layer->name) : NULL;
      StrataStandingKind kind =
        strata_standing_judge_layer (layers->pdata[i - 1], target, facts->is_detailed);
      g_autofree char *name = strata_ctl_show_text (layer->name);
      g_autofree char *message = strata_ctl_show_text (layer->message);

      strata_ctl_table_add (table, name, *layer->there != '\0' ? layer->there : "-",
                            wanted != NULL && *wanted->version != '\0' ? wanted->version : "-",
                            strata_condition_say (layers->pdata[i - 1], kind), message, NULL);
    }
  strata_ctl_table_print (table);
}

static void
print_appliance (StrataFleet     *fleet,
                 StrataAppliance *appliance,
                 GPtrArray       *events)
{
  const StrataApplianceFacts *facts = strata_appliance_get_facts (appliance);
  g_autoptr(StrataStanding) standing = strata_fleet_judge (fleet, appliance);
  g_autofree char *words = strata_standing_say (standing, appliance, g_get_real_time ());
  g_autofree char *why = strata_standing_say_why (standing, appliance, g_get_real_time ());
  g_autofree char *name = strata_ctl_show_text (facts->name);
  g_autofree char *site = strata_ctl_show_text (facts->site);
  g_autofree char *line =
    g_strjoin (*why != '\0' ? ", " : NULL, words, *why != '\0' ? why : NULL, NULL);
  g_autofree char *safe_line = strata_ctl_show_text (line);

  strata_ctl_print ("%s (%s) %s\n", name, facts->uid, site);
  strata_ctl_print ("%s\n\n", safe_line);
  print_layers (fleet, appliance);

  for (guint i = 0; i < events->len; i++)
    {
      const StrataApplianceEvent *event = events->pdata[i];
      g_autofree char *time =
        event->time > 0 ? strata_ctl_show_time (event->time / G_USEC_PER_SEC) : g_strdup ("-");
      g_autofree char *message = strata_ctl_show_text (event->message);

      strata_ctl_print ("%s%s  %s\n", i == 0 ? "\n" : "", time, message);
    }
}

static gboolean
run_show (StrataCtl  *self,
          GError    **error)
{
  const char *name = self->arguments[0];
  g_autoptr(StrataConsole) console = strata_ctl_open_console (self, error);
  g_autoptr(StrataFleet) list = console != NULL ? ask (console, NULL, 0, error) : NULL;
  StrataAppliance *appliance = list != NULL ? find (list, name, error) : NULL;

  if (appliance == NULL)
    return FALSE;

  const char *uid = strata_appliance_get_uid (appliance);
  g_autoptr(StrataFleet) fleet = strata_fleet_detail (list, console, uid, 1, NULL, error);
  g_autoptr(GPtrArray) events =
    fleet != NULL ? strata_console_list_appliance_events (console, uid, NULL, error) : NULL;

  if (events == NULL)
    return FALSE;

  appliance = strata_fleet_find (fleet, uid);
  if (!self->options.json)
    {
      print_appliance (fleet, appliance, events);
      return TRUE;
    }

  g_autoptr(JsonObject) object = describe_appliance (fleet, appliance);

  json_object_set_array_member (object, "layers", describe_layers (fleet, appliance));
  json_object_set_array_member (object, "events", describe_events (events));

  return strata_ctl_print_object (object, error);
}

const StrataCtlCommand strata_ctl_appliance_commands[] = {
  { "appliance", "list", "", N_("List the appliances of a console, the worst first"),
    "profile api-key-file password-file", 0, 0, run_list },
  { "appliance", "show", N_("APPLIANCE"), N_("Show an appliance, layer by layer"),
    "api-key-file password-file", 1, 1, run_show },
  { NULL },
};
