/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "dd-error.h"
#include "dd-http.h"
#include "dd-time.h"

/* libsoup 3.2 has no name for it. */
#define STATUS_TOO_MANY_REQUESTS 429

gint64
dd_http_retry_after (const DdHttpReply *reply,
                     gint64             now)
{
  const char *value = g_hash_table_lookup (reply->headers, "retry-after");
  g_autoptr (GDateTime) date = NULL;

  if (value == NULL)
    return -1;
  if (g_ascii_isdigit (*value))
    return (gint64) MIN (g_ascii_strtoull (value, NULL, 10), (guint64) 30 * 86400) * DD_SECOND;
  date = soup_date_time_new_from_http_string (value);
  return date != NULL ? MAX (0, g_date_time_to_unix (date) * DD_SECOND - now) : -1;
}

DdVerdict
dd_http_limited (const DdHttpReply *reply,
                 gint64             now,
                 gint64             until,
                 gint64            *wait,
                 GError           **error)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local ((until + DD_SECOND - 1) / DD_SECOND);
  g_autofree char *clock = g_date_time_format (time, until - now > DD_DAY ? "%-d %b %H:%M" : "%H:%M");

  *wait = MAX (until - now, DD_SECOND / 10);
  g_set_error (error, DD_ERROR, DD_ERROR_RATE_LIMITED, _("%s’s limit is reached until %s; what was fetched is kept, sync again then."),
               reply->service, clock);
  return DD_VERDICT_RETRY;
}

static DdVerdict
judge_client_error (const DdHttpReply *reply,
                    GError           **error)
{
  switch (reply->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      g_set_error (error, DD_ERROR, DD_ERROR_AUTH, _("%s does not know this token; make a new one there and set it here."),
                   reply->service);
      break;
    case SOUP_STATUS_FORBIDDEN:
      g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION, _("%s refuses this: the token lacks a right that is needed."),
                   reply->service);
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
    return dd_http_limited (reply, now, now + 30 * DD_SECOND, wait, error);
  if (reply->status >= 500)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE, _("%s is in trouble (HTTP %u); sync again later."), reply->service,
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
