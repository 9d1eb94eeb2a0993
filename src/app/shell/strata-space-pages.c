/* strata-space-pages.c - the pages of every workspace that was shown, one set of them in front
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-space-pages"

#include "strata-space-pages.h"

struct _StrataSpacePages
{
  AdwBin    parent_instance;
  GtkStack *stack;   /* (unowned): the child; its children are named by the id of their workspace */
  gboolean  narrow;
};

typedef enum
{
  PROP_NARROW = 1,
} StrataSpacePagesProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (StrataSpacePages, strata_space_pages, ADW_TYPE_BIN)

static void
strata_space_pages_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch ((StrataSpacePagesProperty) id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, STRATA_SPACE_PAGES (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_space_pages_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  StrataSpacePages *self = STRATA_SPACE_PAGES (object);

  switch ((StrataSpacePagesProperty) id)
    {
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        break;
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_space_pages_class_init (StrataSpacePagesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = strata_space_pages_get_property;
  object_class->set_property = strata_space_pages_set_property;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_space_pages_init (StrataSpacePages *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/* The pages of a workspace; %NULL before they were added. */
StrataPages *
strata_space_pages_find (StrataSpacePages *self,
                         const char       *id)
{
  g_return_val_if_fail (STRATA_IS_SPACE_PAGES (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  GtkWidget *pages = gtk_stack_get_child_by_name (self->stack, id);

  return pages != NULL ? STRATA_PAGES (pages) : NULL;
}

StrataPages *
strata_space_pages_add (StrataSpacePages *self,
                        StrataWorkspace  *workspace)
{
  g_return_val_if_fail (STRATA_IS_SPACE_PAGES (self), NULL);
  g_return_val_if_fail (STRATA_IS_WORKSPACE (workspace), NULL);

  GtkWidget *pages = g_object_new (STRATA_TYPE_PAGES, NULL);

  strata_pages_set_workspace (STRATA_PAGES (pages), workspace);
  g_object_bind_property (self, "narrow", pages, "narrow", G_BINDING_SYNC_CREATE);
  gtk_stack_add_named (self->stack, pages, strata_workspace_get_id (workspace));

  return STRATA_PAGES (pages);
}

void
strata_space_pages_show (StrataSpacePages *self,
                         StrataPages      *pages)
{
  g_return_if_fail (STRATA_IS_SPACE_PAGES (self));
  g_return_if_fail (STRATA_IS_PAGES (pages));

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (pages));
}

void
strata_space_pages_remove (StrataSpacePages *self,
                           const char       *id)
{
  g_return_if_fail (STRATA_IS_SPACE_PAGES (self));

  StrataPages *pages = strata_space_pages_find (self, id);

  if (pages != NULL)
    gtk_stack_remove (self->stack, GTK_WIDGET (pages));
}

/* Puts what was typed in any workspace on the disk. */
gboolean
strata_space_pages_flush (StrataSpacePages  *self,
                          GError           **error)
{
  g_return_val_if_fail (STRATA_IS_SPACE_PAGES (self), FALSE);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      StrataEditorPage *editor = strata_pages_peek_editor (STRATA_PAGES (child));

      if (editor != NULL && !strata_editor_page_flush (editor, error))
        return FALSE;
    }

  return TRUE;
}
