/* strata-foot.c - the foot of the places: whether the console answers, and what waits to be sent
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-foot"

#include "config.h"

#include "strata-foot.h"

#include <glib/gi18n.h>

#include "strata-format.h"

struct _StrataFoot
{
  AdwBin            parent_instance;
  StrataConnection *connection;  /* (owned) (nullable): none on this computer */
  GSettings        *settings;    /* (owned) (not nullable) */
  GtkPopover       *popover;     /* (template) */
  GtkWidget        *button;      /* (template) */
  GtkImage         *icon;        /* (template) */
  GtkLabel         *title;       /* (template) */
  GtkLabel         *detail;      /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataFoot, strata_foot, ADW_TYPE_BIN)

static void
show (StrataFoot *self,
      const char *icon_name,
      const char *css_class,
      const char *title,
      const char *detail)
{
  const char *classes[] = { css_class, NULL };
  g_autofree char *name = g_strdup_printf ("%s, %s", title, detail);

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->detail, detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static char *
describe_waiting (StrataFoot *self)
{
  guint n_waiting = strata_connection_get_n_waiting (self->connection);

  if (n_waiting == 0)
    return g_strdup (_("nothing waits"));

  return g_strdup_printf (ngettext ("%'u change waits", "%'u changes wait", n_waiting), n_waiting);
}

static char *
describe_offline (StrataFoot *self)
{
  gint64 checked = strata_connection_get_checked (self->connection);
  g_autofree char *waiting = describe_waiting (self);

  if (checked == 0)
    return g_steal_pointer (&waiting);

  g_autofree char *clock = strata_format_clock (checked / G_USEC_PER_SEC);

  /* Translators: "since 09:12 · 3 changes wait" */
  return g_strdup_printf (_("since %s · %s"), clock, waiting);
}

static void
show_connection (StrataFoot *self)
{
  g_autofree char *waiting = describe_waiting (self);
  g_autofree char *offline = describe_offline (self);

  switch (strata_connection_get_state (self->connection))
    {
    case STRATA_CONNECTION_ASKING:
      show (self, "emblem-synchronizing-symbolic", "moving", _("Connecting…"), waiting);
      break;
    case STRATA_CONNECTION_ONLINE:
      show (self, "emblem-default-symbolic", "good", _("Online"),
            strata_connection_get_n_waiting (self->connection) == 0 ? _("Everything is sent") : waiting);
      break;
    case STRATA_CONNECTION_TROUBLE:
      show (self, "dialog-warning-symbolic", "attention", _("Console in Trouble"), waiting);
      break;
    case STRATA_CONNECTION_UNREAD:
      show (self, "dialog-warning-symbolic", "attention", _("List Not Read"), waiting);
      break;
    case STRATA_CONNECTION_OFFLINE:
      show (self, "action-unavailable-symbolic", "quiet", _("Offline"), offline);
      break;
    case STRATA_CONNECTION_SIGNED_OUT:
    default:
      show (self, "changes-prevent-symbolic", "quiet", _("Signed Out"), waiting);
    }
  gtk_widget_set_tooltip_text (self->button, _("What Is Pulled and Sent"));
}

static void
update (StrataFoot *self)
{
  if (self->connection != NULL)
    {
      show_connection (self);
      return;
    }

  gboolean is_offline = g_settings_get_boolean (self->settings, "work-offline");

  show (self, "action-unavailable-symbolic", "quiet", is_offline ? _("Working Offline") : _("No Console"),
        is_offline ? _("The network is left alone") : _("Nothing waits"));
  gtk_widget_set_tooltip_text (self->button, _("Working Without a Console"));
}

static void
clicked_cb (StrataFoot *self)
{
  if (self->connection != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sync", NULL);
  else
    gtk_popover_popup (self->popover);
}

static void
strata_foot_dispose (GObject *object)
{
  StrataFoot *self = STRATA_FOOT (object);

  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_object (&self->connection);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (strata_foot_parent_class)->dispose (object);
}

static void
strata_foot_class_init (StrataFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_foot_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/stratadesk/Strata/strata-foot.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataFoot, popover);
  gtk_widget_class_bind_template_child (widget_class, StrataFoot, button);
  gtk_widget_class_bind_template_child (widget_class, StrataFoot, icon);
  gtk_widget_class_bind_template_child (widget_class, StrataFoot, title);
  gtk_widget_class_bind_template_child (widget_class, StrataFoot, detail);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
strata_foot_init (StrataFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), self->button);

  self->settings = g_settings_new (APPLICATION_ID);
  g_signal_connect_object (self->settings, "changed::work-offline", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
strata_foot_set_workspace (StrataFoot      *self,
                           StrataWorkspace *workspace)
{
  g_return_if_fail (STRATA_IS_FOOT (self));
  g_return_if_fail (STRATA_IS_WORKSPACE (workspace));

  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_func (self->connection, update, self);
  g_set_object (&self->connection, strata_workspace_get_connection (workspace));
  if (self->connection != NULL)
    g_signal_connect_object (self->connection, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
