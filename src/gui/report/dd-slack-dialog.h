/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-engine.h"
#include "dd-report.h"

G_BEGIN_DECLS

/**
 * DdSlackDialog:
 *
 * What will be posted to Slack, before it is; asks once for the channel's webhook. It says how the post ended, and where nobody can
 * say, asks what to do. A report is posted at most once for each time that somebody presses Send.
 */
#define DD_TYPE_SLACK_DIALOG (dd_slack_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DdSlackDialog, dd_slack_dialog, DD, SLACK_DIALOG, AdwWindow)

/* @outside: the widget that it is opened from; what comes of a post after the dialog is closed is said above it. @report: what it says
 * is taken at once, it need not live on. */
GtkWidget *dd_slack_dialog_new (GtkWidget *outside, DdEngine *engine, const DdReport *report);

G_END_DECLS
