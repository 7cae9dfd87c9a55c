/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds of period of metrics.md, "Periods". */
typedef enum
{
  DD_PERIOD_WEEKLY,
  DD_PERIOD_MONTHLY,
  DD_PERIOD_QUARTERLY,
  DD_PERIOD_LAST_DAYS,
  DD_PERIOD_CUSTOM,
} DdPeriodKind;

/* A half-open interval of local midnights; @end is the first instant after it. @days are calendar days, at least 1. */
typedef struct
{
  DdPeriodKind kind;
  gint64       start;
  gint64       end;
  int          days;
} DdPeriod;

/* Reads `weekly`, `monthly`, `quarterly`, `last-N-days` (N from 1 to 36500) or `FROM..TO` (local dates, both in it).
 * A mistyped one gives DD_ERROR_INVALID with what was likely meant. */
gboolean dd_period_parse (const char *text,
                          gint64      now,
                          GTimeZone  *zone,
                          DdPeriod   *period,
                          GError    **error);

/* The period @steps before @period (1: the one just before), of the same kind or the same number of days. */
DdPeriod dd_period_before (const DdPeriod *period,
                           GTimeZone      *zone,
                           int             steps);

/* As in the JSON report: "weekly", "last-7-days", "custom", … */
char *dd_period_kind_name (const DdPeriod *period) G_GNUC_WARN_UNUSED_RESULT;

/* For people: "9 – 15 November 2026". */
char *dd_period_label (const DdPeriod *period,
                       GTimeZone      *zone) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
