/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-page.h"

G_BEGIN_DECLS

/**
 * DdOverviewPage:
 *
 * The answer in one sentence, the five cards, where each metric stands, highlights, repositories and teams.
 */
#define DD_TYPE_OVERVIEW_PAGE (dd_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (DdOverviewPage, dd_overview_page, DD, OVERVIEW_PAGE, DdPage)

GtkWidget *dd_overview_page_new (void);

G_END_DECLS
