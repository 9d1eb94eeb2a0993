/* strata-completion.c - completes what is typed in the shown document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-completion"

#include "strata-completion.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-fuzzy.h"
#include "strata-proposal.h"
#include "strata-tab-stops.h"

#define MAX_SHOWN 200

struct _StrataCompletion
{
  GObject              parent_instance;
  StrataTextKnowledge *knowledge;  /* (owned) */
};

/* What a worker is asked: the text, where in it, and all that is known. */
typedef struct
{
  StrataBlob      *blob;       /* (owned) */
  StrataKnowledge *knowledge;  /* (owned) */
  gboolean         is_values;
  int              offset;     /* in characters */
} Order;

/* The answer: what there is to choose from, and where what is typed begins. */
typedef struct
{
  GPtrArray *proposals;  /* (owned) (element-type StrataProposal) */
  int        start;      /* in characters */
} Answer;

#define ANSWER "strata-answer"

static void completion_provider_init (GtkSourceCompletionProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataCompletion, strata_completion, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROVIDER,
                                                      completion_provider_init))

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->blob);
  g_clear_pointer (&order->knowledge, strata_knowledge_unref);
  g_free (order);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_ptr_array_unref (answer->proposals);
  g_free (answer);
}

static void
populate_run (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Order *order = task_data;
  Answer *answer = g_new0 (Answer, 1);
  const char *text = strata_blob_get_text (order->blob);
  gsize offset = (gsize) (g_utf8_offset_to_pointer (text, order->offset) - text);
  g_autoptr(StrataCursor) cursor = strata_cursor_find (text, offset);
  g_autoptr(GPtrArray) found =
    strata_knowledge_suggest (order->knowledge, order->is_values, cursor);

  answer->proposals = g_ptr_array_new_with_free_func (g_object_unref);
  answer->start = order->offset - (int) g_utf8_strlen (cursor->word, -1);

  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (answer->proposals, strata_proposal_new (g_ptr_array_index (found, i)));

  g_task_return_pointer (task, answer, answer_free);
}

static int
get_offset (GtkTextBuffer *buffer)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));

  return gtk_text_iter_get_offset (&cursor);
}

static void
strata_completion_populate_async (GtkSourceCompletionProvider *provider,
                                  GtkSourceCompletionContext  *context,
                                  GCancellable                *cancellable,
                                  GAsyncReadyCallback          callback,
                                  gpointer                     user_data)
{
  StrataCompletion *self = STRATA_COMPLETION (provider);
  StrataKnowledge *knowledge = strata_text_knowledge_get (self->knowledge);
  StrataEditorDocument *document = strata_text_knowledge_get_document (self->knowledge);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(StrataBlob) blob = strata_editor_document_dup_blob (document);

  if (knowledge == NULL || blob == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Nothing is known yet");
      return;
    }

  Order *order = g_new0 (Order, 1);

  order->blob = g_steal_pointer (&blob);
  order->knowledge = strata_knowledge_ref (knowledge);
  order->is_values = strata_text_knowledge_is_values (self->knowledge);
  order->offset = get_offset (GTK_TEXT_BUFFER (strata_editor_document_get_buffer (document)));
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, populate_run);
}

/* (transfer full): what stands between where the answer begins and the cursor, folded; NULL when that is no word */
static char *
dup_typed (Answer        *answer,
           GtkTextBuffer *buffer)
{
  int end = get_offset (buffer);
  GtkTextIter from, to;

  if (end < answer->start)
    return NULL;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, answer->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, end);

  g_autofree char *text = gtk_text_iter_get_slice (&from, &to);

  return strchr (text, '\n') == NULL ? strata_fuzzy_fold (text) : NULL;
}

typedef struct
{
  StrataProposal *proposal;  /* (unowned) */
  int             score;
  guint           rank;
} Hit;

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const Hit *one = a;
  const Hit *other = b;

  if (one->score != other->score)
    return other->score - one->score;

  return one->rank < other->rank ? -1 : one->rank > other->rank;
}

/* Puts into the list what goes on what is typed, best first. */
static void
filter (GListStore *list,
        const char *typed)
{
  Answer *answer = g_object_get_data (G_OBJECT (list), ANSWER);
  g_autoptr(GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autoptr(GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; typed != NULL && i < answer->proposals->len; i++)
    {
      StrataProposal *proposal = g_ptr_array_index (answer->proposals, i);
      Hit hit = { proposal, strata_proposal_score (proposal, typed), i };

      if (hit.score > 0)
        g_array_append_val (hits, hit);
    }

  g_array_sort (hits, compare_hits);

  for (guint i = 0; i < MIN (hits->len, MAX_SHOWN); i++)
    g_ptr_array_add (shown, g_array_index (hits, Hit, i).proposal);

  g_list_store_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), shown->pdata, shown->len);
}

static GListModel *
strata_completion_populate_finish (GtkSourceCompletionProvider  *provider,
                                   GAsyncResult                 *result,
                                   GError                      **error)
{
  StrataCompletion *self = STRATA_COMPLETION (provider);
  StrataEditorDocument *document = strata_text_knowledge_get_document (self->knowledge);
  Answer *answer = g_task_propagate_pointer (G_TASK (result), error);

  if (answer == NULL)
    return NULL;

  g_autofree char *typed =
    dup_typed (answer, GTK_TEXT_BUFFER (strata_editor_document_get_buffer (document)));
  GListStore *list = g_list_store_new (STRATA_TYPE_PROPOSAL);

  g_object_set_data_full (G_OBJECT (list), ANSWER, answer, answer_free);
  filter (list, typed);

  return G_LIST_MODEL (list);
}

static void
strata_completion_refilter (GtkSourceCompletionProvider *provider,
                            GtkSourceCompletionContext  *context,
                            GListModel                  *model)
{
  Answer *answer = g_object_get_data (G_OBJECT (model), ANSWER);
  g_autofree char *typed =
    dup_typed (answer, GTK_TEXT_BUFFER (gtk_source_completion_context_get_buffer (context)));

  filter (G_LIST_STORE (model), typed);
}

static const char *
get_icon (StrataSuggestionKind kind)
{
  static const char *const icons[] = {
    "view-list-bullet-symbolic", "object-select-symbolic", "package-x-generic-symbolic",
    "insert-text-symbolic", "document-new-symbolic",
  };

  return icons[kind];
}

/* Cut rather than wider: a list that needs more room than it was shown with is closed by GTK. */
static void
set_short_text (GtkSourceCompletionCell *cell,
                const char              *text)
{
  gtk_source_completion_cell_set_text (cell, text);

  GtkWidget *label = gtk_source_completion_cell_get_widget (cell);

  if (GTK_IS_LABEL (label))
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
}

static void
strata_completion_display (GtkSourceCompletionProvider *provider,
                           GtkSourceCompletionContext  *context,
                           GtkSourceCompletionProposal *proposal,
                           GtkSourceCompletionCell     *cell)
{
  StrataSuggestion *suggestion = strata_proposal_get_suggestion (STRATA_PROPOSAL (proposal));
  const char *description = strata_suggestion_get_description (suggestion);
  const char *detail = strata_suggestion_get_detail (suggestion);

  switch (gtk_source_completion_cell_get_column (cell))
    {
    case GTK_SOURCE_COMPLETION_COLUMN_ICON:
      gtk_source_completion_cell_set_icon_name (cell, get_icon (strata_suggestion_get_kind (suggestion)));
      break;

    case GTK_SOURCE_COMPLETION_COLUMN_TYPED_TEXT:
      gtk_source_completion_cell_set_text (cell, strata_suggestion_get_label (suggestion));
      break;

    case GTK_SOURCE_COMPLETION_COLUMN_AFTER:
      set_short_text (cell, detail);
      break;

    case GTK_SOURCE_COMPLETION_COLUMN_DETAILS:
    case GTK_SOURCE_COMPLETION_COLUMN_COMMENT:
      gtk_source_completion_cell_set_text (cell, *description != '\0' ? description : detail);
      break;

    case GTK_SOURCE_COMPLETION_COLUMN_BEFORE:
    default:
      gtk_source_completion_cell_set_text (cell, NULL);
    }
}

/* (transfer full): what stands behind the cursor in its line */
static char *
dup_rest (GtkTextBuffer *buffer)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_mark (buffer, &from, gtk_text_buffer_get_insert (buffer));
  to = from;

  if (!gtk_text_iter_ends_line (&to))
    gtk_text_iter_forward_to_line_end (&to);

  return gtk_text_iter_get_slice (&from, &to);
}

/* (transfer full): with what is missing behind it, and without what stands there already */
static char *
make_text (StrataSuggestion *suggestion,
           const char       *rest)
{
  const char *text = strata_suggestion_get_text (suggestion);
  const char *colon = strchr (text, ':');
  const char *end = rest + strspn (rest, " ");
  gboolean is_path = g_str_has_suffix (text, ".");

  switch (strata_suggestion_get_kind (suggestion))
    {
    case STRATA_SUGGESTION_KEY:
      return *end == ':' && colon != NULL ? g_strndup (text, (gsize) (colon - text)) : g_strdup (text);

    case STRATA_SUGGESTION_MACRO:
      if (*text != '.' || is_path || g_str_has_prefix (end, "}}") || *end == '|')
        return g_strdup (text);
      return g_strconcat (text, *end == '}' ? "}" : "}}", NULL);

    case STRATA_SUGGESTION_VALUE:
    case STRATA_SUGGESTION_IMAGE:
    case STRATA_SUGGESTION_SNIPPET:
    default:
      return g_strdup (text);
    }
}

static void
strata_completion_activate (GtkSourceCompletionProvider *provider,
                            GtkSourceCompletionContext  *context,
                            GtkSourceCompletionProposal *proposal)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_completion_context_get_buffer (context));
  GListModel *model = gtk_source_completion_context_get_proposals_for_provider (context, provider);
  Answer *answer = model != NULL ? g_object_get_data (G_OBJECT (model), ANSWER) : NULL;
  GtkTextIter from, to;

  if (answer == NULL)
    return;

  StrataSuggestion *suggestion = strata_proposal_get_suggestion (STRATA_PROPOSAL (proposal));
  g_autofree char *rest = dup_rest (buffer);
  g_autofree char *text = make_text (suggestion, rest);

  gtk_text_buffer_get_iter_at_offset (buffer, &from, answer->start);
  gtk_text_buffer_get_iter_at_mark (buffer, &to, gtk_text_buffer_get_insert (buffer));

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &from, &to);
  if (strata_suggestion_get_kind (suggestion) == STRATA_SUGGESTION_SNIPPET)
    strata_tab_stops_insert (gtk_source_completion_context_get_view (context), &from, text);
  else
    gtk_text_buffer_insert (buffer, &from, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

/* What opens or goes on in a template: there the next word is seldom known by heart. */
static gboolean
strata_completion_is_trigger (GtkSourceCompletionProvider *provider,
                              const GtkTextIter           *iter,
                              gunichar                     letter)
{
  return letter == '{' || letter == '.';
}

static char *
strata_completion_get_title (GtkSourceCompletionProvider *provider)
{
  return g_strdup (_("Suggestions"));
}

static void
completion_provider_init (GtkSourceCompletionProviderInterface *iface)
{
  iface->get_title = strata_completion_get_title;
  iface->is_trigger = strata_completion_is_trigger;
  iface->populate_async = strata_completion_populate_async;
  iface->populate_finish = strata_completion_populate_finish;
  iface->refilter = strata_completion_refilter;
  iface->display = strata_completion_display;
  iface->activate = strata_completion_activate;
}

static void
strata_completion_dispose (GObject *object)
{
  StrataCompletion *self = STRATA_COMPLETION (object);

  g_clear_object (&self->knowledge);

  G_OBJECT_CLASS (strata_completion_parent_class)->dispose (object);
}

static void
strata_completion_class_init (StrataCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_completion_dispose;
}

static void
strata_completion_init (StrataCompletion *self)
{
}

/* Adds itself to @view. */
StrataCompletion *
strata_completion_new (StrataTextKnowledge *knowledge,
                       GtkSourceView       *view)
{
  g_return_val_if_fail (STRATA_IS_TEXT_KNOWLEDGE (knowledge), NULL);
  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);

  StrataCompletion *self = g_object_new (STRATA_TYPE_COMPLETION, NULL);

  GtkSourceCompletion *completion = gtk_source_view_get_completion (view);

  self->knowledge = g_object_ref (knowledge);
  g_object_set (completion, "select-on-show", TRUE, NULL);
  gtk_source_completion_add_provider (completion, GTK_SOURCE_COMPLETION_PROVIDER (self));

  return self;
}
