/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-commands.h"

#include <glib/gi18n-lib.h>

#define PERIOD { "period", 'p', 0, G_OPTION_ARG_STRING, &cli->period, N_("weekly, monthly, quarterly, last-N-days or FROM..TO"), "PERIOD" }
#define REPO { "repo", 'r', 0, G_OPTION_ARG_STRING, &cli->repository, N_("Only this repository"), "NAME" }
#define TEAM { "team", 't', 0, G_OPTION_ARG_STRING, &cli->team, N_("Only this team"), "NAME" }
#define OUTPUT { "output", 'o', 0, G_OPTION_ARG_FILENAME, &cli->output, N_("Write to this file"), "FILE" }
#define FORMAT(words) { "format", 'f', 0, G_OPTION_ARG_STRING, &cli->format, words, "FORMAT" }
#define END { NULL, 0, 0, 0, NULL, NULL, NULL }

/* A copy, because the entries point into this run's options. */
#define RETURN_ENTRIES(entries) return g_memdup2 (entries, sizeof entries)

static const GOptionEntry *
report_options (DdCli *cli)
{
  const GOptionEntry entries[] = {
    PERIOD,
    FORMAT (N_("text, markdown, json, csv, pdf, html or slack")),
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &cli->output, N_("Write to this file; csv: a folder gets one file a table"),
      "FILE" },
    REPO,
    TEAM,
    { "short", 0, 0, G_OPTION_ARG_NONE, &cli->one_page, N_("pdf and html: the one page"), NULL },
    { "full", 0, 0, G_OPTION_ARG_NONE, &cli->full, N_("pdf and html: all of it (this is the default)"), NULL },
    { "without", 0, 0, G_OPTION_ARG_STRING, &cli->without,
      N_("pdf, html and markdown: leave out tiers, highlights, recommendations, teams, moves, incidents, trends, stages, "
         "repositories or health"), "SECTION,…" },
    { "note", 0, 0, G_OPTION_ARG_FILENAME, &cli->note, N_("A text of your own at the top of it, kept with it"), "FILE" },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &cli->paper, N_("pdf: a4 or letter"), "SIZE" },
    END,
  };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
records_options (DdCli *cli)
{
  const GOptionEntry entries[] = { PERIOD, FORMAT (N_("text, csv or json")), OUTPUT, REPO, TEAM, END };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
health_options (DdCli *cli)
{
  const GOptionEntry entries[] = { PERIOD, REPO, OUTPUT, END };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
sync_options (DdCli *cli)
{
  const GOptionEntry entries[] = {
    { "full", 0, 0, G_OPTION_ARG_NONE, &cli->full, N_("Fetch everything again"), NULL },
    { "since", 0, 0, G_OPTION_ARG_STRING, &cli->since, N_("Fetch what is not older than this date"), "DATE" },
    END,
  };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
backfill_options (DdCli *cli)
{
  const GOptionEntry entries[] = {
    { "years", 0, 0, G_OPTION_ARG_INT, &cli->years, N_("How far back, 1 to 20"), "N" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &cli->dry_run, N_("Print what would be fetched, and about how long that takes"), NULL },
    END,
  };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
send_options (DdCli *cli)
{
  const GOptionEntry entries[] = {
    PERIOD,
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &cli->dry_run, N_("Print what would be posted"), NULL },
    { "again", 0, 0, G_OPTION_ARG_NONE, &cli->again, N_("Send once more what was never confirmed"), NULL },
    { "pdf-to", 0, 0, G_OPTION_ARG_STRING, &cli->pdf_to, N_("Share the PDF too, in the channel of this ID, by a bot with files:write"),
      "CHANNEL" },
    END,
  };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
run_options (DdCli *cli)
{
  const GOptionEntry entries[] = {
    { "schedule", 0, 0, G_OPTION_ARG_STRING, &cli->schedule, N_("As this schedule of the workspace, once for each time that it is due"),
      "ID" },
    END,
  };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
output_options (DdCli *cli)
{
  const GOptionEntry entries[] = { OUTPUT, END };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
demo_options (DdCli *cli)
{
  const GOptionEntry entries[] = {
    PERIOD,
    { "serve", 0, 0, G_OPTION_ARG_NONE, &cli->serve, N_("Only serve the example organization, until Ctrl-C"), NULL },
    END,
  };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
metrics_options (DdCli *cli)
{
  const GOptionEntry entries[] = { FORMAT (N_("text or openmetrics")), OUTPUT, END };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
serve_options (DdCli *cli)
{
  const GOptionEntry entries[] = {
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &cli->listen, N_("Where to answer; this computer only unless told otherwise"), "ADDR:PORT" },
    END,
  };

  RETURN_ENTRIES (entries);
}

static const GOptionEntry *
activity_options (DdCli *cli)
{
  const GOptionEntry entries[] = {
    { "window", 0, 0, G_OPTION_ARG_STRING, &cli->window, N_("How far back: hours or days, from 1h to 8760h (24h)"), "WINDOW" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &cli->until, N_("Ends then instead of now"), "TIME" },
    OUTPUT,
    END,
  };

  RETURN_ENTRIES (entries);
}

const GOptionEntry *
dd_cli_common_options (DdCli *cli)
{
  const GOptionEntry entries[] = {
    { "workspace", 'w', 0, G_OPTION_ARG_STRING, &cli->workspace, N_("Which workspace"), "NAME" },
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &cli->database, N_("Another database than the user’s own"), "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("JSON where there is a table"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &cli->quiet, N_("Say less"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &cli->verbose, N_("Say more"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &cli->words, NULL, NULL },
    END,
  };

  RETURN_ENTRIES (entries);
}

static const DdCommand commands[] = {
  { "workspace", "import FILE | list | export [NAME] | remove NAME", N_("Settings of workspaces"),
    "  doradash workspace import northwind.json\n  doradash workspace export Northwind --output northwind.json\n", output_options,
    dd_command_workspace },
  { "token", "set SOURCE | check | clear SOURCE", N_("Tokens in the keyring"),
    "  doradash token set github\n  doradash token check\n", NULL, dd_command_token },
  { "sync", "", N_("Fetch what is new from all sources"), "  doradash sync\n  doradash sync --since 2026-01-01\n", sync_options,
    dd_command_sync },
  { "backfill", "", N_("Fetch past years, step by step"),
    "  doradash backfill --years 3 --dry-run\n  doradash backfill --years 3\n", backfill_options, dd_command_backfill },
  { "report", "", N_("The five metrics of a period"),
    "  doradash report\n  doradash report --period monthly --format markdown --output october.md\n  doradash report --repo shop --format json\n"
    "  doradash report --format pdf --short --output week.pdf\n",
    report_options, dd_command_report },
  { "records", "METRIC", N_("The list behind a number"),
    "  doradash records lead_time\n  doradash records change_failure_rate --period last-30-days --format csv\n", records_options,
    dd_command_records },
  { "health", "", N_("From fetched to counted, and what was left out why"), "  doradash health --period quarterly\n", health_options,
    dd_command_health },
  { "incident", "link KEY DEPLOYMENT | unlink KEY | exclude KEY | restore KEY", N_("Decide what an incident was caused by"),
    "  doradash incident link OPS-246 DE_318\n  doradash incident exclude OPS-244\n", NULL, dd_command_incident },
  { "send", "", N_("Post the report to Slack"), "  doradash send --dry-run\n  doradash send --period monthly --pdf-to C0123456789\n  doradash send --again\n", send_options,
    dd_command_send },
  { "run", "[weekly|monthly]", N_("Sync, report and send in one"),
    "  doradash run weekly\n  doradash run weekly --schedule weekly-report\n", run_options, dd_command_run },
  { "schedule", "list | install | remove | run ID", N_("What is done by itself, as timers of systemd"),
    "  doradash schedule list --json\n  doradash schedule install\n  doradash schedule run weekly-report\n", NULL, dd_command_schedule },
  { "import", "deployments|changes|incidents FILE", N_("Read records from CSV or JSON lines"),
    "  doradash import deployments deployments.csv\n", NULL, dd_command_import },
  { "metrics", "", N_("The numbers for Prometheus, once"),
    "  doradash metrics\n  doradash metrics --output /var/lib/prometheus/node-exporter/doradash.prom\n", metrics_options,
    dd_command_metrics },
  { "serve", "", N_("The numbers for Prometheus, over HTTP until Ctrl-C"),
    "  doradash serve\n  doradash serve --listen 127.0.0.1:9600\n  doradash serve --listen [::1]:9600\n", serve_options,
    dd_command_serve },
  { "activity", "", N_("How well the pipeline itself runs"),
    "  doradash activity\n  doradash activity --window 7d --json\n", activity_options, dd_command_activity },
  { "events", "import FILE… | export", N_("Event logs of orchestrators, in and out"),
    "  doradash events import logs/orchestrator_events.jsonl\n  doradash events export --output events.jsonl\n", output_options,
    dd_command_events },
  { "demo", "", N_("An example organization through the real pipeline"), "  doradash demo\n", demo_options, dd_command_demo },
  { NULL },
};

const DdCommand *
dd_cli_commands (void)
{
  return commands;
}
