/* strata-activity-item.c - one line of the activity: what was done, as a list shows and copies it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-activity-item"

#include "strata-activity-item.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-format.h"

struct _StrataActivityItem
{
  GObject         parent_instance;
  StrataActivity *activity;  /* (owned) (not nullable) */
};

G_DEFINE_FINAL_TYPE (StrataActivityItem, strata_activity_item, G_TYPE_OBJECT)

static void
strata_activity_item_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_ACTIVITY_ITEM (object)->activity, strata_activity_free);

  G_OBJECT_CLASS (strata_activity_item_parent_class)->finalize (object);
}

static void
strata_activity_item_class_init (StrataActivityItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_activity_item_finalize;
}

static void
strata_activity_item_init (StrataActivityItem *self)
{
}

StrataActivityItem *
strata_activity_item_new (StrataActivity *activity)
{
  g_return_val_if_fail (activity != NULL, NULL);

  StrataActivityItem *self = g_object_new (STRATA_TYPE_ACTIVITY_ITEM, NULL);

  self->activity = strata_activity_copy (activity);

  return self;
}

StrataActivity *
strata_activity_item_get_activity (StrataActivityItem *self)
{
  g_return_val_if_fail (STRATA_IS_ACTIVITY_ITEM (self), NULL);

  return self->activity;
}

gboolean
strata_activity_item_is_failed (StrataActivityItem *self)
{
  g_return_val_if_fail (STRATA_IS_ACTIVITY_ITEM (self), FALSE);

  return *self->activity->result != '\0';
}

/* @folded is what was typed, in small letters. */
gboolean
strata_activity_item_matches (StrataActivityItem *self,
                              const char         *folded)
{
  g_return_val_if_fail (STRATA_IS_ACTIVITY_ITEM (self), FALSE);

  g_autofree char *details = strata_activity_item_make_details (self);
  g_autofree char *hay = g_utf8_casefold (details, -1);

  return strstr (hay, folded) != NULL;
}

const char *
strata_activity_item_get_icon (StrataActivityItem *self)
{
  g_return_val_if_fail (STRATA_IS_ACTIVITY_ITEM (self), NULL);

  if (strata_activity_item_is_failed (self))
    return "dialog-error-symbolic";

  switch (self->activity->by)
    {
    case STRATA_ACTIVITY_PULL:
      return "document-save-symbolic";
    case STRATA_ACTIVITY_PUSH:
      return "document-send-symbolic";
    case STRATA_ACTIVITY_LOCAL:
    default:
      return "computer-symbolic";
    }
}

const char *
strata_activity_item_get_by (StrataActivityItem *self)
{
  g_return_val_if_fail (STRATA_IS_ACTIVITY_ITEM (self), NULL);

  switch (self->activity->by)
    {
    case STRATA_ACTIVITY_PULL:
      return _("From the console");
    case STRATA_ACTIVITY_PUSH:
      return _("To the console");
    case STRATA_ACTIVITY_LOCAL:
    default:
      return _("On this computer");
    }
}

/* Of the profile; "" where it was about none. */
char *
strata_activity_item_make_name (StrataActivityItem *self)
{
  g_return_val_if_fail (STRATA_IS_ACTIVITY_ITEM (self), NULL);

  return g_strstrip (g_strdup_printf ("%s %s", self->activity->name, self->activity->version));
}

/* What a screen reader says of the whole line. */
char *
strata_activity_item_make_label (StrataActivityItem *self)
{
  g_return_val_if_fail (STRATA_IS_ACTIVITY_ITEM (self), NULL);

  g_autofree char *name = strata_activity_item_make_name (self);
  g_autofree char *age = strata_format_age_sentence (self->activity->time / G_USEC_PER_SEC);
  const char *result = strata_activity_item_is_failed (self) ? self->activity->result : _("done");

  return g_strjoin (", ", strata_activity_show_action (self->activity->action), *name != '\0' ? name : _("Console"),
                    strata_activity_item_get_by (self), result, age, NULL);
}

/* What is copied: lines that can be sent to somebody who helps. */
char *
strata_activity_item_make_details (StrataActivityItem *self)
{
  g_return_val_if_fail (STRATA_IS_ACTIVITY_ITEM (self), NULL);

  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (self->activity->time / G_USEC_PER_SEC);
  g_autofree char *clock = time != NULL ? g_date_time_format_iso8601 (time) : g_strdup ("");
  g_autofree char *name = strata_activity_item_make_name (self);
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s  %s  %s  %s\n", clock, strata_activity_show_action (self->activity->action), name,
                          strata_activity_item_get_by (self));
  if (strata_activity_item_is_failed (self))
    g_string_append_printf (text, "%s\n", self->activity->result);
  if (*self->activity->audit != '\0')
    g_string_append_printf (text, _("Audit id: %s\n"), self->activity->audit);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
