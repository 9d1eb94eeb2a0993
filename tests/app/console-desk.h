/* console-desk.h - a window and a sandbox for each test, with a console that was added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "practice-end.h"
#include "strata-window.h"

/* A window on a store of its own, and who answers. */
typedef struct
{
  char            *folder;    /* (owned) */
  StrataPractice  *practice;  /* (owned) (nullable): a sandbox with its example */
  StrataWorkspace *home;      /* (owned) */
  StrataWindow    *window;    /* (unowned) (nullable): the toolkit's */
} ConsoleDesk;

typedef gboolean (*ConsoleDeskCondition) (gpointer data);

void             console_desk_set_up         (ConsoleDesk          *self,
                                              gconstpointer         data);
void             console_desk_tear_down      (ConsoleDesk          *self,
                                              gconstpointer         data);

void             console_desk_wait           (ConsoleDeskCondition  condition,
                                              gpointer              data);

char            *console_desk_add_account    (ConsoleDesk          *self,
                                              const char           *name,
                                              const char           *project_uid);
StrataWorkspace *console_desk_open           (ConsoleDesk          *self,
                                              const char           *id);
StrataWorkspace *console_desk_sign_in        (ConsoleDesk          *self,
                                              const char           *id);
char            *console_desk_add_profile    (StrataWorkspace      *workspace,
                                              const char           *name);

GtkWidget       *console_desk_find           (GtkWidget            *top,
                                              GType                 type,
                                              const char           *name);
GtkWindow       *console_desk_find_dialog    (ConsoleDesk          *self,
                                              GType                 type);
