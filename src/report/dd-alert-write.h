/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-alert.h"

G_BEGIN_DECLS

/* One sentence without a full stop, for people. */
char *dd_words_alert (const DdAlert *alert) G_GNUC_WARN_UNUSED_RESULT;

/* A payload for Slack. @alerts: (element-type DdAlert) */
char *dd_alerts_to_slack (const char *workspace, const GPtrArray *alerts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
