/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-request-guard.h"

#include <string.h>
#include <sys/socket.h>

/* A line without its end. */
typedef struct
{
  const char *text;
  gsize       length;
} Line;

typedef struct
{
  guint    hosts;
  guint    lengths;
  guint64  length;
  gboolean encoded;
} Head;

static gboolean
is_token (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", text[i]) == NULL))
      return FALSE;
  return length > 0;
}

static gboolean
is_printable (const char *text,
              gsize       length,
              const char *also)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] == 0x7f || ((guchar) text[i] < 0x20 && (text[i] == '\0' || strchr (also, text[i]) == NULL)))
      return FALSE;
  return TRUE;
}

/* FALSE where no line is whole. */
static gboolean
next_line (const char **at,
           const char  *end,
           Line        *line)
{
  const char *feed = memchr (*at, '\n', (gsize) (end - *at));

  if (feed == NULL)
    return FALSE;
  line->text = *at;
  line->length = (gsize) (feed - *at);
  if (line->length > 0 && feed[-1] == '\r')
    line->length--;
  *at = feed + 1;
  return TRUE;
}

/* METHOD TARGET HTTP/1.x; @modern: (out): a host must be named */
static guint
check_first (const Line *line,
             gboolean   *modern)
{
  const char *end = line->text + line->length;
  const char *first = memchr (line->text, ' ', line->length);
  const char *second = first != NULL ? memchr (first + 1, ' ', (gsize) (end - first - 1)) : NULL;
  const char *version = second != NULL ? second + 1 : NULL;
  gsize target;

  if (version == NULL || !is_token (line->text, (gsize) (first - line->text)))
    return 400;
  target = (gsize) (second - first - 1);
  if (target == 0 || !is_printable (first + 1, target, "") ||
      (first[1] != '/' && (target < strlen ("http://x") || g_ascii_strncasecmp (first + 1, "http://", strlen ("http://")) != 0)))
    return 400;
  if (end - version != strlen ("HTTP/1.1") || memcmp (version, "HTTP/", 5) != 0 || !g_ascii_isdigit (version[5]) ||
      version[6] != '.' || !g_ascii_isdigit (version[7]))
    return 400;
  *modern = version[7] == '1';
  return version[5] == '1' && (version[7] == '0' || *modern) ? DD_REQUEST_GOOD : 505;
}

static gboolean
is_name (const Line *line,
         gsize       length,
         const char *name)
{
  return length == strlen (name) && g_ascii_strncasecmp (line->text, name, length) == 0;
}

static gboolean
read_field (const Line *line,
            Head       *head)
{
  const char *colon = memchr (line->text, ':', line->length);
  gsize name = colon != NULL ? (gsize) (colon - line->text) : 0;
  g_autofree char *value = NULL;

  if (colon == NULL || !is_token (line->text, name) || !is_printable (colon, line->length - name, "\t"))
    return FALSE;
  value = g_strstrip (g_strndup (colon + 1, line->length - name - 1));
  head->hosts += is_name (line, name, "Host");
  head->encoded |= is_name (line, name, "Transfer-Encoding");
  if (!is_name (line, name, "Content-Length"))
    return TRUE;
  head->lengths++;
  return g_ascii_isdigit (*value) && g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &head->length, NULL);
}

guint
dd_request_check (const char *text,
                  gsize       length)
{
  const char *at = text, *end = text + length;
  gboolean modern = FALSE;
  Head head = { 0 };
  guint status;
  Line line;

  /* Empty lines before it are passed over. */
  do
    if (!next_line (&at, end, &line))
      return length >= DD_REQUEST_HEAD ? 431 : DD_REQUEST_MORE;
  while (line.length == 0);
  status = check_first (&line, &modern);
  if (status != DD_REQUEST_GOOD)
    return status;
  while (next_line (&at, end, &line))
    {
      if (line.length == 0 && (head.hosts > 1 || head.lengths > 1 || (modern && head.hosts == 0)))
        return 400;
      if (line.length == 0)
        return head.encoded ? 501 : head.length > DD_REQUEST_BODY ? 413 : DD_REQUEST_GOOD;
      if (!read_field (&line, &head))
        return 400;
    }
  return length >= DD_REQUEST_HEAD ? 431 : DD_REQUEST_MORE;
}

typedef struct
{
  GSocketConnection *connection;
  DdRequestFunc      func;
  gpointer           data;
  gssize             seen; /* so much was looked at */
} Awaiting;

static void
awaiting_free (gpointer data)
{
  g_object_unref (((Awaiting *) data)->connection);
  g_free (data);
}

static gboolean
readable_cb (GSocket     *socket,
             GIOCondition condition,
             gpointer     user_data)
{
  Awaiting *awaiting = user_data;
  char text[DD_REQUEST_HEAD];
  GInputVector vector = { text, sizeof text };
  int flags = MSG_PEEK | MSG_DONTWAIT;
  gssize length = g_socket_receive_message (socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, NULL);
  guint status = length > 0 ? dd_request_check (text, (gsize) length) : 0;
  gboolean more = length > awaiting->seen && status == DD_REQUEST_MORE;

  /* What is not a request yet stays where it is: to be woken when there is more than that. Woken without more, the client has
   * said its last. */
  awaiting->seen = length;
  if (g_socket_set_option (socket, SOL_SOCKET, SO_RCVLOWAT, more ? (int) length + 1 : 1, NULL) && more)
    return G_SOURCE_CONTINUE;
  awaiting->func (awaiting->connection, status, awaiting->data);
  return G_SOURCE_REMOVE;
}

GSource *
dd_request_await (GSocketConnection *connection,
                  DdRequestFunc      func,
                  gpointer           data)
{
  g_autoptr (GSource) source = g_socket_create_source (g_socket_connection_get_socket (connection), G_IO_IN, NULL);
  Awaiting *awaiting = g_new0 (Awaiting, 1);

  awaiting->connection = g_object_ref (connection);
  awaiting->func = func;
  awaiting->data = data;
  g_source_set_callback (source, G_SOURCE_FUNC (readable_cb), awaiting, awaiting_free);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}
