/* strata-attached-manifests.c - the manifests that are created together with a pack or chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-attached-manifests"

#include "strata-attached-manifests.h"

#include <glib/gi18n.h>

#include "strata-manifest-import.h"
#include "strata-manifest.h"
#include "strata-source-dialog.h"
#include "strata-template.h"

struct _StrataAttachedManifests
{
  GtkWidget             parent_instance;
  AdwPreferencesGroup  *group;
  AdwActionRow         *row;
  GPtrArray            *manifests;  /* (owned) (element-type StrataManifest) */
  GPtrArray            *rows;       /* (owned) (element-type GtkWidget) */
  StrataManifestImport *import;     /* (owned) */
  char                 *empty;      /* (owned): what is said when there are none */
  char                 *editing;    /* (owned) (nullable): the manifest in the dialog; NULL for a new one */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataAttachedManifests, strata_attached_manifests, GTK_TYPE_WIDGET)

static StrataManifest *
find (StrataAttachedManifests *self,
      const char              *name,
      guint                   *position)
{
  for (guint i = 0; i < self->manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (self->manifests, i);

      if (g_str_equal (strata_manifest_get_name (manifest), name))
        {
          if (position != NULL)
            *position = i;
          return manifest;
        }
    }

  return NULL;
}

static char *
make_free_name (StrataAttachedManifests *self,
                const char              *wanted)
{
  char *name = g_strdup (wanted);

  for (guint i = 2; find (self, name, NULL) != NULL; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", wanted, i);
    }

  return name;
}

static GtkWidget *
make_button (const char *icon,
             const char *action,
             const char *name,
             const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);

  return button;
}

static void
add_row (StrataAttachedManifests *self,
         StrataManifest          *manifest)
{
  const char *name = strata_manifest_get_name (manifest);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *edit =
    make_button ("document-edit-symbolic", "attached.edit", name, _("Edit This Manifest"));
  GtkWidget *remove =
    make_button ("user-trash-symbolic", "attached.remove", name, _("Remove This Manifest"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), edit);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), edit);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
show (StrataAttachedManifests *self)
{
  guint n = self->manifests->len;
  g_autofree char *count =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u manifest", "%u manifests", n), n);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < n; i++)
    add_row (self, g_ptr_array_index (self->manifests, i));
  adw_action_row_set_subtitle (self->row, n > 0 ? count : self->empty);
}

/* The array may be a layer's own: a change makes a new one. */
static void
begin_change (StrataAttachedManifests *self)
{
  g_autoptr(GPtrArray) before = self->manifests;

  self->manifests = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < before->len; i++)
    g_ptr_array_add (self->manifests, g_object_ref (g_ptr_array_index (before, i)));
}

static void
end_change (StrataAttachedManifests *self)
{
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
applied_cb (StrataAttachedManifests *self,
            const char              *name,
            const char              *text)
{
  g_autoptr(StrataBlob) content = strata_blob_new_text (text);
  guint position = 0;

  begin_change (self);

  StrataManifest *before = self->editing != NULL ? find (self, self->editing, &position) : NULL;

  if (before != NULL)
    {
      g_autofree char *free_name =
        g_str_equal (name, self->editing) ? g_strdup (name) : make_free_name (self, name);
      g_autoptr(StrataManifest) named = strata_manifest_with_name (before, free_name);

      g_ptr_array_remove_index (self->manifests, position);
      g_ptr_array_insert (self->manifests, (int) position,
                          strata_manifest_with_content (named, content));
    }
  else
    {
      g_autofree char *free_name = make_free_name (self, name);

      g_ptr_array_add (self->manifests, strata_manifest_new (free_name, content));
    }
  end_change (self);
}

static void
open_dialog (StrataAttachedManifests *self,
             const char              *editing,
             const char              *name,
             const char              *text)
{
  StrataSourceDialog *dialog = strata_source_dialog_new (
    GTK_WIDGET (self), _("Attached Manifest"), name, text, STRATA_LINT_MANIFEST);

  g_free (self->editing);
  self->editing = g_strdup (editing);
  g_signal_connect_object (dialog, "applied", G_CALLBACK (applied_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
new_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataAttachedManifests *self = STRATA_ATTACHED_MANIFESTS (widget);
  g_autofree char *name = make_free_name (self, "manifest");

  open_dialog (self, NULL, name, "");
}

static void
from_files_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  strata_manifest_import_ask (STRATA_ATTACHED_MANIFESTS (widget)->import);
}

static void
edit_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataAttachedManifests *self = STRATA_ATTACHED_MANIFESTS (widget);
  StrataManifest *manifest = find (self, g_variant_get_string (parameter, NULL), NULL);

  if (manifest != NULL)
    open_dialog (self, strata_manifest_get_name (manifest), strata_manifest_get_name (manifest),
                 strata_manifest_get_text (manifest));
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataAttachedManifests *self = STRATA_ATTACHED_MANIFESTS (widget);
  guint position = 0;

  if (find (self, g_variant_get_string (parameter, NULL), &position) == NULL)
    return;

  begin_change (self);
  g_ptr_array_remove_index (self->manifests, position);
  end_change (self);
}

static void
loaded_cb (StrataAttachedManifests *self,
           GPtrArray               *manifests)
{
  begin_change (self);
  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);
      g_autofree char *name = make_free_name (self, strata_manifest_get_name (manifest));

      g_ptr_array_add (self->manifests, strata_manifest_with_name (manifest, name));
    }
  end_change (self);
}

static void
strata_attached_manifests_dispose (GObject *object)
{
  StrataAttachedManifests *self = STRATA_ATTACHED_MANIFESTS (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_ATTACHED_MANIFESTS);
  g_clear_object (&self->import);

  G_OBJECT_CLASS (strata_attached_manifests_parent_class)->dispose (object);
}

static void
strata_attached_manifests_finalize (GObject *object)
{
  StrataAttachedManifests *self = STRATA_ATTACHED_MANIFESTS (object);

  g_clear_pointer (&self->manifests, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->empty, g_free);
  g_clear_pointer (&self->editing, g_free);

  G_OBJECT_CLASS (strata_attached_manifests_parent_class)->finalize (object);
}

static void
strata_attached_manifests_class_init (StrataAttachedManifestsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_attached_manifests_dispose;
  object_class->finalize = strata_attached_manifests_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-attached-manifests.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataAttachedManifests, group);
  gtk_widget_class_bind_template_child (widget_class, StrataAttachedManifests, row);
  gtk_widget_class_install_action (widget_class, "attached.new", NULL, new_cb);
  gtk_widget_class_install_action (widget_class, "attached.from-files", NULL, from_files_cb);
  gtk_widget_class_install_action (widget_class, "attached.edit", "s", edit_cb);
  gtk_widget_class_install_action (widget_class, "attached.remove", "s", remove_cb);
}

static void
strata_attached_manifests_init (StrataAttachedManifests *self)
{
  self->manifests = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new ();
  self->empty = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  self->import = strata_manifest_import_new (GTK_WIDGET (self));
  g_signal_connect_object (self->import, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
}

/* Shows @manifests (element-type StrataManifest), or the sentence @empty when there are none. */
void
strata_attached_manifests_set (StrataAttachedManifests *self,
                               GPtrArray               *manifests,
                               const char              *empty)
{
  g_return_if_fail (STRATA_IS_ATTACHED_MANIFESTS (self) && manifests != NULL && empty != NULL);

  g_ptr_array_ref (manifests);
  g_ptr_array_unref (self->manifests);
  self->manifests = manifests;
  g_free (self->empty);
  self->empty = g_strdup (empty);
  show (self);
}

/* Returns: (transfer none) (element-type StrataManifest): what is attached; never changed afterwards */
GPtrArray *
strata_attached_manifests_get (StrataAttachedManifests *self)
{
  g_return_val_if_fail (STRATA_IS_ATTACHED_MANIFESTS (self), NULL);

  return self->manifests;
}
