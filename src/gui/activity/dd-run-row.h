/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-activity.h"

G_BEGIN_DECLS

/**
 * DdRunRow:
 *
 * A run in a line; opened, its tasks on one time line, with their attempts and errors. The tasks' rows are made when it is first
 * opened.
 */
#define DD_TYPE_RUN_ROW (dd_run_row_get_type ())
G_DECLARE_FINAL_TYPE (DdRunRow, dd_run_row, DD, RUN_ROW, AdwExpanderRow)

/* @now: the end of what still runs. */
GtkWidget *dd_run_row_new (const DdRunSummary *run, GTimeZone *zone, gint64 now);

G_END_DECLS
