/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-settings.h"

#include <math.h>
#include <string.h>

#include "dd-time.h"

typedef struct
{
  const char *type;
  const char *url;
} SourceDefault;

static const SourceDefault source_defaults[] = {
  { "github", "https://api.github.com" },
  { "linear", "https://api.linear.app/graphql" },
  { "slab", "https://api.slab.com/v1/graphql" },
  { "woodpecker", "" },
  { "incidentio", "https://api.incident.io" },
  { "files", "" },
  { "events", "" },
};

static char **
new_list (const char *first,
          ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  va_list words;

  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_strv_builder_add (builder, word);
  va_end (words);
  return g_strv_builder_end (builder);
}

DdSourceSettings *
dd_source_settings_new (const char *type)
{
  DdSourceSettings *source;

  for (gsize i = 0; i < G_N_ELEMENTS (source_defaults); i++)
    if (g_strcmp0 (source_defaults[i].type, type) == 0)
      {
        source = g_new0 (DdSourceSettings, 1);
        source->type = g_strdup (type);
        source->url = g_strdup (source_defaults[i].url);
        source->repositories = new_list (NULL);
        source->exclude = new_list (NULL);
        source->deployments_from = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
        source->teams = new_list (NULL);
        if (strcmp (type, "events") == 0)
          {
            source->path = g_strdup ("logs/orchestrator_events.jsonl");
            source->state_path = g_strdup ("logs/orchestrator_state.jsonl");
          }
        source->labels = new_list ("incident", "outage", "hotfix", "bug", "p0", "sev0", "sev1", NULL);
        source->topics = new_list (NULL);
        source->started = new_list ("Impact started", NULL);
        source->resolved = new_list ("Resolved", NULL);
        return source;
      }
  return NULL;
}

void
dd_source_settings_free (DdSourceSettings *source)
{
  if (source == NULL)
    return;
  g_free (source->type);
  g_free (source->url);
  g_free (source->organization);
  g_strfreev (source->repositories);
  g_strfreev (source->exclude);
  g_clear_pointer (&source->deployments_from, g_hash_table_unref);
  g_strfreev (source->teams);
  g_strfreev (source->labels);
  g_strfreev (source->topics);
  g_strfreev (source->events);
  g_strfreev (source->started);
  g_strfreev (source->resolved);
  g_free (source->path);
  g_free (source->state_path);
  g_free (source);
}

void
dd_team_free (DdTeam *team)
{
  if (team == NULL)
    return;
  g_free (team->name);
  g_strfreev (team->repositories);
  g_free (team->tier);
  g_free (team);
}

void
dd_schedule_settings_free (DdScheduleSettings *schedule)
{
  if (schedule == NULL)
    return;
  g_free (schedule->id);
  g_free (schedule->cron);
  g_free (schedule->action);
  g_free (schedule->period);
  g_free (schedule->folder);
  g_free (schedule);
}

DdSettings *
dd_settings_new (const char *name)
{
  DdSettings *settings = g_new0 (DdSettings, 1);
  DdMetricSettings *metrics = &settings->metrics;

  settings->name = g_strdup (name);
  settings->timezone = dd_time_zone_system_name ();
  settings->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_source_settings_free);
  settings->teams = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_team_free);
  settings->schedules = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_schedule_settings_free);
  settings->history_days = 365;
  settings->alerts.failure_rate = NAN;
  metrics->profile = g_strdup ("classic");
  metrics->environments = new_list ("prod*", "production*", "live*", NULL);
  metrics->signal_incidents = TRUE;
  metrics->signal_deployments = TRUE;
  metrics->attribution_hours = 24;
  metrics->first_deployment_days = 30;
  metrics->severities = new_list (NULL);
  metrics->bot_patterns = new_list (NULL);
  for (int day = 0; day < 5; day++)
    metrics->calendar.workdays[day] = TRUE;
  metrics->calendar.to_hour = 24;
  metrics->calendar.holidays = new_list (NULL);
  return settings;
}

void
dd_settings_free (DdSettings *settings)
{
  if (settings == NULL)
    return;
  g_free (settings->name);
  g_free (settings->timezone);
  g_ptr_array_unref (settings->sources);
  g_ptr_array_unref (settings->teams);
  g_ptr_array_unref (settings->schedules);
  g_free (settings->metrics.profile);
  g_strfreev (settings->metrics.environments);
  g_strfreev (settings->metrics.severities);
  g_strfreev (settings->metrics.bot_patterns);
  g_strfreev (settings->metrics.calendar.holidays);
  g_free (settings->metrics.tiers);
  g_free (settings);
}

/* Both are folded already. Greedy: after a `*` the rest is tried at each later place. */
static gboolean
matches (const char *pattern,
         const char *text)
{
  const char *star = NULL, *retry = NULL;

  while (*text != '\0')
    {
      if (*pattern == '*')
        {
          star = pattern++;
          retry = text;
        }
      else if (*pattern == *text)
        {
          pattern++;
          text++;
        }
      else if (star != NULL)
        {
          pattern = star + 1;
          text = ++retry;
        }
      else
        return FALSE;
    }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

gboolean
dd_pattern_matches (const char *pattern,
                    const char *text)
{
  g_autofree char *folded_pattern = NULL;
  g_autofree char *folded_text = NULL;

  if (pattern == NULL || text == NULL)
    return FALSE;
  folded_pattern = g_utf8_casefold (pattern, -1);
  folded_text = g_utf8_casefold (text, -1);
  return matches (folded_pattern, folded_text);
}

gboolean
dd_patterns_match (char      **patterns,
                   const char *text)
{
  for (int i = 0; patterns != NULL && patterns[i] != NULL; i++)
    if (dd_pattern_matches (patterns[i], text))
      return TRUE;
  return FALSE;
}

/* Levenshtein's distance without case; words are short. */
static guint
distance (const char *a,
          const char *b)
{
  gsize n = strlen (a), m = strlen (b);
  g_autofree guint *row = g_new (guint, m + 1);

  for (gsize j = 0; j <= m; j++)
    row[j] = (guint) j;
  for (gsize i = 1; i <= n; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i;
      for (gsize j = 1; j <= m; j++)
        {
          guint above = row[j];
          guint same = diagonal + (g_ascii_tolower (a[i - 1]) != g_ascii_tolower (b[j - 1]));

          row[j] = MIN (same, MIN (above, row[j - 1]) + 1);
          diagonal = above;
        }
    }
  return row[m];
}

const char *
dd_suggest (const char         *typed,
            const char * const *choices)
{
  const char *best = NULL;
  guint least = G_MAXUINT;

  if (strlen (typed) > 100)
    return NULL;
  for (int i = 0; choices[i] != NULL; i++)
    {
      guint d = strlen (choices[i]) <= 100 ? distance (typed, choices[i]) : G_MAXUINT;

      if (d < least)
        {
          least = d;
          best = choices[i];
        }
    }
  return least <= MAX (1, (strlen (typed) + 2) / 3) ? best : NULL;
}
