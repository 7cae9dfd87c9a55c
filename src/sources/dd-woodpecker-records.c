/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-woodpecker-records.h"

#include <string.h>

#include "dd-json.h"

static char *
copy_filled (JsonObject *object,
             const char *member)
{
  const char *text = dd_json_string (object, member);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

DdRepository *
dd_woodpecker_repository_record (JsonObject *object)
{
  gint64 id = dd_json_int (object, "id", 0);
  DdRepository *record;

  if (id <= 0 || dd_json_string (object, "name") == NULL)
    return NULL;
  record = g_new0 (DdRepository, 1);
  record->key = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  record->name = copy_filled (object, "name");
  record->full_name = copy_filled (object, "full_name");
  /* Before 2.0 it was "link_url". */
  record->url = copy_filled (object, "forge_url");
  if (record->url == NULL)
    record->url = copy_filled (object, "link_url");
  return record;
}

/* Epoch seconds under one of two names; 0 means not yet. */
static gint64
read_time (JsonObject *object,
           const char *member,
           const char *older_member)
{
  gint64 seconds = dd_json_int (object, member, 0);

  if (seconds == 0 && older_member != NULL)
    seconds = dd_json_int (object, older_member, 0);
  if (seconds <= 0 || seconds > G_MAXINT64 / DD_SECOND)
    return DD_TIME_NONE;
  return seconds * DD_SECOND;
}

gint64
dd_woodpecker_pipeline_created (JsonObject *object)
{
  return read_time (object, "created", "created_at");
}

static DdResult
read_status (const char *status)
{
  static const char * const cancelled[] = { "error", "killed", "canceled", "declined", "skipped", "blocked", NULL };

  if (g_strcmp0 (status, "success") == 0)
    return DD_RESULT_SUCCESS;
  if (g_strcmp0 (status, "failure") == 0)
    return DD_RESULT_FAILURE;
  if (status != NULL && g_strv_contains (cancelled, status))
    return DD_RESULT_CANCELLED;
  return DD_RESULT_RUNNING;
}

DdDeployment *
dd_woodpecker_pipeline_record (JsonObject *object,
                               gint64      repository_id,
                               const char *repository,
                               const char *server)
{
  gint64 number = dd_json_int (object, "number", 0);
  gint64 created = dd_woodpecker_pipeline_created (object);
  const char *event = dd_json_string (object, "event");
  const char *status = dd_json_string (object, "status");
  DdDeployment *record;

  if (number <= 0 || created == DD_TIME_NONE || event == NULL || g_str_has_prefix (event, "pull_request"))
    return NULL;
  record = g_new0 (DdDeployment, 1);
  record->kind = DD_KIND_WOODPECKER;
  record->key = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, repository_id, number);
  record->repository = g_strdup (repository);
  record->event = g_strdup (event);
  if (g_str_equal (event, "deployment"))
    record->environment = g_strdup (dd_json_string (object, "deploy_to") ?: "");
  record->commit = copy_filled (object, "commit");
  record->ref = copy_filled (object, "ref");
  record->label = g_strdup_printf ("#%" G_GINT64_FORMAT, number);
  record->url = g_strdup_printf ("%s/repos/%" G_GINT64_FORMAT "/pipeline/%" G_GINT64_FORMAT, server,
                                 repository_id, number);
  record->created = created;
  record->committed = read_time (object, "timestamp", NULL);
  record->finished = read_time (object, "finished", "finished_at");
  record->result = record->finished != DD_TIME_NONE ? read_status (status) : DD_RESULT_RUNNING;
  record->errored = record->result == DD_RESULT_CANCELLED && g_strcmp0 (status, "error") == 0;
  if (record->result == DD_RESULT_RUNNING)
    record->finished = DD_TIME_NONE;
  return record;
}

gint64
dd_woodpecker_key_number (const char *key,
                          gint64      repository_id)
{
  g_autofree char *prefix = g_strdup_printf ("%" G_GINT64_FORMAT "/", repository_id);
  const char *rest = g_str_has_prefix (key, prefix) ? key + strlen (prefix) : NULL;
  gint64 number;

  if (rest == NULL || !g_ascii_string_to_signed (rest, 10, 1, G_MAXINT64, &number, NULL))
    return 0;
  return number;
}
