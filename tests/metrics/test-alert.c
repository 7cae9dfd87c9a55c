/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-alert.h"

#include <math.h>
#include <string.h>

#include "dd-time.h"

typedef struct
{
  const char     *name;
  DdAlertSettings settings;
  DdTier          before, now;
  int             days;     /* since the last sync; -1: never */
  double          rate;     /* NAN: no data */
  const char     *subjects; /* first words of what is told */
} Case;

static const Case cases[] = {
  { "off", { FALSE, 0, NAN, FALSE }, DD_TIER_ELITE, DD_TIER_LOW, 400, 1, "" },
  { "slack alone tells nothing", { FALSE, 0, NAN, TRUE }, DD_TIER_ELITE, DD_TIER_LOW, 400, 1, "" },
  { "fell", { TRUE, 0, NAN, FALSE }, DD_TIER_HIGH, DD_TIER_MEDIUM, 0, NAN, "tier" },
  { "rose", { TRUE, 0, NAN, FALSE }, DD_TIER_MEDIUM, DD_TIER_HIGH, 0, NAN, "" },
  { "is as it was", { TRUE, 0, NAN, FALSE }, DD_TIER_MEDIUM, DD_TIER_MEDIUM, 0, NAN, "" },
  { "is not rated any more", { TRUE, 0, NAN, FALSE }, DD_TIER_MEDIUM, DD_TIER_NONE, 0, NAN, "" },
  { "was not rated before", { TRUE, 0, NAN, FALSE }, DD_TIER_NONE, DD_TIER_LOW, 0, NAN, "" },
  { "silent", { FALSE, 3, NAN, FALSE }, DD_TIER_NONE, DD_TIER_NONE, 3, NAN, "no-sync" },
  { "not silent yet", { FALSE, 3, NAN, FALSE }, DD_TIER_NONE, DD_TIER_NONE, 2, NAN, "" },
  { "never synced", { FALSE, 3, NAN, FALSE }, DD_TIER_NONE, DD_TIER_NONE, -1, NAN, "" },
  { "over", { FALSE, 0, 0.15, FALSE }, DD_TIER_NONE, DD_TIER_NONE, 0, 0.16, "failure-rate" },
  { "just at it", { FALSE, 0, 0.15, FALSE }, DD_TIER_NONE, DD_TIER_NONE, 0, 0.15, "" },
  { "any", { FALSE, 0, 0, FALSE }, DD_TIER_NONE, DD_TIER_NONE, 0, 0.01, "failure-rate" },
  { "no data", { FALSE, 0, 0.15, FALSE }, DD_TIER_NONE, DD_TIER_NONE, 0, NAN, "" },
  { "all", { TRUE, 1, 0.5, TRUE }, DD_TIER_ELITE, DD_TIER_LOW, 9, 0.9, "no-sync tier failure-rate" },
};

static void
test_decide (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      DdSourceState state = { .type = (char *) "linear", .last_sync = c->days < 0 ? DD_TIME_NONE : 1000 * DD_DAY - c->days * DD_DAY };
      g_autoptr (GPtrArray) sources = g_ptr_array_new ();
      g_autoptr (GString) subjects = g_string_new (NULL);
      g_autoptr (GPtrArray) alerts = NULL;
      DdSummary summary = { .now = 1000 * DD_DAY, .sources = sources };

      g_test_message ("%s", c->name);
      g_ptr_array_add (sources, &state);
      summary.metrics.lead_time.tier = c->now;
      summary.before.lead_time.tier = c->before;
      summary.metrics.lead_time.ok = summary.before.lead_time.ok = TRUE;
      summary.metrics.change_failure_rate.ok = !isnan (c->rate);
      summary.metrics.change_failure_rate.rate = c->rate;
      alerts = dd_alerts_decide (&summary, &c->settings);
      for (guint k = 0; k < alerts->len; k++)
        {
          const DdAlert *alert = g_ptr_array_index (alerts, k);

          g_string_append_printf (subjects, "%s%.*s", k > 0 ? " " : "", (int) strcspn (alert->subject, " "), alert->subject);
          g_assert_true (alert->kind != DD_ALERT_NO_SYNC || (int) alert->days == c->days);
          g_assert_true (alert->kind != DD_ALERT_TIER_FELL || (alert->metric == DD_METRIC_LEAD_TIME && alert->now == c->now));
        }
      g_assert_cmpstr (subjects->str, ==, c->subjects);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/alert/decide", test_decide);
  return g_test_run ();
}
