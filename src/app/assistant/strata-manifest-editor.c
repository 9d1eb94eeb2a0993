/* strata-manifest-editor.c - one or more manifests being written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-manifest-editor"

#include "strata-manifest-editor.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-lint-line.h"
#include "strata-manifest-import.h"
#include "strata-names.h"
#include "strata-source-text.h"
#include "strata-template.h"

/* One manifest: its tab, and its page with the text and the line below it. */
typedef struct
{
  StrataManifest   *manifest;  /* (owned): as it was given, for what is not shown of it */
  char             *name;      /* (owned): as it was typed */
  GtkToggleButton  *tab;
  GtkWidget        *page;
  StrataSourceText *text;
} Document;

struct _StrataManifestEditor
{
  GtkWidget             parent_instance;
  GtkBox               *tabs;
  GtkStack             *pages;
  GtkEntry             *name;
  GPtrArray            *documents;  /* (owned) (element-type Document) */
  Document             *current;    /* (nullable): one of the documents */
  StrataManifestImport *import;     /* (owned) */
  gboolean              switching;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataManifestEditor, strata_manifest_editor, GTK_TYPE_WIDGET)

static void
document_free (Document *document)
{
  g_object_unref (document->manifest);
  g_free (document->name);
  g_free (document);
}

static void
changed (StrataManifestEditor *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
has_name (StrataManifestEditor *self,
          const char           *name)
{
  for (guint i = 0; i < self->documents->len; i++)
    if (g_str_equal (((Document *) g_ptr_array_index (self->documents, i))->name, name))
      return TRUE;

  return FALSE;
}

static char *
make_free_name (StrataManifestEditor *self,
                const char           *wanted)
{
  char *name = g_strdup (wanted);

  for (guint i = 2; has_name (self, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", wanted, i);
    }

  return name;
}

static void
update_actions (StrataManifestEditor *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "manifest.remove", self->documents->len > 1);
}

static void
label_text (Document *document)
{
  g_autofree char *label = g_strdup_printf (_("Manifest %s"), document->name);

  strata_source_text_set_label (document->text, label);
}

static void
show_document (StrataManifestEditor *self,
               Document             *document)
{
  self->current = document;
  self->switching = TRUE;
  gtk_toggle_button_set_active (document->tab, TRUE);
  gtk_stack_set_visible_child (self->pages, document->page);
  gtk_editable_set_text (GTK_EDITABLE (self->name), document->name);
  self->switching = FALSE;
}

static void
toggled_cb (GtkToggleButton      *tab,
            StrataManifestEditor *self)
{
  if (self->switching || !gtk_toggle_button_get_active (tab))
    return;

  for (guint i = 0; i < self->documents->len; i++)
    {
      Document *document = g_ptr_array_index (self->documents, i);

      if (document->tab == tab)
        show_document (self, document);
    }
}

static void
name_changed_cb (StrataManifestEditor *self)
{
  if (self->switching || self->current == NULL)
    return;

  g_free (self->current->name);
  self->current->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  gtk_button_set_label (GTK_BUTTON (self->current->tab), self->current->name);
  label_text (self->current);
  changed (self);
}

static GtkWidget *
make_page (StrataManifestEditor *self,
           Document             *document)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = g_object_new (STRATA_TYPE_LINT_LINE, NULL);

  document->text = g_object_new (STRATA_TYPE_SOURCE_TEXT, "vexpand", TRUE, NULL);
  strata_source_text_set_text (document->text, strata_manifest_get_text (document->manifest),
                               "yaml");
  g_signal_connect_object (document->text, "changed", G_CALLBACK (changed), self,
                           G_CONNECT_SWAPPED);
  strata_lint_line_watch (STRATA_LINT_LINE (line), document->text, STRATA_LINT_MANIFEST);
  gtk_widget_add_css_class (line, "statusline");
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (document->text));
  gtk_box_append (GTK_BOX (page), line);

  return page;
}

static Document *
add_document (StrataManifestEditor *self,
              StrataManifest       *manifest,
              char                 *name)
{
  Document *document = g_new0 (Document, 1);
  Document *first = self->documents->len > 0 ? g_ptr_array_index (self->documents, 0) : NULL;

  document->manifest = g_object_ref (manifest);
  document->name = name;
  document->tab = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (name));
  document->page = make_page (self, document);
  label_text (document);
  gtk_toggle_button_set_group (document->tab, first != NULL ? first->tab : NULL);
  gtk_widget_add_css_class (GTK_WIDGET (document->tab), "flat");
  g_signal_connect (document->tab, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (self->tabs, GTK_WIDGET (document->tab));
  gtk_stack_add_child (self->pages, document->page);
  g_ptr_array_add (self->documents, document);
  update_actions (self);

  return document;
}

static void
remove_document (StrataManifestEditor *self,
                 Document             *document)
{
  gtk_box_remove (self->tabs, GTK_WIDGET (document->tab));
  gtk_stack_remove (self->pages, document->page);
  if (self->current == document)
    self->current = NULL;
  g_ptr_array_remove (self->documents, document);
  update_actions (self);
}

static void
add_empty (StrataManifestEditor *self)
{
  g_autoptr(StrataBlob) content = strata_blob_new_text ("");
  char *name = make_free_name (self, "manifest");
  g_autoptr(StrataManifest) manifest = strata_manifest_new (name, content);

  show_document (self, add_document (self, manifest, name));
}

static void
new_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataManifestEditor *self = STRATA_MANIFEST_EDITOR (widget);

  add_empty (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  changed (self);
}

static void
from_files_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  strata_manifest_import_ask (STRATA_MANIFEST_EDITOR (widget)->import);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataManifestEditor *self = STRATA_MANIFEST_EDITOR (widget);

  if (self->current == NULL || self->documents->len < 2)
    return;

  remove_document (self, self->current);
  show_document (self, g_ptr_array_index (self->documents, self->documents->len - 1));
  changed (self);
}

static gboolean
is_blank (Document *document)
{
  g_autofree char *text = strata_source_text_dup_text (document->text);

  return *g_strstrip (text) == '\0';
}

/* What was loaded takes the place of a manifest that nothing was written in yet. */
static void
loaded_cb (StrataManifestEditor *self,
           GPtrArray            *manifests)
{
  Document *blank = self->documents->len == 1 && is_blank (g_ptr_array_index (self->documents, 0))
                      ? g_ptr_array_index (self->documents, 0)
                      : NULL;

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);

      show_document (
        self,
        add_document (self, manifest, make_free_name (self, strata_manifest_get_name (manifest))));
    }
  if (blank != NULL && manifests->len > 0)
    remove_document (self, blank);
  changed (self);
}

static void
strata_manifest_editor_dispose (GObject *object)
{
  StrataManifestEditor *self = STRATA_MANIFEST_EDITOR (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_MANIFEST_EDITOR);
  g_clear_object (&self->import);

  G_OBJECT_CLASS (strata_manifest_editor_parent_class)->dispose (object);
}

static void
strata_manifest_editor_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_MANIFEST_EDITOR (object)->documents, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_manifest_editor_parent_class)->finalize (object);
}

static void
strata_manifest_editor_class_init (StrataManifestEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_manifest_editor_dispose;
  object_class->finalize = strata_manifest_editor_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-manifest-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataManifestEditor, tabs);
  gtk_widget_class_bind_template_child (widget_class, StrataManifestEditor, pages);
  gtk_widget_class_bind_template_child (widget_class, StrataManifestEditor, name);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_install_action (widget_class, "manifest.new", NULL, new_cb);
  gtk_widget_class_install_action (widget_class, "manifest.from-files", NULL, from_files_cb);
  gtk_widget_class_install_action (widget_class, "manifest.remove", NULL, remove_cb);
}

static void
strata_manifest_editor_init (StrataManifestEditor *self)
{
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) document_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->import = strata_manifest_import_new (GTK_WIDGET (self));
  g_signal_connect_object (self->import, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
}

/**
 * strata_manifest_editor_set_manifests:
 * @self: an editor
 * @manifests: (element-type StrataManifest): what to edit; an empty one is made when there is none
 *
 * Replaces what is being written.
 */
void
strata_manifest_editor_set_manifests (StrataManifestEditor *self,
                                      GPtrArray            *manifests)
{
  g_return_if_fail (STRATA_IS_MANIFEST_EDITOR (self) && manifests != NULL);

  while (self->documents->len > 0)
    remove_document (self, g_ptr_array_index (self->documents, 0));
  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);

      add_document (self, manifest, g_strdup (strata_manifest_get_name (manifest)));
    }

  if (manifests->len == 0)
    add_empty (self);
  else
    show_document (self, g_ptr_array_index (self->documents, 0));
}

/**
 * strata_manifest_editor_dup_manifests:
 * @self: an editor
 *
 * Returns: (transfer full) (element-type StrataManifest): what is written now, valid or not
 */
GPtrArray *
strata_manifest_editor_dup_manifests (StrataManifestEditor *self)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST_EDITOR (self), NULL);

  GPtrArray *manifests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->documents->len; i++)
    {
      Document *document = g_ptr_array_index (self->documents, i);
      g_autofree char *text = strata_source_text_dup_text (document->text);
      g_autoptr(StrataBlob) content = strata_blob_new_text (text);
      g_autoptr(StrataManifest) named =
        strata_manifest_with_name (document->manifest, document->name);

      g_ptr_array_add (manifests, strata_manifest_with_content (named, content));
    }

  return manifests;
}

/**
 * strata_manifest_editor_check:
 * @self: an editor
 * @error: return location for a %STRATA_ERROR_INVALID that gives the reason
 *
 * Returns: whether every manifest has a name of its own and a text
 */
gboolean
strata_manifest_editor_check (StrataManifestEditor  *self,
                              GError               **error)
{
  g_return_val_if_fail (STRATA_IS_MANIFEST_EDITOR (self), FALSE);

  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->documents->len; i++)
    {
      Document *document = g_ptr_array_index (self->documents, i);

      if (!strata_name_check_manifest (document->name, error))
        return FALSE;
      if (!g_hash_table_add (names, document->name))
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                       _("Two manifests are called “%s”"), document->name);
          return FALSE;
        }
      if (is_blank (document))
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                       _("Nothing is written in the manifest “%s” yet"), document->name);
          return FALSE;
        }
    }

  return TRUE;
}
