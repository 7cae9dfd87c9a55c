/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-file-source.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "dd-csv.h"
#include "dd-error.h"
#include "dd-settings.h"

#define MOST_COLUMNS 64

/* The columns of each kind; those that are needed first. */
static const char * const deployment_columns[] = { "repository", "finished", "result", "id", "environment", "commit", "ref", "created",
                                                   "url", NULL };
static const char * const change_columns[] = { "repository", "merged", "id", "number", "title", "author", "bot", "first_commit",
                                               "opened", "first_review", "merge_commit", "head", "url", NULL };
static const char * const incident_columns[] = { "started", "id", "title", "repository", "severity", "resolved", "deployment", "url",
                                                 NULL };

typedef struct
{
  const char         *word;
  const char * const *columns;
  guint               needed; /* how many of the first must be there and filled */
} KindInfo;

static const KindInfo kinds[] = {
  [DD_FILE_DEPLOYMENTS] = { "deployments", deployment_columns, 3 },
  [DD_FILE_CHANGES] = { "changes", change_columns, 2 },
  [DD_FILE_INCIDENTS] = { "incidents", incident_columns, 1 },
};

/* A file while it is read. */
typedef struct
{
  const char     *file_name;
  const KindInfo *info;
  DdFileKind      kind;
  guint           line;
  int             places[MOST_COLUMNS]; /* column of the file → index into the kind's columns; -1 for x_ columns */
  const char     *values[MOST_COLUMNS]; /* of the row at hand, by the kind's columns; NULL where not known */
  DdBatch        *batch;
} Reader;

gboolean
dd_file_kind_parse (const char *word,
                    DdFileKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].word, word) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
complain (const Reader *reader,
          const char   *column,
          const char   *text,
          GError      **error)
{
  if (column != NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID, "%s:%u: %s: %s", reader->file_name, reader->line, column, text);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID, "%s:%u: %s", reader->file_name, reader->line, text);
  return FALSE;
}

/* -2 with an error for a name that is not known. */
static int
find_column (const Reader *reader,
             const char   *name,
             GError      **error)
{
  const char *near;
  g_autofree char *text = NULL;

  for (int i = 0; reader->info->columns[i] != NULL; i++)
    if (strcmp (reader->info->columns[i], name) == 0)
      return i;
  if (g_str_has_prefix (name, "x_"))
    return -1;
  near = dd_suggest (name, reader->info->columns);
  text = near != NULL ? g_strdup_printf (_("unknown column; did you mean “%s”?"), near)
                      : g_strdup (_("unknown column; those of your own begin with x_"));
  complain (reader, name, text, error);
  return -2;
}

static const char *
value_of (const Reader *reader,
          const char   *column)
{
  for (int i = 0; reader->info->columns[i] != NULL; i++)
    if (strcmp (reader->info->columns[i], column) == 0)
      return reader->values[i];
  return NULL;
}

static gboolean
read_time (const Reader *reader,
           const char   *column,
           gint64       *time,
           GError      **error)
{
  const char *value = value_of (reader, column);
  g_autofree char *text = NULL;

  *time = DD_TIME_NONE;
  if (value == NULL || dd_time_parse (value, time))
    return TRUE;
  text = g_strdup_printf (_("“%s” is no RFC 3339 time, like 2026-01-31T09:30:00Z"), value);
  return complain (reader, column, text, error);
}

/* Without an id, what a row tells makes one, so that importing the same file again adds nothing twice. */
static char *
key_of (const Reader *reader)
{
  const char *id = value_of (reader, "id");
  g_autoptr (GChecksum) sum = NULL;

  if (id != NULL)
    return g_strdup (id);
  sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (int i = 0; reader->info->columns[i] != NULL; i++)
    {
      const char *value = reader->values[i] != NULL ? reader->values[i] : "";

      g_checksum_update (sum, (const guchar *) value, (gssize) strlen (value) + 1);
    }
  return g_strndup (g_checksum_get_string (sum), 24);
}

static gboolean
read_result (const Reader *reader,
             DdResult     *result,
             GError      **error)
{
  const char *value = value_of (reader, "result");

  for (int i = DD_RESULT_RUNNING; i <= DD_RESULT_CANCELLED; i++)
    if (g_ascii_strcasecmp (dd_result_name (i), value) == 0)
      {
        *result = i;
        return TRUE;
      }
  return complain (reader, "result", _("must be success, failure, cancelled or running"), error);
}

static gboolean
add_deployment (Reader  *reader,
                GError **error)
{
  g_autoptr (DdDeployment) deployment = g_new0 (DdDeployment, 1);

  deployment->kind = DD_KIND_FILE;
  deployment->committed = DD_TIME_NONE;
  if (!read_time (reader, "created", &deployment->created, error) || !read_time (reader, "finished", &deployment->finished, error) ||
      !read_result (reader, &deployment->result, error))
    return FALSE;
  deployment->key = key_of (reader);
  deployment->repository = g_strdup (value_of (reader, "repository"));
  deployment->environment = g_strdup (value_of (reader, "environment"));
  deployment->commit = g_strdup (value_of (reader, "commit"));
  deployment->ref = g_strdup (value_of (reader, "ref"));
  deployment->url = g_strdup (value_of (reader, "url"));
  if (deployment->created == DD_TIME_NONE)
    deployment->created = deployment->finished;
  g_ptr_array_add (reader->batch->deployments, g_steal_pointer (&deployment));
  return TRUE;
}

static gboolean
read_bot (const Reader *reader,
          gboolean     *bot,
          GError      **error)
{
  const char *value = value_of (reader, "bot");

  *bot = value != NULL && (g_ascii_strcasecmp (value, "true") == 0 || strcmp (value, "1") == 0);
  if (value == NULL || *bot || g_ascii_strcasecmp (value, "false") == 0 || strcmp (value, "0") == 0)
    return TRUE;
  return complain (reader, "bot", _("must be true or false"), error);
}

static gboolean
add_change (Reader  *reader,
            GError **error)
{
  g_autoptr (DdChange) change = g_new0 (DdChange, 1);
  const char *number = value_of (reader, "number"), *author = value_of (reader, "author");

  if (!read_time (reader, "first_commit", &change->first_commit, error) || !read_time (reader, "opened", &change->opened, error) ||
      !read_time (reader, "first_review", &change->first_review, error) || !read_time (reader, "merged", &change->merged, error) ||
      !read_bot (reader, &change->author_is_bot, error))
    return FALSE;
  if (number != NULL && !g_ascii_string_to_signed (number, 10, 0, G_MAXINT64, &change->number, NULL))
    return complain (reader, "number", _("must be a whole number"), error);
  change->key = key_of (reader);
  change->repository = g_strdup (value_of (reader, "repository"));
  change->title = g_strdup (value_of (reader, "title"));
  change->author = g_strdup (author);
  change->author_is_bot |= author != NULL && g_str_has_suffix (author, "[bot]");
  change->head = g_strdup (value_of (reader, "head"));
  change->merge_commit = g_strdup (value_of (reader, "merge_commit"));
  change->url = g_strdup (value_of (reader, "url"));
  g_ptr_array_add (reader->batch->changes, g_steal_pointer (&change));
  return TRUE;
}

static gboolean
add_incident (Reader  *reader,
              GError **error)
{
  g_autoptr (DdIncident) incident = g_new0 (DdIncident, 1);

  incident->kind = DD_INCIDENT_INCIDENT;
  incident->updated = DD_TIME_NONE;
  if (!read_time (reader, "started", &incident->started, error) || !read_time (reader, "resolved", &incident->resolved, error))
    return FALSE;
  incident->key = key_of (reader);
  incident->name = g_strdup (incident->key);
  incident->title = g_strdup (value_of (reader, "title"));
  incident->repository = g_strdup (value_of (reader, "repository"));
  incident->severity = g_strdup (value_of (reader, "severity"));
  incident->deployment = g_strdup (value_of (reader, "deployment"));
  incident->url = g_strdup (value_of (reader, "url"));
  g_ptr_array_add (reader->batch->incidents, g_steal_pointer (&incident));
  return TRUE;
}

static gboolean
add_row (Reader  *reader,
         GError **error)
{
  for (guint i = 0; i < reader->info->needed; i++)
    if (reader->values[i] == NULL &&
        !(reader->kind == DD_FILE_DEPLOYMENTS && i == 1 && g_strcmp0 (value_of (reader, "result"), "running") == 0))
      return complain (reader, reader->info->columns[i], _("is needed"), error);
  switch (reader->kind)
    {
    case DD_FILE_DEPLOYMENTS:
      return add_deployment (reader, error);
    case DD_FILE_CHANGES:
      return add_change (reader, error);
    case DD_FILE_INCIDENTS:
    default:
      return add_incident (reader, error);
    }
}

static gboolean
read_header (Reader      *reader,
             const DdCsv *csv,
             GError     **error)
{
  gboolean seen[MOST_COLUMNS] = { FALSE };

  reader->line = csv->line;
  if (csv->cells->len > MOST_COLUMNS)
    return complain (reader, NULL, _("has too many columns"), error);
  for (guint i = 0; i < csv->cells->len; i++)
    {
      char *name = g_strstrip (g_ptr_array_index (csv->cells, i));

      reader->places[i] = find_column (reader, name, error);
      if (reader->places[i] == -2)
        return FALSE;
      if (reader->places[i] >= 0 && seen[reader->places[i]])
        return complain (reader, name, _("stands twice in the header"), error);
      if (reader->places[i] >= 0)
        seen[reader->places[i]] = TRUE;
    }
  for (guint i = 0; i < reader->info->needed; i++)
    if (!seen[i])
      return complain (reader, reader->info->columns[i], _("this column is needed"), error);
  return TRUE;
}

static gboolean
read_csv (Reader     *reader,
          const char *text,
          gsize       length,
          GError    **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean fine = TRUE, header = TRUE;
  DdCsv csv;

  dd_csv_init (&csv, text, length);
  while (fine && dd_csv_next (&csv, &cause))
    {
      if (header)
        {
          guint columns = csv.cells->len;

          fine = read_header (reader, &csv, error);
          header = FALSE;
          for (guint i = columns; i < MOST_COLUMNS; i++)
            reader->places[i] = -3;
          continue;
        }
      reader->line = csv.line;
      memset (reader->values, 0, sizeof reader->values);
      for (guint i = 0; fine && i < csv.cells->len; i++)
        {
          const char *value = g_ptr_array_index (csv.cells, i);

          if (i >= MOST_COLUMNS || reader->places[i] == -3)
            fine = complain (reader, NULL, _("has more cells than the header"), error);
          else if (reader->places[i] >= 0 && *value != '\0')
            reader->values[reader->places[i]] = value;
        }
      fine = fine && add_row (reader, error);
    }
  reader->line = csv.line;
  if (fine && cause != NULL)
    fine = complain (reader, NULL, cause->message, error);
  if (fine && header)
    fine = complain (reader, NULL, _("the file is empty; its first line names the columns"), error);
  dd_csv_clear (&csv);
  return fine;
}

/* A plain value as text; NULL for null, and for what is no plain value. */
static char *
plain_text (JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING)
    return *json_node_get_string (node) != '\0' ? g_strdup (json_node_get_string (node)) : NULL;
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return NULL;
}

static gboolean
read_object (Reader     *reader,
             JsonObject *object,
             GError    **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GList) members = json_object_get_members (object);

  memset (reader->values, 0, sizeof reader->values);
  for (GList *l = members; l != NULL; l = l->next)
    {
      int place = find_column (reader, l->data, error);
      char *value;

      if (place == -2)
        return FALSE;
      if (place < 0)
        continue;
      value = plain_text (json_object_get_member (object, l->data));
      if (value != NULL)
        g_ptr_array_add (texts, value);
      reader->values[place] = value;
    }
  return add_row (reader, error);
}

static gboolean
read_lines (Reader     *reader,
            const char *text,
            gsize       length,
            GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *end = text + length;

  for (reader->line = 1; text < end; reader->line++)
    {
      const char *newline = memchr (text, '\n', (gsize) (end - text));
      gsize size = newline != NULL ? (gsize) (newline - text) : (gsize) (end - text);
      g_autofree char *line = g_strstrip (g_strndup (text, size));

      text += size + 1;
      if (*line == '\0')
        continue;
      if (!json_parser_load_from_data (parser, line, -1, NULL) || json_parser_get_root (parser) == NULL ||
          !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
        return complain (reader, NULL, _("is no JSON object"), error);
      if (!read_object (reader, json_node_get_object (json_parser_get_root (parser)), error))
        return FALSE;
    }
  return TRUE;
}

DdBatch *
dd_file_source_parse (const char *text,
                      gsize       length,
                      const char *file_name,
                      DdFileKind  kind,
                      GError    **error)
{
  g_autoptr (DdBatch) batch = dd_batch_new ();
  Reader reader = { .file_name = file_name, .info = &kinds[kind], .kind = kind, .line = 1, .batch = batch };
  const char *wrong, *first = text;
  gboolean fine;

  if (!g_utf8_validate_len (text, length, &wrong))
    {
      for (const char *c = text; c < wrong; c++)
        reader.line += *c == '\n';
      complain (&reader, NULL, _("is not UTF-8"), error);
      return NULL;
    }
  while (first < text + length && g_ascii_isspace (*first))
    first++;
  fine = first < text + length && *first == '{' ? read_lines (&reader, text, length, error) : read_csv (&reader, text, length, error);
  return fine ? g_steal_pointer (&batch) : NULL;
}
