/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule-claim.h"

#include <string.h>

#include "dd-cron.h"
#include "dd-schedule-store.h"
#include "dd-time.h"

void
dd_schedule_claim_free (DdScheduleClaim *claim)
{
  if (claim == NULL)
    return;
  g_clear_pointer (&claim->zone, g_time_zone_unref);
  g_free (claim->name);
  g_free (claim->id);
  g_free (claim->action);
  g_free (claim->period);
  g_free (claim->folder);
  g_free (claim);
}

/* Other times are due where either of them is another. */
static char *
rule_of (const DdSettings         *settings,
         const DdScheduleSettings *schedule)
{
  return g_strconcat (schedule->cron, "\n", settings->timezone, NULL);
}

gboolean
dd_schedule_note (DdDb             *db,
                  gint64            workspace,
                  const DdSettings *settings,
                  gint64            now,
                  GError          **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < settings->schedules->len; i++)
    {
      const DdScheduleSettings *schedule = g_ptr_array_index (settings->schedules, i);
      g_autofree char *rule = rule_of (settings, schedule);
      DdScheduleState state;

      if (!dd_schedule_store_note (db, workspace, schedule->id, rule, now, &state, error))
        return FALSE;
      g_ptr_array_add (ids, schedule->id);
    }
  g_ptr_array_add (ids, NULL);
  return dd_schedule_store_keep (db, workspace, (const char * const *) ids->pdata, error);
}

/* The last due time that nobody has taken; DD_TIME_NONE where there is none, and with an error. */
static gint64
find_due (DdDb                     *db,
          gint64                    workspace,
          const DdSettings         *settings,
          const DdScheduleSettings *schedule,
          GTimeZone                *zone,
          gint64                    now,
          GError                  **error)
{
  g_autofree char *rule = rule_of (settings, schedule);
  DdScheduleState state;
  DdCron cron;

  if (!dd_cron_parse (schedule->cron, &cron, error) ||
      !dd_schedule_store_note (db, workspace, schedule->id, rule, now, &state, error))
    return DD_TIME_NONE;
  return dd_cron_last (&cron, zone, state.handled, now);
}

static gboolean
begin_run (DdDb            *db,
           DdScheduleClaim *claim,
           int              process,
           GError         **error)
{
  if (!dd_db_begin (db, error))
    return FALSE;
  if (dd_schedule_store_claim (db, claim->workspace, claim->id, claim->action, claim->due, claim->start, process, &claim->run, error) &&
      dd_db_commit (db, error))
    return TRUE;
  dd_db_rollback (db);
  return FALSE;
}

/* Of those that are due, the one that has waited longest. FALSE with an error; NULL where nothing is due. */
static gboolean
find_first (DdDb                      *db,
            gint64                     workspace,
            const DdSettings          *settings,
            const char                *id,
            GTimeZone                 *zone,
            gint64                     now,
            const DdScheduleSettings **first,
            gint64                    *first_due,
            GError                   **error)
{
  *first = NULL;
  for (guint i = 0; i < settings->schedules->len; i++)
    {
      const DdScheduleSettings *schedule = g_ptr_array_index (settings->schedules, i);
      g_autoptr (GError) cause = NULL;
      gint64 due;

      if (id != NULL && strcmp (id, schedule->id) != 0)
        continue;
      due = find_due (db, workspace, settings, schedule, zone, now, &cause);
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (due == DD_TIME_NONE || (*first != NULL && due >= *first_due))
        continue;
      *first = schedule;
      *first_due = due;
    }
  return TRUE;
}

DdScheduleClaim *
dd_schedule_claim (DdDb             *db,
                   gint64            workspace,
                   const DdSettings *settings,
                   const char       *id,
                   gint64            now,
                   int               process,
                   GError          **error)
{
  g_autoptr (GTimeZone) zone = dd_time_zone_new (settings->timezone, error);
  const DdScheduleSettings *first;
  gint64 due = DD_TIME_NONE;

  while (zone != NULL && find_first (db, workspace, settings, id, zone, now, &first, &due, error) && first != NULL)
    {
      g_autoptr (DdScheduleClaim) claim = g_new0 (DdScheduleClaim, 1);

      *claim = (DdScheduleClaim) {
        .workspace = workspace, .name = g_strdup (settings->name), .zone = g_time_zone_ref (zone), .id = g_strdup (first->id),
        .action = g_strdup (first->action), .period = g_strdup (first->period), .folder = g_strdup (first->folder), .due = due,
        .start = now,
      };
      if (!begin_run (db, claim, process, error))
        return NULL;
      /* Another process was quicker: it is done, and no longer due. */
      if (claim->run != 0)
        return g_steal_pointer (&claim);
    }
  return NULL;
}
