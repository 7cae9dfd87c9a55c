/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-private.h"

#include "dd-reports-page.h"
#include "dd-slack-dialog.h"

static void
send_report_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  DdWindow *self = DD_WINDOW (user_data);
  const DdReport *report = dd_session_get_report (self->session);
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  /* There it has a form and a note, or is an earlier one. */
  if (page != NULL && DD_IS_REPORTS_PAGE (page))
    gtk_widget_activate_action (page, "report.send", NULL);
  else if (report != NULL)
    gtk_window_present (GTK_WINDOW (dd_slack_dialog_new (GTK_WIDGET (self->toasts), dd_session_get_engine (self->session),
                                                         report)));
}

void
dd_window_add_send_actions (DdWindow *self)
{
  static const GActionEntry actions[] = {
    { .name = "send-report", .activate = send_report_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
