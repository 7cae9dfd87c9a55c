/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-query-incidents.h"

G_BEGIN_DECLS

/**
 * DdEventList:
 *
 * The incidents and failed deployments of a period, one of which is selected. It looks at a list that must outlive it, or be
 * replaced before it goes.
 *
 * Signals: `selected`, when another event is; `activated`, when the user wants to see that one.
 */
#define DD_TYPE_EVENT_LIST (dd_event_list_get_type ())
G_DECLARE_FINAL_TYPE (DdEventList, dd_event_list, DD, EVENT_LIST, AdwBin)

/* Selects the event that was selected; where it is not in the list, the first incident, else the first event. */
void                   dd_event_list_show (DdEventList *self, const DdIncidentList *list);

/* Only what contains @words, whatever their case; "" for all. */
void                   dd_event_list_search (DdEventList *self, const char *words);

const DdIncidentEvent *dd_event_list_get_selected (DdEventList *self);
gboolean               dd_event_list_has_focus (DdEventList *self);
void                   dd_event_list_grab_focus (DdEventList *self);

G_END_DECLS
