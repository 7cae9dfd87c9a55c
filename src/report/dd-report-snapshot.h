/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-report.h"
#include "dd-snapshot.h"

G_BEGIN_DECLS

/**
 * dd_report_to_snapshot:
 * @paper: on which it is set; a report of one page is kept as short as that needs
 * @outcome: (nullable): what was done with it, see DdSnapshot
 *
 * A report as it is kept: whole, with the manager's note.
 */
DdSnapshot *dd_report_to_snapshot (const DdReport *report, DdPaper paper, const char *outcome) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
