/* strata-status-line.c - the foot of the editor: how far the disk is, problems, images, the cursor, the download
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-status-line"

#include "strata-status-line.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-text-lines.h"

#define TICK_MS 3000
#define MOMENT 3
#define MINUTE 60

struct _StrataStatusLine
{
  GtkWidget      parent_instance;
  StrataEditing *editing;  /* (owned) (nullable) */
  StrataJob     *count;    /* (owned): the words of the shown text */
  guint          tick;     /* only while the age counts in seconds and somebody can see it */
  guint          narrow : 1;

  GtkWidget     *root;
  GtkImage      *saved_icon;
  GtkLabel      *saved;
  GtkWidget     *try_again;
  GtkWidget     *decide;
  GtkImage      *problems_icon;
  GtkLabel      *problems;
  GtkWidget     *images_dot;
  GtkLabel      *images;
  GtkLabel      *words;
  GtkLabel      *cursor;
  GtkWidget     *download;
};

typedef enum
{
  PROP_NARROW = 1,
} StrataStatusLineProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (StrataStatusLine, strata_status_line, GTK_TYPE_WIDGET)

static void
set_icon (GtkImage   *image,
          const char *icon_name,
          const char *css_class)
{
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (image, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (image), classes);
}

static char *
describe_age (gint64 saved_at)
{
  gint64 age = MAX (g_get_real_time () / G_USEC_PER_SEC - saved_at, 0);

  if (age < MOMENT)
    return g_strdup (_("Saved just now"));

  if (age < MINUTE)
    return g_strdup_printf (_("Saved %d s ago"), (int) age);

  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (saved_at);
  gboolean today = then != NULL &&
                   g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (then) &&
                   g_date_time_get_year (now) == g_date_time_get_year (then);

  if (then == NULL)
    return g_strdup (_("Saved"));

  /* An hour of the clock does not grow old, so nothing has to wake up to keep it true. */
  return g_date_time_format (then, today ? _("Saved at %H:%M") : _("Saved on %-d %B %Y"));
}

static void
show_saved (StrataStatusLine *self,
            StrataSaver      *saver)
{
  const char *warning = strata_saver_get_warning (saver);
  g_autofree char *age = describe_age (strata_saver_get_saved_at (saver));

  if (warning != NULL)
    {
      set_icon (self->saved_icon, "dialog-warning-symbolic", "attention");
      gtk_label_set_label (self->saved, warning);
      return;
    }

  set_icon (self->saved_icon, "emblem-ok-symbolic", "good");
  gtk_label_set_label (self->saved, age);
}

static void
show_trouble (StrataStatusLine *self,
              StrataSaver      *saver)
{
  const GError *error = strata_saver_get_error (saver);

  set_icon (self->saved_icon, "dialog-error-symbolic", "bad");
  gtk_label_set_label (self->saved, error != NULL ? error->message : _("Not saved"));
}

static void
update_saved (StrataStatusLine *self)
{
  StrataSaver *saver = strata_editing_get_saver (self->editing);
  StrataSaverState state = strata_saver_get_state (saver);

  switch (state)
    {
    case STRATA_SAVER_CHANGED:
    case STRATA_SAVER_SAVING:
      set_icon (self->saved_icon, "content-loading-symbolic", "quiet");
      gtk_label_set_label (self->saved, _("Saving…"));
      break;

    case STRATA_SAVER_FAILED:
    case STRATA_SAVER_CONFLICT:
      show_trouble (self, saver);
      break;

    case STRATA_SAVER_SAVED:
    default:
      show_saved (self, saver);
    }

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->saved), gtk_label_get_label (self->saved));
  gtk_widget_set_visible (self->try_again, state == STRATA_SAVER_FAILED);
  gtk_widget_set_visible (self->decide, state == STRATA_SAVER_CONFLICT);
}

static gboolean
counts_seconds (StrataStatusLine *self)
{
  StrataSaver *saver = strata_editing_get_saver (self->editing);
  gint64 age = g_get_real_time () / G_USEC_PER_SEC - strata_saver_get_saved_at (saver);

  return strata_saver_get_state (saver) == STRATA_SAVER_SAVED && age < MINUTE;
}

static void queue_tick (StrataStatusLine *self);

static void
tick_cb (gpointer data)
{
  StrataStatusLine *self = data;

  self->tick = 0;
  update_saved (self);
  queue_tick (self);
}

static void
queue_tick (StrataStatusLine *self)
{
  if (self->tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)) && counts_seconds (self))
    self->tick = g_timeout_add_once (TICK_MS, tick_cb, self);
}

static void
saver_state_cb (StrataStatusLine *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  update_saved (self);
  queue_tick (self);
}

static void
update_problems (StrataStatusLine *self)
{
  StrataChecker *checker = strata_editing_get_checker (self->editing);
  guint n_problems = strata_checker_get_n_problems (checker);
  g_autofree char *text = n_problems == 0
    ? g_strdup (_("No problems"))
    : g_strdup_printf (ngettext ("%u problem", "%u problems", n_problems), n_problems);

  if (n_problems > 0)
    set_icon (self->problems_icon, "dialog-warning-symbolic", "attention");
  else
    set_icon (self->problems_icon, "emblem-ok-symbolic", "good");

  gtk_label_set_label (self->problems, text);
}

static void
update_images (StrataStatusLine *self)
{
  guint n_images = strata_checker_get_n_images (strata_editing_get_checker (self->editing));
  g_autofree char *text = g_strdup_printf (ngettext ("%u image", "%u images", n_images), n_images);

  gtk_label_set_label (self->images, text);
  gtk_widget_set_visible (GTK_WIDGET (self->images), !self->narrow);
  gtk_widget_set_visible (self->images_dot, !self->narrow);
}

/* Runs in a worker thread. */
static gpointer
count_run (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return GUINT_TO_POINTER (strata_text_lines_count_words (strata_blob_get_text (data)));
}

static void
count_words (StrataStatusLine *self)
{
  StrataBlob *blob = strata_editing_get_layer (self->editing) != NULL ? strata_editing_get_blob (self->editing) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->words), blob != NULL && !self->narrow);

  if (blob != NULL)
    strata_job_run (self->count, count_run, g_object_ref (blob), g_object_unref, NULL);
}

static void
counted_cb (StrataStatusLine *self)
{
  guint n_words = GPOINTER_TO_UINT (strata_job_get_result (self->count));
  g_autofree char *text = g_strdup_printf (ngettext ("%u word", "%u words", n_words), n_words);

  if (strata_job_get_state (self->count) == STRATA_JOB_DONE)
    gtk_label_set_label (self->words, text);
}

static void
checked_cb (StrataStatusLine *self)
{
  update_problems (self);
  update_images (self);
  count_words (self);
}

static void
update_download (StrataStatusLine *self)
{
  StrataProfile *profile = strata_editing_get_profile (self->editing);
  g_autofree char *tip =
    g_strdup_printf (_("Build %s-%s.tgz (Ctrl+Shift+D)"), strata_profile_get_name (profile),
                        strata_profile_get_version (profile));

  /* GTK asks the display where the pointer is for every new tooltip. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (self->download), tip) != 0)
    gtk_widget_set_tooltip_text (self->download, tip);
}

static void
strata_status_line_map (GtkWidget *widget)
{
  StrataStatusLine *self = STRATA_STATUS_LINE (widget);

  GTK_WIDGET_CLASS (strata_status_line_parent_class)->map (widget);

  if (self->editing != NULL)
    saver_state_cb (self);
}

static void
strata_status_line_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&STRATA_STATUS_LINE (widget)->tick, g_source_remove);

  GTK_WIDGET_CLASS (strata_status_line_parent_class)->unmap (widget);
}

static void
strata_status_line_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StrataStatusLine *self = STRATA_STATUS_LINE (object);

  switch ((StrataStatusLineProperty) prop_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_status_line_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  StrataStatusLine *self = STRATA_STATUS_LINE (object);

  switch ((StrataStatusLineProperty) prop_id)
    {
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      gtk_widget_set_visible (GTK_WIDGET (self->images), !self->narrow);
      gtk_widget_set_visible (self->images_dot, !self->narrow);
      gtk_widget_set_visible (GTK_WIDGET (self->words), !self->narrow);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_status_line_dispose (GObject *object)
{
  StrataStatusLine *self = STRATA_STATUS_LINE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->count);
  g_clear_object (&self->editing);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_STATUS_LINE);

  G_OBJECT_CLASS (strata_status_line_parent_class)->dispose (object);
}

static void
strata_status_line_class_init (StrataStatusLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_status_line_get_property;
  object_class->set_property = strata_status_line_set_property;
  object_class->dispose = strata_status_line_dispose;
  widget_class->map = strata_status_line_map;
  widget_class->unmap = strata_status_line_unmap;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, root);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, saved_icon);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, saved);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, try_again);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, decide);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, problems_icon);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, problems);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, images_dot);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, images);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, words);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, cursor);
  gtk_widget_class_bind_template_child (widget_class, StrataStatusLine, download);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_status_line_init (StrataStatusLine *self)
{
  self->count = strata_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->count, "notify::state", G_CALLBACK (counted_cb), self, G_CONNECT_SWAPPED);
}

void
strata_status_line_set_editing (StrataStatusLine *self,
                                StrataEditing    *editing)
{
  g_return_if_fail (STRATA_IS_STATUS_LINE (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  g_signal_connect_object (strata_editing_get_saver (editing), "notify::state",
                           G_CALLBACK (saver_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked", G_CALLBACK (checked_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editing, "notify::profile", G_CALLBACK (update_download), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (editing, "notify::document", G_CALLBACK (count_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editing, "notify::position", G_CALLBACK (count_words), self, G_CONNECT_SWAPPED);
  saver_state_cb (self);
  update_download (self);
}

/* Both count from 1. */
void
strata_status_line_set_cursor (StrataStatusLine *self,
                               guint             line,
                               guint             column)
{
  g_return_if_fail (STRATA_IS_STATUS_LINE (self));

  g_autofree char *text = g_strdup_printf (_("Line %u, column %u"), line, column);

  gtk_label_set_label (self->cursor, text);
}
