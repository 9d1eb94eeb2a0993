/* test-console-dialog.c - a console is added: what is typed, what is tried, what is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "console-desk.h"
#include "console-fixture.h"
#include "strata-accounts.h"
#include "strata-console-dialog.h"

#include <gtksourceview/gtksource.h>

/* A dialog of the desk, and what came of it. */
typedef struct
{
  GtkWidget     *dialog;   /* (unowned): the toolkit's */
  StrataAccount *account;  /* (owned) (nullable) */
  StrataConsole *console;  /* (owned) (nullable) */
} Form;

static void
form_clear (Form *form)
{
  g_clear_object (&form->account);
  g_clear_object (&form->console);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Form, form_clear)

static void
done_cb (GtkWidget     *dialog,
         StrataAccount *account,
         StrataConsole *console,
         const char    *unkept,
         Form          *form)
{
  g_set_object (&form->account, account);
  g_set_object (&form->console, console);
}

static GtkWidget *
find (Form       *form,
      const char *name)
{
  GtkWidget *found = console_desk_find (form->dialog, GTK_TYPE_WIDGET, name);

  g_assert_nonnull (found);

  return found;
}

static void
open_form (Form      *form,
           GtkWidget *dialog)
{
  form->dialog = dialog;
  g_signal_connect (dialog, "done", G_CALLBACK (done_cb), form);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
is_still (gpointer form)
{
  return !gtk_widget_get_visible (find (form, "spinner"));
}

static const char *
get_who (Form *form)
{
  return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (find (form, "who")));
}

/* Tries with what is typed, and waits until somebody answered. */
static void
try_it (Form       *form,
        const char *address,
        const char *key)
{
  if (address != NULL)
    gtk_editable_set_text (GTK_EDITABLE (find (form, "address")), address);
  gtk_editable_set_text (GTK_EDITABLE (find (form, "secret")), key);
  g_assert_true (gtk_widget_activate_action (form->dialog, "dialog.try", NULL));
  console_desk_wait (is_still, form);
}

static gboolean
is_done (gpointer form)
{
  return ((Form *) form)->account != NULL;
}

static void
accept (Form *form)
{
  g_assert_true (gtk_widget_get_sensitive (find (form, "accept")));
  g_assert_true (gtk_widget_activate_action (form->dialog, "dialog.accept", NULL));
  console_desk_wait (is_done, form);
}

/* What nobody has typed yet cannot be tried. */
static void
test_is_empty (ConsoleDesk   *desk,
               gconstpointer  data)
{
  g_auto(Form) form = { NULL };

  open_form (&form, strata_console_dialog_new (GTK_WINDOW (desk->window), desk->folder));
  g_assert_false (gtk_widget_get_sensitive (find (&form, "accept")));
  g_assert_false (gtk_widget_get_sensitive (find (&form, "try_button")));
  gtk_editable_set_text (GTK_EDITABLE (find (&form, "address")), "console.example");
  g_assert_false (gtk_widget_get_sensitive (find (&form, "try_button")));
  gtk_editable_set_text (GTK_EDITABLE (find (&form, "secret")), "a-key");
  g_assert_true (gtk_widget_get_sensitive (find (&form, "try_button")));
  gtk_window_destroy (GTK_WINDOW (form.dialog));
}

/* What is refused is said next to what it is about, and goes as soon as that is changed. */
static void
test_is_refused (ConsoleDesk   *desk,
                 gconstpointer  data)
{
  g_auto(Form) form = { NULL };

  open_form (&form, strata_console_dialog_new (GTK_WINDOW (desk->window), desk->folder));
  try_it (&form, strata_practice_get_address (desk->practice), "no-such-key");
  g_assert_cmpstr (get_who (&form), ==, "Not signed in");
  g_assert_true (gtk_widget_get_visible (find (&form, "secret_reason")));
  g_assert_false (gtk_widget_get_visible (find (&form, "address_reason")));

  try_it (&form, "http://127.0.0.1:9", "no-such-key");
  g_assert_true (gtk_widget_get_visible (find (&form, "address_reason")));
  g_assert_false (gtk_widget_get_visible (find (&form, "secret_reason")));

  gtk_editable_set_text (GTK_EDITABLE (find (&form, "secret")), "another");
  g_assert_false (gtk_widget_get_visible (find (&form, "address_reason")));
  g_assert_cmpstr (get_who (&form), ==, "Not signed in yet");
  gtk_window_destroy (GTK_WINDOW (form.dialog));
}

/* Nothing is added that was not seen to work; then it is there, with its key in the keyring. */
static void
test_adds (ConsoleDesk   *desk,
           gconstpointer  data)
{
  g_auto(Form) form = { NULL };
  g_autoptr(GError) error = NULL;

  open_form (&form, strata_console_dialog_new (GTK_WINDOW (desk->window), desk->folder));
  try_it (&form, strata_practice_get_address (desk->practice), strata_practice_get_api_key (desk->practice));
  g_assert_true (g_str_has_prefix (get_who (&form), "Signed in"));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (find (&form, "project")))), >, 1);
  accept (&form);
  g_assert_nonnull (form.console);
  g_assert_cmpstr (strata_account_get (form.account, STRATA_ACCOUNT_PROJECT_UID), !=, "");

  g_autoptr(StrataConsole) again = strata_account_open (form.account, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
}

/* A key that is not to be kept is not, also where one was kept before. */
static void
test_keeps_nothing (ConsoleDesk   *desk,
                    gconstpointer  data)
{
  g_auto(Form) first = { NULL };
  g_autoptr(GError) error = NULL;

  open_form (&first, strata_console_dialog_new (GTK_WINDOW (desk->window), desk->folder));
  try_it (&first, strata_practice_get_address (desk->practice), strata_practice_get_api_key (desk->practice));
  accept (&first);

  g_auto(Form) second = { NULL };

  open_form (&second,
             strata_console_dialog_new_for_account (GTK_WINDOW (desk->window), desk->folder, first.account));
  g_assert_false (gtk_widget_get_sensitive (find (&second, "address")));
  try_it (&second, NULL, strata_practice_get_api_key (desk->practice));
  gtk_switch_set_active (GTK_SWITCH (find (&second, "keep")), FALSE);
  accept (&second);
  g_assert_cmpstr (strata_account_get_id (second.account), ==, strata_account_get_id (first.account));
  g_assert_null (strata_account_open (second.account, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
}

/* What a console calls its organisation is no markup. */
static void
test_names_are_no_markup (ConsoleDesk   *desk,
                          gconstpointer  data)
{
  static const ConsoleRoute routes[] = {
    { "GET /v1/users/info", 200, "{\"orgName\":\"A & <b>B\",\"tenantUid\":\"t\",\"userUid\":\"u\"}" },
    { "GET /v1/dashboard/projects/metadata", 200, "{\"items\":[]}" },
    { "GET /v1/users/*", 404, "{\"code\":\"X\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autofree char *address = web_dup_url (fixture->web, "");
  g_auto(Form) form = { NULL };

  open_form (&form, strata_console_dialog_new (GTK_WINDOW (desk->window), desk->folder));
  try_it (&form, address, "a-key");
  g_assert_cmpstr (get_who (&form), ==, "Signed in to A & <b>B");
  g_assert_false (adw_preferences_row_get_use_markup (ADW_PREFERENCES_ROW (find (&form, "who"))));
  g_assert_false (adw_preferences_row_get_use_markup (ADW_PREFERENCES_ROW (find (&form, "keep_row"))));
  gtk_window_destroy (GTK_WINDOW (form.dialog));
}

/* A dialog that is closed while it asks lets go. */
static void
test_is_closed_meanwhile (ConsoleDesk   *desk,
                          gconstpointer  data)
{
  static const ConsoleRoute routes[] = { { "GET *", CONSOLE_SILENCE }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autofree char *address = web_dup_url (fixture->web, "");
  g_auto(Form) form = { NULL };

  open_form (&form, strata_console_dialog_new (GTK_WINDOW (desk->window), desk->folder));
  gtk_editable_set_text (GTK_EDITABLE (find (&form, "address")), address);
  gtk_editable_set_text (GTK_EDITABLE (find (&form, "secret")), "a-key");
  g_assert_true (gtk_widget_activate_action (form.dialog, "dialog.try", NULL));
  g_assert_false (gtk_widget_get_sensitive (find (&form, "accept")));
  gtk_window_close (GTK_WINDOW (form.dialog));
  g_assert_null (form.account);
}

#define ADD(name, func) g_test_add (name, ConsoleDesk, NULL, console_desk_set_up, func, console_desk_tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();

  /* GTK warns of an entry that has the keyboard when its window closes. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  ADD ("/app/console-dialog/is-empty", test_is_empty);
  ADD ("/app/console-dialog/is-refused", test_is_refused);
  ADD ("/app/console-dialog/adds", test_adds);
  ADD ("/app/console-dialog/keeps-nothing", test_keeps_nothing);
  ADD ("/app/console-dialog/names-are-no-markup", test_names_are_no_markup);
  ADD ("/app/console-dialog/is-closed-meanwhile", test_is_closed_meanwhile);

  return g_test_run ();
}
