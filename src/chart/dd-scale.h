/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-period.h"
#include "dd-time.h"

G_BEGIN_DECLS

/* What a value is. */
typedef enum
{
  DD_UNIT_DURATION, /* seconds */
  DD_UNIT_SHARE,    /* 0 to 1, shown as per cent */
  DD_UNIT_PER_DAY,  /* shown as per week where that reads better */
  DD_UNIT_COUNT,
} DdUnit;

typedef enum
{
  DD_SCALE_LINEAR,
  DD_SCALE_LOG,
} DdScaleKind;

/* Values from @from to @to lie at pixels from @start to @end, either of which may be the greater. */
typedef struct
{
  DdScaleKind kind;
  double      from, to;
  double      start, end;
} DdScale;

typedef struct
{
  double value; /* times: instants as double */
  char  *label;
} DdTick;

/* A value that the scale cannot show (NAN; 0 and less on a logarithmic one) gives NAN. Values outside are not clamped. */
double dd_scale_to_pixel (const DdScale *scale, double value);
double dd_scale_to_value (const DdScale *scale, double pixel);

/* Sets the ends of @scale so that it holds the values from @low to @high with some air. A linear one begins at 0 and ends at a
 * round value; a logarithmic one covers at least a factor of ten. Either may be NAN where there is no value. */
void dd_scale_fit (DdScale *scale, DdUnit unit, double low, double high);

/* Round values within @scale, rising, with what people call them ("12 h", "1 w", "20 %"); at most @most of them, at least one
 * where there is a round value at all. (transfer full): of DdTick. */
GPtrArray *dd_scale_ticks (const DdScale *scale, DdUnit unit, guint most);

/* First instants of local days, weeks, months or years from @from to @to, whichever gives at most @most labels. The label of a
 * January names the year. (transfer full): of DdTick. */
GPtrArray *dd_scale_time_ticks (gint64 from, gint64 to, GTimeZone *zone, guint most);

void dd_tick_free (DdTick *tick);

/* "17 h 42 min", "8.1 %", "5.1 a day", "1.4 a week", "61"; "No data" for NAN. Translated. */
char *dd_unit_format (DdUnit unit, double value) G_GNUC_WARN_UNUSED_RESULT;

/* The label of one bucket on the time axis, by its kind of period: "W46", "Nov", "Q4 2026", "9 Nov". Translated. */
char *dd_period_short_label (const DdPeriod *period, GTimeZone *zone) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
