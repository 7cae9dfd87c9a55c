/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-cli.h"
#include "dd-report.h"

G_BEGIN_DECLS

/* The report that the options ask for. */
DdReport *dd_cli_make_report (DdCli *cli, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps what it says. */
gboolean  dd_cli_keep_report (DdCli *cli, const DdReport *report, const char *outcome, GError **error);

/* Posts it to the workspace's webhook. */
gboolean  dd_cli_post_report (DdCli *cli, DdReport *report, GError **error);

/* What stands behind the numbers, for the formats that show it. All of one moment. */
gboolean  dd_cli_add_behind (DdCli *cli, DdReport *report, GError **error);

G_END_DECLS
