/* strata-assistant-basics.c - the first step: name, version, description and tags
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-assistant-basics"

#include "strata-assistant-basics.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-names.h"
#include "strata-tags-row.h"
#include "strata-template.h"
#include "strata-version.h"

struct _StrataAssistantBasics
{
  GtkWidget          parent_instance;
  AdwEntryRow       *name;
  AdwEntryRow       *version;
  AdwEntryRow       *description;
  StrataTagsRow     *tags;
  GtkLabel          *problem;
  StrataProfileList *profiles;  /* (owned) (nullable) */
  char              *id;        /* (owned): the profile's own, so that it is not in its own way */
  char              *reason;    /* (owned) (nullable): why the form is not valid */
  gboolean           named;     /* name and version would do for a draft */
  gboolean           touched;   /* a person typed a name: only then an empty one is a problem to show */
  gboolean           setting;
};

enum
{
  CHANGED,
  CHECKED,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataAssistantBasics, strata_assistant_basics, GTK_TYPE_WIDGET)

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
check_version (const char  *text,
               GError     **error)
{
  g_autoptr(StrataVersion) version = strata_version_parse (text, error);

  return version != NULL;
}

static gboolean
check_free (StrataAssistantBasics  *self,
            GError                **error)
{
  GListModel *profiles = G_LIST_MODEL (self->profiles);
  const char *name = get_text (self->name);
  const char *version = get_text (self->version);

  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (profiles, i);

      if (!g_str_equal (strata_entry_get_name (entry), name) ||
          !g_str_equal (strata_entry_get_version (entry), version) ||
          g_str_equal (strata_entry_get_id (entry), self->id))
        continue;
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
                   _("There is a profile “%s” %s already; choose another name or version"), name,
                      version);
      return FALSE;
    }

  return TRUE;
}

static void
mark (AdwEntryRow *row,
      gboolean     bad)
{
  if (bad)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
check (StrataAssistantBasics *self)
{
  g_autoptr(GError) error = NULL;
  gboolean name_ok = strata_name_check_profile (get_text (self->name), &error);
  gboolean version_ok = check_version (get_text (self->version), name_ok ? &error : NULL);
  gboolean free = name_ok && version_ok && check_free (self, &error);
  gboolean shown = error != NULL && (name_ok || self->touched);

  self->named = name_ok && version_ok;
  mark (self->name, shown && (!name_ok || (version_ok && !free)));
  mark (self->version, !version_ok);
  g_free (self->reason);
  self->reason = error != NULL ? g_strdup (error->message) : NULL;
  gtk_label_set_label (self->problem, shown ? self->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), shown);
}

static void
changed (StrataAssistantBasics *self)
{
  check (self);
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* What others did can make a name free or taken; nothing was typed. */
static void
profiles_cb (StrataAssistantBasics *self)
{
  check (self);
  g_signal_emit (self, signals[CHECKED], 0);
}

static void
name_cb (StrataAssistantBasics *self)
{
  if (!self->setting)
    self->touched = TRUE;
  changed (self);
}

static void
changed_cb (StrataAssistantBasics *self)
{
  changed (self);
}

static void
activated_cb (StrataAssistantBasics *self)
{
  if (self->reason == NULL)
    g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
strata_assistant_basics_dispose (GObject *object)
{
  StrataAssistantBasics *self = STRATA_ASSISTANT_BASICS (object);

  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_ASSISTANT_BASICS);
  g_clear_object (&self->profiles);

  G_OBJECT_CLASS (strata_assistant_basics_parent_class)->dispose (object);
}

static void
strata_assistant_basics_finalize (GObject *object)
{
  StrataAssistantBasics *self = STRATA_ASSISTANT_BASICS (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->reason, g_free);

  G_OBJECT_CLASS (strata_assistant_basics_parent_class)->finalize (object);
}

static void
strata_assistant_basics_class_init (StrataAssistantBasicsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = strata_assistant_basics_dispose;
  object_class->finalize = strata_assistant_basics_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHECKED] =
    g_signal_new ("checked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] =
    g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STRATA_TYPE_TAGS_ROW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-assistant-basics.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantBasics, name);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantBasics, version);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantBasics, description);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantBasics, tags);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantBasics, problem);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
strata_assistant_basics_init (StrataAssistantBasics *self)
{
  self->id = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What names and versions are taken is read from @profiles; call it once. */
void
strata_assistant_basics_set_profiles (StrataAssistantBasics *self,
                                      StrataProfileList     *profiles)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_BASICS (self) && STRATA_IS_PROFILE_LIST (profiles));

  self->profiles = g_object_ref (profiles);
  g_signal_connect_object (profiles, "items-changed", G_CALLBACK (profiles_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Shows what @profile says. */
void
strata_assistant_basics_set_profile (StrataAssistantBasics *self,
                                     StrataProfile         *profile)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_BASICS (self) && STRATA_IS_PROFILE (profile));

  self->setting = TRUE;
  self->touched = FALSE;
  g_free (self->id);
  self->id = g_strdup (strata_profile_get_id (profile));
  gtk_editable_set_text (GTK_EDITABLE (self->name), strata_profile_get_name (profile));
  gtk_editable_set_text (GTK_EDITABLE (self->version), strata_profile_get_version (profile));
  gtk_editable_set_text (GTK_EDITABLE (self->description),
                         strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION));
  strata_tags_row_set_tags (self->tags, strata_profile_get_tags (profile));
  check (self);
  self->setting = FALSE;
}

/* Tells which profile on this disk the form is about, once it is there. */
void
strata_assistant_basics_set_id (StrataAssistantBasics *self,
                                const char            *id)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_BASICS (self) && id != NULL);

  g_free (self->id);
  self->id = g_strdup (id);
  check (self);
}

/* Turns a tag that is still being typed into one. Returns: whether the form can be left */
gboolean
strata_assistant_basics_finish (StrataAssistantBasics  *self,
                                GError                **error)
{
  g_return_val_if_fail (STRATA_IS_ASSISTANT_BASICS (self), FALSE);

  if (self->reason != NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID, self->reason);
      return FALSE;
    }

  return strata_tags_row_finish (self->tags, error);
}

/* Returns: (transfer full): @profile with what is in the form */
StrataProfile *
strata_assistant_basics_apply (StrataAssistantBasics *self,
                               StrataProfile         *profile)
{
  g_return_val_if_fail (STRATA_IS_ASSISTANT_BASICS (self) && STRATA_IS_PROFILE (profile), NULL);

  g_autoptr(StrataProfile) named =
    strata_profile_with (profile, STRATA_PROFILE_NAME, get_text (self->name));
  g_autoptr(StrataProfile) versioned =
    strata_profile_with (named, STRATA_PROFILE_VERSION, get_text (self->version));
  g_autoptr(StrataProfile) described =
    strata_profile_with (versioned, STRATA_PROFILE_DESCRIPTION, get_text (self->description));

  return strata_profile_with_tags (described, strata_tags_row_get_tags (self->tags));
}

/* Why the form is not valid; NULL when it is. */
const char *
strata_assistant_basics_get_problem (StrataAssistantBasics *self)
{
  g_return_val_if_fail (STRATA_IS_ASSISTANT_BASICS (self), NULL);

  return self->reason;
}

/* Whether name and version are good enough to keep a draft by. */
gboolean
strata_assistant_basics_is_named (StrataAssistantBasics *self)
{
  g_return_val_if_fail (STRATA_IS_ASSISTANT_BASICS (self), FALSE);

  return self->named;
}

void
strata_assistant_basics_focus (StrataAssistantBasics *self)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_BASICS (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}
