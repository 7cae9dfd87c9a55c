/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DdEngine:
 *
 * What window and command line stand on: one database and one HTTP session. All that is asked of it is asynchronous and comes
 * back on the caller's main context.
 */
#define DD_TYPE_ENGINE (dd_engine_get_type ())
G_DECLARE_FINAL_TYPE (DdEngine, dd_engine, DD, ENGINE, GObject)

/* @database: NULL for the user's own. It is opened in the background: what is wrong with it is the error of the first question. */
DdEngine *dd_engine_new (const char *database) G_GNUC_WARN_UNUSED_RESULT;

/* Its file, as an absolute path. */
char     *dd_engine_dup_path (DdEngine *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
