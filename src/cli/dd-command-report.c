/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "dd-commands.h"
#include "dd-query.h"
#include "dd-report.h"
#include "dd-report-command.h"
#include "dd-settings.h"
#include "dd-workspaces.h"

static const char * const formats[] = { "text", "markdown", "json", "csv", "slack", NULL };

DdReport *
dd_cli_make_report (DdCli   *cli,
                    GError **error)
{
  DdQuery query = {
    .workspace = cli->workspace,
    .period = cli->period,
    .repository = cli->repository,
    .team = cli->team,
    .now = g_get_real_time (),
  };
  DdSummary *summary;

  dd_query_summary_async (dd_cli_engine (cli), &query, cli->cancellable, dd_cli_ready_cb, cli);
  summary = dd_query_summary_finish (cli->engine, dd_cli_wait (cli), error);
  return summary != NULL ? dd_report_new (summary) : NULL;
}

gboolean
dd_cli_keep_report (DdCli          *cli,
                    const DdReport *report,
                    GError        **error)
{
  g_autofree char *json = dd_report_to_json (report);
  g_autofree char *kind = dd_period_kind_name (&report->summary->period);

  dd_workspaces_snapshot_async (dd_cli_engine (cli), report->summary->workspace, report->summary->now, kind,
                                report->summary->period.start, report->summary->period.end, json, cli->cancellable,
                                dd_cli_ready_cb, cli);
  return dd_workspaces_snapshot_finish (cli->engine, dd_cli_wait (cli), error);
}

/* Colours only for eyes: not into a pipe, a file, or where the user wants none. */
static char *
as_text (DdCli          *cli,
         const DdReport *report)
{
  gboolean terminal = cli->output == NULL && dd_cli_is_terminal (STDOUT_FILENO);
  const char *charset;

  return dd_report_to_text (report, terminal && g_getenv ("NO_COLOR") == NULL, g_get_charset (&charset),
                            terminal ? dd_cli_columns () : 100);
}

static char *
as_format (DdCli          *cli,
           const DdReport *report,
           const char     *format)
{
  if (strcmp (format, "markdown") == 0)
    return dd_report_to_markdown (report);
  if (strcmp (format, "json") == 0)
    return dd_report_to_json (report);
  if (strcmp (format, "csv") == 0)
    return dd_report_to_csv (report);
  if (strcmp (format, "slack") == 0)
    return dd_report_to_slack (report);
  return as_text (cli, report);
}

int
dd_command_report (DdCli *cli)
{
  const char *format = cli->format != NULL ? cli->format : cli->json ? "json" : "text";
  g_autoptr (DdReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int status;

  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“report” takes no words; see “doradash report --help”."));
  if (!g_strv_contains (formats, format))
    {
      const char *near = dd_suggest (format, formats);

      return near != NULL ? dd_cli_usage (_("there is no format “%s”; did you mean “%s”?"), format, near)
                          : dd_cli_usage (_("there is no format “%s”; there are text, markdown, json, csv and slack."),
                                          format);
    }
  if (!dd_cli_check_period (cli, &status))
    return status;
  report = dd_cli_make_report (cli, &error);
  if (report == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  text = as_format (cli, report, format);
  if (!dd_cli_write (cli, text, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  if (cli->output != NULL && !dd_cli_keep_report (cli, report, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  return DD_EXIT_DONE;
}
