/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-help-pages.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Each statement here is one of metrics.md, of the rights that the sources ask for, or of what a page of the window does: whoever
 * changes one of those changes it here too. Buttons and pages are called what the window calls them. */

static const DdHelpBlock overview[] = {
  { DD_HELP_TEXT,
    N_("A card for each metric shows its figure in the chosen period, its tier, how it went over twelve "
       "periods, and how it stands against the period before. Choose a card to see what is behind it.") },
  { DD_HELP_HEADING, N_("Tiers") },
  { DD_HELP_TEXT,
    N_("Elite, High, Medium and Low are ranges of a profile. Classic is used until you choose another in the "
       "preferences, under Metrics: that of a published report, or thresholds of your own. The rework rate is "
       "not rated.") },
  { DD_HELP_HEADING, N_("Overall Rating") },
  { DD_HELP_TEXT,
    N_("Elite counts 4, High 3, Medium 2 and Low 1. The rating is the mean over the metrics that have a tier: "
       "Elite from 3.5, High from 2.5, Medium from 1.5. Beside it stands how many of the four were rated.") },
  { DD_HELP_HEADING, N_("Better, Worse, Steady") },
  { DD_HELP_TEXT,
    /* xgettext:no-c-format */
    N_("Within 5 % of the period before, a figure is steady. Nothing is said where one of the two has no "
       "figure, or where the one before is 0.") },
  { DD_HELP_PAGE, N_("How a Number Comes About"), "numbers" },
};

static const DdHelpBlock numbers[] = {
  { DD_HELP_TEXT,
    N_("No figure is typed in or estimated. Records of deployments, merged pull requests and incidents are "
       "fetched from your services, rules say which of them count, and the figures are calculated from those "
       "that do.") },
  { DD_HELP_HEADING, N_("From a Number to Its Records") },
  { DD_HELP_TEXT,
    N_("The page of a metric lists the records behind its figure. Data Health shows how many were fetched, how "
       "many were left out, by which rule, and the setting that changes it.") },
  { DD_HELP_HEADING, N_("No Data") },
  { DD_HELP_TEXT,
    N_("Where there is nothing to calculate from, a metric has no figure and no tier. It is never 0 and never "
       "Elite. Only the deployment frequency is a true 0, in a period without deployments, if any was ever "
       "known.") },
  { DD_HELP_HEADING, N_("Small Samples") },
  { DD_HELP_TEXT,
    N_("A figure from fewer than 5 events is marked as a small sample: one more event may change it much. Look "
       "at a longer period before you conclude anything.") },
  { DD_HELP_HEADING, N_("Periods and Durations") },
  { DD_HELP_TEXT,
    N_("Periods are of whole days in the workspace’s time zone. Of durations the median is rated: one half took "
       "longer, the other did not. The preferences offer the mean and the 90th percentile, and working time.") },
  { DD_HELP_DO, N_("Show Data _Health"), "show::health" },
};

static const DdHelpBlock deployment_frequency[] = {
  { DD_HELP_TEXT,
    N_("Successful production deployments that finished in the period, divided by its days. A week has seven "
       "times that. The days with at least one deployment are counted too.") },
  { DD_HELP_HEADING, N_("What Counts as a Deployment") },
  { DD_HELP_TEXT,
    N_("In each repository one kind of record counts. It is the first that there is of: GitHub’s deployments to "
       "production, Woodpecker’s pipelines, deployments from files, releases, version tags. The preferences, "
       "under Sources, show what was chosen for each of GitHub’s repositories, and why, and let you choose "
       "another.") },
  { DD_HELP_HEADING, N_("What Counts as Production") },
  { DD_HELP_TEXT,
    N_("Environments whose names begin with prod or live, in capitals or not, until you choose others in the "
       "preferences, under Metrics. Deployments to other environments are kept, and count in nothing.") },
  { DD_HELP_HEADING, N_("What Does Not Count") },
  { DD_HELP_TEXT,
    N_("Deployments that failed, were cancelled or still run. Those that failed count in the change failure "
       "rate.") },
  { DD_HELP_PAGE, N_("Change Failure Rate"), "change_failure_rate" },
};

static const DdHelpBlock lead_time[] = {
  { DD_HELP_TEXT,
    N_("From the first commit of a change to the first successful production deployment that contains it. Where "
       "the first commit is not known, from when the change was opened. A change is a pull request that was "
       "merged into the default branch, and counts in the period in which its deployment finished.") },
  { DD_HELP_HEADING, N_("Stages") },
  { DD_HELP_TEXT,
    N_("Coding goes from the first commit to the opening, pickup to the first review by another person, review "
       "to the merge, deploy to the deployment. Each stage has a median of its own, so that they do not add up "
       "to the lead time.") },
  { DD_HELP_HEADING, N_("Waiting and Left Out") },
  { DD_HELP_ITEM, N_("A change that is merged and not deployed yet is waiting, and is in no average.") },
  { DD_HELP_ITEM,
    N_("One that was merged more than 30 days before its repository’s first known deployment is left out. The "
       "preferences change the days.") },
  { DD_HELP_ITEM, N_("One with a negative time, from a wrong clock, is left out.") },
  { DD_HELP_HEADING, N_("Repositories That Deploy Nothing") },
  { DD_HELP_TEXT, N_("There, merged stands for deployed. Such changes are counted apart, and shown so.") },
};

static const DdHelpBlock change_failure_rate[] = {
  { DD_HELP_TEXT,
    N_("Of the production deployments that finished in the period, successful or not, those that failed or that "
       "an incident is attributed to. Each counts once. The preferences, under Metrics, switch either kind of "
       "failure off.") },
  { DD_HELP_HEADING, N_("Which Deployment Caused an Incident") },
  { DD_HELP_TEXT,
    N_("The one that the incident names. Where it names none, the latest successful production deployment of "
       "its repository that finished before it, at most 24 hours before. An incident without a repository is "
       "attributed to the latest one in any. The preferences change the hours.") },
  { DD_HELP_HEADING, N_("Where the Rule Is Wrong") },
  { DD_HELP_TEXT,
    N_("On the page of incidents, link the deployment that caused it, or say that no change did. What you "
       "decide stands above the rules, and stays when you sync.") },
  { DD_HELP_PAGE, N_("Incidents and Their Causes"), "incidents" },
};

static const DdHelpBlock recovery_time[] = {
  { DD_HELP_TEXT,
    N_("From an incident’s start to its resolution, and from a failed deployment to the next success of that "
       "repository and environment. What ended in the period counts. The median is rated, and the mean is shown "
       "too.") },
  { DD_HELP_HEADING, N_("Open and Left Out") },
  { DD_HELP_TEXT,
    N_("An incident that was not resolved by the end of the period is open, and is in no average. One with a "
       "negative time is left out. Several failures in a row are one event, from the first of them to the next "
       "success.") },
  { DD_HELP_HEADING, N_("Recovery from Failed Deployments") },
  { DD_HELP_TEXT,
    N_("Since 2023, DORA’s reports measure from the deployment instead: only incidents that are attributed to "
       "one count, from its finish to their resolution. The profile DORA 2023 does so. The preferences, under "
       "Metrics, choose it for the other profiles too.") },
  { DD_HELP_PAGE, N_("Incidents and Their Causes"), "incidents" },
};

static const DdHelpBlock rework_rate[] = {
  { DD_HELP_TEXT,
    N_("Of the successful production deployments that finished in the period, those that nobody planned. A high "
       "rate says that much is deployed only to mend what was deployed before.") },
  { DD_HELP_HEADING, N_("How Unplanned Work Is Told") },
  { DD_HELP_TEXT, N_("By these words at the start of a word, in capitals or not:") },
  { DD_HELP_ITEM, "hotfix" },
  { DD_HELP_ITEM, "rollback" },
  { DD_HELP_ITEM, "roll back" },
  { DD_HELP_ITEM, "revert" },
  { DD_HELP_TEXT,
    N_("They are looked for in the deployment’s ref, and in the titles and branches of the changes that it was "
       "the first to contain. Work that is called otherwise is not found: a custom of naming such branches "
       "makes the figure better.") },
  { DD_HELP_HEADING, N_("No Tier") },
  { DD_HELP_TEXT, N_("No profile rates the rework rate, and it has no part in the overall rating.") },
};

static const DdHelpBlock incidents[] = {
  { DD_HELP_TEXT,
    N_("The page of incidents shows what was open in the period, the deployment that each incident is "
       "attributed to, and by which rule. Deployments that failed stand there too.") },
  { DD_HELP_HEADING, N_("To Decide by Yourself") },
  { DD_HELP_TEXT,
    N_("Choose an incident and then a deployment, to see what a link would change before you make it. You can "
       "also unlink it, say that no change caused it, or let the rules find its deployment again. Ctrl+Z undoes "
       "a decision.") },
  { DD_HELP_HEADING, N_("What Is an Incident") },
  { DD_HELP_TEXT,
    N_("An incident of incident.io, an issue of Linear with an incident label, a postmortem in Slab, or a row "
       "of a file. When two sources tell of the same one, it counts once. Severities that count can be chosen "
       "in the preferences.") },
  { DD_HELP_PAGE, N_("Linear, incident.io and Slab"), "incident_services" },
  { DD_HELP_DO, N_("Show _Incidents"), "show::incidents" },
};

static const DdHelpBlock empty[] = {
  { DD_HELP_TEXT, N_("A dashboard without figures has one of a few reasons. Look for yours from the top.") },
  { DD_HELP_ITEM, N_("Nothing was fetched yet. Connect a source, and sync with Ctrl+R.") },
  { DD_HELP_ITEM,
    N_("A sync failed. The window says so above the page, and the preferences say it beside the source under "
       "Sources. Most often a token has expired or lacks a right.") },
  { DD_HELP_ITEM,
    N_("The period is too short or too early. Choose a longer one. A first sync fetches 365 days, which the "
       "preferences change under General.") },
  { DD_HELP_ITEM,
    N_("The window is narrowed to a repository or team where nothing happened. Choose all repositories.") },
  { DD_HELP_ITEM,
    N_("Deployments go to an environment that does not count as production. Choose yours in the preferences, "
       "under Metrics.") },
  { DD_HELP_ITEM,
    N_("No source of incidents is connected. Then there is little to recover from, and only deployments that "
       "failed count as failures.") },
  { DD_HELP_TEXT,
    N_("Data Health shows for each kind of record how many were fetched and why some do not count.") },
  { DD_HELP_DO, N_("Show Data _Health"), "show::health" },
  { DD_HELP_DO, N_("_Sync Now"), "sync" },
};

static const DdHelpBlock sources[] = {
  { DD_HELP_TEXT,
    N_("To begin, one service is enough. GitHub alone gives deployments and changes. Without a source of "
       "incidents, failures and recovery rest on failed deployments alone.") },
  { DD_HELP_ITEM,
    N_("Choose New Workspace in the menu of workspaces. To add a service to a workspace, choose Add Source in "
       "the preferences, under Sources.") },
  { DD_HELP_ITEM,
    N_("Give the token and choose Check. The service is asked whose token it is. Where it tells which rights "
       "are missing, they are listed.") },
  { DD_HELP_ITEM,
    N_("The first sync may take a while. It can be stopped and goes on where it was. Later ones fetch what "
       "changed.") },
  { DD_HELP_TEXT,
    N_("From all these, DoraDash only reads, so that rights to read are enough. Tokens are kept in your "
       "keyring. Where there is none, they can be kept for this session only.") },
  { DD_HELP_PAGE, N_("GitHub"), "github" },
  { DD_HELP_PAGE, N_("Woodpecker"), "woodpecker" },
  { DD_HELP_PAGE, N_("Linear, incident.io and Slab"), "incident_services" },
  { DD_HELP_PAGE, N_("Files of Your Own"), "files" },
  { DD_HELP_DO, N_("_Connect Sources…"), "connect" },
};

static const DdHelpBlock github[] = {
  { DD_HELP_TEXT,
    N_("GitHub gives deployments, merged pull requests, releases, version tags, and workflow runs where you "
       "choose them.") },
  { DD_HELP_HEADING, N_("A Fine-Grained Token") },
  { DD_HELP_TEXT,
    N_("It sees the repositories of one owner, and an organization may have to approve it. It needs:") },
  { DD_HELP_ITEM, N_("Contents: read") },
  { DD_HELP_ITEM, N_("Deployments: read") },
  { DD_HELP_ITEM, N_("Pull requests: read") },
  { DD_HELP_ITEM, N_("Actions: read, only where workflow runs stand for deployments") },
  { DD_HELP_HEADING, N_("A Classic Token") },
  { DD_HELP_ITEM, N_("The scope “repo”, for private repositories, their changes and deployments") },
  { DD_HELP_ITEM, N_("The scope “read:org”, for repositories that only members of the organization see") },
  { DD_HELP_TEXT,
    N_("Where the organization asks for single sign-on, authorize the token for it in GitHub’s settings.") },
  { DD_HELP_HEADING, N_("Which Repositories") },
  { DD_HELP_TEXT,
    N_("Those of the organization or user that you choose. Archived and disabled ones and forks are left out "
       "unless you name them. For an Enterprise Server, give its address.") },
};

static const DdHelpBlock woodpecker[] = {
  { DD_HELP_TEXT,
    N_("Woodpecker gives pipelines that deploy. Give the address of your server, version 1.0 or later, and a "
       "personal access token, which is made on the user’s page there. It has no rights of its own but those of "
       "its user, so that an account that may only read is enough.") },
  { DD_HELP_HEADING, N_("Which Pipelines Count") },
  { DD_HELP_TEXT,
    N_("Those with the event “deployment”, to the environment that they name. In a repository that has none of "
       "these, each pipeline that is not a pull request’s counts as a deployment to production.") },
  { DD_HELP_HEADING, N_("How They Ended") },
  { DD_HELP_TEXT,
    N_("A success is a success and a failure a failure. An error is trouble of the build machinery, and counts "
       "as cancelled, as do pipelines that were killed, declined, skipped or blocked. One without a finish is "
       "still running.") },
  { DD_HELP_TEXT, N_("Where GitHub knows of production deployments in a repository, those count instead.") },
};

static const DdHelpBlock incident_services[] = {
  { DD_HELP_HEADING, N_("Linear") },
  { DD_HELP_TEXT,
    N_("A personal API key that may read, for all teams that matter. Issues with an incident label are "
       "incidents, until you choose other labels: incident, outage, hotfix, bug, p0, sev0, sev1. A label such "
       "as repo:shop or service:shop, or the name of a repository, says which repository it was. Cancelled "
       "issues and duplicates do not count.") },
  { DD_HELP_HEADING, N_("incident.io") },
  { DD_HELP_TEXT,
    N_("An API key with “View data, like public incidents and organisation settings”. Incidents that are tests, "
       "tutorials, declined, merged or cancelled do not count.") },
  { DD_HELP_HEADING, N_("Slab") },
  { DD_HELP_TEXT,
    N_("The API token from the team settings, under Developer. A post is a postmortem when its title contains "
       "postmortem, post-mortem or incident review. Where it names an incident, such as OPS-12, its lines "
       "“Started at”, “Resolved at” and “Severity” replace what that incident says. Where it names none, it is "
       "an incident of its own if it gives both times.") },
  { DD_HELP_PAGE, N_("Incidents and Their Causes"), "incidents" },
};

static const DdHelpBlock files[] = {
  { DD_HELP_TEXT,
    N_("What no service tells can come from files: deployments, changes and incidents, each in a file of its "
       "own. They need no token.") },
  { DD_HELP_HEADING, N_("How They Are Written") },
  { DD_HELP_TEXT,
    N_("CSV whose first line names the columns, or JSON lines with one object on each line. Both are UTF-8. "
       "Times are written like 2026-11-02T09:30:00Z.") },
  { DD_HELP_HEADING, N_("Columns That Are Needed") },
  /* Translators: repository, result and so on are names of columns and words in them, and stay as they are. */
  { DD_HELP_ITEM,
    N_("Deployments: repository, result, finished. The result is success, failure, cancelled or running.") },
  { DD_HELP_ITEM, N_("Changes: repository, merged") },
  { DD_HELP_ITEM, N_("Incidents: started") },
  { DD_HELP_TEXT,
    N_("More is better: id, environment and commit of a deployment, first_commit, opened and merge_commit of a "
       "change, repository, resolved and deployment of an incident. Columns of your own begin with x_ and are "
       "passed over.") },
  { DD_HELP_TEXT,
    N_("A file that is imported again updates its records. What is wrong in it is named with its line.") },
};

static const DdHelpBlock reports[] = {
  { DD_HELP_TEXT,
    N_("A report is of the period and the repositories that the window shows. Save it as PDF, web page, "
       "Markdown, CSV or JSON, print it, or send it to Slack. Earlier reports stay in the list as they were.") },
  { DD_HELP_HEADING, N_("Slack") },
  { DD_HELP_TEXT,
    N_("An incoming webhook is enough. It is made in Slack, in the settings of an app, and posts to one "
       "channel. Its address is a secret, and is kept in your keyring like a token.") },
  { DD_HELP_TEXT,
    N_("To share the PDF too, give the token of a bot (xoxb-…) with the scope files:write and the ID of a "
       "channel, and invite the bot there.") },
  { DD_HELP_HEADING, N_("What Is Posted") },
  { DD_HELP_TEXT,
    N_("Before you send it you see it, also word for word. It is posted at most once for each time that you "
       "ask. Where Slack’s answer was lost, look there first: the report is held back until you send it again.") },
  { DD_HELP_DO, N_("Show _Reports"), "show::reports" },
};

static const DdHelpBlock activity[] = {
  { DD_HELP_TEXT,
    N_("Activity says how well the fetching itself works: runs and the tasks in them, schedules with their next "
       "time, errors by subsystem, and load. All of it is counted from records, like every other figure.") },
  { DD_HELP_HEADING, N_("How a Run Ends") },
  { DD_HELP_TEXT,
    N_("It succeeds, it fails, or it is interrupted, when the program that ran it is gone. A sync that was "
       "interrupted goes on where it was the next time.") },
  { DD_HELP_HEADING, N_("Logs of Others") },
  { DD_HELP_TEXT,
    N_("The event logs of an orchestrator can be read beside the program’s own runs. A log that is read again "
       "adds nothing twice, and a line that is broken is passed over and named.") },
  { DD_HELP_DO, N_("Show _Activity"), "show::activity" },
};

static const DdHelpBlock privacy[] = {
  { DD_HELP_HEADING, N_("What Leaves This Computer") },
  { DD_HELP_ITEM, N_("Questions to the services that you connected, each with its own token") },
  { DD_HELP_ITEM, N_("Reports and alerts that you send to Slack, or have sent there by a schedule") },
  { DD_HELP_ITEM,
    N_("Figures that your Prometheus fetches, if you start “doradash serve” on the command line") },
  { DD_HELP_TEXT, N_("Files that you save are yours to hand on. A link to a record opens in your browser.") },
  { DD_HELP_HEADING, N_("What Never Does") },
  { DD_HELP_TEXT,
    N_("Everything else. There is no telemetry, no account and no update check. Which pages you use is counted "
       "only if you switch that on under Activity, and the counts stay here.") },
  { DD_HELP_HEADING, N_("What Is Kept Here") },
  { DD_HELP_TEXT,
    N_("Times, results, titles, names of branches, account names of authors, and links, in one file that the "
       "preferences name under General. No source code is fetched. A post of Slab is read for its times and "
       "severity; its text is not kept.") },
  { DD_HELP_TEXT,
    N_("Tokens are in your keyring only, or in memory: never in that file, a log or a report. Each is sent only "
       "to the host that it belongs to.") },
  { DD_HELP_TEXT, N_("Teams and repositories are measured. People are not ranked.") },
};

static const DdHelpBlock keyboard[] = {
  { DD_HELP_TEXT,
    N_("Everything can be done from the keyboard. Tab goes from one part to the next, the arrow keys go through "
       "lists and charts, and Enter opens what is chosen.") },
  { DD_HELP_ITEM, N_("F1: the help that belongs to the page on screen") },
  { DD_HELP_ITEM, N_("F9: the sidebar with the pages") },
  { DD_HELP_ITEM, N_("F10: the main menu") },
  { DD_HELP_ITEM, N_("Ctrl+F: search, here and on pages with a list") },
  { DD_HELP_ITEM, N_("Ctrl+R: sync") },
  { DD_HELP_ITEM, N_("Alt+Left and Alt+Right: the period before and after") },
  { DD_HELP_HEADING, N_("Charts") },
  { DD_HELP_TEXT,
    N_("The left and right arrow keys go from value to value, and Home and End to the first and last. Plus and "
       "minus change how much of the time is shown, and 0 shows all of it. Ctrl+T shows the chart as a table.") },
  { DD_HELP_HEADING, N_("This Window") },
  { DD_HELP_TEXT, N_("Page Up and Page Down scroll the text. Escape closes it.") },
  { DD_HELP_DO, N_("All _Keyboard Shortcuts"), "shortcuts" },
};

#define PAGE(name, title, section) { #name, title, section, name, G_N_ELEMENTS (name) }

static const DdHelpPage pages[] = {
  PAGE (overview, N_("The Overview"), N_("Numbers")),
  PAGE (numbers, N_("How a Number Comes About"), N_("Numbers")),
  PAGE (empty, N_("When There Is Nothing to See"), N_("Numbers")),
  PAGE (deployment_frequency, N_("Deployment Frequency"), N_("Metrics")),
  PAGE (lead_time, N_("Lead Time"), N_("Metrics")),
  PAGE (change_failure_rate, N_("Change Failure Rate"), N_("Metrics")),
  PAGE (recovery_time, N_("Time to Recovery"), N_("Metrics")),
  PAGE (rework_rate, N_("Rework Rate"), N_("Metrics")),
  PAGE (incidents, N_("Incidents and Their Causes"), N_("Metrics")),
  PAGE (sources, N_("Connect Your Sources"), N_("Sources")),
  PAGE (github, N_("GitHub"), N_("Sources")),
  PAGE (woodpecker, N_("Woodpecker"), N_("Sources")),
  PAGE (incident_services, N_("Linear, incident.io and Slab"), N_("Sources")),
  PAGE (files, N_("Files of Your Own"), N_("Sources")),
  PAGE (reports, N_("Reports and Slack"), N_("Using DoraDash")),
  PAGE (activity, N_("How Well the Syncs Run"), N_("Using DoraDash")),
  PAGE (privacy, N_("What Leaves This Computer"), N_("Using DoraDash")),
  PAGE (keyboard, N_("Keyboard"), N_("Using DoraDash")),
};

const DdHelpPage *
dd_help_pages (guint *n)
{
  *n = G_N_ELEMENTS (pages);
  return pages;
}

const DdHelpPage *
dd_help_page_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (strcmp (pages[i].id, id) == 0)
      return &pages[i];
  return NULL;
}

const DdHelpPage *
dd_help_page_for (const char *page)
{
  const DdHelpPage *found;

  if (page == NULL)
    return dd_help_page_find ("sources");
  /* What was fetched, what counts and why, is the whole of Data Health. */
  found = dd_help_page_find (strcmp (page, "health") == 0 ? "numbers" : page);
  return found != NULL ? found : &pages[0];
}

static char *
fold (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (plain != NULL ? plain : text, -1);
}

/* Not by words of the text, which not every language sets apart. */
gboolean
dd_help_page_matches (const DdHelpPage *page,
                      const char       *words)
{
  g_autoptr (GString) text = g_string_new (_(page->title));
  g_autofree char *asked = fold (words);
  g_auto (GStrv) parts = g_strsplit_set (asked, " \t", -1);
  g_autofree char *folded = NULL;

  for (guint i = 0; i < page->n_blocks; i++)
    g_string_append_printf (text, "\n%s", _(page->blocks[i].text));
  folded = fold (text->str);
  for (char **part = parts; *part != NULL; part++)
    if (strstr (folded, *part) == NULL)
      return FALSE;
  return TRUE;
}
