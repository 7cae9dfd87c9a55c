/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "dd-commands.h"
#include "dd-query.h"
#include "dd-report.h"

/* A line of a pipe or a file goes on for as long as its record does, so that it can be searched. */
static int
line_columns (DdCli *cli)
{
  return cli->output == NULL && dd_cli_is_terminal (STDOUT_FILENO) ? dd_cli_columns () : 0;
}

int
dd_command_records (DdCli *cli)
{
  static const char * const formats[] = { "text", "csv", "json", NULL };
  const char *format = cli->format != NULL ? cli->format : cli->json ? "json" : "text";
  g_autoptr (DdRecordList) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *charset;
  DdQuery query = { 0 };
  DdMetric metric;
  int status;

  if (dd_cli_count (cli) != 1)
    return dd_cli_usage (_("“records” takes one metric: deployment_frequency, lead_time, change_failure_rate, "
                           "recovery_time or rework_rate."));
  if (!dd_metric_parse (cli->words[0], &metric, &error))
    return dd_cli_usage ("%s", error->message);
  if (!g_strv_contains (formats, format))
    return dd_cli_usage (_("there is no format “%s”; there are text, csv and json."), format);
  if (!dd_cli_check_period (cli, &status))
    return status;
  query = (DdQuery) {
    .workspace = cli->workspace, .period = cli->period, .repository = cli->repository, .team = cli->team,
    .now = g_get_real_time (),
  };
  dd_query_records_async (dd_cli_engine (cli), &query, metric, cli->cancellable, dd_cli_ready_cb, cli);
  list = dd_query_records_finish (cli->engine, dd_cli_wait (cli), &error);
  if (list == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  text = dd_records_write (list->rows, format, list->zone, g_get_charset (&charset), line_columns (cli));
  return dd_cli_write (cli, text, &error) ? DD_EXIT_DONE : dd_cli_fail (g_steal_pointer (&error));
}

int
dd_command_health (DdCli *cli)
{
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *charset;
  DdQuery query = { 0 };
  int status;

  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“health” takes no words; see “doradash health --help”."));
  if (!dd_cli_check_period (cli, &status))
    return status;
  query = (DdQuery) {
    .workspace = cli->workspace, .period = cli->period, .repository = cli->repository, .now = g_get_real_time (),
  };
  dd_query_health_async (dd_cli_engine (cli), &query, cli->cancellable, dd_cli_ready_cb, cli);
  steps = dd_query_health_finish (cli->engine, dd_cli_wait (cli), &error);
  if (steps == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  text = dd_health_write (steps, cli->json, g_get_charset (&charset), line_columns (cli));
  return dd_cli_write (cli, text, &error) ? DD_EXIT_DONE : dd_cli_fail (g_steal_pointer (&error));
}
