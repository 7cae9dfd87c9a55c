/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-data-health.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *kind;
  const char *fetched;
  const char *counted;
} KindText;

static const KindText kinds[] = {
  { "deployment", N_("deployments fetched"), N_("deployments counted") },
  { "change", N_("changes fetched"), N_("changes counted") },
  { "incident", N_("incidents and issues fetched"), N_("incidents counted") },
};

void
dd_health_step_free (DdHealthStep *step)
{
  if (step == NULL)
    return;
  g_free (step->step);
  g_free (step->describe);
  g_free (step);
}

/* With what is set now: "its environment is not production (prod*, live*)". */
static char *
describe_rule (DdRule                  rule,
               const DdMetricSettings *settings)
{
  g_autofree char *list = NULL;

  switch ((int) rule)
    {
    case DD_RULE_NOT_PRODUCTION:
      list = g_strjoinv (", ", settings->environments);
      break;
    case DD_RULE_SEVERITY:
      list = g_strjoinv (", ", settings->severities);
      break;
    case DD_RULE_BEFORE_FIRST_DEPLOYMENT:
      list = g_strdup_printf (ngettext ("%g day", "%g days", (gulong) settings->first_deployment_days),
                              settings->first_deployment_days);
      break;
    default:
      break;
    }
  return list != NULL ? g_strdup_printf ("%s (%s)", dd_rule_describe (rule), list) : g_strdup (dd_rule_describe (rule));
}

static void
add_step (GPtrArray  *steps,
          const char *name,
          guint       records,
          guint       left_out,
          const char *rule,
          char       *describe,
          const char *setting)
{
  DdHealthStep *step = g_new0 (DdHealthStep, 1);

  step->step = g_strdup (name);
  step->records = records;
  step->left_out = left_out;
  step->rule = rule;
  step->describe = describe;
  step->setting = setting;
  g_ptr_array_add (steps, step);
}

static void
add_kind (GPtrArray              *steps,
          const KindText         *text,
          const GPtrArray        *counts,
          const DdMetricSettings *settings)
{
  guint left = 0;

  for (guint i = 0; i < counts->len; i++)
    {
      const DdRuleCount *count = g_ptr_array_index (counts, i);

      if (g_strcmp0 (count->kind, text->kind) == 0)
        left += count->n;
    }
  add_step (steps, _(text->fetched), left, 0, NULL, NULL, NULL);
  for (guint i = 0; i < counts->len; i++)
    {
      const DdRuleCount *count = g_ptr_array_index (counts, i);
      g_autofree char *name = NULL;

      if (g_strcmp0 (count->kind, text->kind) != 0 || dd_rule_counts (count->rule))
        continue;
      left -= count->n;
      name = g_strdup_printf ("%ss: %s", text->kind, dd_rule_name (count->rule));
      add_step (steps, name, left, count->n, dd_rule_name (count->rule), describe_rule (count->rule, settings),
                dd_rule_setting (count->rule));
    }
  add_step (steps, _(text->counted), left, 0, NULL, NULL, NULL);
}

GPtrArray *
dd_data_health (const GPtrArray        *counts,
                const DdMetricSettings *settings)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_health_step_free);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_kind (steps, &kinds[i], counts, settings);
  return steps;
}
