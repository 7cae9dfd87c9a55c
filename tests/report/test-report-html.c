/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "report-fixture.h"
#include "report-worlds.h"

/* One file: every reference is to a name within it, which is there once. */
typedef struct
{
  GHashTable *names;
  GPtrArray  *references;
  GString    *text;
} Page;

static const char * const elements[] = {
  "body", "main", "header", "footer", "div", "span", "strong", "b", "bdi", "p", "h1", "h2", "h3", "ul", "li", "blockquote",
  "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption",
  "svg", "g", "defs", "symbol", "path", "use", "rect", "clipPath", "mask", "filter", "feColorMatrix", "linearGradient", "stop",
  NULL,
};

static void
start_cb (GMarkupParseContext *context,
          const char          *name,
          const char         **names,
          const char         **values,
          gpointer             data,
          GError             **error)
{
  Page *page = data;

  if (!g_strv_contains (elements, name))
    g_error ("a <%s> in the page", name);
  for (int i = 0; names[i] != NULL; i++)
    {
      const char *url = strstr (values[i], "url(");

      g_assert_false (g_str_has_prefix (names[i], "on"));
      g_assert_cmpstr (names[i], !=, "src");
      if (strcmp (names[i], "id") == 0 && !g_hash_table_add (page->names, g_strdup (values[i])))
        g_error ("“%s” names two things", values[i]);
      if (g_str_has_suffix (names[i], "href"))
        {
          g_assert_cmpint (values[i][0], ==, '#');
          g_ptr_array_add (page->references, g_strdup (values[i] + 1));
        }
      if (url != NULL)
        {
          g_assert_true (g_str_has_prefix (url, "url(#"));
          g_ptr_array_add (page->references, g_strndup (url + 5, strcspn (url + 5, ")")));
        }
    }
}

static void
text_cb (GMarkupParseContext *context,
         const char          *text,
         gsize                length,
         gpointer             data,
         GError             **error)
{
  g_string_append_len (((Page *) data)->text, text, (gssize) length);
}

static char *
check_html (const DdReport *report)
{
  static const GMarkupParser parser = { .start_element = start_cb, .text = text_cb };
  g_autofree char *html = dd_report_to_html (report);
  const char *body = strstr (html, "<body>"), *end = strstr (html, "</html>");
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  Page page = { names, references, g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &page, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_utf8_validate (html, -1, NULL));
  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">"));
  g_assert_null (strstr (html, "<script"));
  g_markup_parse_context_parse (context, body, end - body, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  for (guint i = 0; i < references->len; i++)
    if (!g_hash_table_contains (names, g_ptr_array_index (references, i)))
      g_error ("“%s” is not in the page", (const char *) g_ptr_array_index (references, i));
  return g_string_free (page.text, FALSE);
}

static void
test_worlds (void)
{
  for (guint world = 0; world < N_WORLDS; world++)
    {
      g_autoptr (DdReport) report = world_report (world);
      g_autofree char *text = NULL;

      report->one_page = world % 2;
      text = check_html (report);
      g_assert_nonnull (strstr (text, "Software delivery"));
    }
}

/* What strangers wrote is there as they wrote it. */
static void
test_hostile (void)
{
  g_autoptr (DdReport) report = dd_report_new (fixture_hostile ());
  g_autofree char *text = check_html (report);

  g_assert_nonnull (strstr (text, "<b>&amp;|"));
  g_assert_nonnull (strstr (text, "&lt;b&gt; &copy; &#65; &"));
  g_assert_nonnull (strstr (text, "=HYPERLINK(\"https://evil.example\",\"x\")"));
}

static void
test_note (void)
{
  g_autoptr (DdReport) report = dd_report_new (fixture_whole ());
  g_autofree char *text = NULL;

  report->note = g_strdup ("First <i>words</i>.\n\nSecond & last.\n");
  text = check_html (report);
  g_assert_nonnull (strstr (text, "First <i>words</i>."));
  g_assert_nonnull (strstr (text, "Second & last."));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report-html/worlds", test_worlds);
  g_test_add_func ("/report-html/hostile", test_hostile);
  g_test_add_func ("/report-html/note", test_note);
  return g_test_run ();
}
