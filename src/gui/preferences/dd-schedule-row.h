/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-settings.h"

G_BEGIN_DECLS

/**
 * DdScheduleRow:
 *
 * A schedule while it is edited: what is done how often. A rule that is more than daily, weekly or monthly is shown as it is written
 * and stays so until another is chosen. Changes are made to the settings in place.
 *
 * Signals: `changed`: the settings are others than before. `removed`: it is to go.
 */
#define DD_TYPE_SCHEDULE_ROW (dd_schedule_row_get_type ())
G_DECLARE_FINAL_TYPE (DdScheduleRow, dd_schedule_row, DD, SCHEDULE_ROW, AdwExpanderRow)

/* @schedule is the settings', and outlives the row. @timezone: the workspace's. */
GtkWidget                *dd_schedule_row_new (DdScheduleSettings *schedule, const char *timezone);
const DdScheduleSettings *dd_schedule_row_get_schedule (DdScheduleRow *self);

G_END_DECLS
