/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-slab-records.h"

#include <string.h>

#include "dd-json.h"

/* What may stand before and after a word that is emphasized, quoted, an item of a list or a cell of a table. ASCII only, as it is
 * looked for byte by byte. */
#define MARKS " \t*_#>-|`"

/* A post taken apart. */
typedef struct
{
  GString *text;
  GString *links; /* where it links to, separated by spaces */
  char   **lines;
} Content;

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

/* ---- content ---- */

static void
append_delta (Content   *content,
              JsonArray *delta)
{
  for (guint i = 0; i < dd_json_length (delta); i++)
    {
      JsonObject *piece = dd_json_element (delta, i);
      /* What is inserted may be an image, an object. */
      const char *insert = dd_json_string (piece, "insert");
      const char *link = dd_json_string (dd_json_object (piece, "attributes"), "link");

      if (insert != NULL)
        g_string_append (content->text, insert);
      if (link != NULL && *link != '\0' && strpbrk (link, " \t\r\n") == NULL)
        g_string_append_printf (content->links, "%s%s", content->links->len > 0 ? " " : "", link);
    }
}

/* The content is a Quill Delta: an array, or a string that holds one as JSON. */
static void
content_read (Content    *content,
              JsonObject *post)
{
  const char *packed = dd_json_string (post, "content");
  g_autoptr (JsonNode) node = packed != NULL ? json_from_string (packed, NULL) : NULL;

  content->text = g_string_new (NULL);
  content->links = g_string_new (NULL);
  if (packed == NULL)
    append_delta (content, dd_json_array (post, "content"));
  else if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    append_delta (content, json_node_get_array (node));
  else
    g_string_append (content->text, packed);
  content->lines = g_strsplit (content->text->str, "\n", -1);
}

static void
content_clear (Content *content)
{
  g_string_free (content->text, TRUE);
  g_string_free (content->links, TRUE);
  g_strfreev (content->lines);
}

/* ---- what stands in it ---- */

static char *
find_key (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?<![A-Za-z0-9])[A-Z][A-Z0-9]+-[0-9]+(?![A-Za-z0-9])", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return text != NULL && g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}

/* Without the marks around it. */
static char *
strip_marks (const char *text)
{
  gsize length;

  text += strspn (text, MARKS);
  length = strcspn (text, "\r");
  while (length > 0 && strchr (" \t*_|`", text[length - 1]) != NULL)
    length--;
  return g_strndup (text, length);
}

/* What follows @label on @line: "**Started at** (UTC): 12:30" gives "12:30"; NULL where the line does not begin so.
 * @colon: (out) (nullable): whether there is one, without which it may be but the beginning of a sentence. */
static char *
read_line (const char *line,
           const char *label,
           gboolean   *colon)
{
  const char *rest;

  line += strspn (line, MARKS);
  if (g_ascii_strncasecmp (line, label, strlen (label)) != 0)
    return NULL;
  line += strlen (label);
  rest = line + strspn (line, MARKS);
  if (*rest == '(' && strchr (rest, ')') != NULL)
    {
      rest = strchr (rest, ')') + 1;
      rest += strspn (rest, MARKS);
    }
  if (*rest != ':' && rest == line)
    return NULL;
  if (colon != NULL)
    *colon = *rest == ':';
  return strip_marks (*rest == ':' ? rest + 1 : rest);
}

/* RFC 3339, and what people write: "2026-03-04 09:30 UTC". */
static gboolean
read_time (const char *text,
           gint64     *time)
{
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *date = NULL, *clock = NULL, *seconds = NULL, *zone = NULL, *tidy = NULL;

  if (dd_time_parse (text, time))
    return TRUE;
  regex = g_regex_new ("^(\\d{4}-\\d\\d-\\d\\d)(?:[Tt]|,? +(?:at +)?)(\\d\\d:\\d\\d)(:\\d\\d)?(?:[.,]\\d+)?"
                       " *(?:Z|UTC|GMT|\\(UTC\\)|([+-]\\d\\d:?\\d\\d))?\\.?$", G_REGEX_CASELESS, 0, NULL);
  if (!g_regex_match (regex, text, 0, &match))
    return FALSE;
  date = g_match_info_fetch (match, 1);
  clock = g_match_info_fetch (match, 2);
  seconds = g_match_info_fetch (match, 3);
  zone = g_match_info_fetch (match, 4);
  tidy = g_strconcat (date, "T", clock, seconds != NULL && *seconds != '\0' ? seconds : ":00",
                      zone != NULL && *zone != '\0' ? zone : "Z", NULL);
  return dd_time_parse (tidy, time);
}

/* The first line of @label that holds a time. */
static gint64
find_time (char      **lines,
           const char *label)
{
  gint64 time = DD_TIME_NONE;

  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *text = read_line (lines[i], label, NULL);

      if (text != NULL && read_time (text, &time))
        break;
    }
  return time;
}

/* The first line of @label that holds anything; without a colon it holds one word. */
static char *
find_text (char      **lines,
           const char *label)
{
  for (int i = 0; lines[i] != NULL; i++)
    {
      gboolean colon = FALSE;
      g_autofree char *text = read_line (lines[i], label, &colon);

      if (text != NULL && *text != '\0' && (colon || strpbrk (text, " \t") == NULL))
        return g_steal_pointer (&text);
    }
  return NULL;
}

static char *
find_name (JsonObject    *post,
           const Content *content)
{
  char *name = find_key (dd_json_string (post, "title"));

  for (int i = 0; name == NULL && content->lines[i] != NULL; i++)
    {
      g_autofree char *text = read_line (content->lines[i], "Incident", NULL);

      name = find_key (text);
    }
  if (name == NULL)
    name = find_key (content->text->str);
  return name != NULL ? name : find_key (content->links->str);
}

/* ---- records ---- */

static DdIncident *
incident_new (const char *id)
{
  DdIncident *incident = g_new0 (DdIncident, 1);

  incident->kind = DD_INCIDENT_POSTMORTEM;
  incident->key = g_strdup (id);
  incident->started = incident->resolved = incident->updated = DD_TIME_NONE;
  return incident;
}

DdIncident *
dd_slab_read_post (JsonObject *post,
                   const char *host)
{
  const char *id = dd_json_string (post, "id");
  DdIncident *incident;
  Content content;

  if (id == NULL || dd_json_string (post, "publishedAt") == NULL)
    return NULL;
  content_read (&content, post);
  incident = incident_new (id);
  incident->title = g_strdup (dd_json_string (post, "title"));
  incident->url = host != NULL ? g_strdup_printf ("https://%s/posts/%s", host, id) : NULL;
  incident->name = find_name (post, &content);
  incident->links = content.links->len > 0 ? g_strdup (content.links->str) : NULL;
  incident->started = find_time (content.lines, "Started at");
  incident->resolved = find_time (content.lines, "Resolved at");
  incident->severity = find_text (content.lines, "Severity");
  incident->updated = dd_json_time (post, "updatedAt");
  if (dd_json_string (post, "archivedAt") != NULL)
    incident->state = DD_INCIDENT_CANCELLED;
  content_clear (&content);
  return incident;
}

DdIncident *
dd_slab_withdraw_post (const char *id)
{
  DdIncident *incident = incident_new (id);

  incident->state = DD_INCIDENT_CANCELLED;
  return incident;
}
