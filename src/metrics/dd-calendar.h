/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-settings.h"
#include "dd-time.h"

G_BEGIN_DECLS

/* A working calendar: measures how much of an interval lies in working hours of local days. Immutable. */
typedef struct _DdCalendar DdCalendar;

/* NULL where @settings are not enabled: plain time. */
DdCalendar *dd_calendar_new (const DdCalendarSettings *settings, GTimeZone *zone);
void        dd_calendar_free (DdCalendar *calendar);

/* to − from within the calendar (NULL: plain); negative where @to is before @from. */
gint64      dd_calendar_measure (const DdCalendar *calendar, gint64 from, gint64 to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdCalendar, dd_calendar_free)

G_END_DECLS
