/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "dd-clean.h"
#include "report-fixture.h"

/* What cmark-gfm, which is what GitHub shows pages with, makes of a report. */
typedef struct
{
  GPtrArray *tables;    /* of GPtrArray of rows, of GPtrArray of cells, of char * */
  GPtrArray *items;     /* of char * */
  GPtrArray *headings;  /* of char * */
  GString   *text;      /* of the cell, item or heading that is open */
  guint      paragraphs;
  guint      strong;
} Page;

static void
page_free (Page *page)
{
  g_ptr_array_unref (page->tables);
  g_ptr_array_unref (page->items);
  g_ptr_array_unref (page->headings);
  g_string_free (page->text, TRUE);
  g_free (page);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static gpointer
last_of (GPtrArray *array)
{
  g_assert_cmpuint (array->len, >, 0);
  return g_ptr_array_index (array, array->len - 1);
}

static void
start_cb (GMarkupParseContext *context,
          const char          *name,
          const char         **names,
          const char         **values,
          gpointer             data,
          GError             **error)
{
  static const char * const known[] = {
    "document", "heading", "paragraph", "list",       "item",      "text", "code",
    "strong",   "table",   "softbreak", "table_header", "table_row", "table_cell", NULL,
  };
  Page *page = data;

  /* Nothing that a stranger wrote is a link, an image, HTML, emphasis, … */
  if (!g_strv_contains (known, name))
    g_error ("a <%s> in the page, after “%s”", name, page->text->str);
  page->strong += strcmp (name, "strong") == 0;
  page->paragraphs += strcmp (name, "paragraph") == 0;
  if (strcmp (name, "table") == 0)
    g_ptr_array_add (page->tables, g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref));
  else if (strcmp (name, "table_header") == 0 || strcmp (name, "table_row") == 0)
    g_ptr_array_add (last_of (page->tables), g_ptr_array_new_with_free_func (g_free));
  if (strcmp (name, "item") == 0 || strcmp (name, "table_cell") == 0 || strcmp (name, "heading") == 0)
    g_string_truncate (page->text, 0);
}

static void
end_cb (GMarkupParseContext *context,
        const char          *name,
        gpointer             data,
        GError             **error)
{
  Page *page = data;

  if (strcmp (name, "table_cell") == 0)
    g_ptr_array_add (last_of (last_of (page->tables)), g_strdup (page->text->str));
  else if (strcmp (name, "item") == 0)
    g_ptr_array_add (page->items, g_strdup (page->text->str));
  else if (strcmp (name, "heading") == 0)
    g_ptr_array_add (page->headings, g_strdup (page->text->str));
}

static void
text_cb (GMarkupParseContext *context,
         const char          *text,
         gsize                length,
         gpointer             data,
         GError             **error)
{
  const char *name = g_markup_parse_context_get_element (context);

  if (strcmp (name, "text") == 0 || strcmp (name, "code") == 0)
    g_string_append_len (((Page *) data)->text, text, (gssize) length);
}

static Page *
read_back (const char *markdown)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autoptr (GSubprocess) cmark = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = NULL;
  Page *page = g_new0 (Page, 1);

  page->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  page->items = g_ptr_array_new_with_free_func (g_free);
  page->headings = g_ptr_array_new_with_free_func (g_free);
  page->text = g_string_new (NULL);
  cmark = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                            "cmark-gfm", "-t", "xml", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist",
                            "-e", "tagfilter", "-e", "footnotes", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (cmark, markdown, NULL, &xml, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (cmark));
  context = g_markup_parse_context_new (&parser, 0, page, NULL);
  g_markup_parse_context_parse (context, xml, -1, &error);
  g_assert_no_error (error);
  return page;
}

/* As wide as its heading, each of them. */
static void
check_tables (const Page *page)
{
  for (guint i = 0; i < page->tables->len; i++)
    {
      const GPtrArray *rows = g_ptr_array_index (page->tables, i);
      guint columns = ((const GPtrArray *) g_ptr_array_index (rows, 0))->len;

      for (guint j = 0; j < rows->len; j++)
        g_assert_cmpuint (((const GPtrArray *) g_ptr_array_index (rows, j))->len, ==, columns);
    }
}

/* cmark fills rows that lack cells and cuts such as have too many, so the source is counted too. */
static void
check_source (const char *markdown)
{
  g_auto (GStrv) lines = g_strsplit (markdown, "\n", -1);
  guint columns = 0;

  for (int i = 0; lines[i] != NULL; i++)
    {
      guint cells = 0;

      if (lines[i][0] != '|')
        {
          columns = 0;
          continue;
        }
      for (const char *c = lines[i]; *c != '\0'; c++)
        if (*c == '\\')
          c++;
        else
          cells += *c == '|';
      if (columns == 0)
        columns = cells;
      g_assert_cmpuint (cells, ==, columns);
    }
}

static const char *
cell_at (const Page *page,
         guint       table,
         guint       row,
         guint       column)
{
  const GPtrArray *rows = g_ptr_array_index (page->tables, table);

  return g_ptr_array_index ((const GPtrArray *) g_ptr_array_index (rows, row), column);
}

static void
test_whole (void)
{
  g_autoptr (DdReport) report = dd_report_new (fixture_whole ());
  g_autofree char *markdown = dd_report_to_markdown (report);
  g_autoptr (Page) page = read_back (markdown);
  static const char * const wanted[] = {
    "Deployment frequency", "5.1 a day", "Elite", "12 % worse", "36 deployments on 5 days",
  };

  check_tables (page);
  check_source (markdown);
  g_assert_cmpstr (g_ptr_array_index (page->headings, 0), ==, "Northwind · week 46, 9 – 15 November 2026");
  g_assert_cmpuint (page->tables->len, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpstr (cell_at (page, 0, 1, i), ==, wanted[i]);
  g_assert_cmpstr (cell_at (page, 1, 4, 0), ==, "Deploy");
  g_assert_cmpstr (cell_at (page, 1, 4, 1), ==, "12 h");
  g_assert_cmpstr (cell_at (page, 3, 2, 0), ==, "repository-001");
  g_assert_true (g_str_has_suffix (markdown, "\n"));
  /* The source can be read too. */
  g_assert_nonnull (strstr (markdown, "| 5.1 a day |"));
  g_assert_nonnull (strstr (markdown, "9 – 15 November 2026"));
}

/* Each text of a stranger stands in its place, as text and nothing else. */
static void
test_hostile (void)
{
  g_autoptr (DdReport) report = dd_report_new (fixture_hostile ());
  g_autofree char *markdown = dd_report_to_markdown (report);
  g_autoptr (Page) page = read_back (markdown);
  const char * const *texts = fixture_hostile_texts ();
  g_autofree char *title = dd_clean (texts[0], 0);

  check_tables (page);
  check_source (markdown);
  g_assert_cmpuint (page->strong, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (page->headings, 0), title));
  g_assert_cmpuint (page->tables->len, ==, 4);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *name = dd_clean (texts[i], 60);

      g_assert_cmpstr (cell_at (page, 3, 1 + i, 0), ==, name);
      g_assert_cmpstr (cell_at (page, 2, 2 + i, 0), ==, name);
    }
}

/* A text alone, so that none hides what another one does. */
static void
test_each_title (void)
{
  const char * const *texts = fixture_hostile_texts ();

  for (guint i = 0; texts[i] != NULL; i++)
    {
      DdSummary *summary = fixture_whole ();
      g_autoptr (DdReport) report = NULL;
      g_autofree char *markdown = NULL;
      g_autoptr (Page) page = NULL;
      g_autofree char *narrowed = dd_clean (texts[i], 400);
      gboolean found = FALSE;

      g_ptr_array_set_size (summary->narrowed, 0);
      g_ptr_array_add (summary->narrowed, g_strdup (texts[i]));
      report = dd_report_new (summary);
      markdown = dd_report_to_markdown (report);
      page = read_back (markdown);
      check_tables (page);
      for (guint j = 0; j < page->items->len; j++)
        found = found || strcmp (g_ptr_array_index (page->items, j), narrowed) == 0;
      if (!found)
        g_error ("“%s” is not in:\n%s", narrowed, markdown);
    }
}

static void
test_nothing (void)
{
  g_autoptr (DdReport) report = dd_report_new (fixture_nothing ());
  g_autofree char *markdown = dd_report_to_markdown (report);
  g_autoptr (Page) page = read_back (markdown);

  check_tables (page);
  g_assert_cmpuint (page->tables->len, ==, 1);
  for (guint i = 0; i < DD_N_METRICS; i++)
    {
      g_assert_cmpstr (cell_at (page, 0, 1 + i, 1), ==, "No data");
      g_assert_cmpstr (cell_at (page, 0, 1 + i, 2), ==, "–");
      g_assert_cmpstr (cell_at (page, 0, 1 + i, 3), ==, "");
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report-markdown/whole", test_whole);
  g_test_add_func ("/report-markdown/hostile", test_hostile);
  g_test_add_func ("/report-markdown/each-title", test_each_title);
  g_test_add_func ("/report-markdown/nothing", test_nothing);
  return g_test_run ();
}
