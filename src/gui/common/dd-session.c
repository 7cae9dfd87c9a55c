/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-session.h"

#include <glib/gstdio.h>

#include "dd-error.h"
#include "dd-time.h"
#include "dd-workspaces.h"
#include "dd-query-activity.h"
#include "dd-usage.h"
#include "dd-window-settings.h"

#define STATE_GROUP "window"
#define DEFAULT_PERIOD "weekly"
/* A file that says more is not ours. */
#define LARGEST 32767

struct _DdSession
{
  GObject parent;

  DdEngine     *engine;
  char        **workspaces;
  char         *workspace;
  char         *period;
  guint         back;
  char         *repository;
  char         *team;
  char         *page;
  GSettings    *settings; /* NULL until somebody asks, and where there is no schema */
  int           width;    /* of the window; 0: not known */
  int           height;
  gboolean      maximized;
  DdReport     *report;
  GError       *error;
  GCancellable *asking; /* the question on its way */
  gboolean      saving; /* what is shown is on its way to the disk */
  gboolean      dirty;  /* and is another by now */
  gboolean      current; /* @report answers what is chosen now, though it may be older than the data */
  gboolean      loaded; /* what was shown last is known */
  gboolean      syncing;
  char         *first;  /* the workspace whose first sync is under way */
  gboolean      quiet;  /* the question on its way takes nothing from what is shown */
  gboolean      early;  /* its report was asked for before the list of workspaces was there */
};

enum
{
  CHANGED,
  REPORT_CHANGED,
  WORKSPACES_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DdSession, dd_session, G_TYPE_OBJECT)

static char *
state_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "doradash", "window.ini", NULL);
}

static void
set_or_leave (GKeyFile   *keys,
              const char *key,
              const char *value)
{
  if (value != NULL)
    g_key_file_set_string (keys, STATE_GROUP, key, value);
}

static GBytes *
state_as_text (DdSession *self)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  gsize length;
  char *text;

  set_or_leave (keys, "workspace", self->workspace);
  set_or_leave (keys, "period", self->period);
  g_key_file_set_integer (keys, STATE_GROUP, "back", (int) self->back);
  set_or_leave (keys, "repository", self->repository);
  set_or_leave (keys, "team", self->team);
  set_or_leave (keys, "page", self->page);
  if (self->width > 0)
    {
      g_key_file_set_integer (keys, STATE_GROUP, "width", self->width);
      g_key_file_set_integer (keys, STATE_GROUP, "height", self->height);
      g_key_file_set_boolean (keys, STATE_GROUP, "maximized", self->maximized);
    }
  text = g_key_file_to_data (keys, &length, NULL);
  return g_bytes_new_take (text, length);
}

static void save_state (DdSession *self);

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  DdSession *self = DD_SESSION (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("What is shown was not kept: %s", error->message);
  self->saving = FALSE;
  if (self->dirty)
    save_state (self);
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  g_autofree char *path = state_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  GError *error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (data, &length);

  /* Where this fails, so does writing, which says why. */
  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* One write at a time: of two side by side the older could come last. */
static void
save_state (DdSession *self)
{
  g_autoptr (GTask) task = NULL;

  self->dirty = self->saving;
  if (self->saving)
    return;
  self->saving = TRUE;
  /* The last window may close meanwhile. */
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  task = g_task_new (self, NULL, saved_cb, NULL);
  g_task_set_task_data (task, state_as_text (self), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, write_thread);
}

static void
load_state (DdSession  *self,
            const char *text,
            gsize       length)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();

  if (!g_key_file_load_from_data (keys, text, length, G_KEY_FILE_NONE, NULL))
    return;
  g_free (self->workspace);
  self->workspace = g_key_file_get_string (keys, STATE_GROUP, "workspace", NULL);
  if (g_key_file_has_key (keys, STATE_GROUP, "period", NULL))
    {
      g_free (self->period);
      self->period = g_key_file_get_string (keys, STATE_GROUP, "period", NULL);
    }
  self->back = (guint) CLAMP (g_key_file_get_integer (keys, STATE_GROUP, "back", NULL), 0, DD_QUERY_MOST_BACK);
  self->repository = g_key_file_get_string (keys, STATE_GROUP, "repository", NULL);
  self->team = g_key_file_get_string (keys, STATE_GROUP, "team", NULL);
  g_free (self->page);
  self->page = g_key_file_get_string (keys, STATE_GROUP, "page", NULL);
  self->width = CLAMP (g_key_file_get_integer (keys, STATE_GROUP, "width", NULL), 0, LARGEST);
  self->height = CLAMP (g_key_file_get_integer (keys, STATE_GROUP, "height", NULL), 0, LARGEST);
  self->maximized = g_key_file_get_boolean (keys, STATE_GROUP, "maximized", NULL);
}

static gboolean
was_ever_synced (DdSession *self)
{
  for (guint i = 0; self->report != NULL && i < self->report->summary->sources->len; i++)
    if (((const DdSourceState *) g_ptr_array_index (self->report->summary->sources, i))->last_sync != DD_TIME_NONE)
      return TRUE;
  return FALSE;
}

/* It is one until it ends, though one of its sources may be through before. */
static void
note_first_sync (DdSession *self)
{
  if (self->syncing && self->first == NULL && self->report != NULL && !was_ever_synced (self))
    self->first = g_strdup (self->workspace);
}

static void
summary_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdSession) self = user_data;
  g_autoptr (GError) error = NULL;
  DdSummary *summary = dd_query_summary_finish (DD_ENGINE (source), result, &error);

  /* A question that was given up is followed by its successor's answer. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  g_clear_error (&self->error);
  /* A database in trouble makes what is known no less true; it only gets older. */
  if (!(self->current && g_error_matches (error, DD_ERROR, DD_ERROR_STORE)))
    g_clear_pointer (&self->report, dd_report_free);
  if (summary != NULL)
    {
      self->report = dd_report_new (summary);
      self->current = TRUE;
      note_first_sync (self);
    }
  else
    {
      dd_error_note (self->engine, self->workspace, "report", "show", error);
      self->error = g_steal_pointer (&error);
    }
  g_signal_emit (self, signals[REPORT_CHANGED], 0);
}

static void
ask_for_report (DdSession *self,
                gboolean   brief)
{
  DdQuery query;

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->quiet = FALSE;
  if (self->workspace != NULL)
    {
      self->asking = g_cancellable_new ();
      dd_session_fill_query (self, &query);
      query.brief = brief;
      dd_query_summary_async (self->engine, &query, self->asking, summary_cb, g_object_ref (self));
    }
  else
    {
      g_clear_pointer (&self->report, dd_report_free);
      g_clear_error (&self->error);
    }
}

static void
ask (DdSession *self)
{
  ask_for_report (self, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_workspaces (DdSession  *self,
                 GPtrArray  *names,
                 const char *wanted)
{
  g_autofree char *workspace = g_strdup (wanted != NULL ? wanted : self->workspace);
  gboolean asked = self->early;

  self->early = FALSE;
  g_strfreev (self->workspaces);
  g_ptr_array_add (names, NULL);
  self->workspaces = g_strdupv ((char **) names->pdata);
  if (workspace == NULL || !g_strv_contains ((const char * const *) self->workspaces, workspace))
    {
      g_free (workspace);
      workspace = g_strdup (self->workspaces[0]);
    }
  if (g_strcmp0 (workspace, self->workspace) != 0)
    {
      g_clear_pointer (&self->repository, g_free);
      g_clear_pointer (&self->team, g_free);
      g_clear_pointer (&self->report, dd_report_free);
      g_free (self->workspace);
      self->workspace = g_steal_pointer (&workspace);
      save_state (self);
      asked = FALSE;
    }
  g_signal_emit (self, signals[WORKSPACES_CHANGED], 0);
  if (asked)
    g_signal_emit (self, signals[CHANGED], 0);
  else
    ask (self);
}

static void
workspaces_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DdSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = dd_workspaces_list_finish (DD_ENGINE (source), result, &error);

  if (names != NULL)
    {
      take_workspaces (self, names, g_task_get_task_data (task));
    }
  else
    {
      /* The next list is of another state of the database, which is to be asked again then. */
      self->early = FALSE;
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      g_signal_emit (self, signals[REPORT_CHANGED], 0);
    }
  g_task_return_boolean (task, TRUE);
}

static void
dd_session_dispose (GObject *object)
{
  DdSession *self = DD_SESSION (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->settings);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (dd_session_parent_class)->dispose (object);
}

static void
dd_session_finalize (GObject *object)
{
  DdSession *self = DD_SESSION (object);

  g_strfreev (self->workspaces);
  g_free (self->workspace);
  g_free (self->period);
  g_free (self->repository);
  g_free (self->team);
  g_free (self->page);
  g_free (self->first);
  g_clear_pointer (&self->report, dd_report_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (dd_session_parent_class)->finalize (object);
}

static void
dd_session_class_init (DdSessionClass *klass)
{
  static const char * const names[N_SIGNALS] = { "changed", "report-changed", "workspaces-changed" };

  G_OBJECT_CLASS (klass)->dispose = dd_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_session_finalize;
  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], DD_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dd_session_init (DdSession *self)
{
  self->workspaces = g_new0 (char *, 1);
  self->period = g_strdup (DEFAULT_PERIOD);
  self->page = g_strdup ("");
}

DdSession *
dd_session_new (DdEngine *engine)
{
  DdSession *self = g_object_new (DD_TYPE_SESSION, NULL);

  self->engine = g_object_ref (engine);
  return self;
}

DdEngine *
dd_session_get_engine (DdSession *self)
{
  return self->engine;
}

void
dd_session_load (DdSession *self)
{
  g_autofree char *path = state_path ();
  g_autofree char *text = NULL;
  gsize length;

  if (self->loaded)
    return;
  self->loaded = TRUE;
  /* A few lines, without which nothing could be shown: going to the loop and back for them takes longer than they do. */
  if (g_file_get_contents (path, &text, &length, NULL))
    load_state (self, text, length);
  self->early = self->workspace != NULL;
  /* What the overview opens with; other pages begin with the trend. */
  if (self->early)
    ask_for_report (self, g_strcmp0 (self->page, "overview") == 0);
}

void
dd_session_complete (DdSession *self)
{
  if (self->report != NULL && self->report->summary->brief && self->asking == NULL)
    ask_for_report (self, FALSE);
}

void
dd_session_start_async (DdSession          *self,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  dd_session_load (self);
  dd_workspaces_list_async (self->engine, NULL, workspaces_cb, g_steal_pointer (&task));
}

void
dd_session_start_finish (DdSession    *self,
                         GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}

void
dd_session_reload_workspaces (DdSession  *self,
                              const char *workspace)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (task, g_strdup (workspace), g_free);
  dd_workspaces_list_async (self->engine, NULL, workspaces_cb, g_steal_pointer (&task));
}

const char * const *
dd_session_get_workspaces (DdSession *self)
{
  return (const char * const *) self->workspaces;
}

const char *
dd_session_get_workspace (DdSession *self)
{
  return self->workspace;
}

void
dd_session_set_workspace (DdSession  *self,
                          const char *workspace)
{
  if (g_strcmp0 (workspace, self->workspace) == 0)
    return;
  g_free (self->workspace);
  self->workspace = g_strdup (workspace);
  g_clear_pointer (&self->repository, g_free);
  g_clear_pointer (&self->team, g_free);
  g_clear_pointer (&self->report, dd_report_free);
  save_state (self);
  g_signal_emit (self, signals[WORKSPACES_CHANGED], 0);
  ask (self);
}

const char *
dd_session_get_period (DdSession *self)
{
  return self->period;
}

guint
dd_session_get_back (DdSession *self)
{
  return self->back;
}

void
dd_session_set_period (DdSession  *self,
                       const char *period,
                       guint       back)
{
  g_autofree char *copy = g_strdup (period);

  back = MIN (back, DD_QUERY_MOST_BACK);
  if (strcmp (copy, self->period) == 0 && back == self->back)
    return;
  g_free (self->period);
  self->period = g_steal_pointer (&copy);
  self->back = back;
  self->current = FALSE;
  save_state (self);
  ask (self);
}

const char *
dd_session_get_repository (DdSession *self)
{
  return self->repository;
}

const char *
dd_session_get_team (DdSession *self)
{
  return self->team;
}

void
dd_session_narrow (DdSession  *self,
                   const char *repository,
                   const char *team)
{
  g_autofree char *new_repository = g_strdup (repository);
  g_autofree char *new_team = g_strdup (team);

  if (g_strcmp0 (new_repository, self->repository) == 0 && g_strcmp0 (new_team, self->team) == 0)
    return;
  g_free (self->repository);
  g_free (self->team);
  self->repository = g_steal_pointer (&new_repository);
  self->team = g_steal_pointer (&new_team);
  self->current = FALSE;
  save_state (self);
  ask (self);
}

GSettings *
dd_session_get_settings (DdSession *self)
{
  if (self->settings == NULL)
    self->settings = dd_window_settings_new ();
  return self->settings;
}

gboolean
dd_session_get_background (DdSession *self)
{
  GSettings *settings = dd_session_get_settings (self);

  return settings != NULL && g_settings_get_boolean (settings, DD_SETTING_BACKGROUND);
}

gboolean
dd_session_get_sync_on_start (DdSession *self)
{
  GSettings *settings = dd_session_get_settings (self);

  return settings != NULL && g_settings_get_boolean (settings, DD_SETTING_SYNC_ON_START);
}

guint
dd_session_get_sync_every (DdSession *self)
{
  GSettings *settings = dd_session_get_settings (self);

  return settings != NULL ? g_settings_get_uint (settings, DD_SETTING_SYNC_EVERY) : 0;
}

gboolean
dd_session_get_size (DdSession *self,
                     int       *width,
                     int       *height,
                     gboolean  *maximized)
{
  *width = self->width;
  *height = self->height;
  *maximized = self->maximized;
  return self->width > 0 && self->height > 0;
}

void
dd_session_set_size (DdSession *self,
                     int        width,
                     int        height,
                     gboolean   maximized)
{
  if (width == self->width && height == self->height && maximized == self->maximized)
    return;
  self->width = width;
  self->height = height;
  self->maximized = maximized;
  save_state (self);
}

const char *
dd_session_get_page (DdSession *self)
{
  return self->page != NULL ? self->page : "";
}

void
dd_session_set_page (DdSession  *self,
                     const char *page)
{
  dd_usage_note_page (self->engine, page);
  if (g_strcmp0 (page, self->page) == 0)
    return;
  g_free (self->page);
  self->page = g_strdup (page);
  save_state (self);
}

void
dd_session_set_syncing (DdSession *self,
                        gboolean   syncing)
{
  if (syncing == self->syncing)
    return;
  self->syncing = syncing;
  g_clear_pointer (&self->first, g_free);
  note_first_sync (self);
  /* Only a first sync changes what is said of no data. */
  if (self->first != NULL || (self->report != NULL && !was_ever_synced (self)))
    g_signal_emit (self, signals[REPORT_CHANGED], 0);
}

gboolean
dd_session_is_first_sync (DdSession *self)
{
  return self->syncing && (!was_ever_synced (self) || (self->first != NULL && g_strcmp0 (self->first, self->workspace) == 0));
}

void
dd_session_look_again (DdSession *self)
{
  if (self->asking != NULL || self->report == NULL)
    return;
  ask_for_report (self, FALSE);
  self->quiet = TRUE;
}

void
dd_session_refresh (DdSession *self)
{
  ask (self);
}

void
dd_session_fill_query (DdSession *self,
                       DdQuery   *query)
{
  *query = (DdQuery) {
    .workspace = self->workspace,
    .period = self->period,
    .back = self->back,
    .repository = self->repository,
    .team = self->team,
    .now = g_get_real_time (),
  };
}

const DdReport *
dd_session_get_report (DdSession *self)
{
  return self->report;
}

gboolean
dd_session_is_loading (DdSession *self)
{
  return (self->asking != NULL && !self->quiet) || (self->report != NULL && self->report->summary->brief && self->error == NULL);
}

const GError *
dd_session_get_error (DdSession *self)
{
  return self->error;
}

gboolean
dd_session_is_sample (DdSession *self)
{
  return self->report != NULL && self->report->summary->sample;
}
