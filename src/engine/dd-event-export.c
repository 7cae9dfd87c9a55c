/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-export.h"

#include <json-glib/json-glib.h>

#include "dd-activity-list.h"
#include "dd-event-line.h"

/* Runs that are read at once. */
#define PAGE 200

typedef struct
{
  GString             *out;
  const DdActivityRun *run;
  JsonBuilder         *builder;
} Export;

static void
add_text (Export     *self,
          const char *name,
          const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  if (valid == NULL)
    return;
  json_builder_set_member_name (self->builder, name);
  json_builder_add_string_value (self->builder, valid);
}

static void
add_number (Export     *self,
            const char *name,
            gint64      value)
{
  json_builder_set_member_name (self->builder, name);
  json_builder_add_int_value (self->builder, value);
}

static void
begin (Export     *self,
       DdLogKind kind,
       gint64      at)
{
  g_autofree char *time = dd_time_format (at, NULL);

  self->builder = json_builder_new ();
  json_builder_begin_object (self->builder);
  add_text (self, "timestamp", time);
  add_text (self, "event", dd_event_kind_name (kind));
  add_text (self, "dag_name", self->run->name);
  add_text (self, "dag_run_id", self->run->id);
}

static void
end (Export *self)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_end_object (self->builder);
  root = json_builder_get_root (self->builder);
  line = json_to_string (root, FALSE);
  g_string_append_printf (self->out, "%s\n", line);
  g_clear_object (&self->builder);
}

static void
write_task (Export               *self,
            guint                 number,
            const DdActivityTask *task)
{
  /* Two of a run's tasks may do the same. */
  g_autofree char *id = g_strdup_printf ("%s#%u", task->id, number + 1);

  begin (self, DD_EVENT_TASK_START, task->start);
  add_text (self, "task_id", id);
  end (self);
  if (task->end == DD_TIME_NONE)
    return;
  for (guint i = 1; i < task->attempts; i++)
    {
      begin (self, DD_EVENT_TASK_RETRY, task->end);
      add_text (self, "task_id", id);
      add_number (self, "attempt", i);
      end (self);
    }
  if (task->outcome != DD_OUTCOME_OK && task->outcome != DD_OUTCOME_FAILED)
    return;
  begin (self, task->outcome == DD_OUTCOME_OK ? DD_EVENT_TASK_OK : DD_EVENT_TASK_FAIL, task->end);
  add_text (self, "task_id", id);
  add_number (self, "attempt", task->attempts);
  if (task->outcome == DD_OUTCOME_FAILED)
    add_text (self, "error", task->error);
  end (self);
}

static void
write_run (Export *self)
{
  const DdActivityRun *run = self->run;
  gint64 ok = 0, failed = 0;

  begin (self, DD_EVENT_RUN_START, run->start);
  add_text (self, "tenant", run->load);
  add_number (self, "task_count", run->tasks->len);
  end (self);
  for (guint i = 0; i < run->tasks->len; i++)
    {
      const DdActivityTask *task = g_ptr_array_index (run->tasks, i);

      ok += task->outcome == DD_OUTCOME_OK;
      failed += task->outcome == DD_OUTCOME_FAILED;
      write_task (self, i, task);
    }
  /* As with any log: a run that failed or was stopped does not say that it is done. */
  if (run->outcome != DD_OUTCOME_OK)
    return;
  begin (self, DD_EVENT_RUN_DONE, run->end);
  add_text (self, "tenant", run->load);
  add_number (self, "tasks_succeeded", ok);
  add_number (self, "tasks_failed", failed);
  json_builder_set_member_name (self->builder, "duration_seconds");
  json_builder_add_double_value (self->builder, (double) (run->end - run->start) / (double) DD_SECOND);
  end (self);
}

char *
dd_event_export_text (DdDb    *db,
                      gint64   workspace,
                      GError **error)
{
  Export self = { .out = g_string_new (NULL) };
  gint64 after = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) runs = dd_activity_list_own_runs (db, workspace, after, PAGE, error);

      if (runs == NULL)
        {
          g_string_free (self.out, TRUE);
          return NULL;
        }
      for (guint i = 0; i < runs->len; i++)
        {
          self.run = g_ptr_array_index (runs, i);
          after = self.run->row;
          write_run (&self);
        }
      if (runs->len < PAGE)
        return g_string_free (self.out, FALSE);
    }
}
