/* strata-say.c - a short message over the page a widget is on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-say"

#include "strata-say.h"

static AdwToast *
make_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

/* The overlay that a page has itself comes before one around it: only in there a button finds the actions of the page. */
static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    {
      GtkWidget *child = gtk_widget_get_first_child (at);

      if (ADW_IS_TOAST_OVERLAY (at))
        return ADW_TOAST_OVERLAY (at);
      if (child != NULL && ADW_IS_TOAST_OVERLAY (child))
        return ADW_TOAST_OVERLAY (child);
    }

  return NULL;
}

static void
show (GtkWidget *widget,
      AdwToast  *toast)
{
  AdwToastOverlay *overlay = find_overlay (widget);

  g_return_if_fail (overlay != NULL);

  adw_toast_overlay_add_toast (overlay, toast);
}

/* Shows @text, which is not markup, for a few seconds. */
void
strata_say (GtkWidget  *widget,
            const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && text != NULL);

  show (widget, make_toast (text));
}

/* Shows @text with a button that activates @action with @target (consumed when floating). */
void
strata_say_offer (GtkWidget  *widget,
                  const char *text,
                  const char *button,
                  const char *action,
                  GVariant   *target)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && text != NULL && button != NULL && action != NULL);

  AdwToast *toast = make_toast (text);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, action);
  if (target != NULL)
    adw_toast_set_action_target_value (toast, target);
  show (widget, toast);
}
