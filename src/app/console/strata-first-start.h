/* strata-first-start.h - a first look begins with something to look at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void strata_first_start_watch (StrataWindow *window);

G_END_DECLS
