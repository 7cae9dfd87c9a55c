/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-run-row.h"

#include <glib/gi18n-lib.h>

#include "dd-activity-write.h"
#include "dd-clean.h"
#include "dd-time.h"
#include "dd-words.h"

/* More tasks of a run are counted and not listed. */
#define MOST_TASKS 100
#define LONGEST_NAME 80
#define LONGEST_ERROR 500
#define BAR_WIDTH 180
#define BAR_HEIGHT 10
#define LEAST_BAR 3

struct _DdRunRow
{
  AdwExpanderRow parent;

  GPtrArray *tasks; /* of DdActivityTask */
  gint64     start;
  gint64     end;
  gboolean   filled;
};

G_DEFINE_FINAL_TYPE (DdRunRow, dd_run_row, ADW_TYPE_EXPANDER_ROW)

/* Where a task lies in its run, as parts of its length. */
typedef struct
{
  double from;
  double to;
} Span;

static void
draw_span (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        user_data)
{
  const Span *span = user_data;
  double left = span->from * width, long_enough = MAX ((span->to - span->from) * width, LEAST_BAR);
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &colour);
  cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.18);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &colour);
  /* Time goes from left to right in every language. */
  cairo_rectangle (cr, MIN (left, width - LEAST_BAR), 0, MIN (long_enough, width - MIN (left, width - LEAST_BAR)), height);
  cairo_fill (cr);
}

static GtkWidget *
bar_new (DdRunRow             *self,
         const DdActivityTask *task)
{
  GtkWidget *area = gtk_drawing_area_new ();
  double whole = (double) MAX (self->end - self->start, 1);
  gint64 end = task->end != DD_TIME_NONE ? task->end : self->end;
  Span *span = g_new0 (Span, 1);

  span->from = CLAMP ((double) (task->start - self->start) / whole, 0, 1);
  span->to = CLAMP ((double) (end - self->start) / whole, span->from, 1);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_span, span, g_free);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), BAR_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), BAR_HEIGHT);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (area, task->outcome == DD_OUTCOME_FAILED ? "dd-worse" : "dd-span");
  return area;
}

/* "2.1 s · 3 attempts · 120 records", and what went wrong. */
static char *
task_words (const DdActivityTask *task)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *error = NULL;

  if (task->start != DD_TIME_NONE && task->end != DD_TIME_NONE)
    {
      g_autofree char *took = dd_words_short_duration ((double) (task->end - task->start) / DD_SECOND);

      g_string_append (words, took);
    }
  if (task->attempts > 1)
    g_string_append_printf (words, ngettext ("%s%u attempt", "%s%u attempts", task->attempts), words->len > 0 ? " · " : "", task->attempts);
  if (task->records > 0)
    g_string_append_printf (words, ngettext ("%s%u record", "%s%u records", task->records), words->len > 0 ? " · " : "", task->records);
  if (task->error != NULL)
    {
      error = dd_clean (task->error, LONGEST_ERROR);
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", error);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GtkWidget *
task_row_new (DdRunRow             *self,
              const DdActivityTask *task)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = dd_clean (task->id, LONGEST_NAME);
  g_autofree char *words = task_words (task);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  if (task->outcome == DD_OUTCOME_FAILED)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "dd-worse");
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Failed"), -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  if (task->start != DD_TIME_NONE)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar_new (self, task));
  return row;
}

static void
expanded_cb (DdRunRow *self)
{
  if (self->filled || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->filled = TRUE;
  for (guint i = 0; i < MIN (self->tasks->len, MOST_TASKS); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), task_row_new (self, g_ptr_array_index (self->tasks, i)));
  if (self->tasks->len > MOST_TASKS)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *words = g_strdup_printf (_("… and %u more; “doradash activity --json” has them all"), self->tasks->len - MOST_TASKS);

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
  g_clear_pointer (&DD_RUN_ROW (object)->tasks, g_ptr_array_unref);
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
  g_autofree char *name = dd_clean (run->run->name, LONGEST_NAME);
  g_autofree char *load = dd_clean (run->run->load, LONGEST_NAME);
  g_autofree char *title = load != NULL && *load != '\0' ? g_strdup_printf (_("%s · %s"), name, load) : g_strdup (name);
  g_autofree char *at = dd_words_time (run->run->start, zone);
  g_autofree char *took = run->duration != DD_TIME_NONE ? dd_words_short_duration ((double) run->duration / DD_SECOND) : g_strdup ("…");
  /* Translators: when a run began, how long it took, what became of it, and how many of its tasks went well and failed. */
  g_autofree char *subtitle = g_strdup_printf (_("%s · %s · %s · %u ok, %u failed"), at, took, dd_words_run_status (run->status),
                                               run->tasks_ok, run->tasks_failed);

  self->tasks = g_ptr_array_ref (run->run->tasks);
  self->start = run->run->start;
  self->end = run->end != DD_TIME_NONE ? run->end : now;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon_new (run));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
  return GTK_WIDGET (self);
}
