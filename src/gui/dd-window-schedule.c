/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-private.h"

#include <glib/gi18n-lib.h>

/* A toast's title is markup. */
static void
show_toast (DdWindow   *self,
            const char *title,
            const char *body)
{
  /* Translators: what happened, and more of it. */
  g_autofree char *words = *body != '\0' ? g_strdup_printf (_("%s: %s"), title, body) : g_strdup (title);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* Whoever looks at the window sees it there. */
static void
told_cb (DdWindow   *self,
         const char *id,
         const char *title,
         const char *body,
         const char *target)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (GNotification) notification = NULL;

  if (application == NULL)
    return;
  if (gtk_window_is_active (GTK_WINDOW (self)))
    {
      show_toast (self, title, body);
      return;
    }
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, g_path_is_absolute (target) ? "app.open-file" : "app.show-page", "s", target);
  g_application_send_notification (application, id, notification);
}

/* Who comes back to the window may have come back to a computer that slept. */
static void
active_cb (DdWindow *self)
{
  if (self->scheduler != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    dd_scheduler_wake (self->scheduler);
}

void
dd_window_start_schedules (DdWindow *self)
{
  self->scheduler = dd_scheduler_new (self->session);
  self->auto_sync = dd_auto_sync_new (self->session, self->syncer, NULL);
  g_signal_connect_object (self->scheduler, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
}
