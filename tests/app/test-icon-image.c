/* test-icon-image.c - a picture is shown small, and one that would unpack to a very large one is not shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-icon-image.h"

#include "../services/helm-fixture.h"

#define WAIT_SECONDS 60

/* Serves whatever picture there is now, as whatever it is. */
typedef struct
{
  char  *bytes;  /* (owned) */
  gsize  size;
  char  *type;   /* (owned) */
} Picture;

static void
picture_clear (Picture *self)
{
  g_free (self->bytes);
  g_free (self->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static void
serve (Web        *web,
       WebRequest *request,
       GIOStream  *stream,
       gpointer    data)
{
  Picture *picture = data;

  web_say (stream, "HTTP/1.1 200 OK\r\nContent-Type: image/%s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
           picture->type, picture->size);
  web_write (stream, picture->bytes, picture->size);
}

/* Paints one and packs it. */
static void
paint (Picture    *self,
       const char *type,
       int         width,
       int         height)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  picture_clear (self);
  self->type = g_strdup (type);
  gdk_pixbuf_save_to_buffer (pixbuf, &self->bytes, &self->size, type, &error, NULL);
  g_assert_no_error (error);
}

static void
wait (StrataIconImage *image)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  while (strata_icon_image_is_loading (image) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);

  g_assert_false (strata_icon_image_is_loading (image));
}

/* Shows what is at @url and expects it in this size; nothing when that is 0. */
static void
assert_shows (HelmFixture     *self,
              StrataIconImage *image,
              const char      *url,
              int              width,
              int              height)
{
  strata_icon_image_show (image, self->shelf, self->registry, url);
  g_assert_null (strata_icon_image_get_picture (image));
  wait (image);

  GdkPaintable *picture = strata_icon_image_get_picture (image);

  g_assert_cmpint (picture != NULL ? gdk_paintable_get_intrinsic_width (picture) : 0, ==, width);
  g_assert_cmpint (picture != NULL ? gdk_paintable_get_intrinsic_height (picture) : 0, ==, height);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (image)) == (width > 0));
}

static void
test_sizes (HelmFixture   *self,
            gconstpointer  data)
{
  g_auto(Picture) picture = { NULL, 0, NULL };
  g_autoptr(Web) web = web_start (serve, &picture);
  g_autofree char *url = web_dup_url (web, "");
  g_autoptr(StrataIconImage) image = g_object_ref_sink (g_object_new (STRATA_TYPE_ICON_IMAGE, NULL));

  helm_fixture_open (self, url, STRATA_REMOTE_AUTH_NONE);

  paint (&picture, "png", 48, 40);
  assert_shows (self, image, "small.png", 48, 40);
  paint (&picture, "png", 1024, 512);
  assert_shows (self, image, "most.png", 64, 32);
  paint (&picture, "jpeg", 1000, 1);
  assert_shows (self, image, "long.jpg", 64, 1);

  paint (&picture, "png", 1025, 8);
  assert_shows (self, image, "wide.png", 0, 0);
  paint (&picture, "jpeg", 8, 1025);
  assert_shows (self, image, "high.jpg", 0, 0);
  paint (&picture, "png", 8, 8);
  picture.size = 40;
  assert_shows (self, image, "broken.png", 0, 0);
}

static void
test_clears (HelmFixture   *self,
             gconstpointer  data)
{
  g_auto(Picture) picture = { NULL, 0, NULL };
  g_autoptr(Web) web = web_start (serve, &picture);
  g_autofree char *url = web_dup_url (web, "");
  g_autoptr(StrataIconImage) image = g_object_ref_sink (g_object_new (STRATA_TYPE_ICON_IMAGE, NULL));

  helm_fixture_open (self, url, STRATA_REMOTE_AUTH_NONE);
  paint (&picture, "png", 48, 48);
  assert_shows (self, image, "web.png", 48, 48);
  assert_shows (self, image, NULL, 0, 0);
  assert_shows (self, image, "web.png", 48, 48);

  strata_icon_image_show (image, self->shelf, self->registry, "other.png");
  strata_icon_image_clear (image);
  wait (image);
  g_assert_null (strata_icon_image_get_picture (image));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/app/icon-image/sizes", HelmFixture, NULL, helm_fixture_set_up, test_sizes, helm_fixture_tear_down);
  g_test_add ("/app/icon-image/clears", HelmFixture, NULL, helm_fixture_set_up, test_clears, helm_fixture_tear_down);

  return g_test_run ();
}
