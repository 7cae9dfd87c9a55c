/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-private.h"

#include <glib/gi18n-lib.h>

#include "dd-activity-page.h"
#include "dd-by-frame.h"
#include "dd-error.h"
#include "dd-health-page.h"
#include "dd-incidents-page.h"
#include "dd-metric-page.h"
#include "dd-overview-page.h"
#include "dd-page-info.h"
#include "dd-reports-page.h"
#include "dd-watch.h"
#include "dd-welcome-page.h"

/* At the usual font; it grows with the text. */
#define SIDEBAR_WIDTH 248
#define SIDEBAR_CHARACTERS 34
#define SECONDS_BETWEEN 5
/* Pixels. With more the clamp's own sums run over. */
#define WIDER_THAN_ANY 32000

G_DEFINE_FINAL_TYPE (DdWindow, dd_window, ADW_TYPE_APPLICATION_WINDOW)

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
  if (strcmp (name, "reports") == 0)
    return dd_reports_page_new ();
  return dd_metric_parse (name, &metric, NULL) ? dd_metric_page_new (metric) : NULL;
}

static void
update_title (DdWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages); /* NULL before the first */
  const DdPageInfo *info = page != NULL ? dd_page_info_find (page) : NULL;
  const DdReport *report = dd_session_get_report (self->session);
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *dates = NULL;
  g_autofree char *tooltip = NULL;

  adw_window_title_set_title (self->title, info != NULL ? _(info->title) : "");
  if (report == NULL)
    return;
  zone = g_time_zone_new_identifier (report->summary->timezone);
  dates = dd_period_label (&report->summary->period, zone);
  adw_window_title_set_subtitle (self->title, dates);
  tooltip = g_strdup_printf ("%s\n%s", adw_window_title_get_title (self->title), dates);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), tooltip);
}

/* Pages are made when they are first asked for, so that the window opens as fast as its first one. */
void
dd_window_show_page (DdWindow   *self,
                     const char *name)
{
  if (dd_page_info_find (name) == NULL)
    name = "overview";
  if (gtk_stack_get_child_by_name (self->pages, name) == NULL)
    {
      GtkWidget *page = make_page (name);

      gtk_stack_add_named (self->pages, page, name);
      dd_page_set_session (DD_PAGE (page), self->session);
    }
  gtk_stack_set_visible_child_name (self->pages, name);
  dd_session_set_page (self->session, name);
  if (self->sidebar != NULL)
    dd_sidebar_select_page (self->sidebar, name);
  update_title (self);
}

/* What stands in the way of the database, and what mends it where trying again does. */
static GtkWidget *
trouble_page_new (const GError *error)
{
  GtkWidget *page = adw_status_page_new ();
  g_autofree char *words = g_markup_escape_text (error->message, -1);
  GtkWidget *button;

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Nothing Can Be Shown"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), words);
  gtk_widget_set_vexpand (page, TRUE);
  if (g_error_matches (error, DD_ERROR, DD_ERROR_NEWER_STORE))
    return page;
  button = gtk_button_new_with_label (_("Try Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.refresh");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

/* Until it is known whether there is a workspace: a bar to move and close the window by, and why it is not known. */
static void
show_starting (DdWindow *self)
{
  const GError *error = dd_session_get_error (self->session);
  GtkWidget *box, *header;

  /* The same once more would only take the focus from its button. */
  if (error != NULL && g_strcmp0 (self->said, error->message) == 0)
    return;
  g_free (self->said);
  self->said = error != NULL ? g_strdup (error->message) : NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  header = adw_header_bar_new ();
  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (box), header);
  if (error != NULL)
    gtk_box_append (GTK_BOX (box), trouble_page_new (error));
  adw_bin_set_child (self->starting, box);
}

static void
update_view (DdWindow *self)
{
  if (dd_session_get_workspace (self->session) != NULL)
    {
      gtk_stack_set_visible_child_name (self->views, "main");
      return;
    }
  if (gtk_stack_get_child_by_name (self->views, "welcome") == NULL)
    gtk_stack_add_named (self->views, dd_welcome_page_new (self->session), "welcome");
  gtk_stack_set_visible_child_name (self->views, "welcome");
}

static void
workspaces_changed_cb (DdWindow *self)
{
  dd_window_update_actions (self);
  update_view (self);
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
place_controls (DdWindow *self,
                gboolean  folded)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self->period_control));

  if (parent != NULL && folded == (parent != GTK_WIDGET (self->wide_controls)))
    return;
  g_object_ref_sink (self->period_control);
  g_object_ref_sink (self->scope_button);
  if (parent == GTK_WIDGET (self->wide_controls))
    {
      gtk_box_remove (self->wide_controls, GTK_WIDGET (self->period_control));
      gtk_box_remove (self->wide_controls, GTK_WIDGET (self->scope_button));
    }
  else if (parent != NULL)
    {
      gtk_action_bar_remove (self->narrow_bar, GTK_WIDGET (self->period_control));
      gtk_action_bar_remove (self->narrow_bar, GTK_WIDGET (self->scope_button));
    }
  if (folded)
    {
      gtk_action_bar_pack_start (self->narrow_bar, GTK_WIDGET (self->period_control));
      gtk_action_bar_pack_end (self->narrow_bar, GTK_WIDGET (self->scope_button));
    }
  else
    {
      gtk_box_append (self->wide_controls, GTK_WIDGET (self->period_control));
      gtk_box_append (self->wide_controls, GTK_WIDGET (self->scope_button));
    }
  g_object_unref (self->period_control);
  g_object_unref (self->scope_button);
}

/* Alone it takes the whole window; beside a page as much as its words need. */
static void
fit_sidebar (DdWindow *self,
             gboolean  folded)
{
  int width = folded ? WIDER_THAN_ANY : sidebar_width (self);

  adw_clamp_set_maximum_size (self->sidebar_clamp, width);
  adw_clamp_set_tightening_threshold (self->sidebar_clamp, width);
  dd_sidebar_set_alone (self->sidebar, folded);
}

static void
folded_cb (DdWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  if (folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  if (self->sidebar != NULL)
    fit_sidebar (self, folded);
  if (self->period_control != NULL)
    place_controls (self, folded);
}

static void
make_sidebar (GtkWidget *widget)
{
  DdWindow *self = DD_WINDOW (widget);

  /* Not in `icons`, where the application finds them by itself: it would have the whole theme read again before the first frame. */
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), "/com/example/DoraDash/symbols");
  self->sidebar = DD_SIDEBAR (dd_sidebar_new (self->session, self->syncer));
  fit_sidebar (self, adw_leaflet_get_folded (self->leaflet));
  dd_sidebar_select_page (self->sidebar, dd_session_get_page (self->session));
  adw_clamp_set_child (self->sidebar_clamp, GTK_WIDGET (self->sidebar));
}

static GtkWidget *
header_button_new (const char *icon,
                   const char *action,
                   const char *label,
                   const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

/* All that has an icon: the first icon has the whole theme of icons read. */
static void
make_header_buttons (GtkWidget *widget)
{
  DdWindow *self = DD_WINDOW (widget);
  GtkWidget *back = header_button_new ("go-previous-symbolic", "win.sidebar", _("Back"), _("Back to the pages"));

  g_object_bind_property (self->leaflet, "folded", back, "visible", G_BINDING_SYNC_CREATE);
  adw_header_bar_pack_start (self->header, back);
  adw_header_bar_pack_end (self->header, header_button_new ("view-refresh-symbolic", "win.sync", _("Sync"), _("Sync now (Ctrl+R)")));
  adw_header_bar_set_show_start_title_buttons (self->header, TRUE);
  adw_header_bar_set_show_end_title_buttons (self->header, TRUE);
}

static void
make_controls (GtkWidget *widget)
{
  DdWindow *self = DD_WINDOW (widget);

  self->period_control = DD_PERIOD_CONTROL (dd_period_control_new ());
  self->scope_button = DD_SCOPE_BUTTON (dd_scope_button_new ());
  dd_period_control_set_session (self->period_control, self->session);
  dd_scope_button_set_session (self->scope_button, self->session);
  place_controls (self, adw_leaflet_get_folded (self->leaflet));
}

static void
complete_report (GtkWidget *widget)
{
  dd_session_complete (DD_WINDOW (widget)->session);
}

/* The figures come first; what stands around them follows, a part a frame, before anybody has read them. */
static void
furnish (DdWindow *self)
{
  if (self->furnished)
    return;
  self->furnished = TRUE;
  dd_by_frame_add (GTK_WIDGET (self), complete_report);
  dd_by_frame_add (GTK_WIDGET (self), make_header_buttons);
  dd_by_frame_add (GTK_WIDGET (self), make_sidebar);
  dd_by_frame_add (GTK_WIDGET (self), make_controls);
}

static gboolean
again_cb (gpointer user_data)
{
  DdWindow *self = user_data;

  self->again = 0;
  dd_session_reload_workspaces (self->session, NULL);
  return G_SOURCE_REMOVE;
}

/* What keeps the database from being read may pass by itself: another program that has it, a disk that comes back. */
static void
try_again_soon (DdWindow *self)
{
  if (!g_error_matches (dd_session_get_error (self->session), DD_ERROR, DD_ERROR_STORE) || self->closed)
    g_clear_handle_id (&self->again, g_source_remove);
  else if (self->again == 0)
    self->again = g_timeout_add_seconds (SECONDS_BETWEEN, again_cb, self);
}

static void
report_changed_cb (DdWindow *self)
{
  update_title (self);
  dd_window_update_sync (self);
  if (dd_session_get_report (self->session) != NULL)
    dd_watch_has_content ();
  if (dd_session_get_workspace (self->session) == NULL && dd_session_get_error (self->session) != NULL)
    show_starting (self);
  try_again_soon (self);
  furnish (self);
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdWindow) self = user_data;

  dd_session_start_finish (self->session, result);
  if (self->closed)
    return;
  dd_window_show_page (self, dd_session_get_page (self->session));
  furnish (self);
}

/* GTK keeps the size that a maximized window goes back to as the default one, which is so the one to open it with. */
static void
keep_size (DdWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > 0 && height > 0)
    dd_session_set_size (self->session, width, height, gtk_window_is_maximized (GTK_WINDOW (self)));
}

static void
restore_size (DdWindow *self)
{
  gboolean maximized;
  int width, height;

  if (!dd_session_get_size (self->session, &width, &height, &maximized))
    return;
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
dd_window_close_request (GtkWindow *window)
{
  DdWindow *self = DD_WINDOW (window);

  keep_size (self);
  /* Whoever opens the program again finds it as it was. */
  if (dd_session_get_background (self->session) && gtk_window_get_application (window) != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
      return GDK_EVENT_STOP;
    }
  /* A sync that is running stops where it is, and goes on from there the next time. */
  self->closed = TRUE;
  g_clear_handle_id (&self->again, g_source_remove);
  dd_syncer_cancel (self->syncer);
  dd_scheduler_stop (self->scheduler);
  dd_auto_sync_stop (self->auto_sync);
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
  g_clear_weak_pointer (&self->help);
  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_pointer (&self->said, g_free);
  g_clear_object (&self->scheduler);
  g_clear_object (&self->auto_sync);
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
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/dd-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DdWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, views);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, starting);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, sidebar_clamp);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, header);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, wide_controls);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, DdWindow, narrow_bar);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
}

static void
dd_window_init (DdWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dd_window_add_actions (self);
}

GtkWidget *
dd_window_new (GtkApplication *application,
               DdEngine       *engine)
{
  g_autoptr (DdSession) session = dd_session_new (engine);

  return dd_window_new_with_session (application, session);
}

GtkWidget *
dd_window_new_with_session (GtkApplication *application,
                            DdSession      *session)
{
  DdWindow *self = g_object_new (DD_TYPE_WINDOW, "application", application, NULL);

  dd_watch_add_window (GTK_WIDGET (self));
  dd_session_load (session);
  self->session = g_object_ref (session);
  restore_size (self);
  self->syncer = dd_syncer_new (self->session);
  g_signal_connect_swapped (self->session, "workspaces-changed", G_CALLBACK (workspaces_changed_cb), self);
  g_signal_connect_swapped (self->session, "report-changed", G_CALLBACK (report_changed_cb), self);
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (dd_window_update_sync), self);
  g_signal_connect_swapped (self->syncer, "changed", G_CALLBACK (dd_window_update_sync), self);
  dd_window_start_schedules (self);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  folded_cb (self);
  /* What was shown last is most likely there still: its page is up before the list of workspaces says so. */
  if (dd_session_get_workspace (self->session) == NULL)
    {
      show_starting (self);
    }
  else
    {
      gtk_stack_set_visible_child_name (self->views, "main");
      dd_window_show_page (self, dd_session_get_page (self->session));
    }
  if (dd_session_get_report (self->session) != NULL)
    report_changed_cb (self);
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
