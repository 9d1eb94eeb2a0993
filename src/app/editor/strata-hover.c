/* strata-hover.c - says what the key, the image or the macro under the pointer is for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-hover"

#include "strata-hover.h"

#include <string.h>

#define MACRO_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-."

struct _StrataHover
{
  GObject              parent_instance;
  StrataTextKnowledge *knowledge;  /* (owned) */
};

/* What a worker is asked. */
typedef struct
{
  StrataBlob            *blob;       /* (owned) */
  StrataKnowledge       *knowledge;  /* (owned) */
  GtkSourceHoverDisplay *display;    /* (owned): for the answer, not for the worker */
  gboolean               is_values;
  int                    offset;     /* in characters */
} Order;

static void hover_provider_init (GtkSourceHoverProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataHover, strata_hover, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_HOVER_PROVIDER,
                                                      hover_provider_init))

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->blob);
  g_clear_object (&order->display);
  g_clear_pointer (&order->knowledge, strata_knowledge_unref);
  g_free (order);
}

/* (transfer full) (nullable): the macro around @offset, when it stands in a template */
static char *
find_macro (const char *text,
            gsize       offset)
{
  gsize start = offset;
  gsize end = offset + strspn (text + offset, MACRO_CHARACTERS);

  while (start > 0 && strchr (MACRO_CHARACTERS, text[start - 1]) != NULL)
    start--;

  if (text[start] != '.' || !g_str_has_prefix (text + start, ".spectro."))
    return NULL;

  return g_strndup (text + start, end - start);
}

/* The view takes this for an answer, and shows what others say. */
static void
return_nothing (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Nothing is known of this");
}

/* (transfer full) (nullable): what is said of what @key stands before, or of itself. A quote is no part of an image. */
static char *
explain_key (const Order        *order,
             const StrataCursor *key,
             gsize               offset)
{
  guint n_steps = g_strv_length (key->path);
  g_autofree char *value = g_strdup (key->word);
  char *said = NULL;

  if (offset >= key->start && n_steps > 0 && g_str_equal (key->path[n_steps - 1], "image"))
    said = strata_knowledge_explain_image (order->knowledge, g_strstrip (g_strdelimit (value, "\"'", ' ')));

  return said != NULL ? said : strata_knowledge_explain (order->knowledge, order->is_values, key);
}

static void
populate_run (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Order *order = task_data;
  const char *text = strata_blob_get_text (order->blob);
  gsize offset = (gsize) (g_utf8_offset_to_pointer (text, order->offset) - text);
  g_autofree char *macro = find_macro (text, offset);
  g_autoptr(StrataCursor) key = macro == NULL ? strata_cursor_find_around (text, offset) : NULL;
  char *said = NULL;

  if (macro != NULL)
    said = strata_knowledge_explain_macro (order->knowledge, macro);
  else if (key != NULL)
    said = explain_key (order, key, offset);

  if (said != NULL)
    g_task_return_pointer (task, said, g_free);
  else
    return_nothing (task);
}

static void
strata_hover_populate_async (GtkSourceHoverProvider *provider,
                             GtkSourceHoverContext  *context,
                             GtkSourceHoverDisplay  *display,
                             GCancellable           *cancellable,
                             GAsyncReadyCallback     callback,
                             gpointer                user_data)
{
  StrataHover *self = STRATA_HOVER (provider);
  StrataKnowledge *knowledge = strata_text_knowledge_get (self->knowledge);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(StrataBlob) blob =
    strata_editor_document_dup_blob (strata_text_knowledge_get_document (self->knowledge));
  GtkTextIter where;

  if (knowledge == NULL || blob == NULL || !gtk_source_hover_context_get_iter (context, &where))
    {
      return_nothing (task);
      return;
    }

  Order *order = g_new0 (Order, 1);

  order->blob = g_steal_pointer (&blob);
  order->knowledge = strata_knowledge_ref (knowledge);
  order->display = g_object_ref (display);
  order->is_values = strata_text_knowledge_is_values (self->knowledge);
  order->offset = gtk_text_iter_get_offset (&where);
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, populate_run);
}

static gboolean
strata_hover_populate_finish (GtkSourceHoverProvider  *provider,
                              GAsyncResult            *result,
                              GError                 **error)
{
  Order *order = g_task_get_task_data (G_TASK (result));
  g_autofree char *said = g_task_propagate_pointer (G_TASK (result), error);

  if (said == NULL)
    return FALSE;

  GtkWidget *label = gtk_label_new (said);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_widget_add_css_class (label, "hover-note");
  gtk_source_hover_display_append (order->display, label);

  return TRUE;
}

static void
hover_provider_init (GtkSourceHoverProviderInterface *iface)
{
  iface->populate_async = strata_hover_populate_async;
  iface->populate_finish = strata_hover_populate_finish;
}

static void
strata_hover_dispose (GObject *object)
{
  StrataHover *self = STRATA_HOVER (object);

  g_clear_object (&self->knowledge);

  G_OBJECT_CLASS (strata_hover_parent_class)->dispose (object);
}

static void
strata_hover_class_init (StrataHoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_hover_dispose;
}

static void
strata_hover_init (StrataHover *self)
{
}

/* Adds itself to @view. */
StrataHover *
strata_hover_new (StrataTextKnowledge *knowledge,
                  GtkSourceView       *view)
{
  g_return_val_if_fail (STRATA_IS_TEXT_KNOWLEDGE (knowledge), NULL);
  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);

  StrataHover *self = g_object_new (STRATA_TYPE_HOVER, NULL);

  self->knowledge = g_object_ref (knowledge);
  gtk_source_hover_add_provider (gtk_source_view_get_hover (view), GTK_SOURCE_HOVER_PROVIDER (self));

  return self;
}
