/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "dd-commands.h"
#include "dd-tokens.h"

#define TOKEN_BYTES 4096

/* One line from standard input; on a terminal without showing it. NULL where there is none. */
static char *
read_token (DdCli *cli)
{
  struct termios shown, hidden;
  gboolean terminal = tcgetattr (STDIN_FILENO, &shown) == 0;
  char line[TOKEN_BYTES];
  char *token = NULL;

  if (terminal)
    {
      fputs (_("Token (it is not shown): "), stderr);
      hidden = shown;
      hidden.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
    }
  if (fgets (line, sizeof line, stdin) != NULL && *g_strstrip (line) != '\0')
    token = g_strdup (line);
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
      fputc ('\n', stderr);
    }
  explicit_bzero (line, sizeof line);
  return token;
}

static int
set_token (DdCli      *cli,
           const char *type,
           gboolean    clear)
{
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (!dd_tokens_is_type (type))
    return dd_cli_usage (_("there is no token for “%s”; there are github, linear, slab, woodpecker, incidentio, slack and slack-bot."), type);
  if (!clear && (token = read_token (cli)) == NULL)
    return dd_cli_usage (_("no token was given on standard input."));
  dd_tokens_set_async (dd_cli_engine (cli), cli->workspace, type, token, cli->cancellable, dd_cli_ready_cb, cli);
  if (token != NULL)
    explicit_bzero (token, strlen (token));
  done = dd_tokens_set_finish (cli->engine, dd_cli_wait (cli), &error);
  if (!done)
    return dd_cli_fail (g_steal_pointer (&error));
  if (clear)
    dd_cli_say (cli, _("The token of %s is removed from the keyring."), type);
  else
    dd_cli_say (cli, _("The token of %s is in the keyring; “doradash token check” asks who it belongs to."), type);
  return DD_EXIT_DONE;
}

/* What follows from a check: good, lacking rights, or bad. */
static gboolean
print_check (const DdTokenCheck *check)
{
  if (check->error != NULL)
    {
      printf ("%s: %s\n", check->name, check->error->message);
      return FALSE;
    }
  if (check->who == NULL && check->missing == NULL)
    {
      printf (_("%s: needs no token\n"), check->name);
      return TRUE;
    }
  printf ("%s: %s%s%s\n", check->name, check->who != NULL ? check->who : _("the token is good"), check->detail != NULL ? ", " : "",
          check->detail != NULL ? check->detail : "");
  for (guint i = 0; check->missing != NULL && i < check->missing->len; i++)
    printf ("  %s\n", (const char *) g_ptr_array_index (check->missing, i));
  return TRUE;
}

static int
check_tokens (DdCli *cli)
{
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GError) error = NULL;
  guint good = 0;

  dd_tokens_check_async (dd_cli_engine (cli), cli->workspace, cli->cancellable, dd_cli_ready_cb, cli);
  checks = dd_tokens_check_finish (cli->engine, dd_cli_wait (cli), &error);
  if (checks == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  for (guint i = 0; i < checks->len; i++)
    good += print_check (g_ptr_array_index (checks, i));
  if (good == checks->len)
    return DD_EXIT_DONE;
  return good > 0 ? DD_EXIT_PART : DD_EXIT_FAILED;
}

int
dd_command_token (DdCli *cli)
{
  const char *what = dd_cli_count (cli) > 0 ? cli->words[0] : "";

  if (strcmp (what, "set") == 0 && dd_cli_count (cli) == 2)
    return set_token (cli, cli->words[1], FALSE);
  if (strcmp (what, "clear") == 0 && dd_cli_count (cli) == 2)
    return set_token (cli, cli->words[1], TRUE);
  if (strcmp (what, "check") == 0 && dd_cli_count (cli) == 1)
    return check_tokens (cli);
  return dd_cli_usage (_("“token” takes set SOURCE, check or clear SOURCE."));
}
