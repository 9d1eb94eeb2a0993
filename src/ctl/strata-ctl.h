/* strata-ctl.h - one run of stratactl: its command, its arguments and options, and the store
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-store.h"

G_BEGIN_DECLS

/* What the person typed. (all texts owned, nullable) */
typedef struct
{
  gboolean   show_version;
  gboolean   json;
  char      *data_dir;
  char      *version;
  char      *description;
  char     **tags;
  char     **presets;
  char      *values;
  char      *name_space;
  char      *name;
  char      *format;
  char      *output;
  char      *kubernetes;
  char      *schema;
  char      *kind;
  char      *user;
  gboolean   token;
  char      *password_file;
  char      *ca_file;
  char     **repositories;
  gboolean   believe;
  char      *workspace;
  char      *project;
  char      *profile;
  char      *api_key_file;
  char      *email;
  char      *organization;
  gboolean   publish;
  gboolean   all;
  gboolean   offline;
} StrataCtlOptions;

typedef struct
{
  StrataCtlOptions   options;
  char             **arguments;  /* (owned) (nullable): without the command's own words */
  StrataStore       *store;      /* (owned) (nullable): opened when first asked for */
} StrataCtl;

/**
 * StrataCtlCommand:
 * @group: what it is about: "profile", "archive" or "registry"
 * @name: its name in the group; "" for a command that is a group of its own
 * @arguments: how its arguments are written
 * @summary: what it does, marked for translation
 * @options: the options it takes beside those of all, by their long names
 * @least: how many arguments it needs
 * @most: how many it takes
 * @run: does it; %FALSE with a `G_OPTION_ERROR` when it was called wrongly, with any other error when it failed
 *
 * A row of the table of commands.
 */
typedef struct
{
  const char  *group;
  const char  *name;
  const char  *arguments;
  const char  *summary;
  const char  *options;
  guint        least;
  guint        most;
  gboolean   (*run) (StrataCtl  *self,
                     GError    **error);
} StrataCtlCommand;

extern const StrataCtlCommand strata_ctl_profile_commands[];
extern const StrataCtlCommand strata_ctl_layer_commands[];
extern const StrataCtlCommand strata_ctl_exchange_commands[];
extern const StrataCtlCommand strata_ctl_appliance_commands[];
extern const StrataCtlCommand strata_ctl_archive_commands[];
extern const StrataCtlCommand strata_ctl_registry_commands[];
extern const StrataCtlCommand strata_ctl_catalog_commands[];
extern const StrataCtlCommand strata_ctl_lint_commands[];
extern const StrataCtlCommand strata_ctl_console_commands[];
extern const StrataCtlCommand strata_ctl_sync_commands[];

int            strata_ctl_main         (int             argc,
                                        char           *argv[]);

StrataStore   *strata_ctl_get_store    (StrataCtl      *self,
                                        GError        **error);
char          *strata_ctl_dup_workspace (StrataCtl     *self,
                                        GError        **error);
StrataProfile *strata_ctl_load         (StrataCtl      *self,
                                        const char     *name_or_id,
                                        GError        **error);
StrataProfile *strata_ctl_save         (StrataCtl      *self,
                                        StrataProfile  *profile,
                                        StrataReason    reason,
                                        GError        **error);
gboolean       strata_ctl_check_free   (StrataCtl      *self,
                                        StrataProfile  *profile,
                                        GError        **error);

G_END_DECLS
