/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-private.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"

/* What the user does about it: a button, or nothing. */
static void
show_trouble (DdWindow     *self,
              const char   *name,
              const GError *error)
{
  g_autofree char *title = name != NULL ? g_strdup_printf (_("%s: %s"), name, error->message) : g_strdup (error->message);
  const char *button = NULL, *action = NULL;

  if (g_error_matches (error, DD_ERROR, DD_ERROR_AUTH) || g_error_matches (error, DD_ERROR, DD_ERROR_PERMISSION))
    {
      button = _("Tokens…");
      action = "win.preferences";
    }
  else if (name != NULL)
    {
      button = _("Try Again");
      action = "win.sync";
    }
  dd_banner_show (self->banner, title, button, action, TRUE);
}

static void
update_banner (DdWindow *self)
{
  const DdSyncSourceResult *failed = dd_syncer_get_failed (self->syncer);
  const GError *error = dd_syncer_get_error (self->syncer);

  if (error == NULL)
    error = dd_session_get_error (self->session);
  if (error != NULL)
    show_trouble (self, NULL, error);
  else if (failed != NULL)
    show_trouble (self, failed->name, failed->error);
  else if (dd_session_is_sample (self->session))
    dd_banner_show (self->banner, _("This is sample data."), _("Remove"), "win.remove-workspace", FALSE);
  else
    dd_banner_show (self->banner, NULL, NULL, NULL, FALSE);
}

void
dd_window_update_sync (DdWindow *self)
{
  double fraction = dd_syncer_get_fraction (self->syncer);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), dd_syncer_is_running (self->syncer) && fraction >= 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  update_banner (self);
  dd_window_update_actions (self);
}
