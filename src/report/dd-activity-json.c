/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-activity-write.h"
#include "dd-json-text.h"

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    dd_json_add_string (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_count (JsonBuilder *builder,
           const char  *name,
           guint64      count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) count);
}

/* A figure that does not exist is null. */
static void
add_number (JsonBuilder *builder,
            const char  *name,
            double       number)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (number))
    json_builder_add_double_value (builder, number);
  else
    json_builder_add_null_value (builder);
}

static void
add_time (JsonBuilder      *builder,
          const DdActivity *activity,
          const char       *name,
          gint64            time)
{
  g_autofree char *text = time != DD_TIME_NONE ? dd_time_format (time, activity->zone) : NULL;

  add_text (builder, name, text);
}

static void
add_duration (JsonBuilder *builder,
              const char  *name,
              gint64       duration)
{
  add_number (builder, name, duration != DD_TIME_NONE ? (double) duration / (double) DD_SECOND : NAN);
}

static void
add_tasks (JsonBuilder         *builder,
           const DdTaskSummary *tasks)
{
  add_count (builder, "started", tasks->started);
  add_count (builder, "succeeded", tasks->succeeded);
  add_count (builder, "failed", tasks->failed);
  add_count (builder, "retried", tasks->retried);
  add_number (builder, "mean_seconds", tasks->mean);
  add_number (builder, "median_seconds", tasks->median);
  add_number (builder, "p95_seconds", tasks->p95);
  add_number (builder, "error_rate", tasks->error_rate);
}

static void
add_task (JsonBuilder          *builder,
          const DdActivity     *activity,
          const DdActivityTask *task)
{
  static const char * const words[] = { "running", "ok", "failed", "cancelled" };
  gboolean measured = task->start != DD_TIME_NONE && task->end != DD_TIME_NONE && task->start <= task->end;

  json_builder_begin_object (builder);
  add_text (builder, "id", task->id);
  add_text (builder, "status", words[CLAMP (task->outcome, DD_OUTCOME_RUNNING, DD_OUTCOME_CANCELLED)]);
  add_time (builder, activity, "start", task->start);
  add_duration (builder, "duration_seconds", measured ? task->end - task->start : DD_TIME_NONE);
  add_count (builder, "attempts", task->attempts);
  add_text (builder, "error", task->error);
  json_builder_end_object (builder);
}

static void
add_run (JsonBuilder        *builder,
         const DdActivity   *activity,
         const DdRunSummary *summary)
{
  const DdActivityRun *run = summary->run;

  json_builder_begin_object (builder);
  add_text (builder, "id", run->id);
  add_text (builder, "name", run->name);
  add_text (builder, "status", dd_run_status_name (summary->status));
  add_time (builder, activity, "start", run->start);
  add_time (builder, activity, "end", summary->end);
  add_duration (builder, "duration_seconds", summary->duration);
  add_count (builder, "tasks_ok", summary->tasks_ok);
  add_count (builder, "tasks_failed", summary->tasks_failed);
  add_text (builder, "workspace", run->load);
  json_builder_set_member_name (builder, "tasks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < run->tasks->len; i++)
    add_task (builder, activity, g_ptr_array_index (run->tasks, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_schedule (JsonBuilder             *builder,
              const DdActivity        *activity,
              const DdScheduleSummary *schedule)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", schedule->id);
  add_time (builder, activity, "last_run", schedule->last_run);
  add_text (builder, "last_status", schedule->last_status);
  add_time (builder, activity, "next_run", schedule->next_run);
  add_count (builder, "enqueued", schedule->enqueued);
  add_count (builder, "started", schedule->started);
  add_count (builder, "succeeded", schedule->succeeded);
  add_count (builder, "failed", schedule->failed);
  add_count (builder, "missed", schedule->missed);
  json_builder_end_object (builder);
}

static void
add_load (JsonBuilder  *builder,
          const DdLoad *load)
{
  json_builder_begin_object (builder);
  add_text (builder, "workspace", load->name);
  add_count (builder, "runs", load->runs);
  add_count (builder, "tasks", load->tasks);
  add_number (builder, "mean_seconds", load->mean);
  add_number (builder, "error_rate", load->error_rate);
  json_builder_end_object (builder);
}

static void
add_shares (JsonBuilder     *builder,
            const char      *name,
            const char      *what,
            const GPtrArray *shares)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < shares->len; i++)
    {
      const DdActivityShare *share = g_ptr_array_index (shares, i);

      json_builder_begin_object (builder);
      add_text (builder, what, share->name);
      add_count (builder, "count", share->count);
      add_number (builder, "rate", share->rate);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_lists (JsonBuilder      *builder,
           const DdActivity *activity)
{
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < activity->runs->len; i++)
    add_run (builder, activity, g_ptr_array_index (activity->runs, i));
  json_builder_end_array (builder);
  add_count (builder, "total_runs", activity->total_runs);
  json_builder_set_member_name (builder, "schedules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < activity->schedules->len; i++)
    add_schedule (builder, activity, g_ptr_array_index (activity->schedules, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "load");
  json_builder_begin_array (builder);
  for (guint i = 0; i < activity->load->len; i++)
    add_load (builder, g_ptr_array_index (activity->load, i));
  json_builder_end_array (builder);
}

static void
add_usage (JsonBuilder      *builder,
           const DdActivity *activity)
{
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_object (builder);
  add_count (builder, "total", activity->total_errors);
  add_shares (builder, "by_subsystem", "subsystem", activity->errors);
  add_count (builder, "dropped", activity->dropped_errors);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "engagement");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, activity->engagement_enabled);
  add_count (builder, "sessions", activity->sessions);
  add_shares (builder, "by_type", "type", activity->engagement);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "activation");
  json_builder_begin_object (builder);
  add_count (builder, "activated", activity->activated);
  add_count (builder, "total_workspaces", activity->workspaces);
  add_number (builder, "rate", dd_activity_activation_rate (activity));
  json_builder_end_object (builder);
}

char *
dd_activity_to_json (const DdActivity *activity)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_time (builder, activity, "generated_at", activity->now);
  add_text (builder, "workspace", activity->workspace);
  json_builder_set_member_name (builder, "window");
  json_builder_begin_object (builder);
  add_count (builder, "hours", (guint64) activity->hours);
  add_time (builder, activity, "start", activity->start);
  add_time (builder, activity, "end", activity->end);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "tasks");
  json_builder_begin_object (builder);
  add_tasks (builder, &activity->tasks);
  json_builder_set_member_name (builder, "before");
  json_builder_begin_object (builder);
  add_tasks (builder, &activity->before);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  add_lists (builder, activity);
  add_usage (builder, activity);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
