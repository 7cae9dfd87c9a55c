/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-http-private.h"

#define PIECE (64 * 1024)
#define TEXT_BYTES 500
/* json-glib descends once for each bracket: a server that sends nothing but brackets must not exhaust the stack. */
#define DEEPEST 200

typedef struct
{
  GByteArray        *bytes;
  gsize              max_bytes;
  DdHttpBodyProgress progress;
  gpointer           progress_data;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_byte_array_unref (reading->bytes);
  g_free (reading);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (piece == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  reading->progress (g_bytes_get_size (piece), reading->progress_data);
  if (g_bytes_get_size (piece) == 0)
    {
      g_task_return_pointer (task, g_byte_array_ref (reading->bytes), (GDestroyNotify) g_byte_array_unref);
      return;
    }
  if (reading->bytes->len + g_bytes_get_size (piece) > reading->max_bytes)
    {
      g_task_return_new_error (task, DD_ERROR, DD_ERROR_BAD_REPLY, "%s", _("sent far more than it was asked for"));
      return;
    }
  g_byte_array_append (reading->bytes, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
  g_input_stream_read_bytes_async (G_INPUT_STREAM (object), PIECE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), read_cb,
                                   g_object_ref (task));
}

void
dd_http_body_read_async (GInputStream       *stream,
                         gsize               max_bytes,
                         DdHttpBodyProgress  progress,
                         gpointer            progress_data,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->bytes = g_byte_array_new ();
  reading->max_bytes = max_bytes;
  reading->progress = progress;
  reading->progress_data = progress_data;
  g_task_set_task_data (task, reading, reading_free);
  g_input_stream_read_bytes_async (stream, PIECE, G_PRIORITY_DEFAULT, cancellable, read_cb, g_object_ref (task));
}

GByteArray *
dd_http_body_read_finish (GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_too_deep (const GByteArray *body)
{
  gboolean in_string = FALSE, escaped = FALSE;
  guint depth = 0;

  for (guint i = 0; i < body->len; i++)
    {
      guint8 c = body->data[i];

      if (in_string)
        {
          in_string = c != '"' || escaped;
          escaped = c == '\\' && !escaped;
        }
      else if (c == '"')
        in_string = TRUE;
      else if ((c == '[' || c == '{') && ++depth > DEEPEST)
        return TRUE;
      else if ((c == ']' || c == '}') && depth > 0)
        depth--;
    }
  return FALSE;
}

/* NULL where it is no JSON. Text that is not UTF-8 is none. */
static JsonNode *
parse (const GByteArray *body)
{
  g_autoptr (JsonParser) parser = NULL;

  if (body->len == 0 || !g_utf8_validate_len ((const char *) body->data, body->len, NULL) || is_too_deep (body))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, (const char *) body->data, body->len, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static void
add_header (const char *name,
            const char *value,
            gpointer    headers)
{
  g_hash_table_insert (headers, g_ascii_strdown (name, -1), g_strdup (value));
}

/* The address of rel="next" in a Link header; NULL where there is none. */
static char *
find_next (const char *link)
{
  g_auto (GStrv) parts = g_strsplit (link != NULL ? link : "", ",", -1);

  for (int i = 0; parts[i] != NULL; i++)
    {
      const char *open = strchr (parts[i], '<'), *close = open != NULL ? strchr (open, '>') : NULL;

      if (close != NULL && strstr (close, "rel=\"next\"") != NULL)
        return g_strndup (open + 1, (gsize) (close - open - 1));
    }
  return NULL;
}

DdHttpReply *
dd_http_reply_new (const DdHttpRequest *request,
                   SoupMessage         *message,
                   GByteArray          *body)
{
  DdHttpReply *reply = g_new0 (DdHttpReply, 1);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  reply->service = request->service;
  reply->status = soup_message_get_status (message);
  reply->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (headers, add_header, reply->headers);
  reply->etag = g_strdup (g_hash_table_lookup (reply->headers, "etag"));
  reply->next_url = find_next (g_hash_table_lookup (reply->headers, "link"));
  if (!request->keep_text)
    reply->json = parse (body);
  /* An empty body has no data at all. */
  if (reply->json == NULL && body->len == 0)
    reply->text = g_strdup ("");
  else if (reply->json == NULL)
    reply->text = g_utf8_make_valid ((const char *) body->data,
                                     request->keep_text ? (gssize) body->len : (gssize) MIN (body->len, TEXT_BYTES));
  return reply;
}

void
dd_http_reply_free (DdHttpReply *reply)
{
  if (reply == NULL)
    return;
  g_clear_pointer (&reply->json, json_node_unref);
  g_clear_pointer (&reply->headers, g_hash_table_unref);
  g_free (reply->text);
  g_free (reply->etag);
  g_free (reply->next_url);
  g_free (reply);
}
