/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-report-forms.h"

G_BEGIN_DECLS

/* The report's writers, for the engine's schedules. */
const DdReportForms *dd_report_forms (void);

G_END_DECLS
