/* strata-reason-line.h - one sentence under what it is about: why something did not work
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Not seen while there is nothing to say. */
#define STRATA_TYPE_REASON_LINE (strata_reason_line_get_type ())

G_DECLARE_FINAL_TYPE (StrataReasonLine, strata_reason_line, STRATA, REASON_LINE, AdwBin)

void strata_reason_line_set_error (StrataReasonLine  *self,
                                   const GError      *error);
void strata_reason_line_set_text  (StrataReasonLine  *self,
                                   const char        *text);

G_END_DECLS
