/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-run-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-activity-write.h"
#include "dd-clean.h"
#include "dd-count-words.h"
#include "dd-run-tree.h"
#include "dd-time.h"
#include "dd-words.h"

/* More tasks of a run are counted and not listed. */
#define MOST_TASKS 100
#define LONGEST_NAME 80
#define LONGEST_ERROR 500
/* All bars of a run are equally wide, so that one time stands below the other; how wide is decided when it is opened. */
#define BAR_WIDTH 320
#define NARROW_BAR_WIDTH 110
#define NARROW 560
#define ROW_HEIGHT 44
#define BAR_HEIGHT 10
#define INDENT 18
#define MOST_DEPTH 4
#define LEAST_BAR 3

struct _DdRunRow
{
  AdwExpanderRow parent;

  DdActivityRun *run; /* what is needed of it */
  gint64         start;
  gint64         end;
  int            bar_width;
  gboolean       filled;
};

G_DEFINE_FINAL_TYPE (DdRunRow, dd_run_row, ADW_TYPE_EXPANDER_ROW)

/* Where a task lies in its run, as parts of its length. */
typedef struct
{
  double from;
  double to;
  double after; /* the end of the one that it waited for; negative: none */
} Span;

static double
part_of (DdRunRow *self,
         gint64    at)
{
  return CLAMP ((double) (at - self->start) / (double) MAX (self->end - self->start, 1), 0, 1);
}

static void
draw_span (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        user_data)
{
  const Span *span = user_data;
  double room = width - LEAST_BAR, left = span->from * room, top = (height - BAR_HEIGHT) / 2.0;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &colour);
  cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.18);
  cairo_rectangle (cr, 0, top, width, BAR_HEIGHT);
  cairo_fill (cr);
  if (span->after >= 0)
    {
      /* From row to row it becomes one line, from the end of what was waited for down to the last that did. */
      double line = floor (span->after * room) + 0.5;

      cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.7);
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, line, 0);
      cairo_line_to (cr, line, height);
      cairo_stroke (cr);
    }
  gdk_cairo_set_source_rgba (cr, &colour);
  /* Time goes from left to right in every language. */
  cairo_rectangle (cr, left, top, MAX ((span->to - span->from) * room, LEAST_BAR), BAR_HEIGHT);
  cairo_fill (cr);
}

static GtkWidget *
bar_new (DdRunRow        *self,
         const DdRunStep *step)
{
  const DdActivityTask *task = step->task;
  GtkWidget *area = gtk_drawing_area_new ();
  Span *span = g_new0 (Span, 1);

  span->from = part_of (self, task->start);
  span->to = MAX (part_of (self, task->end != DD_TIME_NONE ? task->end : self->end), span->from);
  span->after = step->after != NULL ? part_of (self, step->after->end) : -1;
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_span, span, g_free);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), self->bar_width);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), ROW_HEIGHT);
  gtk_widget_add_css_class (area, task->outcome == DD_OUTCOME_FAILED ? "dd-worse" : "dd-span");
  return area;
}

/* What stands above the bars: the run's begin and how long it took. */
static GtkWidget *
axis_new (DdRunRow *self)
{
  GtkWidget *row = adw_action_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *took = dd_words_short_duration ((double) (self->end - self->start) / DD_SECOND);
  GtkWidget *ends[] = { gtk_label_new (_("0 s")), gtk_label_new (took) };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gtk_widget_add_css_class (ends[i], "caption");
      gtk_widget_add_css_class (ends[i], "dim-label");
      gtk_box_append (GTK_BOX (box), ends[i]);
    }
  gtk_label_set_xalign (GTK_LABEL (ends[0]), 0);
  gtk_widget_set_hexpand (ends[0], TRUE);
  /* Not the box, which would be wider than the bars below it. */
  gtk_widget_set_hexpand (box, FALSE);
  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR);
  gtk_widget_set_size_request (box, self->bar_width, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Tasks"));
  gtk_widget_add_css_class (row, "dd-axis");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  return row;
}

static void
take_part (GString *words,
           char    *part)
{
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, part);
  g_free (part);
}

/* "2.1 s · 3 attempts · 120 records", and what went wrong. */
static char *
task_words (const DdRunStep *step)
{
  const DdActivityTask *task = step->task;
  g_autoptr (GString) words = g_string_new (NULL);

  if (task->start != DD_TIME_NONE && task->end != DD_TIME_NONE)
    take_part (words, dd_words_short_duration ((double) (task->end - task->start) / DD_SECOND));
  if (task->attempts > 1)
    take_part (words, g_strdup_printf (ngettext ("%u attempt", "%u attempts", task->attempts), task->attempts));
  if (task->records > 0)
    take_part (words, g_strdup_printf (ngettext ("%u record", "%u records", task->records), task->records));
  if (step->after != NULL)
    {
      const char *slash = strrchr (step->after->id, '/');

      take_part (words, g_strdup_printf (_("after %s"), slash != NULL ? slash + 1 : step->after->id));
    }
  if (task->error != NULL)
    take_part (words, dd_clean (task->error, LONGEST_ERROR));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GtkWidget *
task_row_new (DdRunRow        *self,
              const DdRunStep *step)
{
  const DdActivityTask *task = step->task;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = dd_clean (task->id, LONGEST_NAME);
  g_autofree char *words = task_words (step);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  if (step->depth > 0)
    {
      GtkWidget *indent = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_set_size_request (indent, INDENT * (int) MIN (step->depth, MOST_DEPTH), -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), indent);
    }
  if (task->outcome == DD_OUTCOME_FAILED)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "dd-worse");
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Failed"), -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  if (task->start != DD_TIME_NONE)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar_new (self, step));
  return row;
}

static void
expanded_cb (DdRunRow *self)
{
  g_autoptr (GArray) steps = NULL;

  if (self->filled || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->filled = TRUE;
  self->bar_width = gtk_widget_get_width (GTK_WIDGET (self)) < NARROW ? NARROW_BAR_WIDTH : BAR_WIDTH;
  steps = dd_run_tree (self->run);
  if (steps->len > 0)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), axis_new (self));
  for (guint i = 0; i < MIN (steps->len, MOST_TASKS); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), task_row_new (self, &g_array_index (steps, DdRunStep, i)));
  if (steps->len > MOST_TASKS)
    {
      GtkWidget *row = adw_action_row_new ();
      guint n = steps->len - MOST_TASKS;
      g_autofree char *words = g_strdup_printf (ngettext ("… and %u more; “doradash activity --json” has them all",
                                                          "… and %u more; “doradash activity --json” has them all", n), n);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
}

static void
expand_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (widget);

  adw_expander_row_set_expanded (row, !adw_expander_row_get_expanded (row));
}

static void
dd_run_row_finalize (GObject *object)
{
  g_clear_pointer (&DD_RUN_ROW (object)->run, dd_activity_run_free);
  G_OBJECT_CLASS (dd_run_row_parent_class)->finalize (object);
}

static void
dd_run_row_class_init (DdRunRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_run_row_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "run.expand", NULL, expand_cb);
}

static void
dd_run_row_init (DdRunRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

static GtkWidget *
icon_new (const DdRunSummary *run)
{
  static const struct
  {
    const char *icon;
    const char *css_class;
  } marks[] = {
    [DD_RUN_RUNNING] = { "content-loading-symbolic", "dim-label" },
    [DD_RUN_COMPLETED] = { "object-select-symbolic", "success" },
    [DD_RUN_FAILED] = { "dialog-warning-symbolic", "dd-worse" },
    [DD_RUN_CANCELLED] = { "process-stop-symbolic", "dim-label" },
    [DD_RUN_INTERRUPTED] = { "process-stop-symbolic", "dd-worse" },
  };
  gboolean partly = run->status == DD_RUN_COMPLETED && run->tasks_failed > 0;
  GtkWidget *icon = gtk_image_new_from_icon_name (marks[partly ? DD_RUN_FAILED : run->status].icon);

  gtk_widget_add_css_class (icon, marks[partly ? DD_RUN_FAILED : run->status].css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, dd_words_run_status (run->status), -1);
  return icon;
}

GtkWidget *
dd_run_row_new (const DdRunSummary *run,
                GTimeZone          *zone,
                gint64              now)
{
  DdRunRow *self = g_object_new (DD_TYPE_RUN_ROW, NULL);
  g_autofree char *name = dd_words_run_name (run->run);
  g_autofree char *load = dd_clean (run->run->load, LONGEST_NAME);
  g_autofree char *title = load != NULL && *load != '\0' ? g_strdup_printf (_("%s · %s"), name, load) : g_strdup (name);
  g_autofree char *at = dd_words_time (run->run->start, zone);
  g_autofree char *took = run->duration != DD_TIME_NONE ? dd_words_short_duration ((double) run->duration / DD_SECOND) : g_strdup ("…");
  const DdCount counts[] = { { DD_COUNTED_OK, run->tasks_ok }, { DD_COUNTED_FAILED, run->tasks_failed } };
  g_autofree char *tasks = dd_words_counts (counts, G_N_ELEMENTS (counts));
  /* When it began, how long it took, what became of it, and how many of its tasks went well and failed. */
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s · %s", at, took, dd_words_run_status (run->status), tasks);

  self->run = dd_activity_run_new ();
  self->run->imported = run->run->imported;
  g_ptr_array_unref (self->run->tasks);
  self->run->tasks = g_ptr_array_ref (run->run->tasks);
  self->start = run->run->start;
  self->end = run->end != DD_TIME_NONE ? run->end : now;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon_new (run));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
  return GTK_WIDGET (self);
}
