/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "dd-activity-write.h"
#include "dd-commands.h"
#include "dd-event-import.h"
#include "dd-query-activity.h"

#define DEFAULT_WINDOW "24h"

static char *
as_text (DdCli            *cli,
         const DdActivity *activity)
{
  gboolean terminal = cli->output == NULL && dd_cli_is_terminal (STDOUT_FILENO);
  const char *charset;

  return dd_activity_to_text (activity, terminal && g_getenv ("NO_COLOR") == NULL, g_get_charset (&charset),
                              terminal ? dd_cli_columns () : 100);
}

int
dd_command_activity (DdCli *cli)
{
  DdActivityQuery query = { .workspace = cli->workspace, .until = DD_TIME_NONE, .now = g_get_real_time () };
  g_autoptr (DdActivity) activity = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“activity” takes no words; see “doradash activity --help”."));
  if (!dd_activity_window_parse (cli->window != NULL ? cli->window : DEFAULT_WINDOW, &query.hours, &error))
    return dd_cli_usage ("%s", error->message);
  if (cli->until != NULL && !dd_time_parse (cli->until, &query.until))
    return dd_cli_usage (_("“%s” is no time; write one like 2026-01-31T18:00:00Z."), cli->until);
  dd_query_activity_async (dd_cli_engine (cli), &query, cli->cancellable, dd_cli_ready_cb, cli);
  activity = dd_query_activity_finish (cli->engine, dd_cli_wait (cli), &error);
  if (activity == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  text = cli->json ? dd_activity_to_json (activity) : as_text (cli, activity);
  return dd_cli_write (cli, text, &error) ? DD_EXIT_DONE : dd_cli_fail (g_steal_pointer (&error));
}

static void
say_import (DdCli               *cli,
            const DdEventImport *import)
{
  g_autofree char *read = dd_words_events_read (import->path, import->missing, &import->counts);
  g_autofree char *broken = dd_words_broken_lines (import->path, &import->counts);

  dd_cli_say (cli, "%s", read);
  if (broken != NULL)
    dd_cli_warn ("%s", broken);
}

static int
import_events (DdCli *cli)
{
  g_auto (GStrv) defaults = dd_cli_count (cli) > 1 ? NULL : dd_event_import_default_paths ();
  const char * const *paths = (const char * const *) (defaults != NULL ? defaults : cli->words + 1);
  g_autoptr (GPtrArray) imports = NULL;
  g_autoptr (GError) error = NULL;

  if (paths[0] == NULL)
    return dd_cli_usage (_("“events import” takes a file, or several; ORCH_EVENTS_PATH and STATE_STORE_PATH may name them too."));
  dd_event_import_async (dd_cli_engine (cli), cli->workspace, paths, NULL, cli->cancellable, dd_cli_ready_cb, cli);
  imports = dd_event_import_finish (cli->engine, dd_cli_wait (cli), &error);
  if (imports == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  for (guint i = 0; i < imports->len; i++)
    say_import (cli, g_ptr_array_index (imports, i));
  return DD_EXIT_DONE;
}

static int
export_events (DdCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  dd_event_export_async (dd_cli_engine (cli), cli->workspace, cli->cancellable, dd_cli_ready_cb, cli);
  text = dd_event_export_finish (cli->engine, dd_cli_wait (cli), &error);
  if (text == NULL || !dd_cli_write (cli, text, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  return DD_EXIT_DONE;
}

int
dd_command_events (DdCli *cli)
{
  if (dd_cli_count (cli) >= 1 && strcmp (cli->words[0], "import") == 0)
    return import_events (cli);
  if (dd_cli_count (cli) == 1 && strcmp (cli->words[0], "export") == 0)
    return export_events (cli);
  return dd_cli_usage (_("“events” takes “import FILE…” or “export”."));
}
