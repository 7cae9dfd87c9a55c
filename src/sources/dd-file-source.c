/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-file-source.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "dd-error.h"
#include "dd-file-row.h"
#include "dd-settings.h"

/* What a column of the file is where it is none of its kind's. */
#define OWN_COLUMN -1
#define UNKNOWN_COLUMN -2
/* Whole numbers up to here are the same as doubles. */
#define LARGEST_EXACT 9007199254740992.0

/* A file while it is read. */
typedef struct
{
  const char     *text;
  gsize           length;
  const char     *name;
  DdFileKind      kind;
  guint           line;
  DdFileRow       row;
  DdBatch        *batch; /* NULL while it is only checked */
  guint           rows_per_batch;
  DdFileBatchFunc func;
  gpointer        user_data;
} Reader;

gboolean
dd_file_kind_parse (const char *word,
                    DdFileKind *kind)
{
  static const char * const words[] = {
    [DD_FILE_DEPLOYMENTS] = "deployments", [DD_FILE_CHANGES] = "changes", [DD_FILE_INCIDENTS] = "incidents",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], word) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/* Says where, in front of what; always FALSE. */
static gboolean
place_error (const Reader *reader,
             GError      **error)
{
  g_prefix_error (error, "%s:%u: ", reader->name, reader->line);
  return FALSE;
}

static gboolean
complain (const Reader *reader,
          const char   *text,
          GError      **error)
{
  g_set_error_literal (error, DD_ERROR, DD_ERROR_INVALID, text);
  return place_error (reader, error);
}

/* Which of the kind's columns @name is, OWN_COLUMN, or UNKNOWN_COLUMN with an error. */
static int
find_column (const Reader *reader,
             const char   *name,
             GError      **error)
{
  const char * const *columns = dd_file_kind_columns (reader->kind);
  DdCsvCell cell = { name, strlen (name) };
  g_autofree char *quote = NULL, *text = NULL;
  const char *near;

  for (int i = 0; columns[i] != NULL; i++)
    if (strcmp (columns[i], name) == 0)
      return i;
  if (g_str_has_prefix (name, "x_"))
    return OWN_COLUMN;
  near = dd_suggest (name, columns);
  quote = dd_file_row_quote (&cell);
  text = near != NULL ? g_strdup_printf (_("unknown column; did you mean “%s”?"), near)
                      : g_strdup (_("unknown column; those of your own begin with x_"));
  dd_file_row_complain (quote, text, error);
  place_error (reader, error);
  return UNKNOWN_COLUMN;
}

static gboolean
hand_out (Reader  *reader,
          GError **error)
{
  DdBatch *batch = reader->batch;

  reader->batch = dd_batch_new ();
  return reader->func (batch, reader->user_data, error);
}

static gboolean
take_row (Reader  *reader,
          GError **error)
{
  if (!dd_file_row_take (&reader->row, reader->batch, error))
    return place_error (reader, error);
  if (reader->batch != NULL && reader->func != NULL && dd_batch_count (reader->batch) >= reader->rows_per_batch)
    return hand_out (reader, error);
  return TRUE;
}

/* ---- CSV ---- */

/* @places: (element-type int): for each column of the file which one of the kind's it is. */
static gboolean
read_header (Reader      *reader,
             const DdCsv *csv,
             GArray      *places,
             GError     **error)
{
  const char * const *columns = dd_file_kind_columns (reader->kind);
  gboolean seen[DD_FILE_MOST_COLUMNS] = { FALSE };

  reader->line = csv->line;
  for (guint i = 0; i < csv->cells->len; i++)
    {
      const DdCsvCell *cell = &g_array_index (csv->cells, DdCsvCell, i);
      g_autofree char *name = g_strstrip (g_strndup (cell->text, cell->length));
      int place = find_column (reader, name, error);

      if (place == UNKNOWN_COLUMN)
        return FALSE;
      if (place >= 0 && seen[place])
        {
          dd_file_row_complain (name, _("stands twice in the header"), error);
          return place_error (reader, error);
        }
      if (place >= 0)
        seen[place] = TRUE;
      g_array_append_val (places, place);
    }
  for (guint i = 0; i < dd_file_kind_needed (reader->kind); i++)
    if (!seen[i])
      {
        dd_file_row_complain (columns[i], _("this column is missing, and is needed"), error);
        return place_error (reader, error);
      }
  return TRUE;
}

static gboolean
read_cells (Reader       *reader,
            const DdCsv  *csv,
            const GArray *places,
            GError      **error)
{
  reader->line = csv->line;
  if (csv->cells->len != places->len)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("the row has %u cell, and the header %u", "the row has %u cells, and the header %u",
                                                         csv->cells->len), csv->cells->len, places->len);

      return complain (reader, text, error);
    }
  dd_file_row_reset (&reader->row);
  for (guint i = 0; i < places->len; i++)
    {
      int place = g_array_index (places, int, i);

      if (place >= 0)
        reader->row.cells[place] = g_array_index (csv->cells, DdCsvCell, i);
    }
  return take_row (reader, error);
}

static gboolean
read_csv (Reader  *reader,
          GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GError) cause = NULL;
  gboolean fine = TRUE;
  DdCsv csv;

  dd_csv_init (&csv, reader->text, reader->length);
  while (fine && dd_csv_next (&csv, &cause))
    fine = places->len == 0 ? read_header (reader, &csv, places, error) : read_cells (reader, &csv, places, error);
  reader->line = csv.line;
  if (fine && cause != NULL)
    fine = complain (reader, cause->message, error);
  if (fine && places->len == 0)
    fine = complain (reader, _("the file is empty; its first line names the columns"), error);
  dd_csv_clear (&csv);
  return fine;
}

/* ---- JSON lines ---- */

/* A plain value as a cell; what is no text is written into @texts. FALSE for what is no plain value. */
static gboolean
read_value (JsonNode  *node,
            DdCsvCell *cell,
            GPtrArray *texts)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  const char *text = NULL;

  *cell = (DdCsvCell) { NULL, 0 };
  if (type == G_TYPE_STRING)
    text = json_node_get_string (node);
  else if (type == G_TYPE_BOOLEAN)
    text = json_node_get_boolean (node) ? "true" : "false";
  else if (type == G_TYPE_INT64)
    g_ptr_array_add (texts, g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node)));
  else if (type == G_TYPE_DOUBLE && fabs (json_node_get_double (node)) <= LARGEST_EXACT &&
           floor (json_node_get_double (node)) == json_node_get_double (node))
    g_ptr_array_add (texts, g_strdup_printf ("%.0f", json_node_get_double (node)));
  else
    return JSON_NODE_HOLDS_NULL (node);
  if (text == NULL)
    text = g_ptr_array_index (texts, texts->len - 1);
  *cell = (DdCsvCell) { text, strlen (text) };
  return TRUE;
}

static gboolean
read_object (Reader     *reader,
             JsonObject *object,
             GError    **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  dd_file_row_reset (&reader->row);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      int place = find_column (reader, name, error);

      if (place == UNKNOWN_COLUMN)
        return FALSE;
      if (place >= 0 && !read_value (node, &reader->row.cells[place], texts))
        {
          dd_file_row_complain (name, _("must be text, a whole number, true, false or null"), error);
          return place_error (reader, error);
        }
    }
  return take_row (reader, error);
}

/* json-glib takes the last of several values for the whole: TRUE where there is but one object between blanks. */
static gboolean
is_one_object (const char *text,
               gsize       length)
{
  gboolean in_string = FALSE;
  guint depth = 0;
  gsize i = 0;

  for (; i < length; i++)
    {
      if (in_string && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_string = !in_string;
      else if (!in_string && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!in_string && (text[i] == '}' || text[i] == ']') && depth-- <= 1)
        break;
    }
  for (i++; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return length > 0 && text[0] == '{';
}

static JsonObject *
parse_object (JsonParser *parser,
              const char *text,
              gsize       length)
{
  JsonNode *root;

  if (!is_one_object (text, length) || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static gboolean
read_lines (Reader  *reader,
            GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *text = reader->text, *end = text + reader->length;

  for (reader->line = 1; text < end; reader->line++)
    {
      const char *newline = memchr (text, '\n', (gsize) (end - text));
      gsize size = (gsize) ((newline != NULL ? newline : end) - text);
      gsize blank = 0;

      while (blank < size && g_ascii_isspace (text[blank]))
        blank++;
      if (blank < size)
        {
          JsonObject *object = parse_object (parser, text + blank, size - blank);

          if (object == NULL)
            return complain (reader, _("the line is not a JSON object"), error);
          if (!read_object (reader, object, error))
            return FALSE;
        }
      text = newline != NULL ? newline + 1 : end;
    }
  return TRUE;
}

/* ---- files ---- */

static gboolean
read_file (Reader  *reader,
           GError **error)
{
  gsize blank = 0;

  while (blank < reader->length && g_ascii_isspace (reader->text[blank]))
    blank++;
  reader->line = 1;
  if (blank < reader->length && reader->text[blank] == '[')
    return complain (reader, _("is a JSON array; write one object on each line, without brackets and commas around them"), error);
  if (blank < reader->length && reader->text[blank] == '{')
    return read_lines (reader, error);
  return read_csv (reader, error);
}

/* Passes over a byte order mark; an error where the text is not UTF-8. */
static gboolean
reader_init (Reader     *reader,
             const char *text,
             gsize       length,
             const char *name,
             DdFileKind  kind,
             GError    **error)
{
  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  const char *wrong;

  *reader = (Reader) { .text = text + mark, .length = length - mark, .name = name, .kind = kind, .line = 1 };
  dd_file_row_init (&reader->row, kind);
  if (g_utf8_validate_len (reader->text, reader->length, &wrong))
    return TRUE;
  for (const char *c = reader->text; c < wrong; c++)
    reader->line += *c == '\n';
  return complain (reader, _("the text is not UTF-8; save the file again as UTF-8"), error);
}

static void
reader_clear (Reader *reader)
{
  dd_file_row_clear (&reader->row);
  g_clear_pointer (&reader->batch, dd_batch_free);
}

DdBatch *
dd_file_source_parse (const char *text,
                      gsize       length,
                      const char *file_name,
                      DdFileKind  kind,
                      GError    **error)
{
  DdBatch *batch = NULL;
  Reader reader;

  if (reader_init (&reader, text, length, file_name, kind, error))
    {
      reader.batch = dd_batch_new ();
      if (read_file (&reader, error))
        batch = g_steal_pointer (&reader.batch);
    }
  reader_clear (&reader);
  return batch;
}

gboolean
dd_file_source_parse_each (const char     *text,
                           gsize           length,
                           const char     *file_name,
                           DdFileKind      kind,
                           guint           rows_per_batch,
                           DdFileBatchFunc func,
                           gpointer        user_data,
                           GError        **error)
{
  gboolean fine;
  Reader reader;

  g_return_val_if_fail (rows_per_batch > 0 && func != NULL, FALSE);
  fine = reader_init (&reader, text, length, file_name, kind, error) && read_file (&reader, error);
  if (fine)
    {
      reader.batch = dd_batch_new ();
      reader.rows_per_batch = rows_per_batch;
      reader.func = func;
      reader.user_data = user_data;
      fine = read_file (&reader, error) && (dd_batch_count (reader.batch) == 0 || hand_out (&reader, error));
    }
  reader_clear (&reader);
  return fine;
}
