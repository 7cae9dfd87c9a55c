/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "dd-commands.h"
#include "dd-query-standing.h"
#include "dd-report-prometheus.h"
#include "dd-settings.h"

static gboolean
read_format (const DdCli        *cli,
             DdExpositionFormat *format,
             int                *status)
{
  static const char * const formats[] = { "text", "openmetrics", NULL };
  const char *near;

  *format = DD_EXPOSITION_TEXT;
  if (cli->format == NULL || g_str_equal (cli->format, formats[0]))
    return TRUE;
  *format = DD_EXPOSITION_OPENMETRICS;
  if (g_str_equal (cli->format, formats[1]))
    return TRUE;
  near = dd_suggest (cli->format, formats);
  *status = near != NULL ? dd_cli_usage (_("there is no format “%s”; did you mean “%s”?"), cli->format, near)
                         : dd_cli_usage (_("there is no format “%s”; there are text and openmetrics."), cli->format);
  return FALSE;
}

int
dd_command_metrics (DdCli *cli)
{
  g_autoptr (GPtrArray) standings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  DdExpositionFormat format;
  int status;

  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“metrics” takes no words; see “doradash metrics --help”."));
  if (!read_format (cli, &format, &status))
    return status;
  dd_query_standing_async (dd_cli_engine (cli), cli->workspace, g_get_real_time (), cli->cancellable, dd_cli_ready_cb, cli);
  standings = dd_query_standing_finish (cli->engine, dd_cli_wait (cli), &error);
  if (standings == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  if (standings->len == 0)
    dd_cli_say (cli, "%s", _("There is no workspace yet, so there is nothing to count."));
  text = dd_standings_to_exposition (standings, format);
  return dd_cli_write (cli, text, &error) ? DD_EXIT_DONE : dd_cli_fail (g_steal_pointer (&error));
}
