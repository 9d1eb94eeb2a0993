/* strata-console-dialog.c - a form for a console: where it is, how to sign in, which project
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console-dialog"

#include "strata-console-dialog.h"

#include <glib/gi18n.h>

#include "strata-account-keep.h"
#include "strata-connection.h"
#include "strata-job.h"
#include "strata-reason-line.h"
#include "strata-sign-in.h"
#include "strata-spinner.h"

struct _StrataConsoleDialog
{
  AdwWindow             parent_instance;
  char                 *data_dir;       /* (owned) (not nullable) */
  StrataAccount        *account;        /* (owned) (nullable): whose secret is asked for; NULL for a new one */
  StrataAccount        *tried;          /* (owned) (nullable): what the form said at the last try */
  StrataSignedIn       *signed_in;      /* (owned) (nullable): what came of the last try */
  StrataJob            *job;            /* (owned) (not nullable) */
  char                 *ca_path;        /* (owned) (nullable) (type filename) */
  GtkFileChooserNative *chooser;        /* (owned) (nullable) */
  AdwWindowTitle       *title;          /* (template) */
  GtkButton            *accept;         /* (template) */
  GtkWidget            *spinner;        /* (template) */
  GtkWidget            *console_group;  /* (template) */
  GtkEditable          *address;        /* (template) */
  AdwActionRow         *certificate;    /* (template) */
  GtkWidget            *forget;         /* (template) */
  StrataReasonLine     *address_reason; /* (template) */
  AdwComboRow          *way;            /* (template) */
  GtkEditable          *email;          /* (template) */
  GtkEditable          *secret;         /* (template) */
  GtkEditable          *org;            /* (template) */
  AdwActionRow         *who;            /* (template) */
  GtkImage             *who_icon;       /* (template) */
  StrataReasonLine     *secret_reason;  /* (template) */
  AdwComboRow          *project;        /* (template) */
  AdwActionRow         *keep_row;       /* (template) */
  GtkSwitch            *keep;           /* (template) */
  StrataReasonLine     *accept_reason;  /* (template) */
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataConsoleDialog, strata_console_dialog, ADW_TYPE_WINDOW)

/* What the form says */

static gboolean
has_text (GtkEditable *row)
{
  return *gtk_editable_get_text (row) != '\0';
}

static gboolean
is_running (StrataConsoleDialog *self)
{
  return strata_job_get_state (self->job) == STRATA_JOB_RUNNING;
}

static gboolean
can_try (StrataConsoleDialog *self)
{
  return !is_running (self) && has_text (self->address) && has_text (self->secret) &&
         (adw_combo_row_get_selected (self->way) == STRATA_ACCOUNT_KEY || has_text (self->email));
}

static StrataAccount *
with (StrataAccount      *account,
      StrataAccountField  field,
      const char         *value)
{
  g_autoptr(StrataAccount) old = account;

  return strata_account_with (old, field, value);
}

/* (transfer full) (nullable): what the form says */
static StrataAccount *
make_account (StrataConsoleDialog  *self,
              GError              **error)
{
  StrataAccountKind kind = (StrataAccountKind) adw_combo_row_get_selected (self->way);
  gboolean is_key = kind == STRATA_ACCOUNT_KEY;
  StrataAccount *account = strata_account_new (gtk_editable_get_text (self->address), kind, error);

  if (account == NULL)
    return NULL;

  account = with (account, STRATA_ACCOUNT_CA_FILE, self->ca_path != NULL ? self->ca_path : "");
  account = with (account, STRATA_ACCOUNT_EMAIL, is_key ? "" : gtk_editable_get_text (self->email));
  account = with (account, STRATA_ACCOUNT_ORG, is_key ? "" : gtk_editable_get_text (self->org));
  if (self->account != NULL)
    {
      account = with (account, STRATA_ACCOUNT_ID, strata_account_get_id (self->account));
      account = with (account, STRATA_ACCOUNT_NAME, strata_account_get (self->account, STRATA_ACCOUNT_NAME));
    }

  return account;
}

static void
show_certificate (StrataConsoleDialog *self)
{
  g_autofree char *shown = self->ca_path != NULL ? g_filename_display_basename (self->ca_path)
                                                 : g_strdup (_("Those of the system"));

  adw_action_row_set_subtitle (self->certificate, shown);
  gtk_widget_set_visible (self->forget, self->ca_path != NULL);
}

/* Nothing is chosen where the project of a workspace is not among those that are seen now. */
static gboolean
has_project (StrataConsoleDialog *self)
{
  return adw_combo_row_get_selected (self->project) != GTK_INVALID_LIST_POSITION;
}

static void
update (StrataConsoleDialog *self)
{
  gboolean is_key = adw_combo_row_get_selected (self->way) == STRATA_ACCOUNT_KEY;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret), is_key ? _("API key") : _("Password"));
  gtk_widget_set_visible (GTK_WIDGET (self->email), !is_key);
  gtk_widget_set_visible (GTK_WIDGET (self->org), !is_key);
  gtk_widget_set_visible (self->spinner, is_running (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.try", can_try (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept",
                                 !is_running (self) &&
                                   (self->signed_in != NULL ? has_project (self) : can_try (self)));
}

/* What came of a try */

static void
show_projects (StrataConsoleDialog *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  const char *wanted = self->account != NULL ? strata_account_get (self->account, STRATA_ACCOUNT_PROJECT_UID) : NULL;
  guint selected = self->account != NULL ? GTK_INVALID_LIST_POSITION : 0;
  GPtrArray *projects = self->signed_in->projects;

  for (guint i = 0; i < projects->len; i++)
    {
      const StrataConsoleProject *project = projects->pdata[i];

      gtk_string_list_append (names, project->name);
      if (g_strcmp0 (project->uid, wanted) == 0)
        selected = i;
    }
  gtk_string_list_append (names, _("All of the tenant"));
  if (self->account != NULL && *wanted == '\0')
    selected = projects->len;

  adw_combo_row_set_model (self->project, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->project, selected);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->project), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->project), self->account == NULL);
  if (!has_project (self))
    strata_reason_line_set_text (self->accept_reason,
                                 _("Who signed in does not see the project of this workspace; use another account"));
}

static void
show_who (StrataConsoleDialog *self,
          const char          *words,
          const char          *icon_name,
          const char          *css_class)
{
  const char *classes[] = { css_class, NULL };

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->who), words);
  gtk_image_set_from_icon_name (self->who_icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->who_icon), classes);
}

static void
show_keyring (StrataConsoleDialog *self)
{
  const char *problem = self->signed_in->keyring_problem;

  adw_action_row_set_subtitle (self->keep_row, problem != NULL ? problem : _("Otherwise it is asked for each time"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep), problem == NULL);
  if (problem != NULL)
    gtk_switch_set_active (self->keep, FALSE);
}

/* What was tried is no longer what the form says. */
static void
forget_try (StrataConsoleDialog *self)
{
  g_clear_pointer (&self->signed_in, strata_signed_in_unref);
  strata_reason_line_set_text (self->address_reason, NULL);
  strata_reason_line_set_text (self->secret_reason, NULL);
  strata_reason_line_set_text (self->accept_reason, NULL);
  show_who (self, _("Not signed in yet"), "dialog-question-symbolic", "quiet");
  gtk_widget_set_sensitive (GTK_WIDGET (self->project), FALSE);
}

static void
show_failure (StrataConsoleDialog *self,
              const GError        *error)
{
  gboolean about_secret = strata_sign_in_get_part (error, self->ca_path) == STRATA_SIGN_IN_ABOUT_SECRET;

  strata_reason_line_set_error (about_secret ? self->secret_reason : self->address_reason, error);
  show_who (self, _("Not signed in"), "dialog-warning-symbolic", "attention");
}

/* Keeping it */

static StrataConsoleProject *
get_project (StrataConsoleDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->project);
  GPtrArray *projects = self->signed_in->projects;

  return selected < projects->len ? projects->pdata[selected] : NULL;
}

static void
kept_cb (gpointer   owner,
         StrataJob *job,
         gpointer   data)
{
  StrataConsoleDialog *self = owner;
  StrataAccountKeep *keep = data;
  const GError *error = strata_job_get_error (job);

  update (self);
  if (error != NULL)
    {
      strata_reason_line_set_error (self->accept_reason, error);
      return;
    }

  g_signal_emit (self, signals[DONE], 0, strata_job_get_result (job), keep->console,
                 keep->unkept != NULL ? keep->unkept->message : NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
keep_it (StrataConsoleDialog *self)
{
  StrataConsoleProject *project = get_project (self);
  g_autoptr(StrataAccount) account = strata_account_with_project (self->tried, project, &self->signed_in->user);
  g_autoptr(StrataConsole) console =
    strata_console_with_project (self->signed_in->console, project != NULL ? project->uid : NULL);
  const char *secret = gtk_switch_get_active (self->keep) ? gtk_editable_get_text (self->secret) : NULL;

  strata_connection_hurry (console);
  if (project != NULL)
    strata_console_set_project_name (console, project->name);
  strata_job_start (self, strata_account_keep_thread,
                    strata_account_keep_new (self->data_dir, account, console, secret), strata_account_keep_free,
                    g_object_unref, kept_cb);
}

/* Trying */

static void
job_state_cb (StrataConsoleDialog *self)
{
  StrataJobState state = strata_job_get_state (self->job);

  if (state == STRATA_JOB_DONE)
    {
      self->signed_in = strata_signed_in_ref (strata_job_get_result (self->job));

      g_autofree char *words = strata_signed_in_say_who (self->signed_in);

      show_who (self, words, "emblem-ok-symbolic", "good");
      show_projects (self);
      show_keyring (self);
    }
  else if (state == STRATA_JOB_FAILED)
    show_failure (self, strata_job_get_error (self->job));

  update (self);
}

static void
try_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  StrataConsoleDialog *self = STRATA_CONSOLE_DIALOG (widget);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAccount) account = make_account (self, &error);

  forget_try (self);
  if (account == NULL)
    {
      show_failure (self, error);
      return;
    }

  g_set_object (&self->tried, account);
  show_who (self, _("Asking the console…"), "content-loading-symbolic", "moving");
  strata_job_run (self->job, strata_sign_in_thread,
                  strata_sign_in_new (account, gtk_editable_get_text (self->secret)), strata_sign_in_free,
                  strata_signed_in_unref);
}

static void
accept_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataConsoleDialog *self = STRATA_CONSOLE_DIALOG (widget);

  /* Nothing is added that was not seen to work; a person then sees which project it will be. */
  if (self->signed_in == NULL)
    gtk_widget_activate_action (widget, "dialog.try", NULL);
  else
    keep_it (self);
}

static void
activated_cb (StrataConsoleDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "dialog.try", NULL);
}

static void
changed_cb (StrataConsoleDialog *self)
{
  if (self->data_dir == NULL)
    return;

  strata_job_cancel (self->job);
  forget_try (self);
  update (self);
}

/* The certificate */

static void
chosen_cb (StrataConsoleDialog *self,
           int                  response)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    {
      g_free (self->ca_path);
      self->ca_path = g_file_get_path (file);
      show_certificate (self);
      changed_cb (self);
    }
  g_clear_object (&self->chooser);
}

static void
choose_certificate_cb (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  StrataConsoleDialog *self = STRATA_CONSOLE_DIALOG (widget);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Certificate Authority"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
forget_certificate_cb (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  StrataConsoleDialog *self = STRATA_CONSOLE_DIALOG (widget);

  g_clear_pointer (&self->ca_path, g_free);
  show_certificate (self);
  changed_cb (self);
}

/* Class */

static void
strata_console_dialog_dispose (GObject *object)
{
  StrataConsoleDialog *self = STRATA_CONSOLE_DIALOG (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->chooser);
  g_clear_object (&self->account);
  g_clear_object (&self->tried);
  g_clear_pointer (&self->signed_in, strata_signed_in_unref);

  G_OBJECT_CLASS (strata_console_dialog_parent_class)->dispose (object);
}

static void
strata_console_dialog_finalize (GObject *object)
{
  StrataConsoleDialog *self = STRATA_CONSOLE_DIALOG (object);

  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->ca_path, g_free);

  G_OBJECT_CLASS (strata_console_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-console-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, title);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, console_group);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, address);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, certificate);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, forget);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, address_reason);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, way);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, email);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, secret);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, org);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, who);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, who_icon);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, secret_reason);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, project);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, keep_row);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, keep);
  gtk_widget_class_bind_template_child (widget_class, StrataConsoleDialog, accept_reason);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
strata_console_dialog_class_init (StrataConsoleDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_console_dialog_dispose;
  object_class->finalize = strata_console_dialog_finalize;

  signals[DONE] = g_signal_new ("done", STRATA_TYPE_CONSOLE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 3, STRATA_TYPE_ACCOUNT, STRATA_TYPE_CONSOLE, G_TYPE_STRING);

  g_type_ensure (STRATA_TYPE_REASON_LINE);
  g_type_ensure (STRATA_TYPE_SPINNER);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "dialog.try", NULL, try_cb);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, accept_cb);
  gtk_widget_class_install_action (widget_class, "dialog.choose-certificate", NULL, choose_certificate_cb);
  gtk_widget_class_install_action (widget_class, "dialog.forget-certificate", NULL, forget_certificate_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
strata_console_dialog_init (StrataConsoleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self, G_CONNECT_SWAPPED);
}

/* Asks for a console that is not there yet. */
GtkWidget *
strata_console_dialog_new (GtkWindow  *parent,
                           const char *data_dir)
{
  g_return_val_if_fail (data_dir != NULL, NULL);

  StrataConsoleDialog *self = g_object_new (STRATA_TYPE_CONSOLE_DIALOG, "transient-for", parent, NULL);

  self->data_dir = g_strdup (data_dir);
  show_certificate (self);
  forget_try (self);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));

  return GTK_WIDGET (self);
}

/* Asks for the key or password of a console that was added before. */
GtkWidget *
strata_console_dialog_new_for_account (GtkWindow     *parent,
                                       const char    *data_dir,
                                       StrataAccount *account)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT (account), NULL);

  StrataConsoleDialog *self = STRATA_CONSOLE_DIALOG (strata_console_dialog_new (parent, data_dir));

  const char *ca_file = strata_account_get (account, STRATA_ACCOUNT_CA_FILE);

  self->account = g_object_ref (account);
  self->ca_path = g_strdup (*ca_file != '\0' ? ca_file : NULL);
  gtk_window_set_title (GTK_WINDOW (self), _("Sign In"));
  adw_window_title_set_title (self->title, _("Sign In"));
  gtk_button_set_label (self->accept, _("_Sign In"));
  gtk_editable_set_text (self->address, strata_account_get (account, STRATA_ACCOUNT_ADDRESS));
  gtk_widget_set_sensitive (GTK_WIDGET (self->address), FALSE);
  adw_combo_row_set_selected (self->way, strata_account_get_kind (account));
  gtk_editable_set_text (self->email, strata_account_get (account, STRATA_ACCOUNT_EMAIL));
  gtk_editable_set_text (self->org, strata_account_get (account, STRATA_ACCOUNT_ORG));
  show_certificate (self);
  forget_try (self);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->secret));

  return GTK_WIDGET (self);
}
