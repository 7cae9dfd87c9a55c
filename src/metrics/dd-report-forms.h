/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-snapshot.h"
#include "dd-summary.h"

G_BEGIN_DECLS

/* What a report is made of. NULL where it is not known. */
typedef struct
{
  DdSummary *summary;
  DdSummary *earlier;    /* of the twelve periods before the trend */
  GPtrArray *incidents;  /* of DdIncidentEvent: those of the period */
  GPtrArray *changes;    /* of DdRecordRow: the list behind the lead time */
  GPtrArray *recoveries; /* of DdRecordRow: the list behind the recovery time */
} DdReportBasis;

/* How a report is written, for those who have one made and know no writer. Used on any thread, one at a time. */
typedef struct
{
  /* Takes all that is in @basis. */
  gpointer (*make) (DdReportBasis *basis);
  void     (*free) (gpointer report);
  /* As it is kept; @outcome as in DdSnapshot. */
  DdSnapshot *(*to_snapshot) (gconstpointer report, const char *outcome);
  char    *(*to_markdown) (gconstpointer report);
  char    *(*to_slack) (gconstpointer report);
  GBytes  *(*to_pdf) (gconstpointer report, GError **error);
} DdReportForms;

G_END_DECLS
