/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-auto-sync.h"
#include "dd-banner.h"
#include "dd-page.h"
#include "dd-period-control.h"
#include "dd-scheduler.h"
#include "dd-scope-button.h"
#include "dd-sidebar.h"
#include "dd-window.h"

G_BEGIN_DECLS

struct _DdWindow
{
  AdwApplicationWindow parent;

  DdSession *session;
  DdSyncer  *syncer;
  DdScheduler *scheduler;
  DdAutoSync *auto_sync;
  GPtrArray *undo;       /* of GVariant: what puts back what was decided about incidents, the last one last */
  AdwToast  *undo_toast; /* that offers to undo the last one; NULL for none */
  GtkWidget *help;       /* DdHelpWindow, while it is open */
  gboolean   furnished;  /* what stands around the page is there, or on its way */
  guint      again;      /* source that asks a database in trouble again */
  char      *said;       /* what stands in the way from the start; NULL for nothing */
  gboolean   closed;     /* by the user, while questions may still be on their way */

  AdwToastOverlay *toasts;
  GtkStack        *views;
  AdwBin          *starting;
  AdwLeaflet      *leaflet;
  AdwClamp        *sidebar_clamp;
  DdSidebar       *sidebar;        /* these three are there a few frames after the first */
  DdPeriodControl *period_control;
  DdScopeButton   *scope_button;
  AdwHeaderBar    *header;
  GtkBox          *wide_controls;
  AdwWindowTitle  *title;
  DdBanner        *banner;
  GtkStack        *pages;
  GtkProgressBar  *progress;
  GtkActionBar    *narrow_bar;
};

/* dd-window.c */
void dd_window_show_page (DdWindow *self, const char *name);

/* dd-window-actions.c */
void dd_window_add_actions (DdWindow *self);
void dd_window_update_actions (DdWindow *self);

/* dd-window-decide.c: what is decided about incidents, and its undoing. */
void dd_window_add_decide_actions (DdWindow *self);

/* dd-window-help.c: `win.help` with the id of a page, or "" for that of the page on screen. */
void dd_window_add_help_actions (DdWindow *self);

/* dd-window-send.c: the report, to Slack. */
void dd_window_add_send_actions (DdWindow *self);

/* dd-window-sync.c: the banner and the progress bar. */
void dd_window_update_sync (DdWindow *self);

/* dd-window-schedule.c: what is done by itself, and who is told of it. */
void dd_window_start_schedules (DdWindow *self);

G_END_DECLS
