/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "dd-commands.h"
#include "dd-demo-server.h"
#include "dd-workspaces.h"

/* Until Ctrl-C; what a workspace needs to be pointed here is printed first. */
static int
serve (DdCli        *cli,
       DdDemoServer *server)
{
  g_autofree char *settings = dd_demo_server_settings (server);
  g_autoptr (GError) error = NULL;

  printf ("%s\n", settings);
  printf ("GITHUB_TOKEN=%s LINEAR_API_KEY=%s SLAB_API_TOKEN=%s\n", dd_demo_server_get_token (server), dd_demo_server_get_token (server),
          dd_demo_server_get_token (server));
  fflush (stdout);
  while (!g_cancellable_is_cancelled (cli->cancellable))
    g_main_context_iteration (NULL, TRUE);
  return DD_EXIT_DONE;
}

/* The demo's tokens stand in the environment of this process only, as on a headless machine: the keyring is the user's own. */
static void
set_tokens (DdDemoServer *server)
{
  static const char * const variables[] = { "GITHUB_TOKEN", "LINEAR_API_KEY", "SLAB_API_TOKEN" };

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_setenv (variables[i], dd_demo_server_get_token (server), TRUE);
}

/* The services are at another address each time, so that what an earlier demo left is of no use. */
static gboolean
remove_earlier (DdCli   *cli,
                GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  dd_workspaces_list_async (dd_cli_engine (cli), cli->cancellable, dd_cli_ready_cb, cli);
  names = dd_workspaces_list_finish (cli->engine, dd_cli_wait (cli), error);
  if (names == NULL)
    return FALSE;
  if (!g_ptr_array_find_with_equal_func (names, "Demo", g_str_equal, NULL))
    return TRUE;
  dd_workspaces_remove_async (cli->engine, "Demo", cli->cancellable, dd_cli_ready_cb, cli);
  return dd_workspaces_remove_finish (cli->engine, dd_cli_wait (cli), NULL, error);
}

int
dd_command_demo (DdCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DdDemoServer) server = NULL;
  g_autofree char *settings = NULL;
  g_autofree char *name = NULL;
  int status;

  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“demo” takes no words; see “doradash demo --help”."));
  server = dd_demo_server_new (g_get_real_time (), &error);
  if (server == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  if (cli->serve)
    return serve (cli, server);
  if (!remove_earlier (cli, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  settings = dd_demo_server_settings (server);
  dd_workspaces_import_async (dd_cli_engine (cli), settings, "demo", TRUE, cli->cancellable, dd_cli_ready_cb, cli);
  name = dd_workspaces_import_finish (cli->engine, dd_cli_wait (cli), &error);
  if (name == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  set_tokens (server);
  g_free (cli->workspace);
  cli->workspace = g_steal_pointer (&name);
  status = dd_cli_sync (cli);
  return status == DD_EXIT_DONE ? dd_command_report (cli) : status;
}
