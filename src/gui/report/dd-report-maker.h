/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-query.h"
#include "dd-report.h"

G_BEGIN_DECLS

/**
 * dd_report_make_async:
 *
 * Asks for everything that a report with all its parts says, of one moment: the summary, the one before it, the incidents and the
 * records behind the durations.
 */
void      dd_report_make_async (DdEngine *engine, const DdQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
DdReport *dd_report_make_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
