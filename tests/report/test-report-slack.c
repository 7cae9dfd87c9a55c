/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <locale.h>
#include <pango/pango.h>
#include <string.h>

#include "dd-slack-preview.h"
#include "dd-slack-text.h"
#include "report-fixture.h"

/* What Slack's reference of blocks says. */
#define MOST_BLOCKS 50
#define MOST_FIELDS 10
#define MOST_ELEMENTS 10
#define LONGEST_HEADER 150
#define LONGEST_TEXT 3000
#define LONGEST_FIELD 2000

/* Each `&` begins an escape, and there is no other markup of Slack's own (`<!channel>`, `<https://…>`). */
static void
check_escapes (const char *text)
{
  g_assert_null (strpbrk (text, "<>"));
  for (const char *c = text; (c = strchr (c, '&')) != NULL; c++)
    g_assert_true (g_str_has_prefix (c, "&amp;") || g_str_has_prefix (c, "&lt;") || g_str_has_prefix (c, "&gt;"));
}

static void
check_text (JsonObject *object,
            const char *type,
            glong       longest)
{
  const char *text = json_object_get_string_member (object, "text");

  g_assert_cmpuint (json_object_get_size (object), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, type);
  g_assert_cmpint (g_utf8_strlen (text, -1), >=, 1);
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, longest);
  if (strcmp (type, "mrkdwn") == 0)
    check_escapes (text);
  else
    g_assert_null (strchr (text, '\n'));
}

static void
check_texts (JsonArray *array,
             guint      most,
             glong      longest)
{
  g_assert_cmpuint (json_array_get_length (array), >=, 1);
  g_assert_cmpuint (json_array_get_length (array), <=, most);
  for (guint i = 0; i < json_array_get_length (array); i++)
    check_text (json_array_get_object_element (array, i), "mrkdwn", longest);
}

static void
check_block (JsonObject *block)
{
  const char *type = json_object_get_string_member (block, "type");

  if (strcmp (type, "header") == 0)
    check_text (json_object_get_object_member (block, "text"), "plain_text", LONGEST_HEADER);
  else if (strcmp (type, "context") == 0)
    check_texts (json_object_get_array_member (block, "elements"), MOST_ELEMENTS, LONGEST_TEXT);
  else
    {
      g_assert_cmpstr (type, ==, "section");
      g_assert_true (json_object_has_member (block, "text") != json_object_has_member (block, "fields"));
      if (json_object_has_member (block, "text"))
        check_text (json_object_get_object_member (block, "text"), "mrkdwn", LONGEST_TEXT);
      else
        check_texts (json_object_get_array_member (block, "fields"), MOST_FIELDS, LONGEST_FIELD);
    }
}

/* The payload, after every limit was held against it. */
static JsonNode *
payload_with_note (DdSummary  *summary,
                   const char *note)
{
  g_autoptr (DdReport) report = dd_report_new (summary);
  g_autofree char *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonObject *payload;
  JsonArray *blocks;

  report->note = g_strdup (note);
  text = dd_report_to_slack (report);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  payload = json_node_get_object (json_parser_get_root (parser));
  check_escapes (json_object_get_string_member (payload, "text"));
  g_assert_cmpint (g_utf8_strlen (json_object_get_string_member (payload, "text"), -1), <=, LONGEST_TEXT);
  blocks = json_object_get_array_member (payload, "blocks");
  g_assert_cmpuint (json_array_get_length (blocks), <=, MOST_BLOCKS);
  for (guint i = 0; i < json_array_get_length (blocks); i++)
    check_block (json_array_get_object_element (blocks, i));
  return json_node_ref (json_parser_get_root (parser));
}

static JsonNode *
payload_of (DdSummary *summary)
{
  return payload_with_note (summary, NULL);
}

static void
check_has (JsonNode   *payload,
           const char *text)
{
  g_autofree char *all = json_to_string (payload, FALSE);

  if (strstr (all, text) == NULL)
    g_error ("“%s” is not in %s", text, all);
}

static void
test_whole (void)
{
  g_autoptr (JsonNode) payload = payload_of (fixture_whole ());

  check_has (payload, "\"Northwind · week 46, 9 – 15 November 2026: High performance\"");
  check_has (payload, "*Lead time for changes*\\n17 h 42 min · High · 30 % worse\\n41 changes, 1 as merged");
  check_has (payload, "\\n• repository-001: 47 deployments");
}

static void
test_nothing (void)
{
  g_autoptr (JsonNode) payload = payload_of (fixture_nothing ());

  check_has (payload, "*Lead time for changes*\\nNo data\\nno changes");
  check_has (payload, "Connect a source");
}

static void
test_many (void)
{
  g_autoptr (JsonNode) payload = payload_of (fixture_many (500));

  check_has (payload, "… and 490 more");
}

static void
test_hostile (void)
{
  const char * const *texts = fixture_hostile_texts ();
  g_autoptr (JsonNode) all = payload_of (fixture_hostile ());

  check_has (all, "&lt;b&gt;&amp;amp;|");
  for (guint i = 0; texts[i] != NULL; i++)
    {
      DdSummary *summary = fixture_whole ();
      g_autoptr (JsonNode) payload = NULL;

      g_free (summary->workspace);
      summary->workspace = g_strdup (texts[i]);
      summary->scope = g_strdup (texts[i]);
      payload = payload_with_note (summary, texts[i]);
      g_assert_nonnull (payload);
    }
}

static void
test_cuts (void)
{
  static const struct
  {
    const char *text;
    guint       longest;
    const char *escaped;
    const char *plain;
  } rows[] = {
    { "", 10, "", "" },
    { "one two", 7, "one two", "one two" },
    { "one two three", 10, "one two…", "one two…" },
    { "one twothreefour", 10, "one twoth…", "one twoth…" },
    { "a & b", 7, "a…", "a & b" },
    { "a & b", 9, "a &amp; b", "a & b" },
    { "&&&", 11, "&amp;&amp;…", "&&&" },
    { "&&&", 15, "&amp;&amp;&amp;", "&&&" },
    { "&&&", 14, "&amp;&amp;…", "&&&" },
    { "<b>", 4, "…", "<b>" },
    { "日本語日本語", 4, "日本語…", "日本語…" },
    { "one\ntwo", 20, "one two", "one two" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *escaped = dd_slack_text (rows[i].text, rows[i].longest);
      g_autofree char *plain = dd_slack_plain (rows[i].text, rows[i].longest);

      g_assert_cmpstr (escaped, ==, rows[i].escaped);
      g_assert_cmpstr (plain, ==, rows[i].plain);
    }
}

/* Whatever the limit: never longer, never within an escape. */
static void
test_every_cut (void)
{
  const char * const *texts = fixture_hostile_texts ();

  for (guint i = 0; texts[i] != NULL; i++)
    for (guint longest = 1; longest < 200; longest++)
      {
        g_autofree char *escaped = dd_slack_text (texts[i], longest);
        g_autofree char *plain = dd_slack_plain (texts[i], longest);

        check_escapes (escaped);
        g_assert_cmpint (g_utf8_strlen (escaped, -1), <=, longest);
        g_assert_cmpint (g_utf8_strlen (plain, -1), <=, longest);
      }
}

/* The preview says what the payload says, whatever is in it, and is markup that can be shown. */
static void
test_preview (void)
{
  DdSummary *summaries[] = { fixture_nothing (), fixture_whole (), fixture_many (500), fixture_hostile () };

  for (gsize i = 0; i < G_N_ELEMENTS (summaries); i++)
    {
      g_autoptr (DdReport) report = dd_report_new (summaries[i]);
      g_autofree char *payload = dd_report_to_slack (report);
      g_autoptr (GPtrArray) pieces = dd_slack_preview (payload);
      guint fields = 0;

      g_assert_cmpuint (pieces->len, >=, DD_N_METRICS + 3);
      for (guint j = 0; j < pieces->len; j++)
        {
          const DdSlackPiece *piece = g_ptr_array_index (pieces, j);
          g_autoptr (GError) error = NULL;
          g_autofree char *text = NULL;

          g_assert_true (pango_parse_markup (piece->markup, -1, 0, NULL, &text, NULL, &error));
          g_assert_no_error (error);
          g_assert_cmpint (*text, !=, '*');
          g_assert_cmpint (piece->kind == DD_SLACK_HEADER, ==, j == 0);
          fields += piece->kind == DD_SLACK_FIELD;
        }
      g_assert_cmpuint (fields, ==, DD_N_METRICS);
    }
}

static void
test_no_payload (void)
{
  static const char * const texts[] = {
    "", "ok", "[]", "{}", "{\"blocks\": 1}", "{\"blocks\": [1, {}, {\"type\": 1, \"text\": 1, \"fields\": [1, {\"text\": 1}]}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) pieces = dd_slack_preview (texts[i]);

      g_assert_cmpuint (pieces->len, ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report-slack/cuts", test_cuts);
  g_test_add_func ("/report-slack/every-cut", test_every_cut);
  g_test_add_func ("/report-slack/whole", test_whole);
  g_test_add_func ("/report-slack/nothing", test_nothing);
  g_test_add_func ("/report-slack/many", test_many);
  g_test_add_func ("/report-slack/hostile", test_hostile);
  g_test_add_func ("/report-slack/preview", test_preview);
  g_test_add_func ("/report-slack/no-payload", test_no_payload);
  return g_test_run ();
}
