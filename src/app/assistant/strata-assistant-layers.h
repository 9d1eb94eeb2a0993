/* strata-assistant-layers.h - the second step: the stack, what there is to choose, and the layer being made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-profile.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* Properties "narrow" and "can-go-back". Signals "changed" (StrataProfile: layers were moved or removed), "confirmed"
 * (StrataLayer), "pending" (a layer was begun, edited or given up) and "removed" (its name). What it
 * offers to undo names the page's action "assistant.take-up". */
#define STRATA_TYPE_ASSISTANT_LAYERS (strata_assistant_layers_get_type ())

G_DECLARE_FINAL_TYPE (StrataAssistantLayers, strata_assistant_layers, STRATA, ASSISTANT_LAYERS, GtkWidget)

void         strata_assistant_layers_set_workspace (StrataAssistantLayers  *self,
                                                    StrataWorkspace        *workspace);
void         strata_assistant_layers_set_profile   (StrataAssistantLayers  *self,
                                                    StrataProfile          *profile);
void         strata_assistant_layers_set_editable  (StrataAssistantLayers  *self,
                                                    gboolean                editable);
void         strata_assistant_layers_add_pack      (StrataAssistantLayers  *self);
void         strata_assistant_layers_add_manifest  (StrataAssistantLayers  *self);
void         strata_assistant_layers_resume        (StrataAssistantLayers  *self,
                                                    StrataLayer            *layer);
void         strata_assistant_layers_take_up       (StrataAssistantLayers  *self);
void         strata_assistant_layers_end_pending   (StrataAssistantLayers  *self);
gboolean     strata_assistant_layers_has_pending   (StrataAssistantLayers  *self);
StrataLayer *strata_assistant_layers_dup_edited    (StrataAssistantLayers  *self);
void         strata_assistant_layers_confirm       (StrataAssistantLayers  *self);
void         strata_assistant_layers_search        (StrataAssistantLayers  *self);
gboolean     strata_assistant_layers_get_can_go_back (StrataAssistantLayers *self);
gboolean     strata_assistant_layers_go_back       (StrataAssistantLayers  *self);

G_END_DECLS
