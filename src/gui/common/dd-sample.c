/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-sample.h"

#include "dd-demo-server.h"
#include "dd-source-trial.h"
#include "dd-workspaces.h"

/* The services on their port, kept for the sync that follows and for later ones. */
typedef struct
{
  DdSession    *session;
  DdSyncer     *syncer;
  DdDemoServer *server;
  char         *settings;
} Sample;

static void
sample_free (Sample *sample)
{
  g_object_unref (sample->session);
  g_object_unref (sample->syncer);
  g_clear_object (&sample->server);
  g_free (sample->settings);
  g_free (sample);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)

/* The sample's tokens stand in this process's memory only: the keyring is the user's own, and other workspaces have theirs. */
static void
set_tokens (DdDemoServer *server)
{
  static const char * const types[] = { "github", "linear", "slab" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    dd_source_trial_keep_for_session ("Demo", types[i], dd_demo_server_get_token (server));
}

static void
session_moved_cb (DdSession *session,
                  Sample    *sample)
{
  g_signal_handlers_disconnect_by_func (session, session_moved_cb, sample);
  dd_syncer_start (sample->syncer);
  /* The server lives as long as the session, so that the sample can be synced again. */
  g_object_set_data_full (G_OBJECT (session), "dd-sample-server", g_steal_pointer (&sample->server), g_object_unref);
  sample_free (sample);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Sample) sample = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dd_workspaces_import_finish (DD_ENGINE (source), result, &error);
  DdSession *session = sample->session;

  if (name == NULL)
    {
      g_warning ("The sample could not be made: %s", error->message);
      return;
    }
  /* Not before: what was removed took its tokens along. */
  set_tokens (sample->server);
  g_signal_connect (session, "workspaces-changed", G_CALLBACK (session_moved_cb), g_steal_pointer (&sample));
  dd_session_reload_workspaces (session, name);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Sample *sample = user_data;

  /* That there was none to remove is as good. */
  dd_workspaces_remove_finish (DD_ENGINE (source), result, NULL, NULL);
  dd_workspaces_import_async (DD_ENGINE (source), sample->settings, "demo", TRUE, NULL, imported_cb, sample);
}

void
dd_sample_start (DdSession *session,
                 DdSyncer  *syncer)
{
  g_autoptr (GError) error = NULL;
  DdDemoServer *server = dd_demo_server_new (g_get_real_time (), &error);
  Sample *sample;

  if (server == NULL)
    {
      g_warning ("The sample could not be made: %s", error->message);
      return;
    }
  sample = g_new0 (Sample, 1);
  sample->session = g_object_ref (session);
  sample->syncer = g_object_ref (syncer);
  sample->server = server;
  sample->settings = dd_demo_server_settings (server);
  dd_workspaces_remove_async (dd_session_get_engine (session), "Demo", NULL, removed_cb, sample);
}
