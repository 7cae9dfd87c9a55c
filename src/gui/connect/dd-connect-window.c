/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-connect-window.h"

#include <glib/gi18n-lib.h>

#include "dd-banner.h"
#include "dd-error.h"
#include "dd-file-import.h"
#include "dd-files-row.h"
#include "dd-help-window.h"
#include "dd-repository-list.h"
#include "dd-repository-scout.h"
#include "dd-service-info.h"
#include "dd-service-row.h"
#include "dd-settings-file.h"
#include "dd-source-trial.h"
#include "dd-tokens.h"
#include "dd-workspaces.h"

struct _DdConnectWindow
{
  AdwWindow parent;

  DdSession    *session;
  DdSyncer     *syncer;
  GCancellable *cancellable; /* of all that is asked here; cancelled with the window */
  GPtrArray    *rows;        /* of DdServiceRow */
  DdSettings   *settings;    /* what is being written */
  guint         next_token;  /* index in @rows of the next token to keep */
  gboolean      session_only; /* the user said to keep tokens in memory */
  gboolean      writing;
  gboolean      importing;   /* the workspace is on its way into the store, whole */
  guint         next_file;   /* index of the next kind of files to read */
  char         *made;        /* the workspace that was written */

  DdBanner         *banner;
  GtkButton        *back_button;
  GtkButton        *next_button;
  GtkLabel         *step_services;
  GtkLabel         *step_repositories;
  GtkLabel         *step_sync;
  GtkLabel         *step_short;
  AdwSqueezer      *squeezer;
  GtkWidget        *steps;
  GtkStack         *pages;
  GtkEditable      *name_row;
  AdwPreferencesGroup *services_group;
  GtkLabel         *found_label;
  GtkStack         *finding;
  GtkSpinner       *finding_spinner;
  GtkButton        *try_button;
  DdRepositoryList *repositories;
  GtkBox           *environments_box;
  DdRepositoryScout *scout; /* NULL until repositories were found */
  GtkLabel         *hint;
  GtkWidget        *session_button;
  DdFilesRow       *files_row;
};

G_DEFINE_FINAL_TYPE (DdConnectWindow, dd_connect_window, ADW_TYPE_WINDOW)

static void keep_next_token (DdConnectWindow *self);
static void read_next_file (DdConnectWindow *self);

static char *
get_name (DdConnectWindow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
}

static gboolean
is_on (DdConnectWindow *self,
       const char      *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), page) == 0;
}

static DdServiceRow *
find_row (DdConnectWindow *self,
          const char      *type)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      DdServiceRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (dd_service_row_get_source_type (row), type))
        return row;
    }
  return NULL;
}

static gboolean
has_files (DdConnectWindow *self)
{
  for (const char * const *kind = dd_files_row_kinds (); *kind != NULL; kind++)
    if (dd_files_row_get_path (self->files_row, *kind) != NULL)
      return TRUE;
  return FALSE;
}

/* TRUE where there is a service to ask: files alone need no sync. */
static gboolean
has_services (DdConnectWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (dd_service_row_is_accepted (g_ptr_array_index (self->rows, i)))
      return TRUE;
  return FALSE;
}

/* What keeps the user from going on, in one sentence; NULL where nothing does. */
static char *
find_hindrance (DdConnectWindow *self)
{
  const char * const *workspaces = dd_session_get_workspaces (self->session);
  g_autofree char *name = get_name (self);
  g_autofree char *folded = g_utf8_casefold (name, -1);
  guint accepted = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      DdServiceRow *row = g_ptr_array_index (self->rows, i);
      const char *service = dd_service_info_find (dd_service_row_get_source_type (row))->name;

      if (dd_service_row_is_accepted (row))
        accepted++;
      else if (dd_service_row_is_checking (row))
        return g_strdup_printf (_("%s is being asked…"), service);
      else if (dd_service_row_get_token (row) != NULL)
        return g_strdup_printf (_("Check what you gave for %s, or clear its token."), service);
    }
  if (accepted == 0 && !has_files (self))
    return g_strdup (_("Choose a service, give its token and check it."));
  if (*name == '\0')
    return g_strdup (_("Give the workspace a name."));
  for (guint i = 0; workspaces[i] != NULL; i++)
    {
      g_autofree char *other = g_utf8_casefold (workspaces[i], -1);

      if (g_str_equal (folded, other))
        return g_strdup_printf (_("There is a workspace “%s” already; choose another name."), workspaces[i]);
    }
  return NULL;
}

static void
update_steps (DdConnectWindow *self)
{
  gboolean first = is_on (self, "services");
  GtkLabel *current = first ? self->step_services : self->step_repositories;
  GtkLabel *other = first ? self->step_repositories : self->step_services;

  gtk_widget_add_css_class (GTK_WIDGET (current), "heading");
  gtk_widget_remove_css_class (GTK_WIDGET (current), "dim-label");
  gtk_widget_remove_css_class (GTK_WIDGET (other), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (other), "dim-label");
  gtk_label_set_label (self->step_short, first ? _("1 of 3") : _("2 of 3"));
  gtk_button_set_label (self->back_button, first ? _("_Cancel") : _("_Back"));
}

/* The words at the foot of the list of repositories. */
static char *
describe_choice (DdConnectWindow *self)
{
  guint chosen = dd_repository_list_get_n_chosen (self->repositories);

  if (chosen == 0)
    return g_strdup (_("Choose at least one repository."));
  return g_strdup_printf (ngettext ("%u repository, %d days of history.", "%u repositories, %d days of history.", chosen),
                          chosen, self->settings->history_days);
}

static void
update (DdConnectWindow *self)
{
  g_autofree char *words = NULL;
  gboolean ready;

  if (self->rows == NULL || self->writing)
    return;
  update_steps (self);
  if (is_on (self, "services"))
    {
      DdServiceRow *github = find_row (self, "github");

      words = find_hindrance (self);
      ready = words == NULL;
      gtk_button_set_label (self->next_button, dd_service_row_is_accepted (github) ? _("_Next")
                                               : has_files (self) && !has_services (self) ? _("_Read Files")
                                               : _("_Start Sync"));
      if (ready)
        words = g_strdup (_("Everything else can be set in the preferences."));
    }
  else
    {
      ready = dd_repository_list_get_n_chosen (self->repositories) > 0;
      words = g_strdup (g_strcmp0 (gtk_stack_get_visible_child_name (self->finding), "found") == 0 ? "" : _("Nothing is kept so far."));
      if (*words == '\0')
        {
          g_free (words);
          words = describe_choice (self);
        }
      gtk_button_set_label (self->next_button, _("_Start Sync"));
    }
  gtk_label_set_label (self->hint, words);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), ready);
}

static void
name_changed_cb (DdConnectWindow *self)
{
  update (self);
}

/* The organization's name is most often the workspace's. */
static void
accepted_cb (DdConnectWindow *self,
             DdServiceRow    *row)
{
  g_autoptr (DdSourceSettings) settings = dd_service_row_get_settings (row, NULL);
  g_autofree char *name = get_name (self);

  if (*name == '\0' && settings != NULL && settings->organization != NULL)
    gtk_editable_set_text (self->name_row, settings->organization);
  update (self);
}

static void
show_pages (DdConnectWindow *self,
            const char      *name)
{
  gtk_stack_set_visible_child_name (self->pages, name);
  dd_banner_show (self->banner, NULL, NULL, NULL, FALSE);
  gtk_widget_set_visible (self->session_button, FALSE);
  update (self);
}

static void
back_cb (DdConnectWindow *self)
{
  if (is_on (self, "services"))
    gtk_window_close (GTK_WINDOW (self));
  else
    show_pages (self, "services");
}

/* The user has closed the window. */
static gboolean
is_closed (DdConnectWindow *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

/* What each of them has, as it comes into view. */
static void
scout (DdConnectWindow        *self,
       const DdSourceSettings *github)
{
  if (self->scout != NULL)
    gtk_box_remove (self->environments_box, GTK_WIDGET (self->scout));
  self->scout = DD_REPOSITORY_SCOUT (dd_repository_scout_new (dd_session_get_engine (self->session), github,
                                                              dd_service_row_get_token (find_row (self, "github")), self->repositories,
                                                              self->settings->metrics.environments));
  gtk_box_append (self->environments_box, GTK_WIDGET (self->scout));
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = dd_source_trial_list_finish (DD_ENGINE (object), result, &error);
  g_autofree char *words = NULL;
  const DdSourceSettings *github;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || is_closed (self))
    return;
  gtk_spinner_stop (self->finding_spinner);
  if (names == NULL)
    {
      gtk_label_set_label (self->found_label, error->message);
      gtk_stack_set_visible_child_name (self->finding, "failed");
      update (self);
      return;
    }
  github = g_ptr_array_index (self->settings->sources, 0);
  dd_repository_list_set_names (self->repositories, names, github);
  scout (self, github);
  if (github->organization != NULL)
    words = g_strdup_printf (ngettext ("%u found in %s. Archived ones and forks are left out.",
                                       "%u found in %s. Archived ones and forks are left out.", names->len),
                             names->len, github->organization);
  else
    words = g_strdup_printf (ngettext ("%u found.", "%u found.", names->len), names->len);
  gtk_label_set_label (self->found_label, words);
  gtk_stack_set_visible_child_name (self->finding, "found");
  update (self);
}

static void
find_repositories (DdConnectWindow *self)
{
  gtk_label_set_label (self->found_label, _("Asking GitHub which there are…"));
  gtk_stack_set_visible_child_name (self->finding, "asking");
  gtk_spinner_start (self->finding_spinner);
  dd_source_trial_list_async (dd_session_get_engine (self->session), NULL, g_ptr_array_index (self->settings->sources, 0),
                              dd_service_row_get_token (find_row (self, "github")), self->cancellable, listed_cb, g_object_ref (self));
}

/* What was checked and found good, GitHub first as it stands first in the list. */
static void
collect (DdConnectWindow *self)
{
  g_autofree char *name = get_name (self);

  g_clear_pointer (&self->settings, dd_settings_free);
  self->settings = dd_settings_new (name);
  for (guint i = 0; i < self->rows->len; i++)
    {
      DdServiceRow *row = g_ptr_array_index (self->rows, i);
      DdSourceSettings *source = dd_service_row_is_accepted (row) ? dd_service_row_get_settings (row, NULL) : NULL;

      if (source != NULL)
        g_ptr_array_add (self->settings->sources, source);
    }
  if (has_files (self))
    g_ptr_array_add (self->settings->sources, dd_source_settings_new ("files"));
}

static void
end_writing (DdConnectWindow *self)
{
  self->writing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->pages), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->back_button), TRUE);
  update (self);
}

static void
fail (DdConnectWindow *self,
      const GError    *error)
{
  end_writing (self);
  dd_banner_show (self->banner, error->message, NULL, NULL, TRUE);
  gtk_widget_set_visible (self->session_button, g_error_matches (error, DD_ERROR, DD_ERROR_KEYRING));
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_object_unref (user_data);
}

/* Tokens of a workspace that will not be made are kept nowhere; the window is gone when they are. */
static void
forget_tokens (DdConnectWindow *self)
{
  for (guint i = 0; i < self->settings->sources->len; i++)
    {
      const DdSourceSettings *source = g_ptr_array_index (self->settings->sources, i);

      dd_source_trial_forget_token_async (self->settings->name, source->type, forgotten_cb, g_object_ref (self));
    }
}

static void
start_sync_cb (DdSyncer *syncer,
               gpointer  user_data)
{
  /* One that is running is of another workspace, and goes on from where it stops. */
  if (dd_syncer_is_running (syncer))
    return;
  g_signal_handlers_disconnect_by_func (syncer, start_sync_cb, user_data);
  dd_syncer_start (syncer);
}

/* The window may be gone by now: everything here belongs to the session. */
static void
session_moved_cb (DdSession *session,
                  DdSyncer  *syncer)
{
  g_signal_handlers_disconnect_by_func (session, session_moved_cb, syncer);
  if (!dd_syncer_is_running (syncer))
    {
      dd_syncer_start (syncer);
      return;
    }
  g_signal_connect (syncer, "changed", G_CALLBACK (start_sync_cb), session);
  dd_syncer_cancel (syncer);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DdConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dd_workspaces_import_finish (DD_ENGINE (object), result, &error);

  self->importing = FALSE;
  if (is_closed (self))
    {
      /* It is there all the same, and whole: nobody has to find it after a restart. Or nothing of it is. */
      if (name != NULL)
        dd_session_reload_workspaces (self->session, name);
      else
        forget_tokens (self);
      return;
    }
  if (name == NULL)
    {
      fail (self, error);
      return;
    }
  g_free (self->made);
  self->made = g_steal_pointer (&name);
  self->next_file = 0;
  read_next_file (self);
}

static void
file_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DdConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  const char *kind = dd_files_row_kinds ()[self->next_file - 1];

  if (is_closed (self))
    return;
  if (dd_file_import_finish (DD_ENGINE (object), result, &error) >= 0)
    {
      read_next_file (self);
      return;
    }
  /* The workspace is there by now: going on means to write it again, with another file. */
  show_pages (self, "services");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->files_row), TRUE);
  dd_files_row_say (self->files_row, kind, error->message, TRUE);
  fail (self, error);
}

static void
read_next_file (DdConnectWindow *self)
{
  const char *kind, *path = NULL;

  while (path == NULL && (kind = dd_files_row_kinds ()[self->next_file]) != NULL)
    {
      path = dd_files_row_get_path (self->files_row, kind);
      self->next_file++;
    }
  if (path != NULL)
    {
      dd_file_import_async (dd_session_get_engine (self->session), self->made, kind, path, NULL, file_read_cb, g_object_ref (self));
      return;
    }
  if (has_services (self))
    g_signal_connect_object (self->session, "workspaces-changed", G_CALLBACK (session_moved_cb), self->syncer, 0);
  dd_session_reload_workspaces (self->session, self->made);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
token_kept_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DdConnectWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean kept = dd_source_trial_keep_token_finish (DD_ENGINE (object), result, &error);

  if (is_closed (self))
    {
      forget_tokens (self);
      return;
    }
  if (!kept)
    fail (self, error);
  else
    keep_next_token (self);
}

/* Tokens first: where the keyring refuses one, there is no half workspace. */
static void
keep_next_token (DdConnectWindow *self)
{
  DdEngine *engine = dd_session_get_engine (self->session);
  g_autofree char *json = NULL;

  while (self->next_token < self->rows->len)
    {
      DdServiceRow *row = g_ptr_array_index (self->rows, self->next_token++);
      const char *type = dd_service_row_get_source_type (row);
      const char *token = dd_service_row_get_token (row);

      if (!dd_service_row_is_accepted (row) || token == NULL)
        continue;
      if (self->session_only)
        {
          dd_source_trial_keep_for_session (self->settings->name, type, token);
          continue;
        }
      /* Not given up with the window: of one that was, nobody could say whether the keyring has it. */
      dd_source_trial_keep_token_async (engine, self->settings->name, type, token, NULL, token_kept_cb,
                                        g_object_ref (self));
      return;
    }
  json = dd_settings_file_write (self->settings);
  self->importing = TRUE;
  dd_workspaces_import_async (engine, json, self->settings->name, FALSE, NULL, imported_cb, g_object_ref (self));
}

static void
write_workspace (DdConnectWindow *self)
{
  DdSourceSettings *first = g_ptr_array_index (self->settings->sources, 0);

  if (is_on (self, "repositories"))
    {
      dd_repository_list_apply (self->repositories, first);
      g_strfreev (self->settings->metrics.environments);
      self->settings->metrics.environments = dd_repository_scout_get_environments (self->scout);
    }
  self->writing = TRUE;
  self->next_token = 0;
  dd_banner_show (self->banner, NULL, NULL, NULL, FALSE);
  gtk_widget_set_visible (self->session_button, FALSE);
  gtk_label_set_label (self->hint, _("Keeping the tokens in the keyring…"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->pages), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->back_button), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), FALSE);
  keep_next_token (self);
}

static void
session_only_cb (DdConnectWindow *self)
{
  self->session_only = TRUE;
  write_workspace (self);
}

static void
next_cb (DdConnectWindow *self)
{
  if (is_on (self, "repositories"))
    {
      write_workspace (self);
      return;
    }
  collect (self);
  if (!dd_service_row_is_accepted (find_row (self, "github")))
    {
      write_workspace (self);
      return;
    }
  show_pages (self, "repositories");
  find_repositories (self);
}

static gboolean
dd_connect_window_close_request (GtkWindow *window)
{
  DdConnectWindow *self = DD_CONNECT_WINDOW (window);

  /* A moment, after which the window goes by itself, or says what is wrong. */
  if (self->importing)
    return GDK_EVENT_STOP;
  g_cancellable_cancel (self->cancellable);
  /* A file could not be read, and is given up; the workspace is there. */
  if (self->made != NULL)
    dd_session_reload_workspaces (self->session, self->made);
  return GTK_WINDOW_CLASS (dd_connect_window_parent_class)->close_request (window);
}

static void
dd_connect_window_dispose (GObject *object)
{
  DdConnectWindow *self = DD_CONNECT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_CONNECT_WINDOW);
  G_OBJECT_CLASS (dd_connect_window_parent_class)->dispose (object);
}

static void
dd_connect_window_finalize (GObject *object)
{
  DdConnectWindow *self = DD_CONNECT_WINDOW (object);

  g_object_unref (self->cancellable);
  /* What is being written may outlive the window on the screen. */
  g_clear_object (&self->session);
  g_clear_object (&self->syncer);
  g_clear_pointer (&self->settings, dd_settings_free);
  g_free (self->made);
  G_OBJECT_CLASS (dd_connect_window_parent_class)->finalize (object);
}

static gboolean
help_binding (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   user_data)
{
  dd_help_window_show_above (widget, "sources");
  return GDK_EVENT_STOP;
}

static void
dd_connect_window_class_init (DdConnectWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_connect_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_connect_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dd_connect_window_close_request;
  g_type_ensure (DD_TYPE_BANNER);
  g_type_ensure (DD_TYPE_REPOSITORY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/connect/dd-connect-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, step_services);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, step_repositories);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, step_sync);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, step_short);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, squeezer);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, steps);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, name_row);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, services_group);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, found_label);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, finding);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, finding_spinner);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, try_button);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, repositories);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, environments_box);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, hint);
  gtk_widget_class_bind_template_child (widget_class, DdConnectWindow, session_button);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_repositories);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, session_only_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F1, 0, help_binding, NULL);
}

static void
dd_connect_window_init (DdConnectWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_services (DdConnectWindow *self)
{
  self->rows = g_ptr_array_new ();
  for (const DdServiceInfo *info = dd_service_info_list (); info->type != NULL; info++)
    {
      GtkWidget *row = dd_service_row_new (dd_session_get_engine (self->session), info->type);

      g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->services_group, row);
      g_ptr_array_add (self->rows, row);
    }
  self->files_row = DD_FILES_ROW (dd_files_row_new ());
  g_signal_connect_object (self->files_row, "chosen", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->services_group, GTK_WIDGET (self->files_row));
  adw_expander_row_set_expanded (g_ptr_array_index (self->rows, 0), TRUE);
}

GtkWidget *
dd_connect_window_new (GtkWindow *parent,
                       DdSession *session,
                       DdSyncer  *syncer)
{
  DdConnectWindow *self = g_object_new (DD_TYPE_CONNECT_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->syncer = g_object_ref (syncer);
  add_services (self);
  update (self);
  return GTK_WIDGET (self);
}
