/* strata-layer-reports.c - what a console is to be told of each layer, and what of it it knows already
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-reports"

#include "strata-layer-reports.h"

/* One layer. All texts are owned. */
typedef struct
{
  char     *name;
  char     *type;
  char     *version;
  char     *condition;
  char     *message;
  gint64    start;    /* µs, by the wall clock, when it was first other than it is to be; 0 when it never was */
  gint64    began;    /* the same by the clock that never jumps */
  gint64    lasted;   /* µs until it was done, -1 before */
  gboolean  is_known;
} Report;

struct _StrataLayerReports
{
  GPtrArray *list;  /* (owned) of Report */
};

static void
report_free (Report *report)
{
  g_free (report->name);
  g_free (report->type);
  g_free (report->version);
  g_free (report->condition);
  g_free (report->message);
  g_free (report);
}

StrataLayerReports *
strata_layer_reports_new (void)
{
  StrataLayerReports *self = g_new0 (StrataLayerReports, 1);

  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) report_free);

  return self;
}

void
strata_layer_reports_free (StrataLayerReports *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

static Report *
find (StrataLayerReports *self,
      const char         *name)
{
  for (guint i = 0; i < self->list->len; i++)
    if (g_str_equal (((Report *) self->list->pdata[i])->name, name))
      return self->list->pdata[i];

  Report *report = g_new0 (Report, 1);

  report->name = g_strdup (name);
  report->lasted = -1;
  g_ptr_array_add (self->list, report);

  return report;
}

static gboolean
set_text (char      **place,
          const char *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return FALSE;

  g_free (*place);
  *place = g_strdup (text);

  return TRUE;
}

static void
set_times (Report     *report,
           const char *condition)
{
  gint64 now = g_get_monotonic_time ();
  gboolean is_ready = g_str_equal (condition, STRATA_CONDITION_READY);

  if (!is_ready && (report->start == 0 || report->lasted >= 0))
    {
      report->start = g_get_real_time ();
      report->began = now;
      report->lasted = -1;
    }
  else if (is_ready && report->start != 0 && report->lasted < 0)
    {
      report->lasted = now - report->began;
    }
}

/* Returns whether that is news. */
gboolean
strata_layer_reports_set (StrataLayerReports *self,
                          StrataLayer        *layer,
                          const char         *condition,
                          const char         *message)
{
  Report *report = find (self, strata_layer_get_name (layer));
  gboolean changed = set_text (&report->type, strata_layer_kind_to_string (strata_layer_get_kind (layer)));

  changed = set_text (&report->version, strata_layer_get_version (layer)) || changed;
  changed = set_text (&report->condition, condition) || changed;
  changed = set_text (&report->message, message) || changed;

  if (changed)
    {
      set_times (report, condition);
      report->is_known = FALSE;
    }

  return changed;
}

static gboolean
is_among (GPtrArray  *layers,
          const char *name)
{
  for (guint i = 0; i < layers->len; i++)
    if (g_str_equal (strata_layer_get_name (layers->pdata[i]), name))
      return TRUE;

  return FALSE;
}

/* Layers that are gone need no report. */
void
strata_layer_reports_keep_only (StrataLayerReports *self,
                                GPtrArray          *layers)
{
  for (guint i = self->list->len; i > 0; i--)
    if (!is_among (layers, ((Report *) self->list->pdata[i - 1])->name))
      g_ptr_array_remove_index (self->list, i - 1);
}

/* (nullable): what is wrong with the first layer that has something wrong. */
const char *
strata_layer_reports_get_error (StrataLayerReports *self)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      Report *report = self->list->pdata[i];

      if (g_str_equal (report->condition, STRATA_CONDITION_ERROR))
        return report->message;
    }

  return NULL;
}

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_time (JsonBuilder *builder,
          const char  *member,
          gint64       time)
{
  g_autoptr(GDateTime) seconds = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *day = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *text = g_strdup_printf ("%s.%03dZ", day, (int) (time % G_USEC_PER_SEC / 1000));

  add_text (builder, member, text);
}

static void
add_report (JsonBuilder *builder,
            Report      *report,
            const char  *profile_uid)
{
  gboolean is_wrong = g_str_equal (report->condition, STRATA_CONDITION_ERROR);

  json_builder_begin_object (builder);
  add_text (builder, "name", report->name);
  add_text (builder, "profileUid", profile_uid);
  add_text (builder, "type", report->type);
  add_text (builder, "version", report->version);

  if (report->start != 0)
    add_time (builder, "startTime", report->start);
  if (report->start != 0 && report->lasted >= 0)
    add_time (builder, "endTime", report->start + report->lasted);

  json_builder_set_member_name (builder, "condition");
  json_builder_begin_object (builder);
  add_text (builder, "type", report->condition);
  add_text (builder, "status", "True");
  add_text (builder, "reason", is_wrong ? "ApplyFailed" : "");
  add_text (builder, "message", report->message);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/* (nullable): a `v1SpectroClusterPacksStatusEntity` of what the console does not know yet. */
JsonNode *
strata_layer_reports_make_body (StrataLayerReports *self,
                                const char         *profile_uid)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  guint n = 0;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "packs");
  json_builder_begin_array (builder);

  for (guint i = 0; i < self->list->len; i++)
    {
      Report *report = self->list->pdata[i];

      if (report->is_known)
        continue;

      add_report (builder, report, profile_uid);
      n++;
    }

  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return n > 0 ? json_builder_get_root (builder) : NULL;
}

/* Whether the console knows all that is here. */
void
strata_layer_reports_set_known (StrataLayerReports *self,
                                gboolean            known)
{
  for (guint i = 0; i < self->list->len; i++)
    ((Report *) self->list->pdata[i])->is_known = known;
}
