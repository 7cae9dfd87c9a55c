/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-data-health.h"

#include <glib/gi18n-lib.h>

#include "dd-clean.h"
#include "dd-join.h"

/* So many names are told of one rule, the others are a number. */
#define NAMES 3
#define LONGEST_NAME 60

typedef struct
{
  const char *kind;
  const char *fetched;
  const char *step; /* with the word for what is left after a rule */
  const char *counted;
} KindText;

static const KindText kinds[] = {
  /* Translators: %s is one of the phrases like "to production". */
  { "deployment", N_("deployments: fetched"), N_("deployments: %s"), N_("deployments: counted") },
  { "change", N_("changes: fetched"), N_("changes: %s"), N_("changes: counted") },
  { "incident", N_("incidents: fetched"), N_("incidents: %s"), N_("incidents: counted") },
};

typedef struct
{
  DdRule      rule;
  const char *left; /* what is left after it */
} RuleText;

/* All rules that leave anything out, in the order in which they are applied. */
static const RuleText rule_texts[] = {
  { DD_RULE_REPOSITORY_EXCLUDED, N_("of repositories that are not excluded") },
  { DD_RULE_OTHER_SOURCE, N_("of the kind that supplies their repository") },
  { DD_RULE_NOT_PRODUCTION, N_("to production") },
  { DD_RULE_RUNNING, N_("finished") },
  { DD_RULE_CANCELLED, N_("not cancelled") },
  { DD_RULE_BOT, N_("not by bots") },
  { DD_RULE_BEFORE_FIRST_DEPLOYMENT, N_("since the first deployment") },
  { DD_RULE_WAITING, N_("deployed") },
  { DD_RULE_NEGATIVE, N_("with their times in order") },
  { DD_RULE_ISSUE_CANCELLED, N_("not cancelled, declined or duplicate") },
  { DD_RULE_TEST_INCIDENT, N_("no tests") },
  { DD_RULE_NO_INCIDENT_LABEL, N_("with an incident label") },
  { DD_RULE_DOCUMENT, N_("no documents about others") },
  { DD_RULE_SAME_INCIDENT, N_("told of once") },
  { DD_RULE_SEVERITY, N_("of a severity that counts") },
  { DD_RULE_OPEN, N_("resolved") },
  { DD_RULE_NOT_ATTRIBUTED, N_("attributed to a deployment") },
  { DD_RULE_FAILED, N_("successful") },
};

void
dd_health_step_free (DdHealthStep *step)
{
  if (step == NULL)
    return;
  g_free (step->step);
  g_free (step->describe);
  g_free (step->detail);
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
      list = dd_join_items ((const char * const *) settings->environments);
      break;
    case DD_RULE_SEVERITY:
      list = dd_join_items ((const char * const *) settings->severities);
      break;
    case DD_RULE_BEFORE_FIRST_DEPLOYMENT:
      list =
          g_strdup_printf (ngettext ("more than %g day", "more than %g days", (gulong) settings->first_deployment_days),
                           settings->first_deployment_days);
      break;
    case DD_RULE_BOT:
      list = dd_join_items ((const char * const *) settings->bot_patterns);
      break;
    default:
      break;
    }
  return list != NULL && *list != '\0' ? g_strdup_printf ("%s (%s)", dd_rule_describe (rule), list)
                                       : g_strdup (dd_rule_describe (rule));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const DdRuleName *one = *(DdRuleName *const *) a, *other = *(DdRuleName *const *) b;

  return one->n != other->n ? (one->n < other->n ? 1 : -1) : g_strcmp0 (one->name, other->name);
}

/* Each name once, with what all of its rows have. */
static GPtrArray *
names_of (const GPtrArray *names,
          const KindText  *text,
          DdRule           rule)
{
  GPtrArray *sums = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < names->len; i++)
    {
      const DdRuleName *name = g_ptr_array_index (names, i);
      DdRuleName *sum;

      if (name->rule != rule || g_strcmp0 (name->kind, text->kind) != 0 || name->name == NULL || *name->name == '\0')
        continue;
      sum = g_hash_table_lookup (by_name, name->name);
      if (sum != NULL)
        {
          sum->n += name->n;
          continue;
        }
      sum = g_memdup2 (name, sizeof *name);
      g_hash_table_insert (by_name, sum->name, sum);
      g_ptr_array_add (sums, sum);
    }
  g_ptr_array_sort (sums, compare_names);
  return sums;
}

static char *
detail_of (const GPtrArray *names,
           const KindText  *text,
           DdRule           rule)
{
  g_autoptr (GPtrArray) sums = names_of (names, text, rule);
  g_autoptr (GString) detail = g_string_new (NULL);
  guint others = 0;

  for (guint i = 0; i < sums->len; i++)
    {
      const DdRuleName *sum = g_ptr_array_index (sums, i);
      g_autofree char *clean = dd_clean (sum->name, LONGEST_NAME);
      /* Translators: how many, and of what: "121 staging". */
      g_autofree char *named = g_strdup_printf (_("%u %s"), sum->n, clean);

      if (i < NAMES)
        dd_join_item (detail, named);
      else
        others += sum->n;
    }
  if (others > 0)
    {
      /* Translators: ends a list of names with the number of what is of other names. */
      g_autofree char *rest = g_strdup_printf (ngettext ("%u other", "%u others", others), others);

      dd_join_item (detail, rest);
    }
  return detail->len > 0 ? g_string_free (g_steal_pointer (&detail), FALSE) : NULL;
}

static DdHealthStep *
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
  return step;
}

static guint
count_of (const GPtrArray *counts,
          const KindText  *text,
          DdRule           rule)
{
  guint n = 0;

  for (guint i = 0; i < counts->len; i++)
    {
      const DdRuleCount *count = g_ptr_array_index (counts, i);

      if (count->rule == rule && g_strcmp0 (count->kind, text->kind) == 0)
        n += count->n;
    }
  return n;
}

static void
add_kind (GPtrArray              *steps,
          const KindText         *text,
          const GPtrArray        *counts,
          const GPtrArray        *names,
          const DdMetricSettings *settings)
{
  guint left = count_of (counts, text, DD_RULE_COUNTED) + count_of (counts, text, DD_RULE_COUNTED_BY_MERGE);

  for (gsize i = 0; i < G_N_ELEMENTS (rule_texts); i++)
    left += count_of (counts, text, rule_texts[i].rule);
  add_step (steps, _(text->fetched), left, 0, NULL, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rule_texts); i++)
    {
      DdRule rule = rule_texts[i].rule;
      guint left_out = count_of (counts, text, rule);
      g_autofree char *name = NULL;

      if (left_out == 0)
        continue;
      left -= left_out;
      name = g_strdup_printf (_(text->step), _(rule_texts[i].left));
      add_step (steps, name, left, left_out, dd_rule_name (rule), describe_rule (rule, settings),
                dd_rule_setting (rule))
          ->detail = detail_of (names, text, rule);
    }
  add_step (steps, _(text->counted), left, 0, NULL, NULL, NULL);
}

GPtrArray *
dd_data_health (const GPtrArray        *counts,
                const GPtrArray        *names,
                const DdMetricSettings *settings)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_health_step_free);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_kind (steps, &kinds[i], counts, names, settings);
  return steps;
}
