/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-alert-write.h"
#include "dd-alerts.h"
#include "dd-commands.h"
#include "dd-error.h"
#include "dd-report-write.h"
#include "dd-schedule-write.h"
#include "dd-schedule.h"
#include "dd-units-install.h"

/* Runs systemctl for the user's own units; FALSE where that is not to be had. */
static gboolean
run_systemctl (DdCli      *cli,
               const char *verb,
               GPtrArray  *names)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocess) process = NULL;

  g_ptr_array_add (words, g_strdup ("systemctl"));
  g_ptr_array_add (words, g_strdup ("--user"));
  g_ptr_array_add (words, g_strdup ("--quiet"));
  g_ptr_array_add (words, g_strdup (verb));
  for (guint i = 0; names != NULL && i < names->len; i++)
    g_ptr_array_add (words, g_strconcat (g_ptr_array_index (names, i), ".timer", NULL));
  g_ptr_array_add (words, NULL);
  if (names != NULL && names->len == 0)
    return TRUE;
  process = g_subprocess_newv ((const char * const *) words->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  if (process == NULL)
    return FALSE;
  g_subprocess_wait_check_async (process, cli->cancellable, dd_cli_ready_cb, cli);
  return g_subprocess_wait_check_finish (process, dd_cli_wait (cli), NULL);
}

static DdScheduleList *
ask_list (DdCli   *cli,
          GError **error)
{
  dd_schedule_list_async (dd_cli_engine (cli), cli->workspace, g_get_real_time (), cli->cancellable, dd_cli_ready_cb, cli);
  return dd_schedule_list_finish (cli->engine, dd_cli_wait (cli), error);
}

/* The units' owner; @database and @program are its texts. */
static DdUnitOwner
owner_of (DdCli      *cli,
          const char *workspace,
          char      **database,
          char      **program)
{
  *database = dd_engine_dup_path (dd_cli_engine (cli));
  *program = g_file_read_link ("/proc/self/exe", NULL);
  if (*program == NULL)
    *program = g_find_program_in_path ("doradash");
  return (DdUnitOwner) { workspace, *database, *program != NULL ? *program : "/usr/bin/doradash" };
}

static GPtrArray *
make_units (const DdScheduleList *list,
            const DdUnitOwner    *owner)
{
  GPtrArray *units = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_unit_free);

  for (guint i = 0; i < list->rows->len; i++)
    {
      DdScheduleSettings *schedule = ((DdScheduleStanding *) g_ptr_array_index (list->rows, i))->settings;

      if (schedule->folder != NULL && *schedule->folder != '\0')
        {
          char *folder = dd_schedule_folder (schedule->folder);

          g_free (schedule->folder);
          schedule->folder = folder;
        }
      g_ptr_array_add (units, dd_unit_new (owner, schedule, list->zone, list->timezone, g_get_real_time ()));
    }
  return units;
}

static int
list_schedules (DdCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DdScheduleList) list = ask_list (cli, &error);
  g_autofree char *database = NULL;
  g_autofree char *program = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) units = NULL;
  g_autoptr (GPtrArray) installed = NULL;
  DdUnitOwner owner;
  const char *charset;

  if (list == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  owner = owner_of (cli, list->workspace, &database, &program);
  units = make_units (list, &owner);
  installed = dd_units_list (&owner);
  for (guint i = 0; i < list->rows->len; i++)
    ((DdScheduleStanding *) g_ptr_array_index (list->rows, i))->installed =
      g_ptr_array_find_with_equal_func (installed, ((DdUnit *) g_ptr_array_index (units, i))->name, g_str_equal, NULL);
  text = cli->json ? dd_schedules_to_json (list)
                   : dd_schedules_to_text (list, g_get_charset (&charset), dd_cli_is_terminal (1) ? dd_cli_columns () : 100);
  return dd_cli_write (cli, text, &error) ? DD_EXIT_DONE : dd_cli_fail (g_steal_pointer (&error));
}

/* Those that are there and are not among @units are of schedules that the workspace has no more. */
static gboolean
remove_others (DdCli             *cli,
               const DdUnitOwner *owner,
               GPtrArray         *units,
               GPtrArray         *removed,
               GError           **error)
{
  g_autoptr (GPtrArray) there = dd_units_list (owner);

  for (guint i = 0; i < there->len; i++)
    {
      const char *name = g_ptr_array_index (there, i);
      gboolean kept = FALSE;

      for (guint j = 0; units != NULL && j < units->len; j++)
        kept = kept || strcmp (((DdUnit *) g_ptr_array_index (units, j))->name, name) == 0;
      if (!kept)
        g_ptr_array_add (removed, g_strdup (name));
    }
  /* Where there is no systemd there is nothing to stop. */
  run_systemctl (cli, "disable", removed);
  run_systemctl (cli, "stop", removed);
  for (guint i = 0; i < removed->len; i++)
    if (!dd_units_remove (g_ptr_array_index (removed, i), error))
      return FALSE;
  return TRUE;
}

/* Tells systemd what it finds there now. FALSE where there is none. */
static gboolean
start_units (DdCli     *cli,
             GPtrArray *names)
{
  return run_systemctl (cli, "daemon-reload", NULL) && run_systemctl (cli, "enable", names) && run_systemctl (cli, "restart", names);
}

static int
install_schedules (DdCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DdScheduleList) list = ask_list (cli, &error);
  g_autoptr (GPtrArray) units = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *database = NULL;
  g_autofree char *program = NULL;
  g_autofree char *folder = dd_units_folder ();
  DdUnitOwner owner;

  if (list == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  owner = owner_of (cli, list->workspace, &database, &program);
  units = make_units (list, &owner);
  if (!remove_others (cli, &owner, units, removed, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  for (guint i = 0; i < units->len; i++)
    {
      DdUnit *unit = g_ptr_array_index (units, i);
      const DdScheduleStanding *row = g_ptr_array_index (list->rows, i);

      /* A service may only write to a folder that is there when it starts. */
      if (row->settings->folder != NULL && *row->settings->folder != '\0' && g_mkdir_with_parents (row->settings->folder, 0755) != 0)
        return dd_cli_fail (g_error_new (DD_ERROR, DD_ERROR_STORE, _("The folder %s cannot be made."), row->settings->folder));
      if (!dd_units_write (unit, &error))
        return dd_cli_fail (g_steal_pointer (&error));
      g_ptr_array_add (names, unit->name);
      dd_cli_say (cli, "%s.timer: %s (%s)", unit->name, row->settings->id, row->settings->cron);
    }
  if (units->len == 0)
    dd_cli_say (cli, _("The workspace has no schedules. Add some in the preferences of the window, or to its file."));
  if (units->len + removed->len > 0 && !start_units (cli, names))
    dd_cli_warn (_("The timers are in %s, but no systemd of yours is running here to start them."), folder);
  return DD_EXIT_DONE;
}

static int
remove_schedules (DdCli *cli)
{
  g_autoptr (GError) error = NULL;
  /* What is left of a workspace that is gone is removed by its name. */
  g_autoptr (DdScheduleList) list = cli->workspace == NULL ? ask_list (cli, &error) : NULL;
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *database = NULL;
  g_autofree char *program = NULL;
  DdUnitOwner owner;

  if (error != NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  owner = owner_of (cli, cli->workspace != NULL ? cli->workspace : list->workspace, &database, &program);
  if (!remove_others (cli, &owner, NULL, removed, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  if (removed->len > 0)
    run_systemctl (cli, "daemon-reload", NULL);
  dd_cli_say (cli, ngettext ("%u timer removed.", "%u timers removed.", removed->len), removed->len);
  return DD_EXIT_DONE;
}

/* The schedule of that id, or one sentence. */
static DdScheduleStanding *
find_row (const DdScheduleList *list,
          const char           *id,
          GError              **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  const char *near;

  for (guint i = 0; i < list->rows->len; i++)
    {
      DdScheduleStanding *row = g_ptr_array_index (list->rows, i);

      if (strcmp (row->settings->id, id) == 0)
        return row;
      g_ptr_array_add (ids, row->settings->id);
    }
  g_ptr_array_add (ids, NULL);
  near = dd_suggest (id, (const char * const *) ids->pdata);
  if (near != NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND, _("“%s” has no schedule “%s”; did you mean “%s”?"), list->workspace, id,
                 near);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND, _("“%s” has no schedule “%s”; “doradash schedule list” lists them."),
                 list->workspace, id);
  return NULL;
}

static int
tell (DdCli                  *cli,
      const DdScheduleResult *result,
      GTimeZone              *zone)
{
  g_autofree char *due = dd_time_format (result->due, zone);
  g_autoptr (GError) error = NULL;

  if (dd_schedule_result_is_late (result))
    dd_cli_say (cli, _("Late: it was due at %s."), due);
  if (result->markdown != NULL && !dd_cli_write (cli, result->markdown, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  if (result->file != NULL)
    dd_cli_say (cli, _("Saved as %s."), result->file);
  if (result->sent)
    dd_cli_say (cli, _("Posted to Slack."));
  if (result->outcome == DD_OUTCOME_OK)
    return DD_EXIT_DONE;
  dd_cli_warn ("doradash: %s", result->error != NULL ? result->error->message : _("Stopped."));
  if (result->markdown != NULL || (result->sync != NULL && !dd_sync_result_all_failed (result->sync)))
    return DD_EXIT_PART;
  return DD_EXIT_FAILED;
}

/* What the workspace wants to be told, once. */
static void
tell_alerts (DdCli      *cli,
             const char *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) alerts = NULL;

  dd_alerts_check_async (dd_cli_engine (cli), workspace, g_get_real_time (), dd_alerts_to_slack, cli->cancellable, dd_cli_ready_cb,
                         cli);
  alerts = dd_alerts_check_finish (cli->engine, dd_cli_wait (cli), &error);
  if (alerts == NULL)
    dd_cli_warn ("doradash: %s", error->message);
  for (guint i = 0; alerts != NULL && i < alerts->len; i++)
    {
      g_autofree char *words = dd_words_alert (g_ptr_array_index (alerts, i));

      dd_cli_warn (_("Alert: %s."), words);
    }
}

int
dd_cli_run_schedule (DdCli      *cli,
                     const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DdScheduleList) list = ask_list (cli, &error);
  DdScheduleStanding *row = list != NULL ? find_row (list, id, &error) : NULL;
  DdScheduleOptions options = { .id = id, .forms = dd_report_forms () };
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *next = NULL;

  if (row == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  options.workspace = list->workspace;
  dd_schedule_run_due_async (dd_cli_engine (cli), &options, cli->cancellable, dd_cli_ready_cb, cli);
  results = dd_schedule_run_due_finish (cli->engine, dd_cli_wait (cli), &error);
  if (results == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  if (!g_cancellable_is_cancelled (cli->cancellable))
    tell_alerts (cli, list->workspace);
  if (results->len > 0)
    return tell (cli, g_ptr_array_index (results, results->len - 1), list->zone);
  next = row->next_run != DD_TIME_NONE ? dd_time_format (row->next_run, list->zone) : g_strdup (_("never"));
  dd_cli_say (cli, _("Nothing is due. Next: %s."), next);
  return DD_EXIT_DONE;
}

int
dd_command_schedule (DdCli *cli)
{
  const char *word = dd_cli_count (cli) > 0 ? cli->words[0] : "";
  guint count = dd_cli_count (cli);

  if (count == 1 && strcmp (word, "list") == 0)
    return list_schedules (cli);
  if (count == 1 && strcmp (word, "install") == 0)
    return install_schedules (cli);
  if (count == 1 && strcmp (word, "remove") == 0)
    return remove_schedules (cli);
  if (count == 2 && strcmp (word, "run") == 0)
    return dd_cli_run_schedule (cli, cli->words[1]);
  return dd_cli_usage (_("“schedule” takes “list”, “install”, “remove” or “run ID”."));
}
