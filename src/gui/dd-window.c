/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-private.h"

#include <glib/gi18n-lib.h>

#include "dd-activity-page.h"
#include "dd-health-page.h"
#include "dd-incidents-page.h"
#include "dd-metric-page.h"
#include "dd-overview-page.h"
#include "dd-watch.h"
#include "dd-welcome-page.h"

/* At the usual font; it grows with the text. */
#define SIDEBAR_WIDTH 248
#define SIDEBAR_CHARACTERS 34
#define LONGEST_NAME 14

G_DEFINE_FINAL_TYPE (DdWindow, dd_window, ADW_TYPE_APPLICATION_WINDOW)

/* A page as the sidebar shows it; those of one section follow each other. */
typedef struct
{
  const char *name;
  const char *title;
  const char *icon;
  const char *section; /* NULL: none */
} PageInfo;

static const PageInfo page_infos[] = {
  { "overview", N_("Overview"), "dd-overview-symbolic", NULL },
  { "deployment_frequency", N_("Deployment Frequency"), "dd-deploys-symbolic", N_("Metrics") },
  { "lead_time", N_("Lead Time"), "preferences-system-time-symbolic", N_("Metrics") },
  { "change_failure_rate", N_("Change Failure Rate"), "dd-failure-symbolic", N_("Metrics") },
  { "recovery_time", N_("Time to Recovery"), "document-open-recent-symbolic", N_("Metrics") },
  { "rework_rate", N_("Rework Rate"), "edit-undo-symbolic", N_("Metrics") },
  { "incidents", N_("Incidents"), "dd-incident-symbolic", N_("Look Into") },
  { "health", N_("Data Health"), "dd-funnel-symbolic", N_("Look Into") },
  { "activity", N_("Activity"), "dd-activity-symbolic", N_("Look Into") },
};

static const PageInfo *
find_info (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_infos); i++)
    if (strcmp (page_infos[i].name, name) == 0)
      return &page_infos[i];
  return NULL;
}

static GtkWidget *
make_page (const char *name)
{
  DdMetric metric;

  if (strcmp (name, "overview") == 0)
    return dd_overview_page_new ();
  if (strcmp (name, "incidents") == 0)
    return dd_incidents_page_new ();
  if (strcmp (name, "health") == 0)
    return dd_health_page_new ();
  if (strcmp (name, "activity") == 0)
    return dd_activity_page_new ();
  return dd_metric_parse (name, &metric, NULL) ? dd_metric_page_new (metric) : NULL;
}

static void
update_title (DdWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages); /* NULL before the first */
  const PageInfo *info = page != NULL ? find_info (page) : NULL;
  const DdReport *report = dd_session_get_report (self->session);
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *dates = NULL;

  adw_window_title_set_title (self->title, info != NULL ? _(info->title) : "");
  if (report == NULL)
    return;
  zone = g_time_zone_new_identifier (report->summary->timezone);
  dates = dd_period_label (&report->summary->period, zone);
  adw_window_title_set_subtitle (self->title, dates);
}

/* Pages are made when they are first asked for, so that the window opens as fast as its first one. */
void
dd_window_show_page (DdWindow   *self,
                     const char *name)
{
  if (find_info (name) == NULL)
    name = "overview";
  if (gtk_stack_get_child_by_name (self->pages, name) == NULL)
    {
      GtkWidget *page = make_page (name);

      gtk_stack_add_named (self->pages, page, name);
      dd_page_set_session (DD_PAGE (page), self->session);
    }
  gtk_stack_set_visible_child_name (self->pages, name);
  dd_session_set_page (self->session, name);
  for (int i = 0; i < (int) G_N_ELEMENTS (page_infos); i++)
    if (strcmp (page_infos[i].name, name) == 0)
      gtk_list_box_select_row (self->pages_list, gtk_list_box_get_row_at_index (self->pages_list, i));
  update_title (self);
}

static void
page_activated_cb (DdWindow      *self,
                   GtkListBoxRow *row)
{
  dd_window_show_page (self, page_infos[gtk_list_box_row_get_index (row)].name);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
}

static void
section_header_cb (GtkListBoxRow *row,
                   GtkListBoxRow *before,
                   gpointer       user_data)
{
  const char *section = page_infos[gtk_list_box_row_get_index (row)].section;
  GtkWidget *label;

  if (section == NULL || before == NULL || g_strcmp0 (section, page_infos[gtk_list_box_row_get_index (before)].section) == 0)
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
fill_sidebar (DdWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_infos); i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *label = gtk_label_new (_(page_infos[i].title));
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *count = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_add_css_class (count, "caption");
      gtk_widget_add_css_class (count, "dim-label");
      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (page_infos[i].icon));
      gtk_box_append (GTK_BOX (box), label);
      gtk_box_append (GTK_BOX (box), count);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(page_infos[i].title), -1);
      gtk_list_box_append (self->pages_list, row);
      if (strcmp (page_infos[i].name, "incidents") == 0)
        self->open_incidents = GTK_LABEL (count);
    }
  gtk_list_box_set_header_func (self->pages_list, section_header_cb, NULL, NULL);
}

static void
update_view (DdWindow *self)
{
  const char *workspace = dd_session_get_workspace (self->session);

  if (workspace != NULL)
    {
      gtk_label_set_label (self->workspace_label, workspace);
      /* An ellipsis is for names that are really long. */
      gtk_label_set_ellipsize (self->workspace_label,
                               g_utf8_strlen (workspace, -1) > LONGEST_NAME ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
      adw_avatar_set_text (self->workspace_avatar, workspace);
      gtk_stack_set_visible_child_name (self->views, "main");
      return;
    }
  if (gtk_stack_get_child_by_name (self->views, "welcome") == NULL)
    gtk_stack_add_named (self->views, dd_welcome_page_new (self->session), "welcome");
  gtk_stack_set_visible_child_name (self->views, "welcome");
}

static void
update_workspace_menu (DdWindow *self)
{
  const char * const *names = dd_session_get_workspaces (self->session);
  g_autoptr (GMenu) menu = g_menu_new ();
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
  gtk_menu_button_set_menu_model (self->workspace_button, G_MENU_MODEL (menu));
}

static void
workspaces_changed_cb (DdWindow *self)
{
  update_workspace_menu (self);
  dd_window_update_actions (self);
  update_view (self);
}

static void
report_changed_cb (DdWindow *self)
{
  const DdReport *report = dd_session_get_report (self->session);
  g_autofree char *open = NULL;

  if (report != NULL && report->summary->open_incidents->len > 0)
    open = g_strdup_printf (_("%u open"), report->summary->open_incidents->len);
  gtk_label_set_label (self->open_incidents, open != NULL ? open : "");
  update_title (self);
  dd_window_update_sync (self);
  if (report != NULL)
    dd_watch_has_content ();
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdWindow) self = user_data;

  dd_session_start_finish (self->session, result);
  if (!self->closed)
    dd_window_show_page (self, dd_session_get_page (self->session));
}

static int
sidebar_width (DdWindow *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int character = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return MAX (SIDEBAR_WIDTH, SIDEBAR_CHARACTERS * character);
}

/* Period and filter stand in the header bar, or below the page where that is narrow. */
static void
folded_cb (DdWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self->period_control));

  if (folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  adw_clamp_set_maximum_size (self->sidebar_clamp, folded ? G_MAXINT : sidebar_width (self));
  adw_clamp_set_tightening_threshold (self->sidebar_clamp, folded ? G_MAXINT : sidebar_width (self));
  if (self->session == NULL || folded == (parent != GTK_WIDGET (self->wide_controls)))
    return;
  g_object_ref (self->period_control);
  g_object_ref (self->scope_button);
  if (folded)
    {
      gtk_box_remove (self->wide_controls, GTK_WIDGET (self->period_control));
      gtk_box_remove (self->wide_controls, GTK_WIDGET (self->scope_button));
      gtk_action_bar_pack_start (self->narrow_bar, GTK_WIDGET (self->period_control));
      gtk_action_bar_pack_end (self->narrow_bar, GTK_WIDGET (self->scope_button));
    }
  else
    {
      gtk_action_bar_remove (self->narrow_bar, GTK_WIDGET (self->period_control));
      gtk_action_bar_remove (self->narrow_bar, GTK_WIDGET (self->scope_button));
      gtk_box_append (self->wide_controls, GTK_WIDGET (self->period_control));
      gtk_box_append (self->wide_controls, GTK_WIDGET (self->scope_button));
    }
  g_object_unref (self->period_control);
  g_object_unref (self->scope_button);
}

static gboolean
dd_window_close_request (GtkWindow *window)
{
  DdWindow *self = DD_WINDOW (window);

  /* A sync that is running stops where it is, and goes on from there the next time. */
  self->closed = TRUE;
  dd_syncer_cancel (self->syncer);
  dd_scheduler_stop (self->scheduler);
  return GTK_WINDOW_CLASS (dd_window_parent_class)->close_request (window);
}

static void
dd_window_dispose (GObject *object)
{
  DdWindow *self = DD_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->syncer != NULL)
    g_signal_handlers_disconnect_by_data (self->syncer, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_WINDOW);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_object (&self->undo_toast);
  g_clear_object (&self->scheduler);
  g_clear_object (&self->syncer);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dd_window_parent_class)->dispose (object);
}

static void
dd_window_class_init (DdWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = dd_window_close_request;
  /* Not an accelerator of the application, which an entry's own undoing would have to stand behind. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  g_type_ensure (DD_TYPE_BANNER);
  g_type_ensure (DD_TYPE_PERIOD_CONTROL);
  g_type_ensure (DD_TYPE_SCOPE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/dd-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DdWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, views);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, sidebar_clamp);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, workspace_button);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, workspace_avatar);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, workspace_label);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, pages_list);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, foot_state);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, foot_spinner);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, foot_title);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, foot_subtitle);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, wide_controls);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, period_control);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, scope_button);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, narrow_bar);
  gtk_widget_class_bind_template_callback (widget_class, page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
}

static void
dd_window_init (DdWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_sidebar (self);
  dd_window_add_actions (self);
}

GtkWidget *
dd_window_new (GtkApplication *application,
               DdEngine       *engine)
{
  DdSession *session = dd_session_new (engine);
  DdWindow *self;

  dd_session_load (session);
  self = g_object_new (DD_TYPE_WINDOW, "application", application, NULL);
  dd_watch_add_window (GTK_WIDGET (self));
  self->session = session;
  self->syncer = dd_syncer_new (self->session);
  g_signal_connect_swapped (self->session, "workspaces-changed", G_CALLBACK (workspaces_changed_cb), self);
  g_signal_connect_swapped (self->session, "report-changed", G_CALLBACK (report_changed_cb), self);
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (dd_window_update_sync), self);
  g_signal_connect_swapped (self->syncer, "changed", G_CALLBACK (dd_window_update_sync), self);
  dd_window_start_schedules (self);
  dd_period_control_set_session (self->period_control, self->session);
  dd_scope_button_set_session (self->scope_button, self->session);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  folded_cb (self);
  dd_session_start_async (self->session, started_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

DdSession *
dd_window_get_session (DdWindow *self)
{
  return self->session;
}

DdSyncer *
dd_window_get_syncer (DdWindow *self)
{
  return self->syncer;
}
