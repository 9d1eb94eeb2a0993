/* strata-json-private.h - what the JSON tools share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-error.h"
#include "strata-json.h"

G_BEGIN_DECLS

/* The name of a member, and where it stands. */
typedef struct
{
  const char *name;
  gsize       offset;
  guint       hash;  /* by g_str_hash(), as json-glib has it */
} StrataJsonName;

typedef enum
{
  STRATA_JSON_NAMES_FINE,
  STRATA_JSON_NAMES_TWICE,  /* one name stands there twice */
  STRATA_JSON_NAMES_ALIKE,  /* names made to collide in a hash table */
} StrataJsonNames;

StrataJsonNames strata_json_names_check   (GArray                *names,
                                           guint                  first,
                                           const StrataJsonName **culprit);
void            strata_json_append_double (GString               *text,
                                           double                 value);
void            strata_json_append_string (GString               *text,
                                           const char            *string);

G_END_DECLS
