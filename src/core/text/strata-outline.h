/* strata-outline.h - what is in the texts of a profile, to go to: layers, documents, objects, first keys
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_OUTLINE_LAYER,
  STRATA_OUTLINE_DOCUMENT,
  STRATA_OUTLINE_OBJECT,
  STRATA_OUTLINE_KEY,
} StrataOutlineKind;

/**
 * StrataOutlineEntry:
 * @kind: what it is
 * @title: the name of the layer or document, "Deployment web", or a key
 * @position: the layer
 * @document: "values.yaml" or the manifest's name; of a layer the first that it has
 * @line: from 1
 *
 * One place. All texts are owned.
 */
typedef struct
{
  StrataOutlineKind  kind;
  char              *title;
  guint              position;
  char              *document;
  guint              line;
} StrataOutlineEntry;

GPtrArray *strata_outline_read       (StrataProfile       *profile);
void       strata_outline_entry_free (StrataOutlineEntry  *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataOutlineEntry, strata_outline_entry_free)

G_END_DECLS
