/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-schedule-list.h"

G_BEGIN_DECLS

/* A schedule as a timer and a service of the user's own systemd. */

/* Whose units they are: nobody else's are ever touched. */
typedef struct
{
  const char *workspace;
  const char *database; /* absolute */
  const char *program;  /* absolute */
} DdUnitOwner;

typedef struct
{
  char *name;    /* without its ending */
  char *timer;
  char *service;
} DdUnit;

void     dd_unit_free (DdUnit *unit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdUnit, dd_unit_free)

/* The same for the same schedule, whenever it is made on the same day. @now: what clocks do is told from then on. */
DdUnit  *dd_unit_new (const DdUnitOwner *owner, const DdScheduleSettings *schedule, GTimeZone *zone, const char *zone_name, gint64 now)
  G_GNUC_WARN_UNUSED_RESULT;

/* TRUE where the text of a unit says that it is @owner's. */
gboolean dd_unit_is_owned (const char *text, const DdUnitOwner *owner);

G_END_DECLS
