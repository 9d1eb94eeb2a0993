/* strata-assistant-page-private.h - what the files of the assistant's page share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-assistant-basics.h"
#include "strata-assistant-header.h"
#include "strata-assistant-layers.h"
#include "strata-assistant-page.h"
#include "strata-assistant-review.h"
#include "strata-draft-saver.h"
#include "strata-job.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_ASSISTANT_STEP_BASICS = 1,
  STRATA_ASSISTANT_STEP_LAYERS,
  STRATA_ASSISTANT_STEP_REVIEW,
} StrataAssistantStep;

/* What is done once the profile has been loaded. */
typedef enum
{
  STRATA_ASSISTANT_MODE_NEW,
  STRATA_ASSISTANT_MODE_ADD_PACK,
  STRATA_ASSISTANT_MODE_ADD_MANIFEST,
} StrataAssistantMode;

struct _StrataAssistantPage
{
  GtkWidget              parent_instance;
  GtkStack              *stack;
  StrataAssistantHeader *header;
  StrataAssistantBasics *basics;
  StrataAssistantLayers *layers;
  StrataAssistantReview *review;
  AdwStatusPage         *error_page;

  StrataWorkspace       *workspace;  /* (owned) (nullable) */
  StrataProfile         *profile;    /* (owned) (nullable): what has been made so far */
  StrataProfile         *before;     /* (owned) (nullable): before the last layer was removed */
  StrataDraftSaver      *saver;      /* (owned) (nullable): of a new profile */
  StrataJob             *load;       /* (owned) */
  StrataJob             *add;        /* (owned) */
  char                  *id;         /* (owned) (nullable): what is loaded, or added to */
  StrataAssistantMode    mode;
  StrataAssistantStep    step;
  gboolean               closing;
  gboolean               narrow;
};

void strata_assistant_page_install_actions (GtkWidgetClass       *widget_class);
void strata_assistant_page_show_step       (StrataAssistantPage  *self,
                                            StrataAssistantStep   step);
void strata_assistant_page_keep_draft      (StrataAssistantPage  *self);
void strata_assistant_page_end_draft       (StrataAssistantPage  *self);
void strata_assistant_page_leave           (StrataAssistantPage  *self);
void strata_assistant_page_set_profile     (StrataAssistantPage  *self,
                                            StrataProfile        *profile);
void strata_assistant_page_retry           (StrataAssistantPage  *self);

G_END_DECLS
