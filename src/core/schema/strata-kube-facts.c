/* strata-kube-facts.c - what the objects of one layer are called, and which others they count on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kube"

#include "strata-kube-facts.h"

/* Without any objects yet. */
StrataKubeFacts *
strata_kube_facts_new (void)
{
  StrataKubeFacts *self = g_new0 (StrataKubeFacts, 1);

  self->strings = g_string_chunk_new (512);
  self->objects = g_array_new (FALSE, FALSE, sizeof (StrataKubeObject));
  self->links = g_array_new (FALSE, FALSE, sizeof (StrataKubeLink));
  self->selectors = g_array_new (FALSE, FALSE, sizeof (StrataKubeSelector));
  self->targets = g_array_new (FALSE, FALSE, sizeof (StrataKubeLink));
  self->pairs = g_array_new (FALSE, FALSE, sizeof (StrataKubePair));

  return self;
}

void
strata_kube_facts_free (StrataKubeFacts *self)
{
  g_string_chunk_free (self->strings);
  g_array_unref (self->objects);
  g_array_unref (self->links);
  g_array_unref (self->selectors);
  g_array_unref (self->targets);
  g_array_unref (self->pairs);
  g_free (self);
}

/* A copy of @text for as long as the facts live; %NULL for %NULL. Not looked for among the others: strangers could choose
 * texts that make a hash table slow.
 */
const char *
strata_kube_facts_keep (StrataKubeFacts *self,
                        const char      *text)
{
  return text != NULL ? g_string_chunk_insert (self->strings, text) : NULL;
}
