/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-rule.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  DdRule      rule;
  const char *name;
  const char *sentence;
  const char *setting;
} RuleText;

static const RuleText rules[] = {
  { DD_RULE_COUNTED, "counted", N_("counts"), NULL },
  { DD_RULE_COUNTED_BY_MERGE, "counted-by-merge", N_("counts as merged: the repository has no production deployments"),
    "sources.deployments_from" },
  { DD_RULE_WAITING, "waiting", N_("merged, not yet deployed"), NULL },
  { DD_RULE_BEFORE_FIRST_DEPLOYMENT, "before-first-deployment", N_("merged long before the first known deployment"),
    "metrics.first_deployment_days" },
  { DD_RULE_NEGATIVE, "negative", N_("ends before it starts: a clock was wrong"), NULL },
  { DD_RULE_OPEN, "open", N_("not resolved yet"), NULL },
  { DD_RULE_NOT_PRODUCTION, "not-production", N_("its environment is not production"), "metrics.environments" },
  { DD_RULE_OTHER_SOURCE, "other-source", N_("another kind of record supplies this repository’s deployments"),
    "sources.deployments_from" },
  { DD_RULE_RUNNING, "running", N_("has not finished"), NULL },
  { DD_RULE_CANCELLED, "cancelled", N_("was cancelled"), NULL },
  { DD_RULE_BOT, "bot", N_("its author is a bot"), "metrics.exclude_bots" },
  { DD_RULE_REPOSITORY_EXCLUDED, "repository-excluded", N_("its repository is excluded"), "sources.exclude" },
  { DD_RULE_FAILED, "failed", N_("failed: it counts in the change failure rate only"), NULL },
  { DD_RULE_NO_INCIDENT_LABEL, "no-incident-label", N_("has none of the incident labels"), "sources.labels" },
  { DD_RULE_ISSUE_CANCELLED, "issue-cancelled", N_("was cancelled, declined or a duplicate"), NULL },
  { DD_RULE_TEST_INCIDENT, "test-incident", N_("is a test"), NULL },
  { DD_RULE_SEVERITY, "severity", N_("its severity does not count"), "metrics.severities" },
  { DD_RULE_SAME_INCIDENT, "same-incident", N_("another source tells of the same incident"), NULL },
  { DD_RULE_DOCUMENT, "document", N_("a document about an incident, not one of its own"), NULL },
  { DD_RULE_NOT_ATTRIBUTED, "not-attributed", N_("attributed to no deployment"), "metrics.recovery" },
};

static const RuleText *
find_rule (DdRule rule)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].rule == rule)
      return &rules[i];
  return &rules[0];
}

gboolean
dd_rule_counts (DdRule rule)
{
  return rule == DD_RULE_COUNTED || rule == DD_RULE_COUNTED_BY_MERGE;
}

const char *
dd_rule_name (DdRule rule)
{
  return find_rule (rule)->name;
}

const char *
dd_rule_describe (DdRule rule)
{
  return _(find_rule (rule)->sentence);
}

const char *
dd_rule_setting (DdRule rule)
{
  return find_rule (rule)->setting;
}

const char *
dd_link_describe (DdLink link)
{
  switch (link)
    {
    case DD_LINK_NAMED:
      return _("named by the incident");
    case DD_LINK_REPOSITORY:
      return _("latest deployment of its repository before it");
    case DD_LINK_ANY:
      return _("latest deployment of any repository before it");
    case DD_LINK_BY_HAND:
      return _("linked by hand");
    case DD_LINK_UNLINKED:
      return _("unlinked by hand");
    case DD_LINK_EXCLUDED:
      return _("not caused by a change");
    case DD_LINK_NONE:
    default:
      return _("no deployment before it");
    }
}
