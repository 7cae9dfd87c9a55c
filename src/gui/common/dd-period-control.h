/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DdPeriodControl:
 *
 * Back, the period by name, forward. Its menu offers week, month, quarter, the last days, and any two dates.
 */
#define DD_TYPE_PERIOD_CONTROL (dd_period_control_get_type ())
G_DECLARE_FINAL_TYPE (DdPeriodControl, dd_period_control, DD, PERIOD_CONTROL, GtkWidget)

GtkWidget *dd_period_control_new (void);
void       dd_period_control_set_session (DdPeriodControl *self, DdSession *session); /* once */

/* "Week 46", "November 2026", "Quarter 4, 2026", "7 days": the name of a period, short. */
char *dd_period_short_name (const DdPeriod *period, GTimeZone *zone) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
