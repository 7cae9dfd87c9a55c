/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-clean.h"
#include "dd-document-private.h"
#include "dd-scale.h"
#include "dd-words.h"

/* Of a note on the one page; the full form has it whole. */
#define MOST_NOTE 900

guint
dd_document_most (const DdReport *report,
                  guint           most,
                  int             tightness)
{
  guint less = (guint) tightness;

  if (!report->one_page)
    return G_MAXUINT;
  return most > less ? most - less : 1;
}

char *
dd_document_period (const DdPeriod *period,
                    GTimeZone      *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (period->start / DD_SECOND);
  g_autoptr (GDateTime) start = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (period->kind == DD_PERIOD_WEEKLY && start != NULL)
    return g_strdup_printf (_("Week %d"), g_date_time_get_week_of_year (start));
  return dd_period_short_label (period, zone);
}

char *
dd_document_value (DdMetric metric,
                   double   value)
{
  return isfinite (value) ? dd_words_value (metric, value) : g_strdup ("–");
}

/* "Software delivery, week 46" */
static char *
title_of (const DdSummary *summary,
          GTimeZone       *zone)
{
  g_autofree char *name = NULL;

  if (summary->period.kind == DD_PERIOD_WEEKLY)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (summary->period.start / DD_SECOND);
      g_autoptr (GDateTime) start = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

      if (start != NULL)
        return g_strdup_printf (_("Software delivery, week %d"), g_date_time_get_week_of_year (start));
    }
  name = dd_period_label (&summary->period, zone);
  return g_strdup_printf (_("Software delivery, %s"), name);
}

/* "Northwind · week 46, 9 – 15 November 2026 · 19 repositories, 4 teams" */
static char *
subtitle_of (const DdSummary *summary)
{
  g_autofree char *title = dd_words_title (summary);
  guint n = summary->repositories->len, teams = summary->teams->len;
  g_autofree char *repositories = g_strdup_printf (ngettext ("%u repository", "%u repositories", n), n);
  g_autofree char *groups = g_strdup_printf (ngettext ("%u team", "%u teams", teams), teams);

  if (teams == 0)
    return g_strdup_printf ("%s · %s", title, repositories);
  return g_strdup_printf ("%s · %s, %s", title, repositories, groups);
}

static void
add_title (DdDocument      *document,
           const DdSummary *summary)
{
  DdBlock *title = dd_blocks_add (document->blocks, DD_BLOCK_TITLE, document->title);

  title->small = subtitle_of (summary);
  title->value = dd_words_overall (&summary->metrics);
  title->basis = dd_words_rated (&summary->metrics);
  title->tier = summary->metrics.overall;
}

/* A note may have several paragraphs; nothing in it is markup. */
static void
add_note (DdDocument     *document,
          const DdReport *report,
          int             tightness)
{
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (report->note == NULL)
    return;
  lines = g_strsplit (report->note, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = dd_clean (lines[i], 0);

      if (*line == '\0')
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, line);
    }
  if (text->len == 0)
    return;
  if (report->one_page && g_utf8_strlen (text->str, -1) > MOST_NOTE / (tightness + 1))
    {
      g_autofree char *cut = g_utf8_substring (text->str, 0, MOST_NOTE / (tightness + 1));

      g_string_printf (text, "%s…", cut);
    }
  dd_blocks_add (document->blocks, DD_BLOCK_NOTE, text->str);
}

/* Two lists of blocks side by side, or one alone over the whole width. */
static void
add_pair (GPtrArray *blocks,
          DdBlock   *pair)
{
  GPtrArray *alone;

  if (pair->left->len > 0 && pair->right->len > 0)
    return;
  /* The pair itself goes, what is in one of its halves takes its place. */
  alone = pair->left->len == 0 ? g_steal_pointer (&pair->right) : g_steal_pointer (&pair->left);
  g_ptr_array_remove (blocks, pair);
  g_ptr_array_extend_and_steal (blocks, alone);
}

static void
add_short (DdDocument     *document,
           const DdReport *report,
           int             tightness)
{
  GPtrArray *blocks = document->blocks;
  DdBlock *pair;

  dd_document_add_trend (blocks, report, tightness);
  pair = dd_blocks_add (blocks, DD_BLOCK_PAIR, NULL);
  dd_document_add_stages (pair->left, report);
  dd_document_add_remarks (pair->right, report, DD_SECTION_HIGHLIGHTS, tightness);
  add_pair (blocks, pair);
  dd_document_add_incidents (blocks, report, tightness);
  pair = dd_blocks_add (blocks, DD_BLOCK_PAIR, NULL);
  dd_document_add_remarks (pair->left, report, DD_SECTION_RECOMMENDATIONS, tightness);
  dd_document_add_health (pair->right, report);
  add_pair (blocks, pair);
}

static void
add_full (DdDocument     *document,
          const DdReport *report)
{
  GPtrArray *blocks = document->blocks;
  DdBlock *pair;

  dd_document_add_tiers (blocks, report);
  pair = dd_blocks_add (blocks, DD_BLOCK_PAIR, NULL);
  dd_document_add_remarks (pair->left, report, DD_SECTION_HIGHLIGHTS, 0);
  dd_document_add_remarks (pair->right, report, DD_SECTION_RECOMMENDATIONS, 0);
  add_pair (blocks, pair);
  dd_document_add_groups (blocks, report, DD_SECTION_TEAMS, report->summary->teams);
  dd_document_add_moves (blocks, report);
  dd_document_add_incidents (blocks, report, 0);
  if (DD_REPORT_HAS (report, DD_SECTION_TRENDS))
    for (int i = 0; i < DD_N_METRICS; i++)
      dd_document_add_chapter (blocks, report, i);
  else
    dd_document_add_stages (blocks, report);
  dd_document_add_trend_table (blocks, report);
  dd_document_add_groups (blocks, report, DD_SECTION_REPOSITORIES, report->summary->repositories);
  dd_document_add_health (blocks, report);
}

DdDocument *
dd_document_new (const DdReport *report,
                 int             tightness)
{
  DdDocument *document = g_new0 (DdDocument, 1);
  const DdSummary *summary = report->summary;
  g_autofree char *words = dd_words_title (summary);

  document->zone = dd_words_zone (summary);
  document->made = summary->now;
  document->one_page = report->one_page;
  document->title = title_of (summary, document->zone);
  document->author = dd_clean (summary->workspace, DD_LONGEST_NAME);
  document->foot = g_strdup_printf ("DoraDash · %s", words);
  document->subject = g_steal_pointer (&words);
  document->blocks = dd_blocks_new ();
  add_title (document, summary);
  add_note (document, report, tightness);
  dd_document_add_metrics (document->blocks, report);
  if (report->one_page)
    add_short (document, report, tightness);
  else
    add_full (document, report);
  return document;
}
