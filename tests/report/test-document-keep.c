/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-document-keep.h"
#include "dd-error.h"
#include "dd-pages.h"
#include "report-worlds.h"

static DdDocument *
make_document (int      world,
               gboolean one_page,
               GBytes **pdf)
{
  g_autoptr (DdReport) report = world_report ((guint) world);
  g_autoptr (DdPages) pages = NULL;
  g_autoptr (GBytes) kept = NULL;
  double width, height;
  DdDocument *document;

  dd_paper_get_size (DD_PAPER_A4, &width, &height);
  report->one_page = one_page;
  pages = dd_pages_new (report, width, height);
  *pdf = dd_pages_to_pdf (pages, NULL);
  kept = dd_document_keep (dd_pages_get_document (pages));
  document = dd_document_open (kept, NULL);
  g_assert_nonnull (document);
  return document;
}

/* Whoever opens it sees the very same pages. */
static void
test_again (gconstpointer data)
{
  gboolean one_page = GPOINTER_TO_INT (data);
  double width, height;

  dd_paper_get_size (DD_PAPER_A4, &width, &height);
  for (int world = 0; world < N_WORLDS; world++)
    {
      g_autoptr (GBytes) before = NULL;
      DdDocument *document = make_document (world, one_page, &before);
      g_autoptr (DdPages) pages = dd_pages_new_for_document (document, width, height);
      g_autoptr (GBytes) after = dd_pages_to_pdf (pages, NULL);

      g_assert_true (g_bytes_equal (before, after));
    }
}

/* What a broken disk or a stranger's database holds is refused, or is drawn as something else; never more than that. */
static void
test_broken (void)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (DdDocument) document = make_document (N_WORLDS / 2, TRUE, &pdf);
  g_autoptr (GBytes) kept = dd_document_keep (document);
  gsize length;
  const guint8 *data = g_bytes_get_data (kept, &length);
  guint opened = 0;

  for (gsize cut = 0; cut < length; cut += MAX (1, length / 61))
    {
      g_autoptr (GBytes) part = g_bytes_new (data, cut);
      g_autoptr (DdDocument) read = dd_document_open (part, NULL);

      opened += read != NULL;
    }
  g_assert_cmpuint (opened, ==, 0);
  for (int i = 0; i < 300; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (DdDocument) read = NULL;

      for (int j = 0; j < 3; j++)
        copy[g_test_rand_int_range (0, (gint32) length)] = (guint8) g_test_rand_int_range (0, 256);
      bytes = g_bytes_new (copy, length);
      read = dd_document_open (bytes, &error);
      if (read == NULL)
        g_assert_error (error, DD_ERROR, DD_ERROR_STORE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_data_func ("/document-keep/again/one-page", GINT_TO_POINTER (TRUE), test_again);
  g_test_add_data_func ("/document-keep/again/full", GINT_TO_POINTER (FALSE), test_again);
  g_test_add_func ("/document-keep/broken", test_broken);
  return g_test_run ();
}
