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

  if (g_error_matches (error, DD_ERROR, DD_ERROR_AUTH))
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

static const DdSyncSourceResult *
first_failed (const DdSyncResult *result)
{
  for (guint i = 0; result != NULL && i < result->sources->len; i++)
    {
      const DdSyncSourceResult *source = g_ptr_array_index (result->sources, i);

      if (source->error != NULL)
        return source;
    }
  return NULL;
}

static void
update_banner (DdWindow *self)
{
  const DdSyncSourceResult *failed = first_failed (dd_syncer_get_result (self->syncer));
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
last_synced (DdWindow *self)
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

static void
update_foot (DdWindow *self)
{
  const DdSyncSourceResult *failed = first_failed (dd_syncer_get_result (self->syncer));
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
      if (failed != NULL || dd_syncer_get_error (self->syncer) != NULL)
        {
          state = "trouble";
          title = failed != NULL ? g_strdup_printf (_("%s was not synced"), failed->name) : g_strdup (_("Not synced"));
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

void
dd_window_update_sync (DdWindow *self)
{
  double fraction = dd_syncer_get_fraction (self->syncer);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), dd_syncer_is_running (self->syncer) && fraction >= 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  update_banner (self);
  update_foot (self);
  dd_window_update_actions (self);
}
