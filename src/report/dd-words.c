/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-clean.h"
#include "dd-count-words.h"
#include "dd-join.h"

#define LONGEST_NAME 60
#define LONGEST_MESSAGE 300

char *
dd_words_value (DdMetric metric,
                double   value)
{
  if (isnan (value))
    return g_strdup (_("No data"));
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      if (value == 0)
        return g_strdup (_("none"));
      if (value >= 1)
        return g_strdup_printf (_("%.1f a day"), value);
      return value * 7 >= 1 ? g_strdup_printf (_("%.1f a week"), value * 7)
                            : g_strdup_printf (_("%.1f a month"), value * 30);
    case DD_METRIC_CHANGE_FAILURE_RATE:
    case DD_METRIC_REWORK_RATE:
      return g_strdup_printf (_("%.1f %%"), value * 100);
    case DD_METRIC_LEAD_TIME:
    case DD_METRIC_RECOVERY_TIME:
    case DD_N_METRICS:
    default:
      return dd_duration_format (value);
    }
}

char *
dd_words_change (DdMetric metric,
                 double   change)
{
  double percent = fabs (change) * 100;

  switch (dd_metrics_trend (metric, change))
    {
    case DD_TREND_BETTER:
      return g_strdup_printf (_("%.0f %% better"), percent);
    case DD_TREND_WORSE:
      return g_strdup_printf (_("%.0f %% worse"), percent);
    case DD_TREND_STEADY:
      return g_strdup (_("steady"));
    case DD_TREND_NONE:
    default:
      return g_strdup ("");
    }
}

gboolean
dd_words_is_small (DdMetric         metric,
                   const DdMetrics *metrics)
{
  guint n = dd_metrics_events (metrics, metric);

  return n > 0 && n < DD_SMALL_SAMPLE;
}

/* Why there is no figure; NULL where there is one. */
static char *
reason_words (DdMetric         metric,
              const DdMetrics *metrics)
{
  guint n = dd_metrics_events (metrics, metric);

  if (n > 0)
    return NULL;
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return g_strdup (metrics->deployment_frequency.ok ? _("none succeeded") : _("none known"));
    case DD_METRIC_LEAD_TIME:
      n = metrics->lead_time.waiting;
      return n > 0 ? g_strdup_printf (ngettext ("%u change waiting", "%u changes waiting", n), n)
                   : g_strdup (_("no changes"));
    case DD_METRIC_CHANGE_FAILURE_RATE:
    case DD_METRIC_REWORK_RATE:
      return g_strdup (_("no deployments"));
    case DD_METRIC_RECOVERY_TIME:
    case DD_N_METRICS:
    default:
      n = metrics->recovery_time.open;
      return n > 0 ? g_strdup_printf (ngettext ("%u open, none ended", "%u open, none ended", n), n) : g_strdup (_("none ended"));
    }
}

/* "6 events, 1 open" */
static char *
with_count (const char *words,
            DdCounted   what,
            guint       n)
{
  g_autofree char *counted = dd_words_counted (what, n);

  return dd_join_items ((const char *[]) { words, counted, NULL });
}

char *
dd_words_count (DdMetric         metric,
                const DdMetrics *metrics)
{
  char *reason = reason_words (metric, metrics);
  guint n = dd_metrics_events (metrics, metric), days = metrics->deployment_frequency.deployment_days;
  g_autofree char *words = NULL;

  if (reason != NULL)
    return reason;
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      words = g_strdup_printf (ngettext ("%u deployment", "%u deployments", n), n);
      /* Translators: %s is "36 deployments". */
      return g_strdup_printf (ngettext ("%s on %u day", "%s on %u days", days), words, days);
    case DD_METRIC_LEAD_TIME:
      if (metrics->lead_time.by_merge == n)
        return g_strdup_printf (ngettext ("%u change, as merged", "%u changes, as merged", n), n);
      words = dd_words_records ("change", n);
      return metrics->lead_time.by_merge > 0 ? with_count (words, DD_COUNTED_AS_MERGED, metrics->lead_time.by_merge)
                                             : g_steal_pointer (&words);
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return g_strdup_printf (ngettext ("%u of %u deployment", "%u of %u deployments", n),
                              metrics->change_failure_rate.failed, n);
    case DD_METRIC_REWORK_RATE:
      return g_strdup_printf (ngettext ("%u of %u deployment", "%u of %u deployments", n),
                              metrics->rework_rate.unplanned, n);
    case DD_METRIC_RECOVERY_TIME:
    case DD_N_METRICS:
    default:
      words = g_strdup_printf (ngettext ("%u event", "%u events", n), n);
      return metrics->recovery_time.open > 0 ? with_count (words, DD_COUNTED_OPEN, metrics->recovery_time.open)
                                             : g_steal_pointer (&words);
    }
}

char *
dd_words_count_short (DdMetric         metric,
                      const DdMetrics *metrics)
{
  guint n = dd_metrics_events (metrics, metric), days = metrics->deployment_frequency.deployment_days;

  if (n > 0)
    switch (metric)
      {
      case DD_METRIC_DEPLOYMENT_FREQUENCY:
        return g_strdup_printf (ngettext ("%u on %u day", "%u on %u days", days), n, days);
      case DD_METRIC_CHANGE_FAILURE_RATE:
        return g_strdup_printf (_("%u of %u"), metrics->change_failure_rate.failed, n);
      case DD_METRIC_REWORK_RATE:
        return g_strdup_printf (_("%u of %u"), metrics->rework_rate.unplanned, n);
      case DD_METRIC_LEAD_TIME:
      case DD_METRIC_RECOVERY_TIME:
      case DD_N_METRICS:
      default:
        break;
      }
  return dd_words_count (metric, metrics);
}

char *
dd_words_basis (DdMetric         metric,
                const DdMetrics *metrics)
{
  g_autofree char *count = dd_words_count (metric, metrics);

  if (!dd_words_is_small (metric, metrics))
    return g_steal_pointer (&count);
  return g_strdup_printf (_("%s, small sample"), count);
}

char *
dd_words_failures (const DdFailureRate *rate)
{
  const DdCount counts[] = { { DD_COUNTED_FAILED, rate->failed_by_result }, { DD_COUNTED_WITH_INCIDENT, rate->failed_by_incident } };

  return dd_words_counts (counts, G_N_ELEMENTS (counts));
}

char *
dd_words_overall (const DdMetrics *metrics)
{
  static const char * const performance[] = {
    [DD_TIER_NONE] = N_("Nothing could be rated"),
    [DD_TIER_LOW] = N_("Low performance"),
    [DD_TIER_MEDIUM] = N_("Medium performance"),
    [DD_TIER_HIGH] = N_("High performance"),
    [DD_TIER_ELITE] = N_("Elite performance"),
  };

  /* Less than all four metrics are no verdict on the performance. */
  if (metrics->overall != DD_TIER_NONE && metrics->rated < 4)
    return g_strdup (dd_tier_title (metrics->overall));
  return g_strdup (_(performance[metrics->overall]));
}

char *
dd_words_rated (const DdMetrics *metrics)
{
  if (metrics->rated < 4 || isnan (metrics->mean_tier))
    return g_strdup_printf (ngettext ("%u of 4 metrics rated", "%u of 4 metrics rated", metrics->rated), metrics->rated);
  return g_strdup_printf (_("all 4 rated metrics, mean %.3g of 4"), metrics->mean_tier);
}

const char *
dd_words_stage (int stage)
{
  static const char * const names[DD_N_STAGES] = { N_("Coding"), N_("Pickup"), N_("Review"), N_("Deploy") };

  return _(names[stage]);
}

double
dd_words_stage_seconds (const DdLeadTime *lead,
                        int               stage)
{
  const double seconds[DD_N_STAGES] = { lead->coding, lead->pickup, lead->review, lead->deploy };

  return seconds[stage];
}

char *
dd_words_title (const DdSummary *summary)
{
  g_autofree char *workspace = dd_clean (summary->workspace, LONGEST_NAME);
  g_autofree char *scope = dd_clean (summary->scope, LONGEST_NAME);
  g_autofree char *period = dd_words_period (summary);

  return *scope != '\0' ? g_strdup_printf ("%s · %s · %s", workspace, scope, period)
                        : g_strdup_printf ("%s · %s", workspace, period);
}

GTimeZone *
dd_words_zone (const DdSummary *summary)
{
  GTimeZone *zone = g_time_zone_new_identifier (summary->timezone);

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

char *
dd_words_period (const DdSummary *summary)
{
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);
  g_autofree char *label = dd_period_label (&summary->period, zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (summary->period.start / DD_SECOND);
  g_autoptr (GDateTime) start = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (summary->period.kind != DD_PERIOD_WEEKLY || start == NULL)
    return g_steal_pointer (&label);
  /* Translators: the number of a week, and its first and last day. */
  return g_strdup_printf (_("week %d, %s"), g_date_time_get_week_of_year (start), label);
}

const char *
dd_words_period_before (const DdSummary *summary)
{
  switch (summary->period.kind)
    {
    case DD_PERIOD_WEEKLY:
      return _("the week before");
    case DD_PERIOD_MONTHLY:
      return _("the month before");
    case DD_PERIOD_QUARTERLY:
      return _("the quarter before");
    case DD_PERIOD_LAST_DAYS:
    case DD_PERIOD_CUSTOM:
    default:
      return _("the days before");
    }
}

char *
dd_words_periods (const DdSummary *summary,
                  guint            n)
{
  switch (summary->period.kind)
    {
    case DD_PERIOD_WEEKLY:
      return g_strdup_printf (ngettext ("%u week", "%u weeks", n), n);
    case DD_PERIOD_MONTHLY:
      return g_strdup_printf (ngettext ("%u month", "%u months", n), n);
    case DD_PERIOD_QUARTERLY:
      return g_strdup_printf (ngettext ("%u quarter", "%u quarters", n), n);
    case DD_PERIOD_LAST_DAYS:
    case DD_PERIOD_CUSTOM:
    default:
      return g_strdup_printf (ngettext ("%u period", "%u periods", n), n);
    }
}

char *
dd_words_profile (const DdSummary *summary)
{
  if (summary->profile.year > 0)
    return g_strdup_printf (_("Profile %s · published %d"), _(summary->profile.title), summary->profile.year);
  return g_strdup_printf (_("Profile %s · %s"), _(summary->profile.title), _(summary->profile.source));
}

char *
dd_words_settings (const DdSummary *summary)
{
  const char *aggregate = summary->aggregate == DD_AGGREGATE_MEAN ? _("Rated by the mean")
                          : summary->aggregate == DD_AGGREGATE_P90 ? _("Rated by the 90th percentile")
                                                                   : _("Rated by the median");
  const char *recovery = summary->recovery == DD_RECOVERY_FAILED_DEPLOYMENT ? _("recovery of failed deployments")
                                                                            : _("recovery of incidents");
  g_autofree char *timezone = dd_clean (summary->timezone, LONGEST_NAME);

  return g_strdup_printf ("%s · %s · %s", aggregate, recovery, timezone);
}

char *
dd_words_records (const char *kind,
                  guint       n)
{
  if (g_strcmp0 (kind, "deployment") == 0)
    return g_strdup_printf (ngettext ("%u deployment", "%u deployments", n), n);
  if (g_strcmp0 (kind, "change") == 0)
    return g_strdup_printf (ngettext ("%u change", "%u changes", n), n);
  /* What an issue tracker tells is an incident only where a label says so. */
  return g_strdup_printf (ngettext ("%u incident or issue", "%u incidents or issues", n), n);
}

char *
dd_words_left_out (const DdRuleCount *count)
{
  g_autofree char *records = dd_words_records (count->kind, count->n);

  return g_strdup_printf ("%s: %s", records, dd_rule_describe (count->rule));
}

char *
dd_words_short_duration (double seconds)
{
  if (seconds >= 0 && seconds < 0.9995)
    return g_strdup_printf (_("%.0f ms"), seconds * 1000);
  if (seconds >= 0 && seconds < 9.95)
    return g_strdup_printf (_("%.1f s"), seconds);
  return dd_duration_format (seconds);
}

char *
dd_words_time (gint64     time,
               GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = time != DD_TIME_NONE ? g_date_time_new_from_unix_utc (time / DD_SECOND) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  /* Translators: a moment. */
  return local != NULL ? g_date_time_format (local, _("%a %-d %b %Y, %H:%M")) : g_strdup ("–");
}

char *
dd_words_source (const DdSourceState *state,
                 GTimeZone           *zone)
{
  g_autofree char *time = state->last_sync != DD_TIME_NONE ? dd_words_time (state->last_sync, zone) : NULL;
  g_autofree char *message = state->message != NULL ? dd_clean (state->message, LONGEST_MESSAGE) : NULL;

  if (message != NULL && time != NULL)
    return g_strdup_printf (_("%s Its data is as of %s."), message, time);
  if (message != NULL)
    return g_steal_pointer (&message);
  if (time == NULL)
    return g_strdup (_("not synced yet"));
  return g_strdup_printf (ngettext ("%u record, synced %s", "%u records, synced %s", state->records), state->records,
                          time);
}

const char *
dd_words_source_name (const DdSourceState *state)
{
  static const struct
  {
    const char *type;
    const char *name;
  } names[] = {
    { "github", "GitHub" },          { "linear", "Linear" },         { "slab", "Slab" }, { "woodpecker", "Woodpecker" },
    { "incidentio", "incident.io" }, { "files", N_("Files") }, { "events", N_("Event logs") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (state->type, names[i].type) == 0)
      return _(names[i].name);
  return state->type != NULL ? state->type : "–";
}

char *
dd_words_remark (const DdRemark *remark)
{
  if (remark->evidence == NULL)
    return remark->command == NULL ? g_strdup (remark->text)
                                   : g_strdup_printf ("%s (%s)", remark->text, remark->command);
  if (remark->command == NULL)
    return g_strdup_printf ("%s: %s", remark->text, remark->evidence);
  return g_strdup_printf ("%s: %s (%s)", remark->text, remark->evidence, remark->command);
}

gboolean
dd_words_from_right (void)
{
  /* Translators: “rtl” where your language runs from right to left, otherwise “ltr”. */
  return strcmp (C_("direction of the language", "ltr"), "rtl") == 0;
}
