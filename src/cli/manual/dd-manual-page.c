/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-manual.h"

#include <string.h>

/* @text for troff: what would be a request, an escape or a typographic hyphen is itself. */
static void
append_text (GString    *page,
             const char *text)
{
  gboolean line_starts = TRUE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (line_starts && (*c == '.' || *c == '\''))
        g_string_append (page, "\\&");
      if (*c == '\\')
        g_string_append (page, "\\e");
      else if (*c == '-')
        g_string_append (page, "\\-");
      else
        g_string_append_c (page, *c);
      line_starts = *c == '\n';
    }
}

static void
append_option (GString            *page,
               const GOptionEntry *option)
{
  g_string_append (page, ".TP\n");
  if (option->short_name != '\0')
    g_string_append_printf (page, "\\fB\\-%c\\fR, ", option->short_name);
  g_string_append (page, "\\fB\\-\\-");
  append_text (page, option->long_name);
  g_string_append (page, "\\fR");
  if (option->arg_description != NULL)
    g_string_append_printf (page, " \\fI%s\\fR", option->arg_description);
  g_string_append_c (page, '\n');
  append_text (page, option->description);
  g_string_append (page, ".\n");
}

static void
append_options (GString         *page,
                const DdCommand *command)
{
  g_autoptr (GPtrArray) options = dd_manual_options (command);

  for (guint i = 0; i < options->len; i++)
    append_option (page, g_ptr_array_index (options, i));
}

static void
append_command (GString         *page,
                const DdCommand *command)
{
  g_string_append (page, ".SS ");
  append_text (page, command->name);
  if (*command->words != '\0')
    {
      g_string_append (page, " \\fI");
      append_text (page, command->words);
      g_string_append (page, "\\fR");
    }
  g_string_append_c (page, '\n');
  append_text (page, command->summary);
  g_string_append (page, ".\n");
  append_options (page, command);
  g_string_append (page, ".PP\n.EX\n");
  append_text (page, command->examples);
  g_string_append (page, ".EE\n");
}

static void
append_pairs (GString    *page,
              const char *title,
              const char * const pairs[][2])
{
  g_string_append_printf (page, ".SH %s\n", title);
  for (guint i = 0; pairs[i][0] != NULL; i++)
    {
      g_string_append (page, ".TP\n\\fB");
      append_text (page, pairs[i][0]);
      g_string_append (page, "\\fR\n");
      append_text (page, pairs[i][1]);
      g_string_append_c (page, '\n');
    }
}

char *
dd_manual_page (void)
{
  static const char * const statuses[][2] = {
    { "0", "Done." },
    { "1", "Failed." },
    { "2", "Used in a way that it does not know." },
    { "3", "Done in part: some sources could not be synced, and the others were." },
    { NULL, NULL },
  };
  static const char * const variables[][2] = {
    { "GITHUB_TOKEN, LINEAR_API_KEY, SLAB_API_TOKEN, WOODPECKER_TOKEN, INCIDENT_IO_API_KEY, SLACK_WEBHOOK_URL",
      "Take the place of what the keyring holds, for this process only." },
    { "GITHUB_ORG, GITHUB_REPOS", "Where there is no workspace, make one of that organization and those repositories (with commas)." },
    { "DORADASH_PATIENCE", "Waits so many times as long for a slow network." },
    { "NO_COLOR", "No colors on a terminal." },
    { NULL, NULL },
  };
  static const char * const files[][2] = {
    { "$XDG_DATA_HOME/doradash/doradash.db", "All data, but no tokens; before each change of its format a copy beside it." },
    { "$XDG_CONFIG_HOME/doradash/tokens", "For services of systemd only: variables as above, one a line." },
    { "$XDG_STATE_HOME/doradash/window.ini", "What the window showed last; what it does by itself is in the desktop's settings (com.example.DoraDash)." },
    { NULL, NULL },
  };
  const DdCommand *commands = dd_cli_commands ();
  GString *page = g_string_new (".TH DORADASH 1 \"\" \"DoraDash " DD_VERSION "\" \"User Commands\"\n"
                                ".SH NAME\ndoradash \\- DORA metrics from the services that your teams use\n"
                                ".SH SYNOPSIS\n.B doradash\n[\\fICOMMAND\\fR [\\fIOPTION\\fR...]]\n"
                                ".SH DESCRIPTION\nHow often you deliver, how fast, and how safely: deployments, changes and incidents are "
                                "fetched and kept on this computer, and every number can be followed to the records behind it.\n.PP\n"
                                "Without a command the window is opened. Data goes to standard output, everything else to standard error.\n"
                                ".SH COMMANDS\n");

  for (guint i = 0; commands[i].name != NULL; i++)
    append_command (page, &commands[i]);
  g_string_append (page, ".SH OPTIONS OF ALL COMMANDS\n");
  append_options (page, NULL);
  g_string_append (page, ".TP\n\\fB\\-\\-help\\fR\nSay what there is, also of one command.\n"
                         ".TP\n\\fB\\-\\-version\\fR\nSay which version this is; instead of a command.\n");
  append_pairs (page, "EXIT STATUS", statuses);
  append_pairs (page, "ENVIRONMENT", variables);
  append_pairs (page, "FILES", files);
  return g_string_free (page, FALSE);
}
