/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-page.h"

G_BEGIN_DECLS

/**
 * DdReportsPage:
 *
 * A report of the period and filter that are shown, in the form that is chosen, as it will be on paper: to be saved, printed, copied and
 * sent. Beside it the reports that were made before, each as it was.
 */
#define DD_TYPE_REPORTS_PAGE (dd_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (DdReportsPage, dd_reports_page, DD, REPORTS_PAGE, DdPage)

GtkWidget *dd_reports_page_new (void);

G_END_DECLS
