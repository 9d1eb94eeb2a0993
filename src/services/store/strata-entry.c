/* strata-entry.c - one profile of a store as a list shows it: light, without its texts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-entry"

#include "strata-entry-private.h"

typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_VERSION,
  PROP_DESCRIPTION,
  PROP_TAGS,
  PROP_REGISTRIES,
  PROP_N_LAYERS,
  PROP_STATE,
  PROP_PROBLEM,
  PROP_CHANGED,
  PROP_DRAFT_STEP,
  PROP_IN_TRASH,
  PROP_UID,
  PROP_IS_AWAY,
  PROP_IS_PINNED,
} StrataEntryProperty;

G_DEFINE_FINAL_TYPE (StrataEntry, strata_entry, G_TYPE_OBJECT)

static GParamSpec *properties[PROP_IS_PINNED + 1];

static void
strata_entry_finalize (GObject *object)
{
  StrataEntry *self = STRATA_ENTRY (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->registries, g_strfreev);
  g_clear_pointer (&self->kinds, g_bytes_unref);
  g_clear_pointer (&self->head, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (strata_entry_parent_class)->finalize (object);
}

static void
strata_entry_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  StrataEntry *self = STRATA_ENTRY (object);

  switch ((StrataEntryProperty) property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_VERSION:
      g_value_set_string (value, self->version);
      break;

    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;

    case PROP_TAGS:
      g_value_set_boxed (value, self->tags);
      break;

    case PROP_REGISTRIES:
      g_value_set_boxed (value, self->registries);
      break;

    case PROP_N_LAYERS:
      g_value_set_uint (value, strata_entry_get_n_layers (self));
      break;

    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;

    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;

    case PROP_CHANGED:
      g_value_set_int64 (value, self->changed);
      break;

    case PROP_DRAFT_STEP:
      g_value_set_uint (value, self->draft_step);
      break;

    case PROP_IN_TRASH:
      g_value_set_boolean (value, self->in_trash);
      break;

    case PROP_UID:
      g_value_set_string (value, self->uid);
      break;

    case PROP_IS_AWAY:
      g_value_set_boolean (value, self->is_away);
      break;

    case PROP_IS_PINNED:
      g_value_set_boolean (value, self->is_pinned);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
strata_entry_class_init (StrataEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = strata_entry_finalize;
  object_class->get_property = strata_entry_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, "", flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_VERSION] = g_param_spec_string ("version", NULL, NULL, "", flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, "", flags);
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_REGISTRIES] = g_param_spec_boxed ("registries", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_N_LAYERS] = g_param_spec_uint ("n-layers", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, STRATA_STATE_DAMAGED, 0, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, "", flags);
  properties[PROP_CHANGED] =
    g_param_spec_int64 ("changed", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_DRAFT_STEP] =
    g_param_spec_uint ("draft-step", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_IN_TRASH] = g_param_spec_boolean ("in-trash", NULL, NULL, FALSE, flags);
  properties[PROP_UID] = g_param_spec_string ("uid", NULL, NULL, "", flags);
  properties[PROP_IS_AWAY] = g_param_spec_boolean ("is-away", NULL, NULL, FALSE, flags);
  properties[PROP_IS_PINNED] = g_param_spec_boolean ("is-pinned", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_entry_init (StrataEntry *self)
{
}

/* For a key file that cannot be read: it is shown by its id. */
StrataEntry *
strata_entry_new_damaged (const char *id,
                          const char *problem,
                          gboolean    in_trash)
{
  StrataEntry *self = g_object_new (STRATA_TYPE_ENTRY, NULL);

  self->id = g_strdup (id);
  self->uid = g_strdup ("");
  self->name = g_strdup (id);
  self->version = g_strdup ("");
  self->description = g_strdup ("");
  self->tags = g_new0 (char *, 1);
  self->registries = g_new0 (char *, 1);
  self->kinds = g_bytes_new (NULL, 0);
  self->head = g_strdup ("");
  self->problem = g_strdup (problem);
  self->state = STRATA_STATE_DAMAGED;
  self->in_trash = in_trash;

  return self;
}

/* An entry like @self, to be filled further. */
StrataEntry *
strata_entry_copy (StrataEntry *self)
{
  StrataEntry *copy = g_object_new (STRATA_TYPE_ENTRY, NULL);

  copy->id = g_strdup (self->id);
  copy->uid = g_strdup (self->uid);
  copy->name = g_strdup (self->name);
  copy->version = g_strdup (self->version);
  copy->description = g_strdup (self->description);
  copy->tags = g_strdupv (self->tags);
  copy->registries = g_strdupv (self->registries);
  copy->kinds = g_bytes_ref (self->kinds);
  copy->head = g_strdup (self->head);
  copy->problem = g_strdup (self->problem);
  copy->changed = self->changed;
  copy->draft_step = self->draft_step;
  copy->state = self->state;
  copy->in_trash = self->in_trash;
  copy->is_away = self->is_away;
  copy->is_pinned = self->is_pinned;
  copy->is_changed = self->is_changed;

  return copy;
}

/**
 * strata_entry_get_id:
 * @self: an entry
 *
 * Returns: (transfer none): what names the profile on this disk
 */
const char *
strata_entry_get_id (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), NULL);

  return self->id;
}

/**
 * strata_entry_get_uid:
 * @self: an entry
 *
 * Returns: (transfer none): what names the profile at the console, "" when no console has it
 */
const char *
strata_entry_get_uid (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), NULL);

  return self->uid;
}

/**
 * strata_entry_get_name:
 * @self: an entry
 *
 * Returns: (transfer none): its name; the id where the name cannot be read
 */
const char *
strata_entry_get_name (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), NULL);

  return self->name;
}

/**
 * strata_entry_get_version:
 * @self: an entry
 *
 * Returns: (transfer none): its version, as it was written
 */
const char *
strata_entry_get_version (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), NULL);

  return self->version;
}

/**
 * strata_entry_get_description:
 * @self: an entry
 *
 * Returns: (transfer none): its description
 */
const char *
strata_entry_get_description (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), NULL);

  return self->description;
}

/**
 * strata_entry_get_tags:
 * @self: an entry
 *
 * Returns: (transfer none): its tags, each `word` or `key:value`
 */
const char *const *
strata_entry_get_tags (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), NULL);

  return (const char *const *) self->tags;
}

/**
 * strata_entry_get_registries:
 * @self: an entry
 *
 * Returns: (transfer none): the names of the registries its layers come from, each once
 */
const char *const *
strata_entry_get_registries (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), NULL);

  return (const char *const *) self->registries;
}

/**
 * strata_entry_get_n_layers:
 * @self: an entry
 *
 * Returns: how many layers it has
 */
guint
strata_entry_get_n_layers (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), 0);

  return (guint) g_bytes_get_size (self->kinds);
}

/**
 * strata_entry_get_layer_kind:
 * @self: an entry
 * @position: which layer, 0 is the bottom one
 *
 * Returns: what the layer is made of
 */
StrataLayerKind
strata_entry_get_layer_kind (StrataEntry *self,
                             guint        position)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), STRATA_LAYER_KIND_PACK);
  g_return_val_if_fail (position < g_bytes_get_size (self->kinds), STRATA_LAYER_KIND_PACK);

  return ((const guint8 *) g_bytes_get_data (self->kinds, NULL))[position];
}

/**
 * strata_entry_get_state:
 * @self: an entry
 *
 * Returns: how it stands to the console, or that it is damaged
 */
StrataState
strata_entry_get_state (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), STRATA_STATE_ONLY_HERE);

  return self->state;
}

/**
 * strata_entry_get_problem:
 * @self: an entry
 *
 * Returns: (transfer none): one sentence on what is damaged, "" when nothing is known to be
 */
const char *
strata_entry_get_problem (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), NULL);

  return self->problem;
}

/**
 * strata_entry_get_head:
 * @self: an entry
 *
 * Returns: (transfer none): the digest of its newest revision, "" when the key file cannot be read
 */
const char *
strata_entry_get_head (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), NULL);

  return self->head;
}

/**
 * strata_entry_get_changed:
 * @self: an entry
 *
 * Returns: when it was last saved, in seconds since 1970, UTC
 */
gint64
strata_entry_get_changed (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), 0);

  return self->changed;
}

/**
 * strata_entry_get_draft_step:
 * @self: an entry
 *
 * Returns: the step of the assistant it was left at, 0 when it is finished
 */
guint
strata_entry_get_draft_step (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), 0);

  return self->draft_step;
}

/**
 * strata_entry_get_in_trash:
 * @self: an entry
 *
 * Returns: whether it was moved to the trash
 */
gboolean
strata_entry_get_in_trash (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), FALSE);

  return self->in_trash;
}

/**
 * strata_entry_get_is_away:
 * @self: an entry
 *
 * An away profile is known from the list of its console only: there is nothing of it to open before
 * strata_sync_pull() was called with its id, which is its uid.
 *
 * Returns: whether only the console has it
 */
gboolean
strata_entry_get_is_away (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), FALSE);

  return self->is_away;
}

/**
 * strata_entry_get_is_pinned:
 * @self: an entry
 *
 * Returns: whether a person wants to have its newest state when there is no network
 */
gboolean
strata_entry_get_is_pinned (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), FALSE);

  return self->is_pinned;
}

/**
 * strata_entry_get_is_changed:
 * @self: an entry
 *
 * A profile that is %STRATA_STATE_UNPUBLISHED and was not changed is a draft at the console.
 *
 * Returns: whether it is not what the console had when both were last the same
 */
gboolean
strata_entry_get_is_changed (StrataEntry *self)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self), FALSE);

  return self->is_changed;
}

/**
 * strata_entry_equal:
 * @self: an entry
 * @other: another
 *
 * Returns: whether a list shows the same for both
 */
gboolean
strata_entry_equal (StrataEntry *self,
                    StrataEntry *other)
{
  g_return_val_if_fail (STRATA_IS_ENTRY (self) && STRATA_IS_ENTRY (other), FALSE);

  return self == other ||
         (g_str_equal (self->id, other->id) && g_str_equal (self->uid, other->uid) &&
          g_str_equal (self->name, other->name) &&
          g_str_equal (self->version, other->version) &&
          g_str_equal (self->description, other->description) &&
          g_str_equal (self->head, other->head) && g_str_equal (self->problem, other->problem) &&
          g_strv_equal ((const char *const *) self->tags, (const char *const *) other->tags) &&
          g_strv_equal ((const char *const *) self->registries,
                        (const char *const *) other->registries) &&
          g_bytes_equal (self->kinds, other->kinds) && self->changed == other->changed &&
          self->draft_step == other->draft_step && self->state == other->state &&
          self->in_trash == other->in_trash && self->is_away == other->is_away &&
          self->is_pinned == other->is_pinned && self->is_changed == other->is_changed);
}
