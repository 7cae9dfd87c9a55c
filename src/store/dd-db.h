/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DdDb:
 *
 * One connection to the database, on the store's worker thread. Outside the store it is only handed from a job to the
 * store's questions ("one function per question").
 */
typedef struct _DdDb DdDb;

/* Transactions nest: only the outermost is one. An error inside must end in dd_db_rollback(). */
gboolean dd_db_begin (DdDb *db, GError **error);
/* What is read until the commit is of one moment, whatever other processes write meanwhile. */
gboolean dd_db_begin_reading (DdDb *db, GError **error);
gboolean dd_db_commit (DdDb *db, GError **error);
void     dd_db_rollback (DdDb *db);

G_END_DECLS
