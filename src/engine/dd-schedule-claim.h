/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* For store jobs. What is due, and whose it is to do. */

/* A due time that was taken: it is the taker's to do, and nobody else's. */
typedef struct
{
  gint64     workspace; /* row id */
  char      *name;      /* the workspace's */
  GTimeZone *zone;
  char      *id, *action, *period, *folder;
  gint64     due;
  gint64     start;
  gint64     run;       /* row id of the run that has begun */
} DdScheduleClaim;

void             dd_schedule_claim_free (DdScheduleClaim *claim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdScheduleClaim, dd_schedule_claim_free)

/* The settings' schedules are waited for from @now on, those that were known before as they were; all others are forgotten. */
gboolean         dd_schedule_note (DdDb *db, gint64 workspace, const DdSettings *settings, gint64 now, GError **error);

/* Takes what is due: the schedule that has waited longest (@id: only that one), at the last of its due times that went by. NULL
 * where nothing is due, and with an error. */
DdScheduleClaim *dd_schedule_claim (DdDb *db, gint64 workspace, const DdSettings *settings, const char *id, gint64 now, int process,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
