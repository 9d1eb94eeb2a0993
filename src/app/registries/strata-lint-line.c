/* strata-lint-line.c - the first problem of a text while it is typed, in one line below it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-lint-line"

#include "strata-lint-line.h"

#include <glib/gi18n.h>

#include "strata-job.h"

#define PAUSE_MS 250  /* typing faster than this is one change */

/* What the worker reads: a copy of its own. */
typedef struct
{
  char           *text;
  StrataLintMode  mode;
} LintRequest;

struct _StrataLintLine
{
  GtkWidget         parent_instance;
  GtkImage         *icon;
  GtkLabel         *label;
  GtkButton        *button;
  StrataSourceText *text;     /* (owned) (nullable) */
  StrataJob        *job;      /* (owned) */
  StrataLintMode    mode;
  guint             timeout;
  guint             n_errors;
  guint             line;     /* of the first problem; 0 for none */
};

typedef enum
{
  PROP_N_ERRORS = 1,
} StrataLintLineProperty;

static GParamSpec *properties[PROP_N_ERRORS + 1];

G_DEFINE_FINAL_TYPE (StrataLintLine, strata_lint_line, GTK_TYPE_WIDGET)

static void
lint_request_free (LintRequest *request)
{
  g_free (request->text);
  g_free (request);
}

static gpointer
lint (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  LintRequest *request = data;

  return strata_lint_text (request->text, -1, request->mode);
}

/* The first error, or the first of all when there is none. */
static StrataProblem *
find_first (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      StrataProblem *problem = g_ptr_array_index (problems, i);

      if (problem->severity == STRATA_SEVERITY_ERROR)
        return problem;
    }

  return g_ptr_array_index (problems, 0);
}

static char *
describe (StrataProblem *problem,
          guint          n_problems)
{
  g_autofree char *place = NULL;

  if (problem->line == 0)
    place = g_strdup (problem->message);
  else
    place = g_strdup_printf (_("Line %u, column %u: %s"), problem->line, MAX (problem->column, 1),
                                problem->message);
  if (n_problems == 1)
    return g_steal_pointer (&place);

  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%s (and %u more)", "%s (and %u more)", n_problems - 1), place,
    n_problems - 1);
}

static void
show_icon (StrataLintLine *self,
           const char     *icon,
           const char     *css_class)
{
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
}

static void
show_problems (StrataLintLine *self,
               GPtrArray      *problems)
{
  guint n_errors = strata_problem_count (problems, STRATA_SEVERITY_ERROR);

  self->line = 0;
  if (problems->len == 0)
    {
      show_icon (self, "emblem-ok-symbolic", "good");
      gtk_label_set_label (self->label, _("No problems in this text"));
    }
  else
    {
      StrataProblem *first = find_first (problems);
      g_autofree char *text = describe (first, problems->len);

      self->line = first->line;
      show_icon (self, n_errors > 0 ? "dialog-error-symbolic" : "dialog-warning-symbolic",
                 n_errors > 0 ? "bad" : "attention");
      gtk_label_set_label (self->label, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->button), self->line > 0);

  if (n_errors == self->n_errors)
    return;
  self->n_errors = n_errors;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ERRORS]);
}

static void
job_state_cb (StrataLintLine *self)
{
  if (strata_job_get_state (self->job) == STRATA_JOB_DONE)
    show_problems (self, strata_job_get_result (self->job));
}

static gboolean
start_cb (gpointer user_data)
{
  StrataLintLine *self = user_data;
  LintRequest *request = g_new0 (LintRequest, 1);

  self->timeout = 0;
  request->text = strata_source_text_dup_text (self->text);
  request->mode = self->mode;
  strata_job_run (self->job, lint, request, (GDestroyNotify) lint_request_free,
                  (GDestroyNotify) g_ptr_array_unref);

  return G_SOURCE_REMOVE;
}

static void
start_soon (StrataLintLine *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (PAUSE_MS, start_cb, self);
}

static void
clicked_cb (StrataLintLine *self)
{
  if (self->line > 0)
    strata_source_text_go_to_line (self->text, self->line);
}

static void
strata_lint_line_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch ((StrataLintLineProperty) id)
    {
    case PROP_N_ERRORS:
      g_value_set_uint (value, STRATA_LINT_LINE (object)->n_errors);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_lint_line_dispose (GObject *object)
{
  StrataLintLine *self = STRATA_LINT_LINE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->text);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (strata_lint_line_parent_class)->dispose (object);
}

static void
strata_lint_line_class_init (StrataLintLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_lint_line_dispose;
  object_class->get_property = strata_lint_line_get_property;

  properties[PROP_N_ERRORS] =
    g_param_spec_uint ("n-errors", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
strata_lint_line_init (StrataLintLine *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (widget);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (""));
  self->button = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Go to Line")));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "small");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "small");
  gtk_widget_set_visible (GTK_WIDGET (self->button), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->icon), widget);
  gtk_widget_set_parent (GTK_WIDGET (self->label), widget);
  gtk_widget_set_parent (GTK_WIDGET (self->button), widget);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);

  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * strata_lint_line_watch:
 * @self: a line
 * @text: the text to look at, now and whenever it changes
 * @mode: what the text is meant to be
 *
 * Follows one text; call it once.
 */
void
strata_lint_line_watch (StrataLintLine   *self,
                        StrataSourceText *text,
                        StrataLintMode    mode)
{
  g_return_if_fail (STRATA_IS_LINT_LINE (self) && STRATA_IS_SOURCE_TEXT (text) &&
                    self->text == NULL);

  self->text = g_object_ref (text);
  self->mode = mode;
  g_signal_connect_object (strata_source_text_get_buffer (text), "changed", G_CALLBACK (start_soon),
                           self, G_CONNECT_SWAPPED);
  start_soon (self);
}
