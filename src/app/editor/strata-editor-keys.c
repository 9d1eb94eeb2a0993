/* strata-editor-keys.c - the keys of the whole page: its own, and those of the profile in front
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editor-page"

#include "strata-editor-keys.h"

#include "strata-editor-page.h"

/* A key of the whole page whose action belongs to the profile in front, wherever the focus is. */
static gboolean
forward_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   user_data)
{
  StrataEditorView *view = strata_editor_page_peek_view (STRATA_EDITOR_PAGE (widget));
  g_autoptr(GVariant) parameter = g_variant_get_child_value (args, 1);
  g_autoptr(GVariant) number = g_variant_get_maybe (parameter);
  const char *action;

  g_variant_get_child (args, 0, "&s", &action);

  return view != NULL && gtk_widget_activate_action_variant (GTK_WIDGET (view), action, number);
}

/* The keys of an editor page, for its class_init. */
void
strata_editor_keys_add (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } own[] = {
    { GDK_KEY_z, GDK_CONTROL_MASK, "editor.undo" },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "editor.redo" },
    { GDK_KEY_y, GDK_CONTROL_MASK, "editor.redo" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "editor.save" },
    { GDK_KEY_w, GDK_CONTROL_MASK, "editor.close" },
    { GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "editor.download" },
    { GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "editor.publish" },
    { GDK_KEY_F9, GDK_CONTROL_MASK, "editor.inspector" },
  }, forwarded[] = {
    { GDK_KEY_f, GDK_CONTROL_MASK, "document.find" },
    { GDK_KEY_h, GDK_CONTROL_MASK, "document.replace" },
    { GDK_KEY_g, GDK_CONTROL_MASK, "document.go-to-line" },
    { GDK_KEY_period, GDK_CONTROL_MASK, "problem.repair" },
    { GDK_KEY_F8, 0, "problem.next" },
    { GDK_KEY_F8, GDK_SHIFT_MASK, "problem.previous" },
    { GDK_KEY_F8, GDK_CONTROL_MASK, "text.next-change" },
    { GDK_KEY_F8, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "text.previous-change" },
    { GDK_KEY_F6, 0, "pane.next" },
    { GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "profile.compare" },
    { GDK_KEY_h, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "profile.history" },
    { GDK_KEY_o, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "profile.outline" },
    { GDK_KEY_f, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "profile.search" },
    { GDK_KEY_slash, GDK_CONTROL_MASK, "text.comment" },
    { GDK_KEY_KP_Divide, GDK_CONTROL_MASK, "text.comment" },
    { GDK_KEY_bracketleft, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "text.fold" },
    { GDK_KEY_braceleft, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "text.fold" },
    { GDK_KEY_bracketright, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "text.unfold" },
    { GDK_KEY_braceright, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "text.unfold" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "text.zoom-in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "text.zoom-in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "text.zoom-in" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "text.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "text.zoom-out" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "text.zoom-reset" },
    { GDK_KEY_KP_0, GDK_CONTROL_MASK, "text.zoom-reset" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    gtk_widget_class_add_binding_action (widget_class, own[i].key, own[i].modifiers, own[i].action,
                                         NULL);

  for (guint i = 0; i < G_N_ELEMENTS (forwarded); i++)
    gtk_widget_class_add_binding (widget_class, forwarded[i].key, forwarded[i].modifiers,
                                  forward_cb, "(smu)", forwarded[i].action, FALSE, 0);

  for (guint i = 0; i < 9; i++)
    gtk_widget_class_add_binding (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK, forward_cb, "(smu)",
                                  "document.choose", TRUE, i);
}
