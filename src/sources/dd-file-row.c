/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-file-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-settings.h"

/* The most characters of a cell that an error quotes. */
#define LONGEST_QUOTE 60
/* RFC 3339 with nanoseconds and an offset has 35 characters. */
#define LONGEST_TIME 48
#define KEY_LENGTH 24

enum
{
  DEPLOYMENT_REPOSITORY,
  DEPLOYMENT_RESULT,
  DEPLOYMENT_FINISHED,
  DEPLOYMENT_ID,
  DEPLOYMENT_ENVIRONMENT,
  DEPLOYMENT_COMMIT,
  DEPLOYMENT_REF,
  DEPLOYMENT_CREATED,
  DEPLOYMENT_URL,
};

static const char * const deployment_columns[] = {
  "repository", "result", "finished", "id", "environment", "commit", "ref", "created", "url", NULL,
};

enum
{
  CHANGE_REPOSITORY,
  CHANGE_MERGED,
  CHANGE_ID,
  CHANGE_NUMBER,
  CHANGE_TITLE,
  CHANGE_AUTHOR,
  CHANGE_BOT,
  CHANGE_FIRST_COMMIT,
  CHANGE_OPENED,
  CHANGE_FIRST_REVIEW,
  CHANGE_MERGE_COMMIT,
  CHANGE_HEAD,
  CHANGE_URL,
};

static const char * const change_columns[] = {
  "repository", "merged", "id", "number", "title", "author", "bot", "first_commit", "opened", "first_review", "merge_commit", "head",
  "url", NULL,
};

enum
{
  INCIDENT_STARTED,
  INCIDENT_ID,
  INCIDENT_TITLE,
  INCIDENT_REPOSITORY,
  INCIDENT_SEVERITY,
  INCIDENT_RESOLVED,
  INCIDENT_DEPLOYMENT,
  INCIDENT_URL,
};

static const char * const incident_columns[] = {
  "started", "id", "title", "repository", "severity", "resolved", "deployment", "url", NULL,
};

typedef struct
{
  const char * const *columns;
  guint               needed;
} KindInfo;

static const KindInfo kinds[] = {
  [DD_FILE_DEPLOYMENTS] = { deployment_columns, 3 },
  [DD_FILE_CHANGES] = { change_columns, 2 },
  [DD_FILE_INCIDENTS] = { incident_columns, 1 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (change_columns) <= DD_FILE_MOST_COLUMNS);

const char * const *
dd_file_kind_columns (DdFileKind kind)
{
  return kinds[kind].columns;
}

guint
dd_file_kind_needed (DdFileKind kind)
{
  return kinds[kind].needed;
}

void
dd_file_row_init (DdFileRow *row,
                  DdFileKind kind)
{
  *row = (DdFileRow) { .kind = kind, .sum = g_checksum_new (G_CHECKSUM_SHA256) };
}

void
dd_file_row_clear (DdFileRow *row)
{
  g_checksum_free (row->sum);
}

void
dd_file_row_reset (DdFileRow *row)
{
  memset (row->cells, 0, sizeof row->cells);
}

gboolean
dd_file_row_complain (const char *column,
                      const char *text,
                      GError    **error)
{
  g_set_error (error, DD_ERROR, DD_ERROR_INVALID, "%s: %s", column, text);
  return FALSE;
}

char *
dd_file_row_quote (const DdCsvCell *cell)
{
  g_autofree char *text = g_strndup (cell->text, cell->length);

  for (char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  if (g_utf8_strlen (text, -1) > LONGEST_QUOTE)
    {
      *g_utf8_offset_to_pointer (text, LONGEST_QUOTE) = '\0';
      return g_strconcat (text, "…", NULL);
    }
  return g_steal_pointer (&text);
}

/* @format holds one %s: what stands in the cell. */
static gboolean
complain_of (const DdFileRow *row,
             guint            column,
             const char      *format,
             GError         **error)
{
  g_autofree char *quote = dd_file_row_quote (&row->cells[column]);
  g_autofree char *text = g_strdup_printf (format, quote);

  return dd_file_row_complain (kinds[row->kind].columns[column], text, error);
}

/* ---- cells ---- */

static char *
get_text (const DdFileRow *row,
          guint            column)
{
  const DdCsvCell *cell = &row->cells[column];

  return cell->length > 0 ? g_strndup (cell->text, cell->length) : NULL;
}

static gboolean
says (const DdCsvCell *cell,
      const char      *word)
{
  return cell->length == strlen (word) && g_ascii_strncasecmp (cell->text, word, cell->length) == 0;
}

static gboolean
get_time (const DdFileRow *row,
          guint            column,
          gint64          *time,
          GError         **error)
{
  const DdCsvCell *cell = &row->cells[column];
  char text[LONGEST_TIME];

  *time = DD_TIME_NONE;
  if (cell->length == 0)
    return TRUE;
  if (cell->length < sizeof text)
    {
      memcpy (text, cell->text, cell->length);
      text[cell->length] = '\0';
      if (dd_time_parse (text, time))
        return TRUE;
    }
  return complain_of (row, column, _("“%s” is not an RFC 3339 time, like 2026-01-31T09:30:00Z"), error);
}

static gboolean
get_result (const DdFileRow *row,
            DdResult        *result,
            GError         **error)
{
  for (int i = DD_RESULT_RUNNING; i <= DD_RESULT_CANCELLED; i++)
    if (says (&row->cells[DEPLOYMENT_RESULT], dd_result_name (i)))
      {
        *result = i;
        return TRUE;
      }
  return complain_of (row, DEPLOYMENT_RESULT, _("“%s” is none of success, failure, cancelled and running"), error);
}

static gboolean
get_flag (const DdFileRow *row,
          guint            column,
          gboolean        *flag,
          GError         **error)
{
  const DdCsvCell *cell = &row->cells[column];

  *flag = says (cell, "true") || says (cell, "1");
  if (*flag || cell->length == 0 || says (cell, "false") || says (cell, "0"))
    return TRUE;
  return complain_of (row, column, _("“%s” is neither true nor false"), error);
}

static gboolean
get_number (const DdFileRow *row,
            guint            column,
            gint64          *number,
            GError         **error)
{
  g_autofree char *text = get_text (row, column);

  *number = 0;
  if (text == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, number, NULL))
    return TRUE;
  return complain_of (row, column, _("“%s” is not a whole number"), error);
}

/* Without an id, the columns that tell a row from others make one, and none that may change: importing a corrected file again
 * corrects, and adds nothing twice. @columns ends with -1. */
static char *
get_key (DdFileRow *row,
         guint      id,
         const int *columns)
{
  if (row->cells[id].length > 0)
    return get_text (row, id);
  g_checksum_reset (row->sum);
  for (; *columns >= 0; columns++)
    {
      const DdCsvCell *cell = &row->cells[*columns];

      if (cell->length > 0)
        g_checksum_update (row->sum, (const guchar *) cell->text, (gssize) cell->length);
      g_checksum_update (row->sum, (const guchar *) "", 1);
    }
  return g_strndup (g_checksum_get_string (row->sum), KEY_LENGTH);
}

/* ---- records ---- */

static gboolean
take_deployment (DdFileRow *row,
                 DdBatch   *batch,
                 GError   **error)
{
  static const int by_start[] = { DEPLOYMENT_REPOSITORY, DEPLOYMENT_ENVIRONMENT, DEPLOYMENT_COMMIT, DEPLOYMENT_REF,
                                  DEPLOYMENT_CREATED, -1 };
  static const int by_end[] = { DEPLOYMENT_REPOSITORY, DEPLOYMENT_ENVIRONMENT, DEPLOYMENT_COMMIT, DEPLOYMENT_REF,
                                DEPLOYMENT_FINISHED, -1 };
  gboolean has_start = row->cells[DEPLOYMENT_CREATED].length > 0;
  gint64 created, finished;
  DdDeployment *deployment;
  DdResult result = DD_RESULT_RUNNING;

  if (!get_result (row, &result, error) || !get_time (row, DEPLOYMENT_CREATED, &created, error) ||
      !get_time (row, DEPLOYMENT_FINISHED, &finished, error))
    return FALSE;
  if (batch == NULL)
    return TRUE;
  deployment = g_new0 (DdDeployment, 1);
  deployment->kind = DD_KIND_FILE;
  deployment->key = get_key (row, DEPLOYMENT_ID, has_start ? by_start : by_end);
  deployment->repository = get_text (row, DEPLOYMENT_REPOSITORY);
  deployment->environment = get_text (row, DEPLOYMENT_ENVIRONMENT);
  deployment->commit = get_text (row, DEPLOYMENT_COMMIT);
  deployment->ref = get_text (row, DEPLOYMENT_REF);
  deployment->url = get_text (row, DEPLOYMENT_URL);
  deployment->created = has_start ? created : finished;
  deployment->finished = finished;
  deployment->committed = DD_TIME_NONE;
  deployment->result = result;
  g_ptr_array_add (batch->deployments, deployment);
  return TRUE;
}

static gboolean
take_change (DdFileRow *row,
             DdBatch   *batch,
             GError   **error)
{
  static const int by_number[] = { CHANGE_REPOSITORY, CHANGE_NUMBER, -1 };
  static const int by_merge[] = { CHANGE_REPOSITORY, CHANGE_MERGED, CHANGE_MERGE_COMMIT, CHANGE_HEAD, -1 };
  DdChange read = { .first_commit = DD_TIME_NONE }, *change;

  if (!get_time (row, CHANGE_FIRST_COMMIT, &read.first_commit, error) || !get_time (row, CHANGE_OPENED, &read.opened, error) ||
      !get_time (row, CHANGE_FIRST_REVIEW, &read.first_review, error) || !get_time (row, CHANGE_MERGED, &read.merged, error) ||
      !get_flag (row, CHANGE_BOT, &read.author_is_bot, error) || !get_number (row, CHANGE_NUMBER, &read.number, error))
    return FALSE;
  if (batch == NULL)
    return TRUE;
  change = g_memdup2 (&read, sizeof read);
  change->key = get_key (row, CHANGE_ID, row->cells[CHANGE_NUMBER].length > 0 ? by_number : by_merge);
  change->repository = get_text (row, CHANGE_REPOSITORY);
  change->title = get_text (row, CHANGE_TITLE);
  change->author = get_text (row, CHANGE_AUTHOR);
  change->author_is_bot |= change->author != NULL && g_str_has_suffix (change->author, "[bot]");
  change->head = get_text (row, CHANGE_HEAD);
  change->merge_commit = get_text (row, CHANGE_MERGE_COMMIT);
  change->url = get_text (row, CHANGE_URL);
  g_ptr_array_add (batch->changes, change);
  return TRUE;
}

static gboolean
take_incident (DdFileRow *row,
               DdBatch   *batch,
               GError   **error)
{
  static const int by_start[] = { INCIDENT_REPOSITORY, INCIDENT_STARTED, INCIDENT_TITLE, -1 };
  gint64 started, resolved;
  DdIncident *incident;

  if (!get_time (row, INCIDENT_STARTED, &started, error) || !get_time (row, INCIDENT_RESOLVED, &resolved, error))
    return FALSE;
  if (batch == NULL)
    return TRUE;
  incident = g_new0 (DdIncident, 1);
  incident->kind = DD_INCIDENT_INCIDENT;
  incident->key = get_key (row, INCIDENT_ID, by_start);
  incident->name = g_strdup (incident->key);
  incident->title = get_text (row, INCIDENT_TITLE);
  incident->repository = get_text (row, INCIDENT_REPOSITORY);
  incident->severity = get_text (row, INCIDENT_SEVERITY);
  incident->deployment = get_text (row, INCIDENT_DEPLOYMENT);
  incident->url = get_text (row, INCIDENT_URL);
  incident->started = started;
  incident->resolved = resolved;
  incident->updated = DD_TIME_NONE;
  g_ptr_array_add (batch->incidents, incident);
  return TRUE;
}

gboolean
dd_file_row_take (DdFileRow *row,
                  DdBatch   *batch,
                  GError   **error)
{
  for (guint i = 0; i < kinds[row->kind].needed; i++)
    {
      /* What is still running has no finish yet. */
      if (row->kind == DD_FILE_DEPLOYMENTS && i == DEPLOYMENT_FINISHED &&
          says (&row->cells[DEPLOYMENT_RESULT], dd_result_name (DD_RESULT_RUNNING)))
        continue;
      if (row->cells[i].length == 0)
        return dd_file_row_complain (kinds[row->kind].columns[i], _("is empty, and is needed"), error);
    }
  switch (row->kind)
    {
    case DD_FILE_DEPLOYMENTS:
      return take_deployment (row, batch, error);
    case DD_FILE_CHANGES:
      return take_change (row, batch, error);
    case DD_FILE_INCIDENTS:
    default:
      return take_incident (row, batch, error);
    }
}
