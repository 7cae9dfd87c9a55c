/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-report-write.h"

#include "dd-report-snapshot.h"
#include "dd-report.h"

static gpointer
make (DdReportBasis *basis)
{
  DdReport *report = dd_report_new (g_steal_pointer (&basis->summary));

  report->earlier = g_steal_pointer (&basis->earlier);
  report->incidents = g_steal_pointer (&basis->incidents);
  report->changes = g_steal_pointer (&basis->changes);
  report->recoveries = g_steal_pointer (&basis->recoveries);
  return report;
}

static void
free_report (gpointer report)
{
  dd_report_free (report);
}

static DdSnapshot *
to_snapshot (gconstpointer report,
             const char   *outcome)
{
  return dd_report_to_snapshot (report, dd_paper_default (), outcome);
}

static char *
to_markdown (gconstpointer report)
{
  return dd_report_to_markdown (report);
}

static char *
to_slack (gconstpointer report)
{
  return dd_report_to_slack (report);
}

static GBytes *
to_pdf (gconstpointer report,
        GError      **error)
{
  return dd_report_to_pdf (report, dd_paper_default (), error);
}

const DdReportForms *
dd_report_forms (void)
{
  static const DdReportForms forms = { make, free_report, to_snapshot, to_markdown, to_slack, to_pdf };

  return &forms;
}
