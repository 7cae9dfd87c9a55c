/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-no-data.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static guint
count_left_out (const DdSummary *summary,
                const char      *kind,
                DdRule           rule)
{
  guint n = 0;

  for (guint i = 0; i < summary->left_out->len; i++)
    {
      const DdRuleCount *count = g_ptr_array_index (summary->left_out, i);

      if (g_str_equal (count->kind, kind) && count->rule == rule)
        n += count->n;
    }
  return n;
}

static gboolean
has_incident_source (const DdSummary *summary)
{
  static const char * const types[] = { "linear", "slab", "incidentio", "files", "events", NULL };

  for (guint i = 0; i < summary->sources->len; i++)
    if (g_strv_contains (types, ((DdSourceState *) g_ptr_array_index (summary->sources, i))->type))
      return TRUE;
  return FALSE;
}

static void
explain_recovery (const DdSummary *summary,
                  DdNoData        *no_data)
{
  guint open = summary->metrics.recovery_time.open;

  *no_data = (DdNoData) { NULL, _("_Show Incidents"), "win.show", "incidents", "recovery_time" };
  if (open > 0)
    no_data->reason = g_strdup_printf (ngettext ("No incident ended in this period. %u is open and is in no average.",
                                                 "No incident ended in this period. %u are open and are in no average.", open), open);
  else if (has_incident_source (summary))
    no_data->reason = g_strdup (_("No incident ended in this period."));
  else
    *no_data = (DdNoData) { g_strdup (_("No source of incidents is connected.")), _("_Add Source…"), "win.connect", NULL, "incident_services" };
}

static void
explain_lead_time (const DdSummary *summary,
                   DdNoData        *no_data)
{
  guint waiting = summary->metrics.lead_time.waiting;

  *no_data = (DdNoData) { NULL, _("_Data Health"), "win.show", "health", waiting > 0 ? "lead_time" : "empty" };
  if (waiting > 0)
    no_data->reason = g_strdup_printf (ngettext ("No change was deployed in this period. %u waits for a deployment.",
                                                 "No change was deployed in this period. %u wait for a deployment.", waiting), waiting);
  else
    no_data->reason = g_strdup (_("No change was deployed in this period."));
}

static void
explain_deployments (const DdSummary *summary,
                     DdNoData        *no_data)
{
  guint elsewhere = count_left_out (summary, "deployment", DD_RULE_NOT_PRODUCTION);

  *no_data = (DdNoData) { NULL, _("_Data Health"), "win.show", "health", "empty" };
  if (elsewhere == 0)
    {
      no_data->reason = g_strdup (_("No production deployment finished in this period."));
      return;
    }
  no_data->reason = g_strdup_printf (ngettext ("No production deployment finished in this period. %u was to an environment that does not count as production.",
                                               "No production deployment finished in this period. %u were to environments that do not count as production.",
                                               elsewhere), elsewhere);
  no_data->button = _("_Environments…");
  no_data->action = "win.preferences";
  no_data->target = NULL;
  no_data->help = "deployment_frequency";
}

gboolean
dd_no_data_explain (DdMetric         metric,
                    const DdSummary *summary,
                    DdNoData        *no_data)
{
  if (!isnan (dd_metrics_value (&summary->metrics, metric, summary->aggregate)))
    return FALSE;
  if (metric == DD_METRIC_RECOVERY_TIME)
    explain_recovery (summary, no_data);
  else if (metric == DD_METRIC_LEAD_TIME)
    explain_lead_time (summary, no_data);
  else
    explain_deployments (summary, no_data);
  return TRUE;
}
