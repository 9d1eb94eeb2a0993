/* strata-record.h - the small key file of a profile: its newest revision, what a list shows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-entry.h"
#include "strata-link.h"
#include "strata-profile.h"

G_BEGIN_DECLS

/* Made by strata_record_parse() or strata_record_new(), changed by strata_record_update(). */
typedef struct
{
  GKeyFile *file;        /* (owned): with what a newer version may have added to it */
  char     *head;        /* (owned) (not nullable) */
  char     *parent;      /* (owned) (not nullable) the one before head, for when head is damaged */
  char     *aside;       /* (owned) (not nullable) a revision of what was begun for it, "" for none */
  StrataLink *link;      /* (owned) (not nullable) what is known of it at its console */
  gboolean  is_base;     /* head is another revision than the base, and says the same */
  guint     draft_step;
} StrataRecord;

StrataRecord *strata_record_new      (void);
StrataRecord *strata_record_parse    (const char     *data,
                                      gsize           size,
                                      GError        **error);
StrataRecord *strata_record_load     (const char     *path,
                                      GError        **error);
void          strata_record_free     (StrataRecord   *self);

void          strata_record_update   (StrataRecord   *self,
                                      StrataProfile  *profile,
                                      const char     *head,
                                      const char     *parent,
                                      gint64          time);
void          strata_record_set_base (StrataRecord   *self,
                                      const char     *base);
void          strata_record_set_link (StrataRecord   *self,
                                      const StrataLink *link);
void          strata_record_set_is_base (StrataRecord *self,
                                      gboolean        is_base);
gboolean      strata_record_is_changed (StrataRecord *self);
void          strata_record_set_aside (StrataRecord  *self,
                                      const char     *aside);
void          strata_record_set_draft_step (StrataRecord *self,
                                      guint           step);
char         *strata_record_to_data  (StrataRecord   *self,
                                      gsize          *size);
StrataEntry  *strata_record_to_entry (StrataRecord   *self,
                                      const char     *id,
                                      gboolean        in_trash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRecord, strata_record_free)

G_END_DECLS
