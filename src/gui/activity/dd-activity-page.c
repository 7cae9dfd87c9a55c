/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity-page.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "dd-by-frame.h"
#include "dd-clean.h"
#include "dd-columns.h"
#include "dd-count-words.h"
#include "dd-engagement-group.h"
#include "dd-funnel-bar.h"
#include "dd-log-import.h"
#include "dd-query-activity.h"
#include "dd-run-row.h"
#include "dd-value-text.h"
#include "dd-words.h"

/* More runs are counted and not listed. */
#define MOST_RUNS 30
#define LONGEST_NAME 80

struct _DdActivityPage
{
  DdPage parent;

  DdColumns    *head;
  GtkLabel     *subtitle;
  GtkToggleButton *day_button;
  GtkToggleButton *week_button;
  GtkToggleButton *month_button;
  DdLogImport  *log_import;
  DdColumns    *tiles;
  GtkLabel     *runs_count;
  GtkListBox   *runs;
  DdColumns    *lower;
  GtkListBox   *schedules;
  GtkLabel     *errors_count;
  GtkListBox   *errors;
  GtkListBox   *load;
  AdwBin       *engagement_place;
  DdActivity   *activity; /* what is shown; NULL before there is any */
};

G_DEFINE_FINAL_TYPE (DdActivityPage, dd_activity_page, DD_TYPE_PAGE)

static GtkWidget *
label_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static char *
percent (double rate)
{
  return isnan (rate) ? g_strdup ("–") : g_strdup_printf (_("%.1f %%"), 100 * rate);
}

/* A figure with its name above and what it is compared with below. */
static void
add_tile (DdActivityPage *self,
          const char     *name,
          const char     *value,
          const char     *more)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *figure = label_new (NULL, "metric-card-value");
  g_autofree char *markup = dd_value_markup (value);
  GtkWidget *title = label_new (name, "caption-heading"), *line = label_new (more, "caption");

  gtk_label_set_markup (GTK_LABEL (figure), markup);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_widget_add_css_class (line, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "dd-tile");
  dd_columns_append (self->tiles, box);
}

static void
show_tiles (DdActivityPage   *self,
            const DdActivity *activity)
{
  const DdTaskSummary *tasks = &activity->tasks, *before = &activity->before;
  g_autofree char *started = g_strdup_printf ("%" PRIu64, tasks->started);
  g_autofree char *started_before = g_strdup_printf (_("was %" PRIu64), before->started);
  g_autofree char *succeeded = g_strdup_printf ("%" PRIu64, tasks->succeeded);
  g_autofree char *succeeded_before = g_strdup_printf (_("was %" PRIu64), before->succeeded);
  g_autofree char *failed = g_strdup_printf ("%" PRIu64, tasks->failed);
  g_autofree char *rate = percent (tasks->error_rate), *rate_before = percent (before->error_rate);
  g_autofree char *rates = isnan (before->error_rate) ? g_strdup_printf (_("error rate %s"), rate)
                                                      : g_strdup_printf (_("error rate %s, was %s"), rate, rate_before);
  g_autofree char *retried = g_strdup_printf ("%" PRIu64, tasks->retried);
  g_autofree char *retried_before = g_strdup_printf (_("was %" PRIu64), before->retried);
  g_autofree char *median = dd_words_short_duration (tasks->median), *mean = dd_words_short_duration (tasks->mean);
  g_autofree char *means = g_strdup_printf (_("mean %s"), mean);
  g_autofree char *p95 = dd_words_short_duration (tasks->p95), *p95_before = dd_words_short_duration (before->p95);
  g_autofree char *was = g_strdup_printf (_("was %s"), p95_before);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles))) != NULL)
    gtk_widget_unparent (child);
  add_tile (self, _("Tasks"), started, started_before);
  add_tile (self, _("Succeeded"), succeeded, succeeded_before);
  add_tile (self, _("Failed"), failed, rates);
  add_tile (self, _("Tried again"), retried, retried_before);
  add_tile (self, _("Median"), median, means);
  add_tile (self, _("95th percentile"), p95, was);
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  /* Not the placeholder, which is a child as well. */
  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static GtkWidget *
add_row (GtkListBox *list,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *clean = dd_clean (title, LONGEST_NAME);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), clean);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  gtk_list_box_append (list, row);
  return row;
}

static void
show_runs (DdActivityPage   *self,
           const DdActivity *activity)
{
  guint shown = MIN (activity->runs->len, MOST_RUNS);
  g_autofree char *words = NULL;

  clear (self->runs);
  for (guint i = 0; i < shown; i++)
    gtk_list_box_append (self->runs, dd_run_row_new (g_ptr_array_index (activity->runs, i), activity->zone, activity->now));
  if (activity->total_runs > shown)
    words = g_strdup_printf (ngettext ("the latest %u of %u", "the latest %u of %u", activity->total_runs), shown, activity->total_runs);
  else
    words = g_strdup_printf (ngettext ("%u in this window", "%u in this window", activity->total_runs), activity->total_runs);
  gtk_label_set_label (self->runs_count, words);
}

/* "Next Mon 23 Nov 2026, 08:00 · last success · 12 done, 0 failed, 1 missed" */
static char *
schedule_words (const DdScheduleSummary *schedule,
                GTimeZone               *zone)
{
  g_autofree char *next = schedule->next_run != DD_TIME_NONE ? dd_words_time (schedule->next_run, zone) : NULL;
  g_autofree char *last = schedule->last_run != DD_TIME_NONE ? dd_words_time (schedule->last_run, zone) : NULL;
  g_autofree char *first = next != NULL ? g_strdup_printf (_("next %s"), next) : g_strdup (_("no next run known"));
  g_autofree char *second = last != NULL ? g_strdup_printf (_("last %s"), last) : g_strdup (_("never run"));

  const DdCount counts[] = { { DD_COUNTED_DONE, schedule->succeeded },
                             { DD_COUNTED_FAILED, schedule->failed },
                             { DD_COUNTED_MISSED, schedule->missed } };
  g_autofree char *became = dd_words_counts (counts, G_N_ELEMENTS (counts));

  return g_strdup_printf ("%s · %s · %s", first, second, became);
}

static void
show_schedules (DdActivityPage   *self,
                const DdActivity *activity)
{
  clear (self->schedules);
  for (guint i = 0; i < activity->schedules->len; i++)
    {
      const DdScheduleSummary *schedule = g_ptr_array_index (activity->schedules, i);
      g_autofree char *words = schedule_words (schedule, activity->zone);

      add_row (self->schedules, schedule->id, words);
    }
  if (activity->schedules->len == 0)
    {
      GtkWidget *row = add_row (self->schedules, _("No schedules"), _("A report each Monday, a sync each night: DoraDash does it by itself"));
      GtkWidget *button = gtk_button_new_with_label (_("Add…"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.change-setting");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "schedules");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
}

static void
show_errors (DdActivityPage   *self,
             const DdActivity *activity)
{
  g_autofree char *words = NULL;

  clear (self->errors);
  for (guint i = 0; i < activity->errors->len; i++)
    {
      const DdActivityShare *share = g_ptr_array_index (activity->errors, i);
      g_autofree char *rate = percent (share->rate);
      g_autofree char *counted = g_strdup_printf (_("%" PRIu64 " · %s"), share->count, rate);
      GtkWidget *row = add_row (self->errors, share->name, counted);
      GtkWidget *bar = dd_funnel_bar_new ((guint) (share->rate * 1000), 0, 1000, TRUE);

      gtk_widget_add_css_class (bar, "dd-errors");
      gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar);
    }
  if (activity->errors->len == 0)
    add_row (self->errors, _("No errors in this window"), NULL);
  words = activity->total_errors > 0 ? g_strdup_printf (_("%" PRIu64 " in all"), activity->total_errors) : g_strdup ("");
  gtk_label_set_label (self->errors_count, words);
}

static void
show_load (DdActivityPage   *self,
           const DdActivity *activity)
{
  clear (self->load);
  for (guint i = 0; i < activity->load->len; i++)
    {
      const DdLoad *load = g_ptr_array_index (activity->load, i);
      g_autofree char *mean = dd_words_short_duration (load->mean), *rate = percent (load->error_rate);
      g_autofree char *runs = g_strdup_printf (ngettext ("%u run", "%u runs", (gulong) load->runs), (guint) load->runs);
      g_autofree char *tasks = g_strdup_printf (ngettext ("%u task", "%u tasks", (gulong) load->tasks), (guint) load->tasks);
      /* Translators: runs and tasks, as "3 runs" and "9 tasks", how long a task takes, and how many fail. */
      g_autofree char *words = g_strdup_printf (_("%s, %s · mean %s · error rate %s"), runs, tasks, mean, rate);

      add_row (self->load, load->name, words);
    }
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->load)), activity->load->len > 0);
}

static void
show_engagement (DdActivityPage   *self,
                 const DdActivity *activity)
{
  if (adw_bin_get_child (self->engagement_place) == NULL)
    adw_bin_set_child (self->engagement_place, dd_engagement_group_new (dd_page_get_session (DD_PAGE (self))));
  dd_engagement_group_show (DD_ENGAGEMENT_GROUP (adw_bin_get_child (self->engagement_place)), activity);
}

/* What is further down comes a frame later. */
static void
show_middle (GtkWidget *widget)
{
  DdActivityPage *self = DD_ACTIVITY_PAGE (widget);

  show_schedules (self, self->activity);
  show_errors (self, self->activity);
}

static void
show_end (GtkWidget *widget)
{
  DdActivityPage *self = DD_ACTIVITY_PAGE (widget);

  show_load (self, self->activity);
  show_engagement (self, self->activity);
}

static void
activity_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DdActivityPage) self = user_data;
  g_autoptr (GError) error = NULL;
  DdActivity *activity = dd_query_activity_finish (DD_ENGINE (source), result, &error);

  if (activity != NULL)
    {
      g_autofree char *start = dd_words_time (activity->start, activity->zone);
      g_autofree char *words = g_strdup_printf (_("Since %s, counted from what each run wrote down."), start);

      gtk_label_set_label (self->subtitle, words);
      show_tiles (self, activity);
      show_runs (self, activity);
      g_clear_pointer (&self->activity, dd_activity_free);
      self->activity = activity;
      dd_by_frame_add (GTK_WIDGET (self), show_middle);
      dd_by_frame_add (GTK_WIDGET (self), show_end);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_label_set_label (self->subtitle, error->message);
    }
}

static int
chosen_hours (DdActivityPage *self)
{
  if (gtk_toggle_button_get_active (self->week_button))
    return 7 * 24;
  return gtk_toggle_button_get_active (self->month_button) ? 30 * 24 : 24;
}

/* A window of its own: how the program runs has nothing to do with the period of the metrics. */
static void
dd_activity_page_ask (DdPage        *page,
                      const DdQuery *query,
                      GCancellable  *cancellable)
{
  DdActivityQuery asked = {
    .workspace = query->workspace,
    .hours = chosen_hours (DD_ACTIVITY_PAGE (page)),
    .until = DD_TIME_NONE,
    .now = g_get_real_time (),
  };

  dd_log_import_set_session (DD_ACTIVITY_PAGE (page)->log_import, dd_page_get_session (page));
  dd_query_activity_async (dd_session_get_engine (dd_page_get_session (page)), &asked, cancellable, activity_cb, g_object_ref (page));
}

static void
window_toggled_cb (DdActivityPage  *self,
                   GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    dd_page_ask_again (DD_PAGE (self));
}

static void
import_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  dd_log_import_choose (DD_ACTIVITY_PAGE (widget)->log_import);
}

static void
dd_activity_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_ACTIVITY_PAGE);
  G_OBJECT_CLASS (dd_activity_page_parent_class)->dispose (object);
}

static void
dd_activity_page_finalize (GObject *object)
{
  g_clear_pointer (&DD_ACTIVITY_PAGE (object)->activity, dd_activity_free);
  G_OBJECT_CLASS (dd_activity_page_parent_class)->finalize (object);
}

static void
dd_activity_page_class_init (DdActivityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_activity_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_activity_page_finalize;
  DD_PAGE_CLASS (klass)->ask = dd_activity_page_ask;
  g_type_ensure (DD_TYPE_COLUMNS);
  g_type_ensure (DD_TYPE_LOG_IMPORT);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/activity/dd-activity-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, head);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, day_button);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, week_button);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, month_button);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, log_import);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, runs_count);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, runs);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, lower);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, schedules);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, errors_count);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, errors);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, load);
  gtk_widget_class_bind_template_child (widget_class, DdActivityPage, engagement_place);
  gtk_widget_class_bind_template_callback (widget_class, window_toggled_cb);
  gtk_widget_class_install_action (widget_class, "activity.import", NULL, import_cb);
}

static void
dd_activity_page_init (DdActivityPage *self)
{
  static const DdColumnStep head_steps[] = { { 560, 2 }, { 0, 1 } };
  static const DdColumnStep tile_steps[] = { { 960, 6 }, { 560, 3 }, { 320, 2 }, { 0, 1 } };
  static const DdColumnStep lower_steps[] = { { 760, 2 }, { 0, 1 } };

  gtk_widget_init_template (GTK_WIDGET (self));
  dd_columns_set_steps (self->head, head_steps, 2);
  dd_columns_set_steps (self->tiles, tile_steps, 1);
  dd_columns_set_steps (self->lower, lower_steps, 1);
  dd_log_import_accept_drops (self->log_import, GTK_WIDGET (self));
}

GtkWidget *
dd_activity_page_new (void)
{
  return g_object_new (DD_TYPE_ACTIVITY_PAGE, NULL);
}
