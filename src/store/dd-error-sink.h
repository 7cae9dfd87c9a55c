/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"

G_BEGIN_DECLS

/* How long one may take in all, whatever state the database is in. */
#define DD_ERROR_SINK_MILLISECONDS 50

/* An error on its way into the database. */
typedef struct
{
  const char *subsystem; /* "github", "store", "report", "schedule", "gui", … */
  const char *operation;
  const char *type;
  const char *message;   /* cut at 500 characters; what looks like a token is left out */
  gint64      workspace; /* 0: none */
  gint64      run;       /* 0: none */
  gint64      at;
} DdErrorNote;

/* Never fails its caller: what cannot be written now is dropped and counted, and the count is written with the next that can. */
void   dd_error_sink_note (DdDb *db, const DdErrorNote *note);

/* How many were dropped, as far as the database and this connection know. */
gint64 dd_error_sink_dropped (DdDb *db);

/* @message without what looks like a token, at most 500 characters. */
char  *dd_error_sink_tidy (const char *message) G_GNUC_WARN_UNUSED_RESULT;

/* What pages, charts and reports are used: only where that was switched on, and only listed types. */
gboolean dd_engagement_store_is_enabled (DdDb *db);
gboolean dd_engagement_store_enable (DdDb *db, gboolean enable, GError **error);
/* FALSE with no error where it is off or the type is not listed. */
gboolean dd_engagement_store_note (DdDb *db, const char *session, const char *type, gint64 at, GError **error);
gboolean dd_engagement_store_erase (DdDb *db, GError **error);

G_END_DECLS
