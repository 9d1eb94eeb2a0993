/* bench-window.h - a window whose frames are counted and timed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BENCH_PATIENCE (60 * G_TIME_SPAN_SECOND)

typedef struct
{
  GtkWidget *page;
  guint      n_frames;
  double     before;   /* processor time when the frame began */
  double     frame;    /* what the last frame took */
} BenchWindow;

/* Processor time of this thread in milliseconds: a frame waits for its turn, and that is no work. */
static inline double
bench_get_work (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);

  return (double) spent.tv_sec * 1e3 + (double) spent.tv_nsec / 1e6;
}

/* Resident memory of this process in KiB. */
static inline long
bench_get_resident (void)
{
  g_autofree char *text = NULL;
  const char *line =
    g_file_get_contents ("/proc/self/status", &text, NULL, NULL) ? strstr (text, "VmRSS:") : NULL;

  return line != NULL ? strtol (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

static inline GtkWidget *
bench_find_child (GtkWidget *widget,
                  GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = bench_find_child (child, type);

  return found;
}

static inline void
bench_before_paint_cb (BenchWindow *self)
{
  self->before = bench_get_work ();
}

static inline void
bench_after_paint_cb (BenchWindow *self)
{
  self->frame = bench_get_work () - self->before;
  self->n_frames++;
}

static inline void
bench_window_show (BenchWindow *self,
                   GtkWidget   *page)
{
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW,
                                    "content", page,
                                    "default-width", 1280,
                                    "default-height", 820,
                                    NULL);

  self->page = page;
  gtk_widget_realize (window);

  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (bench_before_paint_cb), self);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (bench_after_paint_cb), self);
  gtk_window_present (GTK_WINDOW (window));
}

/* Runs the main loop until the next frame is painted. */
static inline void
bench_window_wait (BenchWindow *self)
{
  guint n_frames = self->n_frames;

  gtk_widget_queue_draw (self->page);
  while (self->n_frames == n_frames)
    g_main_context_iteration (NULL, TRUE);
}
