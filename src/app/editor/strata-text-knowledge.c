/* strata-text-knowledge.c - what is known for writing the shown document, kept as the profile goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-knowledge"

#include "strata-text-knowledge.h"

#include "strata-crd-list.h"
#include "strata-job.h"

struct _StrataTextKnowledge
{
  GObject               parent_instance;
  StrataEditorDocument *document;  /* (owned) */
  StrataJob            *job;       /* (owned): gathers */
  StrataCrdList        *crds;      /* (owned) */
  StrataProfile        *profile;   /* (owned) (nullable): what it was last asked for */
  StrataLayer          *layer;     /* (owned) (nullable): of that */
};

typedef struct
{
  StrataProfile   *profile;  /* (owned) */
  StrataLayer     *layer;    /* (owned) */
  GPtrArray       *crds;     /* (owned) (element-type StrataBlob) */
  StrataKnowledge *before;   /* (owned) (nullable) */
} Order;

G_DEFINE_FINAL_TYPE (StrataTextKnowledge, strata_text_knowledge, G_TYPE_OBJECT)

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->profile);
  g_clear_object (&order->layer);
  g_clear_pointer (&order->crds, g_ptr_array_unref);
  g_clear_pointer (&order->before, strata_knowledge_unref);
  g_free (order);
}

/* Runs in a worker thread. */
static gpointer
gather_run (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Order *order = data;

  return strata_knowledge_gather (order->profile, order->layer, order->crds, order->before);
}

/* One at a time: what was typed meanwhile is gathered after. */
static void
update (StrataTextKnowledge *self)
{
  StrataEditing *editing = strata_editor_document_get_editing (self->document);
  StrataProfile *profile = strata_editing_get_profile (editing);
  StrataLayer *layer = strata_editing_get_layer (editing);
  StrataKnowledge *before = strata_job_get_result (self->job);

  if (layer == NULL || (profile == self->profile && layer == self->layer) ||
      strata_job_get_state (self->job) == STRATA_JOB_RUNNING)
    return;

  Order *order = g_new0 (Order, 1);

  g_set_object (&self->profile, profile);
  g_set_object (&self->layer, layer);
  order->profile = g_object_ref (profile);
  order->layer = g_object_ref (layer);
  order->crds = g_ptr_array_ref (strata_crd_list_get_texts (self->crds));
  order->before = before != NULL ? strata_knowledge_ref (before) : NULL;
  strata_job_run (self->job, gather_run, order, order_free, (GDestroyNotify) strata_knowledge_unref);
}

static void
crds_cb (StrataTextKnowledge *self)
{
  g_clear_object (&self->profile);
  update (self);
}

static void
strata_text_knowledge_dispose (GObject *object)
{
  StrataTextKnowledge *self = STRATA_TEXT_KNOWLEDGE (object);

  g_clear_object (&self->job);
  g_clear_object (&self->crds);
  g_clear_object (&self->document);
  g_clear_object (&self->profile);
  g_clear_object (&self->layer);

  G_OBJECT_CLASS (strata_text_knowledge_parent_class)->dispose (object);
}

static void
strata_text_knowledge_class_init (StrataTextKnowledgeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_text_knowledge_dispose;
}

static void
strata_text_knowledge_init (StrataTextKnowledge *self)
{
  self->job = strata_job_new ();
  self->crds = g_object_ref (strata_crd_list_get_default ());
  g_signal_connect_object (self->crds, "changed", G_CALLBACK (crds_cb), self, G_CONNECT_SWAPPED);
}

StrataTextKnowledge *
strata_text_knowledge_new (StrataEditorDocument *document)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_DOCUMENT (document), NULL);

  StrataTextKnowledge *self = g_object_new (STRATA_TYPE_TEXT_KNOWLEDGE, NULL);
  StrataEditing *editing = strata_editor_document_get_editing (document);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "entered", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

StrataEditorDocument *
strata_text_knowledge_get_document (StrataTextKnowledge *self)
{
  g_return_val_if_fail (STRATA_IS_TEXT_KNOWLEDGE (self), NULL);

  return self->document;
}

/* (nullable): as last gathered, of the shown layer as it was a moment ago; NULL before that is done once */
StrataKnowledge *
strata_text_knowledge_get (StrataTextKnowledge *self)
{
  g_return_val_if_fail (STRATA_IS_TEXT_KNOWLEDGE (self), NULL);

  return strata_job_get_result (self->job);
}

/* Whether the shown document is the values of a layer. */
gboolean
strata_text_knowledge_is_values (StrataTextKnowledge *self)
{
  g_return_val_if_fail (STRATA_IS_TEXT_KNOWLEDGE (self), FALSE);

  const char *document = strata_editing_get_document (strata_editor_document_get_editing (self->document));

  return g_strcmp0 (document, STRATA_VALUES_DOCUMENT) == 0;
}
