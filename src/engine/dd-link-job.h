/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-db.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* Works out the facts of what changed since the last time: which deployment deploys a change, which one an incident is
 * attributed to, what counts. Runs on the store's worker; in transactions of some repositories, so that a stop loses little and breaks nothing. */
gboolean dd_link_job_run (DdDb *db, gint64 workspace, const DdSettings *settings, GCancellable *cancellable, GError **error);

G_END_DECLS
