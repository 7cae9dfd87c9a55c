/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text for mrkdwn: `& < >` escaped, at most @longest characters, cut at a word with "…" and never within an escape. */
char *dd_slack_text (const char *text, guint longest);

/* Cut in the same way, without escapes (plain_text). */
char *dd_slack_plain (const char *text, guint longest);

G_END_DECLS
