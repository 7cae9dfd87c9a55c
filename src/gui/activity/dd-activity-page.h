/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-page.h"

G_BEGIN_DECLS

/**
 * DdActivityPage:
 *
 * How well the pipeline itself runs: tasks, runs with what each of their tasks came to, schedules, load, and errors by subsystem.
 */
#define DD_TYPE_ACTIVITY_PAGE (dd_activity_page_get_type ())
G_DECLARE_FINAL_TYPE (DdActivityPage, dd_activity_page, DD, ACTIVITY_PAGE, DdPage)

GtkWidget *dd_activity_page_new (void);

G_END_DECLS
