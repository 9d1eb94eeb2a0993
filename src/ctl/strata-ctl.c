/* strata-ctl.c - from a command line to a command: parse, help, run, exit status
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include "config.h"

#include "strata-ctl.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "strata-ctl-print.h"
#include "strata-error.h"

#define PROGRAM "stratactl"
#define EXIT_USAGE 2
#define COLUMN 43  /* where the summaries of the commands start */

static const StrataCtlCommand *const tables[] = {
  strata_ctl_profile_commands,
  strata_ctl_layer_commands,
  strata_ctl_exchange_commands,
  strata_ctl_archive_commands,
  strata_ctl_registry_commands,
  strata_ctl_catalog_commands,
  strata_ctl_lint_commands,
  strata_ctl_sync_commands,
  strata_ctl_console_commands,
  strata_ctl_appliance_commands,
};

static void
strata_ctl_clear (StrataCtl *self)
{
  g_clear_pointer (&self->options.data_dir, g_free);
  g_clear_pointer (&self->options.version, g_free);
  g_clear_pointer (&self->options.description, g_free);
  g_clear_pointer (&self->options.tags, g_strfreev);
  g_clear_pointer (&self->options.presets, g_strfreev);
  g_clear_pointer (&self->options.values, g_free);
  g_clear_pointer (&self->options.name_space, g_free);
  g_clear_pointer (&self->options.name, g_free);
  g_clear_pointer (&self->options.format, g_free);
  g_clear_pointer (&self->options.output, g_free);
  g_clear_pointer (&self->options.kubernetes, g_free);
  g_clear_pointer (&self->options.schema, g_free);
  g_clear_pointer (&self->options.kind, g_free);
  g_clear_pointer (&self->options.user, g_free);
  g_clear_pointer (&self->options.password_file, g_free);
  g_clear_pointer (&self->options.ca_file, g_free);
  g_clear_pointer (&self->options.repositories, g_strfreev);
  g_clear_pointer (&self->options.workspace, g_free);
  g_clear_pointer (&self->options.project, g_free);
  g_clear_pointer (&self->options.profile, g_free);
  g_clear_pointer (&self->options.api_key_file, g_free);
  g_clear_pointer (&self->options.email, g_free);
  g_clear_pointer (&self->options.organization, g_free);
  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_object (&self->store);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataCtl, strata_ctl_clear)

/* The store that --data-dir names, or this person's own: the workspace that is used. */
StrataStore *
strata_ctl_get_store (StrataCtl *self,
                      GError   **error)
{
  if (self->store != NULL)
    return self->store;

  g_autofree char *workspace = strata_ctl_dup_workspace (self, error);

  if (workspace != NULL)
    self->store = strata_store_open_workspace (self->options.data_dir, workspace, error);

  return self->store;
}

StrataProfile *
strata_ctl_load (StrataCtl  *self,
                 const char *name_or_id,
                 GError    **error)
{
  StrataStore *store = strata_ctl_get_store (self, error);
  g_autofree char *id = store != NULL ? strata_store_resolve (store, name_or_id, error) : NULL;

  return id != NULL ? strata_store_load (store, id, NULL, error) : NULL;
}

StrataProfile *
strata_ctl_save (StrataCtl     *self,
                 StrataProfile *profile,
                 StrataReason   reason,
                 GError       **error)
{
  StrataStore *store = strata_ctl_get_store (self, error);

  return store != NULL ? strata_store_save (store, profile, reason, NULL, error) : NULL;
}

/* Two profiles of one name and version could only be told apart by their ids. */
gboolean
strata_ctl_check_free (StrataCtl     *self,
                       StrataProfile *profile,
                       GError       **error)
{
  StrataStore *store = strata_ctl_get_store (self, error);
  g_autoptr(GPtrArray) entries = store != NULL ? strata_store_list (store, NULL, error) : NULL;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (g_str_equal (strata_entry_get_name (entries->pdata[i]),
                     strata_profile_get_name (profile)) &&
        g_str_equal (strata_entry_get_version (entries->pdata[i]),
                     strata_profile_get_version (profile)))
      {
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                     _("There is already a profile %s %s (%s): choose another name or version"),
                        strata_profile_get_name (profile), strata_profile_get_version (profile),
                        strata_entry_get_id (entries->pdata[i]));
        return FALSE;
      }

  return entries != NULL;
}

static void
add_options (GOptionContext *context,
             StrataCtl      *self,
             const char     *wanted)
{
  StrataCtlOptions *options = &self->options;
  const GOptionEntry all[] = {
    { "version", 0, 0, G_OPTION_ARG_STRING, &options->version,
      N_("Version, as 1.0.0"), N_("VERSION") },
    { "description", 0, 0, G_OPTION_ARG_STRING, &options->description,
      N_("Description"), N_("TEXT") },
    { "tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->tags,
      N_("Tag, as a word or key:value; can be repeated"), N_("TAG") },
    { "preset", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->presets,
      N_("Preset of the pack to apply; can be repeated"), N_("GROUP:NAME") },
    { "values", 0, 0, G_OPTION_ARG_FILENAME, &options->values,
      N_("Values to start with"), N_("FILE") },
    { "namespace", 0, 0, G_OPTION_ARG_STRING, &options->name_space,
      N_("Kubernetes namespace"), N_("NAMESPACE") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options->name,
      N_("Name of the layer, or of the registry"), N_("NAME") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format,
      N_("json or yaml"), N_("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      N_("Where to write; - is the output"), N_("FILE") },
    { "kubernetes", 0, 0, G_OPTION_ARG_STRING, &options->kubernetes,
      N_("Version of Kubernetes, as 1.30"), N_("VERSION") },
    { "schema", 0, 0, G_OPTION_ARG_FILENAME, &options->schema,
      N_("JSON Schema of values, or definitions of kinds"), N_("FILE") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options->kind,
      N_("helm or oci"), N_("KIND") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options->user,
      N_("User name; the password comes from STRATA_REGISTRY_PASSWORD or a file"), N_("USER") },
    { "token", 0, 0, G_OPTION_ARG_NONE, &options->token,
      N_("What comes from there is a token"), NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options->password_file,
      N_("File with the password or token"), N_("FILE") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
      N_("Certificates of authorities to trust there as well"), N_("FILE") },
    { "repository", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->repositories,
      N_("Repository of a registry that does not list them; can be repeated"), N_("PATH") },
    { "believe", 0, 0, G_OPTION_ARG_NONE, &options->believe,
      N_("Take a list also when it is much shorter than before"), NULL },
    { "project", 0, 0, G_OPTION_ARG_STRING, &options->project,
      N_("Name or uid of the project; all of the tenant without"), N_("PROJECT") },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &options->profile,
      N_("Only appliances of this profile, by its name or uid"), N_("PROFILE") },
    { "api-key-file", 0, 0, G_OPTION_ARG_FILENAME, &options->api_key_file,
      N_("File with the API key; else it comes from STRATA_API_KEY or the keyring"), N_("FILE") },
    { "email", 0, 0, G_OPTION_ARG_STRING, &options->email,
      N_("Sign in by e-mail and password; it is asked for, or comes from --password-file"), N_("EMAIL") },
    { "organization", 0, 0, G_OPTION_ARG_STRING, &options->organization,
      N_("Which organization, where an e-mail is of more than one"), N_("NAME") },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
      N_("Certificates of authorities to trust there as well"), N_("FILE") },
    { "publish", 0, 0, G_OPTION_ARG_NONE, &options->publish,
      N_("Publish what is sent"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options->all,
      N_("All that there is to do"), NULL },
    { "offline", 0, 0, G_OPTION_ARG_NONE, &options->offline,
      N_("Say what is known without asking the console"), NULL },
  };
  g_auto(GStrv) names = g_strsplit (wanted, " ", -1);
  GOptionEntry chosen[G_N_ELEMENTS (all) + 1] = { 0 };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strv_contains ((const char *const *) names, all[i].long_name))
      chosen[n++] = all[i];

  g_option_context_add_main_entries (context, chosen, GETTEXT_PACKAGE);
}

static void
add_common_options (GOptionContext *context,
                    StrataCtl      *self)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->options.json, N_("Print JSON"), NULL },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->options.data_dir,
      N_("Keep the profiles there"), N_("DIR") },
    { "workspace", 0, 0, G_OPTION_ARG_STRING, &self->options.workspace,
      N_("Work there instead: local, or a console that was added"), N_("ID") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static const StrataCtlCommand *
find_command (const char *group,
              const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const StrataCtlCommand *command = tables[i]; command->group != NULL; command++)
      if (g_str_equal (command->group, group) &&
          (name == NULL || g_str_equal (command->name, name)))
        return command;

  return NULL;
}

/* The translation of an empty text is no empty text. */
static const char *
show_arguments (const StrataCtlCommand *command)
{
  return *command->arguments != '\0' ? _(command->arguments) : "";
}

/* As a person types it. */
static char *
name_command (const StrataCtlCommand *command)
{
  return *command->name != '\0' ? g_strdup_printf ("%s %s", command->group, command->name)
                                : g_strdup (command->group);
}

/* What is too long for its column has a line of its own. */
static void
append_row (GString    *text,
            const char *usage,
            const char *summary)
{
  guint width = strata_ctl_measure (usage);
  gboolean is_long = width > COLUMN;

  g_string_append_printf (text, "\n  %s%s%*s %s", usage, is_long ? "\n  " : "", (int) (is_long ? COLUMN : COLUMN - width),
                          "", summary);
}

/* A line for each command; @group may be NULL for all. */
static char *
list_commands (const char *group)
{
  GString *text = g_string_new (
    _("ID is the id of a profile, its name, or its name and version as name@1.0.0.\n"));

  g_string_append_printf (text, "\n%s", _("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const StrataCtlCommand *command = tables[i]; command->group != NULL; command++)
      if (group == NULL || g_str_equal (command->group, group))
        {
          g_autofree char *name = name_command (command);
          g_autofree char *line = g_strdup_printf ("%s %s", name, show_arguments (command));

          append_row (text, line, _(command->summary));
        }

  return g_string_free (text, FALSE);
}

static GOptionContext *
new_context (StrataCtl  *self,
             const char *parameters,
             const char *summary,
             const char *description)
{
  GOptionContext *context = g_option_context_new (parameters);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  add_common_options (context, self);

  return context;
}

static gboolean
print_group_help (StrataCtl  *self,
                  const char *group)
{
  g_autofree char *list = list_commands (group);
  g_autofree char *parameters = g_strdup_printf ("%s %s", group, _("COMMAND …"));
  g_autoptr(GOptionContext) context = new_context (self, parameters, list, NULL);
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

  strata_ctl_print ("%s", help);

  return TRUE;
}

G_GNUC_PRINTF (2, 3)
static gboolean
set_usage (GError     **error,
           const char  *format,
           ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (
    error, g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, arguments));
  va_end (arguments);

  return FALSE;
}

static gboolean
check_arguments (const StrataCtlCommand *command,
                 StrataCtl              *self,
                 GError                **error)
{
  guint n = g_strv_length (self->arguments);
  g_autofree char *name = name_command (command);

  if (n < command->least || n > command->most)
    return set_usage (error, _("Use it as “%s %s %s”"), PROGRAM, name, show_arguments (command));

  for (guint i = 0; i < n; i++)
    if (!g_utf8_validate (self->arguments[i], -1, NULL))
      return set_usage (error, _("Argument %u is not UTF-8"), i + 1);

  return TRUE;
}

static gboolean
run_command (StrataCtl              *self,
             const StrataCtlCommand *command,
             char                  **words,
             GError                **error)
{
  g_autofree char *name = name_command (command);
  g_autofree char *program = g_strdup_printf ("%s %s", PROGRAM, name);
  g_autoptr(GOptionContext) context =
    new_context (self, show_arguments (command), _(command->summary), NULL);
  g_auto(GStrv) arguments = g_strdupv (words);

  add_options (context, self, command->options);
  g_set_prgname (program);

  if (!g_option_context_parse_strv (context, &arguments, error))
    return FALSE;

  /* The first is the program's place. */
  self->arguments = g_strdupv (arguments + 1);

  if (self->arguments[0] != NULL && g_str_equal (self->arguments[0], "--"))
    {
      g_strfreev (self->arguments);
      self->arguments = g_strdupv (arguments + 2);
    }

  return check_arguments (command, self, error) && command->run (self, error);
}

static gboolean
is_help (const char *word)
{
  return g_str_equal (word, "--help") || g_str_equal (word, "-h") || g_str_equal (word, "help");
}

/* @words: the program, the group, the command, and the rest. */
static gboolean
dispatch (StrataCtl *self,
          char     **words,
          GError   **error)
{
  guint n = g_strv_length (words);

  if (n < 2)
    return set_usage (error, _("Say what to do; “%s --help” lists the commands"), PROGRAM);

  if (find_command (words[1], NULL) == NULL)
    return set_usage (error, _("There is no “%s”; “%s --help” lists the commands"), words[1],
                                PROGRAM);

  const StrataCtlCommand *alone = find_command (words[1], "");

  if (alone != NULL)
    return run_command (self, alone, words + 1, error);

  if (n < 3)
    return set_usage (error, _("Say what to do; “%s %s --help” lists the commands"), PROGRAM,
                                words[1]);

  if (is_help (words[2]))
    return print_group_help (self, words[1]);

  const StrataCtlCommand *command = find_command (words[1], words[2]);

  if (command == NULL)
    return set_usage (error, _("There is no “%s %s”; “%s %s --help” lists the commands"), words[1],
                                words[2], PROGRAM, words[1]);

  return run_command (self, command, words + 2, error);
}

static gboolean
parse_and_run (StrataCtl *self,
               char     **argv,
               GError   **error)
{
  g_autofree char *list = list_commands (NULL);
  g_autoptr(GOptionContext) context = new_context (
    self, _("COMMAND …"),
             _("System profiles for edge appliances, made and checked on the command line"), list);
  const GOptionEntry version[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->options.show_version,
      N_("Print the version"), NULL },
      { NULL },
  };
  g_auto(GStrv) words = g_strdupv (argv);

  g_option_context_add_main_entries (context, version, GETTEXT_PACKAGE);
  g_option_context_set_strict_posix (context, TRUE);

  if (!g_option_context_parse_strv (context, &words, error))
    return FALSE;

  if (self->options.show_version)
    {
      strata_ctl_print ("%s %s\n", PROGRAM, PACKAGE_VERSION);
      return TRUE;
    }

  return dispatch (self, words, error);
}

/* One sentence, one line. */
static void
print_error (GError *error)
{
  g_autofree char *shown = strata_ctl_show_text (error->message);

  g_printerr ("%s: %s\n", PROGRAM, shown);
}

/* What the store and others below have to say reads like what stratactl says itself. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           void            *data)
{
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE)) == 0)
    return g_log_writer_default (level, fields, n_fields, data);

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      strata_ctl_warn ("%s", (const char *) fields[i].value);

  return G_LOG_WRITER_HANDLED;
}

/* Returns 0 when it was done, 1 when it failed, 2 when it was called wrongly. */
int
strata_ctl_main (int   argc,
                 char *argv[])
{
  g_auto(StrataCtl) self = { 0 };
  g_autoptr(GError) error = NULL;

  g_set_prgname (PROGRAM);
  g_log_set_writer_func (write_log, NULL, NULL);

  if (parse_and_run (&self, argv, &error) && strata_ctl_flush (&error))
    return EXIT_SUCCESS;

  print_error (error);

  return error->domain == G_OPTION_ERROR ? EXIT_USAGE : EXIT_FAILURE;
}
