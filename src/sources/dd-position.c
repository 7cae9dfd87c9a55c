/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-position.h"

#include "dd-json.h"

/* Pages of lists that move are not stable for longer. */
#define LONGEST_PAUSE DD_DAY

void
dd_position_init (DdPosition *position,
                  gint64      since)
{
  *position = (DdPosition) { .since = since, .reached = DD_TIME_NONE, .newest = DD_TIME_NONE, .at = DD_TIME_NONE, .known = DD_TIME_NONE };
}

void
dd_position_clear (DdPosition *position)
{
  g_clear_pointer (&position->reached_mark, g_free);
  g_clear_pointer (&position->newest_mark, g_free);
  g_clear_pointer (&position->after, g_free);
  g_clear_pointer (&position->tail, g_free);
  g_clear_pointer (&position->found, g_free);
}

static gboolean
read_position (DdPosition *position,
               const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  position->since = dd_json_int (object, "since", DD_TIME_NONE);
  position->reached = dd_json_int (object, "reached", DD_TIME_NONE);
  position->reached_mark = g_strdup (dd_json_string (object, "reached_mark"));
  position->newest = dd_json_int (object, "newest", DD_TIME_NONE);
  position->newest_mark = g_strdup (dd_json_string (object, "newest_mark"));
  position->after = g_strdup (dd_json_string (object, "after"));
  position->at = dd_json_int (object, "at", DD_TIME_NONE);
  position->tail = g_strdup (dd_json_string (object, "tail"));
  position->known = dd_json_int (object, "known", DD_TIME_NONE);
  position->found = g_strdup (dd_json_string (object, "found"));
  return position->since != DD_TIME_NONE;
}

/* What the walk under way had seen is forgotten: it begins again. */
static void
restart (DdPosition *position)
{
  g_clear_pointer (&position->after, g_free);
  g_clear_pointer (&position->newest_mark, g_free);
  position->newest = DD_TIME_NONE;
  position->at = DD_TIME_NONE;
}

void
dd_position_load (DdPosition *position,
                  const char *text,
                  gint64      since,
                  gboolean    full,
                  gint64      now)
{
  dd_position_init (position, since);
  if (full)
    return;
  if (!read_position (position, text) || position->since > since)
    {
      dd_position_clear (position);
      dd_position_init (position, since);
      return;
    }
  if (position->after != NULL && (position->at > now || position->at < now - LONGEST_PAUSE))
    restart (position);
}

/* Down from where the last such walk ended. */
static void
go_to_tail (DdPosition *position,
            gint64      now,
            gboolean    by_page)
{
  restart (position);
  if (by_page && position->tail != NULL && *position->tail != '\0')
    dd_position_go_on (position, position->tail, now);
}

void
dd_position_load_deep (DdPosition *position,
                       const char *text,
                       gint64      since,
                       gboolean    full,
                       gint64      now,
                       gboolean    by_page)
{
  dd_position_load (position, text, G_MAXINT64, full, now);
  if (position->since == G_MAXINT64 || (position->since > since && position->reached != DD_TIME_NONE && position->tail == NULL))
    {
      dd_position_clear (position);
      dd_position_init (position, since);
      return;
    }
  if (position->since > since && position->reached != DD_TIME_NONE && position->known == DD_TIME_NONE)
    {
      position->known = position->since;
      go_to_tail (position, now, by_page);
    }
  else if (position->known != DD_TIME_NONE && position->after == NULL)
    {
      go_to_tail (position, now, by_page);
    }
  position->since = MIN (position->since, since);
}

gint64
dd_position_until (const DdPosition *position,
                   gint64            overlap)
{
  if (position->reached == DD_TIME_NONE || position->known != DD_TIME_NONE)
    return position->since;
  return MAX (position->since, position->reached - overlap);
}

static void
add_time (JsonObject *object,
          const char *member,
          gint64      time)
{
  if (time != DD_TIME_NONE)
    json_object_set_int_member (object, member, time);
}

static void
add_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

char *
dd_position_format (const DdPosition *position)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  add_time (object, "since", position->since);
  add_time (object, "reached", position->reached);
  add_text (object, "reached_mark", position->reached_mark);
  add_time (object, "newest", position->newest);
  add_text (object, "newest_mark", position->newest_mark);
  add_text (object, "after", position->after);
  add_time (object, "at", position->at);
  add_text (object, "tail", position->tail);
  add_time (object, "known", position->known);
  add_text (object, "found", position->found);
  return json_to_string (node, FALSE);
}

gboolean
dd_position_is_complete (const DdPosition *position)
{
  return position->reached != DD_TIME_NONE && position->after == NULL && position->known == DD_TIME_NONE;
}

void
dd_position_see (DdPosition *position,
                 gint64      time,
                 gint64      now)
{
  if (time != DD_TIME_NONE)
    position->newest = MAX (position->newest, MIN (time, now));
}

void
dd_position_go_on (DdPosition *position,
                   const char *after,
                   gint64      now)
{
  char *copy = g_strdup (after);

  g_free (position->after);
  position->after = copy;
  position->at = now;
}

void
dd_position_end (DdPosition *position)
{
  if (position->reached == DD_TIME_NONE || position->known != DD_TIME_NONE)
    {
      g_free (position->tail);
      position->tail = position->after != NULL ? g_steal_pointer (&position->after) : g_strdup ("");
      position->known = DD_TIME_NONE;
    }
  position->reached = MAX (position->reached, position->newest);
  /* An empty list: nothing since then. */
  if (position->reached == DD_TIME_NONE)
    position->reached = position->since;
  if (position->newest_mark != NULL)
    {
      g_free (position->reached_mark);
      position->reached_mark = g_steal_pointer (&position->newest_mark);
    }
  restart (position);
}
