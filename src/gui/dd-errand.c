/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-errand.h"

#include "dd-window.h"

typedef struct
{
  GtkApplication *application;
  DdWindow       *window; /* weak; NULL until it is there */
  char           *workspace;
  char           *page;
  char           *repository;
  char           *team;
  gboolean        sync;
  gulong          handler; /* on the application, then on the session */
} Errand;

static void
errand_free (Errand *errand)
{
  g_clear_weak_pointer (&errand->window);
  g_clear_object (&errand->application);
  g_free (errand->workspace);
  g_free (errand->page);
  g_free (errand->repository);
  g_free (errand->team);
  g_free (errand);
}

static void
activate (Errand     *errand,
          const char *action,
          GVariant   *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (errand->window), action, parameter);
}

static void
do_errand (Errand *errand)
{
  DdSession *session = dd_window_get_session (errand->window);
  const char * const *workspaces = dd_session_get_workspaces (session);

  if (errand->workspace != NULL && !g_strv_contains (workspaces, errand->workspace))
    return;
  if (errand->workspace != NULL)
    activate (errand, "workspace", g_variant_new_string (errand->workspace));
  if (errand->repository != NULL || errand->team != NULL)
    activate (errand, "narrow", g_variant_new ("(ss)", errand->repository != NULL ? errand->repository : "",
                                               errand->team != NULL ? errand->team : ""));
  if (errand->page != NULL)
    activate (errand, "show", g_variant_new_string (errand->page));
  if (errand->sync)
    activate (errand, "sync", NULL);
}

static void
workspaces_changed_cb (DdSession *session,
                       gpointer   user_data)
{
  Errand *errand = user_data;

  g_signal_handler_disconnect (session, errand->handler);
  if (errand->window != NULL)
    do_errand (errand);
  errand_free (errand);
}

static void
take_window (Errand    *errand,
             GtkWindow *window)
{
  DdSession *session = dd_window_get_session (DD_WINDOW (window));

  g_set_weak_pointer (&errand->window, DD_WINDOW (window));
  /* A session that has started and still knows no workspace shows the welcome: there is nothing to do yet. */
  if (dd_session_get_workspaces (session)[0] != NULL)
    {
      do_errand (errand);
      errand_free (errand);
      return;
    }
  errand->handler = g_signal_connect_after (session, "workspaces-changed", G_CALLBACK (workspaces_changed_cb), errand);
}

static GtkWindow *
find_window (GtkApplication *application)
{
  for (GList *i = gtk_application_get_windows (application); i != NULL; i = i->next)
    if (DD_IS_WINDOW (i->data) && dd_window_get_session (i->data) != NULL)
      return i->data;
  return NULL;
}

static gboolean
window_ready_cb (gpointer user_data)
{
  Errand *errand = user_data;
  GtkWindow *window = find_window (errand->application);

  if (window != NULL)
    take_window (errand, window);
  else
    errand_free (errand);
  return G_SOURCE_REMOVE;
}

/* It is told of while it is being made, before it has a session. */
static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 gpointer        user_data)
{
  Errand *errand = user_data;

  if (!DD_IS_WINDOW (window))
    return;
  g_signal_handler_disconnect (application, errand->handler);
  errand->handler = 0;
  g_idle_add (window_ready_cb, errand);
}

void
dd_errand_run (GtkApplication *application,
               const DdErrand *errand)
{
  Errand *copy = g_new0 (Errand, 1);
  GtkWindow *window;

  copy->application = g_object_ref (application);
  copy->workspace = g_strdup (errand->workspace);
  copy->page = g_strdup (errand->page);
  copy->repository = g_strdup (errand->repository);
  copy->team = g_strdup (errand->team);
  copy->sync = errand->sync;
  g_application_activate (G_APPLICATION (application));
  window = find_window (application);
  if (window != NULL)
    take_window (copy, window);
  else
    copy->handler = g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), copy);
}

static void
sync_now_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  dd_errand_run (GTK_APPLICATION (user_data), &(DdErrand) { .sync = TRUE });
}

static void
new_report_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  dd_errand_run (GTK_APPLICATION (user_data), &(DdErrand) { .page = "reports" });
}

static void
show_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  dd_errand_run (GTK_APPLICATION (user_data), &(DdErrand) { .page = g_variant_get_string (parameter, NULL) });
}

void
dd_errand_add_actions (GtkApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "sync-now", .activate = sync_now_cb },
    { .name = "new-report", .activate = new_report_cb },
    { .name = "show", .activate = show_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
}
