/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "dd-pages-private.h"
#include "report-worlds.h"

#define LEAST_ROWS 3
#define ROUNDING 0.5

static gboolean
is_heading (const DdPiece *piece)
{
  return piece->block->kind == DD_BLOCK_HEADING || piece->block->kind == DD_BLOCK_CHAPTER;
}

static void
check_piece (const DdPages *pages,
             const GArray  *page,
             guint          i)
{
  const DdPiece *piece = &g_array_index (page, DdPiece, i), *next = piece + 1;

  g_assert_cmpfloat (piece->x, >=, DD_PAGE_MARGIN - ROUNDING);
  g_assert_cmpfloat (piece->x + piece->width, <=, pages->width - DD_PAGE_MARGIN + ROUNDING);
  g_assert_cmpfloat (piece->y, >=, 0);
  g_assert_cmpfloat (piece->height, >=, 0);
  /* The foot begins 53 pixels above the paper's edge. */
  g_assert_cmpfloat (piece->y + piece->height, <=, pages->height - 53 + ROUNDING);
  if (i + 1 < page->len && next->x == piece->x && next->width == piece->width)
    g_assert_cmpfloat (next->y, >=, piece->y + piece->height - ROUNDING);
  /* No heading is left alone at the end of a column or page. */
  if (is_heading (piece))
    {
      g_assert_cmpuint (i + 1, <, page->len);
      g_assert_cmpfloat (next->x, ==, piece->x);
    }
  if (piece->block->kind == DD_BLOCK_TABLE)
    {
      g_assert_cmpuint (piece->to, >, piece->from);
      g_assert_cmpuint (piece->to - piece->from, >=, MIN (piece->block->rows->len, LEAST_ROWS));
    }
}

/* All rows of all tables, in order and once. */
static void
check_rows (const DdPages *pages)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer table, to;

  for (guint i = 0; i < pages->pages->len; i++)
    {
      const GArray *page = g_ptr_array_index (pages->pages, i);

      for (guint j = 0; j < page->len; j++)
        {
          const DdPiece *piece = &g_array_index (page, DdPiece, j);

          if (piece->block->kind != DD_BLOCK_TABLE)
            continue;
          g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (rows, piece->block)), ==, piece->from);
          g_hash_table_insert (rows, (gpointer) piece->block, GUINT_TO_POINTER (piece->to));
        }
    }
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &table, &to))
    g_assert_cmpuint (GPOINTER_TO_UINT (to), ==, ((const DdBlock *) table)->rows->len);
}

static void
check_pages (const DdReport *report,
             DdPaper         paper)
{
  g_autoptr (DdPages) pages = NULL;
  double width, height;

  dd_paper_get_size (paper, &width, &height);
  pages = dd_pages_new (report, width, height);
  g_assert_cmpuint (dd_pages_count (pages), >=, 1);
  if (report->one_page)
    g_assert_cmpuint (dd_pages_count (pages), ==, 1);
  for (guint i = 0; i < pages->pages->len; i++)
    {
      const GArray *page = g_ptr_array_index (pages->pages, i);

      g_assert_cmpuint (page->len, >, 0);
      for (guint j = 0; j < page->len; j++)
        check_piece (pages, page, j);
    }
  check_rows (pages);
}

static void
test_set (void)
{
  for (guint world = 0; world < N_WORLDS; world++)
    for (int paper = 0; paper < DD_N_PAPERS; paper++)
      for (int one_page = 0; one_page < 2; one_page++)
        {
          g_autoptr (DdReport) report = world_report (world);

          report->one_page = one_page;
          g_test_message ("%s, paper %d, form %d", world_name (world), paper, one_page);
          check_pages (report, paper);
        }
}

/* A note of many pages breaks over them. */
static void
test_long_note (void)
{
  g_autoptr (DdReport) report = world_report (1);
  g_autoptr (GString) note = g_string_new (NULL);

  for (int i = 0; i < 400; i++)
    g_string_append (note, "What happened, and what we do about it.\n");
  g_free (report->note);
  report->note = g_strdup (note->str);
  check_pages (report, DD_PAPER_A4);
  report->one_page = TRUE;
  check_pages (report, DD_PAPER_A4);
}

/* Each section can be left out by itself, and all of them. */
static void
test_without (void)
{
  for (int i = 0; i <= DD_N_SECTIONS; i++)
    for (int one_page = 0; one_page < 2; one_page++)
      {
        g_autoptr (DdReport) report = world_report (10);

        report->one_page = one_page;
        report->without = i < DD_N_SECTIONS ? 1u << i : ~0u;
        check_pages (report, DD_PAPER_LETTER);
      }
}

static char *
run_on (GBytes     *pdf,
        const char *command)
{
  const char *file_name = "report.pdf";
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), file_name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) options = g_strsplit (command, " ", -1);
  g_auto (GStrv) words = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error));
  g_strv_builder_addv (builder, (const char **) options);
  g_strv_builder_add (builder, path);
  words = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char * const *) words, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error));
  g_assert_no_error (error);
  return text;
}

/* The file that screen readers, archives and the next run want. */
static void
test_file (void)
{
  g_autoptr (DdReport) report = world_report (2);
  g_autoptr (DdReport) again = world_report (2);
  g_autoptr (GBytes) pdf = dd_report_to_pdf (report, DD_PAPER_A4, NULL);
  g_autoptr (GBytes) same = dd_report_to_pdf (again, DD_PAPER_A4, NULL);
  g_autofree char *info = run_on (pdf, "pdfinfo");
  g_autofree char *structure = run_on (pdf, "pdfinfo -struct-text");
  g_autofree char *fonts = run_on (pdf, "pdffonts");
  g_autofree char *outline = run_on (pdf, "pdftohtml -xml -i -stdout");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (fonts), "\n", -1);

  g_assert_true (g_bytes_equal (pdf, same));
  g_assert_nonnull (strstr (info, "Title:           Software delivery, week 46\n"));
  g_assert_nonnull (strstr (info, "Wed Nov 18 09:00:00 2026"));
  g_assert_nonnull (strstr (info, "Tagged:          yes"));
  g_assert_nonnull (strstr (info, "(A4)"));
  g_assert_true (g_str_has_prefix (structure, "Document"));
  g_assert_nonnull (strstr (structure, "TH"));
  g_assert_nonnull (strstr (outline, "<outline>"));
  g_assert_cmpuint (g_strv_length (lines), >, 2);
  /* name, type, encoding, embedded, subset, unicode, object: from the end, as names and types have spaces. */
  for (guint i = 2; lines[i] != NULL; i++)
    {
      g_autoptr (GRegex) embedded = g_regex_new (" yes +yes +yes +\\d+ +\\d+$", 0, 0, NULL);

      g_assert_true (g_regex_match (embedded, lines[i], 0, NULL));
    }
}

static void
test_words (void)
{
  g_autoptr (GError) error = NULL;
  guint without = 0;
  DdPaper paper;

  g_assert_true (dd_sections_parse ("teams, health", &without, &error));
  g_assert_cmpuint (without, ==, 1u << DD_SECTION_TEAMS | 1u << DD_SECTION_HEALTH);
  g_assert_false (dd_sections_parse ("teams,healt", &without, &error));
  g_assert_cmpstr (error->message, ==, "There is no section “healt”; did you mean “health”?");
  g_clear_error (&error);
  g_assert_true (dd_paper_parse ("Letter", &paper, &error));
  g_assert_cmpint (paper, ==, DD_PAPER_LETTER);
  g_assert_false (dd_paper_parse ("a3", &paper, &error));
  g_assert_cmpstr (error->message, ==, "There is no paper “a3”; there are a4 and letter.");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report-pages/set", test_set);
  g_test_add_func ("/report-pages/long-note", test_long_note);
  g_test_add_func ("/report-pages/without", test_without);
  g_test_add_func ("/report-pages/file", test_file);
  g_test_add_func ("/report-pages/words", test_words);
  return g_test_run ();
}
