/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-line.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* json-glib reads what is nested by calling itself: what strangers write must not use up the stack. */
#define DEEPEST 64

/* Years 1 to 9999 in seconds: what a time can be. */
#define EARLIEST_SECOND (-62135596800.0)
#define LATEST_SECOND 253402300799.0

struct _DdEventParser
{
  JsonParser *json;
};

static const struct
{
  const char *name;
  DdLogKind kind;
} kinds[] = {
  { "task_start", DD_EVENT_TASK_START },
  { "task_ok", DD_EVENT_TASK_OK },
  { "task_retry", DD_EVENT_TASK_RETRY },
  { "task_fail", DD_EVENT_TASK_FAIL },
  { "dag_start", DD_EVENT_RUN_START },
  { "dag_done", DD_EVENT_RUN_DONE },
  { "checkpoint_pending", DD_EVENT_CHECKPOINT_PENDING },
  { "checkpoint_approved", DD_EVENT_CHECKPOINT_APPROVED },
  { "schedule_enqueued", DD_EVENT_SCHEDULE_ENQUEUED },
  { "run_started", DD_EVENT_SCHEDULE_STARTED },
  { "run_finished", DD_EVENT_SCHEDULE_FINISHED },
  { "checkpoint_expired", DD_EVENT_CHECKPOINT_EXPIRED },
};

DdEventParser *
dd_event_parser_new (void)
{
  DdEventParser *parser = g_new0 (DdEventParser, 1);

  parser->json = json_parser_new ();
  return parser;
}

void
dd_event_parser_free (DdEventParser *parser)
{
  if (parser == NULL)
    return;
  g_object_unref (parser->json);
  g_free (parser);
}

const char *
dd_event_kind_name (DdLogKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].name;
  return NULL;
}

static DdLogKind
kind_of (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      return kinds[i].kind;
  return DD_EVENT_UNKNOWN;
}

/* FNV-1a, with the bits of each byte spread over all at the end. */
static guint64
hash_of (const char *line,
         gsize       length)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) line[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  return hash ^ hash >> 33;
}

static gboolean
is_shallow (const char *line,
            gsize       length)
{
  gboolean in_string = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char letter = line[i];

      if (in_string)
        {
          if (letter == '\\')
            i++;
          else if (letter == '"')
            in_string = FALSE;
        }
      else if (letter == '"')
        in_string = TRUE;
      else if (letter == '{' || letter == '[')
        {
          if (++depth > DEEPEST)
            return FALSE;
        }
      else if (letter == '}' || letter == ']')
        depth--;
    }
  return TRUE;
}

/* RFC 3339; without an offset it is UTC; a number is seconds since the epoch. */
static gboolean
read_time (JsonNode *node,
           gint64   *time)
{
  const char *text;
  g_autofree char *with_zone = NULL;
  double seconds;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      text = json_node_get_string (node);
      if (dd_time_parse (text, time))
        return TRUE;
      with_zone = g_strconcat (text, "Z", NULL);
      return dd_time_parse (with_zone, time);
    }
  if (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;
  seconds = json_node_get_double (node);
  if (!(seconds >= EARLIEST_SECOND && seconds <= LATEST_SECOND))
    return FALSE;
  *time = (gint64) llround (seconds * (double) DD_SECOND);
  return TRUE;
}

static gboolean
read_text (JsonNode    *node,
           const char **text)
{
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *text = json_node_get_string (node);
  return TRUE;
}

static gboolean
read_count (JsonNode *node,
            gint64   *count)
{
  if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 0)
    return FALSE;
  *count = json_node_get_int (node);
  return TRUE;
}

static gboolean
read_status (JsonNode      *node,
             DdEventStatus *status)
{
  const char *word;

  if (!read_text (node, &word))
    return FALSE;
  if (strcmp (word, "success") == 0)
    *status = DD_EVENT_STATUS_SUCCESS;
  else if (strcmp (word, "failed") == 0)
    *status = DD_EVENT_STATUS_FAILED;
  else if (strcmp (word, "retry") == 0)
    *status = DD_EVENT_STATUS_RETRY;
  return *status != DD_EVENT_STATUS_NONE;
}

/* FALSE where the member has no place of its own, so that the line is kept whole. */
static gboolean
read_member (const char  *name,
             JsonNode    *node,
             DdEvent     *event,
             const char **what,
             gboolean    *has_time)
{
  switch (*name)
    {
    case 'a':
      return (strcmp (name, "attempt") == 0 || strcmp (name, "attempts") == 0) && read_count (node, &event->attempt);
    case 'd':
      if (strcmp (name, "dag_name") == 0)
        return read_text (node, &event->name);
      return strcmp (name, "dag_run_id") == 0 && read_text (node, &event->run);
    case 'e':
      if (strcmp (name, "event") == 0)
        return read_text (node, what);
      return strcmp (name, "error") == 0 && read_text (node, &event->error);
    case 'j':
      return strcmp (name, "job_id") == 0 && read_text (node, &event->job);
    case 's':
      if (strcmp (name, "schedule_id") == 0)
        return read_text (node, &event->task);
      return strcmp (name, "status") == 0 && read_status (node, &event->status);
    case 't':
      if (strcmp (name, "timestamp") == 0)
        return *has_time = read_time (node, &event->at);
      if (strcmp (name, "task_id") == 0)
        return read_text (node, &event->task);
      if (strcmp (name, "tenant") == 0)
        return read_text (node, &event->tenant);
      if (strcmp (name, "task_count") == 0)
        return read_count (node, &event->count);
      if (strcmp (name, "tasks_succeeded") == 0)
        return read_count (node, &event->ok);
      return strcmp (name, "tasks_failed") == 0 && read_count (node, &event->failed);
    case 'w':
      return strcmp (name, "workflow_ref") == 0 && read_text (node, &event->ref);
    default:
      return FALSE;
    }
}

gboolean
dd_event_parser_read (DdEventParser *parser,
                      const char    *line,
                      gsize          length,
                      DdEvent       *event)
{
  JsonNode *root, *node;
  JsonObjectIter iter;
  const char *name, *what = NULL;
  gboolean has_time = FALSE, whole = TRUE;

  *event = (DdEvent) { .at = 0, .attempt = -1, .ok = -1, .failed = -1, .count = -1 };
  if (!g_utf8_validate_len (line, length, NULL) || !is_shallow (line, length) ||
      !json_parser_load_from_data (parser->json, line, (gssize) length, NULL))
    return FALSE;
  root = json_parser_get_root (parser->json);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &node))
    whole &= JSON_NODE_HOLDS_NULL (node) || read_member (name, node, event, &what, &has_time);
  if (what == NULL)
    return FALSE;
  event->kind = kind_of (what);
  if (event->kind != DD_EVENT_UNKNOWN && !has_time)
    return FALSE;
  event->hash = hash_of (line, length);
  if (!whole || event->kind == DD_EVENT_UNKNOWN || (dd_event_is_of_run (event) && event->run == NULL))
    event->line = line;
  return TRUE;
}
