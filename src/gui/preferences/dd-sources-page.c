/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-fact.h"
#include "dd-file-import.h"
#include "dd-files-row.h"
#include "dd-preferences-private.h"
#include "dd-repository-list.h"
#include "dd-service-info.h"
#include "dd-service-row.h"
#include "dd-source-trial.h"
#include "dd-time.h"
#include "dd-tokens.h"
#include "dd-words.h"

struct _DdSourcesPage
{
  AdwPreferencesPage parent;

  DdSettingsEditor    *editor;
  GCancellable        *cancellable;
  GPtrArray           *rows; /* of DdServiceRow */
  AdwPreferencesGroup *services;
  GtkMenuButton       *add_button;
  AdwPreferencesGroup *repositories;
  AdwActionRow        *repositories_row;
  AdwPreferencesGroup *files;
  DdFilesRow          *files_row;
  char                *importing; /* kind of records that are being read */
};

G_DEFINE_FINAL_TYPE (DdSourcesPage, dd_sources_page, ADW_TYPE_PREFERENCES_PAGE)

/* A token on its way into the keyring. */
typedef struct
{
  DdSourcesPage *page;
  DdServiceRow  *row;
} Keeping;

static DdSourceSettings *
find_source (DdSourcesPage *self,
             const char    *type)
{
  DdSettings *settings = dd_settings_editor_get_settings (self->editor);

  for (guint i = 0; settings != NULL && i < settings->sources->len; i++)
    if (strcmp (((DdSourceSettings *) g_ptr_array_index (settings->sources, i))->type, type) == 0)
      return g_ptr_array_index (settings->sources, i);
  return NULL;
}

/* A workspace may have several of a type: each row knows its own; NULL while it is new. */
static DdSourceSettings *
source_of (DdServiceRow *row)
{
  return g_object_get_data (G_OBJECT (row), "dd-source");
}

static void
set_source (DdServiceRow     *row,
            DdSourceSettings *source)
{
  g_object_set_data (G_OBJECT (row), "dd-source", source);
}

/* Only what the workspace does not have yet. */
static void
update_menu (DdSourcesPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (const DdServiceInfo *info = dd_service_info_list (); info->type != NULL; info++)
    if (find_source (self, info->type) == NULL)
      {
        g_autoptr (GMenuItem) item = g_menu_item_new (info->name, NULL);

        g_menu_item_set_action_and_target (item, "sources.add", "s", info->type);
        g_menu_append_item (menu, item);
      }
  gtk_menu_button_set_menu_model (self->add_button, G_MENU_MODEL (menu));
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
}

static void
write_source (DdSourcesPage *self,
              DdServiceRow  *row)
{
  DdSettings *settings = dd_settings_editor_get_settings (self->editor);
  const char *type = dd_service_row_get_source_type (row);
  DdSourceSettings *source = dd_service_row_get_settings (row, NULL);
  DdSourceSettings *old = source_of (row);
  g_autofree char *title = NULL;
  guint place;

  if (source == NULL)
    return;
  title = g_strdup_printf (old != NULL ? _("%s saved") : _("%s added; sync to fetch its records"), dd_service_info_find (type)->name);
  if (old != NULL && g_ptr_array_find (settings->sources, old, &place))
    {
      g_ptr_array_remove_index (settings->sources, place);
      g_ptr_array_insert (settings->sources, (int) place, source);
    }
  else
    {
      g_ptr_array_add (settings->sources, source);
    }
  set_source (row, source);
  dd_service_row_forget_token (row);
  dd_service_row_set_saved (row, settings->name, source);
  dd_settings_editor_commit (self->editor);
  dd_preferences_toast (GTK_WIDGET (self), self->editor, title, FALSE, NULL, NULL, NULL);
  update_menu (self);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Keeping *keeping = user_data;
  g_autoptr (DdSourcesPage) self = keeping->page;
  g_autoptr (DdServiceRow) row = keeping->row;
  g_autoptr (GError) error = NULL;

  if (!dd_source_trial_keep_token_finish (DD_ENGINE (object), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        dd_service_row_set_error (row, error->message);
    }
  else if (self->editor != NULL)
    write_source (self, row);
}

/* Good: what was typed is kept, the token first. */
static void
accepted_cb (DdServiceRow  *row,
             DdSourcesPage *self)
{
  const char *token = dd_service_row_get_token (row);
  Keeping *keeping;

  if (!dd_service_row_is_touched (row) && source_of (row) != NULL)
    return;
  if (token == NULL)
    {
      write_source (self, row);
      return;
    }
  keeping = g_new0 (Keeping, 1);
  keeping->page = g_object_ref (self);
  keeping->row = g_object_ref (row);
  dd_source_trial_keep_token_async (dd_session_get_engine (dd_settings_editor_get_session (self->editor)),
                                    dd_settings_editor_get_workspace (self->editor), dd_service_row_get_source_type (row), token,
                                    self->cancellable, kept_cb, keeping);
}

/* The token of what was removed for good. */
typedef struct
{
  DdEngine *engine;
  char     *workspace;
  char     *type;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->engine);
  g_free (removal->workspace);
  g_free (removal->type);
  g_free (removal);
}

static void
removal_done (gboolean undone,
              gpointer data)
{
  Removal *removal = data;

  /* A keyring that refuses keeps a token that nobody asks for: nothing to tell the user. */
  if (!undone)
    dd_tokens_set_async (removal->engine, removal->workspace, removal->type, NULL, NULL, NULL, NULL);
}

static void
remove_cb (DdServiceRow  *row,
           DdSourcesPage *self)
{
  DdSettings *settings = dd_settings_editor_get_settings (self->editor);
  const char *type = dd_service_row_get_source_type (row);
  DdSourceSettings *source = source_of (row);
  g_autofree char *title = g_strdup_printf (_("%s removed; its records no longer count"), _(dd_service_info_find (type)->name));
  Removal *removal;

  if (source != NULL)
    {
      removal = g_new0 (Removal, 1);
      removal->engine = g_object_ref (dd_session_get_engine (dd_settings_editor_get_session (self->editor)));
      removal->workspace = g_strdup (settings->name);
      removal->type = g_strdup (type);
      g_ptr_array_remove (settings->sources, source);
      dd_settings_editor_commit (self->editor);
      /* Another one of that type has the same token. */
      dd_preferences_toast (GTK_WIDGET (self), self->editor, title, TRUE, find_source (self, type) == NULL ? removal_done : NULL,
                            removal, removal_free);
    }
  adw_preferences_group_remove (self->services, GTK_WIDGET (row));
  g_ptr_array_remove (self->rows, row);
  update_menu (self);
}

static DdServiceRow *
add_row (DdSourcesPage *self,
         const char    *type)
{
  GtkWidget *row = dd_service_row_new (dd_session_get_engine (dd_settings_editor_get_session (self->editor)), type);

  g_signal_connect_object (row, "accepted", G_CALLBACK (accepted_cb), self, 0);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, 0);
  adw_preferences_group_add (self->services, row);
  g_ptr_array_add (self->rows, row);
  return DD_SERVICE_ROW (row);
}

static void
add_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  DdSourcesPage *self = DD_SOURCES_PAGE (widget);
  DdServiceRow *row = add_row (self, g_variant_get_string (parameter, NULL));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* "northwind · synced Fri 13 Nov, 16:40 · 1,234 records", or what went wrong. */
static void
show_state (DdServiceRow           *row,
            const DdSourceSettings *source,
            const DdSourceState    *state,
            GTimeZone              *zone,
            gboolean                offline)
{
  g_autofree char *time = state->last_sync != DD_TIME_NONE ? dd_words_time (state->last_sync, zone) : NULL;
  g_autofree char *words = NULL;
  gboolean failed = strcmp (state->status, "failed") == 0;

  if (failed && state->message != NULL)
    words = g_strdup (state->message);
  else if (time == NULL)
    words = g_strdup (_("Not synced yet"));
  else if (source->organization != NULL)
    /* Translators: organization, time, number of records. */
    words = g_strdup_printf (ngettext ("%s · synced %s · %'u record", "%s · synced %s · %'u records", state->records),
                             source->organization, time, state->records);
  else
    words = g_strdup_printf (ngettext ("Synced %s · %'u record", "Synced %s · %'u records", state->records), time, state->records);
  if (offline)
    {
      g_autofree char *state_words = g_steal_pointer (&words);

      /* Translators: %s is what is known of a source, "Synced Fri 13 Nov, 16:40 · 12 records". */
      words = g_strdup_printf (_("Offline, goes on when there is a network · %s"), state_words);
    }
  dd_service_row_set_state (row, words, failed);
}

/* Of a sync that begins by itself nobody else says why it does not. */
static gboolean
waits_for_network (DdSession *session)
{
  return (dd_session_get_sync_every (session) > 0 || dd_session_get_sync_on_start (session)) &&
         !g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

static void
show_repositories (DdSourcesPage *self)
{
  const DdSeen *seen = dd_settings_editor_get_seen (self->editor);
  const DdSourceSettings *github = find_source (self, "github");
  g_autofree char *words = NULL;
  guint chosen = 0;

  for (guint i = 0; i < seen->repositories->len; i++)
    chosen += !((DdSeenRepository *) g_ptr_array_index (seen->repositories, i))->excluded;
  words = g_strdup_printf (ngettext ("%u of %u is read", "%u of %u are read", chosen), chosen, seen->repositories->len);
  adw_action_row_set_subtitle (self->repositories_row, words);
  gtk_widget_set_visible (GTK_WIDGET (self->repositories), github != NULL && seen->repositories->len > 0);
}

static void
loaded_cb (DdSourcesPage *self)
{
  const DdSeen *seen = dd_settings_editor_get_seen (self->editor);
  g_autoptr (GTimeZone) zone = dd_time_zone_new (seen->settings->timezone, NULL);
  g_autofree char *description = g_strdup_printf (_("Workspace %s"), seen->settings->name);
  g_autofree char *escaped = g_markup_escape_text (description, -1);
  gboolean offline = waits_for_network (dd_settings_editor_get_session (self->editor));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->services, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  adw_preferences_group_set_description (self->services, escaped);
  for (guint i = 0; i < seen->settings->sources->len; i++)
    {
      DdSourceSettings *source = g_ptr_array_index (seen->settings->sources, i);
      DdServiceRow *row = add_row (self, source->type);

      set_source (row, source);
      dd_service_row_set_saved (row, seen->settings->name, source);
      /* The states are in the settings' order; after an undo they are those from before it, until they are read anew. */
      if (i < seen->sources->len && zone != NULL &&
          strcmp (((DdSourceState *) g_ptr_array_index (seen->sources, i))->type, source->type) == 0)
        show_state (row, source, g_ptr_array_index (seen->sources, i), zone, offline);
    }
  show_repositories (self);
  update_menu (self);
}

static void
repositories_changed_cb (DdRepositoryList *list,
                         DdSourcesPage    *self)
{
  DdSourceSettings *github = find_source (self, "github");

  if (github == NULL)
    return;
  dd_repository_list_apply (list, github);
  dd_settings_editor_commit (self->editor);
}

/* What stands for its deployments so far, and why. */
static void
describe_repositories (DdRepositoryList *list,
                       const DdSeen     *seen)
{
  for (guint i = 0; i < seen->repositories->len; i++)
    {
      const DdSeenRepository *repository = g_ptr_array_index (seen->repositories, i);
      g_autofree char *words = NULL;

      if (repository->deployments > 0)
        words = g_strdup_printf (ngettext ("%u deployment: %s", "%u deployments: %s", repository->deployments),
                                 repository->deployments, repository->reason != NULL ? repository->reason : "");
      else
        words = g_strdup (repository->reason != NULL ? repository->reason : _("Nothing deployed; changes count as merged"));
      dd_repository_list_describe (list, repository->name, words);
    }
}

static GtkWidget *
make_subpage (GtkWidget *list,
              GCallback  back_cb,
              gpointer   data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_set_tooltip_text (back, _("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back"), -1);
  g_signal_connect_object (back, "clicked", back_cb, data, 0);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), back);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_("Repositories"), ""));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_margin_top (list, 24);
  gtk_widget_set_margin_bottom (list, 24);
  gtk_widget_set_margin_start (list, 12);
  gtk_widget_set_margin_end (list, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

static void
back_clicked_cb (GtkButton     *button,
                 DdSourcesPage *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);

  adw_preferences_window_close_subpage (ADW_PREFERENCES_WINDOW (window));
  show_repositories (self);
}

static void
open_repositories_cb (DdSourcesPage *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);
  const DdSeen *seen = dd_settings_editor_get_seen (self->editor);
  const DdSourceSettings *github = find_source (self, "github");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GtkWidget *list;

  if (github == NULL || window == NULL)
    return;
  for (guint i = 0; i < seen->repositories->len; i++)
    g_ptr_array_add (names, ((DdSeenRepository *) g_ptr_array_index (seen->repositories, i))->name);
  for (guint i = 0; github->exclude[i] != NULL; i++)
    if (strchr (github->exclude[i], '*') == NULL && !g_ptr_array_find_with_equal_func (names, github->exclude[i], g_str_equal, NULL))
      g_ptr_array_add (names, github->exclude[i]);
  list = dd_repository_list_new ();
  dd_repository_list_set_names (DD_REPOSITORY_LIST (list), names, github);
  describe_repositories (DD_REPOSITORY_LIST (list), seen);
  g_signal_connect_object (list, "changed", G_CALLBACK (repositories_changed_cb), self, 0);
  adw_preferences_window_present_subpage (ADW_PREFERENCES_WINDOW (window), make_subpage (list, G_CALLBACK (back_clicked_cb), self));
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DdSourcesPage) self = user_data;
  g_autofree char *kind = g_steal_pointer (&self->importing);
  g_autoptr (GError) error = NULL;
  gint64 n = dd_file_import_finish (DD_ENGINE (object), result, &error);
  g_autofree char *words = NULL;

  if (self->editor == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->files_row), TRUE);
  if (n < 0)
    {
      dd_files_row_say (self->files_row, kind, error->message, TRUE);
      return;
    }
  words = g_strdup_printf (ngettext ("%u record read", "%u records read", (gulong) n), (guint) n);
  dd_files_row_say (self->files_row, kind, words, FALSE);
  dd_session_refresh (dd_settings_editor_get_session (self->editor));
  dd_settings_editor_load (self->editor);
}

static void
chosen_cb (DdSourcesPage *self,
           const char    *kind)
{
  if (self->importing != NULL)
    return;
  self->importing = g_strdup (kind);
  /* The workspace is written by the import too, where it had no files so far. */
  dd_settings_editor_flush (self->editor);
  gtk_widget_set_sensitive (GTK_WIDGET (self->files_row), FALSE);
  dd_file_import_async (dd_session_get_engine (dd_settings_editor_get_session (self->editor)),
                        dd_settings_editor_get_workspace (self->editor), kind, dd_files_row_get_path (self->files_row, kind), NULL,
                        imported_cb, g_object_ref (self));
}

static void
dd_sources_page_dispose (GObject *object)
{
  DdSourcesPage *self = DD_SOURCES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (dd_sources_page_parent_class)->dispose (object);
}

static void
dd_sources_page_finalize (GObject *object)
{
  DdSourcesPage *self = DD_SOURCES_PAGE (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  g_free (self->importing);
  G_OBJECT_CLASS (dd_sources_page_parent_class)->finalize (object);
}

static void
dd_sources_page_class_init (DdSourcesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_sources_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_sources_page_finalize;
  gtk_widget_class_install_action (widget_class, "sources.add", "s", add_cb);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/preferences/dd-sources-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdSourcesPage, services);
  gtk_widget_class_bind_template_child (widget_class, DdSourcesPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, DdSourcesPage, repositories);
  gtk_widget_class_bind_template_child (widget_class, DdSourcesPage, repositories_row);
  gtk_widget_class_bind_template_child (widget_class, DdSourcesPage, files);
  gtk_widget_class_bind_template_callback (widget_class, open_repositories_cb);
}

static void
dd_sources_page_init (DdSourcesPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->files_row = DD_FILES_ROW (dd_files_row_new ());
  adw_preferences_group_add (self->files, GTK_WIDGET (self->files_row));
  g_signal_connect_object (self->files_row, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
dd_sources_page_new (DdSettingsEditor *editor)
{
  DdSourcesPage *self = g_object_new (DD_TYPE_SOURCES_PAGE, NULL);

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
