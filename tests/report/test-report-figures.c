/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "dd-words.h"
#include "report-worlds.h"

/*
 * Every figure of a report is read back out of each format, and is the one of the JSON. What people read is looked for in
 * the words that its number has in the locale; what machines read is compared as a number.
 */

/* As many groups as a post names. */
#define SLACK_GROUPS 10

/* What is set on pages costs a hundred times as much as a text, and a sanitizer takes twenty times that: there each world has its
 * long PDF in one locale, its one page in the next and its HTML in the third, and every text in each. */
#ifdef __SANITIZE_ADDRESS__
#define BY_TURNS TRUE
#else
#define BY_TURNS FALSE
#endif

static const char * const locales[] = { "C.UTF-8", "de_DE.UTF-8", "ja_JP.UTF-8" };

/* Without spaces: where there were some on a page, pdftotext can only guess. */
static char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter == '\n' || letter == '\f')
        g_string_append_c (out, '\n');
      else if (!g_unichar_isspace (letter))
        g_string_append_unichar (out, letter);
    }
  return g_string_free (out, FALSE);
}

static char *
read_pdf (const DdReport *report,
          DdPaper         paper)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = dd_report_to_pdf (report, paper, &error);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autofree char *terminated = NULL;

  g_assert_no_error (error);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "pdftotext", "-layout",
                              "-enc", "UTF-8", "-", "-", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, pdf, NULL, &text, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  terminated = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  g_assert_true (g_utf8_validate (terminated, -1, NULL));
  return squeeze (terminated);
}

/* A row of a table on a line, its cells as words. */
static char *
read_html (const DdReport *report)
{
  g_autofree char *html = dd_report_to_html (report);
  g_autoptr (GString) text = g_string_new (NULL);
  static const struct { const char *entity; char letter; } entities[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' }, { "&#39;", '\'' },
  };

  for (const char *c = strstr (html, "<body>"); *c != '\0'; c++)
    {
      gboolean known = FALSE;

      if (*c == '<')
        {
          gboolean cell = g_str_has_prefix (c, "</td>") || g_str_has_prefix (c, "<span>");

          c = strchr (c, '>');
          g_assert_nonnull (c);
          if (cell)
            g_string_append_c (text, ' ');
          continue;
        }
      for (gsize i = 0; *c == '&' && i < G_N_ELEMENTS (entities) && !known; i++)
        if ((known = g_str_has_prefix (c, entities[i].entity)))
          {
            g_string_append_c (text, entities[i].letter);
            c += strlen (entities[i].entity) - 1;
          }
      if (!known)
        g_string_append_c (text, *c);
    }
  return squeeze (text->str);
}

static char *
read_markdown (const DdReport *report)
{
  g_autofree char *markdown = dd_report_to_markdown (report);

  g_strdelimit (markdown, "|\\", ' ');
  return squeeze (markdown);
}

static void
collect_texts (JsonNode *node,
               GString  *out)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = json_object_get_values (json_node_get_object (node));

      for (GList *at = members; at != NULL; at = at->next)
        collect_texts (at->data, out);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect_texts (json_array_get_element (array, i), out);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    g_string_append_printf (out, "%s\n", json_node_get_string (node));
}

static char *
read_slack (const DdReport *report)
{
  g_autofree char *payload = dd_report_to_slack (report);
  g_autoptr (JsonNode) root = json_from_string (payload, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (root);
  collect_texts (root, text);
  return squeeze (text->str);
}

/* ---- what the JSON says ---- */

static double
number_of (JsonObject *metrics,
           const char *metric,
           const char *name)
{
  JsonNode *node = json_object_get_member (json_object_get_object_member (metrics, metric), name);

  g_assert_nonnull (node);
  return json_node_is_null (node) ? NAN : json_node_get_double (node);
}

static double
value_of (JsonObject *metrics,
          DdMetric    metric)
{
  static const char * const names[DD_N_METRICS] = { "per_day", "median_seconds", "rate", "median_seconds", "rate" };

  return number_of (metrics, dd_metric_name (metric), names[metric]);
}

static char *
words_of (JsonObject *metrics,
          DdMetric    metric)
{
  double value = value_of (metrics, metric);

  return isnan (value) ? g_strdup ("–") : dd_words_value (metric, value);
}

static const char *
tier_of (JsonObject *owner)
{
  JsonNode *tier = json_object_get_member (owner, "tier");

  for (int i = DD_TIER_LOW; i <= DD_TIER_ELITE; i++)
    if (!json_node_is_null (tier) && g_strcmp0 (json_node_get_string (tier), dd_tier_name (i)) == 0)
      return dd_tier_title (i);
  return dd_tier_title (DD_TIER_NONE);
}

/* "31 13 d 87.1 % 170 d 43.5 % 165 Low": a repository's or a team's line; of Markdown, which has no rework rate, without. */
static char *
row_of (JsonObject *group,
        gboolean    rework)
{
  JsonObject *metrics = json_object_get_object_member (group, "metrics");
  gboolean ok = strcmp (json_object_get_string_member (json_object_get_object_member (metrics, "deployment_frequency"), "status"),
                        "ok") == 0;
  g_autoptr (GString) row = g_string_new (NULL);

  if (ok)
    g_string_append_printf (row, "%.0f", number_of (metrics, "deployment_frequency", "deployments"));
  else
    g_string_append (row, "–");
  for (int i = DD_METRIC_LEAD_TIME; i < (rework ? DD_N_METRICS : DD_METRIC_REWORK_RATE); i++)
    {
      g_autofree char *words = words_of (metrics, i);

      g_string_append_printf (row, " %s", words);
    }
  g_string_append_printf (row, " %.0f %s", number_of (metrics, "lead_time", "changes"),
                          tier_of (json_object_get_object_member (group, "overall")));
  return g_strdup (row->str);
}

static char *
trend_row_of (JsonObject *point)
{
  JsonObject *metrics = json_object_get_object_member (point, "metrics");
  g_autoptr (GString) row = g_string_new (NULL);

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      g_autofree char *words = words_of (metrics, i);

      g_string_append_printf (row, "%s%s", i > 0 ? " " : "", words);
    }
  return g_strdup (row->str);
}

static void
expect (const char *where,
        guint       world,
        const char *text,
        const char *wanted)
{
  g_autofree char *squeezed = squeeze (wanted);

  if (strstr (text, squeezed) == NULL)
    g_error ("%s of “%s” (%s) does not say “%s”:\n%s", where, world_name (world), setlocale (LC_ALL, NULL), squeezed, text);
}

/* The five, with their tiers, in what every format begins with. */
static void
check_five (guint       world,
            JsonObject *root,
            const char *where,
            const char *text)
{
  JsonObject *metrics = json_object_get_object_member (root, "metrics");

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      g_autofree char *words = dd_words_value (i, value_of (metrics, i));
      g_autofree char *row = g_strconcat (dd_metric_title (i), words, NULL);

      expect (where, world, text, row);
    }
}

static void
check_groups (guint       world,
              JsonObject *root,
              const char *name,
              const char *where,
              const char *text,
              gboolean    rework)
{
  JsonArray *groups = json_object_get_array_member (root, name);

  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      g_autofree char *row = row_of (json_array_get_object_element (groups, i), rework);

      expect (where, world, text, row);
    }
}

/* A post: title, value, tier and count of each of the five, in one field; groups as far as they are named. */
static void
check_slack (guint           world,
             const DdReport *report,
             JsonObject     *root)
{
  JsonObject *metrics = json_object_get_object_member (root, "metrics");
  JsonArray *teams = json_object_get_array_member (root, "teams");
  JsonArray *groups = json_array_get_length (teams) > 1 ? teams : json_object_get_array_member (root, "repositories");
  g_autofree char *text = read_slack (report);

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      JsonObject *metric = json_object_get_object_member (metrics, dd_metric_name (i));
      g_autofree char *value = dd_words_value (i, value_of (metrics, i));
      const char *tier = json_object_has_member (metric, "tier") ? tier_of (metric) : dd_tier_title (DD_TIER_NONE);
      gboolean rated = strcmp (tier, dd_tier_title (DD_TIER_NONE)) != 0;
      g_autofree char *row = g_strdup_printf ("*%s*\n%s%s%s", dd_metric_title (i), value, rated ? " · " : "", rated ? tier : "");

      expect ("Slack", world, text, row);
    }
  for (guint i = 0; json_array_get_length (groups) > 1 && i < MIN (json_array_get_length (groups), SLACK_GROUPS); i++)
    {
      JsonObject *of_group = json_object_get_object_member (json_array_get_object_element (groups, i), "metrics");
      double number = number_of (of_group, "deployment_frequency", "deployments");
      guint deployments = isnan (number) ? 0 : (guint) number;
      g_autofree char *lead = words_of (of_group, DD_METRIC_LEAD_TIME);
      g_autofree char *rate = words_of (of_group, DD_METRIC_CHANGE_FAILURE_RATE);
      g_autofree char *row = g_strdup_printf (deployments == 1 ? ": %u deployment, lead time %s, failure rate %s"
                                                               : ": %u deployments, lead time %s, failure rate %s",
                                              deployments, lead, rate);

      expect ("Slack", world, text, row);
    }
}

/* What a page of counts says, one figure a heading, in this order. */
static void
check_figures (guint       world,
               JsonObject *root,
               const char *where,
               const char *text)
{
  JsonObject *metrics = json_object_get_object_member (root, "metrics");
  g_autofree char *median = words_of (metrics, DD_METRIC_LEAD_TIME);
  double mean = number_of (metrics, "lead_time", "mean_seconds"), p90 = number_of (metrics, "lead_time", "p90_seconds");
  g_autofree char *mean_words = isnan (mean) ? g_strdup ("–") : dd_duration_format (mean);
  g_autofree char *p90_words = isnan (p90) ? g_strdup ("–") : dd_duration_format (p90);
  JsonObject *basis = json_object_get_object_member (json_object_get_object_member (metrics, "lead_time"), "basis");
  g_autofree char *row = g_strdup_printf ("%s %s %s %d %d %.0f %.0f", median, mean_words, p90_words,
                                          (int) json_object_get_int_member (basis, "deploy"),
                                          (int) json_object_get_int_member (basis, "merge"),
                                          number_of (metrics, "lead_time", "waiting"),
                                          number_of (metrics, "lead_time", "left_out"));
  g_autofree char *failures = g_strdup_printf ("%.0f %.0f", number_of (metrics, "change_failure_rate", "failed"),
                                               number_of (metrics, "change_failure_rate", "deployments"));

  expect (where, world, text, row);
  expect (where, world, text, failures);
}

static void
check_stages (guint       world,
              JsonObject *root,
              const char *where,
              const char *text)
{
  static const char * const names[] = { "coding_seconds", "pickup_seconds", "review_seconds", "deploy_seconds" };
  JsonObject *lead = json_object_get_object_member (json_object_get_object_member (root, "metrics"), "lead_time");
  JsonObject *stages = json_object_get_object_member (lead, "stages");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (!json_node_is_null (json_object_get_member (stages, names[i])))
      {
        g_autofree char *words = dd_duration_format (json_object_get_double_member (stages, names[i]));

        expect (where, world, text, words);
      }
}

static void
check_trend (guint       world,
             JsonObject *root,
             const char *where,
             const char *text)
{
  JsonArray *trend = json_object_get_array_member (root, "trend");

  for (guint i = 0; i < json_array_get_length (trend); i++)
    {
      g_autofree char *row = trend_row_of (json_array_get_object_element (trend, i));

      expect (where, world, text, row);
    }
}

/* ---- CSV ---- */

static GPtrArray *
split_line (const char **at)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (; **at != '\0' && (quoted || **at != '\n'); (*at)++)
    if (**at == '"')
      {
        if (quoted && (*at)[1] == '"')
          g_string_append_c (cell, *(*at)++);
        else
          quoted = !quoted;
      }
    else if (**at == ',' && !quoted)
      {
        g_ptr_array_add (cells, g_strdup (cell->str));
        g_string_truncate (cell, 0);
      }
    else
      g_string_append_c (cell, **at);
  g_ptr_array_add (cells, g_strdup (cell->str));
  *at += **at == '\n';
  return cells;
}

static const struct
{
  const char *column;
  const char *metric;
  const char *name;
} columns[] = {
  { "deployments", "deployment_frequency", "deployments" },
  { "per_day", "deployment_frequency", "per_day" },
  { "per_week", "deployment_frequency", "per_week" },
  { "deployment_days", "deployment_frequency", "deployment_days" },
  { "lead_time_median_seconds", "lead_time", "median_seconds" },
  { "lead_time_mean_seconds", "lead_time", "mean_seconds" },
  { "lead_time_p90_seconds", "lead_time", "p90_seconds" },
  { "changes", "lead_time", "changes" },
  { "changes_waiting", "lead_time", "waiting" },
  { "changes_left_out", "lead_time", "left_out" },
  { "change_failure_rate", "change_failure_rate", "rate" },
  { "failed", "change_failure_rate", "failed" },
  { "deployments_judged", "change_failure_rate", "deployments" },
  { "recovery_time_median_seconds", "recovery_time", "median_seconds" },
  { "recovery_time_mean_seconds", "recovery_time", "mean_seconds" },
  { "recovery_time_p90_seconds", "recovery_time", "p90_seconds" },
  { "incidents", "recovery_time", "incidents" },
  { "failed_deployments", "recovery_time", "failed_deployments" },
  { "open", "recovery_time", "open" },
  { "recoveries_left_out", "recovery_time", "left_out" },
  { "rework_rate", "rework_rate", "rate" },
  { "unplanned", "rework_rate", "unplanned" },
};

static void
check_number (const char *cell,
              double      wanted)
{
  char *end = NULL;

  if (isnan (wanted))
    {
      g_assert_cmpstr (cell, ==, "");
      return;
    }
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (cell, &end), wanted, (1 + fabs (wanted)) * 1e-12);
  g_assert_cmpstr (end, ==, "");
}

/* A file of a row for each of the JSON's list. */
static void
check_csv_rows (JsonArray  *list,
                const char *text)
{
  g_autoptr (GPtrArray) heads = split_line (&text);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *metrics = json_object_get_object_member (json_array_get_object_element (list, i), "metrics");
      g_autoptr (GPtrArray) cells = split_line (&text);
      guint found = 0;

      g_assert_cmpuint (cells->len, ==, heads->len);
      for (guint j = 0; j < heads->len; j++)
        for (gsize k = 0; k < G_N_ELEMENTS (columns); k++)
          if (strcmp (g_ptr_array_index (heads, j), columns[k].column) == 0)
            {
              check_number (g_ptr_array_index (cells, j), number_of (metrics, columns[k].metric, columns[k].name));
              found++;
            }
      g_assert_cmpuint (found, ==, G_N_ELEMENTS (columns));
    }
  g_assert_cmpstr (text, ==, "");
}

static void
check_csv_five (JsonObject *root,
                const char *text)
{
  JsonObject *metrics = json_object_get_object_member (root, "metrics");
  g_autoptr (GPtrArray) heads = split_line (&text);

  g_assert_cmpstr (g_ptr_array_index (heads, 3), ==, "value");
  for (int i = 0; i < DD_N_METRICS; i++)
    {
      g_autoptr (GPtrArray) cells = split_line (&text);

      g_assert_cmpstr (g_ptr_array_index (cells, 0), ==, dd_metric_name (i));
      check_number (g_ptr_array_index (cells, 3), value_of (metrics, i));
      check_number (g_ptr_array_index (cells, 5), number_of (metrics, dd_metric_name (i), "change"));
    }
}

static void
check_csv (const DdReport *report,
           JsonObject     *root)
{
  g_autoptr (GPtrArray) files = dd_report_to_csv_files (report);

  for (guint i = 0; i < files->len; i++)
    {
      const DdCsvFile *file = g_ptr_array_index (files, i);

      if (strcmp (file->name, "metrics.csv") == 0)
        check_csv_five (root, file->text);
      else if (strcmp (file->name, "teams.csv") == 0)
        check_csv_rows (json_object_get_array_member (root, "teams"), file->text);
      else if (strcmp (file->name, "repositories.csv") == 0)
        check_csv_rows (json_object_get_array_member (root, "repositories"), file->text);
      else if (strcmp (file->name, "trend.csv") == 0)
        check_csv_rows (json_object_get_array_member (root, "trend"), file->text);
    }
}

/* ---- the worlds ---- */

/* What has tables of groups and a trend. */
static void
check_long (guint       world,
            JsonObject *root,
            const char *where,
            const char *text)
{
  check_five (world, root, where, text);
  check_figures (world, root, where, text);
  check_groups (world, root, "repositories", where, text, TRUE);
  check_groups (world, root, "teams", where, text, TRUE);
  check_trend (world, root, where, text);
}

static void
check_texts (guint           world,
             const DdReport *report,
             JsonObject     *root)
{
  g_autofree char *markdown = read_markdown (report);

  check_five (world, root, "Markdown", markdown);
  check_stages (world, root, "Markdown", markdown);
  check_groups (world, root, "repositories", "Markdown", markdown, FALSE);
  check_groups (world, root, "teams", "Markdown", markdown, FALSE);
  check_slack (world, report, root);
  check_csv (report, root);
}

static void
check_html (guint           world,
            const DdReport *report,
            JsonObject     *root)
{
  g_autofree char *html = read_html (report);

  check_long (world, root, "HTML", html);
}

static void
check_pages (guint       world,
             DdReport   *report,
             JsonObject *root,
             DdPaper     paper,
             gboolean    one_page)
{
  const char *where = one_page ? "the one page" : paper == DD_PAPER_LETTER ? "Letter" : "A4";
  g_autofree char *pdf = NULL;

  report->one_page = one_page;
  pdf = read_pdf (report, paper);
  check_stages (world, root, where, pdf);
  if (one_page)
    check_five (world, root, where, pdf);
  else
    check_long (world, root, where, pdf);
}

static void
check_world (guint world,
             guint locale)
{
  g_autoptr (DdReport) report = world_report (world);
  g_autofree char *json = dd_report_to_json (report);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *root = json_node_get_object (node);
  guint turn = (world + locale) % G_N_ELEMENTS (locales);
  DdPaper paper = (world / G_N_ELEMENTS (locales)) % DD_N_PAPERS;

  check_texts (world, report, root);
  if (!BY_TURNS || turn == 0)
    check_html (world, report, root);
  if (!BY_TURNS || turn == 1)
    check_pages (world, report, root, paper, FALSE);
  if (!BY_TURNS || turn == 2)
    check_pages (world, report, root, (paper + 1) % DD_N_PAPERS, TRUE);
}

/* Makes the locale where the system has only its source; FALSE where it has not even that. */
static gboolean
use_locale (const char *name)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "locales", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *source = g_strndup (name, strcspn (name, "."));
  const char *arguments[] = { "localedef", "-i", source, "-f", "UTF-8", path, NULL };

  if (setlocale (LC_ALL, name) != NULL)
    return TRUE;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, NULL, NULL))
    return FALSE;
  g_setenv ("LOCPATH", folder, TRUE);
  return setlocale (LC_ALL, name) != NULL;
}

static void
test_locale (gconstpointer data)
{
  if (!use_locale (locales[GPOINTER_TO_UINT (data)]))
    g_test_skip ("this locale cannot be made here");
  else
    for (guint world = 0; world < N_WORLDS; world++)
      check_world (world, GPOINTER_TO_UINT (data));
  g_unsetenv ("LOCPATH");
  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *path = g_strdup_printf ("/report-figures/%s", locales[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_locale);
    }
  return g_test_run ();
}
