/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-commands.h"
#include "dd-workspaces.h"

typedef struct
{
  const char *word;
  DdLink      link;
  guint       words; /* that follow, itself among them */
  const char *said;
} Decision;

static const Decision decisions[] = {
  { "link", DD_LINK_BY_HAND, 3, N_("%s is linked to %s.") },
  { "unlink", DD_LINK_UNLINKED, 2, N_("%s is linked to no deployment.") },
  { "exclude", DD_LINK_EXCLUDED, 2, N_("%s is marked as not caused by a change.") },
  { "restore", DD_LINK_NONE, 2, N_("%s follows the rules again.") },
};

int
dd_command_incident (DdCli *cli)
{
  const char *word = dd_cli_count (cli) > 0 ? cli->words[0] : "";
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      const Decision *decision = &decisions[i];

      if (strcmp (decision->word, word) != 0)
        continue;
      if (dd_cli_count (cli) != decision->words)
        break;
      dd_workspaces_decide_async (dd_cli_engine (cli), cli->workspace, cli->words[1], decision->link, cli->words[2],
                                  cli->cancellable, dd_cli_ready_cb, cli);
      if (!dd_workspaces_decide_finish (cli->engine, dd_cli_wait (cli), NULL, NULL, &error))
        return dd_cli_fail (g_steal_pointer (&error));
      if (decision->link == DD_LINK_BY_HAND)
        dd_cli_say (cli, _("%s is linked to %s."), cli->words[1], cli->words[2]);
      else
        dd_cli_say (cli, _(decision->said), cli->words[1]);
      return DD_EXIT_DONE;
    }
  return dd_cli_usage (_("“incident” takes link KEY DEPLOYMENT, unlink KEY, exclude KEY or restore KEY."));
}
