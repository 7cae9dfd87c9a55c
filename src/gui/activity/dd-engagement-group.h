/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-activity.h"
#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdEngagementGroup:
 *
 * Which pages, charts and reports are used: the switch that counting them stands behind, what was counted, and the button that
 * erases it. On this computer only, and it says so.
 */
#define DD_TYPE_ENGAGEMENT_GROUP (dd_engagement_group_get_type ())
G_DECLARE_FINAL_TYPE (DdEngagementGroup, dd_engagement_group, DD, ENGAGEMENT_GROUP, AdwPreferencesGroup)

GtkWidget *dd_engagement_group_new (DdSession *session);

/* Shows what is known; until it is first called the group asks itself, for the last 30 days. */
void       dd_engagement_group_show (DdEngagementGroup *self, const DdActivity *activity);

G_END_DECLS
