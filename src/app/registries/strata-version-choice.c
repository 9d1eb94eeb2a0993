/* strata-version-choice.c - the versions of a pack or chart to choose from, read in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-version-choice"

#include "strata-version-choice.h"

#include "strata-job.h"

struct _StrataVersionChoice
{
  GObject            parent_instance;
  StrataJob         *job;       /* (owned) */
  StrataPackSummary *latest;    /* (owned) (nullable): what the search found */
  GPtrArray         *versions;  /* (owned) (element-type StrataPackSummary): the latest only, until they are read */
};

/* What the worker is given. */
typedef struct
{
  StrataIndex       *index;   /* (owned) */
  StrataPackSummary *latest;  /* (owned) */
} Request;

enum
{
  LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataVersionChoice, strata_version_choice, G_TYPE_OBJECT)

static void
request_free (Request *request)
{
  g_object_unref (request->index);
  g_object_unref (request->latest);
  g_free (request);
}

static gpointer
list_versions (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Request *request = data;

  return strata_index_list_versions (
    request->index, strata_pack_summary_get_registry_id (request->latest),
    strata_pack_summary_get_kind (request->latest), strata_pack_summary_get_name (request->latest),
    cancellable, error);
}

static gboolean
is_version (gconstpointer summary,
            gconstpointer version)
{
  return g_str_equal (strata_pack_summary_get_version ((StrataPackSummary *) summary), version);
}

static guint
find (GPtrArray         *versions,
      StrataPackSummary *summary)
{
  guint position;

  return g_ptr_array_find_with_equal_func (versions, strata_pack_summary_get_version (summary),
                                           is_version, &position)
           ? position
           : GTK_INVALID_LIST_POSITION;
}

/* Without an answer, or with one that does not even have what the search found, there is still that one. */
static void
job_state_cb (StrataVersionChoice *self)
{
  StrataJobState state = strata_job_get_state (self->job);
  GPtrArray *versions = state == STRATA_JOB_DONE ? strata_job_get_result (self->job) : NULL;

  if (state != STRATA_JOB_DONE && state != STRATA_JOB_FAILED)
    return;

  if (versions != NULL && find (versions, self->latest) != GTK_INVALID_LIST_POSITION)
    {
      g_ptr_array_unref (self->versions);
      self->versions = g_ptr_array_ref (versions);
    }
  g_signal_emit (self, signals[LOADED], 0);
}

static void
strata_version_choice_dispose (GObject *object)
{
  StrataVersionChoice *self = STRATA_VERSION_CHOICE (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->latest);

  G_OBJECT_CLASS (strata_version_choice_parent_class)->dispose (object);
}

static void
strata_version_choice_finalize (GObject *object)
{
  g_ptr_array_unref (STRATA_VERSION_CHOICE (object)->versions);

  G_OBJECT_CLASS (strata_version_choice_parent_class)->finalize (object);
}

static void
strata_version_choice_class_init (StrataVersionChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_version_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_version_choice_finalize;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_version_choice_init (StrataVersionChoice *self)
{
  self->versions = g_ptr_array_new_with_free_func (g_object_unref);
  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

StrataVersionChoice *
strata_version_choice_new (void)
{
  return g_object_new (STRATA_TYPE_VERSION_CHOICE, NULL);
}

/**
 * strata_version_choice_load:
 * @self: a choice
 * @index: what knows the versions
 * @latest: the version that a search found
 *
 * Starts over with the versions of what @latest is of. Until "loaded" is emitted there is only that one.
 */
void
strata_version_choice_load (StrataVersionChoice *self,
                            StrataIndex         *index,
                            StrataPackSummary   *latest)
{
  g_return_if_fail (STRATA_IS_VERSION_CHOICE (self) && STRATA_IS_INDEX (index) &&
                    STRATA_IS_PACK_SUMMARY (latest));

  Request *request = g_new0 (Request, 1);

  request->index = g_object_ref (index);
  request->latest = g_object_ref (latest);
  strata_version_choice_clear (self);
  self->latest = g_object_ref (latest);
  g_ptr_array_add (self->versions, g_object_ref (latest));
  strata_job_run (self->job, list_versions, request, (GDestroyNotify) request_free,
                  (GDestroyNotify) g_ptr_array_unref);
}

/* Forgets the versions; those that are being read do not come any more. */
void
strata_version_choice_clear (StrataVersionChoice *self)
{
  g_return_if_fail (STRATA_IS_VERSION_CHOICE (self));

  strata_job_cancel (self->job);
  g_clear_object (&self->latest);
  g_ptr_array_unref (self->versions);
  self->versions = g_ptr_array_new_with_free_func (g_object_unref);
}

guint
strata_version_choice_get_n (StrataVersionChoice *self)
{
  g_return_val_if_fail (STRATA_IS_VERSION_CHOICE (self), 0);

  return self->versions->len;
}

/* Returns: (transfer none) (nullable): a version, the greatest first; the latest for a position that there is not */
StrataPackSummary *
strata_version_choice_get (StrataVersionChoice *self,
                           guint                position)
{
  g_return_val_if_fail (STRATA_IS_VERSION_CHOICE (self), NULL);

  return position < self->versions->len ? g_ptr_array_index (self->versions, position)
                                        : self->latest;
}

/* Returns: (transfer none) (nullable): the latest: a release that is still there, when there is one */
StrataPackSummary *
strata_version_choice_get_latest (StrataVersionChoice *self)
{
  g_return_val_if_fail (STRATA_IS_VERSION_CHOICE (self), NULL);

  return self->latest;
}

guint
strata_version_choice_find_latest (StrataVersionChoice *self)
{
  g_return_val_if_fail (STRATA_IS_VERSION_CHOICE (self) && self->latest != NULL, 0);

  return find (self->versions, self->latest);
}

/* Returns: (transfer full): the versions as texts, for a drop-down */
GtkStringList *
strata_version_choice_make_names (StrataVersionChoice *self)
{
  g_return_val_if_fail (STRATA_IS_VERSION_CHOICE (self), NULL);

  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->versions->len; i++)
    gtk_string_list_append (
      names, strata_pack_summary_get_version (g_ptr_array_index (self->versions, i)));

  return names;
}
