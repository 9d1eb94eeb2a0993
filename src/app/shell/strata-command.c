/* strata-command.c - one line of the command palette: what it says and what it does
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-command"

#include "strata-command.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

struct _StrataCommand
{
  GObject     parent_instance;
  char       *title;        /* (owned) (not nullable) */
  char       *detail;       /* (owned) (not nullable) */
  const char *icon_name;    /* (interned) */
  char       *accelerator;  /* (owned) (nullable): as gtk_accelerator_parse() reads it */
  char       *action;       /* (owned) (not nullable) */
  GVariant   *target;       /* (owned) (nullable) */
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_DETAIL,
  PROP_ICON_NAME,
  PROP_KEYS,
} StrataCommandProperty;

static GParamSpec *properties[PROP_KEYS + 1];

G_DEFINE_FINAL_TYPE (StrataCommand, strata_command, G_TYPE_OBJECT)

static char *
make_keys (StrataCommand *self)
{
  GdkModifierType modifiers;
  guint key;

  if (self->accelerator == NULL || !gtk_accelerator_parse (self->accelerator, &key, &modifiers))
    return NULL;

  return gtk_accelerator_get_label (key, modifiers);
}

static void
strata_command_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  StrataCommand *self = STRATA_COMMAND (object);

  switch ((StrataCommandProperty) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_KEYS:
      g_value_take_string (value, make_keys (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_command_finalize (GObject *object)
{
  StrataCommand *self = STRATA_COMMAND (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->accelerator, g_free);
  g_clear_pointer (&self->action, g_free);
  g_clear_pointer (&self->target, g_variant_unref);

  G_OBJECT_CLASS (strata_command_parent_class)->finalize (object);
}

static void
strata_command_class_init (StrataCommandClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_command_get_property;
  object_class->finalize = strata_command_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_KEYS] = g_param_spec_string ("keys", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_command_init (StrataCommand *self)
{
}

StrataCommand *
strata_command_new (const char *title,
                    const char *icon_name,
                    const char *accelerator,
                    const char *detailed_action)
{
  StrataCommand *self = g_object_new (STRATA_TYPE_COMMAND, NULL);
  gboolean parsed =
    g_action_parse_detailed_name (detailed_action, &self->action, &self->target, NULL);

  g_assert (parsed);
  self->title = g_strdup (title);
  self->detail = g_strdup ("");
  self->icon_name = g_intern_string (icon_name);
  self->accelerator = g_strdup (accelerator);

  return self;
}

/* @target (transfer floating) (nullable): what the action is activated with */
StrataCommand *
strata_command_new_with_target (const char *title,
                                const char *detail,
                                const char *icon_name,
                                const char *action,
                                GVariant   *target)
{
  g_return_val_if_fail (title != NULL && detail != NULL && action != NULL, NULL);

  StrataCommand *self = g_object_new (STRATA_TYPE_COMMAND, NULL);

  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->icon_name = g_intern_string (icon_name);
  self->action = g_strdup (action);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;

  return self;
}

/* Opens a profile; a draft goes on where its making was left. */
StrataCommand *
strata_command_new_for_entry (StrataEntry *entry)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (entry), NULL);

  StrataCommand *self = g_object_new (STRATA_TYPE_COMMAND, NULL);
  gboolean draft = strata_entry_get_draft_step (entry) > 0;
  gboolean damaged = strata_entry_get_state (entry) == STRATA_STATE_DAMAGED;

  self->title =
    g_strdup_printf ("%s %s", strata_entry_get_name (entry), strata_entry_get_version (entry));
  self->detail = g_strdup (strata_entry_get_description (entry));
  self->icon_name = damaged ? "dialog-error-symbolic" : "view-paged-symbolic";
  self->action = g_strdup (damaged ? "win.explain-damage"
                           : draft ? "win.resume-profile"
                                   : "win.open-profile");
  self->target = g_variant_ref_sink (g_variant_new_string (strata_entry_get_id (entry)));

  return self;
}

/**
 * strata_command_list_actions:
 *
 * Returns: (transfer container) (element-type StrataCommand): what can be done from anywhere
 */
GPtrArray *
strata_command_list_actions (void)
{
  static const struct
  {
    const char *title;
    const char *icon_name;
    const char *accelerator;
    const char *action;
  } commands[] = {
    { N_("New System Profile"), "list-add-symbolic", "<Control>n", "win.new-profile" },
    { N_("Import…"), "document-open-symbolic", "<Control>o", "win.import" },
    { N_("Go to Profiles"), "view-paged-symbolic", "<Control>1", "win.show-place::profiles" },
    { N_("Go to Registries"), "drive-multidisk-symbolic", "<Control>2", "win.show-place::registries" },
    { N_("Go to Appliances"), "network-server-symbolic", "<Control>3", "win.show-place::appliances" },
    { N_("Go to Activity"), "document-open-recent-symbolic", "<Control>4", "win.show-place::activity" },
    { N_("Go to Trash"), "user-trash-symbolic", "<Control>5", "win.show-place::trash" },
    { N_("Go to Open Profiles"), "document-edit-symbolic", NULL, "win.show-place::editor" },
    { N_("Work on This Computer"), "computer-symbolic", NULL, "win.workspace::local" },
    { N_("Add Console…"), "network-server-symbolic", NULL, "win.add-console" },
    { N_("Practise with the Sandbox"), "network-server-symbolic", NULL, "win.practise" },
    { N_("Sync with the Console…"), "emblem-synchronizing-symbolic", "<Control><Shift>s", "win.sync" },
    { N_("Ask the Console Again"), "view-refresh-symbolic", "<Control>r", "win.refresh" },
    { N_("Sign In to the Console…"), "changes-prevent-symbolic", NULL, "win.sign-in" },
    { N_("Sign Out of the Console"), "changes-prevent-symbolic", NULL, "win.sign-out" },
    { N_("Remove Console…"), "user-trash-symbolic", NULL, "win.remove-console" },
    { N_("Search in This Page"), "system-search-symbolic", "<Control>f", "win.search" },
    { N_("Show or Hide Places"), "sidebar-show-symbolic", "F9", "win.toggle-places" },
    { N_("Preferences"), "preferences-system-symbolic", "<Control>comma", "app.preferences" },
    { N_("Custom Resource Definitions…"), "application-x-addon-symbolic", NULL, "app.preferences" },
    { N_("Keyboard Shortcuts"), "input-keyboard-symbolic", "<Control>question", "app.shortcuts" },
    { N_("About Strata"), "help-about-symbolic", NULL, "app.about" },
    { N_("Quit"), "application-exit-symbolic", "<Control>q", "app.quit" },
  };
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_ptr_array_add (list, strata_command_new (_(commands[i].title), commands[i].icon_name,
                                                  commands[i].accelerator, commands[i].action));

  return list;
}

/**
 * strata_command_list_of_editor:
 *
 * Returns: (transfer container) (element-type StrataCommand): what can be done with the profile that is edited
 */
GPtrArray *
strata_command_list_of_editor (void)
{
  static const struct
  {
    const char *title;
    const char *icon_name;
    const char *accelerator;
    const char *action;
  } commands[] = {
    { N_("Go to Layer or Object…"), "go-jump-symbolic", "<Control><Shift>o", "profile.outline" },
    { N_("Search in All Layers…"), "system-search-symbolic", "<Control><Shift>f", "profile.search" },
    { N_("Find in This Text"), "edit-find-symbolic", "<Control>f", "document.find" },
    { N_("Replace in This Text"), "edit-find-replace-symbolic", "<Control>h", "document.replace" },
    { N_("Go to Line"), "go-jump-symbolic", "<Control>g", "document.go-to-line" },
    { N_("Comment or Uncomment Lines"), "text-x-generic-symbolic", "<Control>slash", "text.comment" },
    { N_("Fold"), "pan-end-symbolic", "<Control><Shift>bracketleft", "text.fold" },
    { N_("Unfold"), "pan-down-symbolic", "<Control><Shift>bracketright", "text.unfold" },
    { N_("Fold All"), "pan-end-symbolic", NULL, "text.fold-all" },
    { N_("Unfold All"), "pan-down-symbolic", NULL, "text.unfold-all" },
    { N_("Larger Text"), "zoom-in-symbolic", "<Control>plus", "text.zoom-in" },
    { N_("Smaller Text"), "zoom-out-symbolic", "<Control>minus", "text.zoom-out" },
    { N_("Normal Size of Text"), "zoom-original-symbolic", "<Control>0", "text.zoom-reset" },
    { N_("Wrap Long Lines"), "format-justify-left-symbolic", NULL, "text.wrap" },
    { N_("Next Change"), "go-down-symbolic", "<Control>F8", "text.next-change" },
    { N_("Previous Change"), "go-up-symbolic", "<Control><Shift>F8", "text.previous-change" },
    { N_("Next Problem"), "dialog-warning-symbolic", "F8", "problem.next" },
    { N_("Repair"), "emblem-ok-symbolic", "<Control>period", "problem.repair" },
    { N_("Attach Manifest"), "document-new-symbolic", NULL, "document.new" },
    { N_("Publish to the Console…"), "document-send-symbolic", "<Control><Shift>p", "editor.publish" },
    { N_("Compare…"), "view-dual-symbolic", "<Control><Shift>e", "profile.compare" },
    { N_("History…"), "document-open-recent-symbolic", "<Control><Shift>h", "profile.history" },
    { N_("Merge with a File…"), "document-open-symbolic", NULL, "profile.merge-with" },
  };
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_ptr_array_add (list, strata_command_new (_(commands[i].title), commands[i].icon_name,
                                               commands[i].accelerator, commands[i].action));

  return list;
}

const char *
strata_command_get_title (StrataCommand *self)
{
  g_return_val_if_fail (STRATA_IS_COMMAND (self), NULL);

  return self->title;
}

const char *
strata_command_get_action (StrataCommand *self)
{
  g_return_val_if_fail (STRATA_IS_COMMAND (self), NULL);

  return self->action;
}

GVariant *
strata_command_get_target (StrataCommand *self)
{
  g_return_val_if_fail (STRATA_IS_COMMAND (self), NULL);

  return self->target;
}
