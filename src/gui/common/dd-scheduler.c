/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-scheduler.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-alert-write.h"
#include "dd-alerts.h"
#include "dd-report-write.h"
#include "dd-schedule-write.h"

/* Alerts are looked for so often, and whenever a schedule ran. */
#define ALERTS_EVERY (60 * DD_MINUTE)

struct _DdScheduler
{
  GObject parent;

  DdSession    *session;
  GCancellable *cancellable;
  guint         timer;
  gboolean      running;
  gint64        alerts_at;   /* when alerts were looked for */
  char        **workspaces;  /* those whose alerts are to be looked for */
  guint         next;        /* of them */
};

enum
{
  TOLD,
  LOOKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DdScheduler, dd_scheduler, G_TYPE_OBJECT)

static void check_next (DdScheduler *self);
static void wait_for_minute (DdScheduler *self);

static void
tell_result (DdScheduler            *self,
             const DdScheduleResult *result)
{
  g_autofree char *id = g_strdup_printf ("schedule-%s-%s", result->workspace, result->id);
  g_autofree char *title = NULL;
  const char *body, *target = result->file != NULL ? result->file : "overview";

  if (result->outcome == DD_OUTCOME_CANCELLED)
    return;
  if (result->outcome != DD_OUTCOME_OK)
    {
      /* Translators: a schedule's name and a workspace's. */
      title = g_strdup_printf (_("“%s” of %s failed"), result->id, result->workspace);
      body = result->error != NULL ? result->error->message : "";
      target = "activity";
    }
  else if (strcmp (result->action, "sync") == 0)
    return;
  else
    {
      title = g_strdup_printf (_("The report of %s is made"), result->workspace);
      body = result->sent ? _("It was sent to Slack.") : result->file != NULL ? result->file : "";
      if (dd_schedule_result_is_late (result))
        body = _("It is late: nothing was running when it was due.");
    }
  g_signal_emit (self, signals[TOLD], 0, id, title, body, target);
}

static void
end_look (DdScheduler *self)
{
  self->running = FALSE;
  g_clear_pointer (&self->workspaces, g_strfreev);
  g_signal_emit (self, signals[LOOKED], 0);
}

static void
alerts_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdScheduler) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) alerts = dd_alerts_check_finish (DD_ENGINE (object), result, &error);
  const char *workspace = self->workspaces[self->next - 1];

  /* What cannot be told now is told the next time. */
  for (guint i = 0; alerts != NULL && i < alerts->len; i++)
    {
      const DdAlert *alert = g_ptr_array_index (alerts, i);
      g_autofree char *id = g_strdup_printf ("alert-%s-%s", workspace, alert->subject);
      g_autofree char *words = dd_words_alert (alert);

      g_signal_emit (self, signals[TOLD], 0, id, workspace, words, alert->kind == DD_ALERT_NO_SYNC ? "activity" : "overview");
    }
  check_next (self);
}

static void
check_next (DdScheduler *self)
{
  if (self->workspaces[self->next] == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      end_look (self);
      return;
    }
  dd_alerts_check_async (dd_session_get_engine (self->session), self->workspaces[self->next++], g_get_real_time (), dd_alerts_to_slack,
                         self->cancellable, alerts_cb, g_object_ref (self));
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (DdScheduler) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = dd_schedule_run_due_finish (DD_ENGINE (object), result, &error);
  gint64 now = g_get_real_time ();

  /* A store that cannot be asked is told of by whatever the window shows. */
  for (guint i = 0; results != NULL && i < results->len; i++)
    tell_result (self, g_ptr_array_index (results, i));
  if (self->session == NULL)
    return;
  if (results != NULL && results->len > 0)
    dd_session_refresh (self->session);
  else if (now - self->alerts_at < ALERTS_EVERY && now >= self->alerts_at)
    {
      end_look (self);
      return;
    }
  self->alerts_at = now;
  self->workspaces = g_strdupv ((char **) dd_session_get_workspaces (self->session));
  self->next = 0;
  check_next (self);
}

void
dd_scheduler_look (DdScheduler *self)
{
  const DdScheduleOptions options = { .all = TRUE, .forms = dd_report_forms () };

  if (self->running || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->running = TRUE;
  dd_schedule_run_due_async (dd_session_get_engine (self->session), &options, self->cancellable, ran_cb, g_object_ref (self));
}

void
dd_scheduler_wake (DdScheduler *self)
{
  if (self->alerts_at != 0)
    dd_scheduler_look (self);
}

static gboolean
minute_cb (gpointer user_data)
{
  DdScheduler *self = user_data;

  self->timer = 0;
  dd_scheduler_look (self);
  wait_for_minute (self);
  return G_SOURCE_REMOVE;
}

/* Until the clock on the wall shows the next one. */
static void
wait_for_minute (DdScheduler *self)
{
  gint64 rest = DD_MINUTE - g_get_real_time () % DD_MINUTE;

  self->timer = g_timeout_add ((guint) (rest / 1000) + 1, minute_cb, self);
}

void
dd_scheduler_stop (DdScheduler *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

static void
dd_scheduler_dispose (GObject *object)
{
  DdScheduler *self = DD_SCHEDULER (object);

  dd_scheduler_stop (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dd_scheduler_parent_class)->dispose (object);
}

static void
dd_scheduler_finalize (GObject *object)
{
  DdScheduler *self = DD_SCHEDULER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->workspaces, g_strfreev);
  G_OBJECT_CLASS (dd_scheduler_parent_class)->finalize (object);
}

static void
dd_scheduler_class_init (DdSchedulerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_scheduler_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_scheduler_finalize;
  signals[TOLD] = g_signal_new ("told", DD_TYPE_SCHEDULER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_STRING,
                                G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[LOOKED] = g_signal_new ("looked", DD_TYPE_SCHEDULER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dd_scheduler_init (DdScheduler *self)
{
  self->cancellable = g_cancellable_new ();
}

DdScheduler *
dd_scheduler_new (DdSession *session)
{
  DdScheduler *self = g_object_new (DD_TYPE_SCHEDULER, NULL);

  self->session = g_object_ref (session);
  wait_for_minute (self);
  return self;
}
