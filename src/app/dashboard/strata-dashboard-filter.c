/* strata-dashboard-filter.c - which rows are shown: by what was typed, by state, by tag, by registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-filter"

#include "strata-dashboard-filter.h"

#include <string.h>

#include "strata-dashboard-row.h"

struct _StrataDashboardFilter
{
  GtkFilter            parent_instance;
  char               **words;     /* (owned) (nullable): what was typed, without case */
  StrataDashboardShow  show;
  char                *tag;       /* (owned) (nullable) */
  char                *registry;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (StrataDashboardFilter, strata_dashboard_filter, GTK_TYPE_FILTER)

static gboolean
contains_words (StrataDashboardFilter *self,
                StrataDashboardRow    *row)
{
  const char *haystack = strata_dashboard_row_get_haystack (row);

  for (guint i = 0; self->words[i] != NULL; i++)
    if (strstr (haystack, self->words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
has_state (StrataDashboardRow *row,
           StrataState         state)
{
  return strata_entry_get_state (strata_dashboard_row_get_entry (row)) == state;
}

static gboolean
is_shown (StrataDashboardFilter *self,
          StrataDashboardRow    *row)
{
  switch (self->show)
    {
    case STRATA_DASHBOARD_SHOW_ATTENTION:
      return strata_dashboard_row_needs_attention (row);
    case STRATA_DASHBOARD_SHOW_ONLY_HERE:
      return has_state (row, STRATA_STATE_ONLY_HERE);
    case STRATA_DASHBOARD_SHOW_PUBLISHED:
      return has_state (row, STRATA_STATE_PUBLISHED);
    case STRATA_DASHBOARD_SHOW_ALL:
    default:
      return TRUE;
    }
}

static gboolean
has_tag (StrataDashboardFilter *self,
         StrataDashboardRow    *row)
{
  const char *const *tags = strata_entry_get_tags (strata_dashboard_row_get_entry (row));

  return tags != NULL && g_strv_contains (tags, self->tag);
}

static gboolean
has_registry (StrataDashboardFilter *self,
              StrataDashboardRow    *row)
{
  const char *const *registries = strata_entry_get_registries (strata_dashboard_row_get_entry (row));

  return registries != NULL && g_strv_contains (registries, self->registry);
}

static gboolean
strata_dashboard_filter_match (GtkFilter *filter,
                               gpointer   item)
{
  StrataDashboardFilter *self = STRATA_DASHBOARD_FILTER (filter);
  StrataDashboardRow *row = STRATA_DASHBOARD_ROW (item);

  return is_shown (self, row) && (self->words == NULL || contains_words (self, row)) &&
         (self->tag == NULL || has_tag (self, row)) &&
         (self->registry == NULL || has_registry (self, row));
}

static GtkFilterMatch
strata_dashboard_filter_get_strictness (GtkFilter *filter)
{
  return strata_dashboard_filter_is_on (STRATA_DASHBOARD_FILTER (filter)) ? GTK_FILTER_MATCH_SOME
                                                                          : GTK_FILTER_MATCH_ALL;
}

static void
strata_dashboard_filter_finalize (GObject *object)
{
  StrataDashboardFilter *self = STRATA_DASHBOARD_FILTER (object);

  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->registry, g_free);

  G_OBJECT_CLASS (strata_dashboard_filter_parent_class)->finalize (object);
}

static void
strata_dashboard_filter_class_init (StrataDashboardFilterClass *klass)
{
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_dashboard_filter_finalize;
  filter_class->match = strata_dashboard_filter_match;
  filter_class->get_strictness = strata_dashboard_filter_get_strictness;
}

static void
strata_dashboard_filter_init (StrataDashboardFilter *self)
{
}

StrataDashboardFilter *
strata_dashboard_filter_new (void)
{
  return g_object_new (STRATA_TYPE_DASHBOARD_FILTER, NULL);
}

static char **
split_words (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto(GStrv) parts = g_strsplit_set (folded, " \t", -1);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  gboolean any = FALSE;

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      {
        g_strv_builder_add (words, parts[i]);
        any = TRUE;
      }

  return any ? g_strv_builder_end (words) : NULL;
}

/* Whether each row with all of @words has all of @fewer too. */
static gboolean
words_imply (char **words,
             char **fewer)
{
  for (guint i = 0; fewer != NULL && fewer[i] != NULL; i++)
    {
      gboolean implied = FALSE;

      for (guint j = 0; words != NULL && words[j] != NULL && !implied; j++)
        implied = strstr (words[j], fewer[i]) != NULL;
      if (!implied)
        return FALSE;
    }

  return TRUE;
}

/* A letter more looks only at the rows that are shown. */
static GtkFilterChange
compare_words (char **old_words,
               char **new_words)
{
  if (words_imply (new_words, old_words))
    return GTK_FILTER_CHANGE_MORE_STRICT;
  if (words_imply (old_words, new_words))
    return GTK_FILTER_CHANGE_LESS_STRICT;

  return GTK_FILTER_CHANGE_DIFFERENT;
}

/* Every word of @text has to be somewhere in the row. */
void
strata_dashboard_filter_set_text (StrataDashboardFilter *self,
                                  const char            *text)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_FILTER (self));

  g_auto(GStrv) words = split_words (text);

  if (words == NULL && self->words == NULL)
    return;
  if (words != NULL && self->words != NULL &&
      g_strv_equal ((const char *const *) words, (const char *const *) self->words))
    return;

  GtkFilterChange change = compare_words (self->words, words);

  g_strfreev (self->words);
  self->words = g_steal_pointer (&words);
  gtk_filter_changed (GTK_FILTER (self), change);
}

void
strata_dashboard_filter_set_show (StrataDashboardFilter *self,
                                  StrataDashboardShow    show)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_FILTER (self));

  if (self->show == show)
    return;

  self->show = show;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
set_word (StrataDashboardFilter  *self,
          char                  **field,
          const char             *word)
{
  if (g_strcmp0 (*field, word) == 0)
    return;

  g_free (*field);
  *field = g_strdup (word);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

void
strata_dashboard_filter_set_tag (StrataDashboardFilter *self,
                                 const char            *tag)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_FILTER (self));

  set_word (self, &self->tag, tag);
}

void
strata_dashboard_filter_set_registry (StrataDashboardFilter *self,
                                      const char            *registry)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_FILTER (self));

  set_word (self, &self->registry, registry);
}

/* Whether it may hide a row. */
gboolean
strata_dashboard_filter_is_on (StrataDashboardFilter *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_FILTER (self), FALSE);

  return self->words != NULL || self->show != STRATA_DASHBOARD_SHOW_ALL || self->tag != NULL ||
         self->registry != NULL;
}
