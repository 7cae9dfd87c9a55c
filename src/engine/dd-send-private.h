/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The services under which tokens of Slack are kept. */
#define DD_SEND_WEBHOOK "slack"
#define DD_SEND_BOT "slack-bot"

/* What tells one report's payload from another's. */
char *dd_send_what (const char *payload) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
