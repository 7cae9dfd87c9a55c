/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"

G_BEGIN_DECLS

/* For store jobs: the program's own runs as a log, a line an event, the earliest run first. */
char *dd_event_export_text (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
