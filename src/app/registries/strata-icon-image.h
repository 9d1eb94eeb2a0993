/* strata-icon-image.h - the picture that a registry shows for a pack or chart, or nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-registry.h"

G_BEGIN_DECLS

/* Says nothing to a screen reader, and is not visible until there is a picture. */
#define STRATA_TYPE_ICON_IMAGE (strata_icon_image_get_type ())

G_DECLARE_FINAL_TYPE (StrataIconImage, strata_icon_image, STRATA, ICON_IMAGE, AdwBin)

void          strata_icon_image_show        (StrataIconImage  *self,
                                             StrataShelf      *shelf,
                                             StrataRegistry   *registry,
                                             const char       *url);
void          strata_icon_image_clear       (StrataIconImage  *self);
GdkPaintable *strata_icon_image_get_picture (StrataIconImage  *self);
gboolean      strata_icon_image_is_loading  (StrataIconImage  *self);

G_END_DECLS
