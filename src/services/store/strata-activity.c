/* strata-activity.c - what was done in a workspace, when, from which side, and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-activity"

#include "strata-activity.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "strata-disk.h"
#include "strata-error.h"

#define FILE_NAME "activity"
#define OLD_SUFFIX ".old"
#define MAX_SIZE (512 * 1024)  /* of one of the two files; then it takes the place of the old one */
#define MAX_TEXT 500           /* characters of one text */
#define N_FIELDS 8

static const struct
{
  const char *word;
  const char *shown;
} actions[] = {
  [STRATA_ACTIVITY_CREATED] = { "created", N_("Created") },
  [STRATA_ACTIVITY_CHANGED] = { "changed", N_("Changed") },
  [STRATA_ACTIVITY_IMPORTED] = { "imported", N_("Imported") },
  [STRATA_ACTIVITY_MERGED] = { "merged", N_("Merged") },
  [STRATA_ACTIVITY_DELETED] = { "deleted", N_("Deleted") },
  [STRATA_ACTIVITY_RESTORED] = { "restored", N_("Restored") },
  [STRATA_ACTIVITY_PULLED] = { "pulled", N_("Pulled") },
  [STRATA_ACTIVITY_PUSHED] = { "pushed", N_("Pushed") },
  [STRATA_ACTIVITY_PUBLISHED] = { "published", N_("Published") },
  [STRATA_ACTIVITY_DELETED_THERE] = { "deleted-there", N_("Deleted at the console") },
  [STRATA_ACTIVITY_SIGNED_IN] = { "signed-in", N_("Signed in") },
  [STRATA_ACTIVITY_SIGNED_OUT] = { "signed-out", N_("Signed out") },
};

static const char *const sides[] = { "local", "pull", "push" };

G_DEFINE_BOXED_TYPE (StrataActivity, strata_activity, strata_activity_copy, strata_activity_free)

/**
 * strata_activity_copy:
 * @self: what was done
 *
 * Returns: (transfer full): the same
 */
StrataActivity *
strata_activity_copy (StrataActivity *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  StrataActivity *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->version = g_strdup (self->version);
  copy->result = g_strdup (self->result);
  copy->audit = g_strdup (self->audit);

  return copy;
}

/**
 * strata_activity_free:
 * @self: (transfer full): what was done
 */
void
strata_activity_free (StrataActivity *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->version);
  g_free (self->result);
  g_free (self->audit);
  g_free (self);
}

/**
 * strata_activity_action_to_string:
 * @action: what was done
 *
 * Returns: (transfer none): the word for it in a file, which is the same in every language
 */
const char *
strata_activity_action_to_string (StrataActivityAction action)
{
  g_return_val_if_fail (action < G_N_ELEMENTS (actions), NULL);

  return actions[action].word;
}

/**
 * strata_activity_show_action:
 * @action: what was done
 *
 * Returns: (transfer none): what a person reads
 */
const char *
strata_activity_show_action (StrataActivityAction action)
{
  g_return_val_if_fail (action < G_N_ELEMENTS (actions), NULL);

  return _(actions[action].shown);
}

/**
 * strata_activity_by_to_string:
 * @by: from which side
 *
 * Returns: (transfer none): `local`, `pull` or `push`
 */
const char *
strata_activity_by_to_string (StrataActivityBy by)
{
  g_return_val_if_fail (by < G_N_ELEMENTS (sides), NULL);

  return sides[by];
}

/**
 * strata_activity_dup_path:
 * @store: a store
 *
 * Returns: (transfer full) (type filename): the file that grows when something is done in its workspace
 */
char *
strata_activity_dup_path (StrataStore *store)
{
  g_return_val_if_fail (STRATA_IS_STORE (store), NULL);

  return g_build_filename (strata_store_get_workspace_path (store), FILE_NAME, NULL);
}

/* A tab parts two fields and a line two records: neither is in one. */
static void
put_field (GString    *line,
           const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_TEXT));
  char letters[129];

  /* All that is not ASCII is let be: somebody may read the file. */
  for (guint i = 0; i < 128; i++)
    letters[i] = (char) (128 + i);
  letters[128] = '\0';

  g_autofree char *escaped = g_strescape (start, letters);

  g_string_append_printf (line, "\t%s", escaped);
}

static GString *
make_line (const StrataActivity *what)
{
  gint64 time = what->time != 0 ? what->time : g_get_real_time ();
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "%" G_GINT64_FORMAT "\t%s\t%s", time,
                          actions[what->action].word, sides[what->by]);
  put_field (line, what->id);
  put_field (line, what->name);
  put_field (line, what->version);
  put_field (line, what->result);
  put_field (line, what->audit);
  g_string_append_c (line, '\n');

  return line;
}

/* Whether the last line is whole; one that a loss of power cut off must not swallow the next. */
static gboolean
ends_well (int   fd,
           off_t size)
{
  char last = '\0';

  return size == 0 || (pread (fd, &last, 1, size - 1) == 1 && last == '\n');
}

/* Begins a new file, unless another program did. */
static void
make_old (const char        *path,
          const struct stat *full)
{
  g_autofree char *old = g_strconcat (path, OLD_SUFFIX, NULL);
  struct stat now;

  if (stat (path, &now) == 0 && now.st_ino == full->st_ino)
    g_rename (path, old);
}

static void
append (const char *path,
        GString    *line)
{
  int fd = g_open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  struct stat info;

  if (fd >= 0 && fstat (fd, &info) == 0)
    {
      if (!ends_well (fd, info.st_size))
        g_string_prepend_c (line, '\n');

      /* All in one call: of two programs that write at once, one comes after the other. */
      if (write (fd, line->str, line->len) != (gssize) line->len || fdatasync (fd) != 0)
        g_message ("What was done could not be noted in “%s”: %s", path, g_strerror (errno));

      if (info.st_size + (off_t) line->len > MAX_SIZE)
        make_old (path, &info);
    }
  else
    {
      g_message ("What was done could not be noted in “%s”: %s", path, g_strerror (errno));
    }

  if (fd >= 0)
    g_close (fd, NULL);
}

/**
 * strata_activity_add:
 * @store: a store
 * @what: what was done; with a time of 0 it was now; all texts may be %NULL, and none may be secret
 *
 * Notes at the end of a file what was done. The file is bounded: the oldest goes. It says what happened and is not what
 * is true: when it cannot be written, nothing else fails. Blocks for the disk; any thread.
 */
void
strata_activity_add (StrataStore          *store,
                     const StrataActivity *what)
{
  g_return_if_fail (STRATA_IS_STORE (store) && what != NULL);
  g_return_if_fail (what->action < G_N_ELEMENTS (actions) && what->by < G_N_ELEMENTS (sides));

  g_autofree char *path = strata_activity_dup_path (store);
  GString *line = make_line (what);

  append (path, line);
  g_string_free (line, TRUE);
}

static int
find_word (const char *word,
           gboolean    is_side)
{
  for (guint i = 0; i < (is_side ? G_N_ELEMENTS (sides) : G_N_ELEMENTS (actions)); i++)
    if (g_str_equal (is_side ? sides[i] : actions[i].word, word))
      return (int) i;

  return -1;
}

static char *
get_field (const char *field)
{
  g_autofree char *text = g_strcompress (field);

  return g_utf8_make_valid (text, -1);
}

/* (nullable): what a line says, NULL when it is cut off, or of a newer version */
static StrataActivity *
read_line (const char *line)
{
  g_auto(GStrv) fields = g_strsplit (line, "\t", N_FIELDS + 1);

  if (g_strv_length (fields) != N_FIELDS)
    return NULL;

  int action = find_word (fields[1], FALSE);
  int by = find_word (fields[2], TRUE);

  if (action < 0 || by < 0)
    return NULL;

  StrataActivity *self = g_new0 (StrataActivity, 1);

  self->time = g_ascii_strtoll (fields[0], NULL, 10);
  self->action = (StrataActivityAction) action;
  self->by = (StrataActivityBy) by;
  self->id = get_field (fields[3]);
  self->name = get_field (fields[4]);
  self->version = get_field (fields[5]);
  self->result = get_field (fields[6]);
  self->audit = get_field (fields[7]);

  return self;
}

static gboolean
read_file (const char  *path,
           GPtrArray   *list,
           guint        most,
           GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  gsize size;
  g_autofree char *data = strata_disk_read (path, 4 * MAX_SIZE, &size, &local_error);

  if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return TRUE;

  if (data == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_auto(GStrv) lines = g_strsplit (data, "\n", -1);

  for (guint i = g_strv_length (lines); i > 0 && list->len < most; i--)
    {
      StrataActivity *what = g_utf8_validate (lines[i - 1], -1, NULL) ? read_line (lines[i - 1]) : NULL;

      if (what != NULL)
        g_ptr_array_add (list, what);
    }

  return TRUE;
}

/**
 * strata_activity_list:
 * @store: a store
 * @most: how many to give at most
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_DISK or %STRATA_ERROR_FORBIDDEN
 *
 * Blocks for the disk; any thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataActivity): what was done, newest first
 */
GPtrArray *
strata_activity_list (StrataStore   *store,
                      guint          most,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (store), NULL);

  g_autofree char *path = strata_activity_dup_path (store);
  g_autofree char *old = g_strconcat (path, OLD_SUFFIX, NULL);
  g_autoptr(GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_activity_free);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !read_file (path, list, most, error) || !read_file (old, list, most, error))
    return NULL;

  return g_steal_pointer (&list);
}
