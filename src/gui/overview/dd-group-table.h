/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-report.h"

G_BEGIN_DECLS

/**
 * DdGroupTable:
 *
 * Repositories or teams with their figures, sortable and searchable; opening one narrows everything to it.
 */
#define DD_TYPE_GROUP_TABLE (dd_group_table_get_type ())
G_DECLARE_FINAL_TYPE (DdGroupTable, dd_group_table, DD, GROUP_TABLE, AdwBin)

GtkWidget *dd_group_table_new (void);
void       dd_group_table_show (DdGroupTable *self, const DdSummary *summary);
void       dd_group_table_search (DdGroupTable *self);

G_END_DECLS
