/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-http-private.h"

/* How much of a body that is no JSON is kept, for judges to look at. */
#define TEXT_START 2048

/* json-glib parses by recursion: a body of opening brackets would exhaust the stack. */
#define MAX_DEPTH 200

DdHttpRequest *
dd_http_request_new (const char *service,
                     const char *url)
{
  DdHttpRequest *request = g_new0 (DdHttpRequest, 1);

  request->service = service;
  request->url = g_strdup (url);
  return request;
}

void
dd_http_request_free (DdHttpRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->url);
  g_free (request->body);
  g_clear_pointer (&request->bytes, g_bytes_unref);
  g_free (request->content_type);
  g_free (request->authorization);
  g_free (request->etag);
  g_free (request->accept);
  g_strfreev (request->headers);
  g_free (request);
}

/* A header that comes more than once is one list, as HTTP has it. */
static void
add_header_cb (const char *name,
               const char *value,
               gpointer    user_data)
{
  GHashTable *headers = user_data;
  char *key = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (headers, key);
  char *joined = before != NULL ? g_strconcat (before, ", ", value, NULL) : g_strdup (value);

  g_hash_table_replace (headers, key, joined);
}

static gboolean
is_too_deep (const GByteArray *body)
{
  gboolean quoted = FALSE;
  guint depth = 0;

  for (guint i = 0; i < body->len; i++)
    {
      guint8 byte = body->data[i];

      if (quoted && byte == '\\')
        i++;
      else if (byte == '"')
        quoted = !quoted;
      else if (quoted)
        continue;
      else if ((byte == '[' || byte == '{') && ++depth > MAX_DEPTH)
        return TRUE;
      else if ((byte == ']' || byte == '}') && depth > 0)
        depth--;
    }
  return FALSE;
}

/* NULL where it is no JSON. Text that is not UTF-8, or holds a NUL, is none. */
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

DdHttpReply *
dd_http_reply_new (const DdHttpRequest *request,
                   SoupMessage         *message,
                   const GByteArray    *body)
{
  DdHttpReply *reply = g_new0 (DdHttpReply, 1);
  gsize length = request->keep_text ? body->len : MIN (body->len, TEXT_START);

  reply->service = request->service;
  reply->status = soup_message_get_status (message);
  reply->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_message_get_response_headers (message), add_header_cb, reply->headers);
  reply->etag = g_strdup (g_hash_table_lookup (reply->headers, "etag"));
  reply->next_url = dd_http_next_url (request->url, g_hash_table_lookup (reply->headers, "link"));
  if (!request->keep_text)
    reply->json = parse (body);
  if (reply->json == NULL)
    reply->text = length > 0 ? g_utf8_make_valid ((const char *) body->data, (gssize) length) : g_strdup ("");
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
