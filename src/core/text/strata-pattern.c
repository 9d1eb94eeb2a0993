/* strata-pattern.c - a regular expression from a stranger, tried within bounds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pattern"

#define PCRE2_CODE_UNIT_WIDTH 8

#include "strata-pattern.h"

#include <glib/gi18n-lib.h>
#include <pcre2.h>
#include <string.h>

#include "strata-error.h"
#include "strata-pattern-names.h"

#define MAX_PATTERN (8 * 1024)    /* bytes */
#define MAX_TEXT (64 * 1024)      /* bytes */
#define MAX_DEPTH 1000            /* of backtracking */
#define MAX_HEAP (8 * 1024)       /* KiB */
#define MAX_NESTING 100           /* of brackets */
#define MAX_STEPS 2000000         /* of one search, all its starting points together */
#define MIN_STEPS 1000            /* of each starting point */

/* What JSON Schema and its kin mean: the words of ECMA 262, but `$` is the very end, and no byte is taken out of a
 * character.
 */
#define OPTIONS (PCRE2_UTF | PCRE2_ALT_BSUX | PCRE2_ALLOW_EMPTY_CLASS | PCRE2_MATCH_UNSET_BACKREF | \
                 PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C)

struct _StrataPattern
{
  pcre2_code *code;      /* (owned) */
  gboolean    anchored;  /* there is one starting point only */
};

G_DEFINE_BOXED_TYPE (StrataPattern, strata_pattern, strata_pattern_ref, strata_pattern_unref)

static void
strata_pattern_clear (gpointer data)
{
  StrataPattern *self = data;

  g_clear_pointer (&self->code, pcre2_code_free);
}

static pcre2_code *
compile (const char *pattern,
         int        *code,
         gsize      *offset)
{
  g_autofree char *known = strata_pattern_shorten_names (pattern);
  pcre2_compile_context *context = pcre2_compile_context_create (NULL);

  pcre2_set_max_pattern_length (context, MAX_PATTERN);
  pcre2_set_parens_nest_limit (context, MAX_NESTING);
  pcre2_set_compile_extra_options (context, PCRE2_EXTRA_ALT_BSUX);

  pcre2_code *compiled = pcre2_compile ((PCRE2_SPTR) known, PCRE2_ZERO_TERMINATED, OPTIONS, code,
                                        offset, context);

  pcre2_compile_context_free (context);

  return compiled;
}

/**
 * strata_pattern_new:
 * @pattern: a regular expression; any bytes
 * @error: return location for a %STRATA_ERROR_INVALID that gives the reason and the place, from 1
 *
 * Any thread. A pattern that begins with settings of the matcher, such as `(*NO_JIT)`, is refused: it is none in
 * any other program.
 *
 * Returns: (transfer full) (nullable): the pattern, %NULL with @error when it is none
 */
StrataPattern *
strata_pattern_new (const char  *pattern,
                    GError     **error)
{
  PCRE2_UCHAR reason[256] = "";
  uint32_t options = 0;
  gsize offset = 0;
  int code = 0;

  g_return_val_if_fail (pattern != NULL, NULL);

  gboolean has_settings = g_str_has_prefix (pattern, "(*");
  pcre2_code *compiled = has_settings ? NULL : compile (pattern, &code, &offset);

  if (compiled == NULL)
    {
      if (has_settings || pcre2_get_error_message (code, reason, sizeof reason) < 0)
        g_strlcpy ((char *) reason, "(*", sizeof reason);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("The pattern is wrong at character %u: %s"), (guint) offset + 1, reason);
      return NULL;
    }

  StrataPattern *self = g_atomic_rc_box_new0 (StrataPattern);

  self->code = compiled;
  pcre2_pattern_info (compiled, PCRE2_INFO_ALLOPTIONS, &options);
  self->anchored = (options & PCRE2_ANCHORED) != 0;

  return self;
}

/**
 * strata_pattern_ref:
 * @self: a pattern
 *
 * Returns: (transfer full): @self
 */
StrataPattern *
strata_pattern_ref (StrataPattern *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * strata_pattern_unref:
 * @self: (transfer full): a pattern
 *
 * Lets go of it.
 */
void
strata_pattern_unref (StrataPattern *self)
{
  g_atomic_rc_box_release_full (self, strata_pattern_clear);
}

/* What a search needs to write on: of each thread, as the next search needs the same. */
typedef struct
{
  pcre2_match_context *bounds;  /* (owned) */
  pcre2_match_data    *data;    /* (owned) */
} Desk;

static void
desk_free (gpointer data)
{
  Desk *desk = data;

  g_clear_pointer (&desk->bounds, pcre2_match_context_free);
  g_clear_pointer (&desk->data, pcre2_match_data_free);
  g_free (desk);
}

static Desk *
get_desk (void)
{
  static GPrivate desks = G_PRIVATE_INIT (desk_free);
  Desk *desk = g_private_get (&desks);

  if (desk != NULL)
    return desk;

  desk = g_new0 (Desk, 1);
  desk->bounds = pcre2_match_context_create (NULL);
  desk->data = pcre2_match_data_create (STRATA_MATCH_MAX_GROUPS, NULL);
  pcre2_set_depth_limit (desk->bounds, MAX_DEPTH);
  pcre2_set_heap_limit (desk->bounds, MAX_HEAP);
  g_private_set (&desks, desk);

  return desk;
}

/* The library counts anew for each starting point, so that a bound for the whole search is shared out. */
static int
search (StrataPattern *self,
        const char    *text,
        gsize          length,
        gsize          from)
{
  Desk *desk = get_desk ();
  gsize n_starts = self->anchored ? 1 : length + 1;

  pcre2_set_match_limit (desk->bounds, (uint32_t) MAX (MAX_STEPS / n_starts, MIN_STEPS));

  return pcre2_match (self->code, (PCRE2_SPTR) text, length, from, 0, desk->data, desk->bounds);
}

static void
read_groups (guint        n_groups,
             StrataMatch *match)
{
  const PCRE2_SIZE *places = pcre2_get_ovector_pointer (get_desk ()->data);

  match->n_groups = MIN (n_groups, STRATA_MATCH_MAX_GROUPS);

  for (guint i = 0; i < match->n_groups; i++)
    {
      gboolean is_set = places[2 * i] != PCRE2_UNSET;

      match->starts[i] = is_set ? places[2 * i] : 0;
      match->ends[i] = is_set ? places[2 * i + 1] : 0;
    }
}

/**
 * strata_pattern_matches:
 * @self: a pattern
 * @text: what it is tried on
 * @length: its length in bytes, or -1
 * @error: return location for a %STRATA_ERROR_TOO_LARGE when that takes too many steps, or a %STRATA_ERROR_INVALID when
 *   @text is not UTF-8
 *
 * Whether there is a match anywhere in @text; a pattern that shall hold for the whole has to say so. Any thread. The
 * time is bounded, whatever the pattern and the text are.
 *
 * Returns: whether it matches; %FALSE with @error when that cannot be said
 */
gboolean
strata_pattern_matches (StrataPattern  *self,
                        const char     *text,
                        gssize          length,
                        GError        **error)
{
  return strata_pattern_find (self, text, length, 0, NULL, error);
}

/**
 * strata_pattern_find:
 * @self: a pattern
 * @text: what it is tried on
 * @length: its length in bytes, or -1
 * @from: where to begin, in bytes; the start of a character
 * @match: (out) (optional): where it is
 * @error: return location for what [method@Pattern.matches] says
 *
 * Any thread; bounded in time.
 *
 * Returns: whether it matches at @from or behind it; %FALSE with @error when that cannot be said
 */
gboolean
strata_pattern_find (StrataPattern  *self,
                     const char     *text,
                     gssize          length,
                     gsize           from,
                     StrataMatch    *match,
                     GError        **error)
{
  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  gsize size = length < 0 ? strlen (text) : (gsize) length;

  if (size > MAX_TEXT)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                           _("The text is too long to try the pattern on it"));
      return FALSE;
    }

  int found = search (self, text, size, from);

  /* 0: there are more brackets than there is room for. */
  if (found >= 0 && match != NULL)
    read_groups (found == 0 ? STRATA_MATCH_MAX_GROUPS : (guint) found, match);

  if (found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_DEPTHLIMIT ||
      found == PCRE2_ERROR_HEAPLIMIT)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                         _("The pattern takes too long to try; make it simpler"));
  else if (found < 0 && found != PCRE2_ERROR_NOMATCH)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("The text is not UTF-8"));

  return found >= 0;
}
