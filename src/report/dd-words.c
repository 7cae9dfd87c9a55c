/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

char *
dd_words_value (DdMetric metric,
                double   value)
{
  if (isnan (value))
    return g_strdup (_("No data"));
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return value >= 1 || value == 0 ? g_strdup_printf (_("%.1f a day"), value) : g_strdup_printf (_("%.1f a week"), value * 7);
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
  int percent = (int) lround (fabs (change) * 100);

  switch (dd_metrics_trend (metric, change))
    {
    case DD_TREND_BETTER:
      return g_strdup_printf (_("%d %% better"), percent);
    case DD_TREND_WORSE:
      return g_strdup_printf (_("%d %% worse"), percent);
    case DD_TREND_STEADY:
      return g_strdup (_("steady"));
    case DD_TREND_NONE:
    default:
      return g_strdup ("");
    }
}

static char *
count_words (DdMetric         metric,
             const DdMetrics *metrics)
{
  guint n = dd_metrics_events (metrics, metric);

  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return g_strdup_printf (ngettext ("%u deployment on %u days", "%u deployments on %u days", n), n,
                              metrics->deployment_frequency.deployment_days);
    case DD_METRIC_LEAD_TIME:
      if (metrics->lead_time.by_merge > 0)
        return g_strdup_printf (ngettext ("%u change, %u of them as merged", "%u changes, %u of them as merged", n), n,
                                metrics->lead_time.by_merge);
      return g_strdup_printf (ngettext ("%u change", "%u changes", n), n);
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return g_strdup_printf (ngettext ("%u of %u deployment", "%u of %u deployments", n), metrics->change_failure_rate.failed, n);
    case DD_METRIC_REWORK_RATE:
      return g_strdup_printf (ngettext ("%u of %u deployment", "%u of %u deployments", n), metrics->rework_rate.unplanned, n);
    case DD_METRIC_RECOVERY_TIME:
    case DD_N_METRICS:
    default:
      if (metrics->recovery_time.open > 0)
        return g_strdup_printf (ngettext ("%u event, %u incidents open", "%u events, %u incidents open", n), n,
                                metrics->recovery_time.open);
      return g_strdup_printf (ngettext ("%u event", "%u events", n), n);
    }
}

char *
dd_words_count (DdMetric         metric,
                const DdMetrics *metrics)
{
  g_autofree char *words = count_words (metric, metrics);
  guint n = dd_metrics_events (metrics, metric);

  return n > 0 && n < DD_SMALL_SAMPLE ? g_strdup_printf (_("%s, small sample"), words) : g_steal_pointer (&words);
}

char *
dd_words_overall (const DdMetrics *metrics)
{
  if (metrics->rated == 0)
    return g_strdup (_("Nothing could be rated"));
  return g_strdup_printf (_("%s (%u of 4 metrics rated, mean %.2f of 4)"), dd_tier_title (metrics->overall), metrics->rated,
                          metrics->mean_tier);
}

char *
dd_words_profile (const DdSummary *summary)
{
  if (summary->profile.year > 0)
    return g_strdup_printf (_("Profile %s, published %d"), _(summary->profile.title), summary->profile.year);
  return g_strdup_printf (_("Profile %s, %s"), _(summary->profile.title), _(summary->profile.source));
}

char *
dd_words_left_out (const DdRuleCount *count)
{
  const char *rule = dd_rule_describe (count->rule);

  if (g_strcmp0 (count->kind, "deployment") == 0)
    return g_strdup_printf (ngettext ("%u deployment: %s", "%u deployments: %s", count->n), count->n, rule);
  if (g_strcmp0 (count->kind, "change") == 0)
    return g_strdup_printf (ngettext ("%u change: %s", "%u changes: %s", count->n), count->n, rule);
  return g_strdup_printf (ngettext ("%u incident or issue: %s", "%u incidents or issues: %s", count->n), count->n, rule);
}

char *
dd_words_time (gint64     time,
               GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / DD_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* Translators: a moment of this year. */
  return g_date_time_format (local, _("%a %-d %b %Y, %H:%M"));
}

char *
dd_words_period (const DdSummary *summary)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (summary->timezone);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return dd_period_label (&summary->period, zone != NULL ? zone : utc);
}

char *
dd_words_source (const DdSourceState *state,
                 GTimeZone           *zone)
{
  g_autofree char *time = state->last_sync != DD_TIME_NONE ? dd_words_time (state->last_sync, zone) : NULL;

  if (state->message != NULL)
    return g_strdup_printf ("%s: %s", state->type, state->message);
  if (time == NULL)
    return g_strdup_printf (_("%s: not synced yet"), state->type);
  return g_strdup_printf (ngettext ("%s: %u record, synced %s", "%s: %u records, synced %s", state->records), state->type,
                          state->records, time);
}

/* Marks and overrides of direction would turn the rest of a line around. */
static gboolean
tears (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xfeff;
}

char *
dd_words_clean (const char *text,
                guint       longest)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *clean = g_string_new (NULL);
  guint n = 0;

  for (const char *cursor = valid; *cursor != '\0'; cursor = g_utf8_next_char (cursor), n++)
    {
      gunichar c = g_utf8_get_char (cursor);

      if (longest > 0 && n + 1 >= longest && *g_utf8_next_char (cursor) != '\0')
        {
          g_string_append (clean, "…");
          break;
        }
      g_string_append_unichar (clean, tears (c) ? ' ' : c);
    }
  return g_strstrip (g_string_free (clean, FALSE));
}
