/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-query-incidents.h"
#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdLinkEditor:
 *
 * Which deployment caused an incident: the deployments before it, and what each choice would make of the change failure rate, said
 * before it is done. It decides by the window's action `win.decide`. Of a deployment that failed it only tells.
 */
#define DD_TYPE_LINK_EDITOR (dd_link_editor_get_type ())
G_DECLARE_FINAL_TYPE (DdLinkEditor, dd_link_editor, DD, LINK_EDITOR, AdwBin)

GtkWidget *dd_link_editor_new (DdSession *session);

/* @event: of @list; copied. The same incident as before, linked as before, keeps what was chosen and typed. */
void       dd_link_editor_show (DdLinkEditor *self, const DdIncidentEvent *event, const DdIncidentList *list);

/* There is another report: what a choice would make is told beside its figures. */
void       dd_link_editor_report_changed (DdLinkEditor *self);

G_END_DECLS
