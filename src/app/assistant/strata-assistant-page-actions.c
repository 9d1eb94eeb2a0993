/* strata-assistant-page-actions.c - what can be done in the assistant, and by which keys
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-assistant-page"

#include "strata-assistant-page-private.h"

#include "strata-say.h"

static void
close_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (widget);

  if (self->saver == NULL || strata_draft_saver_is_idle (self->saver))
    {
      strata_assistant_page_leave (self);
      return;
    }
  self->closing = TRUE;
  strata_draft_saver_flush (self->saver);
}

static void
back_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (widget);

  if (self->step == STRATA_ASSISTANT_STEP_LAYERS && strata_assistant_layers_go_back (self->layers))
    return;
  if (self->mode != STRATA_ASSISTANT_MODE_NEW || self->step == STRATA_ASSISTANT_STEP_BASICS ||
      self->profile == NULL)
    return;

  strata_assistant_page_show_step (self, self->step - 1);
  strata_assistant_page_keep_draft (self);
}

static void
next_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (widget);
  g_autoptr(GError) error = NULL;

  if (self->profile == NULL || self->step == STRATA_ASSISTANT_STEP_REVIEW)
    return;
  if (self->step == STRATA_ASSISTANT_STEP_BASICS &&
      !strata_assistant_basics_finish (self->basics, &error))
    {
      strata_say (GTK_WIDGET (self->stack), error->message);
      return;
    }

  strata_assistant_page_show_step (self, self->step + 1);
  strata_assistant_page_keep_draft (self);
  if (self->step == STRATA_ASSISTANT_STEP_LAYERS &&
      strata_profile_get_n_layers (self->profile) == 0 &&
      !strata_assistant_layers_has_pending (self->layers))
    strata_assistant_layers_search (self->layers);
}

static void
finish_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (widget);

  if (self->saver != NULL)
    strata_draft_saver_finish (self->saver, self->profile);
}

static void
confirm_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (widget);

  if (self->step == STRATA_ASSISTANT_STEP_LAYERS)
    strata_assistant_layers_confirm (self->layers);
}

static void
search_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (widget);

  if (self->step == STRATA_ASSISTANT_STEP_LAYERS)
    strata_assistant_layers_search (self->layers);
}

static void
retry_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  strata_assistant_page_retry (STRATA_ASSISTANT_PAGE (widget));
}

static void
undo_remove_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  StrataAssistantPage *self = STRATA_ASSISTANT_PAGE (widget);
  g_autoptr(StrataProfile) before = g_steal_pointer (&self->before);

  if (before != NULL)
    {
      strata_assistant_page_set_profile (self, before);
      strata_assistant_page_keep_draft (self);
    }
}

static void
take_up_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  strata_assistant_layers_take_up (STRATA_ASSISTANT_PAGE (widget)->layers);
}

/* Gives the page its actions and their keys. */
void
strata_assistant_page_install_actions (GtkWidgetClass *widget_class)
{
  const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc func;
    guint key;
    GdkModifierType mods;
  } actions[] = {
    { "assistant.close", close_cb, GDK_KEY_Escape, 0 },
    { "assistant.back", back_cb, GDK_KEY_Left, GDK_ALT_MASK },
    { "assistant.next", next_cb, GDK_KEY_Right, GDK_ALT_MASK },
    { "assistant.finish", finish_cb, 0, 0 },
    { "assistant.confirm", confirm_cb, 0,
      0 }, /* its key is taken before a text gets it: see the template */
    { "page.search", search_cb, GDK_KEY_f, GDK_CONTROL_MASK },
    { "assistant.retry", retry_cb, 0, 0 },
    { "assistant.take-up", take_up_cb, 0, 0 },
    { "assistant.undo-remove", undo_remove_cb, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (widget_class, actions[i].key, actions[i].mods,
                                             actions[i].name, NULL);
    }
}
