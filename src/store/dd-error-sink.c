/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-error-sink.h"

#include "dd-clean.h"
#include "dd-db-private.h"

#define MESSAGE_CHARACTERS 500

/* Waiting is the smaller part: writing takes its time too. */
#define BUSY_MILLISECONDS 20

/* What tokens of the services look like, and any other long word of letters and digits alike. */
#define TOKEN                                                                                                                  \
  "(?i)\\b(gh[pousr]_|github_pat_|lin_api_|lin_oauth_|xox[a-z]-|inc_|glpat-)[\\w.-]+"                                          \
  "|(?<=hooks\\.slack\\.com/)\\S+|(?<=bearer )\\S+|(?<=token )\\S{16,}|(?<=://)[^/\\s@]+@"                                    \
  "|\\b(?=[\\w-]*\\d)(?=[\\w-]*[a-z])[\\w-]{32,}"

char *
dd_error_sink_tidy (const char *message)
{
  g_autoptr (GRegex) token = g_regex_new (TOKEN, G_REGEX_OPTIMIZE, 0, NULL);
  g_autofree char *clean = dd_clean (message, 0);
  g_autofree char *tidy = NULL;

  if (token != NULL)
    tidy = g_regex_replace_literal (token, clean, -1, 0, "…", 0, NULL);
  /* A message that cannot be searched might hold anything. */
  if (tidy == NULL)
    return g_strdup ("…");
  return g_utf8_strlen (tidy, -1) > MESSAGE_CHARACTERS ? g_utf8_substring (tidy, 0, MESSAGE_CHARACTERS) : g_steal_pointer (&tidy);
}

static gboolean
write_note (DdDb              *db,
            const DdErrorNote *note,
            const char        *message)
{
  if (!dd_db_run (db, NULL,
                  "INSERT INTO error_event (at, subsystem, operation, type, message, workspace_id, run_id)"
                  " VALUES (?, ?, ?, ?, ?, nullif (?, 0), nullif (?, 0))", "issssii", note->at, note->subsystem, note->operation,
                  note->type, message, note->workspace, note->run))
    return FALSE;
  if (db->dropped > 0 &&
      dd_db_run (db, NULL, "UPDATE activity_state SET value = value + ? WHERE name = 'dropped'", "n", (int) db->dropped))
    db->dropped = 0;
  return TRUE;
}

void
dd_error_sink_note (DdDb              *db,
                    const DdErrorNote *note)
{
  g_autofree char *message = dd_error_sink_tidy (note->message);
  gboolean done;

  sqlite3_busy_timeout (db->handle, BUSY_MILLISECONDS);
  done = write_note (db, note, message);
  sqlite3_busy_timeout (db->handle, DD_DB_BUSY_MILLISECONDS);
  if (!done)
    db->dropped++;
}

gint64
dd_error_sink_dropped (DdDb *db)
{
  return dd_db_int (db, 0, "SELECT value FROM activity_state WHERE name = 'dropped'", "") + db->dropped;
}

static const char * const engagement_types[] = {
  "page-overview", "page-metric", "page-incidents", "page-health", "page-sources", "page-activity", "page-preferences",
  "chart-opened",  "chart-exported", "report-shown", "report-exported", "report-sent", NULL,
};

gboolean
dd_engagement_store_is_enabled (DdDb *db)
{
  return dd_db_int (db, 0, "SELECT value FROM activity_state WHERE name = 'engagement'", "") != 0;
}

gboolean
dd_engagement_store_enable (DdDb    *db,
                            gboolean enable,
                            GError **error)
{
  return dd_db_run (db, error, "UPDATE activity_state SET value = ? WHERE name = 'engagement'", "n", (int) enable);
}

gboolean
dd_engagement_store_note (DdDb       *db,
                          const char *session,
                          const char *type,
                          gint64      at,
                          GError    **error)
{
  return g_strv_contains (engagement_types, type) && dd_engagement_store_is_enabled (db) &&
         dd_db_run (db, error, "INSERT INTO engagement (at, session, type) VALUES (?, ?, ?)", "iss", at, session, type);
}

gboolean
dd_engagement_store_erase (DdDb    *db,
                           GError **error)
{
  return dd_db_run (db, error, "DELETE FROM engagement", "");
}
