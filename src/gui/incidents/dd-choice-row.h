/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-incident-event.h"

G_BEGIN_DECLS

/**
 * DdChoiceRow:
 *
 * A deployment that may have caused an incident, as one of several to choose from.
 *
 * Action: `choice.choose`, so that screen readers can do what a click does. Signal: `chosen`: it is the one now.
 */
#define DD_TYPE_CHOICE_ROW (dd_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (DdChoiceRow, dd_choice_row, DD, CHOICE_ROW, GtkListBoxRow)

/* @started: when the incident did; @beside: (nullable): another row, only one of which is chosen at a time */
GtkWidget  *dd_choice_row_new (const DdDeploymentName *deployment, gint64 started, GTimeZone *zone, DdChoiceRow *beside);

void        dd_choice_row_choose (DdChoiceRow *self);

/* The deployment's id, and what people call it. */
const char *dd_choice_row_get_id (DdChoiceRow *self);
const char *dd_choice_row_get_name (DdChoiceRow *self);

G_END_DECLS
