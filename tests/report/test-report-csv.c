/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "dd-csv-text.h"
#include "report-fixture.h"

/* (element-type GPtrArray of char *): RFC 4180 to the letter, but for lines that end as lines do here. */
static GPtrArray *
read_back (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GString) cell = g_string_new (NULL);
  GPtrArray *row = NULL;

  while (*text != '\0')
    {
      gboolean quoted = *text == '"';

      if (row == NULL)
        {
          row = g_ptr_array_new_with_free_func (g_free);
          g_ptr_array_add (rows, row);
        }
      g_string_truncate (cell, 0);
      for (text += quoted; quoted ? *text != '"' || text[1] == '"' : *text != ',' && *text != '\n'; text++)
        {
          g_assert_cmpint (*text, !=, '\0');
          g_assert_true (quoted || (*text != '"' && *text != '\r'));
          text += quoted && *text == '"';
          g_string_append_c (cell, *text);
        }
      text += quoted;
      g_ptr_array_add (row, g_strdup (cell->str));
      g_assert_true (*text == ',' || *text == '\n');
      if (*text++ == '\n')
        row = NULL;
    }
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (((const GPtrArray *) g_ptr_array_index (rows, i))->len, ==,
                      ((const GPtrArray *) g_ptr_array_index (rows, 0))->len);
  return rows;
}

static const char *
cell_at (const GPtrArray *rows,
         guint            row,
         const char      *column)
{
  const GPtrArray *names = g_ptr_array_index (rows, 0);

  for (guint i = 0; i < names->len; i++)
    if (strcmp (g_ptr_array_index (names, i), column) == 0)
      return g_ptr_array_index ((const GPtrArray *) g_ptr_array_index (rows, row), i);
  g_assert_not_reached ();
}

static void
check_number (const char *cell,
              double      wanted)
{
  if (isnan (wanted))
    g_assert_cmpstr (cell, ==, "");
  else
    g_assert_cmpfloat (g_ascii_strtod (cell, NULL), ==, wanted);
}

static void
check_metrics (const GPtrArray *rows,
               guint            first,
               const char      *scope,
               const char      *name,
               const DdMetrics *metrics)
{
  for (int i = 0; i < DD_N_METRICS; i++)
    {
      double value = dd_metrics_value (metrics, i, DD_AGGREGATE_MEDIAN);
      const char *tier = dd_tier_name (dd_metrics_tier (metrics, i));

      g_assert_cmpstr (cell_at (rows, first + i, "scope"), ==, scope);
      g_assert_cmpstr (cell_at (rows, first + i, "name"), ==, name);
      g_assert_cmpstr (cell_at (rows, first + i, "metric"), ==, dd_metric_name (i));
      g_assert_cmpstr (cell_at (rows, first + i, "status"), ==, isnan (value) ? "no-data" : "ok");
      g_assert_cmpstr (cell_at (rows, first + i, "tier"), ==, tier != NULL ? tier : "");
      check_number (cell_at (rows, first + i, "value"), value);
      check_number (cell_at (rows, first + i, "events"), dd_metrics_events (metrics, i));
      check_number (cell_at (rows, first + i, "change"), dd_metrics_change (metrics, i));
    }
}

static void
check_report (DdSummary *summary)
{
  g_autoptr (DdReport) report = dd_report_new (summary);
  g_autofree char *text = dd_report_to_csv (report);
  g_autoptr (GPtrArray) rows = read_back (text);
  guint row = 1;

  check_metrics (rows, row, "workspace", "Northwind", &summary->metrics);
  g_assert_cmpstr (cell_at (rows, row, "start"), ==, "2026-11-09T00:00:00+01:00");
  g_assert_cmpstr (cell_at (rows, row, "end"), ==, "2026-11-16T00:00:00+01:00");
  row += DD_N_METRICS;
  for (guint i = 0; i < summary->teams->len; i++, row += DD_N_METRICS)
    {
      const DdGroup *group = g_ptr_array_index (summary->teams, i);

      check_metrics (rows, row, "team", group->name, &group->now);
    }
  for (guint i = 0; i < summary->repositories->len; i++, row += DD_N_METRICS)
    {
      const DdGroup *group = g_ptr_array_index (summary->repositories, i);

      check_metrics (rows, row, "repository", group->name, &group->now);
    }
  for (guint i = 0; i < DD_TREND_PERIODS; i++, row += DD_N_METRICS)
    check_metrics (rows, row, "trend", "Northwind", &summary->trend[i].metrics);
  g_assert_cmpuint (row, ==, rows->len);
}

static void
test_whole (void)
{
  check_report (fixture_whole ());
}

static void
test_nothing (void)
{
  check_report (fixture_nothing ());
}

static gboolean
is_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL;
}

/* Texts come back as they were; what a spreadsheet would run has an apostrophe in front. */
static void
test_hostile (void)
{
  const char * const *texts = fixture_hostile_texts ();
  g_autoptr (GPtrArray) records = fixture_rows ();
  g_autofree char *text = dd_records_write (records, "csv", NULL, FALSE, 40);
  g_autoptr (GPtrArray) rows = read_back (text);

  g_assert_cmpuint (rows->len, ==, 1 + records->len);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (texts[i], -1);
      g_autofree char *wanted = g_strdup_printf ("%s%s", is_formula (valid) ? "'" : "", valid);

      g_assert_cmpstr (cell_at (rows, 4 + i, "title"), ==, wanted);
      g_assert_cmpstr (cell_at (rows, 4 + i, "value"), ==, "");
      g_assert_cmpstr (cell_at (rows, 4 + i, "time"), ==, "");
    }
  g_assert_cmpstr (cell_at (rows, 1, "value"), ==, "5400");
  g_assert_cmpstr (cell_at (rows, 1, "counted"), ==, "true");
  g_assert_cmpstr (cell_at (rows, 2, "counted"), ==, "false");
  g_assert_cmpstr (cell_at (rows, 2, "rule"), ==, dd_rule_name (DD_RULE_WAITING));
}

/* Cells, and how they are written; a row that begins with nothing has that cell too. */
static void
test_cells (void)
{
  static const struct
  {
    const char *text;
    const char *wanted;
  } cells[] = {
    { "plain", "plain,plain\n" },        { "a,b", "\"a,b\",\"a,b\"\n" },     { "a\"b", "\"a\"\"b\",\"a\"\"b\"\n" },
    { "a\nb", "\"a\nb\",\"a\nb\"\n" },   { "=1", "\"'=1\",\"'=1\"\n" },      { "a=1", "a=1,a=1\n" },
    { NULL, "\"\",\n" },                 { "", "\"\",\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GString) row = g_string_new (NULL);

      dd_csv_text (row, cells[i].text);
      dd_csv_text (row, cells[i].text);
      dd_csv_end (row);
      g_assert_cmpstr (row->str, ==, cells[i].wanted);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report-csv/cells", test_cells);
  g_test_add_func ("/report-csv/whole", test_whole);
  g_test_add_func ("/report-csv/nothing", test_nothing);
  g_test_add_func ("/report-csv/hostile", test_hostile);
  return g_test_run ();
}
