/* fuzz-json.c - hostile input for the check that stands before json-glib
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-json.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
assert_same (JsonNode *node,
             JsonNode *other)
{
  g_autofree char *text = strata_json_to_text (node, TRUE);
  g_autofree char *other_text = strata_json_to_text (other, TRUE);

  g_assert_cmpstr (text, ==, other_text);
}

/* What passes the check json-glib reads, and what is written of it comes back, by way of YAML too. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;

  if (!strata_json_check (text, size, NULL))
    return 0;

  g_autoptr(JsonNode) node = strata_json_parse (text, (gssize) size, &error);

  g_assert_no_error (error);

  g_autofree char *compact = strata_json_to_text (node, FALSE);
  g_autoptr(JsonNode) from_text = strata_json_parse (compact, -1, &error);

  g_assert_no_error (error);
  assert_same (node, from_text);

  g_autofree char *yaml = strata_json_to_yaml (node);
  g_autoptr(JsonNode) from_yaml = strata_json_from_yaml (yaml, -1, &error);

  g_assert_no_error (error);
  assert_same (node, from_yaml);

  return 0;
}
