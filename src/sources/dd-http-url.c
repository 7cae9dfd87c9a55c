/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-http-private.h"

#define MAX_REDIRECTS 5

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

gboolean
dd_http_check_url (const char *url,
                   GError    **error)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0')
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
                   _("“%s” is no web address; write one like https://api.example.com."), url != NULL ? url : "");
      return FALSE;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      /* The address itself would show the password. */
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
                   _("The address of “%s” must hold no name or password; set a token instead."), host);
      return FALSE;
    }
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  if (strcmp (g_uri_get_scheme (uri), "http") == 0 && is_loopback (host))
    return TRUE;
  g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
               _("The address of “%s” is not safe: it must begin with https://, so that nobody reads the token on its way."), host);
  return FALSE;
}

gboolean
dd_http_same_origin (GUri *a,
                     GUri *b)
{
  return strcmp (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 && g_uri_get_port (a) == g_uri_get_port (b);
}

gboolean
dd_http_is_redirect (const DdHttpReply *reply)
{
  switch (reply->status)
    {
    case SOUP_STATUS_MOVED_PERMANENTLY:
    case SOUP_STATUS_FOUND:
    case SOUP_STATUS_SEE_OTHER:
    case SOUP_STATUS_TEMPORARY_REDIRECT:
    case SOUP_STATUS_PERMANENT_REDIRECT:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What is posted goes to nobody but the host that it was meant for, and only where the server asks for the same again. */
static gboolean
may_follow (const DdHttpRequest *request,
            const DdHttpReply   *reply,
            GUri                *from,
            GUri                *to)
{
  if (request->body == NULL && request->bytes == NULL)
    return TRUE;
  return !request->once && dd_http_same_origin (from, to) &&
         (reply->status == SOUP_STATUS_TEMPORARY_REDIRECT || reply->status == SOUP_STATUS_PERMANENT_REDIRECT);
}

GUri *
dd_http_redirect (const DdHttpRequest *request,
                  const DdHttpReply   *reply,
                  GUri                *from,
                  guint                redirects,
                  GError             **error)
{
  const char *location = g_hash_table_lookup (reply->headers, "location");
  g_autoptr (GUri) to = location != NULL ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  g_autofree char *url = to != NULL ? g_uri_to_string (to) : NULL;
  gboolean downgraded = to != NULL && strcmp (g_uri_get_scheme (from), "https") == 0 &&
                        strcmp (g_uri_get_scheme (to), "https") != 0;

  if (redirects >= MAX_REDIRECTS)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY,
                   _("%s sends requests from one address to the next without end; check its URL in the workspace’s settings."),
                   request->service);
      return NULL;
    }
  if (downgraded || !dd_http_check_url (url, NULL) || !may_follow (request, reply, from, to))
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
                   _("%s sends requests to another address, which is not followed; check its URL in the workspace’s settings."),
                   request->service);
      return NULL;
    }
  return g_steal_pointer (&to);
}

/* @parameters: what follows a target in a Link header: `; rel="next"; title="…"`. */
static gboolean
is_next (const char *parameters)
{
  g_auto (GStrv) parts = g_strsplit (parameters, ";", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      g_auto (GStrv) pair = g_strsplit (*part, "=", 2);

      if (g_strv_length (pair) == 2 && g_ascii_strcasecmp (g_strstrip (pair[0]), "rel") == 0)
        {
          g_strdelimit (pair[1], "\", ", ' ');
          if (g_ascii_strcasecmp (g_strstrip (pair[1]), "next") == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/*
 * The next page is asked from the same host, whatever host the link names: the token goes nowhere else, and a server behind
 * a proxy that does not know its public name works too.
 */
char *
dd_http_next_url (const char *url,
                  const char *link)
{
  g_autoptr (GUri) base = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *open = link != NULL ? strchr (link, '<') : NULL;

  while (base != NULL && open != NULL)
    {
      const char *close = strchr (open, '>');
      const char *following = close != NULL ? strchr (close, '<') : NULL;
      g_autofree char *parameters = following != NULL ? g_strndup (close + 1, (gsize) (following - close - 1))
                                                      : g_strdup (close != NULL ? close + 1 : "");

      if (is_next (parameters))
        {
          g_autofree char *target = g_strndup (open + 1, (gsize) (close - open - 1));
          g_autoptr (GUri) to = g_uri_parse_relative (base, target, SOUP_HTTP_URI_FLAGS, NULL);

          return to == NULL ? NULL
                            : g_uri_join (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (base), NULL, g_uri_get_host (base),
                                          g_uri_get_port (base), g_uri_get_path (to), g_uri_get_query (to), NULL);
        }
      open = following;
    }
  return NULL;
}
