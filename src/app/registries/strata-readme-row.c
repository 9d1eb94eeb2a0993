/* strata-readme-row.c - one row of a table whose columns are as wide as those of all its rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-readme-row"

#include "strata-readme-row.h"

#define SPACING 18
#define LEAST_WIDTH 24

struct _StrataReadmeRow
{
  GtkWidget  parent_instance;
  GArray    *widths;  /* (owned) (element-type int): what each column would like, in pixels */
};

G_DEFINE_FINAL_TYPE (StrataReadmeRow, strata_readme_row, GTK_TYPE_WIDGET)

static int
get_spacing (StrataReadmeRow *self)
{
  return SPACING * ((int) self->widths->len - 1);
}

static int
get_natural_width (StrataReadmeRow *self)
{
  int width = get_spacing (self);

  for (guint i = 0; i < self->widths->len; i++)
    width += g_array_index (self->widths, int, i);

  return width;
}

/* Narrow columns get what they would like, and wide ones share the rest. The last takes what is left over. */
static void
share_width (StrataReadmeRow *self,
             int              width,
             int             *shares)
{
  int left = width - get_spacing (self);
  int n_left = (int) self->widths->len;
  gboolean settled = TRUE;

  for (guint i = 0; i < self->widths->len; i++)
    shares[i] = -1;

  while (settled && n_left > 0)
    {
      int fair = left / n_left;

      settled = FALSE;
      for (guint i = 0; i < self->widths->len; i++)
        if (shares[i] < 0 && g_array_index (self->widths, int, i) <= fair)
          {
            shares[i] = g_array_index (self->widths, int, i);
            left -= shares[i];
            n_left--;
            settled = TRUE;
          }
    }

  for (guint i = 0; i < self->widths->len; i++)
    if (shares[i] < 0)
      {
        shares[i] = MAX (left / n_left, LEAST_WIDTH);
        left -= shares[i];
        n_left--;
      }

  shares[self->widths->len - 1] += MAX (left, 0);
}

static GtkSizeRequestMode
strata_readme_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
strata_readme_row_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  StrataReadmeRow *self = STRATA_README_ROW (widget);
  g_autofree int *shares = g_new (int, self->widths->len);
  GtkWidget *cell = gtk_widget_get_first_child (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = get_spacing (self) + LEAST_WIDTH * (int) self->widths->len;
      *natural = MAX (*minimum, get_natural_width (self));
      return;
    }

  share_width (self, for_size >= 0 ? for_size : get_natural_width (self), shares);
  for (guint i = 0; cell != NULL; i++, cell = gtk_widget_get_next_sibling (cell))
    {
      int height;

      gtk_widget_measure (cell, GTK_ORIENTATION_VERTICAL, shares[i], NULL, &height, NULL, NULL);
      *minimum = *natural = MAX (*natural, height);
    }
}

static void
strata_readme_row_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  StrataReadmeRow *self = STRATA_README_ROW (widget);
  g_autofree int *shares = g_new (int, self->widths->len);
  GtkWidget *cell = gtk_widget_get_first_child (widget);
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  share_width (self, width, shares);
  for (guint i = 0; cell != NULL; i++, cell = gtk_widget_get_next_sibling (cell))
    {
      int left = from_right ? width - x - shares[i] : x;

      gtk_widget_size_allocate (cell, &(GtkAllocation) { left, 0, shares[i], height }, -1);
      x += shares[i] + SPACING;
    }
}

static void
strata_readme_row_dispose (GObject *object)
{
  GtkWidget *cell;

  while ((cell = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (cell);

  G_OBJECT_CLASS (strata_readme_row_parent_class)->dispose (object);
}

static void
strata_readme_row_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_README_ROW (object)->widths, g_array_unref);

  G_OBJECT_CLASS (strata_readme_row_parent_class)->finalize (object);
}

static void
strata_readme_row_class_init (StrataReadmeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_readme_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_readme_row_finalize;

  widget_class->get_request_mode = strata_readme_row_get_request_mode;
  widget_class->measure = strata_readme_row_measure;
  widget_class->size_allocate = strata_readme_row_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
}

static void
strata_readme_row_init (StrataReadmeRow *self)
{
}

/**
 * strata_readme_row_new:
 * @widths: (element-type int): what each column would like, in pixels; shared by the rows of a table
 *
 * Returns: (transfer floating): a row without cells; append as many as there are widths
 */
GtkWidget *
strata_readme_row_new (GArray *widths)
{
  g_return_val_if_fail (widths != NULL && widths->len > 0, NULL);

  StrataReadmeRow *self = g_object_new (STRATA_TYPE_README_ROW, NULL);

  self->widths = g_array_ref (widths);

  return GTK_WIDGET (self);
}

/**
 * strata_readme_row_append:
 * @self: a row
 * @cell: (transfer floating): what the next column shows
 *
 * Adds a cell.
 */
void
strata_readme_row_append (StrataReadmeRow *self,
                          GtkWidget       *cell)
{
  g_return_if_fail (STRATA_IS_README_ROW (self));

  gtk_widget_set_parent (cell, GTK_WIDGET (self));
}
