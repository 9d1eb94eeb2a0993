/* strata-pages.c - the pages of the window, each made when it is first shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pages"

#include "strata-pages.h"

#include "strata-activity-page.h"
#include "strata-appliances-page.h"
#include "strata-assistant-page.h"
#include "strata-dashboard-page.h"
#include "strata-registries-page.h"

#define FOCUS_KEY "strata-focus"

struct _StrataPages
{
  AdwBin           parent_instance;
  StrataWorkspace *workspace;  /* (owned) (nullable) */
  GVariant        *tabs;       /* (owned) (nullable): for the editor, until it is there */
  GtkStack        *stack;      /* (unowned): the child */
  const char      *way_back;   /* (interned): the page that the assistant was called from */
  gboolean         narrow;
};

typedef enum
{
  PROP_NARROW = 1,
} StrataPagesProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (StrataPages, strata_pages, ADW_TYPE_BIN)

/* Pages */

static void
assistant_finished_cb (StrataPages *self,
                       const char  *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-profile", "s", id);
}

static void
assistant_closed_cb (StrataPages *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-place", "s", self->way_back);
}

static GtkWidget *
make_editor (StrataPages *self)
{
  GtkWidget *page = g_object_new (STRATA_TYPE_EDITOR_PAGE, "workspace", self->workspace, NULL);

  if (self->tabs != NULL)
    strata_editor_page_set_session (STRATA_EDITOR_PAGE (page), self->tabs);
  g_clear_pointer (&self->tabs, g_variant_unref);

  return page;
}

static GtkWidget *
make_assistant (StrataPages *self)
{
  GtkWidget *page = g_object_new (STRATA_TYPE_ASSISTANT_PAGE, "workspace", self->workspace, NULL);

  g_signal_connect_object (page, "finished", G_CALLBACK (assistant_finished_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "closed", G_CALLBACK (assistant_closed_cb), self,
                           G_CONNECT_SWAPPED);

  return page;
}

static GtkWidget *
make_page (StrataPages *self,
           const char  *name)
{
  if (g_str_equal (name, "editor"))
    return make_editor (self);
  if (g_str_equal (name, "assistant"))
    return make_assistant (self);
  if (g_str_equal (name, "activity"))
    return g_object_new (STRATA_TYPE_ACTIVITY_PAGE, "workspace", self->workspace, NULL);
  if (g_str_equal (name, "appliances"))
    return g_object_new (STRATA_TYPE_APPLIANCES_PAGE, "workspace", self->workspace, NULL);
  if (g_str_equal (name, "registries"))
    return g_object_new (STRATA_TYPE_REGISTRIES_PAGE, "workspace", self->workspace, NULL);

  return g_object_new (STRATA_TYPE_DASHBOARD_PAGE, "workspace", self->workspace, "trash",
                       g_str_equal (name, "trash"), NULL);
}

static GtkWidget *
ensure_page (StrataPages *self,
             const char  *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name);

  if (page != NULL)
    return page;

  page = make_page (self, name);
  g_object_bind_property (self, "narrow", page, "narrow", G_BINDING_SYNC_CREATE);
  gtk_stack_add_named (self->stack, page, name);

  return page;
}

/* Focus: each page gets it back where it had it. */

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
keep_focus (StrataPages *self)
{
  GtkWidget *page = strata_pages_get_page (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (page == NULL || focus == NULL || !gtk_widget_is_ancestor (focus, page))
    return;

  GWeakRef *ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, focus);
  g_object_set_data_full (G_OBJECT (page), FOCUS_KEY, ref, weak_ref_free);
}

/* Rows are there only after the first layout of a page. */
static gboolean
give_focus_later_cb (gpointer user_data)
{
  GtkWidget *page = user_data;
  StrataPages *self = STRATA_PAGES (gtk_widget_get_ancestor (page, STRATA_TYPE_PAGES));
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* Whoever went on in the meantime is not called back from there. */
  if (self != NULL && strata_pages_get_page (self) == page &&
      (focus == NULL || gtk_widget_get_ancestor (focus, ADW_TYPE_HEADER_BAR) != NULL))
    gtk_widget_grab_focus (page);

  return G_SOURCE_REMOVE;
}

static void
give_focus (StrataPages *self,
            GtkWidget   *page)
{
  GWeakRef *ref = g_object_get_data (G_OBJECT (page), FOCUS_KEY);
  g_autoptr(GtkWidget) focus = ref != NULL ? g_weak_ref_get (ref) : NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (focus != NULL && gtk_widget_is_ancestor (focus, page) && gtk_widget_grab_focus (focus))
    return;

  /* A page knows what it is about; where it does not say so, its first button gets the keys. */
  if (gtk_widget_grab_focus (page))
    return;

  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
  g_idle_add_full (G_PRIORITY_LOW, give_focus_later_cb, g_object_ref (page), g_object_unref);
}

/* Class */

static void
strata_pages_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch ((StrataPagesProperty) id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, STRATA_PAGES (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_pages_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  StrataPages *self = STRATA_PAGES (object);

  switch ((StrataPagesProperty) id)
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
strata_pages_dispose (GObject *object)
{
  StrataPages *self = STRATA_PAGES (object);

  g_clear_pointer (&self->tabs, g_variant_unref);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (strata_pages_parent_class)->dispose (object);
}

static void
strata_pages_class_init (StrataPagesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = strata_pages_get_property;
  object_class->set_property = strata_pages_set_property;
  object_class->dispose = strata_pages_dispose;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_pages_init (StrataPages *self)
{
  self->way_back = "profiles";
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

void
strata_pages_set_workspace (StrataPages     *self,
                            StrataWorkspace *workspace)
{
  g_return_if_fail (STRATA_IS_PAGES (self));

  g_set_object (&self->workspace, workspace);
}

/* What the editor opens when it is first shown. */
void
strata_pages_set_tabs (StrataPages *self,
                       GVariant    *tabs)
{
  g_return_if_fail (STRATA_IS_PAGES (self));

  g_clear_pointer (&self->tabs, g_variant_unref);
  self->tabs = tabs != NULL ? g_variant_ref (tabs) : NULL;
}

/**
 * strata_pages_get_tabs:
 * @self: the pages
 *
 * Returns: (transfer full) (nullable): what is open in the editor, or will be when it is shown
 */
GVariant *
strata_pages_get_tabs (StrataPages *self)
{
  g_return_val_if_fail (STRATA_IS_PAGES (self), NULL);

  StrataEditorPage *editor = strata_pages_peek_editor (self);

  if (editor != NULL)
    return g_variant_take_ref (strata_editor_page_get_session (editor));

  return self->tabs != NULL ? g_variant_ref (self->tabs) : NULL;
}

/* Brings a page to the front and gives it back. */
GtkWidget *
strata_pages_show (StrataPages *self,
                   const char  *name)
{
  g_return_val_if_fail (STRATA_IS_PAGES (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  GtkWidget *page = ensure_page (self, name);

  if (g_str_equal (name, "assistant") && !g_str_equal (strata_pages_get_name (self), "assistant"))
    self->way_back = g_intern_string (strata_pages_get_name (self));

  keep_focus (self);
  gtk_stack_set_visible_child (self->stack, page);
  give_focus (self, page);

  return page;
}

/* The name of the page in front. */
const char *
strata_pages_get_name (StrataPages *self)
{
  g_return_val_if_fail (STRATA_IS_PAGES (self), NULL);

  const char *name = gtk_stack_get_visible_child_name (self->stack);

  return name != NULL ? name : "profiles";
}

/* The page in front; %NULL before the first. */
GtkWidget *
strata_pages_get_page (StrataPages *self)
{
  g_return_val_if_fail (STRATA_IS_PAGES (self), NULL);

  return gtk_stack_get_visible_child (self->stack);
}

/* The editor where it was needed already; %NULL before that. */
StrataEditorPage *
strata_pages_peek_editor (StrataPages *self)
{
  g_return_val_if_fail (STRATA_IS_PAGES (self), NULL);

  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, "editor");

  return page != NULL ? STRATA_EDITOR_PAGE (page) : NULL;
}

/* Whether a page may be the first of a start; the assistant starts anew. */
gboolean
strata_pages_can_restore (const char *name,
                          GVariant   *tabs)
{
  static const char *const names[] = { "activity",   "appliances", "profiles",
                                       "registries", "trash",      NULL };

  return name != NULL &&
         (g_strv_contains (names, name) || (g_str_equal (name, "editor") && tabs != NULL));
}
