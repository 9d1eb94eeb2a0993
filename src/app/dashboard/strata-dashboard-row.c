/* strata-dashboard-row.c - one line of the dashboard: a profile, with its older versions folded below it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-row"

#include "strata-dashboard-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-format.h"

#define DRAFT_STEPS 3u

struct _StrataDashboardRow
{
  GObject        parent_instance;
  GPtrArray     *entries;         /* (owned) (not nullable): newest version first, never empty */
  GListStore    *older;           /* (owned) (nullable): rows of the others, made when unfolded */
  char          *haystack;        /* (owned) (nullable) */
  char          *name_key;        /* (owned) (nullable) */
  StrataVersion *version;         /* (owned) (nullable) */
  gboolean       version_parsed;
};

G_DEFINE_FINAL_TYPE (StrataDashboardRow, strata_dashboard_row, G_TYPE_OBJECT)

static void
strata_dashboard_row_finalize (GObject *object)
{
  StrataDashboardRow *self = STRATA_DASHBOARD_ROW (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->older);
  g_clear_pointer (&self->haystack, g_free);
  g_clear_pointer (&self->name_key, g_free);
  g_clear_object (&self->version);

  G_OBJECT_CLASS (strata_dashboard_row_parent_class)->finalize (object);
}

static void
strata_dashboard_row_class_init (StrataDashboardRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_dashboard_row_finalize;
}

static void
strata_dashboard_row_init (StrataDashboardRow *self)
{
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  StrataEntry *one = *(StrataEntry **) a;
  StrataEntry *other = *(StrataEntry **) b;
  int order =
    strata_version_compare_text (strata_entry_get_version (other), strata_entry_get_version (one));

  if (order != 0)
    return order;

  gint64 one_changed = strata_entry_get_changed (one);
  gint64 other_changed = strata_entry_get_changed (other);

  return (other_changed > one_changed) - (other_changed < one_changed);
}

/**
 * strata_dashboard_row_new:
 * @entries: (element-type StrataEntry) (transfer full): every version of one name; sorted here
 *
 * Returns: (transfer full): the row
 */
StrataDashboardRow *
strata_dashboard_row_new (GPtrArray *entries)
{
  g_return_val_if_fail (entries != NULL && entries->len > 0, NULL);

  StrataDashboardRow *self = g_object_new (STRATA_TYPE_DASHBOARD_ROW, NULL);

  if (entries->len > 1)
    g_ptr_array_sort (entries, compare_newest_first);
  self->entries = entries;

  return self;
}

StrataEntry *
strata_dashboard_row_get_entry (StrataDashboardRow *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_ROW (self), NULL);

  return g_ptr_array_index (self->entries, 0);
}

guint
strata_dashboard_row_get_n_older (StrataDashboardRow *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_ROW (self), 0);

  return self->entries->len - 1;
}

/**
 * strata_dashboard_row_get_older:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): a row for each older version, newest first
 */
GListModel *
strata_dashboard_row_get_older (StrataDashboardRow *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_ROW (self), NULL);

  if (self->older != NULL || self->entries->len == 1)
    return G_LIST_MODEL (self->older);

  self->older = g_list_store_new (STRATA_TYPE_DASHBOARD_ROW);
  for (guint i = 1; i < self->entries->len; i++)
    {
      GPtrArray *one = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (one, g_object_ref (g_ptr_array_index (self->entries, i)));
      g_autoptr(StrataDashboardRow) row = strata_dashboard_row_new (one);
      g_list_store_append (self->older, row);
    }

  return G_LIST_MODEL (self->older);
}

static char *
fold_case (const char *text)
{
  return g_str_is_ascii (text) ? g_ascii_strdown (text, -1) : g_utf8_casefold (text, -1);
}

/* What a search looks through: name, description, versions and tags of all its entries, without case. */
const char *
strata_dashboard_row_get_haystack (StrataDashboardRow *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_ROW (self), NULL);

  if (self->haystack != NULL)
    return self->haystack;

  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      StrataEntry *entry = g_ptr_array_index (self->entries, i);
      const char *const *tags = strata_entry_get_tags (entry);

      g_string_append_printf (text, "%s\n%s\n%s\n", strata_entry_get_name (entry),
                              strata_entry_get_version (entry),
                              strata_entry_get_description (entry));
      for (guint j = 0; tags != NULL && tags[j] != NULL; j++)
        g_string_append_printf (text, "%s\n", tags[j]);
    }

  self->haystack = fold_case (text->str);

  return self->haystack;
}

/* To sort by name as a person does: "edge-9" before "edge-10". */
const char *
strata_dashboard_row_get_name_key (StrataDashboardRow *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_ROW (self), NULL);

  if (self->name_key == NULL)
    {
      g_autofree char *folded =
        fold_case (strata_entry_get_name (strata_dashboard_row_get_entry (self)));
      self->name_key = g_utf8_collate_key_for_filename (folded, -1);
    }

  return self->name_key;
}

/**
 * strata_dashboard_row_get_version:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the version, %NULL where it is none that can be compared
 */
StrataVersion *
strata_dashboard_row_get_version (StrataDashboardRow *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_ROW (self), NULL);

  if (!self->version_parsed)
    self->version =
      strata_version_parse (strata_entry_get_version (strata_dashboard_row_get_entry (self)), NULL);
  self->version_parsed = TRUE;

  return self->version;
}

gboolean
strata_dashboard_row_is_draft (StrataDashboardRow *self)
{
  return strata_entry_get_draft_step (strata_dashboard_row_get_entry (self)) > 0;
}

gboolean
strata_dashboard_row_needs_attention (StrataDashboardRow *self)
{
  switch (strata_entry_get_state (strata_dashboard_row_get_entry (self)))
    {
    case STRATA_STATE_UNPUBLISHED:
    case STRATA_STATE_BEHIND:
    case STRATA_STATE_CONFLICT:
    case STRATA_STATE_DAMAGED:
      return TRUE;
    case STRATA_STATE_ONLY_HERE:
    case STRATA_STATE_PUBLISHED:
    default:
      return FALSE;
    }
}

static gboolean
contains_equal (GPtrArray   *entries,
                StrataEntry *entry)
{
  for (guint i = 0; i < entries->len; i++)
    {
      StrataEntry *other = g_ptr_array_index (entries, i);

      if (other == entry || strata_entry_equal (other, entry))
        return TRUE;
    }

  return FALSE;
}

/* Whether a row made of @entries would show the same as this one. */
gboolean
strata_dashboard_row_matches (StrataDashboardRow *self,
                              GPtrArray          *entries)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_ROW (self), FALSE);

  if (self->entries->len != entries->len)
    return FALSE;

  for (guint i = 0; i < entries->len; i++)
    if (!contains_equal (self->entries, g_ptr_array_index (entries, i)))
      return FALSE;

  return TRUE;
}

const char *
strata_dashboard_row_get_state_icon (StrataDashboardRow *self)
{
  switch (strata_entry_get_state (strata_dashboard_row_get_entry (self)))
    {
    case STRATA_STATE_UNPUBLISHED:
      return "document-edit-symbolic";
    case STRATA_STATE_PUBLISHED:
      return "emblem-default-symbolic";
    case STRATA_STATE_BEHIND:
      return "software-update-available-symbolic";
    case STRATA_STATE_CONFLICT:
      return "dialog-warning-symbolic";
    case STRATA_STATE_DAMAGED:
      return "dialog-error-symbolic";
    case STRATA_STATE_ONLY_HERE:
    default:
      return "computer-symbolic";
    }
}

/* The named colour of the icon; %NULL for that of the text. */
const char *
strata_dashboard_row_get_state_color (StrataDashboardRow *self)
{
  switch (strata_entry_get_state (strata_dashboard_row_get_entry (self)))
    {
    case STRATA_STATE_UNPUBLISHED:
      return "accent_color";
    case STRATA_STATE_PUBLISHED:
      return "success_color";
    case STRATA_STATE_BEHIND:
      return "warning_color";
    case STRATA_STATE_CONFLICT:
    case STRATA_STATE_DAMAGED:
      return "error_color";
    case STRATA_STATE_ONLY_HERE:
    default:
      return NULL;
    }
}

const char *
strata_dashboard_row_get_state_words (StrataDashboardRow *self)
{
  switch (strata_entry_get_state (strata_dashboard_row_get_entry (self)))
    {
    case STRATA_STATE_UNPUBLISHED:
      return _("Unpublished changes");
    case STRATA_STATE_PUBLISHED:
      return _("Published");
    case STRATA_STATE_BEHIND:
      return _("Behind the console");
    case STRATA_STATE_CONFLICT:
      return _("Conflict");
    case STRATA_STATE_DAMAGED:
      return _("Damaged");
    case STRATA_STATE_ONLY_HERE:
    default:
      return _("Only here");
    }
}

/* How sure it is what the console has. */
static char *
make_freshness (StrataEntry *entry,
                gint64       as_of)
{
  const char *kept = strata_entry_get_is_pinned (entry) ? _("kept offline") : "";

  if (as_of <= 0)
    return g_strdup (kept);

  g_autofree char *clock = strata_format_clock (as_of);
  g_autofree char *when = g_strdup_printf (_("as of %s"), clock);

  return *kept != '\0' ? g_strjoin (", ", kept, when, NULL) : g_steal_pointer (&when);
}

/* What stands below the state; @as_of, when the console last answered, in seconds since 1970, or 0. */
char *
strata_dashboard_row_make_state_note (StrataDashboardRow *self,
                                      gint64              as_of)
{
  StrataEntry *entry = strata_dashboard_row_get_entry (self);
  guint step = strata_entry_get_draft_step (entry);

  if (strata_entry_get_state (entry) == STRATA_STATE_DAMAGED)
    return g_strdup (strata_entry_get_problem (entry));
  if (step > 0)
    return g_strdup_printf (_("draft, step %u of %u"), step, DRAFT_STEPS);
  if (strata_entry_get_state (entry) == STRATA_STATE_ONLY_HERE)
    return g_strdup (*strata_entry_get_uid (entry) != '\0' ? _("gone from the console") : _("never sent"));
  if (strata_entry_get_state (entry) == STRATA_STATE_UNPUBLISHED)
    return g_strdup (strata_entry_get_is_changed (entry) ? _("changed here") : _("a draft at the console"));
  if (strata_entry_get_is_away (entry))
    return g_strdup (_("not on this computer"));

  return make_freshness (entry, as_of);
}

char *
strata_dashboard_row_make_version_note (StrataDashboardRow *self)
{
  guint n_older = strata_dashboard_row_get_n_older (self);

  if (n_older > 0)
    return g_strdup_printf (ngettext ("%u older", "%u older", n_older), n_older);
  if (strata_dashboard_row_is_draft (self))
    return g_strdup (_("draft"));

  return g_strdup ("");
}

/* What a screen reader says of the whole line; @as_of as above. */
char *
strata_dashboard_row_make_label (StrataDashboardRow *self,
                                 gint64              as_of)
{
  StrataEntry *entry = strata_dashboard_row_get_entry (self);
  guint n_layers = strata_entry_get_n_layers (entry);
  g_autofree char *layers =
    g_strdup_printf (ngettext ("%u layer", "%u layers", n_layers), n_layers);
  g_autofree char *state = g_utf8_strdown (strata_dashboard_row_get_state_words (self), -1);
  g_autofree char *note = strata_dashboard_row_make_state_note (self, as_of);
  g_autofree char *age = strata_format_age_sentence (strata_entry_get_changed (entry));
  g_autofree char *whole_state =
    *note != '\0' ? g_strjoin (", ", state, note, NULL) : g_steal_pointer (&state);

  /* Translators: "retail-edge 2.4.0, 5 layers, only here, never sent, changed 4 minutes ago" */
  return g_strdup_printf (_("%s %s, %s, %s, changed %s"), strata_entry_get_name (entry),
                             strata_entry_get_version (entry), layers, whole_state, age);
}
