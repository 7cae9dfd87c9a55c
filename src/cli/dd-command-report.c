/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "dd-commands.h"
#include "dd-error.h"
#include "dd-query-incidents.h"
#include "dd-query.h"
#include "dd-report-command.h"
#include "dd-report-snapshot.h"
#include "dd-report.h"
#include "dd-settings.h"
#include "dd-snapshots.h"
#include "dd-workspaces.h"

/* A longer one is a file that was meant for something else. */
#define LONGEST_NOTE 65536

static const char * const formats[] = { "text", "markdown", "json", "csv", "pdf", "html", "slack", NULL };

static DdQuery
query_of (DdCli *cli)
{
  return (DdQuery) {
    .workspace = cli->workspace,
    .period = cli->period,
    .repository = cli->repository,
    .team = cli->team,
    .now = g_get_real_time (),
  };
}

static DdSummary *
summarize (DdCli         *cli,
           const DdQuery *query,
           GError       **error)
{
  dd_query_summary_async (dd_cli_engine (cli), query, cli->cancellable, dd_cli_ready_cb, cli);
  return dd_query_summary_finish (cli->engine, dd_cli_wait (cli), error);
}

DdReport *
dd_cli_make_report (DdCli   *cli,
                    GError **error)
{
  DdQuery query = query_of (cli);
  DdSummary *summary = summarize (cli, &query, error);

  return summary != NULL ? dd_report_new (summary) : NULL;
}

static gboolean
add_rows (DdCli         *cli,
          const DdQuery *query,
          DdMetric       metric,
          GPtrArray    **rows,
          GError       **error)
{
  g_autoptr (DdRecordList) list = NULL;

  dd_query_records_async (dd_cli_engine (cli), query, metric, cli->cancellable, dd_cli_ready_cb, cli);
  list = dd_query_records_finish (cli->engine, dd_cli_wait (cli), error);
  if (list == NULL)
    return FALSE;
  *rows = g_steal_pointer (&list->rows);
  return TRUE;
}

gboolean
dd_cli_add_behind (DdCli    *cli,
                   DdReport *report,
                   GError  **error)
{
  DdQuery query = query_of (cli);
  g_autoptr (DdIncidentList) incidents = NULL;

  query.now = report->summary->now;
  dd_query_incidents_async (dd_cli_engine (cli), &query, cli->cancellable, dd_cli_ready_cb, cli);
  incidents = dd_query_incidents_finish (cli->engine, dd_cli_wait (cli), error);
  if (incidents == NULL)
    return FALSE;
  report->incidents = g_steal_pointer (&incidents->rows);
  if (!add_rows (cli, &query, DD_METRIC_LEAD_TIME, &report->changes, error) ||
      !add_rows (cli, &query, DD_METRIC_RECOVERY_TIME, &report->recoveries, error))
    return FALSE;
  query.back = DD_TREND_PERIODS;
  report->earlier = summarize (cli, &query, error);
  return report->earlier != NULL;
}

gboolean
dd_cli_keep_report (DdCli          *cli,
                    const DdReport *report,
                    const char     *outcome,
                    GError        **error)
{
  dd_snapshots_keep_async (dd_cli_engine (cli), report->summary->workspace, dd_report_to_snapshot (report, dd_paper_default (), outcome),
                           cli->cancellable, dd_cli_ready_cb, cli);
  return dd_snapshots_keep_finish (cli->engine, dd_cli_wait (cli), error);
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
  if (strcmp (format, "html") == 0)
    return dd_report_to_html (report);
  if (strcmp (format, "slack") == 0)
    return dd_report_to_slack (report);
  return as_text (cli, report);
}

static gboolean
is_folder (const char *path)
{
  return path != NULL && (g_str_has_suffix (path, G_DIR_SEPARATOR_S) || g_file_test (path, G_FILE_TEST_IS_DIR));
}

static gboolean
write_tables (DdCli          *cli,
              const DdReport *report,
              GError        **error)
{
  g_autoptr (GPtrArray) files = dd_report_to_csv_files (report);

  if (g_mkdir_with_parents (cli->output, 0755) != 0)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("The folder %s cannot be made."), cli->output);
      return FALSE;
    }
  for (guint i = 0; i < files->len; i++)
    {
      const DdCsvFile *file = g_ptr_array_index (files, i);
      g_autofree char *path = g_build_filename (cli->output, file->name, NULL);

      if (!dd_cli_write_file (path, file->text, strlen (file->text), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_pdf (DdCli          *cli,
           const DdReport *report,
           DdPaper         paper,
           GError        **error)
{
  g_autoptr (GBytes) pdf = dd_report_to_pdf (report, paper, error);
  gconstpointer data;
  gsize length;

  if (pdf == NULL)
    return FALSE;
  data = g_bytes_get_data (pdf, &length);
  return dd_cli_write_data (cli, data, length, error);
}

static gboolean
write_report (DdCli          *cli,
              const DdReport *report,
              const char     *format,
              DdPaper         paper,
              GError        **error)
{
  g_autofree char *text = NULL;

  if (strcmp (format, "pdf") == 0)
    return write_pdf (cli, report, paper, error);
  if (strcmp (format, "csv") == 0 && is_folder (cli->output))
    return write_tables (cli, report, error);
  text = as_format (cli, report, format);
  return dd_cli_write (cli, text, error);
}

static char *
read_note (const char *file,
           GError    **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, error))
    return NULL;
  if (length > LONGEST_NOTE)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("%s is too long for a note."), file);
      return NULL;
    }
  return g_utf8_make_valid (text, (gssize) length);
}

/* What the options say of the report's form; a usage error in @status. */
static gboolean
check_form (DdCli      *cli,
            const char *format,
            guint      *without,
            DdPaper    *paper,
            int        *status)
{
  g_autoptr (GError) error = NULL;

  *paper = dd_paper_default ();
  if ((cli->without != NULL && !dd_sections_parse (cli->without, without, &error)) ||
      (cli->paper != NULL && !dd_paper_parse (cli->paper, paper, &error)))
    *status = dd_cli_usage ("%s", error->message);
  else if (cli->one_page && cli->full)
    *status = dd_cli_usage (_("--short and --full contradict each other."));
  else if (strcmp (format, "pdf") == 0 && cli->output == NULL && dd_cli_is_terminal (STDOUT_FILENO))
    *status = dd_cli_usage (_("a PDF is nothing for a terminal; say where to with --output FILE."));
  else
    return TRUE;
  return FALSE;
}

static DdReport *
make_with_form (DdCli      *cli,
                const char *format,
                guint       without,
                GError    **error)
{
  g_autofree char *note = NULL;
  g_autoptr (DdReport) report = NULL;

  if (cli->note != NULL && (note = read_note (cli->note, error)) == NULL)
    return NULL;
  report = dd_cli_make_report (cli, error);
  if (report == NULL)
    return NULL;
  report->note = g_steal_pointer (&note);
  report->one_page = cli->one_page;
  report->without = without;
  if ((strcmp (format, "pdf") == 0 || strcmp (format, "html") == 0 || (strcmp (format, "csv") == 0 && is_folder (cli->output))) &&
      !dd_cli_add_behind (cli, report, error))
    return NULL;
  return g_steal_pointer (&report);
}

int
dd_command_report (DdCli *cli)
{
  const char *format = cli->format != NULL ? cli->format : cli->json ? "json" : "text";
  g_autoptr (DdReport) report = NULL;
  g_autoptr (GError) error = NULL;
  guint without = 0;
  DdPaper paper;
  int status;

  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“report” takes no words; see “doradash report --help”."));
  if (!g_strv_contains (formats, format))
    {
      const char *near = dd_suggest (format, formats);

      return near != NULL ? dd_cli_usage (_("there is no format “%s”; did you mean “%s”?"), format, near)
                          : dd_cli_usage (_("there is no format “%s”; there are text, markdown, json, csv, pdf, html and slack."),
                                          format);
    }
  if (!check_form (cli, format, &without, &paper, &status) || !dd_cli_check_period (cli, &status))
    return status;
  report = make_with_form (cli, format, without, &error);
  if (report == NULL || !write_report (cli, report, format, paper, &error))
    {
      if (report != NULL)
        dd_cli_note_error (cli, report->summary->workspace, "report", format, error);
      return dd_cli_fail (g_steal_pointer (&error));
    }
  if (cli->output != NULL && !dd_cli_keep_report (cli, report, "saved", &error))
    return dd_cli_fail (g_steal_pointer (&error));
  return DD_EXIT_DONE;
}
