/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-settings.h"
#include "dd-time.h"

G_BEGIN_DECLS

/* A schedule of the settings and how it stands. */
typedef struct
{
  DdScheduleSettings *settings;
  gint64              next_run;    /* DD_TIME_NONE: never */
  gint64              last_run;    /* DD_TIME_NONE: never */
  gint64              last_due;    /* DD_TIME_NONE where nobody tells */
  gboolean            late;        /* the last run began long after it was due */
  gboolean            installed;   /* as a timer of the system's; whoever asks finds out */
  const char         *last_status; /* "success", "failed", "cancelled", "running", "interrupted"; NULL: never */
} DdScheduleStanding;

typedef struct
{
  char      *workspace;
  GTimeZone *zone;
  char      *timezone;
  GPtrArray *rows; /* of DdScheduleStanding, in the order of the settings */
} DdScheduleList;

void            dd_schedule_standing_free (DdScheduleStanding *row);
void            dd_schedule_list_free (DdScheduleList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdScheduleList, dd_schedule_list_free)

G_END_DECLS
