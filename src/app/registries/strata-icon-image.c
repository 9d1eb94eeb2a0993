/* strata-icon-image.c - the picture that a registry shows for a pack or chart, or nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-icon-image"

#include "strata-icon-image.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-icon.h"
#include "strata-job.h"

#define SHOWN_PIXELS 32
#define KEPT_PIXELS 64    /* for a screen of twice as many */
#define MAX_PIXELS 1024   /* each way: a small file may unpack to a very large picture */

/* What a run needs: touched by the worker only. */
typedef struct
{
  StrataShelf    *shelf;     /* (owned) */
  StrataRegistry *registry;  /* (owned) */
  char           *url;       /* (owned) */
} Run;

struct _StrataIconImage
{
  AdwBin     parent_instance;
  GtkImage  *image;
  StrataJob *job;  /* (owned): its result is the picture */
};

G_DEFINE_FINAL_TYPE (StrataIconImage, strata_icon_image, ADW_TYPE_BIN)

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->shelf);
  g_object_unref (run->registry);
  g_free (run->url);
  g_free (run);
}

/* Before any pixel is unpacked. A size of nothing makes the reader give up. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gboolean        *is_too_large)
{
  int longest = MAX (width, height);

  *is_too_large = longest > MAX_PIXELS;
  if (*is_too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (longest > KEPT_PIXELS)
    gdk_pixbuf_loader_set_size (loader, MAX (1, width * KEPT_PIXELS / longest),
                                MAX (1, height * KEPT_PIXELS / longest));
}

static GdkTexture *
decode (GBytes  *bytes,
        GError **error)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (strata_icon_get_format (bytes), error);
  gboolean is_too_large = FALSE;

  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &is_too_large);

  gboolean is_written = gdk_pixbuf_loader_write_bytes (loader, bytes, error);
  gboolean is_read = gdk_pixbuf_loader_close (loader, is_written ? error : NULL) && is_written;

  if (is_too_large)
    {
      g_clear_error (error);
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE, _("The picture has more than %d pixels on a side"),
                   MAX_PIXELS);
      return NULL;
    }

  GdkPixbuf *pixbuf = is_read ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;

  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}

static gpointer
load_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Run *run = data;
  g_autoptr(GBytes) bytes = strata_icon_load (run->shelf, run->registry, run->url, cancellable, error);

  return bytes != NULL ? decode (bytes, error) : NULL;
}

static void
job_state_cb (StrataIconImage *self)
{
  StrataJobState state = strata_job_get_state (self->job);
  GdkPaintable *picture = state == STRATA_JOB_DONE ? strata_job_get_result (self->job) : NULL;

  if (state == STRATA_JOB_FAILED)
    g_debug ("%s", strata_job_get_error (self->job)->message);

  gtk_image_set_from_paintable (self->image, picture);
  gtk_widget_set_visible (GTK_WIDGET (self), picture != NULL);
}

static void
strata_icon_image_dispose (GObject *object)
{
  StrataIconImage *self = STRATA_ICON_IMAGE (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (strata_icon_image_parent_class)->dispose (object);
}

static void
strata_icon_image_class_init (StrataIconImageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_icon_image_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
strata_icon_image_init (StrataIconImage *self)
{
  self->job = strata_job_new ();
  self->image =
    g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "pixel-size", SHOWN_PIXELS, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->image));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self, G_CONNECT_SWAPPED);
}

/* Shows the picture at @url, which @registry named, in place of the one before; nothing when that is NULL or "". */
void
strata_icon_image_show (StrataIconImage *self,
                        StrataShelf     *shelf,
                        StrataRegistry  *registry,
                        const char      *url)
{
  g_return_if_fail (STRATA_IS_ICON_IMAGE (self) && STRATA_IS_SHELF (shelf) && STRATA_IS_REGISTRY (registry));

  strata_icon_image_clear (self);
  if (url == NULL || *url == '\0')
    return;

  Run *run = g_new0 (Run, 1);

  run->shelf = g_object_ref (shelf);
  run->registry = g_object_ref (registry);
  run->url = g_strdup (url);
  strata_job_run (self->job, load_thread, run, run_free, g_object_unref);
}

void
strata_icon_image_clear (StrataIconImage *self)
{
  g_return_if_fail (STRATA_IS_ICON_IMAGE (self));

  strata_job_cancel (self->job);
  gtk_image_clear (self->image);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* (transfer none) (nullable): what is shown */
GdkPaintable *
strata_icon_image_get_picture (StrataIconImage *self)
{
  g_return_val_if_fail (STRATA_IS_ICON_IMAGE (self), NULL);

  return gtk_image_get_paintable (self->image);
}

gboolean
strata_icon_image_is_loading (StrataIconImage *self)
{
  g_return_val_if_fail (STRATA_IS_ICON_IMAGE (self), FALSE);

  return strata_job_get_state (self->job) == STRATA_JOB_RUNNING;
}
