/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdLinkEditor:
 *
 * Which deployment caused an incident: the deployments before it, and what each choice would make of the change failure rate, said
 * before it is done. Signal `decided`: a decision was taken, and the numbers are others.
 */
#define DD_TYPE_LINK_EDITOR (dd_link_editor_get_type ())
G_DECLARE_FINAL_TYPE (DdLinkEditor, dd_link_editor, DD, LINK_EDITOR, AdwBin)

GtkWidget *dd_link_editor_new (DdSession *session);

/* @row: (nullable): an incident's; copied. */
void       dd_link_editor_show (DdLinkEditor *self, const DdRecordRow *row, GTimeZone *zone);

G_END_DECLS
