/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-http-private.h"
#include "dd-time.h"

/* libsoup 3.2 has no name for it. */
#define STATUS_TOO_MANY_REQUESTS 429

/* Where a server limits without saying for how long. */
#define USUAL_LIMIT (30 * DD_SECOND)
#define LONGEST_LIMIT (30 * DD_DAY)

gint64
dd_http_retry_after (const DdHttpReply *reply,
                     gint64             now)
{
  const char *value = g_hash_table_lookup (reply->headers, "retry-after");
  g_autoptr (GDateTime) date = NULL;

  if (value == NULL)
    return -1;
  if (g_ascii_isdigit (*value))
    return (gint64) MIN (g_ascii_strtoull (value, NULL, 10), (guint64) (LONGEST_LIMIT / DD_SECOND)) * DD_SECOND;
  date = soup_date_time_new_from_http_string (value);
  return date != NULL ? CLAMP (g_date_time_to_unix (date) * DD_SECOND - now, 0, LONGEST_LIMIT) : -1;
}

DdVerdict
dd_http_limited (const DdHttpReply *reply,
                 gint64             now,
                 gint64             until,
                 gint64            *wait,
                 GError           **error)
{
  gint64 end = CLAMP (until, now + DD_SECOND / 10, now + LONGEST_LIMIT);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local ((end + DD_SECOND - 1) / DD_SECOND);
  /* Translators: days and times, as strftime writes them. */
  g_autofree char *clock = g_date_time_format (time, end - now > DD_DAY ? _("%-d %b, %H:%M") : _("%H:%M"));

  *wait = end - now;
  /* Translators: %s is a service and a local time. */
  g_set_error (error, DD_ERROR, DD_ERROR_RATE_LIMITED, _("%s’s limit is reached until %s; what was fetched is kept, sync again then."),
               reply->service, clock);
  return DD_VERDICT_RETRY;
}

/* The type of a source is its name in lower case, letters only: "incident.io" is "incidentio". */
static char *
source_type (const char *service)
{
  GString *type = g_string_new (NULL);

  for (const char *c = service; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (type, g_ascii_tolower (*c));
  return g_string_free (type, FALSE);
}

static DdVerdict
judge_client_error (const DdHttpReply *reply,
                    GError           **error)
{
  g_autofree char *type = source_type (reply->service);

  switch (reply->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      g_set_error (error, DD_ERROR, DD_ERROR_AUTH,
                   /* Translators: the first %s is a service, the second a word of the command. */
                   _("%s does not know this token; set another with “doradash token set %s”."), reply->service, type);
      break;
    case SOUP_STATUS_FORBIDDEN:
      g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION,
                   _("%s refuses this to the token; give it the right to read, or set another with “doradash token set %s”."),
                   reply->service, type);
      break;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND,
                   _("%s has nothing at this address; check its URL and names in the workspace’s settings."), reply->service);
      break;
    default:
      g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY,
                   _("%s refused the request (HTTP %u); update DoraDash if this goes on."), reply->service, reply->status);
    }
  return DD_VERDICT_FAIL;
}

DdVerdict
dd_http_judge (const DdHttpReply *reply,
               gint64             now,
               gint64            *wait,
               GError           **error)
{
  gint64 after = dd_http_retry_after (reply, now);

  if (reply->status == SOUP_STATUS_NOT_MODIFIED || reply->status == SOUP_STATUS_NO_CONTENT)
    return DD_VERDICT_OK;
  if ((reply->status == STATUS_TOO_MANY_REQUESTS || reply->status == SOUP_STATUS_SERVICE_UNAVAILABLE) && after >= 0)
    return dd_http_limited (reply, now, now + after, wait, error);
  if (reply->status == STATUS_TOO_MANY_REQUESTS)
    return dd_http_limited (reply, now, now + USUAL_LIMIT, wait, error);
  if (reply->status >= 500)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE, _("%s is in trouble (HTTP %u); try again later."), reply->service,
                   reply->status);
      return DD_VERDICT_RETRY;
    }
  if (reply->status >= 400)
    return judge_client_error (reply, error);
  if (reply->json != NULL)
    return DD_VERDICT_OK;
  g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY,
               _("%s answered something that is no data; check its URL, and whether a proxy stands in between."), reply->service);
  return DD_VERDICT_RETRY;
}

/* What came was cut off, or is not what HTTP allows. */
static gboolean
is_about_content (const GError *cause,
                  gboolean      answered)
{
  return (answered && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)) ||
         g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
         g_error_matches (cause, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING) ||
         g_error_matches (cause, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING);
}

DdVerdict
dd_http_judge_failure (const char   *service,
                       GUri         *uri,
                       gboolean      answered,
                       const GError *cause,
                       GError      **error)
{
  const char *host = g_uri_get_host (uri);

  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    {
      g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE,
                   /* Translators: the first %s is a service, the second its host. */
                   _("%s cannot be trusted: the certificate of “%s” is not valid here. Check the URL, or add your organization’s "
                     "certificates to the system."),
                   service, host);
      return DD_VERDICT_FAIL;
    }
  if (cause->domain == G_TLS_ERROR && cause->code != G_TLS_ERROR_EOF)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE,
                   _("%s cannot be trusted: “%s” does not speak TLS as it should. Check the URL, and whether a proxy stands in between."),
                   service, host);
      return DD_VERDICT_FAIL;
    }
  if (is_about_content (cause, answered))
    g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY,
                 _("A reply of %s was cut off or damaged on its way; try again later."), service);
  else if (cause->domain == G_RESOLVER_ERROR)
    g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE,
                 _("%s cannot be reached: “%s” is not found. Check the network and the URL."), service, host);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE,
                 _("%s cannot be reached at “%s”; check the network, or try again later."), service, host);
  return DD_VERDICT_RETRY;
}
