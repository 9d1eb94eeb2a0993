/* strata-kind.c - one kind of Kubernetes object: its fields, what they take, and which versions have them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kind"

#include "strata-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Before this nothing is looked at. */
#define OLDEST 28

/**
 * strata_kind_span_get_state:
 * @span: when something came and went
 * @kubernetes: a minor version, or 0 when it is not known
 *
 * Of a version that is not known is said only what holds for all that are in use.
 *
 * Returns: how it stands there
 */
StrataKindState
strata_kind_span_get_state (const StrataKindSpan *span,
                            guint                 kubernetes)
{
  g_return_val_if_fail (span != NULL, STRATA_KIND_SERVED);

  guint version = kubernetes != 0 ? kubernetes : OLDEST;
  gboolean is_known = kubernetes != 0;

  if (span->went_last != 0 && version >= span->went_last)
    return STRATA_KIND_REMOVED;
  if (is_known && version < span->came_first)
    return STRATA_KIND_NOT_YET;
  if (is_known &&
      (version < span->came_last || (span->went_first != 0 && version >= span->went_first)))
    return STRATA_KIND_MAYBE;
  if (span->deprecated != 0 && version >= span->deprecated)
    return STRATA_KIND_DEPRECATED;

  return STRATA_KIND_SERVED;
}

/**
 * strata_kind_type_find:
 * @type: a type
 * @name: a key
 *
 * Returns: (transfer none) (nullable): its field of that name; %NULL when it has none
 */
const StrataKindField *
strata_kind_type_find (const StrataKindType *type,
                       const char           *name)
{
  g_return_val_if_fail (type != NULL && name != NULL, NULL);

  guint first = 0, behind = type->n_fields;

  while (first < behind)
    {
      guint middle = first + (behind - first) / 2;
      int order = strcmp (name, type->fields[middle].name);

      if (order == 0)
        return &type->fields[middle];
      if (order < 0)
        behind = middle;
      else
        first = middle + 1;
    }

  return NULL;
}

/**
 * strata_kind_walk:
 * @kind: a kind
 * @path: (array zero-terminated=1): keys from the object down; any word stands for an item of a list
 * @field: (out) (optional) (nullable) (transfer none): the field that the path ends in, or whose item it is
 *
 * Finds what is expected at a place in an object, for completion and for what is said under the pointer.
 *
 * Returns: (transfer none) (nullable): its type; %NULL when it is not known
 */
const StrataKindType *
strata_kind_walk (const StrataKind       *kind,
                  const char *const      *path,
                  const StrataKindField **field)
{
  g_return_val_if_fail (kind != NULL && path != NULL, NULL);

  const StrataKindType *type = kind->type;
  const StrataKindField *found = NULL;

  for (guint i = 0; path[i] != NULL && type != NULL; i++)
    if (type->form == STRATA_KIND_LIST || type->form == STRATA_KIND_MAP)
      {
        type = type->item;
      }
    else
      {
        found = strata_kind_type_find (type, path[i]);
        type = found != NULL ? found->type : NULL;
      }

  if (field != NULL)
    *field = type != NULL ? found : NULL;

  return type;
}

static const char *
describe_form (StrataKindForm form)
{
  switch (form)
    {
    case STRATA_KIND_STRING:
      return _("text");
    case STRATA_KIND_BYTES:
      return _("text in Base64");
    case STRATA_KIND_TIME:
      return _("time, as 2024-01-31T12:00:00Z");
    case STRATA_KIND_BOOLEAN:
      return _("true or false");
    case STRATA_KIND_INT32:
    case STRATA_KIND_INT64:
      return _("whole number");
    case STRATA_KIND_NUMBER:
      return _("number");
    case STRATA_KIND_QUANTITY:
      return _("quantity, as 500m or 1Gi");
    case STRATA_KIND_INT_OR_STRING:
      return _("whole number or text");
    case STRATA_KIND_OBJECT:
    case STRATA_KIND_STRUCT:
    case STRATA_KIND_MAP:
      return _("keys with values");
    case STRATA_KIND_LIST:
      return _("list");
    case STRATA_KIND_ANY:
    default:
      return _("anything");
    }
}

/**
 * strata_kind_type_describe:
 * @type: a type
 *
 * Returns: (transfer full): what it takes, translated: "whole number", "list: Container"
 */
char *
strata_kind_type_describe (const StrataKindType *type)
{
  g_return_val_if_fail (type != NULL, NULL);

  if (type->form == STRATA_KIND_LIST)
    {
      g_autofree char *item = strata_kind_type_describe (type->item);

      return g_strdup_printf (_("list: %s"), item);
    }

  const char *dot = type->name != NULL ? strrchr (type->name, '.') : NULL;

  return g_strdup (dot != NULL ? dot + 1 : describe_form (type->form));
}
