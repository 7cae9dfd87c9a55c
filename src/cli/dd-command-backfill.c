/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-backfill.h"
#include "dd-commands.h"
#include "dd-time.h"

static void
say_plan (DdCli                *cli,
          const DdBackfillPlan *plan,
          gint64                now)
{
  g_autofree char *from = dd_time_format (plan->since, NULL);
  g_autofree char *to = dd_time_format (now - plan->days * DD_DAY, NULL);
  g_autofree char *time = dd_duration_format (plan->seconds);
  g_autofree char *slices = NULL;

  slices = g_strdup_printf (ngettext ("%u step", "%u steps", plan->slices), plan->slices);
  /* Translators: from a date to a date, in "4 steps". */
  dd_cli_warn (ngettext ("%.10s to %.10s, in %s of %d day.", "%.10s to %.10s, in %s of %d days.", DD_BACKFILL_SLICE), from, to, slices,
               DD_BACKFILL_SLICE);
  if (isnan (plan->seconds))
    dd_cli_warn ("%s", _("How long that takes is not known before the first sync."));
  else
    dd_cli_warn (ngettext ("About %u request, and %s.", "About %u requests, and %s.", plan->requests), plan->requests, time);
}

static gboolean
keep (DdCli                *cli,
      const DdBackfillPlan *plan,
      int                   days,
      GError              **error)
{
  dd_backfill_keep_async (dd_cli_engine (cli), plan->workspace, days, NULL, dd_cli_ready_cb, cli);
  return dd_backfill_keep_finish (cli->engine, dd_cli_wait (cli), error);
}

int
dd_command_backfill (DdCli *cli)
{
  gint64 now = g_get_real_time ();
  g_autoptr (DdBackfillPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“backfill” takes no words; see “doradash backfill --help”."));
  if (cli->years < 1 || cli->years > DD_BACKFILL_MOST_YEARS)
    return dd_cli_usage (_("“backfill” takes --years, from 1 to %d."), DD_BACKFILL_MOST_YEARS);
  dd_backfill_plan_async (dd_cli_engine (cli), cli->workspace, cli->years, now, cli->cancellable, dd_cli_ready_cb, cli);
  plan = dd_backfill_plan_finish (cli->engine, dd_cli_wait (cli), &error);
  if (plan == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  if (plan->slices == 0)
    {
      dd_cli_say (cli, ngettext ("All of it is there: the workspace has %d day of history.",
                                 "All of it is there: the workspace has %d days of history.", (gulong) plan->days), plan->days);
      return DD_EXIT_DONE;
    }
  if (cli->dry_run || !cli->quiet)
    say_plan (cli, plan, now);
  g_free (cli->workspace);
  cli->workspace = g_strdup (plan->workspace);
  for (guint i = 0; !cli->dry_run && i < plan->slices; i++)
    {
      int days = dd_backfill_plan_days (plan, i), status;
      g_autofree char *since = dd_time_format (now - days * DD_DAY, NULL);

      dd_cli_say (cli, _("Step %u of %u, back to %.10s:"), i + 1, plan->slices, since);
      status = dd_cli_sync_since (cli, now - days * DD_DAY);
      if (status != DD_EXIT_DONE)
        {
          dd_cli_warn ("%s", _("The same command goes on from here."));
          return status;
        }
      if (!keep (cli, plan, days, &error))
        return dd_cli_fail (g_steal_pointer (&error));
    }
  return DD_EXIT_DONE;
}
