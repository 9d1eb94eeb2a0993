/* fuzz-manifest.c - hostile input for what holds manifests against the kinds of Kubernetes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-kube-check.h"
#include "strata-problem.h"
#include "strata-validate.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* What is said stands in the text, and so does what it is repaired by. */
static void
look_at_problems (const char *text,
                  GPtrArray  *problems)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      g_assert_true (g_utf8_validate (problem->message, -1, NULL));

      if (problem->fix == NULL)
        continue;

      g_assert_nonnull (problem->fix_label);
      g_assert_cmpuint (problem->line, >, 0);
      g_assert_cmpuint (problem->line, <=, g_strv_length (lines));
      g_assert_cmpint (problem->column + problem->length, <=,
                       g_utf8_strlen (lines[problem->line - 1], -1) + 1);
    }
}

/* The text is both what is checked and what may define kinds for it. */
static void
try_manifest (const char *text,
              guint       kubernetes)
{
  g_autoptr(GPtrArray) crds = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataKubeFacts) facts = strata_kube_facts_new ();

  g_ptr_array_add (crds, strata_blob_new_text (text));

  g_autoptr(StrataKinds) kinds = strata_kinds_with_crds (strata_kinds_get_default (), crds);
  g_autoptr(GPtrArray) problems =
    strata_kube_check (text, strlen (text), kinds, kubernetes, "infra", facts);

  g_assert_cmpuint (problems->len, <=, 2000);
  look_at_problems (text, problems);
}

/* Two files that may name each other's objects. A form feed, which YAML does not allow, stands between them. */
static void
try_files (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "\f", 2);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr(StrataBlob) blob = strata_blob_new_text (parts[i]);
      g_autofree char *name = g_strdup_printf ("%u.yaml", i);

      g_ptr_array_add (files, strata_file_new (name, blob));
    }

  g_autoptr(GPtrArray) problems = strata_validate_files (files, NULL);

  for (guint i = 0; i < problems->len; i++)
    g_assert_nonnull (((StrataProblem *) g_ptr_array_index (problems, i))->document);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  try_manifest (text, size > 0 ? data[size - 1] % 40 : 0);

  if (strchr (text, '\f') != NULL)
    try_files (text);

  return 0;
}
