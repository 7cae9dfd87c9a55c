/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-overview-page.h"

#include <glib/gi18n-lib.h>

#include "dd-by-frame.h"
#include "dd-columns.h"
#include "dd-group-table.h"
#include "dd-metric-card.h"
#include "dd-overview-details.h"
#include "dd-tier-bars.h"
#include "dd-words.h"

struct _DdOverviewPage
{
  DdPage parent;

  GtkBox       *box;
  GtkGrid      *head;
  GtkWidget    *bars;
  GtkLabel     *overall;
  GtkLabel     *rated;
  GtkLabel     *sentence;
  DdColumns    *cards;
  GtkWidget    *card[DD_N_METRICS];
  DdOverviewDetails *details; /* both are made when there is something to show in them */
  DdGroupTable *groups;
  gboolean        shown; /* figures, and not for the first time */
};

G_DEFINE_FINAL_TYPE (DdOverviewPage, dd_overview_page, DD_TYPE_PAGE)

static void
show_head (DdOverviewPage *self,
           const DdReport *report)
{
  const DdMetrics *metrics = &report->summary->metrics;
  g_autofree char *overall = NULL;
  g_autofree char *rated = NULL;

  dd_tier_bars_set_tier (DD_TIER_BARS (self->bars), metrics->overall);
  if (metrics->rated == 0)
    {
      overall = g_strdup (_("Nothing could be rated"));
      rated = g_strdup (_("No metric has data in this period."));
    }
  else
    {
      /* Translators: %s is a tier, "High". */
      overall = g_strdup_printf (_("%s performance"), dd_tier_title (metrics->overall));
      if (metrics->rated == 4)
        rated = g_strdup_printf (_("all 4 rated metrics, mean %.2f of 4"), metrics->mean_tier);
      else
        rated = g_strdup_printf (ngettext ("%u of 4 metrics rated, mean %.2f of 4", "%u of 4 metrics rated, mean %.2f of 4", metrics->rated),
                                 metrics->rated, metrics->mean_tier);
    }
  gtk_label_set_label (self->overall, overall);
  gtk_label_set_label (self->rated, rated);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), report->highlights->len > 0);
  /* How long it has been so is not known yet where the report is brief; the line is kept free for it. */
  if (report->highlights->len > 0)
    gtk_label_set_label (self->sentence, report->summary->brief ? "" : ((DdRemark *) g_ptr_array_index (report->highlights, 0))->text);
}

static void
show_remarks (GtkWidget *widget)
{
  DdOverviewPage *self = DD_OVERVIEW_PAGE (widget);
  const DdReport *report = dd_session_get_report (dd_page_get_session (DD_PAGE (self)));

  if (report != NULL && !report->summary->brief && self->details != NULL)
    dd_overview_details_show_highlights (self->details, report);
}

static void
show_tiers (GtkWidget *widget)
{
  DdOverviewPage *self = DD_OVERVIEW_PAGE (widget);
  const DdReport *report = dd_session_get_report (dd_page_get_session (DD_PAGE (self)));

  if (report == NULL || dd_session_is_first_sync (dd_page_get_session (DD_PAGE (self))))
    return;
  if (self->details == NULL)
    {
      self->details = DD_OVERVIEW_DETAILS (dd_overview_details_new ());
      gtk_box_insert_child_after (self->box, GTK_WIDGET (self->details), GTK_WIDGET (self->cards));
    }
  dd_overview_details_show_tiers (self->details, report->summary);
  gtk_widget_set_visible (GTK_WIDGET (self->details), TRUE);
}

static void
show_groups (GtkWidget *widget)
{
  DdOverviewPage *self = DD_OVERVIEW_PAGE (widget);
  const DdReport *report = dd_session_get_report (dd_page_get_session (DD_PAGE (self)));

  if (report == NULL || dd_session_is_first_sync (dd_page_get_session (DD_PAGE (self))))
    return;
  if (self->groups == NULL)
    {
      self->groups = DD_GROUP_TABLE (dd_group_table_new ());
      gtk_box_append (self->box, GTK_WIDGET (self->groups));
    }
  dd_group_table_show (self->groups, report->summary);
  gtk_widget_set_visible (GTK_WIDGET (self->groups), TRUE);
}

/* Of all figures only this one grows as data comes; the others rest on links, which are made at the end. */
static char *
coming_words (DdMetric         metric,
              const DdSummary *summary)
{
  guint n = metric == DD_METRIC_DEPLOYMENT_FREQUENCY ? summary->metrics.deployment_frequency.deployments : 0;

  if (n == 0)
    return g_strdup (_("The first sync is under way; data is coming."));
  return g_strdup_printf (ngettext ("%u deployment in this period so far; the first sync is under way.",
                                    "%u deployments in this period so far; the first sync is under way.", n), n);
}

static void
show_card (DdOverviewPage *self,
           DdMetric        metric)
{
  DdSession *session = dd_page_get_session (DD_PAGE (self));
  const DdReport *report = dd_session_get_report (session);
  DdMetricCard *card = DD_METRIC_CARD (self->card[metric]);

  if (report != NULL && dd_session_is_first_sync (session))
    {
      g_autofree char *words = coming_words (metric, report->summary);

      dd_metric_card_show (card, NULL, words);
    }
  else
    dd_metric_card_show (card, report, dd_session_get_error (session) != NULL ? _("Not read") : _("Calculating…"));
}

static void
show_first_cards (GtkWidget *widget)
{
  show_card (DD_OVERVIEW_PAGE (widget), DD_METRIC_DEPLOYMENT_FREQUENCY);
  show_card (DD_OVERVIEW_PAGE (widget), DD_METRIC_LEAD_TIME);
}

static void
show_next_cards (GtkWidget *widget)
{
  show_card (DD_OVERVIEW_PAGE (widget), DD_METRIC_CHANGE_FAILURE_RATE);
  show_card (DD_OVERVIEW_PAGE (widget), DD_METRIC_RECOVERY_TIME);
}

static void
show_last_card (GtkWidget *widget)
{
  show_card (DD_OVERVIEW_PAGE (widget), DD_METRIC_REWORK_RATE);
}

static void
dd_overview_page_report_changed (DdPage *page)
{
  DdOverviewPage *self = DD_OVERVIEW_PAGE (page);
  DdSession *session = dd_page_get_session (page);
  const DdReport *report = dd_session_get_report (session);
  gboolean first = dd_session_is_first_sync (session);

  /* The last picture stays, dimmed, while another is on its way. */
  if (report != NULL && dd_session_is_loading (session) && !report->summary->brief)
    return;
  /* The first figures come at once; others take the place of the ones before from top to bottom, which no frame has to do alone. */
  if (self->shown && report != NULL)
    {
      dd_by_frame_add (GTK_WIDGET (self), show_first_cards);
      dd_by_frame_add (GTK_WIDGET (self), show_next_cards);
      dd_by_frame_add (GTK_WIDGET (self), show_last_card);
    }
  else
    {
      for (DdMetric i = 0; i < DD_N_METRICS; i++)
        show_card (self, i);
    }
  self->shown = report != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->head), report != NULL && !first);
  if (report != NULL && !first)
    {
      show_head (self, report);
      dd_by_frame_add (GTK_WIDGET (self), show_tiers);
      dd_by_frame_add (GTK_WIDGET (self), show_remarks);
      dd_by_frame_add (GTK_WIDGET (self), show_groups);
      return;
    }
  if (self->details != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->details), FALSE);
  if (self->groups != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->groups), FALSE);
}

static void
dd_overview_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_OVERVIEW_PAGE);
  G_OBJECT_CLASS (dd_overview_page_parent_class)->dispose (object);
}

static void
dd_overview_page_class_init (DdOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_overview_page_dispose;
  DD_PAGE_CLASS (klass)->report_changed = dd_overview_page_report_changed;
  DD_PAGE_CLASS (klass)->takes_brief = TRUE;
  g_type_ensure (DD_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/overview/dd-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdOverviewPage, box);
  gtk_widget_class_bind_template_child (widget_class, DdOverviewPage, head);
  gtk_widget_class_bind_template_child (widget_class, DdOverviewPage, overall);
  gtk_widget_class_bind_template_child (widget_class, DdOverviewPage, rated);
  gtk_widget_class_bind_template_child (widget_class, DdOverviewPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, DdOverviewPage, cards);
}

static void
dd_overview_page_init (DdOverviewPage *self)
{
  static const DdColumnStep card_steps[] = { { 860, 5 }, { 560, 3 }, { 380, 2 }, { 0, 1 } };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->bars = dd_tier_bars_new (48);
  gtk_grid_attach (self->head, self->bars, 0, 0, 1, 1);
  dd_columns_set_steps (self->cards, card_steps, 1);
  for (int i = 0; i < DD_N_METRICS; i++)
    {
      self->card[i] = dd_metric_card_new (i);
      dd_columns_append (self->cards, self->card[i]);
    }
}

GtkWidget *
dd_overview_page_new (void)
{
  return g_object_new (DD_TYPE_OVERVIEW_PAGE, NULL);
}
