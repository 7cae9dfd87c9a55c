/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "report-worlds.h"

/*
 * How long a report of 500 repositories takes as a PDF, all of it and the one page, and as HTML: the median of several, and
 * the first, which also finds the fonts. Ends with 1 where a budget is exceeded.
 */

#define WORLD "many"
#define TIMES 9
#define MOST_FULL 2000.0
#define MOST_PAGE 200.0
#define MOST_MEGABYTES 150.0

static int
compare (const void *one,
         const void *other)
{
  double a = *(const double *) one, b = *(const double *) other;

  return a < b ? -1 : a > b;
}

static gsize
write_report (const DdReport *report,
              gboolean        html)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (html)
    {
      g_autofree char *text = dd_report_to_html (report);

      return strlen (text);
    }
  pdf = dd_report_to_pdf (report, DD_PAPER_A4, &error);
  g_assert_no_error (error);
  return g_bytes_get_size (pdf);
}

/* Milliseconds of the slowest kind, which is the first. */
static double
measure (const char *name,
         DdReport   *report,
         gboolean    html)
{
  double times[TIMES], first;
  gsize size = 0;

  for (int i = 0; i < TIMES; i++)
    {
      gint64 start = g_get_monotonic_time ();

      size = write_report (report, html);
      times[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
  first = times[0];
  qsort (times, TIMES, sizeof times[0], compare);
  g_print ("%-22s first %7.1f ms, median %7.1f ms, %6.0f KB\n", name, first, times[TIMES / 2], (double) size / 1024);
  return MAX (first, times[TIMES / 2]);
}

int
main (void)
{
  g_autoptr (DdReport) report = NULL;
  guint world = 0;
  struct rusage usage;
  double page, full, megabytes;

  setlocale (LC_ALL, "");
  while (world < N_WORLDS && g_strcmp0 (world_name (world), WORLD) != 0)
    world++;
  report = world_report (world);
  report->one_page = TRUE;
  page = measure ("PDF, one page", report, FALSE);
  report->one_page = FALSE;
  full = measure ("PDF, 500 repositories", report, FALSE);
  getrusage (RUSAGE_SELF, &usage);
  megabytes = (double) usage.ru_maxrss / 1024;
  measure ("HTML, 500 repositories", report, TRUE);
  g_print ("%-22s %.0f MB\n", "most memory for PDF", megabytes);
  return page <= MOST_PAGE && full <= MOST_FULL && megabytes <= MOST_MEGABYTES ? 0 : 1;
}
