/* strata-draft.c - one profile being edited, with every step there and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-draft"

#include "strata-draft.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_STEPS 10000               /* a step shares all but what it changed, so many are cheap */
#define MAX_SIZE (256 * 1024 * 1024)  /* bytes of what the steps do not share: each word typed keeps a whole text */

/* A value the draft once had, and what was done to get away from it. */
typedef struct
{
  StrataProfile *profile;  /* (owned) (not nullable) */
  char          *label;    /* (owned) (not nullable) */
  gsize          size;     /* bytes that the value after it does not share */
} Step;

struct _StrataDraft
{
  GObject        parent_instance;
  StrataProfile *profile;       /* (owned) (not nullable) */
  StrataProfile *base;          /* (owned) (not nullable) */
  GPtrArray     *undo;          /* (owned) (not nullable) (element-type Step): newest last */
  GPtrArray     *redo;          /* (owned) (not nullable) (element-type Step): nearest last */
  gsize          size;          /* of all steps to undo */
  char          *place;         /* (owned) (nullable): where a word is being typed, NULL when nothing is */
  gboolean       is_deleting;   /* the word is being deleted, not typed */
  gboolean       ends_in_space; /* what was typed last ends in white space */
};

typedef enum
{
  PROP_PROFILE = 1,
  PROP_BASE,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
} StrataDraftProperty;

static GParamSpec *properties[PROP_CAN_REDO + 1];

G_DEFINE_FINAL_TYPE (StrataDraft, strata_draft, G_TYPE_OBJECT)

static gsize
measure_manifests (GPtrArray *manifests,
                   GPtrArray *after)
{
  gsize size = 0;

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataBlob *content = strata_manifest_get_content (manifests->pdata[i]);

      if (after == NULL || i >= after->len || content != strata_manifest_get_content (after->pdata[i]))
        size += strata_blob_get_size (content);
    }

  return size;
}

/* The texts of @profile that @after does not have at the same place. */
static gsize
measure (StrataProfile *profile,
         StrataProfile *after)
{
  GPtrArray *layers = strata_profile_get_layers (profile);
  GPtrArray *others = strata_profile_get_layers (after);
  gsize size = 0;

  for (guint i = 0; i < layers->len; i++)
    {
      StrataLayer *layer = layers->pdata[i];
      StrataLayer *other = i < others->len ? others->pdata[i] : NULL;

      if (layer == other)
        continue;

      StrataBlob *values = strata_layer_get_values (layer);

      if (other == NULL || values != strata_layer_get_values (other))
        size += strata_blob_get_size (values);
      size += measure_manifests (strata_layer_get_manifests (layer),
                                 other != NULL ? strata_layer_get_manifests (other) : NULL);
    }

  return size;
}

static Step *
step_new (StrataProfile *profile,
          const char    *label,
          StrataProfile *after)
{
  Step *step = g_new (Step, 1);

  step->profile = g_object_ref (profile);
  step->label = g_strdup (label);
  step->size = measure (profile, after);

  return step;
}

static void
step_free (Step *step)
{
  g_object_unref (step->profile);
  g_free (step->label);
  g_free (step);
}

static void
notify_all (StrataDraft *self,
            gboolean     could_undo,
            gboolean     could_redo)
{
  if (could_undo != strata_draft_get_can_undo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  if (could_redo != strata_draft_get_can_redo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROFILE]);
}

/* The oldest steps go when there are too many, or when they hold too much; the newest stays in any case. */
static void
add_undo (StrataDraft *self,
          Step        *step)
{
  g_ptr_array_add (self->undo, step);
  self->size += step->size;
  while (self->undo->len > 1 && (self->undo->len > MAX_STEPS || self->size > MAX_SIZE))
    {
      self->size -= ((const Step *) self->undo->pdata[0])->size;
      g_ptr_array_remove_index (self->undo, 0);
    }
}

static void
set_profile (StrataDraft   *self,
             StrataProfile *profile,
             const char    *label)
{
  gboolean could_undo = strata_draft_get_can_undo (self);
  gboolean could_redo = strata_draft_get_can_redo (self);

  if (label != NULL)
    add_undo (self, step_new (self->profile, label, profile));
  g_ptr_array_set_size (self->redo, 0);
  g_set_object (&self->profile, profile);
  notify_all (self, could_undo, could_redo);
}

/* To where @step leads; it is used up. */
static void
travel (StrataDraft *self,
        Step        *step)
{
  g_set_object (&self->profile, step->profile);
  step_free (step);
  g_clear_pointer (&self->place, g_free);
}

static gboolean
ends_in_space (const char *text)
{
  const char *last = g_utf8_find_prev_char (text, text + strlen (text));

  return last != NULL && g_unichar_isspace (g_utf8_get_char (last));
}

/* Whether @typed goes on with the word that the newest step began. */
static gboolean
continues_word (StrataDraft *self,
                const char  *place,
                const char  *typed)
{
  if (g_strcmp0 (self->place, place) != 0 || self->is_deleting != (typed == NULL))
    return FALSE;
  if (typed == NULL)
    return TRUE;
  if (g_utf8_strlen (typed, -1) > 1)
    return FALSE;

  return !self->ends_in_space || g_unichar_isspace (g_utf8_get_char (typed));
}

static void
strata_draft_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  StrataDraft *self = STRATA_DRAFT (object);

  switch ((StrataDraftProperty) property_id)
    {
    case PROP_PROFILE:
      g_value_set_object (value, self->profile);
      break;
    case PROP_BASE:
      g_value_set_object (value, self->base);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, strata_draft_get_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, strata_draft_get_can_redo (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
strata_draft_finalize (GObject *object)
{
  StrataDraft *self = STRATA_DRAFT (object);

  g_clear_object (&self->profile);
  g_clear_object (&self->base);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
  g_clear_pointer (&self->place, g_free);

  G_OBJECT_CLASS (strata_draft_parent_class)->finalize (object);
}

static void
strata_draft_class_init (StrataDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_draft_get_property;
  object_class->finalize = strata_draft_finalize;

  properties[PROP_PROFILE] =
    g_param_spec_object ("profile", NULL, NULL, STRATA_TYPE_PROFILE, flags);
  properties[PROP_BASE] = g_param_spec_object ("base", NULL, NULL, STRATA_TYPE_PROFILE, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_draft_init (StrataDraft *self)
{
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
}

/**
 * strata_draft_new:
 * @profile: the profile to edit
 *
 * A draft belongs to one thread. Its profile and base are values and may go to others.
 *
 * Returns: (transfer full): a draft of @profile, which is also its base
 */
StrataDraft *
strata_draft_new (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  StrataDraft *self = g_object_new (STRATA_TYPE_DRAFT, NULL);

  self->profile = g_object_ref (profile);
  self->base = g_object_ref (profile);

  return self;
}

/**
 * strata_draft_get_profile:
 * @self: a draft
 *
 * Returns: (transfer none): the profile as it is now
 */
StrataProfile *
strata_draft_get_profile (StrataDraft *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT (self), NULL);

  return self->profile;
}

/**
 * strata_draft_get_base:
 * @self: a draft
 *
 * Returns: (transfer none): the profile that changes are counted from
 */
StrataProfile *
strata_draft_get_base (StrataDraft *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT (self), NULL);

  return self->base;
}

/**
 * strata_draft_get_can_undo:
 * @self: a draft
 *
 * Returns: whether there is a step to take back
 */
gboolean
strata_draft_get_can_undo (StrataDraft *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT (self), FALSE);

  return self->undo->len > 0;
}

/**
 * strata_draft_get_can_redo:
 * @self: a draft
 *
 * Returns: whether there is a step that was taken back
 */
gboolean
strata_draft_get_can_redo (StrataDraft *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT (self), FALSE);

  return self->redo->len > 0;
}

static const char *
get_label (GPtrArray *steps)
{
  return steps->len == 0 ? NULL : ((Step *) g_ptr_array_index (steps, steps->len - 1))->label;
}

/**
 * strata_draft_get_undo_label:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what undo would take back, %NULL when nothing
 */
const char *
strata_draft_get_undo_label (StrataDraft *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT (self), NULL);

  return get_label (self->undo);
}

/**
 * strata_draft_get_redo_label:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what redo would do again, %NULL when nothing
 */
const char *
strata_draft_get_redo_label (StrataDraft *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT (self), NULL);

  return get_label (self->redo);
}

/**
 * strata_draft_is_changed:
 * @self: a draft
 *
 * Returns: whether the profile differs from the base
 */
gboolean
strata_draft_is_changed (StrataDraft *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT (self), FALSE);

  return !strata_profile_equal (self->profile, self->base);
}

/**
 * strata_draft_set_base:
 * @self: a draft
 * @base: what changes are counted from, as after a save
 *
 * Leaves the profile and its steps as they are.
 */
void
strata_draft_set_base (StrataDraft   *self,
                       StrataProfile *base)
{
  g_return_if_fail (STRATA_IS_DRAFT (self) && STRATA_IS_PROFILE (base));

  if (g_set_object (&self->base, base))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BASE]);
}

/**
 * strata_draft_apply:
 * @self: a draft
 * @profile: the profile as it shall be
 * @label: what was done, translated, as in "Apply Preset"
 *
 * One step that can be undone. Nothing happens when @profile is equal to what is there.
 */
void
strata_draft_apply (StrataDraft   *self,
                    StrataProfile *profile,
                    const char    *label)
{
  g_return_if_fail (STRATA_IS_DRAFT (self) && STRATA_IS_PROFILE (profile) && label != NULL);

  g_clear_pointer (&self->place, g_free);
  if (!strata_profile_equal (self->profile, profile))
    set_profile (self, profile, label);
}

/**
 * strata_draft_type:
 * @self: a draft
 * @profile: the profile as it shall be
 * @place: which text is typed in
 * @typed: (nullable): what was typed or pasted, %NULL when something was deleted
 *
 * As [method@Draft.apply], but what is typed letter by letter at one place becomes one step a word.
 */
void
strata_draft_type (StrataDraft   *self,
                   StrataProfile *profile,
                   const char    *place,
                   const char    *typed)
{
  g_return_if_fail (STRATA_IS_DRAFT (self) && STRATA_IS_PROFILE (profile) && place != NULL);

  if (self->profile == profile)
    return;

  if (continues_word (self, place, typed))
    set_profile (self, profile, NULL);
  else
    set_profile (self, profile, typed != NULL ? _("Typing") : _("Deleting"));

  g_free (self->place);
  self->place = g_strdup (place);
  self->is_deleting = typed == NULL;
  self->ends_in_space = typed != NULL && ends_in_space (typed);
}

/**
 * strata_draft_undo:
 * @self: a draft
 *
 * Takes the newest step back.
 *
 * Returns: whether there was one
 */
gboolean
strata_draft_undo (StrataDraft *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT (self), FALSE);

  gboolean could_redo = strata_draft_get_can_redo (self);

  if (self->undo->len == 0)
    return FALSE;

  Step *step = g_ptr_array_steal_index (self->undo, self->undo->len - 1);

  self->size -= step->size;
  g_ptr_array_add (self->redo, step_new (self->profile, step->label, step->profile));
  travel (self, step);
  notify_all (self, TRUE, could_redo);

  return TRUE;
}

/**
 * strata_draft_redo:
 * @self: a draft
 *
 * Does again what was last taken back.
 *
 * Returns: whether there was something
 */
gboolean
strata_draft_redo (StrataDraft *self)
{
  g_return_val_if_fail (STRATA_IS_DRAFT (self), FALSE);

  gboolean could_undo = strata_draft_get_can_undo (self);

  if (self->redo->len == 0)
    return FALSE;

  Step *step = g_ptr_array_steal_index (self->redo, self->redo->len - 1);

  add_undo (self, step_new (self->profile, step->label, step->profile));
  travel (self, step);
  notify_all (self, could_undo, TRUE);

  return TRUE;
}
