/* strata-error.h - why something could not be done, by what a person can do about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STRATA_ERROR (strata_error_quark ())

/**
 * StrataError:
 * @STRATA_ERROR_INVALID: what was given is wrong; the message says where
 * @STRATA_ERROR_OFFLINE: no way to the other side
 * @STRATA_ERROR_SIGN_IN: credentials are missing or too old
 * @STRATA_ERROR_FORBIDDEN: the other side, or this disk, does not allow it
 * @STRATA_ERROR_NOT_FOUND: nothing of that name
 * @STRATA_ERROR_CONFLICT: somebody else changed it, or the name is taken
 * @STRATA_ERROR_BUSY: another process holds it; try again
 * @STRATA_ERROR_SERVER: the other side failed
 * @STRATA_ERROR_BAD_REPLY: the other side said something that makes no sense
 * @STRATA_ERROR_TOO_LARGE: over a bound
 * @STRATA_ERROR_CORRUPT: bytes that are not what their digest says
 * @STRATA_ERROR_DISK: this disk is full, read-only or failing
 *
 * Codes by what a person can do, not by where the failure was.
 */
typedef enum
{
  STRATA_ERROR_INVALID,
  STRATA_ERROR_OFFLINE,
  STRATA_ERROR_SIGN_IN,
  STRATA_ERROR_FORBIDDEN,
  STRATA_ERROR_NOT_FOUND,
  STRATA_ERROR_CONFLICT,
  STRATA_ERROR_BUSY,
  STRATA_ERROR_SERVER,
  STRATA_ERROR_BAD_REPLY,
  STRATA_ERROR_TOO_LARGE,
  STRATA_ERROR_CORRUPT,
  STRATA_ERROR_DISK,
} StrataError;

GQuark      strata_error_quark       (void);
void        strata_error_set_details (GError        *error,
                                      const char    *details);
const char *strata_error_get_details (const GError  *error);

G_END_DECLS
