/* strata-sync-sheet.c - what will be pulled, merged and sent, before it happens
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync-sheet"

#include "strata-sync-sheet.h"

#include <glib/gi18n.h>

#include "strata-account-text.h"
#include "strata-error.h"
#include "strata-format.h"
#include "strata-job.h"
#include "strata-reason-line.h"
#include "strata-spinner.h"
#include "strata-sync-items.h"
#include "strata-sync-row.h"

struct _StrataSyncSheet
{
  AdwWindow         parent_instance;
  StrataWorkspace  *workspace;    /* (owned) (not nullable) */
  StrataConnection *connection;   /* (owned) (not nullable) */
  GListStore       *items;        /* (owned) (not nullable) of StrataSyncItem */
  StrataJob        *plan_job;     /* (owned) (not nullable): compares */
  StrataJob        *apply_job;    /* (owned) (not nullable): does one step */
  StrataSyncItem   *current;      /* (owned) (nullable): the step that is done */
  StrataConsole    *asked;        /* (owned) (nullable): by whom */
  GQueue            queue;        /* of StrataSyncItem (owned): what is done after it */
  guint             n_queued;     /* how many there were when it began */
  gboolean          planned;      /* the items are what was found last */
  gboolean          is_late;      /* it is to be compared when no step is done any more */
  gboolean          is_fresh;     /* a person asked for it: what came of the last time was read */
  AdwWindowTitle   *title;        /* (template) */
  StrataReasonLine *reason;       /* (template) */
  GtkStack         *stack;        /* (template) */
  AdwStatusPage    *nothing_page; /* (template) */
  AdwStatusPage    *failed_page;  /* (template) */
  GtkListView      *view;         /* (template) */
  GtkNoSelection   *selection;    /* (template) */
  GtkLabel         *summary;      /* (template) */
  GtkProgressBar   *progress;     /* (template) */
  GtkWidget        *stop;         /* (template) */
  GtkWidget        *sign_in;      /* (template) */
  GtkWidget        *all;          /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataSyncSheet, strata_sync_sheet, ADW_TYPE_WINDOW)

/* What is shown */

static char *
describe_connection (StrataSyncSheet *self)
{
  gint64 checked = strata_connection_get_checked (self->connection);
  g_autofree char *clock = strata_format_clock (checked / G_USEC_PER_SEC);

  switch (strata_connection_get_state (self->connection))
    {
    case STRATA_CONNECTION_ASKING:
      return g_strdup (_("Connecting…"));
    case STRATA_CONNECTION_ONLINE:
      return g_strdup_printf (_("Online, as of %s"), clock);
    case STRATA_CONNECTION_OFFLINE:
      return checked > 0 ? g_strdup_printf (_("Offline, as of %s"), clock) : g_strdup (_("Offline"));
    case STRATA_CONNECTION_TROUBLE:
      return g_strdup (_("Console in Trouble"));
    case STRATA_CONNECTION_UNREAD:
      return g_strdup (_("List Not Read"));
    case STRATA_CONNECTION_SIGNED_OUT:
    default:
      return g_strdup (_("Signed Out"));
    }
}

static void
show_summary (StrataSyncSheet *self)
{
  guint n_all = strata_sync_items_count (G_LIST_MODEL (self->items), strata_sync_items_is_for_all);
  guint n_person = strata_sync_items_count (G_LIST_MODEL (self->items), strata_sync_items_is_for_person);
  g_autofree char *by_itself = g_strdup_printf (
    ngettext ("%u step goes by itself", "%u steps go by themselves", n_all), n_all);
  g_autofree char *by_person = g_strdup_printf (
    ngettext ("%u is for you to decide", "%u are for you to decide", n_person), n_person);
  g_autofree char *both = n_all == 0    ? g_strdup (by_person)
                          : n_person == 0 ? g_strdup (by_itself)
                                          : g_strjoin (" · ", by_itself, by_person, NULL);

  gtk_label_set_label (self->summary, self->current != NULL ? _("Working…") : n_all + n_person > 0 ? both : "");
}

static void
update (StrataSyncSheet *self)
{
  StrataConnectionState state = strata_connection_get_state (self->connection);
  g_autofree char *subtitle = describe_connection (self);
  gboolean running = self->current != NULL;
  GListModel *items = G_LIST_MODEL (self->items);
  gboolean any = g_list_model_get_n_items (items) > 0;
  guint n_left = self->queue.length + (running ? 1 : 0);

  adw_window_title_set_subtitle (self->title, subtitle);
  strata_reason_line_set_error (self->reason, strata_connection_get_error (self->connection));
  gtk_stack_set_visible_child_name (self->stack, any                                                          ? "list"
                                                 : strata_job_get_state (self->plan_job) == STRATA_JOB_FAILED ? "failed"
                                                 : self->planned                                              ? "nothing"
                                                                                                              : "loading");
  adw_status_page_set_description (self->nothing_page,
                                   state == STRATA_CONNECTION_ONLINE &&
                                       strata_connection_get_error (self->connection) == NULL
                                     ? _("What is on this computer and what the console has are the same.")
                                     : _("Nothing was changed here. What changed at the console is not known."));
  show_summary (self);
  gtk_widget_set_visible (self->stop, running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_progress_bar_set_fraction (self->progress, 1.0 - (double) n_left / MAX (self->n_queued, 1));
  gtk_widget_set_visible (self->sign_in, state == STRATA_CONNECTION_SIGNED_OUT);
  gtk_widget_set_visible (self->all, state != STRATA_CONNECTION_SIGNED_OUT && !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sheet.all",
                                 !running && state == STRATA_CONNECTION_ONLINE &&
                                   strata_sync_items_count (items, strata_sync_items_is_for_all) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sheet.sign-out", state != STRATA_CONNECTION_SIGNED_OUT);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sheet.refresh",
                                 !running && state != STRATA_CONNECTION_ASKING);
}

/* Comparing */

static gpointer
plan_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return strata_sync_plan (data, cancellable, error);
}

/* The lines that are worked on stay; it is compared at the end. */
static void
plan (StrataSyncSheet *self)
{
  self->is_late = self->current != NULL;
  if (!self->is_late)
    strata_job_run (self->plan_job, plan_thread, g_object_ref (strata_connection_get_sync (self->connection)),
                    g_object_unref, (GDestroyNotify) g_ptr_array_unref);
}

static void
planned_cb (StrataSyncSheet *self)
{
  StrataJobState state = strata_job_get_state (self->plan_job);

  if (state == STRATA_JOB_FAILED)
    {
      g_autofree char *reason = g_markup_escape_text (strata_job_get_error (self->plan_job)->message, -1);

      adw_status_page_set_description (self->failed_page, reason);
      update (self);
    }
  if (state != STRATA_JOB_DONE)
    return;

  if (self->current != NULL)
    {
      self->is_late = TRUE;
      return;
    }

  strata_sync_items_take (self->items, strata_job_get_result (self->plan_job), self->is_fresh);
  self->planned = TRUE;
  self->is_fresh = FALSE;
  update (self);
}

static void
connection_cb (StrataSyncSheet *self,
               GParamSpec      *pspec)
{
  if (g_str_equal (pspec->name, "checked") || g_str_equal (pspec->name, "n-waiting"))
    plan (self);
  update (self);
}

/* Doing */

/* One step. (all fields owned) */
typedef struct
{
  StrataSync     *sync;
  StrataConsole  *console;
  StrataSyncStep *step;
} Applying;

static void
applying_free (gpointer data)
{
  Applying *applying = data;

  g_object_unref (applying->sync);
  g_object_unref (applying->console);
  strata_sync_step_free (applying->step);
  g_free (applying);
}

static gpointer
apply_thread (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Applying *applying = data;
  char *remark = NULL;

  strata_sync_apply (applying->sync, applying->console, applying->step, STRATA_SYNC_PUSH_NONE, &remark, cancellable,
                     error);

  return remark;
}

/* Who went to do something else is told by the desktop. */
static void
notify_end (StrataSyncSheet *self)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));
  GtkApplication *application = window != NULL ? gtk_window_get_application (window) : NULL;
  guint n_failed = strata_sync_items_count (G_LIST_MODEL (self->items), strata_sync_items_has_failed);

  if (application == NULL || gtk_window_is_active (window) || gtk_window_is_active (GTK_WINDOW (self)))
    return;

  g_autoptr(GNotification) notification = g_notification_new (_("Sync with the Console Ended"));
  g_autofree char *body =
    n_failed == 0 ? g_strdup (_("Everything arrived."))
                  : g_strdup_printf (ngettext ("%u step failed.", "%u steps failed.", n_failed), n_failed);

  g_notification_set_body (notification, body);
  g_application_send_notification (G_APPLICATION (application), "sync", notification);
}

static void
finish (StrataSyncSheet *self)
{
  if (self->n_queued > 0 && self->current == NULL && self->queue.length == 0)
    notify_end (self);
  self->n_queued = 0;
  g_clear_object (&self->current);
  g_clear_object (&self->asked);
  g_queue_clear_full (&self->queue, g_object_unref);
  strata_profile_list_refresh (strata_workspace_get_profiles (self->workspace));
  if (self->is_late)
    plan (self);
  update (self);
}

static void
do_next (StrataSyncSheet *self)
{
  StrataConsole *console = strata_connection_get_console (self->connection);

  g_clear_object (&self->current);
  self->current = g_queue_pop_head (&self->queue);
  if (self->current == NULL || console == NULL)
    {
      finish (self);
      return;
    }

  Applying *applying = g_new0 (Applying, 1);

  applying->sync = g_object_ref (strata_connection_get_sync (self->connection));
  applying->console = g_object_ref (console);
  g_set_object (&self->asked, console);
  applying->step = strata_sync_step_copy (strata_sync_item_get_step (self->current));
  strata_sync_item_set_state (self->current, STRATA_SYNC_ITEM_RUNNING, NULL);
  update (self);
  strata_job_run (self->apply_job, apply_thread, applying, applying_free, g_free);
}

static const char *
say_done (StrataSyncItem *item)
{
  switch (strata_sync_item_get_step (item)->action)
    {
    case STRATA_SYNC_PULL:
      return _("Pulled");
    case STRATA_SYNC_MERGE:
      return _("Merged");
    case STRATA_SYNC_PUSH:
    case STRATA_SYNC_CREATE:
    case STRATA_SYNC_PUBLISH:
    case STRATA_SYNC_CONFLICT:
    case STRATA_SYNC_TAKEN:
    case STRATA_SYNC_GONE:
    default:
      return _("Sent");
    }
}

/* Without a way to the console, or nobody signed in, none of the others can go either. */
static gboolean
is_for_all_of_them (StrataSyncSheet *self)
{
  StrataConnectionState state = strata_connection_get_state (self->connection);

  return state == STRATA_CONNECTION_OFFLINE || state == STRATA_CONNECTION_SIGNED_OUT;
}

/* What fails for one profile does not keep the others from going; what fails for all does. */
static void
applied_cb (StrataSyncSheet *self)
{
  StrataJobState state = strata_job_get_state (self->apply_job);
  const GError *error = strata_job_get_error (self->apply_job);
  const char *remark = state == STRATA_JOB_DONE ? strata_job_get_result (self->apply_job) : NULL;

  if (self->current == NULL || state == STRATA_JOB_RUNNING)
    return;

  /* Somebody pressed Stop, or signed out. */
  if (state == STRATA_JOB_IDLE)
    {
      strata_sync_item_set_state (self->current, STRATA_SYNC_ITEM_WAITING, _("Stopped; it may or may not have arrived"));
      finish (self);
      return;
    }

  strata_connection_report (self->connection, self->asked);
  if (error == NULL)
    strata_sync_item_set_state (self->current, STRATA_SYNC_ITEM_DONE,
                                remark != NULL ? remark : say_done (self->current));
  else
    strata_sync_item_set_state (self->current, STRATA_SYNC_ITEM_FAILED, error->message);

  if (is_for_all_of_them (self))
    finish (self);
  else
    do_next (self);
}

static void
begin (StrataSyncSheet *self,
       StrataSyncItem  *item)
{
  if (strata_connection_get_console (self->connection) == NULL)
    {
      strata_sync_item_set_state (item, STRATA_SYNC_ITEM_FAILED, _("Nobody is signed in; sign in and try again"));
      return;
    }

  g_queue_push_tail (&self->queue, g_object_ref (item));
  self->n_queued = self->queue.length + (self->current != NULL ? 1 : 0);
  if (self->current == NULL)
    do_next (self);
}

/* Actions */

/* What the window does, it does with the workspace in front: it has to be that of this sheet. */
static void
act_in_window (StrataSyncSheet *self,
               const char      *action_name,
               const char      *id)
{
  StrataWindow *window = STRATA_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (self)));

  strata_window_set_workspace (window, strata_workspace_get_id (self->workspace));
  if (strata_window_get_workspace (window) == self->workspace)
    gtk_widget_activate_action (GTK_WIDGET (window), action_name, id != NULL ? "s" : NULL, id);
}

static void
all_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  StrataSyncSheet *self = STRATA_SYNC_SHEET (widget);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(StrataSyncItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (strata_sync_items_is_for_all (item))
        g_queue_push_tail (&self->queue, g_object_ref (item));
    }

  self->n_queued = self->queue.length;
  do_next (self);
}

static void
one_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  StrataSyncSheet *self = STRATA_SYNC_SHEET (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  StrataSyncItem *item = strata_sync_items_find (G_LIST_MODEL (self->items), id);

  if (item == NULL)
    return;

  if (strata_sync_items_is_for_all (item))
    begin (self, item);
  else if (strata_sync_item_get_step (item)->action == STRATA_SYNC_PUBLISH)
    act_in_window (self, "win.publish-profile", id);
  else
    act_in_window (self, "win.decide-profile", id);
}

static void
stop_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StrataSyncSheet *self = STRATA_SYNC_SHEET (widget);

  strata_job_cancel (self->apply_job);
  strata_connection_refresh (self->connection);
}

static void
refresh_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataSyncSheet *self = STRATA_SYNC_SHEET (widget);

  self->is_fresh = TRUE;
  plan (self);
  strata_connection_refresh (self->connection);
}

/* What the window does, for the console of this sheet. */
static void
window_action_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  g_autofree char *name = g_strconcat ("win.", action_name + strlen ("sheet."), NULL);

  act_in_window (STRATA_SYNC_SHEET (widget), name, NULL);
}

/* Class */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, strata_sync_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  strata_sync_row_set_item (STRATA_SYNC_ROW (gtk_list_item_get_child (list_item)),
                            gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  strata_sync_row_set_item (STRATA_SYNC_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/* What runs goes on behind a closed sheet; it is there again when it is asked for. */
static gboolean
strata_sync_sheet_close_request (GtkWindow *window)
{
  if (STRATA_SYNC_SHEET (window)->current == NULL)
    return GTK_WINDOW_CLASS (strata_sync_sheet_parent_class)->close_request (window);

  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);

  return GDK_EVENT_STOP;
}

static void
strata_sync_sheet_dispose (GObject *object)
{
  StrataSyncSheet *self = STRATA_SYNC_SHEET (object);

  /* Without it, nothing is shown of what is cancelled now. */
  g_clear_object (&self->current);
  if (self->plan_job != NULL)
    strata_job_cancel (self->plan_job);
  if (self->apply_job != NULL)
    strata_job_cancel (self->apply_job);
  g_queue_clear_full (&self->queue, g_object_unref);
  g_clear_object (&self->asked);
  g_clear_object (&self->plan_job);
  g_clear_object (&self->apply_job);
  g_clear_object (&self->items);
  g_clear_object (&self->connection);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (strata_sync_sheet_parent_class)->dispose (object);
}

static void
strata_sync_sheet_class_init (StrataSyncSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_sync_sheet_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = strata_sync_sheet_close_request;

  g_type_ensure (STRATA_TYPE_REASON_LINE);
  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/stratadesk/Strata/strata-sync-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, title);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, reason);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, failed_page);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, view);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, selection);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, summary);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, progress);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, stop);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, sign_in);
  gtk_widget_class_bind_template_child (widget_class, StrataSyncSheet, all);

  gtk_widget_class_install_action (widget_class, "sheet.all", NULL, all_cb);
  gtk_widget_class_install_action (widget_class, "sheet.one", "s", one_cb);
  gtk_widget_class_install_action (widget_class, "sheet.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "sheet.refresh", NULL, refresh_cb);
  gtk_widget_class_install_action (widget_class, "sheet.sign-in", NULL, window_action_cb);
  gtk_widget_class_install_action (widget_class, "sheet.sign-out", NULL, window_action_cb);
  gtk_widget_class_install_action (widget_class, "sheet.remove-console", NULL, window_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "sheet.refresh", NULL);
}

static void
strata_sync_sheet_init (StrataSyncSheet *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_queue_init (&self->queue);
  self->items = g_list_store_new (STRATA_TYPE_SYNC_ITEM);
  self->plan_job = strata_job_new ();
  self->apply_job = strata_job_new ();
  g_signal_connect_object (self->plan_job, "notify::state", G_CALLBACK (planned_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->apply_job, "notify::state", G_CALLBACK (applied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->items));
}

GtkWidget *
strata_sync_sheet_new (StrataWindow    *parent,
                       StrataWorkspace *workspace)
{
  g_return_val_if_fail (STRATA_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (strata_workspace_get_connection (workspace) != NULL, NULL);

  StrataSyncSheet *self = g_object_new (STRATA_TYPE_SYNC_SHEET, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->workspace = g_object_ref (workspace);
  self->connection = g_object_ref (strata_workspace_get_connection (workspace));
  g_signal_connect_object (self->connection, "notify", G_CALLBACK (connection_cb), self, G_CONNECT_SWAPPED);

  g_autofree char *name = strata_account_text_title (strata_connection_get_account (self->connection));
  adw_window_title_set_title (self->title, name);
  update (self);
  plan (self);
  strata_connection_refresh (self->connection);

  return GTK_WIDGET (self);
}
