/* strata-session.h - what was open, kept in the state folder so that a crash does not lose it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define STRATA_TYPE_SESSION (strata_session_get_type ())

G_DECLARE_FINAL_TYPE (StrataSession, strata_session, STRATA, SESSION, GObject)

StrataSession *strata_session_new           (const char     *path);
char          *strata_session_make_path     (const char     *data_dir);

char          *strata_session_get_workspace (StrataSession  *self);
void           strata_session_set_workspace (StrataSession  *self,
                                             const char     *workspace);
void           strata_session_forget        (StrataSession  *self,
                                             const char     *workspace);

char          *strata_session_get_place     (StrataSession  *self);
GVariant      *strata_session_get_tabs      (StrataSession  *self);

void           strata_session_set           (StrataSession  *self,
                                             const char     *place,
                                             GVariant       *tabs);
void           strata_session_flush         (StrataSession  *self);

G_END_DECLS
