/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-slab-records.h"

#include <string.h>

#include "dd-json.h"

gboolean
dd_slab_title_is_postmortem (const char *title)
{
  static const char * const words[] = { "postmortem", "post-mortem", "incident review" };
  g_autofree char *folded = title != NULL ? g_utf8_casefold (title, -1) : NULL;

  for (gsize i = 0; folded != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (folded, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
append_delta (GString   *text,
              JsonArray *delta)
{
  for (guint i = 0; i < dd_json_length (delta); i++)
    {
      /* What is inserted may be an image, an object. */
      const char *insert = dd_json_string (dd_json_element (delta, i), "insert");

      if (insert != NULL)
        g_string_append (text, insert);
    }
}

/* The text of a Quill Delta: an array, or a string that holds one as JSON. */
static char *
read_text (JsonObject *post)
{
  const char *packed = dd_json_string (post, "content");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonParser) parser = NULL;

  if (packed == NULL)
    append_delta (text, dd_json_array (post, "content"));
  else
    {
      parser = json_parser_new ();
      if (json_parser_load_from_data (parser, packed, -1, NULL) && json_parser_get_root (parser) != NULL &&
          JSON_NODE_HOLDS_ARRAY (json_parser_get_root (parser)))
        append_delta (text, json_node_get_array (json_parser_get_root (parser)));
      else
        g_string_append (text, packed);
    }
  return g_strdup (text->str);
}

static char *
find_key (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?<![A-Za-z0-9])[A-Z][A-Z0-9]+-[0-9]+(?![A-Za-z0-9])", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return text != NULL && g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}

/* What follows "Started at" on its line, with or without a colon or marks of emphasis; NULL where there is no such line. */
static char *
find_line (char      **lines,
           const char *label)
{
  for (int i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i] + strspn (lines[i], " \t*_#-•>");

      if (g_ascii_strncasecmp (line, label, strlen (label)) != 0)
        continue;
      line += strlen (label);
      line += strspn (line, " \t*_");
      if (*line == ':')
        line++;
      else if (line[-1] != ' ' && line[-1] != '*' && line[-1] != '_')
        continue;
      return g_strstrip (g_strdup (line + strspn (line, " \t*_")));
    }
  return NULL;
}

/* RFC 3339, and what people write: "2026-03-04 09:30 UTC". */
static gint64
read_time (char      **lines,
           const char *label)
{
  g_autofree char *text = find_line (lines, label);
  g_autofree char *tidy = NULL;
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  gint64 time = DD_TIME_NONE;

  if (text == NULL || dd_time_parse (text, &time))
    return time;
  regex = g_regex_new ("^(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)(:\\d\\d)?(?:\\.\\d+)? ?(Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)?", 0, 0, NULL);
  if (g_regex_match (regex, text, 0, &match))
    {
      g_autofree char *date = g_match_info_fetch (match, 1);
      g_autofree char *clock = g_match_info_fetch (match, 2);
      g_autofree char *seconds = g_match_info_fetch (match, 3);
      g_autofree char *zone = g_match_info_fetch (match, 4);
      gboolean offset = zone != NULL && (*zone == '+' || *zone == '-');

      tidy = g_strconcat (date, "T", clock, seconds != NULL && *seconds != '\0' ? seconds : ":00", offset ? zone : "Z", NULL);
      dd_time_parse (tidy, &time);
    }
  return time;
}

static char *
name_of (JsonObject *post,
         char      **lines,
         const char *text)
{
  char *name = find_key (dd_json_string (post, "title"));
  g_autofree char *line = name == NULL ? find_line (lines, "Incident") : NULL;

  if (name == NULL)
    name = find_key (line);
  return name != NULL ? name : find_key (text);
}

DdIncident *
dd_slab_read_post (JsonObject *post,
                   const char *host)
{
  const char *id = dd_json_string (post, "id");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  DdIncident *incident;

  if (id == NULL || dd_json_string (post, "publishedAt") == NULL)
    return NULL;
  text = read_text (post);
  lines = g_strsplit (text, "\n", -1);
  incident = g_new0 (DdIncident, 1);
  incident->kind = DD_INCIDENT_POSTMORTEM;
  incident->key = g_strdup (id);
  incident->title = g_strdup (dd_json_string (post, "title"));
  incident->url = host != NULL ? g_strdup_printf ("https://%s/posts/%s", host, id) : NULL;
  incident->name = name_of (post, lines, text);
  incident->started = read_time (lines, "Started at");
  incident->resolved = read_time (lines, "Resolved at");
  incident->severity = find_line (lines, "Severity");
  incident->updated = dd_json_time (post, "updatedAt");
  if (dd_json_string (post, "archivedAt") != NULL)
    incident->state = DD_INCIDENT_CANCELLED;
  return incident;
}
