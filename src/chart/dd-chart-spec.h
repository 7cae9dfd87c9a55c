/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-palette.h"
#include "dd-scale.h"
#include "dd-summary.h"

G_BEGIN_DECLS

/*
 * What a chart shows, as plain values. The picture, the sentences, the table and the exports are all made from it, so that
 * they cannot disagree. A view owns one spec, may change `from`, `to`, `scale` and its series' `hidden`, and replaces it whole
 * when the data changes. All words are translated already.
 */

typedef enum
{
  DD_CHART_TREND,     /* series over buckets of time, with bands and incidents */
  DD_CHART_SCATTER,   /* single events over time */
  DD_CHART_STAGES,    /* one stacked bar */
  DD_CHART_HISTOGRAM, /* counts by classes of values */
  DD_CHART_SPARKLINE, /* a line alone, for a card */
} DdChartKind;

/* A bucket of time. */
typedef struct
{
  gint64   start;
  gint64   end;
  char    *label;      /* "W46" */
  char    *long_label; /* "Week 46 · 9 – 15 November 2026" */
  char    *events;     /* "52 changes" */
  guint    count;      /* how many events are behind its value */
  DdTier   tier;
  gboolean small;      /* fewer than DD_SMALL_SAMPLE events: an open marker */
  gboolean partial;    /* not over yet: drawn lighter */
  gboolean unsynced;   /* the sources do not reach back to it: hatched */
} DdChartPoint;

typedef struct
{
  char    *name; /* "Median" */
  DdRole   role;
  gboolean hidden;
  guint    n;
  double  *values; /* NAN: no data */
  gint64  *times;  /* rising; NULL: one value for each point of the chart, in the middle of it */
  char   **labels; /* scatter: what each event is; NULL for none */
  char   **keys;   /* scatter: by what each event is found in its list; NULL for none */
} DdChartSeries;

/* Values from @from to @to are of @tier; -INFINITY and INFINITY at the ends. */
typedef struct
{
  double from;
  double to;
  DdTier tier;
} DdChartBand;

typedef struct
{
  const char *name;  /* "OPS-12"; as it came, to be cleaned where it is shown: of many, hardly any is */
  const char *title; /* likewise */
  gint64 started;
  gint64 ended; /* DD_TIME_NONE while open */
} DdChartIncident;

/* A stage of a bar or a class of a histogram. */
typedef struct
{
  char  *label;
  double value; /* stages: seconds; classes: how many. NAN: not known */
  double from;  /* classes: the values in it, from < = value < to */
  double to;
  DdTier tier;  /* classes: of the values in it; DD_TIER_NONE where they are of several */
  DdRole role;
} DdChartBar;

typedef struct
{
  DdChartKind kind;
  DdMetric    metric;   /* DD_N_METRICS where it is of none */
  DdUnit      unit;
  DdScaleKind scale;    /* of the values */
  char       *title;    /* "Lead time for changes" */
  char       *subtitle; /* "12 weeks, 24 August – 15 November 2026"; NULL for none */
  char       *source;   /* where the bands' thresholds come from; NULL for none */
  GTimeZone  *zone;
  gint64      now;
  gboolean    brief;    /* half as high: it stands above what the page is about */
  gint64      from;     /* the part of time that is shown */
  gint64      to;
  GArray     *points;    /* of DdChartPoint, in order of time */
  GPtrArray  *series;    /* of DdChartSeries; the first is what is rated */
  GArray     *bands;     /* of DdChartBand, rising */
  GArray     *incidents; /* of DdChartIncident, by their start */
  GStringChunk *texts;   /* of incidents */
  GPtrArray  *rows;      /* of GPtrArray: lists whose texts incidents use */
  GArray     *bars;      /* of DdChartBar */
} DdChartSpec;

/* Empty; @zone may be NULL for UTC. */
DdChartSpec *dd_chart_spec_new (DdChartKind kind, DdUnit unit, const char *title, GTimeZone *zone) G_GNUC_WARN_UNUSED_RESULT;
void         dd_chart_spec_free (DdChartSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdChartSpec, dd_chart_spec_free)

/* @values and @times are copied; @times may be NULL. */
DdChartSeries *dd_chart_spec_add_series (DdChartSpec  *spec,
                                         const char   *name,
                                         DdRole        role,
                                         guint         n,
                                         const double *values,
                                         const gint64 *times);

/* Strings are copied, nothing is clamped; they may come in any order. */
void dd_chart_spec_add_incident (DdChartSpec *spec,
                                 const char  *name,
                                 const char  *title,
                                 gint64       started,
                                 gint64       ended);

/* The tiers of @metric in @profile. */
void dd_chart_spec_add_bands (DdChartSpec *spec, const DdProfile *profile, DdMetric metric);

/* The whole time again: `from` and `to` of all points and series. */
void dd_chart_spec_reset_range (DdChartSpec *spec);

/**
 * dd_chart_spec_new_for_metric:
 * @before: (nullable): the summary of the twelve periods before those of @summary, for the grey line
 *
 * The trend of one metric over the twelve periods of @summary, with the profile's bands. Incidents are added with
 * dd_chart_spec_add_incident() or dd_chart_spec_add_incidents().
 */
DdChartSpec *dd_chart_spec_new_for_metric (const DdSummary *summary, DdMetric metric, const DdSummary *before) G_GNUC_WARN_UNUSED_RESULT;

/* A card's: the same twelve values and nothing else. */
DdChartSpec *dd_chart_spec_new_sparkline (const DdSummary *summary, DdMetric metric) G_GNUC_WARN_UNUSED_RESULT;

/* Where the lead time goes: medians of its stages. Stages that are not known have no bar. */
DdChartSpec *dd_chart_spec_new_stages (const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;

/* How the durations of the rows that count (of DdRecordRow) are spread. */
DdChartSpec *dd_chart_spec_new_histogram (const DdSummary *summary, DdMetric metric, const GPtrArray *rows) G_GNUC_WARN_UNUSED_RESULT;

/* Each row that counts (of DdRecordRow) at its time and duration. */
DdChartSpec *dd_chart_spec_new_scatter (const DdSummary *summary, DdMetric metric, const GPtrArray *rows) G_GNUC_WARN_UNUSED_RESULT;

/* Incidents among the rows of the list behind the recovery time. Of many thousands nothing is copied: the list is kept, and must stay as it is. */
void dd_chart_spec_add_incidents (DdChartSpec *spec, GPtrArray *rows);

/* The instant at which a series' value @i stands. */
gint64 dd_chart_series_time (const DdChartSpec *spec, const DdChartSeries *series, guint i);

/* The middle of a point's period. */
gint64 dd_chart_point_middle (const DdChartSpec *spec, int i);

G_END_DECLS
