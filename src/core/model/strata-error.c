/* strata-error.c - why something could not be done, by what a person can do about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-error"

#include "strata-error.h"

typedef struct
{
  char *details;  /* (owned) (nullable) */
} StrataErrorPrivate;

static void
strata_error_private_init (StrataErrorPrivate *self)
{
}

static void
strata_error_private_copy (const StrataErrorPrivate *self,
                           StrataErrorPrivate       *copy)
{
  copy->details = g_strdup (self->details);
}

static void
strata_error_private_clear (StrataErrorPrivate *self)
{
  g_clear_pointer (&self->details, g_free);
}

/**
 * strata_error_quark:
 *
 * Returns: the error domain of core and services
 */
G_DEFINE_EXTENDED_ERROR (StrataError, strata_error)

/**
 * strata_error_set_details:
 * @error: an error of this domain
 * @details: (nullable): words that are not ours, without anything secret in them
 *
 * Gives an error what a person may want to read after its sentence: the words of a server, not translated.
 */
void
strata_error_set_details (GError     *error,
                          const char *details)
{
  g_return_if_fail (error != NULL && error->domain == STRATA_ERROR);

  StrataErrorPrivate *self = strata_error_get_private (error);

  g_free (self->details);
  self->details = g_strdup (details);
}

/**
 * strata_error_get_details:
 * @error: an error of any domain
 *
 * Returns: (nullable): the words for *Details*
 */
const char *
strata_error_get_details (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == STRATA_ERROR ? strata_error_get_private (error)->details : NULL;
}
