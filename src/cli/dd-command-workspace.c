/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-commands.h"
#include "dd-error.h"
#include "dd-workspaces.h"

static int
import_file (DdCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *name = NULL;

  if (dd_cli_count (cli) != 2)
    return dd_cli_usage (_("“workspace import” takes one file."));
  if (!g_file_get_contents (cli->words[1], &json, NULL, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  dd_workspaces_import_async (dd_cli_engine (cli), json, cli->words[1], FALSE, cli->cancellable, dd_cli_ready_cb, cli);
  name = dd_workspaces_import_finish (cli->engine, dd_cli_wait (cli), &error);
  if (name == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  dd_cli_say (cli, _("Workspace “%s” is set; “doradash sync” fetches its data."), name);
  return DD_EXIT_DONE;
}

static int
list (DdCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  dd_workspaces_list_async (dd_cli_engine (cli), cli->cancellable, dd_cli_ready_cb, cli);
  names = dd_workspaces_list_finish (cli->engine, dd_cli_wait (cli), &error);
  if (names == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  if (names->len == 0)
    dd_cli_say (cli, _("There is no workspace yet; “doradash workspace import FILE” makes one, “doradash demo” shows an example."));
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (out, "%s\n", (const char *) g_ptr_array_index (names, i));
  return dd_cli_write (cli, out->str, &error) ? DD_EXIT_DONE : dd_cli_fail (g_steal_pointer (&error));
}

static int
export_settings (DdCli *cli)
{
  const char *name = dd_cli_count (cli) > 1 ? cli->words[1] : cli->workspace;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;

  dd_workspaces_export_async (dd_cli_engine (cli), name, cli->cancellable, dd_cli_ready_cb, cli);
  json = dd_workspaces_export_finish (cli->engine, dd_cli_wait (cli), &error);
  if (json == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  line = g_strconcat (json, "\n", NULL);
  return dd_cli_write (cli, line, &error) ? DD_EXIT_DONE : dd_cli_fail (g_steal_pointer (&error));
}

static int
remove_workspace (DdCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remark = NULL;

  if (dd_cli_count (cli) != 2)
    return dd_cli_usage (_("“workspace remove” takes the workspace’s name."));
  dd_workspaces_remove_async (dd_cli_engine (cli), cli->words[1], cli->cancellable, dd_cli_ready_cb, cli);
  if (!dd_workspaces_remove_finish (cli->engine, dd_cli_wait (cli), &remark, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  dd_cli_say (cli, _("Workspace “%s” and its data are removed."), cli->words[1]);
  if (remark != NULL)
    dd_cli_say (cli, "%s", remark);
  return DD_EXIT_DONE;
}

int
dd_command_workspace (DdCli *cli)
{
  const char *what = dd_cli_count (cli) > 0 ? cli->words[0] : "list";

  if (strcmp (what, "import") == 0)
    return import_file (cli);
  if (strcmp (what, "list") == 0)
    return list (cli);
  if (strcmp (what, "export") == 0)
    return export_settings (cli);
  if (strcmp (what, "remove") == 0)
    return remove_workspace (cli);
  return dd_cli_usage (_("“workspace” takes import, list, export or remove, not “%s”."), what);
}
