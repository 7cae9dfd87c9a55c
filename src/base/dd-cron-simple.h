/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-cron.h"

G_BEGIN_DECLS

typedef enum
{
  DD_CRON_DAILY,
  DD_CRON_WEEKLY,
  DD_CRON_MONTHLY,
  DD_CRON_OTHER, /* more than the window offers */
} DdCronKind;

/* What most schedules are: once a day, a week or a month at a time. */
typedef struct
{
  DdCronKind kind;
  int        hour;
  int        minute;
  int        day; /* weekly: of the week, 0 is Sunday; monthly: of the month */
} DdCronSimple;

/* A rule that is none of these, or no rule, is DD_CRON_OTHER. */
DdCronSimple dd_cron_simple_read (const char *text);
/* NULL for DD_CRON_OTHER. */
char        *dd_cron_simple_write (const DdCronSimple *simple) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
