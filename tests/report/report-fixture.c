/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-fixture.h"

#include <math.h>

#include "dd-record.h"

#define NOW "2026-11-18T09:00:00Z"
#define ZONE "Europe/Berlin"
#define VERY_LONG 10000

static const char *hostile[] = {
  "<b>&amp;|",
  "a | b \\| c \\\\| d \\",
  "`code` *bold* _it_ __b__ ~~gone~~ ~one~",
  "[text](https://evil.example) ![image](x) [ref][1] [^1] [ ] todo",
  "www.evil.example https://evil.example/x?a=b&c=d ftp://evil.example",
  "<script>alert(1)</script> <!-- --> <https://evil.example> </td></tr>",
  "&lt;b&gt; &copy; &#65; &",
  "one\ntwo\r\n\n# three\n\n| --- |\n    four\v\f",
  "\xe2\x80\xae" "desrever" "\xe2\x80\xac \xe2\x80\x8f" "rtl\xe2\x81\xa6 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
  "\033[31mred\033]0;title\007 \001\177\xc2\x9b" "31m",
  "not \xff\xfe UTF-8 \xc3",
  "- item",
  "+ item",
  "1. one",
  "12) twelve",
  "# heading ##",
  "> quote",
  "---",
  "===",
  "***",
  "```",
  "    code",
  "\ttab",
  "$x$ $$y$$ :smile: @everyone #12",
  "=HYPERLINK(\"https://evil.example\",\"x\")",
  "+1+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(A1)",
  "\"quoted\", with; commas",
  "日本語のリポジトリ名はとても幅が広いので端末の幅を超えてしまうことがあります",
  "a\xcc\x81\xcc\x82\xcc\x83 👩‍💻 \xe2\x80\x8b zero",
  "",
  " ",
  NULL, /* for the long one */
  NULL,
};

const char * const *
fixture_hostile_texts (void)
{
  static char *longest = NULL;

  if (longest == NULL)
    {
      longest = g_strnfill (VERY_LONG, 'x');
      /* Escapes and pipes all along, so that a cut meets one. */
      for (int i = 0; i < VERY_LONG; i += 3)
        longest[i] = "&|<"[i % 9 / 3];
      hostile[G_N_ELEMENTS (hostile) - 2] = longest;
    }
  return hostile;
}

static gint64
instant (const char *text)
{
  gint64 time;

  g_assert_true (dd_time_parse (text, &time));
  return time;
}

static DdMetrics
no_metrics (void)
{
  return (DdMetrics) {
    .deployment_frequency = { .per_day = NAN, .per_week = NAN, .change = NAN },
    .lead_time = { .median = NAN, .mean = NAN, .p90 = NAN, .coding = NAN, .pickup = NAN, .review = NAN, .deploy = NAN,
                   .change = NAN },
    .change_failure_rate = { .rate = NAN, .change = NAN },
    .recovery_time = { .median = NAN, .mean = NAN, .p90 = NAN, .change = NAN },
    .rework_rate = { .rate = NAN, .change = NAN },
    .mean_tier = NAN,
  };
}

/* Each figure differs from each other, and from those of another @seed. */
static DdMetrics
some_metrics (guint seed)
{
  double s = seed;

  return (DdMetrics) {
    .deployment_frequency = { TRUE, DD_TIER_ELITE, 36 + seed, (36 + s) / 7, 36 + s, 5, -0.125 },
    .lead_time = { TRUE, DD_TIER_HIGH, 41 + seed, 63720.5 + s, 70001.25 + s, 99999 + s, 40 + seed, 1, 7200 + s,
                   10800 + s, 3600 + s, 43200 + s, 3, 12, 0.3 },
    .change_failure_rate = { TRUE, DD_TIER_MEDIUM, 1 / 7.0 + s / 1000, 6, 42 + seed, 2, 5, 0.01 },
    .recovery_time = { TRUE, DD_TIER_ELITE, 2220.125 + s, 4000 + s, 5000 + s, 4, 2, 1, 1, NAN },
    .rework_rate = { TRUE, 0.11 + s / 1000, 4, 36 + seed, -0.5 },
    .overall = DD_TIER_HIGH,
    .rated = 4,
    .mean_tier = 3.25,
  };
}

DdSummary *
fixture_nothing (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ZONE);
  DdSummary *summary = g_new0 (DdSummary, 1);
  g_autoptr (GError) error = NULL;

  summary->workspace = g_strdup ("Northwind");
  summary->timezone = g_strdup (ZONE);
  summary->now = instant (NOW);
  g_assert_true (dd_period_parse ("weekly", summary->now, zone, &summary->period, &error));
  g_assert_no_error (error);
  summary->profile = dd_profiles_list ()[0];
  summary->metrics = no_metrics ();
  summary->before = no_metrics ();
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    {
      summary->trend[i].period = i == DD_TREND_PERIODS - 1
                                   ? summary->period
                                   : dd_period_before (&summary->period, zone, DD_TREND_PERIODS - 1 - i);
      summary->trend[i].metrics = no_metrics ();
    }
  summary->repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_group_free);
  summary->teams = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_group_free);
  summary->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_source_state_free);
  summary->narrowed = g_ptr_array_new_with_free_func (g_free);
  summary->left_out = g_ptr_array_new_with_free_func (g_free);
  summary->open_incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);
  return summary;
}

static void
add_group (GPtrArray  *groups,
           const char *name,
           guint       seed)
{
  DdGroup *group = g_new0 (DdGroup, 1);

  group->name = g_strdup (name);
  group->reason = g_strdup ("it has deployments to production");
  group->kind = (int) (seed % (DD_KIND_WORKFLOW + 1));
  group->active = TRUE;
  group->now = some_metrics (seed);
  group->before = some_metrics (seed + 1);
  g_ptr_array_add (groups, group);
}

static void
add_source (DdSummary  *summary,
            const char *type,
            guint       records,
            const char *message)
{
  DdSourceState *state = g_new0 (DdSourceState, 1);

  state->type = g_strdup (type);
  state->status = g_strdup (message != NULL ? "failed" : "ok");
  state->last_sync = summary->now - DD_HOUR;
  state->records = records;
  state->message = g_strdup (message);
  g_ptr_array_add (summary->sources, state);
}

static void
add_row (GPtrArray  *rows,
         const char *kind,
         const char *text,
         gboolean    known,
         DdRule      rule)
{
  DdRecordRow *row = g_new0 (DdRecordRow, 1);

  row->kind = kind;
  row->id = g_strdup (known ? "OPS-12" : text);
  row->repository = g_strdup (known ? "shop" : NULL);
  row->title = g_strdup (text);
  row->url = g_strdup (known ? "https://vendor.example/1" : NULL);
  row->time = known ? instant ("2026-11-13T15:40:00Z") : DD_TIME_NONE;
  row->value = known ? 90 * DD_MINUTE : DD_TIME_NONE;
  row->rule = rule;
  row->counted = dd_rule_counts (rule);
  row->note = g_strdup (known ? NULL : text);
  g_ptr_array_add (rows, row);
}

static DdSummary *
summary_with (guint       repositories,
              const char *text)
{
  DdSummary *summary = fixture_nothing ();
  DdRuleCount *count = g_new0 (DdRuleCount, 1);

  summary->metrics = some_metrics (0);
  summary->before = some_metrics (7);
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    summary->trend[i].metrics = i == DD_TREND_PERIODS - 1 ? summary->metrics : some_metrics (100 + i);
  for (guint i = 0; i < repositories; i++)
    {
      g_autofree char *name = g_strdup_printf ("repository-%03u", i);

      add_group (summary->repositories, text != NULL ? text : name, 10 + i);
    }
  add_group (summary->teams, text != NULL ? text : "Payments", 3);
  add_source (summary, "github", 123, NULL);
  add_source (summary, "linear", 4, text != NULL ? text : "Linear refused the token.");
  g_ptr_array_add (summary->narrowed, g_strdup (text != NULL ? text : "Bots left out"));
  *count = (DdRuleCount) { "deployment", DD_RULE_NOT_PRODUCTION, 12 };
  g_ptr_array_add (summary->left_out, count);
  add_row (summary->open_incidents, "incident", text != NULL ? text : "Checkout is down", TRUE, DD_RULE_OPEN);
  return summary;
}

DdSummary *
fixture_whole (void)
{
  return summary_with (2, NULL);
}

DdSummary *
fixture_many (guint n)
{
  return summary_with (n, NULL);
}

DdSummary *
fixture_hostile (void)
{
  const char * const *texts = fixture_hostile_texts ();
  DdSummary *summary = summary_with (0, texts[0]);

  g_free (summary->workspace);
  summary->workspace = g_strdup (texts[0]);
  summary->scope = g_strdup (texts[7]);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      add_group (summary->repositories, texts[i], 10 + i);
      add_group (summary->teams, texts[i], 60 + i);
      add_source (summary, "slab", 1, texts[i]);
      g_ptr_array_add (summary->narrowed, g_strdup (texts[i]));
      add_row (summary->open_incidents, "incident", texts[i], FALSE, DD_RULE_OPEN);
    }
  return summary;
}

GPtrArray *
fixture_rows (void)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);
  const char * const *texts = fixture_hostile_texts ();

  add_row (rows, "deployment", "Release 45", TRUE, DD_RULE_COUNTED);
  add_row (rows, "change", "Add a cart", TRUE, DD_RULE_WAITING);
  add_row (rows, "incident", NULL, FALSE, DD_RULE_OPEN);
  for (guint i = 0; texts[i] != NULL; i++)
    add_row (rows, "change", texts[i], FALSE, DD_RULE_COUNTED);
  return rows;
}
