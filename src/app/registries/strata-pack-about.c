/* strata-pack-about.c - what a registry says of one version of a pack or chart beside its texts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack-about"

#include "strata-pack-about.h"

#include <glib/gi18n.h>

#include "strata-format.h"
#include "strata-job.h"

/* What a run needs: touched by the worker only. */
typedef struct
{
  StrataRegistry    *registry;  /* (owned) */
  StrataIndex       *index;     /* (owned) */
  StrataPackSummary *summary;   /* (owned) */
} Run;

/* What it found. */
typedef struct
{
  StrataIndexEntry *entry;  /* (owned) */
  StrataIndexAnswer is_signed;
} Facts;

struct _StrataPackAbout
{
  AdwBin               parent_instance;
  AdwPreferencesGroup *group;  /* (not owned) (nullable): the rows of what is shown */
  StrataJob           *job;    /* (owned): its result is what is known */
};

enum
{
  LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataPackAbout, strata_pack_about, ADW_TYPE_BIN)

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->registry);
  g_object_unref (run->index);
  g_object_unref (run->summary);
  g_free (run);
}

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  strata_index_entry_free (facts->entry);
  g_free (facts);
}

static gpointer
load_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Run *run = data;
  StrataIndexEntry *entry = strata_index_load_entry (
    run->index, strata_registry_get_id (run->registry), strata_pack_summary_get_kind (run->summary),
    strata_pack_summary_get_name (run->summary), strata_pack_summary_get_version (run->summary),
    cancellable, error);

  if (entry == NULL)
    return NULL;

  Facts *facts = g_new0 (Facts, 1);

  facts->entry = entry;
  facts->is_signed = entry->is_signed != STRATA_INDEX_UNKNOWN
                       ? entry->is_signed
                       : strata_registry_is_signed (run->registry, run->summary, cancellable);

  return facts;
}

static Facts *
get_facts (StrataPackAbout *self)
{
  return strata_job_get_state (self->job) == STRATA_JOB_DONE ? strata_job_get_result (self->job) : NULL;
}

static void
add_fact (StrataPackAbout *self,
          const char      *title,
          const char      *text)
{
  if (text == NULL || *text == '\0')
    return;

  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_preferences_group_add (self->group, row);
}

static void
add_list (StrataPackAbout   *self,
          const char        *title,
          const char *const *texts)
{
  g_autofree char *joined = texts != NULL ? g_strjoinv ("\n", (char **) texts) : NULL;

  add_fact (self, title, joined);
}

static char *
format_date (const char *text)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, zone) : NULL;
  g_autoptr(GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%-d %B %Y") : g_strdup (text);
}

static void
fill (StrataPackAbout        *self,
      const StrataIndexEntry *entry)
{
  g_autofree char *created = format_date (entry->created);

  add_fact (self, _("Description"), entry->description);
  add_fact (self, _("Version of what is in it"), entry->app_version);
  add_fact (self, _("Made on"), created);
  add_fact (self, _("Kubernetes it is for"), entry->kube_version);
  add_fact (self, _("Type"), entry->type);
  add_list (self, _("Maintainers"), entry->maintainers);
  add_fact (self, _("Page"), entry->home);
  add_list (self, _("Sources"), entry->sources);
  add_list (self, _("Keywords"), entry->keywords);
  add_fact (self, "SHA-256", entry->digest);
}

static void
clear (StrataPackAbout *self)
{
  GtkWidget *page = adw_preferences_page_new ();

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);
  adw_bin_set_child (ADW_BIN (self), page);
}

static void
job_state_cb (StrataPackAbout *self)
{
  Facts *facts = get_facts (self);

  if (facts == NULL)
    return;

  fill (self, facts->entry);
  g_signal_emit (self, signals[LOADED], 0);
}

static void
strata_pack_about_dispose (GObject *object)
{
  StrataPackAbout *self = STRATA_PACK_ABOUT (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (strata_pack_about_parent_class)->dispose (object);
}

static void
strata_pack_about_class_init (StrataPackAboutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_pack_about_dispose;

  signals[LOADED] = g_signal_new ("loaded", STRATA_TYPE_PACK_ABOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
strata_pack_about_init (StrataPackAbout *self)
{
  self->job = strata_job_new ();
  clear (self);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Looks up the version @summary of @registry in @index. */
void
strata_pack_about_show (StrataPackAbout   *self,
                        StrataRegistry    *registry,
                        StrataIndex       *index,
                        StrataPackSummary *summary)
{
  g_return_if_fail (STRATA_IS_PACK_ABOUT (self) && STRATA_IS_REGISTRY (registry));

  Run *run = g_new0 (Run, 1);

  run->registry = g_object_ref (registry);
  run->index = g_object_ref (index);
  run->summary = g_object_ref (summary);
  clear (self);
  strata_job_run (self->job, load_thread, run, run_free, facts_free);
}

/* (transfer none) (nullable): what the registry says, once it is known */
const StrataIndexEntry *
strata_pack_about_get_entry (StrataPackAbout *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_ABOUT (self), NULL);

  Facts *facts = get_facts (self);

  return facts != NULL ? facts->entry : NULL;
}

StrataIndexAnswer
strata_pack_about_is_signed (StrataPackAbout *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_ABOUT (self), STRATA_INDEX_UNKNOWN);

  Facts *facts = get_facts (self);

  return facts != NULL ? facts->is_signed : STRATA_INDEX_UNKNOWN;
}

/* (transfer full) (nullable): what one should know before one uses it */
char *
strata_pack_about_dup_worry (StrataPackAbout *self)
{
  const StrataIndexEntry *entry = strata_pack_about_get_entry (self);

  if (entry != NULL && entry->gone_since > 0)
    {
      g_autofree char *age = strata_format_age_sentence (entry->gone_since);

      return g_strdup_printf (_("The registry has it no more, since %s"), age);
    }
  if (entry != NULL && entry->deprecated)
    return g_strdup (_("Its makers say not to use it any more"));

  return NULL;
}
