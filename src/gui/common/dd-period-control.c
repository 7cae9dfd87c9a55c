/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-period-control.h"

#include <glib/gi18n-lib.h>

#include "dd-time.h"

struct _DdPeriodControl
{
  GtkWidget parent;

  DdSession     *session;
  GtkWidget     *box;
  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkListBox    *kinds;
  GtkEditable   *from;
  GtkEditable   *to;
  GtkLabel      *problem;
};

G_DEFINE_FINAL_TYPE (DdPeriodControl, dd_period_control, GTK_TYPE_WIDGET)

static const struct
{
  const char *period; /* as dd_period_parse() wants it */
  const char *title;
} kinds[] = {
  { "weekly", N_("Week") },
  { "monthly", N_("Month") },
  { "quarterly", N_("Quarter") },
  { "last-7-days", N_("Last 7 days") },
  { "last-30-days", N_("Last 30 days") },
  { "last-90-days", N_("Last 90 days") },
  { "last-365-days", N_("Last 365 days") },
};

char *
dd_period_short_name (const DdPeriod *period,
                      GTimeZone      *zone)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (period->start / G_USEC_PER_SEC);
  g_autoptr (GDateTime) first = g_date_time_to_timezone (start, zone);

  switch (period->kind)
    {
    case DD_PERIOD_WEEKLY:
      return g_strdup_printf (_("Week %d"), g_date_time_get_week_of_year (first));
    case DD_PERIOD_MONTHLY:
      /* Translators: a month of a year. */
      return g_date_time_format (first, _("%B %Y"));
    case DD_PERIOD_QUARTERLY:
      /* Translators: the quarter's number, then the year. */
      return g_strdup_printf (_("Quarter %d, %d"), (g_date_time_get_month (first) + 2) / 3, g_date_time_get_year (first));
    case DD_PERIOD_LAST_DAYS:
    case DD_PERIOD_CUSTOM:
    default:
      return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) period->days), period->days);
    }
}

static const char *
title_of (const char *period)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].period, period) == 0)
      return _(kinds[i].title);
  return period;
}

static void
update (DdPeriodControl *self)
{
  const DdReport *report = dd_session_get_report (self->session);
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *name = NULL;

  /* Until the answer is there, the kind is all that is known of the period. */
  if (report == NULL || dd_session_is_loading (self->session))
    {
      if (report == NULL)
        gtk_menu_button_set_label (self->button, title_of (dd_session_get_period (self->session)));
      return;
    }
  zone = g_time_zone_new_identifier (report->summary->timezone);
  name = dd_period_short_name (&report->summary->period, zone);
  gtk_menu_button_set_label (self->button, name);
}

static void
kind_activated_cb (DdPeriodControl *self,
                   GtkListBoxRow   *row)
{
  dd_session_set_period (self->session, kinds[gtk_list_box_row_get_index (row)].period, 0);
  gtk_popover_popdown (self->popover);
}

static void
custom_cb (DdPeriodControl *self)
{
  g_autofree char *period = g_strdup_printf ("%s..%s", gtk_editable_get_text (self->from), gtk_editable_get_text (self->to));
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  DdPeriod parsed;

  if (dd_period_parse (period, g_get_real_time (), utc, &parsed, &error))
    {
      dd_session_set_period (self->session, period, 0);
      gtk_popover_popdown (self->popover);
    }
  else
    {
      gtk_label_set_label (self->problem, error->message);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

static void
fill_kinds (DdPeriodControl *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *label = gtk_label_new (_(kinds[i].title));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (self->kinds, label);
    }
}

static void
dd_period_control_dispose (GObject *object)
{
  DdPeriodControl *self = DD_PERIOD_CONTROL (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_PERIOD_CONTROL);
  G_OBJECT_CLASS (dd_period_control_parent_class)->dispose (object);
}

static void
dd_period_control_class_init (DdPeriodControlClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_period_control_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/common/dd-period-control.ui");
  gtk_widget_class_bind_template_child (widget_class, DdPeriodControl, box);
  gtk_widget_class_bind_template_child (widget_class, DdPeriodControl, button);
  gtk_widget_class_bind_template_child (widget_class, DdPeriodControl, popover);
  gtk_widget_class_bind_template_child (widget_class, DdPeriodControl, kinds);
  gtk_widget_class_bind_template_child (widget_class, DdPeriodControl, from);
  gtk_widget_class_bind_template_child (widget_class, DdPeriodControl, to);
  gtk_widget_class_bind_template_child (widget_class, DdPeriodControl, problem);
  gtk_widget_class_bind_template_callback (widget_class, kind_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, custom_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dd_period_control_init (DdPeriodControl *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_kinds (self);
}

GtkWidget *
dd_period_control_new (void)
{
  return g_object_new (DD_TYPE_PERIOD_CONTROL, NULL);
}

void
dd_period_control_set_session (DdPeriodControl *self,
                               DdSession       *session)
{
  g_return_if_fail (self->session == NULL);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "report-changed", G_CALLBACK (update), self);
  update (self);
}
