/* strata-version.c - a version as SemVer 2 writes and orders it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-version"

#include "strata-version.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"

#define MAX_LENGTH 256  /* SemVer sets no limit; nobody's version is longer, a stranger's may be a megabyte */
#define MAX_PLAIN_DIGITS 18  /* what surely fits into 64 bits */

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataVersion
{
  GObject   parent_instance;
  char     *text;         /* (owned) (not nullable): as it was written */
  char    **numbers;      /* (owned) (not nullable): major, minor, patch */
  char    **pre_release;  /* (owned) (nullable): the identifiers after "-" */
};

G_DEFINE_FINAL_TYPE (StrataVersion, strata_version, G_TYPE_OBJECT)

static gboolean
is_number (const char *text)
{
  return *text != '\0' && text[strspn (text, G_CSET_DIGITS)] == '\0';
}

/* https://semver.org, 2: no leading zeros. */
static gboolean
is_canonical_number (const char *text)
{
  return is_number (text) && (text[0] != '0' || text[1] == '\0');
}

static gboolean
are_identifiers (char     **parts,
                 gboolean   is_pre_release)
{
  if (parts[0] == NULL)
    return FALSE;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      gsize length = strspn (parts[i], G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-");

      if (length == 0 || parts[i][length] != '\0')
        return FALSE;
      if (is_pre_release && is_number (parts[i]) && !is_canonical_number (parts[i]))
        return FALSE;
    }

  return TRUE;
}

/* Digits without leading zeros, of any length: the longer one is the greater. */
static int
compare_numbers (const char *a,
                 const char *b)
{
  gsize a_length = strlen (a);
  gsize b_length = strlen (b);

  if (a_length != b_length)
    return a_length < b_length ? -1 : 1;

  return strcmp (a, b);
}

static int
compare_identifiers (const char *a,
                     const char *b)
{
  gboolean a_is_number = is_number (a);
  gboolean b_is_number = is_number (b);

  if (a_is_number && b_is_number)
    return compare_numbers (a, b);
  if (a_is_number != b_is_number)
    return a_is_number ? -1 : 1;

  return strcmp (a, b);
}

static int
compare_pre_releases (char **a,
                      char **b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);

  for (gsize i = 0; a[i] != NULL || b[i] != NULL; i++)
    {
      if (a[i] == NULL || b[i] == NULL)
        return a[i] == NULL ? -1 : 1;

      int order = compare_identifiers (a[i], b[i]);

      if (order != 0)
        return order;
    }

  return 0;
}

static void
strata_version_finalize (GObject *object)
{
  StrataVersion *self = STRATA_VERSION (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->numbers, g_strfreev);
  g_clear_pointer (&self->pre_release, g_strfreev);

  G_OBJECT_CLASS (strata_version_parent_class)->finalize (object);
}

static void
strata_version_class_init (StrataVersionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_version_finalize;
}

static void
strata_version_init (StrataVersion *self)
{
}

static const char *
find_fault (const char   *text,
            char       ***numbers,
            char       ***pre_release)
{
  g_auto(GStrv) and_build = g_strsplit (text, "+", 2);
  g_auto(GStrv) and_pre = g_strsplit (and_build[0] != NULL ? and_build[0] : "", "-", 2);
  g_auto(GStrv) core = g_strsplit (and_pre[0] != NULL ? and_pre[0] : "", ".", -1);
  g_auto(GStrv) pre = and_pre[0] != NULL && and_pre[1] != NULL ? g_strsplit (and_pre[1], ".", -1) : NULL;
  g_auto(GStrv) build = and_build[0] != NULL && and_build[1] != NULL ? g_strsplit (and_build[1], ".", -1) : NULL;

  if (*text == '\0')
    return _("it is empty");
  if (strlen (text) > MAX_LENGTH)
    return _("it is too long");
  if (*text == 'v' || *text == 'V')
    return _("leave out the “v”");
  if (g_strv_length (core) != 3)
    return _("three numbers are needed, as in 1.4.0");
  for (gsize i = 0; i < 3; i++)
    if (!is_canonical_number (core[i]))
      return _("its first three parts must be numbers without leading zeros");
  if (pre != NULL && !are_identifiers (pre, TRUE))
    return _("after “-” come letters, digits and hyphens, separated by dots");
  if (build != NULL && !are_identifiers (build, FALSE))
    return _("after “+” come letters, digits and hyphens, separated by dots");

  *numbers = g_steal_pointer (&core);
  *pre_release = g_steal_pointer (&pre);

  return NULL;
}

/**
 * strata_version_parse:
 * @text: a version, as in "1.4.0" or "2.0.0-rc.1+build.5"
 * @error: return location for a %STRATA_ERROR_INVALID
 *
 * Reads a version as https://semver.org, version 2.0.0, writes it; `v1.2` and `2.2.2.develop` are none.
 *
 * Returns: (transfer full) (nullable): the version, or %NULL with @error set
 */
StrataVersion *
strata_version_parse (const char  *text,
                      GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_auto(GStrv) numbers = NULL;
  g_auto(GStrv) pre_release = NULL;
  const char *fault = find_fault (text, &numbers, &pre_release);

  if (fault != NULL)
    {
      g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, 60));

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   /* Translators: the second is a reason, such as "it is empty" */
                   _("“%s” is not a version: %s"), shown, fault);
      return NULL;
    }

  StrataVersion *self = g_object_new (STRATA_TYPE_VERSION, NULL);

  self->text = g_strdup (text);
  self->numbers = g_steal_pointer (&numbers);
  self->pre_release = g_steal_pointer (&pre_release);

  return self;
}

/**
 * strata_version_get_text:
 * @self: a version
 *
 * Returns: (transfer none): the version as it was written
 */
const char *
strata_version_get_text (StrataVersion *self)
{
  g_return_val_if_fail (STRATA_IS_VERSION (self), NULL);

  return self->text;
}

/**
 * strata_version_compare:
 * @self: a version
 * @other: another
 *
 * The precedence of https://semver.org, 11: numbers by size, a pre-release before its release, what follows "+" not
 * at all.
 *
 * Returns: less than, equal to or greater than 0
 */
int
strata_version_compare (StrataVersion *self,
                        StrataVersion *other)
{
  g_return_val_if_fail (STRATA_IS_VERSION (self) && STRATA_IS_VERSION (other), 0);

  for (gsize i = 0; i < 3; i++)
    {
      int order = compare_numbers (self->numbers[i], other->numbers[i]);

      if (order != 0)
        return order;
    }

  return compare_pre_releases (self->pre_release, other->pre_release);
}

/* The next number as text; digits may be more than an integer holds. */
static char *
increment (const char *number)
{
  g_autofree char *next = g_strdup (number);

  for (gsize i = strlen (next); i-- > 0;)
    {
      if (next[i] != '9')
        {
          next[i]++;
          return g_steal_pointer (&next);
        }
      next[i] = '0';
    }

  return g_strconcat ("1", next, NULL);
}

/**
 * strata_version_suggest_next:
 * @self: a version
 *
 * Returns: (transfer full): the release of a pre-release, else the next minor version
 */
char *
strata_version_suggest_next (StrataVersion *self)
{
  g_return_val_if_fail (STRATA_IS_VERSION (self), NULL);

  if (self->pre_release != NULL)
    return g_strjoinv (".", self->numbers);

  g_autofree char *minor = increment (self->numbers[1]);

  return g_strdup_printf ("%s.%s.0", self->numbers[0], minor);
}

/* The numbers of a plain version such as 1.20.3, which most are: nothing has to be made to compare those. */
static gboolean
read_plain (const char *text,
            guint64     numbers[3])
{
  for (guint i = 0; i < 3; i++)
    {
      const char *start = text;

      numbers[i] = 0;
      for (; g_ascii_isdigit (*text) && text - start < MAX_PLAIN_DIGITS; text++)
        numbers[i] = numbers[i] * 10 + (guint64) g_ascii_digit_value (*text);

      if (text == start || (*start == '0' && text - start > 1) || *text++ != (i < 2 ? '.' : '\0'))
        return FALSE;
    }

  return TRUE;
}

static int
compare_plain (const guint64 a[3],
               const guint64 b[3])
{
  for (guint i = 0; i < 3; i++)
    if (a[i] != b[i])
      return a[i] < b[i] ? -1 : 1;

  return 0;
}

/**
 * strata_version_compare_text:
 * @a: a version, or any text
 * @b: another
 *
 * For sorting lists from elsewhere: texts that are no versions come before all versions, in their own order.
 *
 * Returns: less than, equal to or greater than 0
 */
int
strata_version_compare_text (const char *a,
                             const char *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  /* Many charts write a "v" before it. */
  const char *a_text = *a == 'v' ? a + 1 : a;
  const char *b_text = *b == 'v' ? b + 1 : b;
  guint64 a_numbers[3], b_numbers[3];

  if (read_plain (a_text, a_numbers) && read_plain (b_text, b_numbers))
    {
      int order = compare_plain (a_numbers, b_numbers);

      return order != 0 ? order : strcmp (a, b);
    }

  g_autoptr(StrataVersion) a_version = strata_version_parse (a_text, NULL);
  g_autoptr(StrataVersion) b_version = strata_version_parse (b_text, NULL);

  if (a_version != NULL && b_version != NULL)
    {
      int order = strata_version_compare (a_version, b_version);

      return order != 0 ? order : strcmp (a, b);
    }
  if (a_version == NULL && b_version == NULL)
    return strcmp (a, b);

  return a_version == NULL ? -1 : 1;
}

/* A number as bytes: how many digits, then the digits, so that the longer one is the greater. */
static void
append_number (GString    *key,
               const char *digits,
               gsize       length)
{
  g_string_append_c (key, (char) length);
  g_string_append_len (key, digits, (gssize) length);
}

/* The end of the list is less than any identifier, a number less than a word, and a release greater than all. */
static void
append_pre_release (GString  *key,
                    char    **identifiers)
{
  if (identifiers == NULL)
    {
      g_string_append_c (key, '\4');
      return;
    }

  for (gsize i = 0; identifiers[i] != NULL; i++)
    if (is_number (identifiers[i]))
      {
        g_string_append_c (key, '\2');
        append_number (key, identifiers[i], strlen (identifiers[i]));
      }
    else
      {
        g_string_append_c (key, '\3');
        g_string_append (key, identifiers[i]);
        g_string_append_c (key, '\0');
      }
  g_string_append_c (key, '\1');
}

static gboolean
append_plain_key (GString    *key,
                  const char *text)
{
  guint64 numbers[3];

  if (!read_plain (text, numbers))
    return FALSE;

  g_string_append_c (key, '\1');
  for (gsize i = 0; i < 3; i++)
    {
      gsize length = strspn (text, G_CSET_DIGITS);

      append_number (key, text, length);
      text += length + 1;
    }
  append_pre_release (key, NULL);

  return TRUE;
}

/**
 * strata_version_append_key:
 * @text: a version, or any text
 * @key: what the key is appended to
 *
 * Writes bytes that compare, as memcmp() and databases do, like [func@Version.compare_text] compares the texts.
 *
 * Returns: whether @text is a version and no pre-release
 */
gboolean
strata_version_append_key (const char *text,
                           GString    *key)
{
  g_return_val_if_fail (text != NULL && key != NULL, FALSE);

  const char *digits = *text == 'v' ? text + 1 : text;
  gboolean is_release = append_plain_key (key, digits);

  if (!is_release)
    {
      g_autoptr(StrataVersion) version = strata_version_parse (digits, NULL);

      g_string_append_c (key, version != NULL ? '\1' : '\0');
      for (gsize i = 0; version != NULL && i < 3; i++)
        append_number (key, version->numbers[i], strlen (version->numbers[i]));
      if (version != NULL)
        append_pre_release (key, version->pre_release);
      is_release = version != NULL && version->pre_release == NULL;
    }
  g_string_append (key, text);

  return is_release;
}
