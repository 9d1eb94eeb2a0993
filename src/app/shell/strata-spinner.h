/* strata-spinner.h - a spinner that turns only while it is seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A GtkSpinner on a page of a stack that is not shown goes on asking for sixty frames a second. This one does not. */
#define STRATA_TYPE_SPINNER (strata_spinner_get_type ())

G_DECLARE_FINAL_TYPE (StrataSpinner, strata_spinner, STRATA, SPINNER, AdwBin)

G_END_DECLS
