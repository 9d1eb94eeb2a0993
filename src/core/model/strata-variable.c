/* strata-variable.c - a value that a profile leaves open until it is used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-variable"

#include "strata-variable.h"

#include "strata-texts.h"

/* A value: what its constructors return never changes, and is safe to read from any thread. */
struct _StrataVariable
{
  GObject              parent_instance;
  char                *texts[STRATA_VARIABLE_N_FIELDS];  /* (owned) (not nullable) */
  StrataVariableFlags  flags;
  GPtrArray           *options;  /* (owned) (not nullable) (element-type StrataVariableOption) */
};

G_DEFINE_FINAL_TYPE (StrataVariable, strata_variable, G_TYPE_OBJECT)

static void
strata_variable_finalize (GObject *object)
{
  StrataVariable *self = STRATA_VARIABLE (object);

  strata_texts_clear (self->texts, STRATA_VARIABLE_N_FIELDS);
  g_clear_pointer (&self->options, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_variable_parent_class)->finalize (object);
}

static void
strata_variable_class_init (StrataVariableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_variable_finalize;
}

static void
strata_variable_init (StrataVariable *self)
{
  strata_texts_init (self->texts, STRATA_VARIABLE_N_FIELDS);
}

static GPtrArray *
make_options (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_option_free);
}

static StrataVariable *
copy (StrataVariable *self)
{
  StrataVariable *result = g_object_new (STRATA_TYPE_VARIABLE, NULL);

  strata_texts_copy (result->texts, self->texts, STRATA_VARIABLE_N_FIELDS);
  result->flags = self->flags;
  result->options = g_ptr_array_ref (self->options);

  return result;
}

/**
 * strata_variable_new:
 * @name: its name, unique within the profile
 *
 * Returns: (transfer full): a variable of format "string", typed as "text", with nothing else set
 */
StrataVariable *
strata_variable_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  StrataVariable *self = g_object_new (STRATA_TYPE_VARIABLE, NULL);

  strata_texts_set (self->texts, STRATA_VARIABLE_NAME, name);
  strata_texts_set (self->texts, STRATA_VARIABLE_FORMAT, "string");
  strata_texts_set (self->texts, STRATA_VARIABLE_INPUT_TYPE, "text");
  self->options = make_options ();

  return self;
}

/**
 * strata_variable_get:
 * @self: a variable
 * @field: which text
 *
 * Returns: (transfer none): the text, "" when it is not set
 */
const char *
strata_variable_get (StrataVariable      *self,
                     StrataVariableField  field)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self), NULL);
  g_return_val_if_fail (field < STRATA_VARIABLE_N_FIELDS, NULL);

  return self->texts[field];
}

/**
 * strata_variable_get_name:
 * @self: a variable
 *
 * Returns: (transfer none): its name, unique within the profile
 */
const char *
strata_variable_get_name (StrataVariable *self)
{
  return strata_variable_get (self, STRATA_VARIABLE_NAME);
}

/**
 * strata_variable_get_flags:
 * @self: a variable
 *
 * Returns: what is asked of it
 */
StrataVariableFlags
strata_variable_get_flags (StrataVariable *self)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self), 0);

  return self->flags;
}

/**
 * strata_variable_get_options:
 * @self: a variable
 *
 * Returns: (transfer none) (element-type StrataVariableOption): its choices; not to be changed
 */
GPtrArray *
strata_variable_get_options (StrataVariable *self)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self), NULL);

  return self->options;
}

/**
 * strata_variable_with:
 * @self: a variable
 * @field: which text
 * @value: (nullable): the text; %NULL is ""
 *
 * Returns: (transfer full): a variable like @self with @value there
 */
StrataVariable *
strata_variable_with (StrataVariable      *self,
                      StrataVariableField  field,
                      const char          *value)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self), NULL);
  g_return_val_if_fail (field < STRATA_VARIABLE_N_FIELDS, NULL);

  StrataVariable *result = copy (self);

  strata_texts_set (result->texts, field, value);

  return result;
}

/**
 * strata_variable_with_flags:
 * @self: a variable
 * @flags: what is asked of it
 *
 * Returns: (transfer full): a variable like @self with @flags
 */
StrataVariable *
strata_variable_with_flags (StrataVariable      *self,
                            StrataVariableFlags  flags)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self), NULL);

  StrataVariable *result = copy (self);

  result->flags = flags;

  return result;
}

/**
 * strata_variable_with_options:
 * @self: a variable
 * @options: (element-type StrataVariableOption): choices; copied, the array may change after
 *
 * Returns: (transfer full): a variable like @self with just these choices
 */
StrataVariable *
strata_variable_with_options (StrataVariable *self,
                              GPtrArray      *options)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self) && options != NULL, NULL);

  StrataVariable *result = copy (self);

  g_ptr_array_unref (result->options);
  result->options = make_options ();
  for (guint i = 0; i < options->len; i++)
    {
      StrataVariableOption *option = g_ptr_array_index (options, i);

      g_ptr_array_add (result->options,
                       strata_variable_option_new (option->value, option->label,
                                                   option->description, option->is_default));
    }

  return result;
}

/**
 * strata_variable_equal:
 * @self: a variable
 * @other: another
 *
 * Returns: whether nothing in them differs
 */
gboolean
strata_variable_equal (StrataVariable *self,
                       StrataVariable *other)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (self) && STRATA_IS_VARIABLE (other), FALSE);

  return self == other ||
         (self->flags == other->flags &&
          strata_texts_equal (self->texts, other->texts, STRATA_VARIABLE_N_FIELDS) &&
          strata_list_equal (self->options, other->options, (GEqualFunc) strata_variable_option_equal));
}

/**
 * strata_variable_option_new:
 * @value: what is used
 * @label: what is shown
 * @description: more of it, or ""
 * @is_default: whether it is taken when nothing is chosen
 *
 * Returns: (transfer full): a choice
 */
StrataVariableOption *
strata_variable_option_new (const char *value,
                            const char *label,
                            const char *description,
                            gboolean    is_default)
{
  g_return_val_if_fail (value != NULL && label != NULL && description != NULL, NULL);

  StrataVariableOption *option = g_new0 (StrataVariableOption, 1);

  option->value = g_strdup (value);
  option->label = g_strdup (label);
  option->description = g_strdup (description);
  option->is_default = is_default != FALSE;

  return option;
}

/**
 * strata_variable_option_equal:
 * @option: a choice
 * @other: another
 *
 * Returns: whether nothing in them differs
 */
gboolean
strata_variable_option_equal (const StrataVariableOption *option,
                              const StrataVariableOption *other)
{
  g_return_val_if_fail (option != NULL && other != NULL, FALSE);

  return g_str_equal (option->value, other->value) && g_str_equal (option->label, other->label) &&
         g_str_equal (option->description, other->description) && option->is_default == other->is_default;
}

/**
 * strata_variable_option_free:
 * @option: (transfer full): a choice
 *
 * Frees it.
 */
void
strata_variable_option_free (StrataVariableOption *option)
{
  g_free (option->value);
  g_free (option->label);
  g_free (option->description);
  g_free (option);
}
