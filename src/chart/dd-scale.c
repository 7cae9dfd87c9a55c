/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MINUTE 60.0
#define HOUR 3600.0
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

/* The air over the highest value, so that neither line nor marker touches the edge. */
#define AIR 1.08
/* Of a logarithmic scale, at both ends. */
#define LOG_AIR 1.7
#define LOG_LEAST 10.0

/* Durations that people have names for, and how fit they are to be a label of a logarithmic axis: 0 best. */
static const struct
{
  double seconds;
  int    rank;
} durations[] = {
  { 1, 0 },          { 5, 2 },           { 15, 1 },         { 30, 2 },       { MINUTE, 0 },   { 5 * MINUTE, 1 }, { 15 * MINUTE, 2 },
  { 30 * MINUTE, 2 }, { HOUR, 0 },       { 3 * HOUR, 2 },   { 6 * HOUR, 1 }, { 12 * HOUR, 2 }, { DAY, 0 },       { 3 * DAY, 1 },
  { WEEK, 0 },       { 2 * WEEK, 2 },    { 4 * WEEK, 1 },   { 12 * WEEK, 2 }, { 26 * WEEK, 1 }, { 52 * WEEK, 0 }, { 260 * WEEK, 1 },
};

/* Steps of a linear axis of durations; longer ones are round numbers of weeks. */
static const double duration_steps[] = {
  1, 5, 10, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR,
  12 * HOUR, DAY, 2 * DAY, WEEK,
};

void
dd_tick_free (DdTick *tick)
{
  if (tick == NULL)
    return;
  g_free (tick->label);
  g_free (tick);
}

static double
position (const DdScale *scale,
          double         value)
{
  if (scale->kind == DD_SCALE_LINEAR)
    return (value - scale->from) / (scale->to - scale->from);
  return value > 0 ? log (value / scale->from) / log (scale->to / scale->from) : NAN;
}

double
dd_scale_to_pixel (const DdScale *scale,
                   double         value)
{
  return scale->start + position (scale, value) * (scale->end - scale->start);
}

double
dd_scale_to_value (const DdScale *scale,
                   double         pixel)
{
  double part = scale->end == scale->start ? 0 : (pixel - scale->start) / (scale->end - scale->start);

  if (scale->kind == DD_SCALE_LINEAR)
    return scale->from + part * (scale->to - scale->from);
  return scale->from * pow (scale->to / scale->from, part);
}

/* 1, 2 or 5 times a power of ten, at least @step. */
static double
round_step (double step)
{
  double power = pow (10, floor (log10 (step)));

  for (double times = 1; times < 10; times = times == 2 ? 5 : times * 2)
    if (times * power >= step * (1 - 1e-9))
      return times * power;
  return 10 * power;
}

/* What is shown is not always what is kept: per cent, and weeks instead of days where there are few. */
static double
shown_factor (DdUnit unit,
              double to)
{
  return unit == DD_UNIT_SHARE ? 100 : unit == DD_UNIT_PER_DAY && to < 1 ? 7 : 1;
}

static double
step_of (DdUnit unit,
         double to,
         double least)
{
  double factor = shown_factor (unit, to);

  if (unit == DD_UNIT_DURATION)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (duration_steps); i++)
        if (duration_steps[i] >= least * (1 - 1e-9))
          return duration_steps[i];
      return round_step (least / WEEK) * WEEK;
    }
  if (unit == DD_UNIT_COUNT)
    return MAX (round_step (least), 1);
  return round_step (least * factor) / factor;
}

void
dd_scale_fit (DdScale *scale,
              DdUnit   unit,
              double   low,
              double   high)
{
  static const double empty[] = { [DD_UNIT_DURATION] = DAY, [DD_UNIT_SHARE] = 0.2, [DD_UNIT_PER_DAY] = 1, [DD_UNIT_COUNT] = 1 };
  double step;

  if (scale->kind == DD_SCALE_LOG)
    {
      double middle, span;

      if (!(high > 0))
        high = low = empty[unit];
      if (!(low > 0))
        low = high / LOG_LEAST;
      middle = sqrt (low) * sqrt (high);
      span = MAX (high / low * LOG_AIR * LOG_AIR, LOG_LEAST);
      scale->from = middle / sqrt (span);
      scale->to = middle * sqrt (span);
      return;
    }
  if (!(high > 0))
    high = empty[unit];
  step = step_of (unit, high * AIR, high * AIR / 6);
  scale->from = 0;
  scale->to = ceil (high * AIR / step - 1e-9) * step;
  if (unit == DD_UNIT_SHARE && high <= 1)
    scale->to = MIN (scale->to, 1);
}

static char *
duration_label (double seconds)
{
  if (seconds >= WEEK && fabs (seconds / WEEK - round (seconds / WEEK)) < 1e-9)
    /* Translators: weeks, as short as can be. */
    return g_strdup_printf (_("%d w"), (int) MIN (round (seconds / WEEK), G_MAXINT));
  return dd_duration_format (seconds);
}

/* @last: the highest of a scale, which names the unit for all of them. */
static char *
label_of (DdUnit   unit,
          double   value,
          double   to,
          gboolean last)
{
  g_autofree char *number = NULL;

  if (unit == DD_UNIT_DURATION)
    return duration_label (value);
  number = g_strdup_printf ("%.4g", value * shown_factor (unit, to));
  if (unit == DD_UNIT_SHARE)
    return g_strdup_printf (_("%s %%"), number);
  if (unit == DD_UNIT_PER_DAY && last)
    /* Translators: how many in a week, or in a day. */
    return to < 1 ? g_strdup_printf (_("%s a week"), number) : g_strdup_printf (_("%s a day"), number);
  return g_steal_pointer (&number);
}

static gboolean
is_free (const GArray *taken,
         double        at,
         double        gap)
{
  for (guint i = 0; i < taken->len; i++)
    if (fabs (g_array_index (taken, double, i) - at) < gap)
      return FALSE;
  return TRUE;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

/* Takes @value where it is on the scale, and has room, and is fit for it. */
static void
take (GArray        *values,
      GArray        *taken,
      const DdScale *scale,
      double         value,
      guint          most)
{
  double at = position (scale, value);

  if (at < -1e-9 || at > 1 + 1e-9 || values->len >= most || !is_free (taken, at, 1.0 / (most + 1)))
    return;
  g_array_append_val (values, value);
  g_array_append_val (taken, at);
}

static void
add_log_values (GArray        *values,
                const DdScale *scale,
                DdUnit         unit,
                guint          most)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (double));
  static const double times[] = { 1, 5, 2 };

  for (int rank = 0; rank < 3; rank++)
    {
      if (unit == DD_UNIT_DURATION)
        {
          for (gsize i = 0; i < G_N_ELEMENTS (durations); i++)
            if (durations[i].rank == rank)
              take (values, taken, scale, durations[i].seconds, most);
        }
      else
        for (int power = (int) floor (log10 (scale->from)); power <= (int) ceil (log10 (scale->to)); power++)
          take (values, taken, scale, times[rank] * pow (10, power), most);
    }
  g_array_sort (values, compare_numbers);
}

GPtrArray *
dd_scale_ticks (const DdScale *scale,
                DdUnit         unit,
                guint          most)
{
  GPtrArray *ticks = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_tick_free);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  most = MAX (most, 1);
  if (!(scale->to > scale->from) || isinf (scale->to))
    return ticks;
  if (scale->kind == DD_SCALE_LOG)
    add_log_values (values, scale, unit, most);
  else
    {
      double step = step_of (unit, scale->to, (scale->to - scale->from) / MAX (most - 1, 1));

      /* The sum makes of a negative zero a plain one, which has no sign to print. */
      for (double n = ceil (scale->from / step - 1e-9) + 0.0; n * step <= scale->to + step * 1e-9 && values->len < most; n++)
        {
          double value = n * step;

          g_array_append_val (values, value);
        }
    }
  for (guint i = 0; i < values->len; i++)
    {
      DdTick *tick = g_new0 (DdTick, 1);

      tick->value = g_array_index (values, double, i);
      tick->label = label_of (unit, tick->value, scale->to, i == values->len - 1);
      g_ptr_array_add (ticks, tick);
    }
  return ticks;
}
