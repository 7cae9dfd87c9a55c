/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-report.h"
#include "dd-words.h"

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define GOOD "\033[32m"
#define BAD "\033[33m"
#define PLAIN "\033[0m"

/* A report for a terminal on its way. */
typedef struct
{
  GString  *out;
  gboolean  colour;
  int       columns;
  GTimeZone *zone;
} Page;

static int
width_of (const char *text)
{
  int width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/* At most @width columns of @text, the end cut. */
static char *
fit (const char *text,
     int         width)
{
  g_autoptr (GString) fitting = g_string_new (NULL);
  int used = 0;

  if (width_of (text) <= width)
    return g_strdup (text);
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      int own = g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;

      if (used + own > width - 1)
        break;
      g_string_append_unichar (fitting, c);
      used += own;
    }
  g_string_append (fitting, "…");
  return g_strdup (fitting->str);
}

/* @text in a field of @width columns. */
static void
add_field (Page       *page,
           const char *text,
           int         width,
           const char *style)
{
  g_autofree char *fitting = fit (text, width);

  if (page->colour && style != NULL)
    g_string_append_printf (page->out, "%s%s%s", style, fitting, PLAIN);
  else
    g_string_append (page->out, fitting);
  for (int i = width_of (fitting); i < width; i++)
    g_string_append_c (page->out, ' ');
}

static void
end_line (Page *page)
{
  while (page->out->len > 0 && page->out->str[page->out->len - 1] == ' ')
    g_string_truncate (page->out, page->out->len - 1);
  g_string_append_c (page->out, '\n');
}

static void
add_heading (Page       *page,
             const char *text)
{
  g_string_append_c (page->out, '\n');
  add_field (page, text, page->columns, BOLD);
  end_line (page);
}

/* Words set over lines, the second and later ones indented. */
static void
add_paragraph (Page       *page,
               const char *first,
               const char *text,
               const char *style)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  int indent = width_of (first), used = indent;

  g_string_append (page->out, first);
  if (page->colour && style != NULL)
    g_string_append (page->out, style);
  for (int i = 0; words[i] != NULL; i++)
    {
      int width = width_of (words[i]);

      if (used > indent && used + 1 + width > page->columns)
        {
          g_string_append_printf (page->out, "\n%*s", indent, "");
          used = indent;
        }
      else if (used > indent)
        {
          g_string_append_c (page->out, ' ');
          used++;
        }
      g_string_append (page->out, words[i]);
      used += width;
    }
  if (page->colour && style != NULL)
    g_string_append (page->out, PLAIN);
  g_string_append_c (page->out, '\n');
}

/* Rising bars and the word: a tier is never told by colour alone. */
static char *
tier_words (DdTier tier)
{
  static const char * const bars[] = { "    ", "▁   ", "▁▃  ", "▁▃▅ ", "▁▃▅▇" };

  return g_strdup_printf ("%s %s", bars[tier], dd_tier_title (tier));
}

static const char *
trend_style (DdTrend trend)
{
  return trend == DD_TREND_BETTER ? GOOD : trend == DD_TREND_WORSE ? BAD : NULL;
}

static void
add_metric_rows (Page            *page,
                 const DdSummary *summary)
{
  for (int i = 0; i < DD_N_METRICS; i++)
    {
      double change = dd_metrics_change (&summary->metrics, i);
      g_autofree char *value = dd_words_value (i, dd_metrics_value (&summary->metrics, i, summary->aggregate));
      g_autofree char *tier = tier_words (dd_metrics_tier (&summary->metrics, i));
      g_autofree char *words = dd_words_change (i, change);
      g_autofree char *count = dd_words_count (i, &summary->metrics);

      add_field (page, "", 2, NULL);
      add_field (page, dd_metric_title (i), 23, NULL);
      add_field (page, value, 14, BOLD);
      add_field (page, i == DD_METRIC_REWORK_RATE ? "" : tier, 13, NULL);
      add_field (page, words, 13, trend_style (dd_metrics_trend (i, change)));
      add_field (page, count, MAX (10, page->columns - 65), DIM);
      end_line (page);
    }
}

static void
add_stages (Page             *page,
            const DdLeadTime *lead)
{
  const char *names[] = { _("coding"), _("pickup"), _("review"), _("deploy") };
  const double values[] = { lead->coding, lead->pickup, lead->review, lead->deploy };
  double longest = 0;

  for (int i = 0; i < 4; i++)
    longest = fmax (longest, isnan (values[i]) ? 0 : values[i]);
  if (longest <= 0)
    return;
  add_heading (page, _("Where the time goes (medians of each stage; they do not add up)"));
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *value = isnan (values[i]) ? g_strdup (_("No data")) : dd_duration_format (values[i]);
      int bar = isnan (values[i]) ? 0 : (int) lround (values[i] / longest * MIN (40, page->columns - 30));

      add_field (page, "", 2, NULL);
      add_field (page, names[i], 10, NULL);
      add_field (page, value, 13, BOLD);
      for (int j = 0; j < bar; j++)
        g_string_append (page->out, "▆");
      end_line (page);
    }
}

static void
add_cell (Page            *page,
          const DdMetrics *metrics,
          DdMetric         metric,
          DdAggregate      aggregate,
          int              width)
{
  double value = dd_metrics_value (metrics, metric, aggregate);
  g_autofree char *words = isnan (value) ? g_strdup ("–") : dd_words_value (metric, value);

  add_field (page, words, width, NULL);
}

static void
add_groups (Page            *page,
            const DdSummary *summary,
            const char      *heading,
            const GPtrArray *groups)
{
  int name = CLAMP (page->columns - 66, 14, 34);

  if (groups->len == 0)
    return;
  add_heading (page, heading);
  add_field (page, "", 2, NULL);
  add_field (page, "", name, DIM);
  add_field (page, _("Deployments"), 13, DIM);
  add_field (page, _("Lead time"), 14, DIM);
  add_field (page, _("Failures"), 10, DIM);
  add_field (page, _("Recovery"), 14, DIM);
  add_field (page, _("Overall"), 12, DIM);
  end_line (page);
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);
      g_autofree char *clean = dd_words_clean (group->name, 100);
      g_autofree char *deployments = g_strdup_printf ("%u", group->now.deployment_frequency.deployments);
      g_autofree char *tier = tier_words (group->now.overall);

      add_field (page, "", 2, NULL);
      add_field (page, clean, name - 1, NULL);
      add_field (page, "", 1, NULL);
      add_field (page, group->now.deployment_frequency.ok ? deployments : "–", 13, NULL);
      add_cell (page, &group->now, DD_METRIC_LEAD_TIME, summary->aggregate, 14);
      add_cell (page, &group->now, DD_METRIC_CHANGE_FAILURE_RATE, summary->aggregate, 10);
      add_cell (page, &group->now, DD_METRIC_RECOVERY_TIME, summary->aggregate, 14);
      add_field (page, tier, 12, NULL);
      end_line (page);
    }
}

static void
add_remarks (Page            *page,
             const char      *heading,
             const GPtrArray *remarks)
{
  if (remarks->len == 0)
    return;
  add_heading (page, heading);
  for (guint i = 0; i < remarks->len; i++)
    {
      const DdRemark *remark = g_ptr_array_index (remarks, i);
      g_autofree char *text = remark->evidence != NULL ? g_strdup_printf ("%s: %s", remark->text, remark->evidence)
                                                       : g_strdup (remark->text);

      add_paragraph (page, "  • ", text, NULL);
    }
}

static void
add_open_incidents (Page            *page,
                    const DdSummary *summary)
{
  if (summary->open_incidents->len == 0)
    return;
  add_heading (page, _("Open incidents"));
  for (guint i = 0; i < MIN (summary->open_incidents->len, 5); i++)
    {
      const DdRecordRow *row = g_ptr_array_index (summary->open_incidents, i);
      g_autofree char *since = dd_words_time (row->time, page->zone);
      g_autofree char *title = dd_words_clean (row->title, 80);
      g_autofree char *text = g_strdup_printf (_("%s  %s, since %s"), row->id, title, since);

      add_paragraph (page, "  • ", text, NULL);
    }
}

static void
add_foot (Page            *page,
          const DdSummary *summary)
{
  g_autofree char *profile = dd_words_profile (summary);

  add_heading (page, _("What the numbers rest on"));
  for (guint i = 0; i < summary->left_out->len; i++)
    {
      g_autofree char *words = dd_words_left_out (g_ptr_array_index (summary->left_out, i));

      add_paragraph (page, "  • ", words, DIM);
    }
  for (guint i = 0; i < summary->sources->len; i++)
    {
      g_autofree char *words = dd_words_source (g_ptr_array_index (summary->sources, i), page->zone);

      add_paragraph (page, "  • ", words, DIM);
    }
  for (guint i = 0; i < summary->narrowed->len; i++)
    add_paragraph (page, "  • ", g_ptr_array_index (summary->narrowed, i), DIM);
  add_paragraph (page, "  • ", profile, DIM);
}

/* For terminals that show nothing else. */
static char *
to_ascii (const char *text)
{
  static const struct
  {
    const char *from;
    const char *to;
  } words[] = { { "▁▃▅▇", "####" }, { "▁▃▅ ", "### " }, { "▁▃  ", "##  " }, { "▁   ", "#   " }, { "▆", "=" },  { "•", "*" },
                { "–", "-" },       { "…", "..." },     { "“", "\"" },     { "”", "\"" },     { "’", "'" }, { "≥", ">=" },
                { "≤", "<=" },      { "−", "-" },       { "·", "-" } };
  g_autoptr (GString) ascii = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (ascii, words[i].from, words[i].to, 0);
  return g_str_to_ascii (ascii->str, "C");
}

char *
dd_report_to_text (const DdReport *report,
                   gboolean        colour,
                   gboolean        utf8,
                   int             columns)
{
  const DdSummary *summary = report->summary;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (summary->timezone);
  g_autofree char *period = dd_words_period (summary);
  g_autofree char *overall = dd_words_overall (&summary->metrics);
  g_autofree char *name = dd_words_clean (summary->scope != NULL ? summary->scope : summary->workspace, 60);
  g_autofree char *title = g_strdup_printf ("%s, %s", name, period);
  Page page = { out, colour, CLAMP (columns, 60, 160), zone };

  add_field (&page, title, page.columns, BOLD);
  end_line (&page);
  add_field (&page, overall, page.columns, NULL);
  end_line (&page);
  g_string_append_c (out, '\n');
  add_metric_rows (&page, summary);
  add_remarks (&page, _("Highlights"), report->highlights);
  add_remarks (&page, _("Recommendations"), report->recommendations);
  add_stages (&page, &summary->metrics.lead_time);
  add_groups (&page, summary, _("Teams"), summary->teams);
  add_groups (&page, summary, _("Repositories"), summary->repositories);
  add_open_incidents (&page, summary);
  add_foot (&page, summary);
  return utf8 ? g_strdup (out->str) : to_ascii (out->str);
}
