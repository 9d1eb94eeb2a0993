/* strata-editing.c - one open profile: its draft, the layer and document chosen, its saver and its checker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-editing"

#include "strata-editing.h"

#include <glib/gi18n.h>

struct _StrataEditing
{
  GObject        parent_instance;
  StrataStore   *store;     /* (owned) */
  StrataDraft   *draft;     /* (owned) */
  StrataSaver   *saver;     /* (owned) */
  StrataChecker *checker;   /* (owned) */
  char          *document;  /* (owned) (nullable): NULL when there is no layer */
  guint          position;  /* of the chosen layer; means nothing when there is none */
};

typedef enum
{
  PROP_PROFILE = 1,
  PROP_BASE,
  PROP_POSITION,
  PROP_DOCUMENT,
} StrataEditingProperty;

static GParamSpec *properties[PROP_DOCUMENT + 1];

G_DEFINE_FINAL_TYPE (StrataEditing, strata_editing, G_TYPE_OBJECT)

static gboolean
shows_values (StrataLayer *layer)
{
  return strata_layer_get_kind (layer) != STRATA_LAYER_KIND_MANIFEST ||
         strata_blob_get_size (strata_layer_get_values (layer)) > 0;
}

static const char *
get_manifest_name (StrataLayer *layer,
                   guint        index)
{
  return strata_manifest_get_name (g_ptr_array_index (strata_layer_get_manifests (layer), index));
}

static gboolean
has_document (StrataLayer *layer,
              const char  *document)
{
  if (document == NULL)
    return FALSE;

  if (g_str_equal (document, STRATA_VALUES_DOCUMENT))
    return shows_values (layer);

  return strata_layer_find_manifest (layer, document, NULL) != NULL;
}

/* What a person comes for: the values, or the first manifest of a layer of manifests. */
static const char *
get_first_document (StrataLayer *layer)
{
  gboolean manifests = strata_layer_get_manifests (layer)->len > 0;

  if (manifests && strata_layer_get_kind (layer) == STRATA_LAYER_KIND_MANIFEST)
    return get_manifest_name (layer, 0);

  return STRATA_VALUES_DOCUMENT;
}

/* (nullable): the text of a document of any layer */
StrataBlob *
strata_editing_find_blob (StrataLayer *layer,
                          const char  *document)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);
  g_return_val_if_fail (document != NULL, NULL);

  if (g_str_equal (document, STRATA_VALUES_DOCUMENT))
    return strata_layer_get_values (layer);

  StrataManifest *manifest = strata_layer_find_manifest (layer, document, NULL);

  return manifest != NULL ? strata_manifest_get_content (manifest) : NULL;
}

static void
choose (StrataEditing *self,
        guint          position,
        const char    *document)
{
  StrataProfile *profile = strata_editing_get_profile (self);
  guint n_layers = strata_profile_get_n_layers (profile);
  guint last = n_layers > 0 ? n_layers - 1 : 0;
  g_autofree char *wanted = g_strdup (document);

  if (n_layers == 0)
    g_clear_pointer (&wanted, g_free);
  else
    {
      StrataLayer *layer = strata_profile_get_layer (profile, MIN (position, last));

      if (!has_document (layer, wanted))
        {
          g_free (wanted);
          wanted = g_strdup (get_first_document (layer));
        }
    }

  if (self->position != MIN (position, last))
    {
      self->position = MIN (position, last);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
    }

  if (g_strcmp0 (self->document, wanted) != 0)
    {
      g_free (self->document);
      self->document = g_steal_pointer (&wanted);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
    }
}

static void
announce (StrataEditing *self)
{
  strata_saver_touch (self->saver);
  strata_checker_check (self->checker, strata_draft_get_profile (self->draft),
                        strata_draft_get_base (self->draft));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROFILE]);
}

/* The document in which two forms of a layer differ first. */
static const char *
find_changed_document (StrataLayer *before,
                       StrataLayer *after)
{
  GPtrArray *manifests = strata_layer_get_manifests (after);

  if (!strata_blob_equal (strata_layer_get_values (before), strata_layer_get_values (after)))
    return STRATA_VALUES_DOCUMENT;

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *now = g_ptr_array_index (manifests, i);
      StrataManifest *then =
        strata_layer_find_manifest (before, get_manifest_name (after, i), NULL);

      if (then == NULL || !strata_manifest_equal (then, now))
        return strata_manifest_get_name (now);
    }

  return NULL;
}

/* Goes where @before and the profile of now differ first; stays where it is when no layer does. */
static void
choose_changed (StrataEditing *self,
                StrataProfile *before)
{
  StrataProfile *after = strata_editing_get_profile (self);
  guint n_before = strata_profile_get_n_layers (before);
  guint n_after = strata_profile_get_n_layers (after);
  guint i = 0;

  while (i < MIN (n_before, n_after) && strata_layer_equal (strata_profile_get_layer (before, i),
                                                            strata_profile_get_layer (after, i)))
    i++;

  if (i == n_before && i == n_after)
    choose (self, self->position, self->document);
  else if (n_before != n_after || i >= n_after)
    choose (self, i, NULL);
  else
    {
      const char *changed = find_changed_document (strata_profile_get_layer (before, i),
                                                   strata_profile_get_layer (after, i));

      choose (self, i, changed != NULL || i != self->position ? changed : self->document);
    }
}

static void
strata_editing_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  StrataEditing *self = STRATA_EDITING (object);

  switch ((StrataEditingProperty) prop_id)
    {
    case PROP_PROFILE:
      g_value_set_object (value, strata_draft_get_profile (self->draft));
      break;

    case PROP_BASE:
      g_value_set_object (value, strata_draft_get_base (self->draft));
      break;

    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;

    case PROP_DOCUMENT:
      g_value_set_string (value, self->document);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_editing_dispose (GObject *object)
{
  StrataEditing *self = STRATA_EDITING (object);

  g_clear_object (&self->saver);
  g_clear_object (&self->checker);
  g_clear_object (&self->draft);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (strata_editing_parent_class)->dispose (object);
}

static void
strata_editing_finalize (GObject *object)
{
  StrataEditing *self = STRATA_EDITING (object);

  g_clear_pointer (&self->document, g_free);

  G_OBJECT_CLASS (strata_editing_parent_class)->finalize (object);
}

static void
strata_editing_class_init (StrataEditingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = strata_editing_get_property;
  object_class->dispose = strata_editing_dispose;
  object_class->finalize = strata_editing_finalize;

  properties[PROP_PROFILE] =
    g_param_spec_object ("profile", NULL, NULL, STRATA_TYPE_PROFILE, flags);
  properties[PROP_BASE] = g_param_spec_object ("base", NULL, NULL, STRATA_TYPE_PROFILE, flags);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_DOCUMENT] = g_param_spec_string ("document", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_editing_init (StrataEditing *self)
{
  self->checker = strata_checker_new ();
}

/* @head is the revision that @profile was read from, @saved_at when that was written. The top layer is chosen. */
StrataEditing *
strata_editing_new (StrataStore   *store,
                    StrataProfile *profile,
                    const char    *head,
                    gint64         saved_at)
{
  g_return_val_if_fail (STRATA_IS_STORE (store), NULL);
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  StrataEditing *self = g_object_new (STRATA_TYPE_EDITING, NULL);

  self->store = g_object_ref (store);
  self->draft = strata_draft_new (profile);
  self->saver = strata_saver_new (store, self->draft, head, saved_at);
  choose (self, G_MAXUINT, NULL);
  strata_checker_check (self->checker, profile, profile);

  return self;
}

StrataStore *
strata_editing_get_store (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), NULL);

  return self->store;
}

StrataDraft *
strata_editing_get_draft (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), NULL);

  return self->draft;
}

StrataSaver *
strata_editing_get_saver (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), NULL);

  return self->saver;
}

StrataChecker *
strata_editing_get_checker (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), NULL);

  return self->checker;
}

StrataProfile *
strata_editing_get_profile (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), NULL);

  return strata_draft_get_profile (self->draft);
}

/* (nullable): the chosen layer, NULL when the profile has none */
StrataLayer *
strata_editing_get_layer (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), NULL);

  if (self->document == NULL)
    return NULL;

  return strata_profile_get_layer (strata_draft_get_profile (self->draft), self->position);
}

guint
strata_editing_get_position (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), 0);

  return self->position;
}

/* (nullable): `values.yaml` or the name of a manifest, NULL when there is no layer */
const char *
strata_editing_get_document (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), NULL);

  return self->document;
}

/* Whether the chosen document is the one that choosing its layer leads to. */
gboolean
strata_editing_is_first_document (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), FALSE);

  StrataLayer *layer = strata_editing_get_layer (self);

  return layer != NULL && g_str_equal (self->document, get_first_document (layer));
}

/* (nullable): the text of the chosen document */
StrataBlob *
strata_editing_get_blob (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), NULL);

  StrataLayer *layer = strata_editing_get_layer (self);

  return layer != NULL ? strata_editing_find_blob (layer, self->document) : NULL;
}

/* (transfer full): the documents of the chosen layer in the order they are shown */
char **
strata_editing_list_documents (StrataEditing *self)
{
  g_return_val_if_fail (STRATA_IS_EDITING (self), NULL);

  StrataLayer *layer = strata_editing_get_layer (self);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  if (layer != NULL && shows_values (layer))
    g_strv_builder_add (names, STRATA_VALUES_DOCUMENT);

  for (guint i = 0; layer != NULL && i < strata_layer_get_manifests (layer)->len; i++)
    g_strv_builder_add (names, get_manifest_name (layer, i));

  return g_strv_builder_end (names);
}

/* A @document that the layer does not have, or NULL, stands for the layer's first. */
void
strata_editing_select (StrataEditing *self,
                       guint          position,
                       const char    *document)
{
  g_return_if_fail (STRATA_IS_EDITING (self));

  g_object_freeze_notify (G_OBJECT (self));
  choose (self, position, document);
  g_object_thaw_notify (G_OBJECT (self));
}

/* What changes are counted from; the profile stays as it is. */
void
strata_editing_set_base (StrataEditing *self,
                         StrataProfile *base)
{
  g_return_if_fail (STRATA_IS_EDITING (self));

  strata_draft_set_base (self->draft, base);
  strata_checker_check (self->checker, strata_draft_get_profile (self->draft), base);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BASE]);
}

/* One step that can be undone; goes to what it changes. */
void
strata_editing_apply (StrataEditing *self,
                      StrataProfile *profile,
                      const char    *label)
{
  g_return_if_fail (STRATA_IS_EDITING (self));

  g_autoptr(StrataProfile) before = g_object_ref (strata_editing_get_profile (self));

  g_object_freeze_notify (G_OBJECT (self));
  strata_draft_apply (self->draft, profile, label);
  choose_changed (self, before);
  announce (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Puts @layer in place of the chosen one. */
void
strata_editing_apply_layer (StrataEditing *self,
                            StrataLayer   *layer,
                            const char    *label)
{
  g_return_if_fail (STRATA_IS_EDITING (self));
  g_return_if_fail (self->document != NULL);

  StrataProfile *profile = strata_editing_get_profile (self);
  g_autoptr(StrataProfile) after = strata_profile_with_layer (profile, self->position, layer);

  strata_editing_apply (self, after, label);
}

static StrataProfile *
make_with_blob (StrataEditing *self,
                StrataBlob    *blob)
{
  StrataLayer *layer = strata_editing_get_layer (self);
  g_autoptr(StrataLayer) after = NULL;

  if (g_str_equal (self->document, STRATA_VALUES_DOCUMENT))
    after = strata_layer_with_values (layer, blob);
  else
    {
      StrataManifest *manifest = strata_layer_find_manifest (layer, self->document, NULL);
      g_autoptr(StrataManifest) changed = strata_manifest_with_content (manifest, blob);

      after = strata_layer_with_manifest (layer, changed);
    }

  return strata_profile_with_layer (strata_editing_get_profile (self), self->position, after);
}

/* Puts @text in place of the chosen document's. */
void
strata_editing_apply_text (StrataEditing *self,
                           const char    *text,
                           const char    *label)
{
  g_return_if_fail (STRATA_IS_EDITING (self));
  g_return_if_fail (self->document != NULL);

  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);
  g_autoptr(StrataProfile) profile = make_with_blob (self, blob);

  strata_editing_apply (self, profile, label);
}

/* What was typed in the chosen document, at @line: letters of one line join to words, another line is another step. */
void
strata_editing_type (StrataEditing *self,
                     StrataBlob    *blob,
                     guint          line,
                     const char    *typed)
{
  g_return_if_fail (STRATA_IS_EDITING (self));
  g_return_if_fail (self->document != NULL);

  g_autoptr(StrataProfile) profile = make_with_blob (self, blob);
  g_autofree char *place = g_strdup_printf ("%u/%s/%u", self->position, self->document, line);

  strata_draft_type (self->draft, profile, place, typed);
  announce (self);
}

static void
travel (StrataEditing *self,
        gboolean    (* step) (StrataDraft *draft))
{
  g_autoptr(StrataProfile) before = g_object_ref (strata_editing_get_profile (self));

  g_object_freeze_notify (G_OBJECT (self));

  if (step (self->draft))
    {
      choose_changed (self, before);
      announce (self);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

void
strata_editing_undo (StrataEditing *self)
{
  g_return_if_fail (STRATA_IS_EDITING (self));

  travel (self, strata_draft_undo);
}

void
strata_editing_redo (StrataEditing *self)
{
  g_return_if_fail (STRATA_IS_EDITING (self));

  travel (self, strata_draft_redo);
}

/* The choice goes with the layer that moves. */
void
strata_editing_move_layer (StrataEditing *self,
                           guint          from,
                           guint          to)
{
  g_return_if_fail (STRATA_IS_EDITING (self));

  StrataProfile *profile = strata_editing_get_profile (self);
  guint n_layers = strata_profile_get_n_layers (profile);

  if (from >= n_layers || to >= n_layers || from == to)
    return;

  g_autoptr(StrataProfile) moved = strata_profile_with_layer_moved (profile, from, to);
  g_autofree char *document = from == self->position ? g_strdup (self->document) : NULL;

  g_object_freeze_notify (G_OBJECT (self));
  strata_draft_apply (self->draft, moved, _("Move Layer"));
  choose (self, to, document);
  announce (self);
  g_object_thaw_notify (G_OBJECT (self));
}
