/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-report-snapshot.h"

#include "dd-document-keep.h"
#include "dd-document-private.h"
#include "dd-pages.h"
#include "dd-words.h"

DdSnapshot *
dd_report_to_snapshot (const DdReport *report,
                       DdPaper         paper,
                       const char     *outcome)
{
  const DdSummary *summary = report->summary;
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);
  g_autoptr (DdPages) pages = NULL;
  double width, height;
  DdSnapshot *snapshot = g_new0 (DdSnapshot, 1);

  snapshot->made = summary->now;
  snapshot->period = dd_period_kind_name (&summary->period);
  snapshot->start = summary->period.start;
  snapshot->end = summary->period.end;
  snapshot->scope = g_strdup (summary->scope);
  snapshot->title = dd_document_period (&summary->period, zone);
  snapshot->outcome = g_strdup (outcome);
  snapshot->report = dd_report_to_json (report);
  snapshot->markdown = dd_report_to_markdown (report);
  snapshot->slack = dd_report_to_slack (report);
  dd_paper_get_size (paper, &width, &height);
  pages = dd_pages_new (report, width, height);
  snapshot->document = dd_document_keep (dd_pages_get_document (pages));
  return snapshot;
}
