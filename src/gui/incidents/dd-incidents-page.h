/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-page.h"

G_BEGIN_DECLS

/**
 * DdIncidentsPage:
 *
 * The incidents of the period, each with its deployment and the rule that linked it, and the editor of such links.
 */
#define DD_TYPE_INCIDENTS_PAGE (dd_incidents_page_get_type ())
G_DECLARE_FINAL_TYPE (DdIncidentsPage, dd_incidents_page, DD, INCIDENTS_PAGE, DdPage)

GtkWidget *dd_incidents_page_new (void);

G_END_DECLS
