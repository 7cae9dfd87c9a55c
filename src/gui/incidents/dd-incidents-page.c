/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incidents-page.h"

#include <glib/gi18n-lib.h>

#include "dd-chart-card.h"
#include "dd-columns.h"
#include "dd-event-list.h"
#include "dd-headline.h"
#include "dd-join.h"
#include "dd-link-editor.h"
#include "dd-period-control.h"
#include "dd-query-incidents.h"
#include "dd-tier-bars.h"
#include "dd-value-text.h"
#include "dd-words.h"

/* From so many pixels of content on, the editor stands beside the list; below, it is a page of its own. */
#define WIDE 1000
/* What the page's padding takes of that. */
#define PADDING 48

struct _DdIncidentsPage
{
  DdPage parent;

  GtkStack       *stack;
  GtkWidget      *head;
  GtkLabel       *value;
  GtkBox         *rating;
  GtkWidget      *chip;
  GtkLabel       *change;
  GtkLabel       *count;
  DdChartCard    *trend;
  DdColumns      *columns;
  DdColumns      *list_head;
  GtkLabel       *list_title;
  GtkLabel       *list_count;
  GtkSearchEntry *search;
  DdEventList    *incidents;
  AdwBin         *beside;
  AdwBin         *alone;
  GtkWidget      *back_button;
  AdwStatusPage  *nothing;
  GtkButton      *mend_button;

  GtkWidget      *editor;   /* made when there is something to show in it; an own reference */
  DdIncidentList *list;
  gboolean        wide;
  guint           placing;  /* source that moves the editor after the width has changed */
};

G_DEFINE_FINAL_TYPE (DdIncidentsPage, dd_incidents_page, DD_TYPE_PAGE)

static void
search_changed_cb (DdIncidentsPage *self)
{
  dd_event_list_search (self->incidents, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* The editor stands in one of two places; which one, the width says. */
static void
place_editor (DdIncidentsPage *self)
{
  AdwBin *place = self->wide ? self->beside : self->alone;
  AdwBin *other = self->wide ? self->alone : self->beside;

  if (self->editor == NULL)
    return;
  if (adw_bin_get_child (other) != NULL)
    adw_bin_set_child (other, NULL);
  if (adw_bin_get_child (place) == NULL)
    adw_bin_set_child (place, self->editor);
}

static gboolean
place_cb (gpointer user_data)
{
  DdIncidentsPage *self = user_data;

  self->placing = 0;
  place_editor (self);
  gtk_widget_set_visible (GTK_WIDGET (self->beside), self->wide);
  if (self->wide && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "editor") == 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  return G_SOURCE_REMOVE;
}

static void
selected_cb (DdIncidentsPage *self)
{
  if (self->editor == NULL)
    {
      self->editor = g_object_ref_sink (dd_link_editor_new (dd_page_get_session (DD_PAGE (self))));
      place_editor (self);
    }
  dd_link_editor_show (DD_LINK_EDITOR (self->editor), dd_event_list_get_selected (self->incidents), self->list);
}

static void
activated_cb (DdIncidentsPage *self)
{
  if (self->wide)
    return;
  gtk_stack_set_visible_child_name (self->stack, "editor");
  gtk_widget_grab_focus (self->back_button);
}

static void
show_list (DdIncidentsPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "list");
  dd_event_list_grab_focus (self->incidents);
}

static void
back_cb (DdIncidentsPage *self)
{
  show_list (self);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  DdIncidentsPage *self = DD_INCIDENTS_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "editor") != 0)
    return FALSE;
  show_list (self);
  return TRUE;
}

static void
show_counts (DdIncidentsPage *self)
{
  guint incidents = 0, failures = 0;
  g_autofree char *words = NULL;
  g_autofree char *more = NULL;
  g_autofree char *both = NULL;

  for (guint i = 0; i < self->list->rows->len; i++)
    if (((const DdIncidentEvent *) g_ptr_array_index (self->list->rows, i))->failed_deployment)
      failures++;
    else
      incidents++;
  words = g_strdup_printf (ngettext ("%u incident", "%u incidents", incidents), incidents);
  more = g_strdup_printf (ngettext ("%u failed deployment", "%u failed deployments", failures), failures);
  both = dd_join_items ((const char *[]) { words, failures > 0 ? more : NULL, NULL });
  gtk_label_set_text (self->list_count, both);
}

/* The period's name, once its report is known; what it is called without. */
static char *
period_words (DdIncidentsPage *self)
{
  const DdReport *report = dd_session_get_report (dd_page_get_session (DD_PAGE (self)));
  g_autoptr (GTimeZone) zone = report != NULL ? dd_words_zone (report->summary) : NULL;

  return report != NULL ? dd_period_short_name (&report->summary->period, zone) : g_strdup (_("This Period"));
}

/* What the button of the empty page does. Without an action in between: GTK looks at the new name beside the old target. */
static void
offer (DdIncidentsPage *self,
       const char      *action,
       const char      *target)
{
  GtkActionable *button = GTK_ACTIONABLE (self->mend_button);

  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button, target != NULL ? g_variant_new_string (target) : NULL);
  gtk_actionable_set_action_name (button, action);
}

/* One sentence per connected source of incidents is too much: which there are is enough. */
static void
show_nothing (DdIncidentsPage *self)
{
  const DdReport *report = dd_session_get_report (dd_page_get_session (DD_PAGE (self)));
  static const char * const types[] = { "linear", "incidentio", "slab", "files", NULL };
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *period = period_words (self);
  /* Translators: %s is a period: "No Incidents in Week 46". */
  g_autofree char *title = g_strdup_printf (_("No Incidents in %s"), period);
  g_autofree char *description = NULL;

  for (guint i = 0; report != NULL && i < report->summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (report->summary->sources, i);

      if (g_strv_contains (types, state->type))
        dd_join_item (names, dd_words_source_name (state));
    }
  if (names->len > 0)
    /* Translators: names of services: "Linear, incident.io". */
    description = g_strdup_printf (_("None was fetched that was open in these days, and no deployment failed. Asked were: %s."), names->str);
  else
    description = g_strdup (_("No service that tells of incidents is connected, and no deployment failed."));
  adw_status_page_set_icon_name (self->nothing, "dd-incident-symbolic");
  adw_status_page_set_title (self->nothing, title);
  adw_status_page_set_description (self->nothing, description);
  gtk_button_set_label (self->mend_button, names->len > 0 ? _("_Data Health") : _("_Add a Source…"));
  offer (self, names->len > 0 ? "win.show" : "win.preferences", names->len > 0 ? "health" : NULL);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static void
take_list (DdIncidentsPage *self,
           DdIncidentList  *list)
{
  g_autofree char *period = period_words (self);
  gboolean had_focus = dd_event_list_has_focus (self->incidents);
  DdIncidentList *before = self->list;

  self->list = list;
  gtk_label_set_text (self->list_title, period);
  show_counts (self);
  if (list->rows->len > 0 && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "editor") != 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  dd_event_list_show (self->incidents, list);
  g_clear_pointer (&before, dd_incident_list_free);
  if (list->rows->len == 0)
    show_nothing (self);
  else if (had_focus)
    dd_event_list_grab_focus (self->incidents);
}

static void
incidents_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DdIncidentsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  DdIncidentList *list = dd_query_incidents_finish (DD_ENGINE (source), result, &error);

  if (list != NULL)
    {
      take_list (self, list);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = g_markup_escape_text (error->message, -1);

      adw_status_page_set_icon_name (self->nothing, "dialog-warning-symbolic");
      adw_status_page_set_title (self->nothing, _("Not Read"));
      adw_status_page_set_description (self->nothing, words);
      gtk_button_set_label (self->mend_button, _("_Data Health"));
      offer (self, "win.show", "health");
      gtk_stack_set_visible_child_name (self->stack, "nothing");
    }
}

static void
dd_incidents_page_ask (DdPage        *page,
                       const DdQuery *query,
                       GCancellable  *cancellable)
{
  dd_query_incidents_async (dd_session_get_engine (dd_page_get_session (page)), query, cancellable, incidents_cb, g_object_ref (page));
}

/* "change failure rate · 3 of 37 deployments: 1 failed, 2 with an incident" */
static char *
rate_words (const DdMetrics *metrics)
{
  const DdFailureRate *rate = &metrics->change_failure_rate;
  g_autofree char *count = dd_words_count (DD_METRIC_CHANGE_FAILURE_RATE, metrics);
  g_autofree char *failures = dd_words_failures (rate);

  if (!rate->ok)
    return g_strdup_printf (_("change failure rate · %s"), count);
  /* Translators: "3 of 37 deployments", "1 failed, 2 with an incident". */
  return g_strdup_printf (_("change failure rate · %s: %s"), count, failures);
}

/* The list below says of each incident when it was, so that the chart need not. */
static void
show_trend (DdIncidentsPage *self,
            const DdSummary *summary)
{
  DdChartSpec *spec = dd_chart_spec_new_for_metric (summary, DD_METRIC_CHANGE_FAILURE_RATE, NULL);

  spec->brief = TRUE;
  dd_chart_card_take (self->trend, NULL, spec);
}

/* The list of a period that lies before is that period's page. */
static void
trend_activated_cb (DdIncidentsPage *self,
                    int              point)
{
  DdSession *session = dd_page_get_session (DD_PAGE (self));
  DdQuery query;

  if (point < 0 || point >= DD_TREND_PERIODS)
    return;
  dd_session_fill_query (session, &query);
  dd_session_set_period (session, query.period, query.back + (guint) (DD_TREND_PERIODS - 1 - point));
}

static void
dd_incidents_page_report_changed (DdPage *page)
{
  DdIncidentsPage *self = DD_INCIDENTS_PAGE (page);
  DdSession *session = dd_page_get_session (page);
  const DdReport *report = dd_session_get_report (session);
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *line = NULL;
  g_autofree char *period = period_words (self);
  DdTier tier;

  gtk_widget_set_visible (self->head, report != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->trend), report != NULL);
  if (report == NULL)
    return;
  words = dd_words_value (DD_METRIC_CHANGE_FAILURE_RATE, dd_metrics_value (&report->summary->metrics, DD_METRIC_CHANGE_FAILURE_RATE,
                                                                          report->summary->aggregate));
  markup = dd_value_markup (words);
  line = rate_words (&report->summary->metrics);
  tier = dd_metrics_tier (&report->summary->metrics, DD_METRIC_CHANGE_FAILURE_RATE);
  gtk_label_set_markup (self->value, markup);
  gtk_label_set_text (self->count, line);
  gtk_widget_set_visible (self->chip, tier != DD_TIER_NONE);
  dd_tier_chip_set_tier (self->chip, tier);
  dd_show_change (self->change, DD_METRIC_CHANGE_FAILURE_RATE, report->summary);
  show_trend (self, report->summary);
  if (dd_session_is_loading (session))
    return;
  gtk_label_set_text (self->list_title, period);
  if (self->list != NULL && self->list->rows->len == 0)
    show_nothing (self);
  if (self->editor != NULL)
    dd_link_editor_report_changed (DD_LINK_EDITOR (self->editor));
}

static void
dd_incidents_page_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (DD_INCIDENTS_PAGE (widget)->stack), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
dd_incidents_page_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  DdIncidentsPage *self = DD_INCIDENTS_PAGE (widget);
  gboolean wide = width - PADDING >= (WIDE - PADDING) * dd_columns_letters (widget);

  gtk_widget_size_allocate (GTK_WIDGET (self->stack), &(GtkAllocation) { 0, 0, width, height }, -1);
  if (self->wide == wide)
    return;
  self->wide = wide;
  /* Widgets are not moved while they are given their places. */
  if (self->placing == 0)
    self->placing = g_idle_add_full (G_PRIORITY_DEFAULT, place_cb, self, NULL);
}

static void
dd_incidents_page_dispose (GObject *object)
{
  DdIncidentsPage *self = DD_INCIDENTS_PAGE (object);

  g_clear_handle_id (&self->placing, g_source_remove);
  /* The bin must know that its child goes: the template unparents it behind its back. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_INCIDENTS_PAGE);
  g_clear_object (&self->editor);
  g_clear_pointer (&self->list, dd_incident_list_free);
  G_OBJECT_CLASS (dd_incidents_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/incidents/dd-incidents-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, head);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, value);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, rating);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, count);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, trend);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, columns);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, list_head);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, list_title);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, list_count);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, search);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, incidents);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, beside);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, alone);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, DdIncidentsPage, mend_button);
  gtk_widget_class_bind_template_callback (widget_class, trend_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
dd_incidents_page_class_init (DdIncidentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_incidents_page_dispose;
  DD_PAGE_CLASS (klass)->ask = dd_incidents_page_ask;
  DD_PAGE_CLASS (klass)->report_changed = dd_incidents_page_report_changed;
  widget_class->measure = dd_incidents_page_measure;
  widget_class->size_allocate = dd_incidents_page_size_allocate;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  g_type_ensure (DD_TYPE_CHART_CARD);
  g_type_ensure (DD_TYPE_COLUMNS);
  g_type_ensure (DD_TYPE_EVENT_LIST);
  bind_template (widget_class);
}

static void
dd_incidents_page_init (DdIncidentsPage *self)
{
  static const DdColumnStep steps[] = { { WIDE - PADDING, 2 }, { 0, 1 } };
  static const DdColumnStep head_steps[] = { { 460, 2 }, { 0, 1 } };

  gtk_widget_init_template (GTK_WIDGET (self));
  /* It looks at its own width, which a layout manager would keep to itself. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  dd_columns_set_steps (self->columns, steps, 1.45);
  dd_columns_set_steps (self->list_head, head_steps, 1.6);
  gtk_widget_set_visible (GTK_WIDGET (self->beside), FALSE);
  self->chip = dd_tier_chip_new ();
  self->change = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->change, 0);
  gtk_label_set_wrap (self->change, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->change), TRUE);
  gtk_box_append (self->rating, self->chip);
  gtk_box_append (self->rating, GTK_WIDGET (self->change));
}

GtkWidget *
dd_incidents_page_new (void)
{
  return g_object_new (DD_TYPE_INCIDENTS_PAGE, NULL);
}
