/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-settings.h"

G_BEGIN_DECLS

typedef enum
{
  DD_TIER_NONE = 0,
  DD_TIER_LOW = 1,
  DD_TIER_MEDIUM = 2,
  DD_TIER_HIGH = 3,
  DD_TIER_ELITE = 4,
} DdTier;

typedef enum
{
  DD_METRIC_DEPLOYMENT_FREQUENCY,
  DD_METRIC_LEAD_TIME,
  DD_METRIC_CHANGE_FAILURE_RATE,
  DD_METRIC_RECOVERY_TIME,
  DD_METRIC_REWORK_RATE, /* has no tier */
  DD_N_METRICS,
} DdMetric;

/* "deployment_frequency", …: the names of the JSON report. */
const char *dd_metric_name (DdMetric metric);
const char *dd_metric_title (DdMetric metric); /* for people, translated */
/* Accepts "lead_time" and "lead-time"; a mistyped one gives DD_ERROR_INVALID with a suggestion. */
gboolean    dd_metric_parse (const char *text, DdMetric *metric, GError **error);

const char *dd_tier_name (DdTier tier);  /* "elite", …; NULL for DD_TIER_NONE */
const char *dd_tier_title (DdTier tier); /* for people, translated; "–" for none */

/* One threshold: a value reaches the tier where it is on the right side of @bound; exact equality counts where @inclusive. A NAN
 * bound: the profile has no such tier. */
typedef struct
{
  double   bound;
  gboolean inclusive;
} DdThreshold;

/* A published table of tiers, as data (metrics.md, "Tiers"). Frequency in deployments a day (higher is better), durations in
 * seconds and rates as ratios (lower is better). */
typedef struct
{
  const char *name;   /* "classic" */
  const char *title;  /* "Classic" */
  const char *source; /* which report */
  int         year;   /* 0 where it is no single report's */
  DdRecovery  recovery; /* its own definition of recovery */
  DdThreshold thresholds[4][3]; /* by DdMetric; Elite, High, Medium */
} DdProfile;

/* All published profiles, ended by one whose name is NULL. */
const DdProfile *dd_profiles_list (void);

/* The profile in force, the workspace's own thresholds for "custom". */
void   dd_profile_resolve (const DdMetricSettings *settings, DdProfile *profile);

/* DD_TIER_NONE for NAN and for the rework rate. */
DdTier dd_profile_rate (const DdProfile *profile, DdMetric metric, double value);

/* "> 1 a day", "≤ 10 %", "< 1 week"; "less" or "> 15 %" for Low; for people, translated. */
char  *dd_profile_describe (const DdProfile *profile, DdMetric metric, DdTier tier) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
