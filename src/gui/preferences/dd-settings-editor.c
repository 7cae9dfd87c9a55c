/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-settings-editor.h"

#include "dd-settings-file.h"
#include "dd-survey.h"
#include "dd-workspaces.h"

/* So long a number may be turned until it is written. */
#define SOON_MILLISECONDS 250

struct _DdSettingsEditor
{
  GObject parent;

  DdSession    *session;
  char         *workspace;
  GCancellable *cancellable; /* of questions; what is written is written */
  DdSeen       *seen;
  char         *written;     /* what the store has, or is about to have */
  char         *before;      /* what it had before that */
  guint         writing;     /* commits under way */
  guint         soon;        /* timeout until one is written */
};

G_DEFINE_FINAL_TYPE (DdSettingsEditor, dd_settings_editor, G_TYPE_OBJECT)

enum
{
  LOADED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
surveyed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DdSettingsEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  DdSeen *seen = dd_survey_finish (DD_ENGINE (object), result, &error);

  if (seen == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }
  /* Something was changed meanwhile: what is there to be read is another. */
  if (self->soon != 0)
    {
      dd_seen_free (seen);
      dd_settings_editor_flush (self);
      dd_settings_editor_load (self);
      return;
    }
  dd_seen_free (self->seen);
  self->seen = seen;
  g_free (self->written);
  self->written = dd_settings_file_write (seen->settings);
  g_signal_emit (self, signals[LOADED], 0);
}

void
dd_settings_editor_load (DdSettingsEditor *self)
{
  if (self->workspace != NULL)
    dd_survey_async (dd_session_get_engine (self->session), self->workspace, self->cancellable, surveyed_cb, g_object_ref (self));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdSettingsEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dd_workspaces_import_finish (DD_ENGINE (object), result, &error);

  self->writing--;
  if (name == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error->message);
      /* What is shown is to be what is kept. */
      dd_settings_editor_load (self);
      return;
    }
  if (self->writing == 0 && self->session != NULL)
    dd_session_refresh (self->session);
}

/* @json: (transfer full) */
static void
write_settings (DdSettingsEditor *self,
                char             *json)
{
  if (g_strcmp0 (json, self->written) == 0)
    {
      g_free (json);
      return;
    }
  g_free (self->before);
  self->before = self->written;
  self->written = json;
  self->writing++;
  dd_workspaces_import_async (dd_session_get_engine (self->session), json, self->workspace, self->seen->sample, NULL, written_cb,
                              g_object_ref (self));
}

void
dd_settings_editor_flush (DdSettingsEditor *self)
{
  if (self->soon == 0)
    return;
  g_clear_handle_id (&self->soon, g_source_remove);
  write_settings (self, dd_settings_file_write (self->seen->settings));
}

static gboolean
soon_cb (gpointer user_data)
{
  DdSettingsEditor *self = user_data;

  self->soon = 0;
  write_settings (self, dd_settings_file_write (self->seen->settings));
  return G_SOURCE_REMOVE;
}

void
dd_settings_editor_commit (DdSettingsEditor *self)
{
  if (self->seen == NULL)
    return;
  g_clear_handle_id (&self->soon, g_source_remove);
  self->soon = g_timeout_add (SOON_MILLISECONDS, soon_cb, self);
}

void
dd_settings_editor_undo (DdSettingsEditor *self)
{
  g_autofree char *before = NULL;
  DdSettings *settings;

  dd_settings_editor_flush (self);
  before = g_steal_pointer (&self->before);
  settings = before != NULL ? dd_settings_file_parse (before, self->workspace, NULL) : NULL;
  if (settings == NULL)
    return;
  dd_settings_free (self->seen->settings);
  self->seen->settings = settings;
  write_settings (self, g_steal_pointer (&before));
  g_signal_emit (self, signals[LOADED], 0);
  /* Which sources there are is the store's to say, once that is written: jobs keep their order. */
  dd_settings_editor_load (self);
}

static void
dd_settings_editor_dispose (GObject *object)
{
  DdSettingsEditor *self = DD_SETTINGS_EDITOR (object);

  dd_settings_editor_flush (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dd_settings_editor_parent_class)->dispose (object);
}

static void
dd_settings_editor_finalize (GObject *object)
{
  DdSettingsEditor *self = DD_SETTINGS_EDITOR (object);

  g_object_unref (self->cancellable);
  dd_seen_free (self->seen);
  g_free (self->workspace);
  g_free (self->written);
  g_free (self->before);
  G_OBJECT_CLASS (dd_settings_editor_parent_class)->finalize (object);
}

static void
dd_settings_editor_class_init (DdSettingsEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_settings_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_settings_editor_finalize;
  signals[LOADED] = g_signal_new ("loaded", DD_TYPE_SETTINGS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", DD_TYPE_SETTINGS_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
dd_settings_editor_init (DdSettingsEditor *self)
{
  self->cancellable = g_cancellable_new ();
}

DdSettingsEditor *
dd_settings_editor_new (DdSession *session)
{
  DdSettingsEditor *self = g_object_new (DD_TYPE_SETTINGS_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->workspace = g_strdup (dd_session_get_workspace (session));
  return self;
}

DdSession *
dd_settings_editor_get_session (DdSettingsEditor *self)
{
  return self->session;
}

const char *
dd_settings_editor_get_workspace (DdSettingsEditor *self)
{
  return self->workspace;
}

DdSettings *
dd_settings_editor_get_settings (DdSettingsEditor *self)
{
  return self->seen != NULL ? self->seen->settings : NULL;
}

const DdSeen *
dd_settings_editor_get_seen (DdSettingsEditor *self)
{
  return self->seen;
}
