/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-commands.h"
#include "dd-error.h"
#include "dd-report-command.h"
#include "dd-send.h"

/* The PDF that goes beside it; FALSE where it cannot be made. */
static gboolean
add_pdf (DdCli    *cli,
         DdReport *report,
         DdSend   *send,
         GError  **error)
{
  if (!dd_cli_add_behind (cli, report, error))
    return FALSE;
  send->pdf = dd_report_to_pdf (report, dd_paper_default (), error);
  send->pdf_name = "dora-report.pdf";
  send->channel = cli->pdf_to;
  return send->pdf != NULL;
}

/* What to do about it at a terminal. */
static void
add_hint (GError  *error,
          gboolean at_file)
{
  g_autofree char *message = error->message;

  if (g_error_matches (error, DD_ERROR, DD_ERROR_UNCONFIRMED))
    /* Translators: %s is a sentence. */
    error->message = g_strdup_printf (_("%s (“doradash send --again” sends it once more.)"), message);
  else if (g_error_matches (error, DD_ERROR, DD_ERROR_AUTH) || g_error_matches (error, DD_ERROR, DD_ERROR_INVALID))
    /* Translators: the first %s is a sentence, the second a word of the command. */
    error->message = g_strdup_printf (_("%s (“doradash token set %s” keeps it.)"), message, at_file ? "slack-bot" : "slack");
  else
    error->message = g_steal_pointer (&message);
}

gboolean
dd_cli_post_report (DdCli    *cli,
                    DdReport *report,
                    GError  **error)
{
  const char *workspace = report->summary->workspace;
  g_autofree char *payload = dd_report_to_slack (report);
  DdSend send = { .workspace = workspace, .payload = payload, .again = cli->again };
  GAsyncResult *result;
  GError *cause = NULL;
  gboolean posted, done, at_file;

  if (cli->pdf_to != NULL && !add_pdf (cli, report, &send, error))
    return FALSE;
  dd_send_async (dd_cli_engine (cli), &send, cli->cancellable, dd_cli_ready_cb, cli);
  g_clear_pointer (&send.pdf, g_bytes_unref);
  result = dd_cli_wait (cli);
  done = dd_send_finish (cli->engine, result, &posted, &cause);
  at_file = dd_send_failed_at_file (result);
  if (!done)
    {
      dd_cli_note_error (cli, workspace, "slack", "send", cause);
      add_hint (cause, at_file);
      g_propagate_error (error, cause);
    }
  /* What went out is kept, also where its PDF did not. */
  if (posted && !dd_cli_keep_report (cli, report, "sent", done ? error : NULL))
    done = FALSE;
  return done;
}

/* What may be there is half done, and only the user can say which half. */
static int
fail_to_send (GError *error)
{
  gboolean unconfirmed = g_error_matches (error, DD_ERROR, DD_ERROR_UNCONFIRMED);
  int status = dd_cli_fail (error);

  return unconfirmed ? DD_EXIT_PART : status;
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
  if (report == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  if (!dd_cli_post_report (cli, report, &error))
    return fail_to_send (g_steal_pointer (&error));
  dd_cli_say (cli, cli->pdf_to != NULL ? _("Posted to Slack, with the PDF.") : _("Posted to Slack."));
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
  if (cli->schedule != NULL)
    return dd_cli_run_schedule (cli, cli->schedule);
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
  fail_to_send (g_steal_pointer (&error));
  return DD_EXIT_PART;
}
