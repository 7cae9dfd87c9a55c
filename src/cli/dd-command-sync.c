/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "dd-commands.h"
#include "dd-join.h"
#include "dd-sync.h"
#include "dd-time.h"

/* What is known of each source, in one line that is written over itself on a terminal. */
typedef struct
{
  gboolean    live;
  GHashTable *sources; /* type → words */
} Progress;

/* "3 of 15 repositories, 120 records" */
static char *
progress_words (const char *what,
                guint       done,
                guint       total,
                guint       records)
{
  g_autofree char *fetched = g_strdup_printf (ngettext ("%u record", "%u records", records), records);
  g_autofree char *part = NULL;
  GString *words = g_string_new (NULL);

  if (g_strcmp0 (what, "repositories") == 0 && total > 0)
    {
      part = g_strdup_printf (ngettext ("%u of %u repository", "%u of %u repositories", total), done, total);
      dd_join_item (words, part);
    }
  dd_join_item (words, fetched);
  return g_string_free (words, FALSE);
}

static void
progress_cb (const char *source,
             const char *what,
             guint       done,
             guint       total,
             guint       records,
             gpointer    user_data)
{
  Progress *progress = user_data;
  GHashTableIter iter;
  gpointer name, words;
  g_autoptr (GString) line = NULL;

  if (!progress->live)
    return;
  g_hash_table_insert (progress->sources, g_strdup (source), progress_words (what, done, total, records));
  line = g_string_new (NULL);
  g_hash_table_iter_init (&iter, progress->sources);
  while (g_hash_table_iter_next (&iter, &name, &words))
    g_string_append_printf (line, "%s%s: %s", line->len > 0 ? " · " : "", (char *) name, (char *) words);
  fprintf (stderr, "\r\033[K%.*s", MAX (20, dd_cli_columns () - 1), line->str);
}

static int
status_of (DdCli              *cli,
           const DdSyncResult *result)
{
  for (guint i = 0; i < result->sources->len; i++)
    {
      const DdSyncSourceResult *source = g_ptr_array_index (result->sources, i);

      if (g_error_matches (source->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        dd_cli_say (cli, ngettext ("%s: stopped after %u record", "%s: stopped after %u records", source->records), source->name,
                    source->records);
      else if (source->error != NULL)
        dd_cli_warn ("%s: %s", source->name, source->error->message);
      else
        dd_cli_say (cli, ngettext ("%s: %u record (requests: %u)", "%s: %u records (requests: %u)", source->records), source->name,
                    source->records, source->requests);
    }
  if (result->cancelled)
    {
      dd_cli_warn ("%s", _("Stopped. What was fetched is kept; the next sync goes on from there."));
      return DD_EXIT_PART;
    }
  if (dd_sync_result_all_failed (result))
    return DD_EXIT_FAILED;
  return dd_sync_result_any_failed (result) ? DD_EXIT_PART : DD_EXIT_DONE;
}

int
dd_cli_sync_since (DdCli *cli,
                   gint64 since)
{
  g_autoptr (GHashTable) sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Progress progress = { !cli->quiet && dd_cli_is_terminal (STDERR_FILENO), sources };
  DdSyncOptions options = {
    .workspace = cli->workspace,
    .full = cli->full,
    .since = since,
    .progress = progress_cb,
    .progress_data = &progress,
  };
  g_autoptr (DdSyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dd_sync_run_async (dd_cli_engine (cli), &options, cli->cancellable, dd_cli_ready_cb, cli);
  result = dd_sync_run_finish (dd_cli_wait (cli), &error);
  if (progress.live)
    fputs ("\r\033[K", stderr);
  return result != NULL ? status_of (cli, result) : dd_cli_fail (g_steal_pointer (&error));
}

int
dd_cli_sync (DdCli *cli)
{
  gint64 since = DD_TIME_NONE;

  if (cli->since != NULL)
    {
      g_autofree char *midnight = g_strconcat (cli->since, "T00:00:00Z", NULL);

      if (!dd_time_parse (midnight, &since))
        return dd_cli_usage (_("“%s” is no date; write one like 2026-01-31."), cli->since);
    }
  return dd_cli_sync_since (cli, since);
}

int
dd_command_sync (DdCli *cli)
{
  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“sync” takes no words; see “doradash sync --help”."));
  return dd_cli_sync (cli);
}
