/* strata-search.c - what of the index matches, as a list model that is read a page at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-search"

#include "strata-search.h"

#include "strata-search-work.h"

#define PAGE 50  /* a list view makes a row of each that it knows of, up to 200, so it is to know of few */

struct _StrataSearch
{
  GObject             parent_instance;
  StrataIndex        *index;         /* (owned) */
  GListModel         *registries;    /* (owned) (nullable) (element-type StrataRegistry) */
  char               *text;          /* (owned) (not nullable) */
  char               *registry_id;   /* (owned) (nullable): NULL for all */
  char               *type;          /* (owned) (nullable): NULL for all */
  int                 kind;          /* a StrataLayerKind, or STRATA_INDEX_ANY_KIND */
  int                 deprecated;    /* these three are a StrataIndexAnswer */
  int                 is_signed;
  int                 kept;
  GPtrArray          *items;         /* (owned) (element-type StrataPackSummary): what was read so far */
  guint               n_read;        /* of the matches: more than the items when some went since */
  StrataIndexMatches *matches;       /* (owned) (nullable): of the last search that ended well */
  GCancellable       *cancellable;   /* (owned) (nullable): of what runs now */
  GError             *error;         /* (owned) (nullable): why the last search failed */
  gboolean            has_searched;
};

typedef enum
{
  PROP_TEXT = 1,
  PROP_REGISTRY_ID,
  PROP_KIND,
  PROP_TYPE,
  PROP_DEPRECATED,
  PROP_SIGNED,
  PROP_KEPT,
  PROP_N_FOUND,
  PROP_LOADING,
} StrataSearchProperty;

static GParamSpec *properties[PROP_LOADING + 1];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataSearch, strata_search, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static StrataSearchRequest *
make_request (StrataSearch *self)
{
  const StrataIndexQuery query = {
    .text = self->text,
    .registry_id = self->registry_id,
    .kind = self->kind,
    .type = self->type,
    .deprecated = (StrataIndexAnswer) self->deprecated,
    .is_signed = (StrataIndexAnswer) self->is_signed,
    .kept = (StrataIndexAnswer) self->kept,
  };

  return strata_search_request_new (self->index, self->registries, &query);
}

/* Starts what @request asks for; what runs now is not waited for and its answer is dropped. */
static void
start (StrataSearch        *self,
       StrataSearchRequest *request,
       GAsyncReadyCallback  callback)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  g_autoptr(GTask) task = g_task_new (self, self->cancellable, callback, NULL);

  g_task_set_task_data (task, request, (GDestroyNotify) strata_search_request_free);
  g_task_run_in_thread (task, strata_search_work);
}

/* Puts @summaries in place of the items from @first on, and says only of those that differ that they changed. */
static void
take_items (StrataSearch *self,
            guint         first,
            GPtrArray    *summaries)
{
  GPtrArray *items = self->items;
  guint n_old = items->len - first;
  guint shorter = MIN (n_old, summaries->len);
  guint head = 0;
  guint tail = 0;

  while (head < shorter &&
         strata_pack_summary_equal (items->pdata[first + head], summaries->pdata[head]))
    head++;
  while (tail < shorter - head &&
         strata_pack_summary_equal (items->pdata[items->len - tail - 1],
                                    summaries->pdata[summaries->len - tail - 1]))
    tail++;

  guint n_removed = n_old - head - tail;
  guint n_added = summaries->len - head - tail;

  if (n_removed > 0)
    g_ptr_array_remove_range (items, first + head, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (items, (int) (first + head + i), g_object_ref (summaries->pdata[head + i]));
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), first + head, n_removed, n_added);
}

/* Returns: (transfer full) (nullable): what was found, %NULL when it failed or nobody waits for it any more */
static StrataSearchAnswer *
finish (StrataSearch *self,
        GTask        *task)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataSearchAnswer) answer = g_task_propagate_pointer (task, &error);

  if (g_task_get_cancellable (task) != self->cancellable)
    return NULL;

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->has_searched = TRUE;
  if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->error = g_steal_pointer (&error);

  return g_steal_pointer (&answer);
}

static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  StrataSearch *self = STRATA_SEARCH (object);
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  gboolean is_wanted = cancellable == self->cancellable;
  g_autoptr(StrataSearchAnswer) answer = finish (self, G_TASK (result));

  if (!is_wanted)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  if (answer != NULL)
    {
      StrataSearchRequest *request = g_task_get_task_data (G_TASK (result));

      g_set_object (&self->matches, answer->matches);
      self->n_read = MIN (request->n, strata_index_matches_get_n (self->matches));
      take_items (self, 0, answer->summaries);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FOUND]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
more_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  StrataSearch *self = STRATA_SEARCH (object);
  g_autoptr(StrataSearchAnswer) answer = finish (self, G_TASK (result));

  if (answer == NULL)
    return;

  self->n_read = MIN (self->n_read + PAGE, strata_index_matches_get_n (self->matches));
  take_items (self, self->items->len, answer->summaries);
}

static GType
strata_search_get_item_type (GListModel *model)
{
  return STRATA_TYPE_PACK_SUMMARY;
}

static guint
strata_search_get_n_items (GListModel *model)
{
  return STRATA_SEARCH (model)->items->len;
}

static gpointer
strata_search_get_item (GListModel *model,
                        guint       position)
{
  StrataSearch *self = STRATA_SEARCH (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = strata_search_get_item_type;
  iface->get_n_items = strata_search_get_n_items;
  iface->get_item = strata_search_get_item;
}

/* Searches for something else: from the top. */
static void
search_anew (StrataSearch *self,
             guint         property)
{
  self->n_read = 0;
  strata_search_refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_string (StrataSearch  *self,
            char         **field,
            guint          property,
            const char    *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  search_anew (self, property);
}

static void
set_choice (StrataSearch *self,
            int          *field,
            guint         property,
            int           choice)
{
  if (*field == choice)
    return;

  *field = choice;
  search_anew (self, property);
}

static void
strata_search_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  StrataSearch *self = STRATA_SEARCH (object);

  switch ((StrataSearchProperty) id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_REGISTRY_ID:
      g_value_set_string (value, self->registry_id);
      break;
    case PROP_KIND:
      g_value_set_int (value, self->kind);
      break;
    case PROP_TYPE:
      g_value_set_string (value, self->type);
      break;
    case PROP_DEPRECATED:
      g_value_set_int (value, self->deprecated);
      break;
    case PROP_SIGNED:
      g_value_set_int (value, self->is_signed);
      break;
    case PROP_KEPT:
      g_value_set_int (value, self->kept);
      break;
    case PROP_N_FOUND:
      g_value_set_uint (value, strata_search_get_n_found (self));
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, strata_search_get_loading (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_search_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  StrataSearch *self = STRATA_SEARCH (object);

  switch ((StrataSearchProperty) id)
    {
    case PROP_TEXT:
      strata_search_set_text (self, g_value_get_string (value));
      break;
    case PROP_REGISTRY_ID:
      strata_search_set_registry_id (self, g_value_get_string (value));
      break;
    case PROP_KIND:
      set_choice (self, &self->kind, id, g_value_get_int (value));
      break;
    case PROP_TYPE:
      set_string (self, &self->type, id, g_value_get_string (value));
      break;
    case PROP_DEPRECATED:
      set_choice (self, &self->deprecated, id, g_value_get_int (value));
      break;
    case PROP_SIGNED:
      set_choice (self, &self->is_signed, id, g_value_get_int (value));
      break;
    case PROP_KEPT:
      set_choice (self, &self->kept, id, g_value_get_int (value));
      break;
    case PROP_N_FOUND:
    case PROP_LOADING:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_search_finalize (GObject *object)
{
  StrataSearch *self = STRATA_SEARCH (object);

  g_clear_object (&self->index);
  g_clear_object (&self->registries);
  g_clear_object (&self->matches);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->items);
  g_free (self->text);
  g_free (self->registry_id);
  g_free (self->type);

  G_OBJECT_CLASS (strata_search_parent_class)->finalize (object);
}

static void
strata_search_class_init (StrataSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = readable | G_PARAM_WRITABLE;
  const StrataIndexAnswer no = STRATA_INDEX_UNKNOWN, yes = STRATA_INDEX_YES;

  object_class->finalize = strata_search_finalize;
  object_class->get_property = strata_search_get_property;
  object_class->set_property = strata_search_set_property;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", writable);
  properties[PROP_REGISTRY_ID] = g_param_spec_string ("registry-id", NULL, NULL, NULL, writable);
  properties[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, STRATA_INDEX_ANY_KIND, G_MAXINT,
                                            STRATA_INDEX_ANY_KIND, writable);
  properties[PROP_TYPE] = g_param_spec_string ("type", NULL, NULL, NULL, writable);
  properties[PROP_DEPRECATED] = g_param_spec_int ("deprecated", NULL, NULL, no, yes, no, writable);
  properties[PROP_SIGNED] = g_param_spec_int ("signed", NULL, NULL, no, yes, no, writable);
  properties[PROP_KEPT] = g_param_spec_int ("kept", NULL, NULL, no, yes, no, writable);
  properties[PROP_N_FOUND] = g_param_spec_uint ("n-found", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_search_init (StrataSearch *self)
{
  self->text = g_strdup ("");
  self->kind = STRATA_INDEX_ANY_KIND;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * strata_search_new:
 * @index: what is searched
 * @registries: (nullable): the #StrataRegistry there are, so that what is left of others is not shown; %NULL for all
 *
 * Makes a list of everything in @index, and starts to read it. It is read again when @index or @registries change.
 *
 * Returns: (transfer full): the list
 */
StrataSearch *
strata_search_new (StrataIndex *index,
                   GListModel  *registries)
{
  g_return_val_if_fail (STRATA_IS_INDEX (index), NULL);
  g_return_val_if_fail (registries == NULL || G_IS_LIST_MODEL (registries), NULL);

  StrataSearch *self = g_object_new (STRATA_TYPE_SEARCH, NULL);

  self->index = g_object_ref (index);
  g_set_object (&self->registries, registries);
  g_signal_connect_object (index, "changed", G_CALLBACK (strata_search_refresh), self,
                           G_CONNECT_SWAPPED);
  if (registries != NULL)
    g_signal_connect_object (registries, "items-changed", G_CALLBACK (strata_search_refresh), self,
                             G_CONNECT_SWAPPED);
  strata_search_refresh (self);

  return self;
}

/**
 * strata_search_refresh:
 * @self: a search
 *
 * Searches again. As many rows are read as there were, so that a place in the list is kept.
 */
void
strata_search_refresh (StrataSearch *self)
{
  g_return_if_fail (STRATA_IS_SEARCH (self));

  StrataSearchRequest *request = make_request (self);

  request->n = MAX (PAGE, self->n_read);
  start (self, request, searched_cb);
}

/**
 * strata_search_load_more:
 * @self: a search
 *
 * Reads one more page of what was found, which comes as rows at the end of the list. Nothing happens when all is there
 * or something is read already; call it again when the rows have come.
 */
void
strata_search_load_more (StrataSearch *self)
{
  g_return_if_fail (STRATA_IS_SEARCH (self));

  if (self->matches == NULL || self->cancellable != NULL || self->error != NULL ||
      self->n_read >= strata_index_matches_get_n (self->matches))
    return;

  StrataSearchRequest *request = make_request (self);

  request->matches = g_object_ref (self->matches);
  request->first = self->n_read;
  request->n = PAGE;
  start (self, request, more_cb);
}

/**
 * strata_search_get_index:
 * @self: a search
 *
 * Returns: (transfer none): what is searched
 */
StrataIndex *
strata_search_get_index (StrataSearch *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH (self), NULL);

  return self->index;
}

/**
 * strata_search_get_registries:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): the registries there are
 */
GListModel *
strata_search_get_registries (StrataSearch *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH (self), NULL);

  return self->registries;
}

/**
 * strata_search_get_text:
 * @self: a search
 *
 * Returns: (transfer none): words as a person types them; all of them must be found
 */
const char *
strata_search_get_text (StrataSearch *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH (self), NULL);

  return self->text;
}

/**
 * strata_search_set_text:
 * @self: a search
 * @text: (nullable): words as a person types them; all of them must be found
 *
 * Searches anew when it is another than before; what runs is stopped.
 */
void
strata_search_set_text (StrataSearch *self,
                        const char   *text)
{
  g_return_if_fail (STRATA_IS_SEARCH (self));

  set_string (self, &self->text, PROP_TEXT, text != NULL ? text : "");
}

/**
 * strata_search_get_registry_id:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): the only registry to show, or %NULL for all
 */
const char *
strata_search_get_registry_id (StrataSearch *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH (self), NULL);

  return self->registry_id;
}

/**
 * strata_search_set_registry_id:
 * @self: a search
 * @registry_id: (nullable): the only registry to show, or %NULL for all
 *
 * Searches anew when it is another than before; what runs is stopped.
 */
void
strata_search_set_registry_id (StrataSearch *self,
                               const char   *registry_id)
{
  g_return_if_fail (STRATA_IS_SEARCH (self));

  set_string (self, &self->registry_id, PROP_REGISTRY_ID, registry_id);
}

/**
 * strata_search_get_n_found:
 * @self: a search
 *
 * Returns: how many names were found, of which the list may have read only the first
 */
guint
strata_search_get_n_found (StrataSearch *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH (self), 0);

  return self->matches != NULL ? strata_index_matches_get_n (self->matches) : 0;
}

/**
 * strata_search_get_loading:
 * @self: a search
 *
 * Returns: whether the first answer is still awaited
 */
gboolean
strata_search_get_loading (StrataSearch *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH (self), FALSE);

  return !self->has_searched;
}

/**
 * strata_search_get_matches:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): what the last search found, with what each facet would show
 */
StrataIndexMatches *
strata_search_get_matches (StrataSearch *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH (self), NULL);

  return self->matches;
}

/**
 * strata_search_get_error:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): why the last search failed; what was found before stays
 */
const GError *
strata_search_get_error (StrataSearch *self)
{
  g_return_val_if_fail (STRATA_IS_SEARCH (self), NULL);

  return self->error;
}
