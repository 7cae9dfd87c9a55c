/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a record counts, or the rule that leaves it out; each is a sentence of metrics.md. The numbers are stored: never renumber. */
typedef enum
{
  DD_RULE_COUNTED = 0,            /* counts by the metric's main rule */
  DD_RULE_COUNTED_BY_MERGE = 1,   /* a change of a repository without deployments: merged stands for deployed */
  DD_RULE_WAITING = 10,           /* merged, not yet deployed */
  DD_RULE_BEFORE_FIRST_DEPLOYMENT = 11, /* merged more than 30 days (a setting) before the first known deployment */
  DD_RULE_NEGATIVE = 12,          /* ends before it starts: a wrong clock */
  DD_RULE_OPEN = 13,              /* an incident that is not resolved */
  DD_RULE_NOT_PRODUCTION = 20,    /* its environment matches no production pattern */
  DD_RULE_OTHER_SOURCE = 21,      /* another kind of record supplies this repository's deployments */
  DD_RULE_RUNNING = 22,           /* has not finished */
  DD_RULE_CANCELLED = 23,         /* was cancelled */
  DD_RULE_BOT = 24,               /* its author is a bot, and those are left out */
  DD_RULE_REPOSITORY_EXCLUDED = 25,
  DD_RULE_FAILED = 26,            /* a failed deployment: counts in the failure rate, and in nothing else */
  DD_RULE_NO_INCIDENT_LABEL = 30, /* an issue without one of the incident labels */
  DD_RULE_ISSUE_CANCELLED = 31,   /* cancelled, declined, merged or a duplicate */
  DD_RULE_TEST_INCIDENT = 32,     /* a test or a tutorial */
  DD_RULE_SEVERITY = 33,          /* its severity is not among those that count */
  DD_RULE_SAME_INCIDENT = 34,     /* another source tells of the same incident */
  DD_RULE_DOCUMENT = 35,          /* a postmortem that belongs to an incident, or lacks its times: kept as a document */
  DD_RULE_NOT_ATTRIBUTED = 36,    /* with failed deployment recovery time: no deployment caused it */
} DdRule;

/* How an incident came to its deployment. Stored: never renumber. */
typedef enum
{
  DD_LINK_NONE = 0,
  DD_LINK_NAMED = 1,      /* the incident names it */
  DD_LINK_REPOSITORY = 2, /* latest success of its repository within the window */
  DD_LINK_ANY = 3,        /* it has no repository: latest success in any */
  DD_LINK_BY_HAND = 4,
  DD_LINK_UNLINKED = 5,   /* unlinked by hand */
  DD_LINK_EXCLUDED = 6,   /* marked by hand as not caused by a change */
} DdLink;

/* TRUE for DD_RULE_COUNTED and DD_RULE_COUNTED_BY_MERGE. */
gboolean dd_rule_counts (DdRule rule);

/* A stable word for data ("not-production"), and a sentence for people (translated). Static strings. */
const char *dd_rule_name (DdRule rule);
const char *dd_rule_describe (DdRule rule);

/* The setting that would change what the rule leaves out, as a path of the workspace file ("metrics.environments"); NULL where none would. */
const char *dd_rule_setting (DdRule rule);

const char *dd_link_describe (DdLink link);

G_END_DECLS
