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
 * say, asks what to do. A report is posted at most once for each time that somebody presses Send. Signal `posted`: the message is there.
 */
#define DD_TYPE_SLACK_DIALOG (dd_slack_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DdSlackDialog, dd_slack_dialog, DD, SLACK_DIALOG, AdwWindow)

/* @outside: the widget that it is opened from; what comes of a post after the dialog is closed is said above it. @report: what it says
 * is taken at once, it need not live on. */
GtkWidget *dd_slack_dialog_new (GtkWidget *outside, DdEngine *engine, const DdReport *report);

/* The same with a message that was kept. @payload: as dd_report_to_slack() made it. @pdf: (nullable) */
GtkWidget *dd_slack_dialog_new_for_message (GtkWidget *outside, DdEngine *engine, const char *workspace, const char *payload, GBytes *pdf);

G_END_DECLS
