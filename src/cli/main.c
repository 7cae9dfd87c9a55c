/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dd-cli.h"
#include "dd-gui.h"
#include "dd-locale.h"
#include "dd-settings.h"

static void
print_help (FILE *out)
{
  const DdCommand *commands = dd_cli_commands ();

  fputs (_("Usage: doradash COMMAND [OPTION…]\n\n"
           "How often you deliver, how fast, and how safely: the DORA metrics, from the services that your teams use.\n\n"
           "Commands:\n"), out);
  for (int i = 0; commands[i].name != NULL; i++)
    fprintf (out, "  %-10s %s\n", commands[i].name, _(commands[i].summary));
  fputs (_("\nOptions of all commands:\n"
           "  --workspace NAME   Which workspace (may be left out where there is one)\n"
           "  --database FILE    Another database than the user’s own\n"
           "  --json             JSON where there is a table\n"
           "  --quiet, --verbose Say less, say more\n"
           "  --version, --help  Also “doradash COMMAND --help”\n\n"
           "Examples:\n"
           "  doradash demo\n"
           "  doradash workspace import northwind.json\n"
           "  doradash sync\n"
           "  doradash report --period monthly --format markdown\n"), out);
}

static int
print_version (void)
{
  puts ("DoraDash " DD_VERSION);
  return DD_EXIT_DONE;
}

static const DdCommand *
find_command (const char *name)
{
  const DdCommand *commands = dd_cli_commands ();

  for (int i = 0; commands[i].name != NULL; i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static int
unknown_command (const char *name)
{
  const DdCommand *commands = dd_cli_commands ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *near;

  for (int i = 0; commands[i].name != NULL; i++)
    g_ptr_array_add (names, (gpointer) commands[i].name);
  g_ptr_array_add (names, NULL);
  near = dd_suggest (name, (const char * const *) names->pdata);
  if (near != NULL)
    return dd_cli_usage (_("there is no command “%s”; did you mean “%s”?"), name, near);
  return dd_cli_usage (_("there is no command “%s”; “doradash --help” lists them."), name);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  GCancellable *cancellable = user_data;

  /* The first asks to stop and keeps what is there; the second does not wait. */
  if (g_cancellable_is_cancelled (cancellable))
    _exit (130);
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

static gboolean
parse_options (const DdCommand *command,
               DdCli           *cli,
               int             *argc,
               char          ***argv,
               GError         **error)
{
  g_autofree char *usage = g_strconcat (command->name, *command->words != '\0' ? " " : "", command->words, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autofree char *examples = g_strconcat (_("Examples:\n"), command->examples, NULL);
  g_autofree const GOptionEntry *own = command->options != NULL ? command->options (cli) : NULL;
  g_autofree const GOptionEntry *common = dd_cli_common_options (cli);

  g_option_context_set_summary (context, _(command->summary));
  g_option_context_set_description (context, examples);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (own != NULL)
    g_option_context_add_main_entries (context, own, GETTEXT_PACKAGE);
  return g_option_context_parse (context, argc, argv, error);
}

static void
clear_cli (DdCli *cli)
{
  g_clear_object (&cli->result);
  g_clear_object (&cli->engine);
  g_clear_object (&cli->cancellable);
  g_free (cli->workspace);
  g_free (cli->database);
  g_free (cli->period);
  g_free (cli->format);
  g_free (cli->output);
  g_free (cli->repository);
  g_free (cli->team);
  g_free (cli->since);
  g_free (cli->window);
  g_free (cli->until);
  g_free (cli->without);
  g_free (cli->note);
  g_free (cli->paper);
  g_free (cli->listen);
  g_free (cli->schedule);
  g_free (cli->pdf_to);
  g_strfreev (cli->words);
}

static int
run_command (const DdCommand *command,
             int              argc,
             char           **argv)
{
  DdCli cli = { 0 };
  g_autoptr (GError) error = NULL;
  guint signals[2];
  int status;

  if (!parse_options (command, &cli, &argc, &argv, &error))
    {
      clear_cli (&cli);
      return dd_cli_usage (_("%s; see “doradash %s --help”."), error->message, command->name);
    }
  cli.cancellable = g_cancellable_new ();
  signals[0] = g_unix_signal_add (SIGINT, interrupted_cb, cli.cancellable);
  signals[1] = g_unix_signal_add (SIGTERM, interrupted_cb, cli.cancellable);
  status = command->run (&cli);
  g_source_remove (signals[0]);
  g_source_remove (signals[1]);
  clear_cli (&cli);
  return status;
}

int
main (int    argc,
      char **argv)
{
  const DdCommand *command;

  /* Columns of a million facts come, grow and go. The C library would raise this by itself and keep the holes that they leave. */
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);
  dd_locale_init (DD_LOCALE_DIR);
  g_set_prgname ("doradash");
  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0))
    {
      print_help (stdout);
      return DD_EXIT_DONE;
    }
  if (argc > 1 && strcmp (argv[1], "--version") == 0)
    return print_version ();
  /* The bus starts it with that option of GApplication's. */
  if (argc < 2 || strcmp (argv[1], "--gapplication-service") == 0)
    return dd_gui_run (NULL, FALSE, argc, argv);
  if (argc == 2 && strcmp (argv[1], "--background") == 0)
    return dd_gui_run (NULL, TRUE, 1, argv);
  if (argc == 3 && strcmp (argv[1], "--database") == 0)
    return dd_gui_run (argv[2], FALSE, 1, argv);
  command = find_command (argv[1]);
  if (command == NULL)
    return argv[1][0] == '-' ? dd_cli_usage (_("options come after the command; see “doradash --help”.")) : unknown_command (argv[1]);
  return run_command (command, argc - 1, argv + 1);
}
