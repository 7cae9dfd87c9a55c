/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-summary.h"

G_BEGIN_DECLS

typedef enum
{
  DD_ALERT_TIER_FELL,
  DD_ALERT_NO_SYNC,
  DD_ALERT_FAILURE_RATE,
} DdAlertKind;

/* Something worth telling without being asked. */
typedef struct
{
  DdAlertKind kind;
  char       *subject;   /* the same for the same thing however often it is found */
  DdMetric    metric;    /* whose tier fell */
  DdTier      before, now;
  char       *source;    /* type of the source that has not synced */
  gint64      last_sync;
  guint       days;      /* since then */
  double      rate, threshold;
} DdAlert;

void       dd_alert_free (DdAlert *alert);

/* What @settings want to be told of @summary, the most lasting first. (element-type DdAlert) */
GPtrArray *dd_alerts_decide (const DdSummary *summary, const DdAlertSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
