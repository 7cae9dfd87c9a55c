/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-private.h"

#include <glib/gi18n-lib.h>

#include "dd-connect-window.h"
#include "dd-preferences-window.h"
#include "dd-sample.h"
#include "dd-usage.h"
#include "dd-workspaces.h"

static void
show_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);

  dd_window_show_page (self, g_variant_get_string (parameter, NULL));
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
}

static void
narrow_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *repository, *team;

  g_variant_get (parameter, "(&s&s)", &repository, &team);
  dd_session_narrow (DD_WINDOW (user_data)->session, *repository != '\0' ? repository : NULL, *team != '\0' ? team : NULL);
}

static void
sync_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);

  /* The sample's services live only as long as this program: it is made anew rather than synced. */
  if (dd_session_is_sample (self->session))
    dd_sample_start (self->session, self->syncer);
  else
    dd_syncer_start (self->syncer);
}

/* The database may be well again: what it holds is asked anew, from the list of workspaces on. */
static void
refresh_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  dd_session_reload_workspaces (DD_WINDOW (user_data)->session, NULL);
}

static void
stop_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  dd_syncer_cancel (DD_WINDOW (user_data)->syncer);
}

static void
workspace_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  dd_session_set_workspace (DD_WINDOW (user_data)->session, g_variant_get_string (parameter, NULL));
}

static void
connect_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);

  gtk_window_present (GTK_WINDOW (dd_connect_window_new (GTK_WINDOW (self), self->session, self->syncer)));
}

static void
sample_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);

  dd_sample_start (self->session, self->syncer);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  g_autofree char *remark = NULL;
  g_autofree char *words = NULL;

  if (!dd_workspaces_remove_finish (DD_ENGINE (source), result, &remark, &error) || remark != NULL)
    {
      words = g_markup_escape_text (error != NULL ? error->message : remark, -1);
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
    }
  dd_session_reload_workspaces (self->session, NULL);
}

static void
remove_workspace (DdWindow *self)
{
  dd_workspaces_remove_async (dd_session_get_engine (self->session), dd_session_get_workspace (self->session), NULL, removed_cb,
                              g_object_ref (self));
}

static void
remove_answered_cb (DdWindow   *self,
                    const char *response)
{
  if (strcmp (response, "remove") == 0)
    remove_workspace (self);
}

static void
remove_workspace_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);
  const char *name = dd_session_get_workspace (self->session);
  GtkWidget *dialog;

  /* The sample can be had again at any time: nothing to ask about. */
  if (dd_session_is_sample (self->session))
    {
      dd_syncer_cancel (self->syncer);
      remove_workspace (self);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL);
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Remove “%s”?"), name);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _("Its settings, records and links are deleted from this computer. The services keep theirs."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (remove_answered_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);

  dd_usage_note (dd_session_get_engine (self->session), "page-preferences");
  gtk_window_present (GTK_WINDOW (dd_preferences_window_new (GTK_WINDOW (self), self->session)));
}

static void
change_setting_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);
  GtkWidget *preferences = dd_preferences_window_new (GTK_WINDOW (self), self->session);

  dd_preferences_window_show_setting (DD_PREFERENCES_WINDOW (preferences), g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
sidebar_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);
  gboolean on_sidebar = g_strcmp0 (adw_leaflet_get_visible_child_name (self->leaflet), "sidebar") == 0;

  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child_name (self->leaflet, on_sidebar ? "content" : "sidebar");
  else if (self->sidebar != NULL)
    dd_sidebar_focus_pages (self->sidebar);
}

/* The first search below @widget that can be seen; NULL where there is none. */
static GtkWidget *
find_search (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_SEARCH_ENTRY (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_search (child);
  return found;
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  GtkWidget *page = gtk_stack_get_visible_child (DD_WINDOW (user_data)->pages);
  GtkWidget *search = page != NULL ? find_search (page) : NULL;

  if (search != NULL)
    gtk_widget_grab_focus (search);
}

static void
menu_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);

  if (self->sidebar != NULL)
    dd_sidebar_open_menu (self->sidebar);
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/example/DoraDash/dd-shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (user_data));
  gtk_window_present (shortcuts);
}

static void
period_before_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  DdSession *session = DD_WINDOW (user_data)->session;

  dd_session_set_period (session, dd_session_get_period (session), dd_session_get_back (session) + 1);
}

static void
period_after_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  DdSession *session = DD_WINDOW (user_data)->session;
  guint back = dd_session_get_back (session);

  if (back > 0)
    dd_session_set_period (session, dd_session_get_period (session), back - 1);
}

static void
note_use_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  dd_usage_note (dd_session_get_engine (DD_WINDOW (user_data)->session), g_variant_get_string (parameter, NULL));
}

void
dd_window_add_actions (DdWindow *self)
{
  static const GActionEntry actions[] = {
    { .name = "show", .activate = show_cb, .parameter_type = "s" },
    { .name = "narrow", .activate = narrow_cb, .parameter_type = "(ss)" },
    { .name = "sync", .activate = sync_cb },
    { .name = "refresh", .activate = refresh_cb },
    { .name = "stop", .activate = stop_cb },
    { .name = "workspace", .activate = workspace_cb, .parameter_type = "s" },
    { .name = "connect", .activate = connect_cb },
    { .name = "sample", .activate = sample_cb },
    { .name = "remove-workspace", .activate = remove_workspace_cb },
    { .name = "preferences", .activate = preferences_cb },
    { .name = "change-setting", .activate = change_setting_cb, .parameter_type = "s" },
    { .name = "note-use", .activate = note_use_cb, .parameter_type = "s" },
    { .name = "sidebar", .activate = sidebar_cb },
    { .name = "menu", .activate = menu_cb },
    { .name = "shortcuts", .activate = shortcuts_cb },
    { .name = "search", .activate = search_cb },
    { .name = "period-before", .activate = period_before_cb },
    { .name = "period-after", .activate = period_after_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  dd_window_add_decide_actions (self);
  dd_window_add_help_actions (self);
  dd_window_add_send_actions (self);
}

static void
enable (DdWindow   *self,
        const char *name,
        gboolean    enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), enabled);
}

void
dd_window_update_actions (DdWindow *self)
{
  gboolean any = dd_session_get_workspace (self->session) != NULL;
  gboolean syncing = dd_syncer_is_running (self->syncer);

  enable (self, "sync", any && !syncing);
  enable (self, "stop", syncing);
  enable (self, "undo", self->undo->len > 0);
  enable (self, "send-report", dd_session_get_report (self->session) != NULL);
  enable (self, "preferences", any);
  enable (self, "change-setting", any);
  enable (self, "remove-workspace", any);
  enable (self, "period-before", any);
  enable (self, "period-after", any && dd_session_get_back (self->session) > 0);
}
