/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-engine.h"

G_BEGIN_DECLS

/**
 * DdSearchProvider:
 *
 * Answers the desktop's search: metrics by their title, teams and repositories of all workspaces by their name. What is chosen opens
 * its page.
 */
#define DD_TYPE_SEARCH_PROVIDER (dd_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (DdSearchProvider, dd_search_provider, DD, SEARCH_PROVIDER, GObject)

typedef DdEngine *(*DdSearchEngineFunc) (GtkApplication *application);

/* @engine is called with the first question, so that a program that is asked nothing opens no store for it. @application owns it. */
DdSearchProvider *dd_search_provider_new (GtkApplication *application, DdSearchEngineFunc engine) G_GNUC_WARN_UNUSED_RESULT;

gboolean dd_search_provider_export (DdSearchProvider *self, GDBusConnection *connection, GError **error);
void     dd_search_provider_unexport (DdSearchProvider *self);

G_END_DECLS
