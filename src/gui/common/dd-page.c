/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-page.h"

typedef struct
{
  DdSession    *session;
  GCancellable *cancellable;
  gboolean      stale_report;
  gboolean      stale_answer;
} DdPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DdPage, dd_page, ADW_TYPE_BIN)

static void
stop (DdPage *self)
{
  DdPagePrivate *priv = dd_page_get_instance_private (self);

  if (priv->cancellable == NULL)
    return;
  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  priv->stale_answer = TRUE;
}

static void
show_report (DdPage *self)
{
  DdPagePrivate *priv = dd_page_get_instance_private (self);
  DdPageClass *klass = DD_PAGE_GET_CLASS (self);

  const DdReport *report = dd_session_get_report (priv->session);

  if (!priv->stale_report)
    return;
  /* Most pages show the trend, which comes with the next one. */
  if (report != NULL && report->summary->brief && !klass->takes_brief)
    return;
  priv->stale_report = FALSE;
  if (klass->report_changed != NULL)
    klass->report_changed (self);
}

static void
catch_up (DdPage *self)
{
  DdPagePrivate *priv = dd_page_get_instance_private (self);
  DdPageClass *klass = DD_PAGE_GET_CLASS (self);
  DdQuery query;

  if (priv->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  show_report (self);
  if (priv->stale_answer && dd_session_get_workspace (priv->session) != NULL)
    {
      stop (self);
      priv->stale_answer = FALSE;
      if (klass->ask == NULL)
        return;
      priv->cancellable = g_cancellable_new ();
      dd_session_fill_query (priv->session, &query);
      klass->ask (self, &query, priv->cancellable);
    }
}

static void
changed_cb (DdSession *session,
            DdPage    *self)
{
  DdPagePrivate *priv = dd_page_get_instance_private (self);

  priv->stale_answer = TRUE;
  priv->stale_report = TRUE;
  catch_up (self);
}

static void
report_changed_cb (DdSession *session,
                   DdPage    *self)
{
  DdPagePrivate *priv = dd_page_get_instance_private (self);

  priv->stale_report = TRUE;
  catch_up (self);
}

static void
dd_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dd_page_parent_class)->map (widget);
  catch_up (DD_PAGE (widget));
}

static void
dd_page_unmap (GtkWidget *widget)
{
  stop (DD_PAGE (widget));
  GTK_WIDGET_CLASS (dd_page_parent_class)->unmap (widget);
}

static void
dd_page_dispose (GObject *object)
{
  DdPagePrivate *priv = dd_page_get_instance_private (DD_PAGE (object));

  stop (DD_PAGE (object));
  if (priv->session != NULL)
    g_signal_handlers_disconnect_by_data (priv->session, object);
  g_clear_object (&priv->session);
  G_OBJECT_CLASS (dd_page_parent_class)->dispose (object);
}

static void
dd_page_class_init (DdPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = dd_page_map;
  GTK_WIDGET_CLASS (klass)->unmap = dd_page_unmap;
}

static void
dd_page_init (DdPage *self)
{
  DdPagePrivate *priv = dd_page_get_instance_private (self);

  priv->stale_report = TRUE;
  priv->stale_answer = TRUE;
}

void
dd_page_set_session (DdPage    *self,
                     DdSession *session)
{
  DdPagePrivate *priv = dd_page_get_instance_private (self);

  g_return_if_fail (priv->session == NULL);
  priv->session = g_object_ref (session);
  g_signal_connect (session, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (session, "report-changed", G_CALLBACK (report_changed_cb), self);
  /* What is there already is in its first frame, and measured once. */
  if (dd_session_get_report (session) != NULL)
    show_report (self);
  catch_up (self);
}

DdSession *
dd_page_get_session (DdPage *self)
{
  DdPagePrivate *priv = dd_page_get_instance_private (self);

  return priv->session;
}

void
dd_page_ask_again (DdPage *self)
{
  DdPagePrivate *priv = dd_page_get_instance_private (self);

  priv->stale_answer = TRUE;
  catch_up (self);
}

void
dd_page_toast (DdPage     *self,
               const char *title,
               const char *button,
               const char *action,
               GVariant   *target)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_action_name (toast, action);
      if (target != NULL)
        adw_toast_set_action_target_value (toast, target);
    }
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}
