/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity-write.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "dd-clean.h"
#include "dd-count-words.h"
#include "dd-page.h"
#include "dd-schedule-write.h"
#include "dd-words.h"

#define INDENT 2
#define STATUS 13
#define TIME 24
#define DURATION 14
#define COUNT 12
#define NAME 26
#define MOST_RUNS 10
#define LONGEST_NAME 60

const char *
dd_words_run_status (DdRunStatus status)
{
  switch (status)
    {
    case DD_RUN_RUNNING:
      return _("running");
    case DD_RUN_COMPLETED:
      return _("completed");
    case DD_RUN_FAILED:
      return _("failed");
    case DD_RUN_CANCELLED:
      return _("cancelled");
    default:
      return _("interrupted");
    }
}

char *
dd_words_run_name (const DdActivityRun *run)
{
  static const char * const own[] = { "sync", "report", "send", "run", NULL };

  return !run->imported && g_strv_contains (own, run->name) ? g_strdup (dd_words_schedule_action (run->name))
                                                            : dd_clean (run->name, LONGEST_NAME);
}

static void
add_nothing (DdPage     *page,
             const char *words)
{
  dd_page_field (page, "", INDENT, DD_STYLE_PLAIN);
  dd_page_words (page, words, INDENT, DD_STYLE_DIM);
}

static void
add_field (DdPage *page,
           char   *text,
           int     width,
           DdStyle style)
{
  dd_page_field (page, text, width, style);
  g_free (text);
}

static char *
percent (double rate)
{
  return isfinite (rate) ? g_strdup_printf ("%.1f %%", 100 * rate) : g_strdup ("–");
}

static void
add_tasks (DdPage           *page,
           const DdActivity *activity)
{
  const DdTaskSummary *tasks = &activity->tasks, *before = &activity->before;
  g_autofree char *mean = dd_words_short_duration (tasks->mean), *median = dd_words_short_duration (tasks->median);
  g_autofree char *p95 = dd_words_short_duration (tasks->p95), *rate = percent (tasks->error_rate), *rate_before = percent (before->error_rate);
  const DdCount parts[] = { { DD_COUNTED_STARTED, tasks->started },
                            { DD_COUNTED_SUCCEEDED, tasks->succeeded },
                            { DD_COUNTED_FAILED, tasks->failed },
                            { DD_COUNTED_RETRIED, tasks->retried } };
  g_autofree char *became = dd_words_counts (parts, G_N_ELEMENTS (parts)), *then = dd_words_counted (DD_COUNTED_STARTED, before->started);
  g_autofree char *counts = NULL, *durations = NULL, *compared = NULL;

  dd_page_heading (page, _("Tasks"));
  if (tasks->started + tasks->succeeded + tasks->failed == 0)
    {
      add_nothing (page, _("No tasks in this window. “doradash sync” runs some; --window 30d looks farther back."));
      return;
    }
  /* Translators: "12 started, 11 succeeded, 1 failed, 0 tried again". */
  counts = g_strdup_printf (_("%s · error rate %s"), became, rate);
  durations = g_strdup_printf (_("They took %s in the mean, %s in the median, %s at the 95th percentile"), mean, median, p95);
  /* Translators: "12 started". */
  compared = g_strdup_printf (_("The window before: %s · error rate %s"), then, rate_before);
  dd_page_item (page, counts, DD_STYLE_PLAIN);
  dd_page_item (page, durations, DD_STYLE_PLAIN);
  dd_page_item (page, compared, DD_STYLE_DIM);
}

static DdStyle
style_of (DdRunStatus status)
{
  if (status == DD_RUN_COMPLETED)
    return DD_STYLE_GOOD;
  return status == DD_RUN_FAILED || status == DD_RUN_INTERRUPTED ? DD_STYLE_BAD : DD_STYLE_PLAIN;
}

static void
add_runs (DdPage           *page,
          const DdActivity *activity)
{
  int status = STATUS, time = TIME;

  for (DdRunStatus each = DD_RUN_RUNNING; each <= DD_RUN_INTERRUPTED; each++)
    status = dd_page_widen (page, status, dd_words_run_status (each));
  dd_page_heading (page, _("Runs"));
  if (activity->runs->len == 0)
    {
      add_nothing (page, _("No runs yet in this window. Sync now with “doradash sync”, or read a log with “doradash events import FILE”."));
      return;
    }
  for (guint i = 0; i < MIN (activity->runs->len, MOST_RUNS); i++)
    {
      const DdRunSummary *run = g_ptr_array_index (activity->runs, i);
      double seconds = run->duration != DD_TIME_NONE ? (double) run->duration / (double) DD_SECOND : NAN;
      g_autofree char *name = dd_words_run_name (run->run), *load = dd_clean (run->run->load, LONGEST_NAME);
      const DdCount counts[] = { { DD_COUNTED_OK, run->tasks_ok }, { DD_COUNTED_FAILED, run->tasks_failed } };
      g_autofree char *tasks = dd_words_counts (counts, G_N_ELEMENTS (counts));
      g_autofree char *words = g_strdup_printf ("%s · %s · %s", name, load, tasks);
      g_autofree char *start = dd_words_time (run->run->start, activity->zone);

      dd_page_field (page, "", INDENT, DD_STYLE_PLAIN);
      dd_page_field (page, dd_words_run_status (run->status), status, style_of (run->status));
      time = dd_page_widen (page, time, start);
      dd_page_field (page, start, time, DD_STYLE_PLAIN);
      add_field (page, dd_words_short_duration (seconds), DURATION, DD_STYLE_PLAIN);
      dd_page_words (page, words, INDENT + status, DD_STYLE_PLAIN);
    }
  if (activity->total_runs > MOST_RUNS)
    {
      guint n = activity->total_runs - MOST_RUNS;
      g_autofree char *more = g_strdup_printf (ngettext ("… and %u more; --json has them with their tasks",
                                                         "… and %u more; --json has them with their tasks", n), n);

      add_nothing (page, more);
    }
}

static const char *
status_words (const char *status)
{
  static const char * const words[] = { N_("success"), N_("failed"), N_("retry"), N_("running") };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (status, words[i]) == 0)
      return _(words[i]);
  return _("never");
}

static void
add_schedules (DdPage           *page,
               const DdActivity *activity)
{
  dd_page_heading (page, _("Schedules"));
  if (activity->schedules->len == 0)
    add_nothing (page, _("No schedules. A workspace’s settings may have some: “schedules”, each with a cron."));
  for (guint i = 0; i < activity->schedules->len; i++)
    {
      const DdScheduleSummary *schedule = g_ptr_array_index (activity->schedules, i);
      g_autofree char *id = dd_clean (schedule->id, LONGEST_NAME);
      g_autofree char *last = dd_words_time (schedule->last_run, activity->zone), *next = dd_words_time (schedule->next_run, activity->zone);
      const DdCount counts[] = { { DD_COUNTED_ENQUEUED, schedule->enqueued },
                                 { DD_COUNTED_STARTED, schedule->started },
                                 { DD_COUNTED_SUCCEEDED, schedule->succeeded },
                                 { DD_COUNTED_FAILED, schedule->failed },
                                 { DD_COUNTED_MISSED, schedule->missed } };
      g_autofree char *became = dd_words_counts (counts, G_N_ELEMENTS (counts));
      /* Translators: when a schedule ran, how that went, when it runs next, "5 enqueued, 4 started". */
      g_autofree char *words = g_strdup_printf (_("last %s (%s) · next %s · %s"), last, status_words (schedule->last_status), next, became);

      dd_page_field (page, "", INDENT, DD_STYLE_PLAIN);
      dd_page_field (page, id, NAME, DD_STYLE_PLAIN);
      dd_page_words (page, words, INDENT + INDENT, DD_STYLE_PLAIN);
    }
}

static void
add_load (DdPage           *page,
          const DdActivity *activity)
{
  if (activity->load->len == 0)
    return;
  dd_page_heading (page, _("Load"));
  for (guint i = 0; i < activity->load->len; i++)
    {
      const DdLoad *load = g_ptr_array_index (activity->load, i);
      g_autofree char *name = dd_clean (load->name, LONGEST_NAME), *mean = dd_words_short_duration (load->mean), *rate = percent (load->error_rate);
      g_autofree char *runs = g_strdup_printf (ngettext ("%" PRIu64 " run", "%" PRIu64 " runs", (gulong) load->runs),
                                               load->runs);
      g_autofree char *tasks = g_strdup_printf (ngettext ("%" PRIu64 " task", "%" PRIu64 " tasks", (gulong) load->tasks),
                                                load->tasks);
      /* Translators: runs and tasks, as "3 runs" and "9 tasks", how long a task takes, and how many fail. */
      g_autofree char *words = g_strdup_printf (_("%s, %s · %s in the mean · error rate %s"), runs, tasks, mean, rate);

      dd_page_field (page, "", INDENT, DD_STYLE_PLAIN);
      dd_page_field (page, *name != '\0' ? name : "–", NAME, DD_STYLE_PLAIN);
      dd_page_words (page, words, INDENT + INDENT, DD_STYLE_PLAIN);
    }
}

static void
add_shares (DdPage          *page,
            const GPtrArray *shares)
{
  for (guint i = 0; i < shares->len; i++)
    {
      const DdActivityShare *share = g_ptr_array_index (shares, i);
      g_autofree char *name = dd_clean (share->name, LONGEST_NAME);

      dd_page_field (page, "", INDENT, DD_STYLE_PLAIN);
      dd_page_field (page, name, NAME, DD_STYLE_PLAIN);
      add_field (page, g_strdup_printf ("%" PRIu64, share->count), COUNT, DD_STYLE_PLAIN);
      add_field (page, percent (share->rate), COUNT, DD_STYLE_PLAIN);
      dd_page_end_line (page);
    }
}

static void
add_errors (DdPage           *page,
            const DdActivity *activity)
{
  dd_page_heading (page, _("Errors"));
  if (activity->errors->len == 0)
    add_nothing (page, _("No errors in this window."));
  add_shares (page, activity->errors);
  if (activity->dropped_errors > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%" PRIu64 " could not be written when it happened",
                                                          "%" PRIu64 " could not be written when they happened",
                                                          (gulong) activity->dropped_errors), activity->dropped_errors);

      add_nothing (page, words);
    }
}

static void
add_usage (DdPage           *page,
           const DdActivity *activity)
{
  g_autofree char *rate = percent (dd_activity_activation_rate (activity));
  g_autofree char *activation =
    g_strdup_printf (ngettext ("%u of %u workspace had a run that completed (%s)", "%u of %u workspaces had a run that completed (%s)",
                               activity->workspaces), activity->activated, activity->workspaces, rate);

  dd_page_heading (page, _("Use"));
  dd_page_item (page, activation, DD_STYLE_PLAIN);
  if (activity->engagement_enabled || activity->engagement->len > 0)
    {
      g_autofree char *sessions = g_strdup_printf (ngettext ("%u session", "%u sessions", activity->sessions), activity->sessions);

      dd_page_item (page, sessions, DD_STYLE_PLAIN);
      add_shares (page, activity->engagement);
    }
  else
    dd_page_item (page, _("Which pages are used is not counted; the window’s preferences can switch it on, for this computer only"),
                  DD_STYLE_DIM);
}

char *
dd_activity_to_text (const DdActivity *activity,
                     gboolean          colour,
                     gboolean          utf8,
                     int               columns)
{
  g_autofree char *start = dd_words_time (activity->start, activity->zone), *end = dd_words_time (activity->end, activity->zone);
  g_autofree char *title = g_strdup_printf (ngettext ("%s · %d hour · %s – %s", "%s · %d hours · %s – %s", (gulong) activity->hours),
                                            activity->workspace != NULL ? activity->workspace : _("Activity"), activity->hours, start, end);
  DdPage page;

  dd_page_init (&page, colour, utf8, columns);
  dd_page_words (&page, title, 0, DD_STYLE_BOLD);
  add_tasks (&page, activity);
  add_runs (&page, activity);
  add_schedules (&page, activity);
  add_load (&page, activity);
  add_errors (&page, activity);
  add_usage (&page, activity);
  return dd_page_finish (&page);
}
