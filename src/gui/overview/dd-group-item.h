/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "dd-summary.h"

G_BEGIN_DECLS

/* A row of DdGroupTable: a repository's or a team's name and figures, copied, since reports are replaced. */
#define DD_TYPE_GROUP_ITEM (dd_group_item_get_type ())
G_DECLARE_FINAL_TYPE (DdGroupItem, dd_group_item, DD, GROUP_ITEM, GObject)

DdGroupItem     *dd_group_item_new (const DdGroup *group, gboolean team, DdAggregate aggregate) G_GNUC_WARN_UNUSED_RESULT;
const char      *dd_group_item_get_name (DdGroupItem *self);
gboolean         dd_group_item_is_team (DdGroupItem *self);
const DdMetrics *dd_group_item_get_metrics (DdGroupItem *self);

/* As dd_metrics_value(). */
double           dd_group_item_get_value (DdGroupItem *self, DdMetric metric);

G_END_DECLS
