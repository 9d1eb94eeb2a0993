/* strata-ctl-sync.c - stratactl profile: status, pull, push, publish
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-ctl-print.h"
#include "strata-ctl-workspace.h"
#include "strata-error.h"
#include "strata-sync.h"

/* What a command of this file works on. */
typedef struct
{
  StrataCtl     *ctl;      /* (unowned) */
  StrataSync    *sync;     /* (owned) */
  StrataConsole *console;  /* (owned) (nullable): without a network */
  JsonArray     *list;     /* (owned): what was done */
} Work;

static void
work_clear (Work *self)
{
  g_clear_object (&self->sync);
  g_clear_object (&self->console);
  g_clear_pointer (&self->list, json_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
begin (Work       *self,
       StrataCtl  *ctl,
       GError    **error)
{
  StrataStore *store = strata_ctl_get_store (ctl, error);

  self->ctl = ctl;
  self->list = json_array_new ();
  if (store == NULL)
    return FALSE;

  self->sync = strata_sync_new (store);
  if (ctl->options.offline)
    {
      g_autoptr(StrataAccount) account = strata_ctl_get_account (ctl, error);

      return account != NULL;
    }

  self->console = strata_ctl_open_console (ctl, error);

  return self->console != NULL;
}

/* Says how a profile stands now. */
static gboolean
report (Work        *self,
        const char  *id,
        GError     **error)
{
  StrataStore *store = strata_sync_get_store (self->sync);
  g_autoptr(StrataEntry) entry = strata_store_get_entry (store, id, error);

  if (entry == NULL)
    return FALSE;

  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "uid", strata_entry_get_uid (entry));
  json_object_set_string_member (object, "name", strata_entry_get_name (entry));
  json_object_set_string_member (object, "version", strata_entry_get_version (entry));
  json_object_set_string_member (object, "state", strata_ctl_state_to_string (strata_entry_get_state (entry)));
  json_array_add_object_element (self->list, object);

  if (!self->ctl->options.json)
    strata_ctl_print ("%s %s: %s\n", strata_entry_get_name (entry), strata_entry_get_version (entry),
                      strata_ctl_show_state (entry));

  return TRUE;
}

/* What could not be read of a few profiles is said, and the others are there. */
static gboolean
refresh (StrataSync     *sync,
         StrataConsole  *console,
         GError        **error)
{
  g_autoptr(GError) unread = NULL;
  gboolean done = strata_sync_refresh (sync, console, NULL, &unread, NULL, error);

  if (unread != NULL)
    strata_ctl_warn ("%s", unread->message);

  return done;
}

typedef gboolean (* Act) (Work        *self,
                          const char  *id,
                          GError     **error);

static StrataSyncPush
get_flags (Work *self)
{
  return self->ctl->options.publish ? STRATA_SYNC_PUSH_PUBLISH : STRATA_SYNC_PUSH_NONE;
}

static gboolean
pull (Work        *self,
      const char  *id,
      GError     **error)
{
  g_autoptr(StrataProfile) pulled = strata_sync_pull (self->sync, self->console, id, NULL, error);

  return pulled != NULL && report (self, strata_profile_get_id (pulled), error);
}

static gboolean
push (Work        *self,
      const char  *id,
      GError     **error)
{
  g_autofree char *remark = NULL;
  g_autoptr(StrataProfile) pushed =
    strata_sync_push (self->sync, self->console, id, get_flags (self), &remark, NULL, error);

  if (remark != NULL)
    strata_ctl_warn ("%s", remark);

  return pushed != NULL && report (self, id, error);
}

static gboolean
publish (Work        *self,
         const char  *id,
         GError     **error)
{
  return strata_sync_publish (self->sync, self->console, id, NULL, error) && report (self, id, error);
}

static gboolean
is_wanted (StrataSyncStep *step,
           Act             act)
{
  if (act == pull)
    return step->action == STRATA_SYNC_PULL;

  return step->action == STRATA_SYNC_PUSH || step->action == STRATA_SYNC_CREATE;
}

/* Whether a person has to decide something before the step can be done. */
static gboolean
is_open (StrataSyncStep *step)
{
  return step->action == STRATA_SYNC_CONFLICT || step->action == STRATA_SYNC_TAKEN ||
         step->action == STRATA_SYNC_GONE;
}

/* One that fails does not keep the others from it: the last failure is the one that the program ends with. */
static void
take_failure (GError **failure,
              GError  *reason)
{
  if (*failure != NULL)
    strata_ctl_warn ("%s", (*failure)->message);

  g_clear_error (failure);
  *failure = reason;
}

static gboolean
act_on_step (Work            *self,
             Act              act,
             StrataSyncStep  *step,
             GError         **error)
{
  if (is_wanted (step, act))
    return act (self, step->id, error);

  if (step->action == STRATA_SYNC_MERGE)
    return pull (self, step->id, error) && (act != push || push (self, step->id, error));

  if (is_open (step))
    strata_ctl_warn ("%s %s: %s", step->name, step->version, step->what);

  return TRUE;
}

/* What is only at the console is nothing to do for a person, who opens it or not; who asks for all wants it too. */
static void
pull_away (Work    *self,
           GError **failure)
{
  GError *unread = NULL;
  g_autoptr(GPtrArray) entries = strata_store_list (strata_sync_get_store (self->sync), NULL, &unread);

  if (entries == NULL)
    take_failure (failure, unread);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      GError *reason = NULL;

      if (strata_entry_get_is_away (entries->pdata[i]) &&
          !pull (self, strata_entry_get_id (entries->pdata[i]), &reason))
        take_failure (failure, reason);
    }
}

/* All that there is to do. */
static gboolean
act_on_all (Work     *self,
            Act       act,
            GError  **error)
{
  g_autoptr(GPtrArray) steps = NULL;
  GError *failure = NULL;

  if (self->console != NULL && !refresh (self->sync, self->console, error))
    return FALSE;

  steps = strata_sync_plan (self->sync, NULL, error);
  if (steps == NULL)
    return FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      GError *reason = NULL;

      if (!act_on_step (self, act, steps->pdata[i], &reason))
        take_failure (&failure, reason);
    }

  if (act == pull)
    pull_away (self, &failure);

  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

/* The profiles that are named; one of them may be away and named by what it is called there. */
static gboolean
act_on_named (Work     *self,
              Act       act,
              GError  **error)
{
  StrataStore *store = strata_sync_get_store (self->sync);

  /* A name that is only at the console is known from its list. */
  if (act == pull && strata_sync_get_checked (self->sync) == 0 && self->console != NULL &&
      !refresh (self->sync, self->console, error))
    return FALSE;

  for (char **name = self->ctl->arguments; *name != NULL; name++)
    {
      g_autofree char *id = strata_store_resolve (store, *name, error);

      if (id == NULL || !act (self, id, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
run (StrataCtl  *ctl,
     Act         act,
     GError    **error)
{
  g_auto(Work) work = { 0 };

  if (ctl->options.all == (ctl->arguments[0] != NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("Name the profiles, or give --all for all that there is to do"));
      return FALSE;
    }

  if (!begin (&work, ctl, error) ||
      !(ctl->options.all ? act_on_all (&work, act, error) : act_on_named (&work, act, error)))
    return FALSE;

  return !ctl->options.json || strata_ctl_print_list (work.list, error);
}

static gboolean
run_pull (StrataCtl *self,
          GError   **error)
{
  return run (self, pull, error);
}

static gboolean
run_push (StrataCtl *self,
          GError   **error)
{
  return run (self, push, error);
}

static gboolean
run_publish (StrataCtl *self,
             GError   **error)
{
  return run (self, publish, error);
}

static JsonObject *
describe_step (StrataSyncStep *step)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", step->id);
  json_object_set_string_member (object, "uid", step->uid);
  json_object_set_string_member (object, "name", step->name);
  json_object_set_string_member (object, "version", step->version);
  json_object_set_string_member (object, "action", strata_sync_action_to_string (step->action));
  json_object_set_string_member (object, "what", step->what);

  return object;
}

static gboolean
print_status (StrataCtl   *self,
              GPtrArray   *steps,
              gint64       checked,
              GError     **error)
{
  g_autofree char *time = checked > 0 ? strata_ctl_show_time (checked) : NULL;
  g_autofree char *stamp = checked > 0 ? strata_ctl_format_time (checked) : NULL;
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < steps->len; i++)
    {
      StrataSyncStep *step = steps->pdata[i];

      json_array_add_object_element (list, describe_step (step));
      if (!self->options.json)
        strata_ctl_print ("%s\n", step->what);
    }

  if (stamp != NULL)
    json_object_set_string_member (object, "checked", stamp);
  json_object_set_array_member (object, "steps", list);

  if (self->options.json)
    return strata_ctl_print_object (object, error);

  if (steps->len == 0)
    strata_ctl_print ("%s\n", _("There is nothing to do"));
  if (self->options.offline && time != NULL)
    strata_ctl_print (_("The console was last asked %s\n"), time);
  else if (self->options.offline)
    strata_ctl_print ("%s\n", _("The console was never asked"));

  return TRUE;
}

static gboolean
run_status (StrataCtl *self,
            GError   **error)
{
  g_auto(Work) work = { 0 };
  g_autoptr(GPtrArray) steps = NULL;

  if (!begin (&work, self, error) ||
      (work.console != NULL && !refresh (work.sync, work.console, error)))
    return FALSE;

  steps = strata_sync_plan (work.sync, NULL, error);

  return steps != NULL &&
         print_status (self, steps, strata_sync_get_checked (work.sync) / G_USEC_PER_SEC, error);
}

const StrataCtlCommand strata_ctl_sync_commands[] = {
  { "profile", "status", "", N_("Say what is different here and at the console"), "offline api-key-file password-file", 0, 0, run_status },
  { "profile", "pull", N_("ID…|--all"), N_("Read profiles from the console"), "all offline api-key-file password-file", 0, G_MAXUINT,
    run_pull },
  { "profile", "push", N_("ID…|--all"), N_("Send what was changed here to the console"), "all publish api-key-file password-file", 0,
    G_MAXUINT, run_push },
  { "profile", "publish", N_("ID…"), N_("Publish what the console has"), "api-key-file password-file", 1, G_MAXUINT, run_publish },
  { NULL },
};
