/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"

/* One sentence that says whose trouble it is. */
static char *
sentence (const char   *name,
          const GError *error)
{
  /* The engine's own words name a command, which is no help in a window. */
  if (name != NULL && g_error_matches (error, DD_ERROR, DD_ERROR_AUTH))
    return g_strdup_printf (_("%s cannot be synced without a valid token."), name);
  if (name != NULL && g_error_matches (error, DD_ERROR, DD_ERROR_PERMISSION) && strstr (error->message, "“doradash ") != NULL)
    return g_strdup_printf (_("%s refuses this to the token; give it the right to read, or set another."), name);
  if (name == NULL || strstr (error->message, name) != NULL)
    return g_strdup (error->message);
  return g_strdup_printf (_("%s: %s"), name, error->message);
}

/* @again: the action that tries what failed once more; NULL where that cannot help. */
static void
show_trouble (DdWindow     *self,
              const char   *name,
              const GError *error,
              const char   *again)
{
  gboolean token = g_error_matches (error, DD_ERROR, DD_ERROR_AUTH) || g_error_matches (error, DD_ERROR, DD_ERROR_PERMISSION);
  g_autofree char *title = sentence (name, error);

  if (token)
    dd_banner_show (self->banner, title, _("Tokens…"), "win.change-setting::sources.tokens", TRUE);
  else
    dd_banner_show (self->banner, title, again != NULL ? _("Try Again") : NULL, again, TRUE);
}

static const char *
again_after (const GError *error,
             const char   *action)
{
  return g_error_matches (error, DD_ERROR, DD_ERROR_STORE) ? action : NULL;
}

static void
update_banner (DdWindow *self)
{
  const DdSyncSourceResult *failed = dd_syncer_get_failed (self->syncer);
  const GError *sync_error = dd_syncer_get_error (self->syncer);
  const GError *error = dd_session_get_error (self->session);

  if (sync_error != NULL)
    show_trouble (self, NULL, sync_error, again_after (sync_error, "win.sync"));
  else if (error != NULL)
    show_trouble (self, NULL, error, again_after (error, "win.refresh"));
  else if (failed != NULL)
    show_trouble (self, failed->name, failed->error, "win.sync");
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
