/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A workspace's settings: cli.md's file as plain values. Read and written as JSON by engine/dd-settings-file. */

typedef struct
{
  char    *type; /* "github", "linear", "slab", "woodpecker", "incidentio", "files", "events" */
  char    *url;  /* never NULL: the vendor's own where the file gives none; "" for files and events */
  char    *organization;
  char   **repositories; /* never NULL, as all lists here; empty means all */
  char   **exclude;
  gboolean include_archived;
  gboolean include_forks;
  GHashTable *deployments_from; /* repository → "deployments", "woodpecker", "releases", "tags", "files", "none", "workflow:PATTERN" */
  char   **teams;  /* Linear's */
  char   **labels; /* Linear's incident labels */
  char   **topics; /* Slab's */
  char   **events; /* Woodpecker's; NULL is "auto" */
  gboolean count_errors;
  char   **started;  /* incident.io's names of timestamps */
  char   **resolved;
  char    *path; /* events */
  char    *state_path;
} DdSourceSettings;

typedef struct
{
  char  *name;
  char **repositories;
  char  *tier; /* service tier, NULL for none */
} DdTeam;

typedef enum
{
  DD_AGGREGATE_MEDIAN,
  DD_AGGREGATE_MEAN,
  DD_AGGREGATE_P90,
} DdAggregate;

typedef enum
{
  DD_RECOVERY_INCIDENT,
  DD_RECOVERY_FAILED_DEPLOYMENT,
} DdRecovery;

typedef struct
{
  gboolean enabled;
  gboolean workdays[7]; /* Monday first */
  double   from_hour;   /* 0 to 24 */
  double   to_hour;
  char   **holidays;    /* local dates, "2026-12-25" */
} DdCalendarSettings;

/* Thresholds of `custom`: Elite, High, Medium per metric; frequency per day, durations in seconds, rates as ratios. */
typedef struct
{
  double deployment_frequency[3];
  double lead_time[3];
  double change_failure_rate[3];
  double recovery_time[3];
} DdCustomTiers;

typedef struct
{
  char       *profile; /* "classic", "dora-2019", … */
  DdAggregate aggregate;
  DdRecovery  recovery;
  gboolean    recovery_given; /* the file names it, so that a profile's own does not apply */
  char      **environments;
  gboolean    signal_incidents;
  gboolean    signal_deployments;
  double      attribution_hours;
  double      first_deployment_days;
  char      **severities; /* empty: all */
  gboolean    exclude_bots;
  char      **bot_patterns;
  DdCalendarSettings calendar;
  DdCustomTiers *tiers; /* NULL unless given */
} DdMetricSettings;

typedef struct
{
  char *id;
  char *cron;
  char *action; /* "sync", "report", "send", "run" */
  char *period;
  char *folder;
} DdScheduleSettings;

/* What is told by itself. All off unless switched on. */
typedef struct
{
  gboolean tier_fell;    /* a metric's tier is worse than in the period before */
  int      no_sync_days; /* a source has not synced for so long; 0: off */
  double   failure_rate; /* the change failure rate is over this ratio; NAN: off */
  gboolean slack;        /* told there too */
} DdAlertSettings;

typedef struct
{
  char      *name;
  char      *timezone; /* IANA */
  GPtrArray *sources;  /* of DdSourceSettings */
  GPtrArray *teams;    /* of DdTeam */
  DdMetricSettings metrics;
  int        history_days;
  GPtrArray *schedules; /* of DdScheduleSettings */
  DdAlertSettings alerts;
} DdSettings;

/* All defaults of cli.md, with no source; the time zone is the system's. */
DdSettings *dd_settings_new (const char *name) G_GNUC_WARN_UNUSED_RESULT;
void        dd_settings_free (DdSettings *settings);

/* A source of a known type with that type's defaults; NULL where the type is unknown. */
DdSourceSettings *dd_source_settings_new (const char *type) G_GNUC_WARN_UNUSED_RESULT;
void              dd_source_settings_free (DdSourceSettings *source);
void              dd_team_free (DdTeam *team);
void              dd_schedule_settings_free (DdScheduleSettings *schedule);

/* `*` matches anything, case does not matter. */
gboolean dd_pattern_matches (const char *pattern,
                             const char *text);

/* TRUE where any of @patterns does. */
gboolean dd_patterns_match (char      **patterns,
                            const char *text);

/* The word of @choices (NULL-terminated) that @typed was likely meant to be; NULL where none is near. */
const char *dd_suggest (const char         *typed,
                        const char * const *choices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdSettings, dd_settings_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdSourceSettings, dd_source_settings_free)

G_END_DECLS
