/* kube-fixture.h - one manifest, what is said against it, and what its first repair makes of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-kube-check.h"
#include "strata-problem.h"

#include <string.h>

/* @found has a line for each problem, without the notes that most short texts would get. */
typedef struct
{
  const char *name;
  guint       kubernetes;
  const char *text;
  const char *found;
  const char *fixed;  /* (nullable) */
} KubeCase;

/* What a note of a missing namespace would only repeat. */
#define POD_HEAD "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: ns}\n"
#define META "metadata: {name: p, namespace: ns}\n"

static inline char *
describe_problems (GPtrArray *problems)
{
  static const char *const severities[] = { "note", "warning", "error" };
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (found, "%s%s %u:%u+%u %s", i > 0 ? "\n" : "",
                              severities[problem->severity], problem->line, problem->column,
                              problem->length, problem->message);
    }

  return g_string_free (found, FALSE);
}

static inline char *
repair_text (const char          *text,
             const StrataProblem *problem)
{
  const char *line = text;

  for (guint i = 1; i < problem->line; i++)
    line = strchr (line, '\n') + 1;

  const char *start = g_utf8_offset_to_pointer (line, problem->column - 1);
  g_autofree char *head = g_strndup (text, (gsize) (start - text));

  return g_strconcat (head, problem->fix, g_utf8_offset_to_pointer (start, problem->length), NULL);
}

static inline GPtrArray *
check_text (const char *text,
            guint       kubernetes)
{
  g_autoptr(GPtrArray) crds = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataKubeFacts) facts = strata_kube_facts_new ();

  g_ptr_array_add (crds, strata_blob_new_text (text));

  g_autoptr(StrataKinds) kinds = strata_kinds_with_crds (strata_kinds_get_default (), crds);

  return strata_kube_check (text, strlen (text), kinds, kubernetes, "infra", facts);
}

static inline void
test_kube_case (gconstpointer user_data)
{
  const KubeCase *data = user_data;
  g_autoptr(GPtrArray) problems = check_text (data->text, data->kubernetes);
  g_autofree char *found = describe_problems (problems);

  g_assert_cmpstr (found, ==, data->found);

  const StrataProblem *problem = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;

  if (data->fixed == NULL)
    {
      g_assert_true (problem == NULL || problem->fix == NULL);
      return;
    }

  g_assert_nonnull (problem->fix_label);

  g_autofree char *fixed = repair_text (data->text, problem);

  g_assert_cmpstr (fixed, ==, data->fixed);
}
