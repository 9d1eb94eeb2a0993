/* strata-error.c - why something could not be done, by what a person can do about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-error"

#include "strata-error.h"

/**
 * strata_error_quark:
 *
 * Returns: the error domain of core and services
 */
G_DEFINE_QUARK (strata-error, strata_error)
