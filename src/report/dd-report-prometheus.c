/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-report-prometheus.h"

#include <math.h>

#define MOST_LABELS 5

/* Names and help are data for machines: they are in one language. */
static const DdFamily deployments = {
  "dora_deployments_total", DD_FAMILY_COUNTER, NULL,
  "Finished production deployments that were seen, by result. Never falls, also where a record is removed or changes its result.",
};

static const DdFamily last_finished[] = {
  { "dora_deployment_last_success_timestamp", DD_FAMILY_GAUGE, NULL,
    "When the most recent successful production deployment finished, in seconds since 1970." },
  { "dora_deployment_last_failure_timestamp", DD_FAMILY_GAUGE, NULL,
    "When the most recent failed production deployment finished, in seconds since 1970." },
};

static const DdResult last_results[] = { DD_RESULT_SUCCESS, DD_RESULT_FAILURE };

#define WINDOW ", over the window's local days before today; without repo, of the whole workspace."

/* In the order of DdMetric. */
static const DdFamily windowed[DD_N_METRICS] = {
  [DD_METRIC_DEPLOYMENT_FREQUENCY] = { "dora_deployment_frequency_per_day", DD_FAMILY_GAUGE, NULL,
                                       "Successful production deployments a day" WINDOW },
  [DD_METRIC_LEAD_TIME] = { "dora_lead_time_median_seconds", DD_FAMILY_GAUGE, "seconds",
                            "Median time from a change's first commit to its deployment" WINDOW },
  [DD_METRIC_CHANGE_FAILURE_RATE] = { "dora_change_failure_ratio", DD_FAMILY_GAUGE, "ratio",
                                      "Share of production deployments that failed or caused an incident" WINDOW },
  [DD_METRIC_RECOVERY_TIME] = { "dora_recovery_time_median_seconds", DD_FAMILY_GAUGE, "seconds",
                                "Median time to recovery of incidents and failed deployments" WINDOW },
  [DD_METRIC_REWORK_RATE] = { "dora_rework_ratio", DD_FAMILY_GAUGE, "ratio",
                              "Share of successful production deployments that were hotfixes, rollbacks or reverts" WINDOW },
};

static const DdFamily lead_times = {
  "dora_lead_time_seconds", DD_FAMILY_HISTOGRAM, "seconds",
  "Time from a change's first commit to its deployment, of every deployed change that was seen.",
};

static const DdFamily open_incidents = {
  "dora_open_incidents", DD_FAMILY_GAUGE, NULL, "Incidents that have started and are not resolved.",
};

static const DdFamily sync_age = {
  "dora_sync_age_seconds", DD_FAMILY_GAUGE, "seconds", "Time since the last sync of the source that succeeded.",
};

static const DdFamily errors = {
  "dora_errors_total", DD_FAMILY_COUNTER, NULL, "Errors of the pipeline itself, by subsystem.",
};

typedef struct
{
  DdExposition    *exposition;
  const GPtrArray *standings;
} Writer;

typedef void (*RepositoryFunc) (Writer *writer, const DdRepositoryStanding *repository, DdLabel *labels, guint n, int which);

static double
in_seconds (gint64 microseconds)
{
  return (double) microseconds / (double) DD_SECOND;
}

/* Runs @func with the labels of each repository; there is room for more. */
static void
each_repository (Writer        *writer,
                 RepositoryFunc func,
                 int            which)
{
  for (guint i = 0; i < writer->standings->len; i++)
    {
      const DdStanding *standing = g_ptr_array_index (writer->standings, i);

      for (guint j = 0; j < standing->repositories->len; j++)
        {
          const DdRepositoryStanding *repository = g_ptr_array_index (standing->repositories, j);
          DdLabel labels[MOST_LABELS] = {
            { "workspace", standing->workspace }, { "repo", repository->name }, { "tier", repository->tier },
          };

          func (writer, repository, labels, 3, which);
        }
    }
}

static void
add_deployments (Writer                     *writer,
                 const DdRepositoryStanding *repository,
                 DdLabel                    *labels,
                 guint                       n,
                 int                         which)
{
  for (int result = DD_RESULT_SUCCESS; result < DD_N_RESULTS; result++)
    {
      labels[n] = (DdLabel) { "status", dd_result_name (result) };
      dd_exposition_add (writer->exposition, labels, n + 1, (double) repository->totals.deployments[result]);
    }
}

static void
add_last (Writer                     *writer,
          const DdRepositoryStanding *repository,
          DdLabel                    *labels,
          guint                       n,
          int                         which)
{
  gint64 last = repository->totals.last[last_results[which]];

  if (last != DD_TIME_NONE)
    dd_exposition_add (writer->exposition, labels, n, in_seconds (last));
}

/* Absent where there is no data. */
static void
add_windows (Writer          *writer,
             const DdMetrics *windows,
             DdLabel         *labels,
             guint            n,
             DdMetric         metric)
{
  for (guint i = 0; i < DD_STANDING_WINDOWS; i++)
    {
      double value = dd_metrics_value (&windows[i], metric, DD_AGGREGATE_MEDIAN);
      g_autofree char *window = NULL;

      if (isnan (value))
        continue;
      window = g_strdup_printf ("%dd", dd_standing_days[i]);
      labels[n] = (DdLabel) { "window", window };
      dd_exposition_add (writer->exposition, labels, n + 1, value);
    }
}

static void
add_repository_windows (Writer                     *writer,
                        const DdRepositoryStanding *repository,
                        DdLabel                    *labels,
                        guint                       n,
                        int                         which)
{
  add_windows (writer, repository->windows, labels, n, which);
}

static void
write_windows (Writer  *writer,
               DdMetric metric)
{
  dd_exposition_begin (writer->exposition, &windowed[metric]);
  for (guint i = 0; i < writer->standings->len; i++)
    {
      const DdStanding *standing = g_ptr_array_index (writer->standings, i);
      DdLabel labels[MOST_LABELS] = { { "workspace", standing->workspace } };

      if (standing->whole)
        add_windows (writer, standing->windows, labels, 1, metric);
    }
  each_repository (writer, add_repository_windows, (int) metric);
}

static void
add_lead_times (Writer                     *writer,
                const DdRepositoryStanding *repository,
                DdLabel                    *labels,
                guint                       n,
                int                         which)
{
  double bounds[DD_LEAD_BOUNDS];

  for (guint i = 0; i < DD_LEAD_BOUNDS; i++)
    bounds[i] = in_seconds (dd_lead_bounds[i]);
  dd_exposition_add_histogram (writer->exposition, labels, n, bounds, repository->totals.leads, DD_LEAD_BOUNDS,
                               repository->totals.lead_seconds);
}

static void
write_workspaces (Writer *writer)
{
  dd_exposition_begin (writer->exposition, &open_incidents);
  for (guint i = 0; i < writer->standings->len; i++)
    {
      const DdStanding *standing = g_ptr_array_index (writer->standings, i);

      if (standing->whole)
        dd_exposition_add (writer->exposition, (DdLabel[]) { { "workspace", standing->workspace } }, 1, standing->open_incidents);
    }
  dd_exposition_begin (writer->exposition, &sync_age);
  for (guint i = 0; i < writer->standings->len; i++)
    {
      const DdStanding *standing = g_ptr_array_index (writer->standings, i);

      for (guint j = 0; j < standing->ages->len; j++)
        {
          const DdSourceAge *age = g_ptr_array_index (standing->ages, j);

          dd_exposition_add (writer->exposition, (DdLabel[]) { { "workspace", standing->workspace }, { "source", age->source } }, 2,
                             in_seconds (age->age));
        }
    }
  dd_exposition_begin (writer->exposition, &errors);
  for (guint i = 0; i < writer->standings->len; i++)
    {
      const DdStanding *standing = g_ptr_array_index (writer->standings, i);

      for (guint j = 0; j < standing->errors->len; j++)
        {
          const DdErrorTotal *total = g_ptr_array_index (standing->errors, j);

          dd_exposition_add (writer->exposition,
                             (DdLabel[]) { { "workspace", standing->workspace }, { "subsystem", total->subsystem } }, 2,
                             (double) total->n);
        }
    }
}

char *
dd_standings_to_exposition (const GPtrArray   *standings,
                            DdExpositionFormat format)
{
  Writer writer = { dd_exposition_new (format), standings };

  dd_exposition_begin (writer.exposition, &deployments);
  each_repository (&writer, add_deployments, 0);
  for (guint i = 0; i < G_N_ELEMENTS (last_finished); i++)
    {
      dd_exposition_begin (writer.exposition, &last_finished[i]);
      each_repository (&writer, add_last, (int) i);
    }
  for (DdMetric metric = 0; metric < DD_N_METRICS; metric++)
    write_windows (&writer, metric);
  dd_exposition_begin (writer.exposition, &lead_times);
  each_repository (&writer, add_lead_times, 0);
  write_workspaces (&writer);
  return dd_exposition_finish (writer.exposition);
}
