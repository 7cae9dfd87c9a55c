/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-report.h"

#include "dd-remarks.h"

DdReport *
dd_report_new (DdSummary *summary)
{
  DdReport *report = g_new0 (DdReport, 1);

  report->summary = summary;
  report->highlights = dd_highlights_find (summary);
  report->recommendations = dd_recommendations_find (summary);
  return report;
}

void
dd_report_free (DdReport *report)
{
  if (report == NULL)
    return;
  dd_summary_free (report->summary);
  g_ptr_array_unref (report->highlights);
  g_ptr_array_unref (report->recommendations);
  g_free (report->note);
  g_free (report);
}
