/* strata-registry-pane.c - the registries, and how each of them is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-pane"

#include "strata-registry-pane.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-places-button.h"
#include "strata-template.h"

#define MAX_WARNINGS 10  /* more than this do not fit in a tooltip */

struct _StrataRegistryPane
{
  GtkWidget      parent_instance;
  GtkListBox    *list;
  StrataCatalog *catalog;     /* (owned) (nullable) */
  char          *chosen;      /* (owned): an id, "" for all */
  gboolean       refreshing;
  gboolean       alone;
};

typedef enum
{
  PROP_ALONE = 1,
} StrataRegistryPaneProperty;

enum
{
  CHOSEN,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_ALONE + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataRegistryPane, strata_registry_pane, GTK_TYPE_WIDGET)

static gboolean
is_folder (StrataRegistry *registry)
{
  return g_str_equal (strata_registry_get_kind (registry), STRATA_REGISTRY_PACK_FOLDER);
}

static char *
count_names (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u name", "%u names", n), n);
}

static char *
describe_contents (StrataRegistry *registry,
                   guint           n)
{
  if (is_folder (registry))
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Folder · %u pack", "Folder · %u packs", n), n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Files · %u chart", "Files · %u charts", n),
                          n);
}

static char *
describe_error (StrataRegistry *registry,
                const GError   *error)
{
  gboolean absent = g_error_matches (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);

  if (is_folder (registry))
    return g_strdup (absent ? _("Folder · not plugged in") : _("Folder · could not be read"));

  return g_strdup (absent ? _("Files · not there at the moment")
                          : _("Files · could not be read"));
}

static char *
describe_warnings (const StrataIndexSource *source)
{
  guint n = source != NULL ? g_strv_length (source->warnings) : 0;

  if (n == 0)
    return g_strdup ("");

  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, " · %u not readable", " · %u not readable", n), n);
}

static char *
describe (StrataRegistryPane *self,
          StrataRegistry     *registry)
{
  const char *id = strata_registry_get_id (registry);
  const GError *error = strata_catalog_get_error (self->catalog, id);

  if (error != NULL)
    return describe_error (registry, error);
  if (strata_catalog_get_source (self->catalog, id) == NULL && strata_catalog_get_loading (self->catalog))
    return g_strdup (_("Reading…"));

  g_autofree char *contents =
    describe_contents (registry, strata_catalog_count_versions (self->catalog, id));
  g_autofree char *warnings = describe_warnings (strata_catalog_get_source (self->catalog, id));

  return g_strconcat (contents, warnings, NULL);
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return label;
}

static GtkWidget *
make_row (const char *icon,
          const char *name,
          const char *subtitle,
          const char *id,
          GtkWidget **box)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *second = make_label (subtitle);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, subtitle);

  *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_margin_top (*box, 7);
  gtk_widget_set_margin_bottom (*box, 7);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (second, "small");
  gtk_widget_add_css_class (second, "dim-label");
  gtk_widget_add_css_class (second, "tnum");
  gtk_box_append (GTK_BOX (texts), make_label (name));
  gtk_box_append (GTK_BOX (texts), second);
  gtk_box_append (GTK_BOX (*box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (*box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), *box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "strata-registry", g_strdup (id), g_free);

  return row;
}

static GtkWidget *
make_menu_button (StrataRegistry *registry)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenuItem) item = g_menu_item_new (_("_Remove From the List"), NULL);
  g_autofree char *label = g_strdup_printf (_("Menu of %s"), strata_registry_get_name (registry));

  g_menu_item_set_action_and_target (item, "registries.remove", "s",
                                     strata_registry_get_id (registry));
  g_menu_append (menu, _("_Read Again"), "registries.reload");
  g_menu_append_item (menu, item);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);

  return button;
}

/* Where it is, or what is wrong with it. */
static char *
make_tooltip (StrataRegistryPane *self,
              StrataRegistry     *registry)
{
  const char *id = strata_registry_get_id (registry);
  const GError *error = strata_catalog_get_error (self->catalog, id);
  const StrataIndexSource *source = strata_catalog_get_source (self->catalog, id);
  GString *text =
    g_string_new (error != NULL ? error->message : strata_registry_get_location (registry));

  for (guint i = 0; source != NULL && source->warnings[i] != NULL && i < MAX_WARNINGS; i++)
    g_string_append_printf (text, "\n%s", source->warnings[i]);

  return g_string_free (text, FALSE);
}

static GtkWidget *
make_registry_row (StrataRegistryPane *self,
                   StrataRegistry     *registry)
{
  const char *id = strata_registry_get_id (registry);
  const GError *error = strata_catalog_get_error (self->catalog, id);
  const char *icon = is_folder (registry) ? "package-x-generic-symbolic" : "insert-object-symbolic";
  g_autofree char *subtitle = describe (self, registry);
  g_autofree char *tooltip = make_tooltip (self, registry);
  GtkWidget *box;
  GtkWidget *row;

  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_OFFLINE))
    icon = "drive-removable-media-symbolic";
  row = make_row (icon, strata_registry_get_name (registry), subtitle, id, &box);
  if (error != NULL && !g_error_matches (error, STRATA_ERROR, STRATA_ERROR_OFFLINE))
    {
      GtkWidget *warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (warning, "attention");
      gtk_box_append (GTK_BOX (box), warning);
    }
  gtk_widget_set_tooltip_text (row, tooltip);
  gtk_box_append (GTK_BOX (box), make_menu_button (registry));

  return row;
}

static void
add_row (StrataRegistryPane *self,
         GtkWidget          *row)
{
  gtk_list_box_append (self->list, row);
  if (g_str_equal (g_object_get_data (G_OBJECT (row), "strata-registry"), self->chosen))
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

static void
refresh (StrataRegistryPane *self)
{
  GListModel *registries = strata_catalog_get_registries (self->catalog);
  g_autofree char *all = count_names (strata_catalog_count_names (self->catalog, NULL));
  GtkWidget *child, *box;

  self->refreshing = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  add_row (self, make_row ("view-grid-symbolic", _("All Registries"), all, "", &box));
  for (guint i = 0; i < g_list_model_get_n_items (registries); i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (registries, i);

      add_row (self, make_registry_row (self, registry));
    }
  self->refreshing = FALSE;

  if (gtk_list_box_get_selected_row (self->list) == NULL)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
selected_cb (StrataRegistryPane *self,
             GtkListBoxRow      *row)
{
  if (self->refreshing || row == NULL)
    return;

  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (row), "strata-registry"));
  g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
}

static void
strata_registry_pane_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch ((StrataRegistryPaneProperty) id)
    {
    case PROP_ALONE:
      g_value_set_boolean (value, STRATA_REGISTRY_PANE (object)->alone);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_registry_pane_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  StrataRegistryPane *self = STRATA_REGISTRY_PANE (object);

  switch ((StrataRegistryPaneProperty) id)
    {
    case PROP_ALONE:
      if (self->alone == g_value_get_boolean (value))
        return;
      self->alone = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_registry_pane_dispose (GObject *object)
{
  StrataRegistryPane *self = STRATA_REGISTRY_PANE (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_REGISTRY_PANE);
  g_clear_object (&self->catalog);

  G_OBJECT_CLASS (strata_registry_pane_parent_class)->dispose (object);
}

static void
strata_registry_pane_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_REGISTRY_PANE (object)->chosen, g_free);

  G_OBJECT_CLASS (strata_registry_pane_parent_class)->finalize (object);
}

static void
strata_registry_pane_class_init (StrataRegistryPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_registry_pane_dispose;
  object_class->finalize = strata_registry_pane_finalize;
  object_class->get_property = strata_registry_pane_get_property;
  object_class->set_property = strata_registry_pane_set_property;

  properties[PROP_ALONE] =
    g_param_spec_boolean ("alone", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (STRATA_TYPE_PLACES_BUTTON);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-registry-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryPane, list);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
strata_registry_pane_init (StrataRegistryPane *self)
{
  self->chosen = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows the registries of @catalog; call it once. */
void
strata_registry_pane_set_catalog (StrataRegistryPane *self,
                                  StrataCatalog      *catalog)
{
  g_return_if_fail (STRATA_IS_REGISTRY_PANE (self) && STRATA_IS_CATALOG (catalog) &&
                    self->catalog == NULL);

  self->catalog = g_object_ref (catalog);
  g_signal_connect_object (strata_catalog_get_registries (catalog), "items-changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (catalog, "notify::loading", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (catalog, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}
