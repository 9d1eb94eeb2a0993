/* strata-suggestion.c - something that could stand where something is typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-suggestion"

#include "strata-suggestion.h"

/* A value: it never changes, and is safe to read from any thread. */
struct _StrataSuggestion
{
  GObject               parent_instance;
  StrataSuggestionKind  kind;
  char                 *label;        /* (owned) */
  char                 *text;         /* (owned) */
  char                 *detail;       /* (owned) */
  char                 *description;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (StrataSuggestion, strata_suggestion, G_TYPE_OBJECT)

static void
strata_suggestion_finalize (GObject *object)
{
  StrataSuggestion *self = STRATA_SUGGESTION (object);

  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (strata_suggestion_parent_class)->finalize (object);
}

static void
strata_suggestion_class_init (StrataSuggestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_suggestion_finalize;
}

static void
strata_suggestion_init (StrataSuggestion *self)
{
}

/**
 * strata_suggestion_new:
 * @kind: what it is
 * @label: what is chosen by, and compared with what is typed
 * @text: what is put in place of what is typed
 * @detail: a few words beside the label, or ""
 * @description: sentences about it, or ""
 *
 * The lines of a @text are indented already. Not so those of a snippet, which has stops as well: `${1:word}` is where
 * something is typed first, over the word; `$1` repeats that; `$0` is where the cursor goes last.
 *
 * Returns: (transfer full): a suggestion
 */
StrataSuggestion *
strata_suggestion_new (StrataSuggestionKind  kind,
                       const char           *label,
                       const char           *text,
                       const char           *detail,
                       const char           *description)
{
  g_return_val_if_fail (label != NULL && text != NULL, NULL);
  g_return_val_if_fail (detail != NULL && description != NULL, NULL);

  StrataSuggestion *self = g_object_new (STRATA_TYPE_SUGGESTION, NULL);

  self->kind = kind;
  self->label = g_strdup (label);
  self->text = g_strdup (text);
  self->detail = g_strdup (detail);
  self->description = g_strdup (description);

  return self;
}

/**
 * strata_suggestion_get_kind:
 * @self: a suggestion
 *
 * Returns: what it is
 */
StrataSuggestionKind
strata_suggestion_get_kind (StrataSuggestion *self)
{
  g_return_val_if_fail (STRATA_IS_SUGGESTION (self), STRATA_SUGGESTION_KEY);

  return self->kind;
}

/**
 * strata_suggestion_get_label:
 * @self: a suggestion
 *
 * Returns: (transfer none): what it is chosen by
 */
const char *
strata_suggestion_get_label (StrataSuggestion *self)
{
  g_return_val_if_fail (STRATA_IS_SUGGESTION (self), NULL);

  return self->label;
}

/**
 * strata_suggestion_get_text:
 * @self: a suggestion
 *
 * Returns: (transfer none): what is put in place of what is typed
 */
const char *
strata_suggestion_get_text (StrataSuggestion *self)
{
  g_return_val_if_fail (STRATA_IS_SUGGESTION (self), NULL);

  return self->text;
}

/**
 * strata_suggestion_get_detail:
 * @self: a suggestion
 *
 * Returns: (transfer none): a few words about it, or ""
 */
const char *
strata_suggestion_get_detail (StrataSuggestion *self)
{
  g_return_val_if_fail (STRATA_IS_SUGGESTION (self), NULL);

  return self->detail;
}

/**
 * strata_suggestion_get_description:
 * @self: a suggestion
 *
 * Returns: (transfer none): sentences about it, or ""
 */
const char *
strata_suggestion_get_description (StrataSuggestion *self)
{
  g_return_val_if_fail (STRATA_IS_SUGGESTION (self), NULL);

  return self->description;
}
