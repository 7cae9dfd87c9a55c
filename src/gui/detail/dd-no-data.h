/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-summary.h"

G_BEGIN_DECLS

/* Why a metric has no value, and what mends it: the action of the window that @button stands for. */
typedef struct
{
  char       *reason;
  const char *button;
  const char *action;
  const char *target; /* NULL for an action without one */
  const char *help;   /* the page of help that says more */
} DdNoData;

/* FALSE where there is data. @no_data->reason is to be freed. */
gboolean dd_no_data_explain (DdMetric metric, const DdSummary *summary, DdNoData *no_data);

G_END_DECLS
