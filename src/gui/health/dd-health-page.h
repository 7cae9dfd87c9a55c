/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-page.h"

G_BEGIN_DECLS

/**
 * DdHealthPage:
 *
 * From fetched to counted, step by step, and where to change what was left out.
 */
#define DD_TYPE_HEALTH_PAGE (dd_health_page_get_type ())
G_DECLARE_FINAL_TYPE (DdHealthPage, dd_health_page, DD, HEALTH_PAGE, DdPage)

GtkWidget *dd_health_page_new (void);

G_END_DECLS
