/* strata-appliance-row.c - one line of the board: an appliance and how it stands, or the head of a group
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-row"

#include "strata-appliance-row.h"

#include <glib/gi18n.h>

#include "strata-format.h"
#include "strata-standing-text.h"

struct _StrataApplianceRow
{
  GObject          parent_instance;
  StrataAppliance *appliance;  /* (owned) (nullable): NULL for the head of a group */
  StrataStanding  *standing;   /* (owned) (nullable): the same */
  char            *title;      /* (owned) (nullable): of a head */
  char            *note;       /* (owned) (nullable): of a head */
  char            *name_key;   /* (owned) (nullable): made when first asked */
  char            *haystack;   /* (owned) (nullable): made when first asked */
};

G_DEFINE_FINAL_TYPE (StrataApplianceRow, strata_appliance_row, G_TYPE_OBJECT)

static void
strata_appliance_row_dispose (GObject *object)
{
  StrataApplianceRow *self = STRATA_APPLIANCE_ROW (object);

  g_clear_object (&self->appliance);
  g_clear_object (&self->standing);

  G_OBJECT_CLASS (strata_appliance_row_parent_class)->dispose (object);
}

static void
strata_appliance_row_finalize (GObject *object)
{
  StrataApplianceRow *self = STRATA_APPLIANCE_ROW (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->name_key, g_free);
  g_clear_pointer (&self->haystack, g_free);

  G_OBJECT_CLASS (strata_appliance_row_parent_class)->finalize (object);
}

static void
strata_appliance_row_class_init (StrataApplianceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_appliance_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_appliance_row_finalize;
}

static void
strata_appliance_row_init (StrataApplianceRow *self)
{
}

StrataApplianceRow *
strata_appliance_row_new (StrataAppliance *appliance,
                          StrataStanding  *standing)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE (appliance), NULL);
  g_return_val_if_fail (STRATA_IS_STANDING (standing), NULL);

  StrataApplianceRow *self = g_object_new (STRATA_TYPE_APPLIANCE_ROW, NULL);

  self->appliance = g_object_ref (appliance);
  self->standing = g_object_ref (standing);

  return self;
}

StrataApplianceRow *
strata_appliance_row_new_head (const char *title,
                               const char *note)
{
  g_return_val_if_fail (title != NULL && note != NULL, NULL);

  StrataApplianceRow *self = g_object_new (STRATA_TYPE_APPLIANCE_ROW, NULL);

  self->title = g_strdup (title);
  self->note = g_strdup (note);

  return self;
}

/* %NULL for the head of a group. */
StrataAppliance *
strata_appliance_row_get_appliance (StrataApplianceRow *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), NULL);

  return self->appliance;
}

/* %NULL for the head of a group. */
StrataStanding *
strata_appliance_row_get_standing (StrataApplianceRow *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), NULL);

  return self->standing;
}

/* "" for the head of a group. */
const char *
strata_appliance_row_get_uid (StrataApplianceRow *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), NULL);

  return self->appliance != NULL ? strata_appliance_get_uid (self->appliance) : "";
}

const char *
strata_appliance_row_get_title (StrataApplianceRow *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), NULL);

  return self->appliance != NULL ? strata_appliance_get_facts (self->appliance)->name : self->title;
}

const char *
strata_appliance_row_get_note (StrataApplianceRow *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), NULL);

  return self->appliance != NULL ? strata_appliance_get_facts (self->appliance)->site : self->note;
}

/* To sort by: "till-2" before "till-10". */
const char *
strata_appliance_row_get_name_key (StrataApplianceRow *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), NULL);

  if (self->name_key == NULL)
    self->name_key = g_utf8_collate_key_for_filename (strata_appliance_row_get_title (self), -1);

  return self->name_key;
}

/* To search in: what can be read in the row, in letters of one size. */
const char *
strata_appliance_row_get_haystack (StrataApplianceRow *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), NULL);
  g_return_val_if_fail (self->appliance != NULL, "");

  if (self->haystack == NULL)
    {
      const StrataApplianceFacts *facts = strata_appliance_get_facts (self->appliance);
      g_autofree char *text = g_strjoin ("\n", facts->name, facts->site, facts->uid,
                                         facts->profile_name, facts->profile_version, NULL);

      self->haystack = g_utf8_casefold (text, -1);
    }

  return self->haystack;
}

/* Whether a row of @appliance that stands so would be the same. */
gboolean
strata_appliance_row_shows (StrataApplianceRow *self,
                            StrataAppliance    *appliance,
                            StrataStanding     *standing)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), FALSE);

  return self->appliance != NULL && strata_appliance_equal (self->appliance, appliance) &&
         (self->standing == standing || strata_standing_equal (self->standing, standing));
}

/* The worst first; of those that are silent the one that was worst. */
int
strata_appliance_row_compare_worst (StrataApplianceRow *self,
                                    StrataApplianceRow *other)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), 0);
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (other), 0);

  StrataStanding *one = self->standing, *two = other->standing;
  int difference = (int) strata_standing_get_kind (one) - (int) strata_standing_get_kind (two);

  if (difference == 0)
    difference = (int) strata_standing_get_was (one) - (int) strata_standing_get_was (two);

  /* What is current and unwell comes before what is current. */
  if (difference == 0)
    difference = (int) strata_appliance_get_facts (other->appliance)->health -
                 (int) strata_appliance_get_facts (self->appliance)->health;

  return difference;
}

/* Whether it runs, and a part of it does not. */
gboolean
strata_appliance_row_is_unwell (StrataApplianceRow *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self) && self->appliance != NULL, FALSE);

  StrataLife life = strata_standing_get_life (self->standing);

  return (life == STRATA_LIFE_RUNNING || life == STRATA_LIFE_STARTING) &&
         (strata_standing_get_kind (self->standing) == STRATA_STANDING_FAILED ||
          strata_appliance_get_facts (self->appliance)->health == STRATA_UNHEALTHY);
}

static const char *
get_life_icon (StrataLife life)
{
  switch (life)
    {
    case STRATA_LIFE_RUNNING:
      return "media-playback-start-symbolic";
    case STRATA_LIFE_SILENT:
      return "network-offline-symbolic";
    case STRATA_LIFE_UNPAIRED:
    case STRATA_LIFE_STARTING:
      return "content-loading-symbolic";
    case STRATA_LIFE_UNKNOWN:
    default:
      return "dialog-question-symbolic";
    }
}

/* Of the state: what runs and is not well has another shape than what is, and not only another colour. */
const char *
strata_appliance_row_get_state_icon (StrataApplianceRow *self)
{
  return strata_appliance_row_is_unwell (self)
           ? "dialog-warning-symbolic"
           : get_life_icon (strata_standing_get_life (self->standing));
}

static const char *
get_life_color (StrataLife life)
{
  switch (life)
    {
    case STRATA_LIFE_RUNNING:
      return "success_color";
    case STRATA_LIFE_STARTING:
      return "accent_color";
    case STRATA_LIFE_SILENT:
    case STRATA_LIFE_UNPAIRED:
    case STRATA_LIFE_UNKNOWN:
    default:
      return NULL;
    }
}

/* A named colour; %NULL for that of the text. */
const char *
strata_appliance_row_get_state_color (StrataApplianceRow *self)
{
  return strata_appliance_row_is_unwell (self)
           ? "warning_color"
           : get_life_color (strata_standing_get_life (self->standing));
}

/* How it is, in a word: "Healthy", "Layer failing". */
const char *
strata_appliance_row_say_health (StrataApplianceRow *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self) && self->appliance != NULL, NULL);

  return strata_health_say (self->appliance, strata_standing_get_kind (self->standing),
                            strata_standing_get_life (self->standing));
}

const char *
strata_standing_kind_get_icon (StrataStandingKind kind)
{
  switch (kind)
    {
    case STRATA_STANDING_FAILED:
      return "dialog-error-symbolic";
    case STRATA_STANDING_BEHIND:
      return "software-update-available-symbolic";
    case STRATA_STANDING_APPLYING:
      return "emblem-synchronizing-symbolic";
    case STRATA_STANDING_CURRENT:
      return "emblem-ok-symbolic";
    case STRATA_STANDING_UNLINKED:
      return "content-loading-symbolic";
    case STRATA_STANDING_UNKNOWN:
    default:
      return "dialog-question-symbolic";
    }
}

/* A named colour; %NULL for that of the text. */
const char *
strata_standing_kind_get_color (StrataStandingKind kind)
{
  switch (kind)
    {
    case STRATA_STANDING_FAILED:
      return "error_color";
    case STRATA_STANDING_BEHIND:
      return "warning_color";
    case STRATA_STANDING_APPLYING:
      return "accent_color";
    case STRATA_STANDING_CURRENT:
      return "success_color";
    case STRATA_STANDING_UNLINKED:
    case STRATA_STANDING_UNKNOWN:
    default:
      return NULL;
    }
}

/* The whole row for a screen reader. */
char *
strata_appliance_row_make_label (StrataApplianceRow *self,
                                 gint64              now)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_ROW (self), NULL);

  if (self->appliance == NULL)
    return g_strjoin (", ", self->title, self->note, NULL);

  const StrataApplianceFacts *facts = strata_appliance_get_facts (self->appliance);
  g_autofree char *current = strata_standing_say (self->standing, self->appliance, now);
  g_autofree char *why = strata_standing_say_why (self->standing, self->appliance, now);
  g_autofree char *age = strata_format_age_sentence (facts->heard / G_USEC_PER_SEC);
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *heard = g_strdup_printf (_("last heard %s"), age);
  const char *all[] = {
    facts->name, facts->site, strata_life_say (strata_standing_get_life (self->standing)),
    current,     why,         heard
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (*all[i] != '\0')
      g_ptr_array_add (parts, (char *) all[i]);
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (", ", (char **) parts->pdata);
}
