/* strata-search-work.c - what a search does in its worker thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-search"

#include "strata-search-work.h"

#include "strata-registry.h"

void
strata_search_request_free (StrataSearchRequest *request)
{
  g_clear_object (&request->index);
  g_clear_object (&request->matches);
  g_ptr_array_unref (request->registry_ids);
  g_ptr_array_unref (request->registry_names);
  g_free (request->text);
  g_free (request->registry_id);
  g_free (request->type);
  g_free (request);
}

void
strata_search_answer_free (StrataSearchAnswer *answer)
{
  g_clear_object (&answer->matches);
  g_clear_pointer (&answer->summaries, g_ptr_array_unref);
  g_free (answer);
}

/* Copies all of @query, which names no registries; those of @registries are added to it. In the main thread. */
StrataSearchRequest *
strata_search_request_new (StrataIndex            *index,
                           GListModel             *registries,
                           const StrataIndexQuery *query)
{
  StrataSearchRequest *request = g_new0 (StrataSearchRequest, 1);

  request->index = g_object_ref (index);
  request->text = g_strdup (query->text);
  request->registry_id = g_strdup (query->registry_id);
  request->type = g_strdup (query->type);
  request->registry_ids = g_ptr_array_new_with_free_func (g_free);
  request->registry_names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; registries != NULL && i < g_list_model_get_n_items (registries); i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (registries, i);

      g_ptr_array_add (request->registry_ids, g_strdup (strata_registry_get_id (registry)));
      g_ptr_array_add (request->registry_names, g_strdup (strata_registry_get_name (registry)));
    }
  g_ptr_array_add (request->registry_ids, NULL);
  g_ptr_array_add (request->registry_names, NULL);

  request->query = *query;
  request->query.text = request->text;
  request->query.registry_id = request->registry_id;
  request->query.type = request->type;
  if (registries != NULL)
    {
      request->query.registry_ids = (const char *const *) request->registry_ids->pdata;
      request->query.registry_names = (const char *const *) request->registry_names->pdata;
    }

  return request;
}

void
strata_search_work (GTask        *task,
                    gpointer      source,
                    gpointer      data,
                    GCancellable *cancellable)
{
  StrataSearchRequest *request = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataSearchAnswer) answer = g_new0 (StrataSearchAnswer, 1);

  answer->matches = request->matches != NULL
                      ? g_object_ref (request->matches)
                      : strata_index_search (request->index, &request->query, cancellable, &error);
  if (answer->matches != NULL)
    answer->summaries = strata_index_load_matches (request->index, answer->matches, request->first,
                                                   request->n, cancellable, &error);

  if (answer->summaries != NULL)
    g_task_return_pointer (task, g_steal_pointer (&answer),
                           (GDestroyNotify) strata_search_answer_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}
