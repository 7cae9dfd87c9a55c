/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-settings.h"

G_BEGIN_DECLS

/**
 * DdCalendarGroup:
 *
 * The working calendar in which durations are measured: off, or workdays, hours and holidays. Signal `changed`: by the user.
 */
#define DD_TYPE_CALENDAR_GROUP (dd_calendar_group_get_type ())
G_DECLARE_FINAL_TYPE (DdCalendarGroup, dd_calendar_group, DD, CALENDAR_GROUP, AdwPreferencesGroup)

GtkWidget *dd_calendar_group_new (void);

void       dd_calendar_group_set (DdCalendarGroup *self, const DdCalendarSettings *calendar);
void       dd_calendar_group_apply (DdCalendarGroup *self, DdCalendarSettings *calendar);

G_END_DECLS
