/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-commands.h"
#include "dd-report-command.h"
#include "dd-tokens.h"

gboolean
dd_cli_post_report (DdCli          *cli,
                    const DdReport *report,
                    GError        **error)
{
  g_autofree char *payload = dd_report_to_slack (report);
  GError *cause = NULL;

  dd_tokens_post_to_slack_async (dd_cli_engine (cli), report->summary->workspace, payload, cli->cancellable, dd_cli_ready_cb, cli);
  if (dd_tokens_post_to_slack_finish (cli->engine, dd_cli_wait (cli), &cause))
    return dd_cli_keep_report (cli, report, error);
  dd_cli_note_error (cli, report->summary->workspace, "slack", "send", cause);
  g_propagate_error (error, cause);
  return FALSE;
}

int
dd_command_send (DdCli *cli)
{
  g_autoptr (DdReport) report = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“send” takes no words; see “doradash send --help”."));
  if (!dd_cli_check_period (cli, &status))
    return status;
  report = dd_cli_make_report (cli, &error);
  if (report != NULL && cli->dry_run)
    {
      g_autofree char *payload = dd_report_to_slack (report);

      return dd_cli_write (cli, payload, &error) ? DD_EXIT_DONE : dd_cli_fail (g_steal_pointer (&error));
    }
  if (report == NULL || !dd_cli_post_report (cli, report, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  dd_cli_say (cli, _("Posted to Slack."));
  return DD_EXIT_DONE;
}

int
dd_command_run (DdCli *cli)
{
  g_autoptr (DdReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *markdown = NULL;
  int status, synced;

  if (dd_cli_count (cli) > 1)
    return dd_cli_usage (_("“run” takes weekly or monthly."));
  if (dd_cli_count (cli) == 1)
    cli->period = g_strdup (cli->words[0]);
  if (!dd_cli_check_period (cli, &status))
    return status;
  synced = dd_cli_sync (cli);
  if (synced == DD_EXIT_FAILED || g_cancellable_is_cancelled (cli->cancellable))
    return synced;
  report = dd_cli_make_report (cli, &error);
  if (report == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  markdown = dd_report_to_markdown (report);
  if (!dd_cli_write (cli, markdown, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  if (dd_cli_post_report (cli, report, &error))
    return synced;
  dd_cli_fail (g_steal_pointer (&error));
  return DD_EXIT_PART;
}
