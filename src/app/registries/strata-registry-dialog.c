/* strata-registry-dialog.c - a form for a registry on the web: where it is, how to sign in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-dialog"

#include "strata-registry-dialog.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-job.h"
#include "strata-spinner.h"

/* The rows of strata-registry-dialog.ui, in their order; those of the ways to sign in are StrataRemoteAuth. */
static const char *const kinds[] = { STRATA_REGISTRY_HELM, STRATA_REGISTRY_OCI };

struct _StrataRegistryDialog
{
  AdwWindow        parent_instance;
  AdwWindowTitle  *title;
  GtkButton       *accept;
  GtkWidget       *spinner;
  GtkRevealer     *notice;
  GtkLabel        *reason;
  GtkWidget       *anyway;
  GtkWidget       *form;
  AdwComboRow     *kind;
  GtkEditable     *address;
  GtkEditable     *name;
  GtkEditable     *repositories;
  AdwComboRow     *auth;
  GtkEditable     *user;
  GtkEditable     *secret;
  AdwActionRow    *certificate;
  GtkWidget       *forget;
  GtkSwitch       *proxy;

  StrataWorkspace *workspace;      /* (owned) (nullable) */
  StrataRegistry  *registry;       /* (owned) (nullable): what is changed; NULL for a new one */
  StrataRemote    *tried;          /* (owned) (nullable): what the form said when it was accepted */
  StrataJob       *job;            /* (owned) */
  gboolean         is_keeping;     /* the list has it, and the keyring is being told */
  char            *ca_path;        /* (owned) (nullable) (type filename) */
  char            *suggested;      /* (owned): the name that was made from the address; "" when there is none */
  GtkFileChooserNative *chooser;   /* (owned) (nullable) */
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataRegistryDialog, strata_registry_dialog, ADW_TYPE_WINDOW)

/* What a try needs: touched by the worker only. */
typedef struct
{
  StrataRegistry *registry;  /* (owned) */
  char           *secret;    /* (owned) (nullable): what was typed now */
  gboolean        is_blind;  /* the registry itself is not asked */
} Trial;

/* How a try went that did not fail. */
typedef struct
{
  char *secret;  /* (owned) (nullable): to be kept, once the list has the registry */
  char *before;  /* (owned) (nullable): what was remembered until then */
} Outcome;

/* What is told to the keyring: touched by the worker only. */
typedef struct
{
  StrataRemote *remote;  /* (owned) */
  StrataRemote *before;  /* (owned) (nullable): as it was before it was changed */
  char         *secret;  /* (owned) (nullable) */
  char         *reason;  /* (owned) (nullable): why the secret is not in it */
} Keeping;

static void
trial_free (Trial *trial)
{
  g_object_unref (trial->registry);
  g_free (trial->secret);
  g_free (trial);
}

static void
outcome_free (Outcome *outcome)
{
  g_free (outcome->secret);
  g_free (outcome->before);
  g_free (outcome);
}

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_object_unref (keeping->remote);
  g_clear_object (&keeping->before);
  g_free (keeping->secret);
  g_free (keeping->reason);
  g_free (keeping);
}

static gpointer
try_thread (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Trial *trial = data;
  StrataRemote *remote = strata_registry_get_remote (trial->registry);
  g_autofree char *before = strata_remote_dup_remembered (remote);

  if (trial->secret != NULL)
    strata_remote_remember (remote, trial->secret);

  if (!trial->is_blind && !strata_registry_check (trial->registry, cancellable, error))
    {
      strata_remote_remember (remote, before);
      return NULL;
    }

  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->secret = g_strdup (trial->secret);
  outcome->before = g_steal_pointer (&before);

  return outcome;
}

static gpointer
keep_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Keeping *keeping = data;
  g_autoptr(GError) reason = NULL;

  if (!strata_remote_change_secret (keeping->remote, keeping->before, keeping->secret, cancellable, &reason))
    keeping->reason = g_strdup (reason->message);

  return NULL;
}

static const char *
get_text (GtkEditable *row)
{
  return gtk_editable_get_text (row);
}

/* The names that are typed, without the room between them. */
static char **
split_names (const char *text)
{
  g_auto(GStrv) parts = g_strsplit_set (text, " ,\t", -1);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (names, parts[i]);

  return g_strv_builder_end (names);
}

static gboolean
is_oci (StrataRegistryDialog *self)
{
  return g_str_equal (kinds[adw_combo_row_get_selected (self->kind)], STRATA_REGISTRY_OCI);
}

/* (transfer full) (nullable): what the form says */
static StrataRemote *
make_remote (StrataRegistryDialog  *self,
             GError               **error)
{
  g_autoptr(StrataRemote) remote =
    strata_remote_new (kinds[adw_combo_row_get_selected (self->kind)], get_text (self->address), error);

  if (remote == NULL)
    return NULL;

  g_autoptr(StrataRemote) named = strata_remote_with_name (remote, get_text (self->name));
  g_autoptr(StrataRemote) signed_in = strata_remote_with_auth (
    named, (StrataRemoteAuth) adw_combo_row_get_selected (self->auth), get_text (self->user));
  g_autoptr(StrataRemote) trusting = strata_remote_with_ca_file (signed_in, self->ca_path);
  g_autoptr(StrataRemote) direct =
    strata_remote_with_proxy (trusting, gtk_switch_get_active (self->proxy));
  g_auto(GStrv) names = split_names (is_oci (self) ? get_text (self->repositories) : "");
  g_autoptr(StrataRemote) whole =
    strata_remote_with_repositories (direct, (const char *const *) names);

  if (self->registry == NULL)
    return g_steal_pointer (&whole);

  return strata_remote_with_id (whole, strata_registry_get_id (self->registry));
}

static void
show_certificate (StrataRegistryDialog *self)
{
  g_autofree char *shown = self->ca_path != NULL ? g_filename_display_basename (self->ca_path)
                                                 : g_strdup (_("Those of the system"));

  adw_action_row_set_subtitle (self->certificate, shown);
  gtk_widget_set_visible (self->forget, self->ca_path != NULL);
}

static void
show_notice (StrataRegistryDialog *self,
             const char           *text,
             gboolean              may_go_on)
{
  gtk_label_set_label (self->reason, text != NULL ? text : "");
  gtk_widget_set_visible (self->anyway, may_go_on);
  gtk_revealer_set_reveal_child (self->notice, text != NULL);
}

static gboolean
is_running (StrataRegistryDialog *self)
{
  return self->is_keeping || strata_job_get_state (self->job) == STRATA_JOB_RUNNING;
}

static void
update (StrataRegistryDialog *self)
{
  guint auth = adw_combo_row_get_selected (self->auth);
  g_autoptr(StrataRemote) remote = make_remote (self, NULL);
  gboolean is_whole =
    remote != NULL && (auth != STRATA_REMOTE_AUTH_BASIC || *get_text (self->user) != '\0')
    && (auth == STRATA_REMOTE_AUTH_NONE || self->registry != NULL || *get_text (self->secret) != '\0');

  gtk_widget_set_visible (GTK_WIDGET (self->repositories), is_oci (self));
  gtk_widget_set_visible (GTK_WIDGET (self->user), auth == STRATA_REMOTE_AUTH_BASIC);
  gtk_widget_set_visible (GTK_WIDGET (self->secret), auth != STRATA_REMOTE_AUTH_NONE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret),
                                 auth == STRATA_REMOTE_AUTH_TOKEN ? _("Token") : _("Password"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept", is_whole && !is_running (self));
  gtk_widget_set_sensitive (self->form, !is_running (self));
  gtk_widget_set_visible (self->spinner, is_running (self));
}

static void
check_cb (StrataRegistryDialog *self)
{
  if (self->workspace == NULL)
    return;

  show_notice (self, NULL, FALSE);
  update (self);
}

/* A name that a person did not type follows the address. */
static void
suggest_name (StrataRegistryDialog *self)
{
  g_autoptr(StrataRemote) remote = make_remote (self, NULL);
  g_autoptr(StrataRemote) nameless = remote != NULL ? strata_remote_with_name (remote, NULL) : NULL;

  if (nameless == NULL || self->registry != NULL
      || !g_str_equal (get_text (self->name), self->suggested))
    return;

  g_free (self->suggested);
  self->suggested = strata_remote_dup_shown (nameless);
  gtk_editable_set_text (self->name, self->suggested);
}

static void
address_cb (StrataRegistryDialog *self)
{
  if (self->workspace != NULL)
    suggest_name (self);
  check_cb (self);
}

static void
begin (StrataRegistryDialog *self,
       gboolean              is_blind)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRemote) remote = make_remote (self, &error);
  const char *secret = get_text (self->secret);

  if (remote == NULL)
    {
      show_notice (self, error->message, FALSE);
      return;
    }

  Trial *trial = g_new0 (Trial, 1);

  trial->registry = strata_registry_list_make_remote (
    strata_workspace_get_registries (self->workspace), remote);
  trial->is_blind = is_blind;
  if (strata_remote_get_auth (remote) != STRATA_REMOTE_AUTH_NONE && *secret != '\0')
    trial->secret = g_strdup (secret);

  show_notice (self, NULL, FALSE);
  g_set_object (&self->tried, remote);
  strata_job_run (self->job, try_thread, trial, (GDestroyNotify) trial_free,
                  (GDestroyNotify) outcome_free);
}

/* What can't be reached now may be there later; what says no to us will go on saying it. */
static gboolean
may_add_unseen (const GError *error)
{
  return g_error_matches (error, STRATA_ERROR, STRATA_ERROR_OFFLINE)
         || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_BUSY)
         || g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SERVER);
}

static void
kept_cb (gpointer   owner,
         StrataJob *job,
         gpointer   data)
{
  StrataRegistryDialog *self = owner;
  Keeping *keeping = data;

  g_signal_emit (self, signals[DONE], 0, strata_remote_get_id (keeping->remote), keeping->reason);
  gtk_window_close (GTK_WINDOW (self));
}

static void
finish (StrataRegistryDialog *self,
        Outcome              *outcome)
{
  StrataRegistryList *registries = strata_workspace_get_registries (self->workspace);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRemote) before =
    self->registry != NULL ? g_object_ref (strata_registry_get_remote (self->registry)) : NULL;
  gboolean ok = self->registry == NULL
                  ? strata_registry_list_add_remote (registries, self->tried, &error)
                  : strata_registry_list_edit_remote (registries, self->tried, &error);

  if (!ok)
    {
      strata_remote_remember (self->tried, outcome->before);
      show_notice (self, error->message, FALSE);
      return;
    }

  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->remote = g_object_ref (self->tried);
  keeping->before = g_steal_pointer (&before);
  keeping->secret = g_strdup (outcome->secret);
  self->is_keeping = TRUE;
  update (self);
  strata_job_start (self, keep_thread, keeping, keeping_free, NULL, kept_cb);
}

static void
job_state_cb (StrataRegistryDialog *self)
{
  const GError *error = strata_job_get_error (self->job);

  update (self);
  if (strata_job_get_state (self->job) == STRATA_JOB_DONE)
    finish (self, strata_job_get_result (self->job));
  else if (strata_job_get_state (self->job) == STRATA_JOB_FAILED)
    show_notice (self, error->message, may_add_unseen (error));
}

static void
accept_cb (StrataRegistryDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "dialog.accept", NULL);
}

static void
accept_action_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  begin (STRATA_REGISTRY_DIALOG (widget), FALSE);
}

static void
anyway_action_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  begin (STRATA_REGISTRY_DIALOG (widget), TRUE);
}

static void
forget_action_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  StrataRegistryDialog *self = STRATA_REGISTRY_DIALOG (widget);

  g_clear_pointer (&self->ca_path, g_free);
  show_certificate (self);
  check_cb (self);
}

static void
chosen_cb (StrataRegistryDialog *self,
           int                   response,
           GtkNativeDialog      *chooser)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    {
      g_free (self->ca_path);
      self->ca_path = g_file_get_path (file);
      show_certificate (self);
      check_cb (self);
    }
  gtk_native_dialog_hide (chooser);
}

static void
choose_action_cb (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  StrataRegistryDialog *self = STRATA_REGISTRY_DIALOG (widget);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Certificate Authority"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Use"), NULL);
  gtk_file_filter_set_name (filter, _("Certificates (.pem, .crt)"));
  gtk_file_filter_add_suffix (filter, "pem");
  gtk_file_filter_add_suffix (filter, "crt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
strata_registry_dialog_dispose (GObject *object)
{
  StrataRegistryDialog *self = STRATA_REGISTRY_DIALOG (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->chooser);
  g_clear_object (&self->workspace);
  g_clear_object (&self->registry);
  g_clear_object (&self->tried);

  G_OBJECT_CLASS (strata_registry_dialog_parent_class)->dispose (object);
}

static void
strata_registry_dialog_finalize (GObject *object)
{
  StrataRegistryDialog *self = STRATA_REGISTRY_DIALOG (object);

  g_clear_pointer (&self->ca_path, g_free);
  g_clear_pointer (&self->suggested, g_free);

  G_OBJECT_CLASS (strata_registry_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, title);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, anyway);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, form);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, address);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, name);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, repositories);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, auth);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, user);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, secret);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, certificate);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, forget);
  gtk_widget_class_bind_template_child (widget_class, StrataRegistryDialog, proxy);
  gtk_widget_class_bind_template_callback (widget_class, address_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
strata_registry_dialog_class_init (StrataRegistryDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_registry_dialog_dispose;
  object_class->finalize = strata_registry_dialog_finalize;

  signals[DONE] = g_signal_new ("done", STRATA_TYPE_REGISTRY_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (STRATA_TYPE_SPINNER);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, accept_action_cb);
  gtk_widget_class_install_action (widget_class, "dialog.add-anyway", NULL, anyway_action_cb);
  gtk_widget_class_install_action (widget_class, "dialog.choose-certificate", NULL,
                                   choose_action_cb);
  gtk_widget_class_install_action (widget_class, "dialog.forget-certificate", NULL,
                                   forget_action_cb);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-registry-dialog.ui");
  bind_template (widget_class);
}

static void
strata_registry_dialog_init (StrataRegistryDialog *self)
{
  self->job = strata_job_new ();
  self->suggested = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
fill (StrataRegistryDialog *self,
      StrataRemote         *remote)
{
  g_autofree char *names = g_strjoinv (" ", (char **) strata_remote_get_repositories (remote));

  adw_combo_row_set_selected (self->kind,
                              g_str_equal (strata_remote_get_kind (remote), kinds[1]) ? 1 : 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), FALSE);
  gtk_editable_set_text (self->address, strata_remote_get_url (remote));
  gtk_editable_set_text (self->name, strata_remote_get_name (remote));
  gtk_editable_set_text (self->repositories, names);
  adw_combo_row_set_selected (self->auth, strata_remote_get_auth (remote));
  gtk_editable_set_text (self->user, strata_remote_get_user (remote));
  self->ca_path = g_strdup (strata_remote_get_ca_file (remote));
  gtk_switch_set_active (self->proxy, strata_remote_get_use_proxy (remote));
  gtk_window_set_title (GTK_WINDOW (self), _("Change Registry"));
  adw_window_title_set_title (self->title, _("Change Registry"));
  gtk_button_set_label (self->accept, _("_Change"));
  gtk_button_set_label (GTK_BUTTON (self->anyway), _("Change Any_way"));
}

/* @registry (nullable): what to change, NULL for a new one */
StrataRegistryDialog *
strata_registry_dialog_new (GtkWidget       *parent,
                            StrataWorkspace *workspace,
                            StrataRegistry  *registry)
{
  g_return_val_if_fail (GTK_IS_WIDGET (parent) && STRATA_IS_WORKSPACE (workspace), NULL);

  GtkRoot *root = gtk_widget_get_root (parent);
  StrataRegistryDialog *self =
    g_object_new (STRATA_TYPE_REGISTRY_DIALOG, "transient-for", root, NULL);

  g_set_object (&self->registry, registry);
  if (registry != NULL)
    fill (self, strata_registry_get_remote (registry));
  self->workspace = g_object_ref (workspace);
  show_certificate (self);
  check_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));

  return self;
}
