/* strata-version-range.c - which versions a chart or pack can live with: ">=1.25.0-0 <2", "~1.4 || ^2.1"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-version-range"

#include "strata-version-range.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"

#define MAX_LENGTH 1024   /* the longest in 30,811 real charts has 60 */
#define MAX_TERMS 64
#define MAX_NUMBER G_GUINT64_CONSTANT (1000000000000000)
#define SEPARATORS " \t\r\n,"
#define OPERATORS "=!<>~^"
#define VERSION_CHARS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".*+-"
#define TOP_NUMBER 999999999  /* stands for what a floating "x" may become */

/* What lies between two versions, or, negated, all that does not. A version without a pre-release that is an upper
 * end is written with "-0", the first of all its pre-releases, so that 2.0.0-rc.1 is not below 2.
 */
typedef struct
{
  StrataVersion *lower;     /* (owned) (nullable) */
  StrataVersion *upper;     /* (owned) (nullable) */
  gboolean       is_open;   /* @lower itself is outside */
  gboolean       is_closed; /* @upper itself is inside */
  gboolean       is_negated;
} Term;

/* Terms that must all hold. */
typedef struct
{
  GPtrArray *terms;           /* (owned) (element-type Term) */
  gboolean   names_pre_release;
} Group;

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataVersionRange
{
  GObject    parent_instance;
  char      *text;    /* (owned) (not nullable) */
  GPtrArray *groups;  /* (owned) (not nullable) (element-type Group): one of them must hold; none means any version */
};

/* A version as ranges write it: 1, 1.4, 1.4.x, v1.4.0-rc.1. */
typedef struct
{
  guint64  numbers[3];
  guint    n_numbers;    /* how many are said; the others may be anything */
  char    *pre_release;  /* (owned) (nullable) */
} Partial;

G_DEFINE_FINAL_TYPE (StrataVersionRange, strata_version_range, G_TYPE_OBJECT)

static void
partial_clear (Partial *partial)
{
  g_clear_pointer (&partial->pre_release, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Partial, partial_clear)

static void
term_free (gpointer data)
{
  Term *term = data;

  g_clear_object (&term->lower);
  g_clear_object (&term->upper);
  g_free (term);
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_clear_pointer (&group->terms, g_ptr_array_unref);
  g_free (group);
}

static Group *
group_new (void)
{
  Group *group = g_new0 (Group, 1);

  group->terms = g_ptr_array_new_with_free_func (term_free);

  return group;
}

static void
strata_version_range_finalize (GObject *object)
{
  StrataVersionRange *self = STRATA_VERSION_RANGE (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_version_range_parent_class)->finalize (object);
}

static void
strata_version_range_class_init (StrataVersionRangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_version_range_finalize;
}

static void
strata_version_range_init (StrataVersionRange *self)
{
  self->groups = g_ptr_array_new_with_free_func (group_free);
}

static gboolean
is_any (const char *number)
{
  return g_str_equal (number, "x") || g_str_equal (number, "X") || g_str_equal (number, "*");
}

/* After an "x" comes nothing that says more. */
static gboolean
read_numbers (Partial     *partial,
              const char  *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ".", -1);
  guint n = g_strv_length (parts);
  gboolean floats = FALSE;

  if (n == 0 || n > 3)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      floats |= is_any (parts[i]);

      if (is_any (parts[i]))
        continue;
      if (!g_ascii_string_to_unsigned (parts[i], 10, 0, MAX_NUMBER, &partial->numbers[i], NULL))
        return FALSE;
      if (floats)
        partial->numbers[i] = 0;
      else
        partial->n_numbers = i + 1;
    }

  return TRUE;
}

static gboolean
read_partial (Partial    *partial,
              const char *text)
{
  g_auto(GStrv) and_build = g_strsplit (*text == 'v' ? text + 1 : text, "+", 2);
  g_auto(GStrv) and_pre = g_strsplit (and_build[0] != NULL ? and_build[0] : "", "-", 2);

  if (and_pre[0] == NULL || !read_numbers (partial, and_pre[0]))
    return FALSE;

  partial->pre_release = g_strdup (and_pre[1]);

  return TRUE;
}

static StrataVersion *
make_version (const guint64  numbers[3],
              const char    *pre_release)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT "%s%s",
                                           numbers[0], numbers[1], numbers[2],
                                           pre_release != NULL ? "-" : "", pre_release != NULL ? pre_release : "");

  return strata_version_parse (text, NULL);
}

static StrataVersion *
get_first (const Partial *partial)
{
  return make_version (partial->numbers, partial->pre_release);
}

/* Where the versions end that agree with the first @n_numbers of @partial. */
static StrataVersion *
get_end (const Partial *partial,
         guint          n_numbers)
{
  guint64 numbers[3] = { 0 };

  memcpy (numbers, partial->numbers, n_numbers * sizeof numbers[0]);
  numbers[n_numbers - 1]++;

  return make_version (numbers, "0");
}

/* All versions that agree with what @partial says. */
static void
set_same (Term          *term,
          const Partial *partial)
{
  term->lower = get_first (partial);

  if (partial->n_numbers == 3)
    {
      term->upper = g_object_ref (term->lower);
      term->is_closed = TRUE;
    }
  else if (partial->n_numbers > 0)
    {
      term->upper = get_end (partial, partial->n_numbers);
    }
}

static void
set_not (Term          *term,
         const Partial *partial)
{
  set_same (term, partial);
  term->is_negated = TRUE;

  /* "!=1.4" leaves out the pre-releases of 1.4.0 too. */
  if (partial->n_numbers < 3)
    {
      g_clear_object (&term->lower);
      term->lower = make_version (partial->numbers, "0");
    }
}

static void
set_tilde (Term          *term,
           const Partial *partial)
{
  /* As Helm has it: "~0.0.0" is any version. */
  gboolean is_zero = partial->n_numbers == 3 && partial->numbers[0] == 0 && partial->numbers[1] == 0 &&
                     partial->numbers[2] == 0;

  term->lower = get_first (partial);
  if (partial->n_numbers > 0 && !is_zero)
    term->upper = get_end (partial, MIN (partial->n_numbers, 2));
}

/* Up to the first number that is not zero. */
static void
set_caret (Term          *term,
           const Partial *partial)
{
  guint n = 1;

  term->lower = get_first (partial);

  while (n < partial->n_numbers && partial->numbers[n - 1] == 0)
    n++;

  if (partial->n_numbers > 0)
    term->upper = get_end (partial, n);
}

static void
set_above (Term          *term,
           const Partial *partial)
{
  if (partial->n_numbers == 3)
    term->lower = get_first (partial);
  else if (partial->n_numbers > 0)
    term->lower = get_end (partial, partial->n_numbers);

  term->is_open = partial->n_numbers == 3;
}

static void
set_at_most (Term          *term,
             const Partial *partial)
{
  if (partial->n_numbers == 3)
    term->upper = get_first (partial);
  else if (partial->n_numbers > 0)
    term->upper = get_end (partial, partial->n_numbers);

  term->is_closed = partial->n_numbers == 3;
}

static gboolean
set_term (Term          *term,
          const char    *operator,
          const Partial *partial)
{
  if (*operator == '\0' || g_str_equal (operator, "="))
    set_same (term, partial);
  else if (g_str_equal (operator, "!="))
    set_not (term, partial);
  else if (g_str_equal (operator, ">"))
    set_above (term, partial);
  else if (g_str_equal (operator, "<"))
    term->upper = get_first (partial);
  else if (g_str_equal (operator, ">=") || g_str_equal (operator, "=>"))
    term->lower = get_first (partial);
  else if (g_str_equal (operator, "<=") || g_str_equal (operator, "=<"))
    set_at_most (term, partial);
  else if (g_str_equal (operator, "~") || g_str_equal (operator, "~>"))
    set_tilde (term, partial);
  else if (g_str_equal (operator, "^"))
    set_caret (term, partial);
  else
    return FALSE;

  return term->lower != NULL || term->upper != NULL;
}

static gboolean
add_term (Group      *group,
          const char *operator,
          const char *version)
{
  g_auto(Partial) partial = { 0 };

  if (!read_partial (&partial, version) || group->terms->len == MAX_TERMS)
    return FALSE;

  g_autoptr(StrataVersion) first = get_first (&partial);
  Term *term = g_new0 (Term, 1);

  g_ptr_array_add (group->terms, term);
  group->names_pre_release |= partial.pre_release != NULL;

  return first != NULL && set_term (term, operator, &partial);
}

static char *
take_run (const char **cursor,
          const char  *accept)
{
  gsize length = strspn (*cursor, accept);
  char *run = g_strndup (*cursor, length);

  *cursor += length;

  return run;
}

static void
skip_separators (const char **cursor)
{
  *cursor += strspn (*cursor, SEPARATORS);
}

/* "1.2 - 1.4.5": the hyphen stands alone. */
static gboolean
take_hyphen (const char **cursor)
{
  const char *after = *cursor + strspn (*cursor, " \t\r\n");

  if (*after != '-' || strchr (" \t\r\n", after[1]) == NULL || after[1] == '\0')
    return FALSE;

  *cursor = after + 1;

  return TRUE;
}

/* One term or one "from - to". */
static gboolean
read_terms (Group       *group,
            const char **cursor)
{
  g_autofree char *operator = take_run (cursor, OPERATORS);

  *cursor += strspn (*cursor, " \t\r\n");

  g_autofree char *version = take_run (cursor, VERSION_CHARS);

  if (*operator != '\0' || !take_hyphen (cursor))
    return add_term (group, operator, version);

  *cursor += strspn (*cursor, " \t\r\n");

  g_autofree char *last = take_run (cursor, VERSION_CHARS);

  return add_term (group, ">=", version) && add_term (group, "<=", last);
}

static Group *
read_group (const char *text)
{
  Group *group = group_new ();
  const char *cursor = text;

  skip_separators (&cursor);

  while (*cursor != '\0')
    {
      if (!read_terms (group, &cursor))
        {
          group_free (group);
          return NULL;
        }

      skip_separators (&cursor);
    }

  return group;
}

static gboolean
read_groups (StrataVersionRange *self)
{
  g_auto(GStrv) parts = g_strsplit (self->text, "||", MAX_TERMS);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      Group *group = read_group (parts[i]);

      if (group == NULL)
        return FALSE;

      g_ptr_array_add (self->groups, group);

      /* No term at all allows everything, but not beside another. */
      if (group->terms->len == 0 && parts[1] != NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * strata_version_range_parse:
 * @text: a range, as in ">=1.25.0-0", "~1.4 || ^2.1", "1.2 - 1.4.5" or "1.x"
 * @error: return location for a %STRATA_ERROR_INVALID
 *
 * Reads what Helm takes in `kubeVersion` and in the version of a dependency
 * (https://helm.sh/docs/topics/charts/#the-kubeversion-field): terms side by side or after a comma must all hold,
 * "||" stands between alternatives. An empty text allows every version.
 *
 * Returns: (transfer full) (nullable): the range, or %NULL with @error set
 */
StrataVersionRange *
strata_version_range_parse (const char  *text,
                            GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr(StrataVersionRange) self = g_object_new (STRATA_TYPE_VERSION_RANGE, NULL);

  self->text = g_strdup (text);

  if (strlen (text) <= MAX_LENGTH && read_groups (self))
    return g_steal_pointer (&self);

  g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, 60));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“%s” is not a range of versions; write it as in >=1.25.0 <2.0.0"), shown);

  return NULL;
}

/**
 * strata_version_range_get_text:
 * @self: a range
 *
 * Returns: (transfer none): the range as it was written
 */
const char *
strata_version_range_get_text (StrataVersionRange *self)
{
  g_return_val_if_fail (STRATA_IS_VERSION_RANGE (self), NULL);

  return self->text;
}

static gboolean
term_holds (const Term    *term,
            StrataVersion *version)
{
  int from = term->lower != NULL ? strata_version_compare (version, term->lower) : 1;
  int to = term->upper != NULL ? strata_version_compare (version, term->upper) : -1;
  gboolean inside = (from > 0 || (from == 0 && !term->is_open)) && (to < 0 || (to == 0 && term->is_closed));

  return inside != term->is_negated;
}

static gboolean
group_holds (const Group   *group,
             StrataVersion *version)
{
  for (guint i = 0; i < group->terms->len; i++)
    if (!term_holds (group->terms->pdata[i], version))
      return FALSE;

  return TRUE;
}

static gboolean
is_pre_release (StrataVersion *version)
{
  const char *text = strata_version_get_text (version);

  return text[strcspn (text, "-+")] == '-';
}

/**
 * strata_version_range_contains:
 * @self: a range
 * @version: a version
 * @with_pre_releases: whether pre-releases count as any other version
 *
 * Unless @with_pre_releases, a pre-release is only allowed by terms side by side of which one names a pre-release
 * itself, as Helm has it: that is why many charts ask for ">=1.25.0-0".
 *
 * Returns: whether @self allows @version
 */
gboolean
strata_version_range_contains (StrataVersionRange *self,
                               StrataVersion      *version,
                               gboolean            with_pre_releases)
{
  g_return_val_if_fail (STRATA_IS_VERSION_RANGE (self), FALSE);
  g_return_val_if_fail (STRATA_IS_VERSION (version), FALSE);

  gboolean any = with_pre_releases || !is_pre_release (version);

  for (guint i = 0; i < self->groups->len; i++)
    {
      const Group *group = self->groups->pdata[i];

      if ((any || group->terms->len == 0 || group->names_pre_release) && group_holds (group, version))
        return TRUE;
    }

  return self->groups->len == 0;
}

/* The lowest and the highest that a text such as "1.29.x" may stand for; the same for one that says all. */
static gboolean
get_ends (const char     *text,
          StrataVersion **first,
          StrataVersion **last)
{
  g_auto(Partial) partial = { 0 };

  if (!read_partial (&partial, text))
    return FALSE;

  *first = get_first (&partial);
  for (guint i = partial.n_numbers; i < 3; i++)
    partial.numbers[i] = TOP_NUMBER;
  *last = get_first (&partial);

  return *first != NULL;
}

/**
 * strata_version_range_allows:
 * @self: a range
 * @version: the version of a layer, as it stands there: "v1.29.4", "1.29", "1.29.x"
 * @with_pre_releases: as in strata_version_range_contains()
 *
 * Of a version that floats it is enough that one of those it may become is allowed. What is no version at all is
 * allowed: nothing can be said against it.
 *
 * Returns: whether @self allows @version
 */
gboolean
strata_version_range_allows (StrataVersionRange *self,
                             const char         *version,
                             gboolean            with_pre_releases)
{
  g_return_val_if_fail (STRATA_IS_VERSION_RANGE (self), FALSE);
  g_return_val_if_fail (version != NULL, FALSE);

  g_autoptr(StrataVersion) first = NULL;
  g_autoptr(StrataVersion) last = NULL;

  return !get_ends (version, &first, &last) ||
         strata_version_range_contains (self, first, with_pre_releases) ||
         strata_version_range_contains (self, last, with_pre_releases);
}
