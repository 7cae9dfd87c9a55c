/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-slack-preview.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
piece_free (gpointer data)
{
  DdSlackPiece *piece = data;

  g_free (piece->markup);
  g_free (piece);
}

/* Slack's mrkdwn escapes what Pango's markup escapes. Of its signs we write one: `*…*` at the start of a line is bold. */
static char *
markup_of (const char *mrkdwn)
{
  g_auto (GStrv) lines = g_strsplit (mrkdwn, "\n", -1);
  g_autoptr (GString) markup = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *end = lines[i][0] == '*' ? strchr (lines[i] + 1, '*') : NULL;

      if (i > 0)
        g_string_append_c (markup, '\n');
      if (end != NULL)
        g_string_append_printf (markup, "<b>%.*s</b>%s", (int) (end - lines[i] - 1), lines[i] + 1, end + 1);
      else
        g_string_append (markup, lines[i]);
    }
  return g_strdup (markup->str);
}

static JsonObject *
object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* @node: a text object. */
static void
add_piece (GPtrArray       *pieces,
           DdSlackPieceKind kind,
           guint            block,
           JsonNode        *node)
{
  JsonObject *object = object_of (node);
  const char *type = object != NULL ? json_object_get_string_member_with_default (object, "type", NULL) : NULL;
  const char *text = object != NULL ? json_object_get_string_member_with_default (object, "text", NULL) : NULL;
  DdSlackPiece *piece;

  if (text == NULL)
    return;
  piece = g_new0 (DdSlackPiece, 1);
  piece->kind = kind;
  piece->block = block;
  piece->markup = g_strcmp0 (type, "mrkdwn") == 0 ? markup_of (text) : g_markup_escape_text (text, -1);
  g_ptr_array_add (pieces, piece);
}

static void
add_list (GPtrArray       *pieces,
          DdSlackPieceKind kind,
          guint            block,
          JsonObject      *object,
          const char      *member)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    add_piece (pieces, kind, block, json_array_get_element (list, i));
}

GPtrArray *
dd_slack_preview (const char *payload)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func (piece_free);
  g_autoptr (JsonNode) root = json_from_string (payload, NULL);
  JsonObject *object = object_of (root);
  JsonNode *node = object != NULL ? json_object_get_member (object, "blocks") : NULL;
  JsonArray *blocks = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = object_of (json_array_get_element (blocks, i));
      gboolean header;

      if (block == NULL)
        continue;
      header = g_strcmp0 (json_object_get_string_member_with_default (block, "type", NULL), "header") == 0;
      add_piece (pieces, header ? DD_SLACK_HEADER : DD_SLACK_TEXT, i, json_object_get_member (block, "text"));
      add_list (pieces, DD_SLACK_FIELD, i, block, "fields");
      add_list (pieces, DD_SLACK_CONTEXT, i, block, "elements");
    }
  return pieces;
}
