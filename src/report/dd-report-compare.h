/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-snapshot.h"

G_BEGIN_DECLS

/**
 * dd_report_compare:
 *
 * Two reports that were kept, side by side: each metric's figure and tier in @earlier and @later, and how far it went. It is a report
 * itself, with a document, and not yet kept. NULL with DD_ERROR_STORE where one of them cannot be read.
 */
DdSnapshot *dd_report_compare (const DdSnapshot *earlier, const DdSnapshot *later, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
