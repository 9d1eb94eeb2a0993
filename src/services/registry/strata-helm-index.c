/* strata-helm-index.c - reads the index.yaml of a Helm repository, as it comes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-helm-index"

#include "strata-helm-index.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <yaml.h>

#include "strata-error.h"
#include "strata-helm-text.h"
#include "strata-helm-version.h"

#define MAX_BYTES (256 * 1024 * 1024)
#define MAX_SILENT (8 * 1024 * 1024)  /* bytes that libyaml may take in without a value coming out of it */
#define MAX_DEPTH 64
#define MAX_NAME 256
#define PROGRESS_BYTES (256 * 1024)

/* Nothing is kept of what was read but the version in hand: an index is as large as a stranger makes it. */
typedef struct
{
  yaml_parser_t            parser;
  yaml_event_t             event;       /* the last, owned by this */
  guint                    depth;
  GInputStream            *stream;
  guint64                  n_bytes;
  guint64                  n_before;    /* bytes when the last event came */
  guint64                  n_shown;     /* bytes when progress was said the last time */
  char                     tail[16];    /* the start of a character or an escape whose end was not read yet */
  gsize                    n_tail;
  gboolean                 is_json;
  StrataIndexWriter       *writer;
  StrataHelmVersion       *version;     /* (owned) */
  guint                    n_versions;
  StrataHelmIndexProgress  progress;    /* (nullable) */
  gpointer                 progress_data;
  GCancellable            *cancellable; /* (nullable) */
  GError                  *error;       /* (owned) (nullable) */
} Reader;

static gboolean
refuse (Reader      *self,
        StrataError  code,
        const char  *sentence)
{
  if (self->error == NULL)
    g_set_error (&self->error, STRATA_ERROR, code,
                 /* Translators: a line, a column, and a sentence */
                 _("Line %u, column %u of the index: %s"), (guint) self->parser.mark.line + 1,
                    (guint) self->parser.mark.column + 1, sentence);

  return FALSE;
}

static void
say_progress (Reader *self)
{
  if (self->progress == NULL || self->n_bytes - self->n_shown < PROGRESS_BYTES)
    return;

  self->n_shown = self->n_bytes;
  self->progress (self->n_bytes, self->n_versions, self->progress_data);
}

static gboolean
check_size (Reader *self)
{
  if (self->n_bytes > MAX_BYTES)
    return refuse (self, STRATA_ERROR_TOO_LARGE, _("it is over 256 MB"));
  if (self->n_bytes - self->n_before > MAX_SILENT)
    return refuse (self, STRATA_ERROR_TOO_LARGE, _("one value in it is over 8 MB"));

  return TRUE;
}

/* Of the bytes in @buffer those that libyaml can take; the rest waits for what comes next. */
static gboolean
release (Reader   *self,
         char     *buffer,
         gsize     length,
         gboolean  at_end,
         gsize    *n_taken)
{
  gsize n_rest = 0;

  if (self->n_bytes == length && length > 0)
    self->is_json = *buffer == '{';
  if (self->is_json)
    length = strata_helm_text_join (buffer, length, at_end, &n_rest);

  gssize whole = strata_helm_text_check (buffer, length - n_rest);

  if (whole < 0 || (at_end && (gsize) whole < length))
    return refuse (self, STRATA_ERROR_BAD_REPLY, _("it is not UTF-8 text"));

  self->n_tail = length - (gsize) whole;
  memcpy (self->tail, buffer + whole, self->n_tail);
  *n_taken = (gsize) whole;

  return TRUE;
}

/* What libyaml reads through: bounded, cancellable, and only ever UTF-8. Nothing would mean the end to it, so it is
 * given something while there is something.
 */
static int
read_cb (void   *data,
         guchar *buffer,
         size_t  size,
         size_t *size_read)
{
  Reader *self = data;
  gssize n;

  do
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
        return 0;

      memcpy (buffer, self->tail, self->n_tail);
      n = g_input_stream_read (self->stream, buffer + self->n_tail, size - self->n_tail,
                               self->cancellable, &self->error);
      if (n < 0)
        return 0;

      self->n_bytes += (gsize) n;
      say_progress (self);
      if (!check_size (self) ||
          !release (self, (char *) buffer, self->n_tail + (gsize) n, n == 0, size_read))
        return 0;
    }
  while (*size_read == 0 && n > 0);

  return 1;
}

static gboolean
fail_to_parse (Reader *self)
{
  const char *problem = self->parser.problem != NULL ? self->parser.problem : "";
  /* Translators: what the YAML parser says, in English */
  g_autofree char *sentence = g_strdup_printf (_("it is not valid YAML (%s)"), problem);

  return refuse (self, STRATA_ERROR_BAD_REPLY, sentence);
}

/* Goes on to the next event; the last one is gone with it. */
static gboolean
next (Reader *self)
{
  yaml_event_delete (&self->event);
  if (yaml_parser_parse (&self->parser, &self->event) == 0)
    return fail_to_parse (self);

  self->n_before = self->n_bytes;
  if (self->event.type == YAML_MAPPING_START_EVENT || self->event.type == YAML_SEQUENCE_START_EVENT)
    self->depth++;
  else if (self->event.type == YAML_MAPPING_END_EVENT ||
           self->event.type == YAML_SEQUENCE_END_EVENT)
    self->depth--;

  return self->depth <= MAX_DEPTH ||
         refuse (self, STRATA_ERROR_TOO_LARGE, _("it is nested too deep here"));
}

/* Passes over the value whose first event was read. An alias is one event: nothing is ever written out for it. */
static gboolean
skip (Reader *self)
{
  if (self->event.type != YAML_MAPPING_START_EVENT && self->event.type != YAML_SEQUENCE_START_EVENT)
    return TRUE;

  for (guint depth = self->depth; self->depth >= depth;)
    if (!next (self))
      return FALSE;

  return TRUE;
}

/* A text that is written as nothing at all is absent. */
static const char *
get_scalar (Reader *self,
            gsize  *length)
{
  if (self->event.type != YAML_SCALAR_EVENT)
    return NULL;

  const char *text = (const char *) self->event.data.scalar.value;
  gboolean is_plain = self->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

  *length = self->event.data.scalar.length;

  return is_plain && (*length == 0 || g_str_equal (text, "null") || g_str_equal (text, "~")) ? NULL
                                                                                             : text;
}

typedef gboolean (* MemberFunc) (Reader     *self,
                                 const char *key,
                                 gpointer    data);

/* Calls @func for each member, with the first event of its value read; anything but a mapping is passed over. */
static gboolean
read_members (Reader     *self,
              MemberFunc  func,
              gpointer    data)
{
  if (self->event.type != YAML_MAPPING_START_EVENT)
    return skip (self);

  while (next (self) && self->event.type != YAML_MAPPING_END_EVENT)
    {
      char key[MAX_NAME + 2];
      gboolean is_text = self->event.type == YAML_SCALAR_EVENT;

      g_strlcpy (key, is_text ? (const char *) self->event.data.scalar.value : "", sizeof key);
      if (!skip (self) || !next (self) || !(is_text ? func (self, key, data) : skip (self)))
        return FALSE;
    }

  return self->error == NULL;
}

typedef gboolean (* ItemFunc) (Reader   *self,
                               gpointer  data);

static gboolean
read_items (Reader   *self,
            ItemFunc  func,
            gpointer  data)
{
  if (self->event.type != YAML_SEQUENCE_START_EVENT)
    return skip (self);

  while (next (self) && self->event.type != YAML_SEQUENCE_END_EVENT)
    if (!func (self, data))
      return FALSE;

  return self->error == NULL;
}

static gboolean
take_item (Reader   *self,
           gpointer  which)
{
  gsize length;
  const char *text = get_scalar (self, &length);

  if (text != NULL)
    strata_helm_version_add_item (self->version, GPOINTER_TO_SIZE (which), text, length);

  return skip (self);
}

/* The members of a maintainer or a dependency that are of use. */
typedef struct
{
  char     name[MAX_NAME];
  char     email[MAX_NAME];
  char     version[MAX_NAME];
  char     repository[1024];
  gboolean optional;
} Item;

static gboolean
take_item_member (Reader     *self,
                  const char *key,
                  gpointer    data)
{
  Item *item = data;
  gsize length;
  const char *text = get_scalar (self, &length);

  if (text != NULL && g_str_equal (key, "name"))
    g_strlcpy (item->name, text, sizeof item->name);
  else if (text != NULL && g_str_equal (key, "email"))
    g_strlcpy (item->email, text, sizeof item->email);
  else if (text != NULL && g_str_equal (key, "version"))
    g_strlcpy (item->version, text, sizeof item->version);
  else if (text != NULL && g_str_equal (key, "repository"))
    g_strlcpy (item->repository, text, sizeof item->repository);
  else if (g_str_equal (key, "condition") || g_str_equal (key, "tags"))
    item->optional = TRUE;

  return skip (self);
}

static gboolean
take_person (Reader   *self,
             gpointer  data)
{
  Item item = { .optional = FALSE };

  if (!read_members (self, take_item_member, &item))
    return FALSE;

  strata_helm_version_add_person (self->version, item.name, item.email);

  return TRUE;
}

static gboolean
take_dependency (Reader   *self,
                 gpointer  data)
{
  Item item = { .optional = FALSE };

  if (!read_members (self, take_item_member, &item))
    return FALSE;

  strata_helm_version_add_dependency (self->version, item.name, item.version, item.repository,
                                      item.optional);

  return TRUE;
}

static gboolean
take_annotation (Reader     *self,
                 const char *key,
                 gpointer    data)
{
  gsize length;
  const char *text = get_scalar (self, &length);

  if (text != NULL)
    strata_helm_version_annotate (self->version, key, text, length);

  return skip (self);
}

static gboolean
take_member (Reader     *self,
             const char *key,
             gpointer    data)
{
  gsize which = 0;
  gsize length = 0;
  StrataHelmMember member = strata_helm_version_find (key, &which);
  const char *text = get_scalar (self, &length);

  switch (member)
    {
    case STRATA_HELM_LIST:
      return read_items (self, take_item, GSIZE_TO_POINTER (which));
    case STRATA_HELM_PEOPLE:
      return read_items (self, take_person, NULL);
    case STRATA_HELM_DEPENDENCIES:
      return read_items (self, take_dependency, NULL);
    case STRATA_HELM_ANNOTATIONS:
      return read_members (self, take_annotation, NULL);
    case STRATA_HELM_TEXT:
      if (text != NULL)
        strata_helm_version_set_text (self->version, which, text, length);
      return skip (self);
    case STRATA_HELM_FLAG:
      if (text != NULL && g_str_equal (text, "true"))
        strata_helm_version_deprecate (self->version);
      return skip (self);
    case STRATA_HELM_OTHER:
    default:
      return skip (self);
    }
}

static gboolean
take_version (Reader   *self,
              gpointer  data)
{
  const char *name = data;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    return FALSE;
  if (self->event.type != YAML_MAPPING_START_EVENT)
    {
      g_autofree char *clean = strata_index_clean (name, 60);
      g_autofree char *warning = g_strdup_printf (_("%s: a version that is no mapping"), clean);

      strata_index_writer_skip (self->writer, warning);
      return skip (self);
    }

  strata_helm_version_reset (self->version);
  self->n_versions++;

  return read_members (self, take_member, NULL) &&
         strata_helm_version_write (self->version, name, self->writer, &self->error);
}

static gboolean
take_name (Reader     *self,
           const char *name,
           gpointer    data)
{
  if (self->event.type != YAML_SEQUENCE_START_EVENT)
    {
      g_autofree char *clean = strata_index_clean (name, 60);
      g_autofree char *warning = g_strdup_printf (_("%s: its versions are no list"), clean);

      strata_index_writer_warn (self->writer, warning);
    }

  return read_items (self, take_version, (gpointer) name);
}

static gboolean
take_root_member (Reader     *self,
                  const char *key,
                  gpointer    has_entries)
{
  gsize length;

  if (!g_str_equal (key, "entries"))
    return skip (self);

  *(gboolean *) has_entries =
    self->event.type == YAML_MAPPING_START_EVENT ||
    (self->event.type == YAML_SCALAR_EVENT && get_scalar (self, &length) == NULL);

  return read_members (self, take_name, NULL);
}

/* A page to sign in with, or any other text, has no such member. */
static gboolean
read_root (Reader *self)
{
  gboolean has_entries = FALSE;

  do
    {
      if (!next (self))
        return FALSE;
    }
  while (self->event.type == YAML_STREAM_START_EVENT ||
         self->event.type == YAML_DOCUMENT_START_EVENT);

  if (!read_members (self, take_root_member, &has_entries))
    return FALSE;

  return has_entries ||
         refuse (self, STRATA_ERROR_BAD_REPLY,
                 _("it is not the index of a Helm repository: “entries” is missing"));
}

/**
 * strata_helm_index_import:
 * @stream: the text of an `index.yaml`, which may also be JSON
 * @writer: what the versions are added to; the caller commits
 * @progress: (nullable) (scope call) (closure progress_data): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @error: return location for a [error@Error]
 *
 * Reads the index of a Helm repository from its events, so the memory it takes does not grow with the index. What is
 * wrong with one version costs that version and gives a warning. Aliases are not followed. Runs in any thread.
 *
 * Returns: whether all of it was read; else `BAD_REPLY` when it is no index, `TOO_LARGE` when it is over a bound, an
 *   error of @stream or of @writer, or cancelled
 */
gboolean
strata_helm_index_import (GInputStream             *stream,
                          StrataIndexWriter        *writer,
                          StrataHelmIndexProgress   progress,
                          gpointer                  progress_data,
                          GCancellable             *cancellable,
                          GError                  **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && writer != NULL, FALSE);

  g_autoptr(StrataHelmVersion) version = strata_helm_version_new ();
  Reader self = {
    .stream = stream,
    .writer = writer,
    .version = version,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };

  if (yaml_parser_initialize (&self.parser) == 0)
    g_error ("libyaml is out of memory");
  yaml_parser_set_encoding (&self.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input (&self.parser, read_cb, &self);

  gboolean done = read_root (&self);

  yaml_event_delete (&self.event);
  yaml_parser_delete (&self.parser);
  if (!done)
    g_propagate_error (error, self.error);

  return done;
}

/**
 * strata_helm_index_import_file:
 * @path: (type filename): an `index.yaml`
 * @writer: what the versions are added to; the caller commits
 * @progress: (nullable) (scope call) (closure progress_data): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @error: return location for a [error@Error]
 *
 * Like [func@helm_index_import], from a file.
 *
 * Returns: whether all of it was read
 */
gboolean
strata_helm_index_import_file (const char               *path,
                               StrataIndexWriter        *writer,
                               StrataHelmIndexProgress   progress,
                               gpointer                  progress_data,
                               GCancellable             *cancellable,
                               GError                  **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);

  return stream != NULL && strata_helm_index_import (G_INPUT_STREAM (stream), writer, progress,
                                                     progress_data, cancellable, error);
}
