/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-commands.h"
#include "dd-file-import.h"

int
dd_command_import (DdCli *cli)
{
  static const char * const kinds[] = { "deployments", "changes", "incidents", NULL };
  g_autoptr (GError) error = NULL;
  gint64 records;

  if (dd_cli_count (cli) != 2 || !g_strv_contains (kinds, cli->words[0]))
    return dd_cli_usage (_("“import” takes deployments, changes or incidents, and a file."));
  dd_file_import_async (dd_cli_engine (cli), cli->workspace, cli->words[0], cli->words[1], cli->cancellable, dd_cli_ready_cb, cli);
  records = dd_file_import_finish (cli->engine, dd_cli_wait (cli), &error);
  if (records < 0)
    return dd_cli_fail (g_steal_pointer (&error));
  dd_cli_say (cli, ngettext ("%d record is read.", "%d records are read.", (gulong) records), (int) records);
  return DD_EXIT_DONE;
}
