/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-engine-private.h"
#include "dd-error-sink.h"
#include "dd-event-reader.h"
#include "dd-query-activity.h"

/* What is noted, off the main loop. */
typedef struct
{
  char    *workspace, *subsystem, *operation, *type, *message; /* an error */
  char    *session, *used;                                     /* engagement */
  gboolean enable;
  gint64   at;
} Note;

static void
note_free (gpointer data)
{
  Note *note = data;

  g_free (note->workspace);
  g_free (note->subsystem);
  g_free (note->operation);
  g_free (note->type);
  g_free (note->message);
  g_free (note->session);
  g_free (note->used);
  g_free (note);
}

static void
send_off (DdEngine   *engine,
          DdStoreFunc job,
          Note       *note)
{
  note->at = g_get_real_time ();
  dd_store_run_async (dd_engine_get_store (engine), job, note, note_free, NULL, NULL, NULL, NULL);
}

static gpointer
error_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  const Note *note = data;
  DdErrorNote entry = {
    .subsystem = note->subsystem, .operation = note->operation, .type = note->type, .message = note->message, .at = note->at,
  };

  /* An error of a workspace that is gone, or that cannot be read, is nobody's. */
  if (note->workspace != NULL)
    dd_event_reader_workspace (db, note->workspace, &entry.workspace, NULL, NULL);
  dd_error_sink_note (db, &entry);
  return NULL;
}

void
dd_error_note (DdEngine     *engine,
               const char   *workspace,
               const char   *subsystem,
               const char   *operation,
               const GError *error)
{
  Note *note = g_new0 (Note, 1);

  note->workspace = g_strdup (workspace);
  note->subsystem = g_strdup (subsystem);
  note->operation = g_strdup (operation);
  note->type = g_strdup (g_quark_to_string (error->domain));
  note->message = g_strdup (error->message);
  send_off (engine, error_job, note);
}

static gpointer
used_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  const Note *note = data;

  dd_engagement_store_note (db, note->session, note->used, note->at, NULL);
  return NULL;
}

void
dd_engagement_note (DdEngine   *engine,
                    const char *session,
                    const char *type)
{
  Note *note = g_new0 (Note, 1);

  note->session = g_strdup (session);
  note->used = g_strdup (type);
  send_off (engine, used_job, note);
}

static gpointer
enable_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  dd_engagement_store_enable (db, ((const Note *) data)->enable, NULL);
  return NULL;
}

void
dd_engagement_enable (DdEngine *engine,
                      gboolean  enable)
{
  Note *note = g_new0 (Note, 1);

  note->enable = enable;
  send_off (engine, enable_job, note);
}

static gpointer
erase_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  dd_engagement_store_erase (db, NULL);
  return NULL;
}

void
dd_engagement_erase (DdEngine *engine)
{
  send_off (engine, erase_job, g_new0 (Note, 1));
}
