/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-commands.h"

int
dd_command_demo (DdCli *cli)
{
  return DD_EXIT_FAILED;
}
