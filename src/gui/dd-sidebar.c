/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-sidebar.h"

#include <glib/gi18n-lib.h>

#include "dd-count-words.h"
#include "dd-page-info.h"
#include "dd-words.h"

#define LONGEST_NAME 14

struct _DdSidebar
{
  AdwBin parent;

  DdSession     *session;
  DdSyncer      *syncer;
  AdwHeaderBar  *header;
  GtkMenuButton *workspace_button;
  AdwAvatar     *workspace_avatar;
  GtkLabel      *workspace_label;
  GtkMenuButton *menu_button;
  GMenuModel    *primary_menu;
  GtkListBox    *pages_list;
  GtkLabel      *open_incidents;
  GtkStack      *foot_state;
  GtkSpinner    *foot_spinner;
  GtkLabel      *foot_title;
  GtkLabel      *foot_subtitle;
  GtkWidget     *stop_button;
};

G_DEFINE_FINAL_TYPE (DdSidebar, dd_sidebar, ADW_TYPE_BIN)

static const DdPageInfo *
info_of (GtkListBoxRow *row)
{
  guint n;

  return &dd_page_infos (&n)[gtk_list_box_row_get_index (row)];
}

static void
page_activated_cb (DdSidebar     *self,
                   GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show", "s", info_of (row)->name);
}

static void
section_header_cb (GtkListBoxRow *row,
                   GtkListBoxRow *before,
                   gpointer       user_data)
{
  const char *section = info_of (row)->section;
  GtkWidget *label;

  if (section == NULL || before == NULL || g_strcmp0 (section, info_of (before)->section) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_(section));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dd-section");
  gtk_list_box_row_set_header (row, label);
}

static void
fill_pages (DdSidebar *self)
{
  guint n;
  const DdPageInfo *infos = dd_page_infos (&n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *label = gtk_label_new (_(infos[i].title));
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *count = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_add_css_class (count, "caption");
      gtk_widget_add_css_class (count, "dim-label");
      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (infos[i].icon));
      gtk_box_append (GTK_BOX (box), label);
      gtk_box_append (GTK_BOX (box), count);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(infos[i].title), -1);
      gtk_list_box_append (self->pages_list, row);
      if (strcmp (infos[i].name, "incidents") == 0)
        self->open_incidents = GTK_LABEL (count);
    }
  gtk_list_box_set_header_func (self->pages_list, section_header_cb, NULL, NULL);
}

static GMenuModel *
workspace_menu_new (DdSession *session)
{
  const char * const *names = dd_session_get_workspaces (session);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) workspaces = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (names[i], NULL);

      g_menu_item_set_action_and_target (item, "win.workspace", "s", names[i]);
      g_menu_append_item (workspaces, item);
    }
  g_menu_append (more, _("_New Workspace…"), "win.connect");
  g_menu_append (more, _("_Remove This Workspace…"), "win.remove-workspace");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (workspaces));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  return G_MENU_MODEL (menu);
}

/* The menus are made when they are opened: most often they are not. */
static void
workspace_menu_cb (GtkMenuButton *button,
                   gpointer       user_data)
{
  g_autoptr (GMenuModel) menu = workspace_menu_new (DD_SIDEBAR (user_data)->session);

  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (menu));
}

static void
primary_menu_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (DD_SIDEBAR (user_data)->primary_menu));
}

static void
update_workspace (DdSidebar *self)
{
  const char *workspace = dd_session_get_workspace (self->session);

  if (workspace == NULL)
    return;
  gtk_label_set_label (self->workspace_label, workspace);
  /* An ellipsis is for names that are really long. */
  gtk_label_set_ellipsize (self->workspace_label,
                           g_utf8_strlen (workspace, -1) > LONGEST_NAME ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  adw_avatar_set_text (self->workspace_avatar, workspace);
}

/* "Today, 08:00", or the day. */
static char *
short_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_year (local) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    /* Translators: a time of today. */
    return g_date_time_format (local, _("Today, %H:%M"));
  /* Translators: a time of another day. */
  return g_date_time_format (local, _("%a %-d %b, %H:%M"));
}

/* When the sources were last heard of: the oldest of them, as what the numbers are as of. */
static char *
last_synced (DdSidebar *self)
{
  const DdReport *report = dd_session_get_report (self->session);
  gint64 oldest = DD_TIME_NONE;
  g_autofree char *time = NULL;
  guint n = 0;

  for (guint i = 0; report != NULL && i < report->summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (report->summary->sources, i);

      n++;
      if (state->last_sync != DD_TIME_NONE && (oldest == DD_TIME_NONE || state->last_sync < oldest))
        oldest = state->last_sync;
    }
  if (oldest == DD_TIME_NONE)
    return g_strdup (report != NULL ? _("Never synced") : "");
  time = short_time (oldest);
  /* Translators: %s is a time, "Fri 13 Nov, 16:40". */
  return g_strdup_printf (ngettext ("%s · %u source", "%s · %u sources", n), time, n);
}

/* One that failed when it was synced last, perhaps by an earlier start of the program; NULL for none. */
static const char *
find_failed (DdSidebar *self)
{
  const DdSyncSourceResult *failed = dd_syncer_get_failed (self->syncer);
  const DdReport *report = dd_session_get_report (self->session);

  if (failed != NULL)
    return failed->name;
  for (guint i = 0; report != NULL && i < report->summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (report->summary->sources, i);

      if (g_strcmp0 (state->status, "failed") == 0)
        return dd_words_source_name (state);
    }
  return NULL;
}

static void
update_foot (DdSidebar *self)
{
  const char *failed = find_failed (self);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  const char *state = "good";

  if (dd_syncer_is_running (self->syncer))
    {
      state = "running";
      title = g_strdup (_("Syncing"));
      subtitle = g_strdup (dd_syncer_get_words (self->syncer));
    }
  else
    {
      if (dd_syncer_is_offline (self->syncer))
        {
          state = "trouble";
          title = g_strdup (_("Offline"));
        }
      else if (failed != NULL || dd_syncer_get_error (self->syncer) != NULL)
        {
          state = "trouble";
          title = failed != NULL ? g_strdup_printf (_("%s was not synced"), failed) : g_strdup (_("Not synced"));
        }
      else if (dd_session_get_error (self->session) != NULL)
        {
          state = "trouble";
          title = g_strdup (_("Not up to date"));
        }
      else
        {
          title = g_strdup (_("Up to date"));
        }
      subtitle = last_synced (self);
    }
  gtk_stack_set_visible_child_name (self->foot_state, state);
  gtk_spinner_set_spinning (self->foot_spinner, dd_syncer_is_running (self->syncer));
  gtk_label_set_label (self->foot_title, title);
  gtk_label_set_label (self->foot_subtitle, subtitle);
  gtk_widget_set_visible (self->stop_button, dd_syncer_is_running (self->syncer));
}

static void
report_changed_cb (DdSidebar *self)
{
  const DdReport *report = dd_session_get_report (self->session);
  g_autofree char *open = NULL;

  if (report != NULL && report->summary->open_incidents->len > 0)
    open = dd_words_counted (DD_COUNTED_OPEN, report->summary->open_incidents->len);
  gtk_label_set_label (self->open_incidents, open != NULL ? open : "");
  update_foot (self);
}

static void
dd_sidebar_dispose (GObject *object)
{
  DdSidebar *self = DD_SIDEBAR (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->syncer != NULL)
    g_signal_handlers_disconnect_by_data (self->syncer, self);
  g_clear_object (&self->session);
  g_clear_object (&self->syncer);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_SIDEBAR);
  G_OBJECT_CLASS (dd_sidebar_parent_class)->dispose (object);
}

static void
dd_sidebar_class_init (DdSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/dd-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, workspace_button);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, workspace_avatar);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, workspace_label);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, pages_list);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, foot_state);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, foot_spinner);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, foot_title);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, foot_subtitle);
  gtk_widget_class_bind_template_child (widget_class, DdSidebar, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, page_activated_cb);
}

static void
dd_sidebar_init (DdSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->workspace_button, workspace_menu_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->menu_button, primary_menu_cb, self, NULL);
  fill_pages (self);
}

GtkWidget *
dd_sidebar_new (DdSession *session,
                DdSyncer  *syncer)
{
  DdSidebar *self = g_object_new (DD_TYPE_SIDEBAR, NULL);

  self->session = g_object_ref (session);
  self->syncer = g_object_ref (syncer);
  g_signal_connect_swapped (session, "workspaces-changed", G_CALLBACK (update_workspace), self);
  g_signal_connect_swapped (session, "report-changed", G_CALLBACK (report_changed_cb), self);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (update_foot), self);
  g_signal_connect_swapped (syncer, "changed", G_CALLBACK (update_foot), self);
  update_workspace (self);
  report_changed_cb (self);
  return GTK_WIDGET (self);
}

void
dd_sidebar_select_page (DdSidebar  *self,
                        const char *name)
{
  const DdPageInfo *info = dd_page_info_find (name);
  guint n;

  if (info != NULL)
    gtk_list_box_select_row (self->pages_list, gtk_list_box_get_row_at_index (self->pages_list, (int) (info - dd_page_infos (&n))));
}

void
dd_sidebar_set_alone (DdSidebar *self,
                      gboolean   alone)
{
  adw_header_bar_set_show_end_title_buttons (self->header, alone);
}

void
dd_sidebar_focus_pages (DdSidebar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->pages_list));
}

void
dd_sidebar_open_menu (DdSidebar *self)
{
  gtk_menu_button_popup (self->menu_button);
}
