/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-listen.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"

#define LOOPBACK "127.0.0.1"

static gboolean
read_port (const char *text,
           guint16    *port)
{
  guint64 value;

  if (*text == '\0' || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &value, NULL))
    return FALSE;
  *port = (guint16) value;
  return TRUE;
}

/* What stands before the last colon, and the port behind it. An IPv6 address is full of colons, so it stands in brackets. */
static gboolean
split (const char *text,
       char      **host,
       guint16    *port)
{
  const char *colon;

  if (*text == '[')
    {
      const char *end = strchr (text, ']');

      if (end == NULL || end == text + 1)
        return FALSE;
      *host = g_strndup (text + 1, (gsize) (end - text - 1));
      return end[1] == '\0' || (end[1] == ':' && read_port (end + 2, port));
    }
  colon = strchr (text, ':');
  if (colon == NULL && read_port (text, port))
    {
      *host = g_strdup (LOOPBACK);
      return TRUE;
    }
  *host = colon == text ? g_strdup (LOOPBACK) : g_strndup (text, colon != NULL ? (gsize) (colon - text) : strlen (text));
  return **host != '\0' && (colon == NULL || read_port (colon + 1, port));
}

gboolean
dd_listen_parse (const char *text,
                 char      **host,
                 guint16    *port,
                 GError    **error)
{
  g_autofree char *found = NULL;

  *port = DD_LISTEN_PORT;
  if (!split (text != NULL ? text : LOOPBACK, &found, port))
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("“%s” is no address; write one like %s:%d or [::1]:%d."),
                   text, LOOPBACK, DD_LISTEN_PORT, DD_LISTEN_PORT);
      return FALSE;
    }
  *host = g_steal_pointer (&found);
  return TRUE;
}

gboolean
dd_listen_is_open (GSocketAddress *address)
{
  return !G_IS_INET_SOCKET_ADDRESS (address) ||
         !g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

char *
dd_listen_url (GSocketAddress *address)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  GInetAddress *host = g_inet_socket_address_get_address (inet);
  g_autofree char *text = g_inet_address_to_string (host);
  gboolean brackets = g_inet_address_get_family (host) == G_SOCKET_FAMILY_IPV6;

  return g_strdup_printf ("http://%s%s%s:%u/metrics", brackets ? "[" : "", text, brackets ? "]" : "",
                          g_inet_socket_address_get_port (inet));
}
