/* strata-explain-image.c - what the address of a container image says, and who else names it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-knowledge"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-knowledge-private.h"

/* Who is asked when an image names nobody. */
#define DEFAULT_REGISTRY "docker.io"

/* No list of layers in a note grows beyond what is read at a glance. */
#define MAX_NAMES 5

/* A first part with a dot or a port is a host; else the image is the default registry's. As container engines read it. */
static gboolean
is_host (const char *part,
         gsize       length)
{
  return memchr (part, '.', length) != NULL || memchr (part, ':', length) != NULL ||
         (length == strlen ("localhost") && strncmp (part, "localhost", length) == 0);
}

static void
append_origin (GString    *said,
               const char *image,
               gsize       length)
{
  const char *slash = memchr (image, '/', length);
  gboolean has_host = slash != NULL && is_host (image, (gsize) (slash - image));
  gsize skipped = has_host ? (gsize) (slash - image) + 1 : 0;
  g_autofree char *host = has_host ? g_strndup (image, skipped - 1) : g_strdup (DEFAULT_REGISTRY);
  g_autofree char *repository = g_strndup (image + skipped, length - skipped);

  /* Translators: the name of a container image, then the host that it is fetched from */
  g_string_append_printf (said, _("Image “%s” of %s"), repository, host);
}

/* A tag may be moved to other bytes at any time, a digest cannot. */
static void
append_version (GString    *said,
                const char *tag,
                const char *digest)
{
  g_string_append_c (said, '\n');

  if (digest != NULL)
    g_string_append (said, _("Its digest says which one: it is the same everywhere and always"));
  else if (tag != NULL)
    g_string_append_printf (said, _("Tag “%s”: the registry decides which one that is"), tag);
  else
    g_string_append (said, _("No tag: “latest” is taken, whatever that is then"));
}

static void
append_layers (GString         *said,
               StrataKnowledge *knowledge,
               const char      *image)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n_layers = 0;

  for (guint i = 0; i < knowledge->layers->len; i++)
    {
      StrataLayer *layer = knowledge->layers->pdata[i];
      GPtrArray *images = g_hash_table_lookup (knowledge->by_layer, layer);

      if (images == NULL || !g_ptr_array_find_with_equal_func (images, image, g_str_equal, NULL))
        continue;

      n_layers++;
      if (n_layers <= MAX_NAMES)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", strata_layer_get_name (layer));
      else if (n_layers == MAX_NAMES + 1)
        g_string_append (names, ", …");
    }

  if (n_layers == 0)
    return;

  g_string_append_c (said, '\n');
  g_string_append_printf (said, ngettext ("Named by %u layer: %s", "Named by %u layers: %s", n_layers), n_layers,
                          names->str);
}

/**
 * strata_knowledge_explain_image:
 * @self: what is known
 * @image: the address of a container image, as a manifest has it
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): where it comes from, which one it is, and which layers name it, a line each; %NULL
 *   when the address is not known yet, as a macro is a part of it, or is none
 */
char *
strata_knowledge_explain_image (StrataKnowledge *self,
                                const char      *image)
{
  g_return_val_if_fail (self != NULL && image != NULL, NULL);

  if (*image == '\0' || strstr (image, "{{") != NULL || strpbrk (image, " \t\n") != NULL)
    return NULL;

  const char *at = strchr (image, '@');
  gsize length = at != NULL ? (gsize) (at - image) : strlen (image);
  const char *slash = memrchr (image, '/', length);
  const char *colon = memchr (slash != NULL ? slash : image, ':', length - (slash != NULL ? (gsize) (slash - image) : 0));
  g_autofree char *tag = colon != NULL ? g_strndup (colon + 1, length - (gsize) (colon + 1 - image)) : NULL;
  GString *said = g_string_new (NULL);

  append_origin (said, image, colon != NULL ? (gsize) (colon - image) : length);
  append_version (said, tag, at != NULL ? at + 1 : NULL);
  append_layers (said, self, image);

  return g_string_free (said, FALSE);
}
