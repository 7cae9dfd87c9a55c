/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-schedule.h"
#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdScheduler:
 *
 * Does what the workspaces' schedules say while it lives: it looks each minute by the clock on the wall, which goes on while a
 * computer sleeps. What was done refreshes the session and is told by `told`, as are the workspaces' alerts. Whether anybody is to
 * be notified of it is the window's to say.
 *
 * Signals: `told` (id, title, body, target): a notification; @target is a file to open, or the name of a page. `looked`: it has
 * looked, and what was due is done.
 */
#define DD_TYPE_SCHEDULER (dd_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (DdScheduler, dd_scheduler, DD, SCHEDULER, GObject)

DdScheduler *dd_scheduler_new (DdSession *session) G_GNUC_WARN_UNUSED_RESULT;

/* Looks now. Does nothing while something is being done. */
void         dd_scheduler_look (DdScheduler *self);

/* Looks now where it has looked before, as when a computer that slept wakes up: a window that opens has more urgent things to do. */
void         dd_scheduler_wake (DdScheduler *self);

/* What is being done stops where it is; nothing more is begun. */
void         dd_scheduler_stop (DdScheduler *self);

G_END_DECLS
