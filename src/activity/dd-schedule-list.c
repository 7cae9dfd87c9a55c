/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule-list.h"

void
dd_schedule_standing_free (DdScheduleStanding *row)
{
  if (row == NULL)
    return;
  dd_schedule_settings_free (row->settings);
  g_free (row);
}

void
dd_schedule_list_free (DdScheduleList *list)
{
  if (list == NULL)
    return;
  g_clear_pointer (&list->zone, g_time_zone_unref);
  g_clear_pointer (&list->rows, g_ptr_array_unref);
  g_free (list->workspace);
  g_free (list->timezone);
  g_free (list);
}
