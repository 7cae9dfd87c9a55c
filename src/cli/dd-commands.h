/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-cli.h"

G_BEGIN_DECLS

/* One function a command, each in the file of its name. */
int dd_command_backfill (DdCli *cli);
int dd_command_workspace (DdCli *cli);
int dd_command_token (DdCli *cli);
int dd_command_sync (DdCli *cli);
int dd_command_report (DdCli *cli);
int dd_command_records (DdCli *cli);
int dd_command_health (DdCli *cli);
int dd_command_incident (DdCli *cli);
int dd_command_schedule (DdCli *cli);
int dd_command_send (DdCli *cli);
int dd_command_run (DdCli *cli);
int dd_command_import (DdCli *cli);
int dd_command_activity (DdCli *cli);
int dd_command_events (DdCli *cli);
int dd_command_metrics (DdCli *cli);
int dd_command_serve (DdCli *cli);
int dd_command_demo (DdCli *cli);

/* A sync with progress; the status to end with. */
int dd_cli_sync (DdCli *cli);
/* The same, as far back as @since; DD_TIME_NONE: as the workspace says. */
int dd_cli_sync_since (DdCli *cli, gint64 since);

/* Does what is due of a schedule; the status to end with. */
int dd_cli_run_schedule (DdCli *cli, const char *id);

G_END_DECLS
