/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-engagement-group.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "dd-query-activity.h"
#include "dd-usage.h"

/* What is asked about where nobody says otherwise. */
#define HOURS (30 * 24)

struct _DdEngagementGroup
{
  AdwPreferencesGroup parent;

  DdSession    *session;     /* not owned: the search of a window of preferences may keep groups of it for ever */
  GCancellable *cancellable; /* the question on its way */
  int           hours;
  gboolean      filling;

  GtkSwitch    *control;
  GtkWidget    *counts;
  GPtrArray    *rows;        /* what was counted, a row each */
};

G_DEFINE_FINAL_TYPE (DdEngagementGroup, dd_engagement_group, ADW_TYPE_PREFERENCES_GROUP)

static void
stop (DdEngagementGroup *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
add_count (DdEngagementGroup     *self,
           const DdActivityShare *share)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = g_strdup_printf ("%" PRIu64, share->count);
  GtkWidget *count = gtk_label_new (words);

  gtk_widget_add_css_class (count, "numeric");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dd_usage_words (share->name));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), count);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
fill (DdEngagementGroup *self,
      const DdActivity  *activity)
{
  guint64 total = 0;
  g_autofree char *times = NULL, *sessions = NULL, *words = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < activity->engagement->len; i++)
    {
      const DdActivityShare *share = g_ptr_array_index (activity->engagement, i);

      total += share->count;
      add_count (self, share);
    }
  times = g_strdup_printf (ngettext ("%" PRIu64 " use", "%" PRIu64 " uses", (gulong) total), total);
  sessions = g_strdup_printf (ngettext ("in %u session", "in %u sessions", activity->sessions), activity->sessions);
  /* Translators: "12 uses in 3 sessions". */
  words = g_strdup_printf (_("%s %s"), times, sessions);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->counts), total > 0 ? words : _("Nothing has been counted in this time."));
  gtk_widget_set_visible (self->counts, activity->engagement_enabled || total > 0);
  self->filling = TRUE;
  gtk_switch_set_active (self->control, activity->engagement_enabled);
  self->filling = FALSE;
}

static void
activity_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DdEngagementGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdActivity) activity = dd_query_activity_finish (DD_ENGINE (source), result, &error);

  if (activity != NULL && self->session != NULL)
    fill (self, activity);
}

/* Counts belong to no workspace, but the question does. */
static void
ask (DdEngagementGroup *self)
{
  DdActivityQuery query = {
    .workspace = dd_session_get_workspace (self->session), .hours = self->hours, .until = DD_TIME_NONE, .now = g_get_real_time (),
  };

  stop (self);
  self->cancellable = g_cancellable_new ();
  dd_query_activity_async (dd_session_get_engine (self->session), &query, self->cancellable, activity_cb, g_object_ref (self));
}

static void
switched_cb (DdEngagementGroup *self)
{
  if (self->filling || self->session == NULL)
    return;
  dd_engagement_enable (dd_session_get_engine (self->session), gtk_switch_get_active (self->control));
  ask (self);
}

static void
erase_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  DdEngagementGroup *self = DD_ENGAGEMENT_GROUP (widget);

  if (self->session == NULL)
    return;
  dd_engagement_erase (dd_session_get_engine (self->session));
  ask (self);
}

static void
dd_engagement_group_map (GtkWidget *widget)
{
  DdEngagementGroup *self = DD_ENGAGEMENT_GROUP (widget);

  GTK_WIDGET_CLASS (dd_engagement_group_parent_class)->map (widget);
  if (self->hours == 0 && self->session != NULL)
    {
      self->hours = HOURS;
      ask (self);
    }
}

static void
dd_engagement_group_dispose (GObject *object)
{
  DdEngagementGroup *self = DD_ENGAGEMENT_GROUP (object);

  stop (self);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (dd_engagement_group_parent_class)->dispose (object);
}

static void
dd_engagement_group_finalize (GObject *object)
{
  g_ptr_array_unref (DD_ENGAGEMENT_GROUP (object)->rows);
  G_OBJECT_CLASS (dd_engagement_group_parent_class)->finalize (object);
}

static void
dd_engagement_group_class_init (DdEngagementGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_engagement_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_engagement_group_finalize;
  widget_class->map = dd_engagement_group_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/activity/dd-engagement-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DdEngagementGroup, control);
  gtk_widget_class_bind_template_child (widget_class, DdEngagementGroup, counts);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_install_action (widget_class, "engagement.erase", NULL, erase_cb);
}

static void
dd_engagement_group_init (DdEngagementGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dd_engagement_group_new (DdSession *session)
{
  DdEngagementGroup *self = g_object_new (DD_TYPE_ENGAGEMENT_GROUP, NULL);

  g_set_weak_pointer (&self->session, session);
  return GTK_WIDGET (self);
}

void
dd_engagement_group_show (DdEngagementGroup *self,
                          const DdActivity  *activity)
{
  self->hours = activity->hours;
  stop (self);
  fill (self, activity);
}
