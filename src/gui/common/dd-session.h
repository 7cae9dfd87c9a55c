/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-query.h"
#include "dd-report.h"

G_BEGIN_DECLS

/**
 * DdSession:
 *
 * What the window shows: a workspace, a period, and what the numbers are narrowed to. It asks for the report of these whenever one
 * of them or the data changes, and keeps the last one. All pages look at the one session. What is chosen is kept for the next start
 * in a file of the user's state; nothing here waits for a disk.
 *
 * Signals: `changed`: what a question would be answered by has changed, ask again. `report-changed`: there is another report, or
 * another error. `workspaces-changed`: another list of workspaces.
 */
#define DD_TYPE_SESSION (dd_session_get_type ())
G_DECLARE_FINAL_TYPE (DdSession, dd_session, DD, SESSION, GObject)

DdSession *dd_session_new (DdEngine *engine) G_GNUC_WARN_UNUSED_RESULT;

DdEngine *dd_session_get_engine (DdSession *self);

/* Reads what was chosen last and asks for its report, which the worker then makes while the window is being built; where the overview
 * was shown last, for a brief one, which is there sooner. */
void dd_session_load (DdSession *self);

/* Asks for the whole of a report that is brief. */
void dd_session_complete (DdSession *self);

/* Loads, where that was not done, reads the list of workspaces, then emits `workspaces-changed` and `changed`. @page: what was shown last. */
void dd_session_start_async (DdSession *self, GAsyncReadyCallback callback, gpointer user_data);
void dd_session_start_finish (DdSession *self, GAsyncResult *result);

/* Reads the list of workspaces again and moves to @workspace (NULL: stays, or the first where it is gone). */
void dd_session_reload_workspaces (DdSession *self, const char *workspace);

/* NULL-terminated, empty before the start and where there is none. */
const char * const *dd_session_get_workspaces (DdSession *self);
const char         *dd_session_get_workspace (DdSession *self); /* NULL for none */
void                dd_session_set_workspace (DdSession *self, const char *workspace);

/* As dd_period_parse() wants it; @back: how many such periods before that. */
const char *dd_session_get_period (DdSession *self);
guint       dd_session_get_back (DdSession *self);
void        dd_session_set_period (DdSession *self, const char *period, guint back);

/* At most one of both; NULL for all. */
const char *dd_session_get_repository (DdSession *self);
const char *dd_session_get_team (DdSession *self);
void        dd_session_narrow (DdSession *self, const char *repository, const char *team);

/* What the program does without being asked, of this computer and no workspace (dd-window-settings.h); NULL where no schema is installed. */
GSettings  *dd_session_get_settings (DdSession *self);
/* The values of these; off unless switched on. */
gboolean    dd_session_get_background (DdSession *self);
gboolean    dd_session_get_sync_on_start (DdSession *self);
guint       dd_session_get_sync_every (DdSession *self); /* minutes; 0: not */

/* How large the window was; FALSE where that is not known. */
gboolean    dd_session_get_size (DdSession *self, int *width, int *height, gboolean *maximized);
void        dd_session_set_size (DdSession *self, int width, int height, gboolean maximized);

/* The name of the page shown last; "" at first. */
const char *dd_session_get_page (DdSession *self);
void        dd_session_set_page (DdSession *self, const char *page);

/* TRUE where the workspace is the built-in example's. */
gboolean            dd_session_is_sample (DdSession *self);

/* Whether its sources are being asked, as the syncer says; and whether that is for the first time: until it ends there are figures of a
 * part only, and what belongs together is not linked. */
void                dd_session_set_syncing (DdSession *self, gboolean syncing);
gboolean            dd_session_is_first_sync (DdSession *self);

/* Data is coming: asks for the report again, which takes the place of the last one when it is there. */
void dd_session_look_again (DdSession *self);

/* Data has changed: ask everything again. */
void dd_session_refresh (DdSession *self);

/* The question that the session stands for; its strings live as long as nothing is changed. */
void dd_session_fill_query (DdSession *self, DdQuery *query);

/* The last report, and whether another one is on its way, as after a brief one. NULL before the first and after an error,
 * but where only the database is in trouble the last one stays, if the question is still the same. */
const DdReport *dd_session_get_report (DdSession *self);
gboolean        dd_session_is_loading (DdSession *self);
const GError   *dd_session_get_error (DdSession *self); /* of the last question; NULL for none */

G_END_DECLS
