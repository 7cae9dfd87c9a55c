/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-metric-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-by-frame.h"
#include "dd-no-data.h"
#include "dd-sparkline.h"
#include "dd-tier-bars.h"
#include "dd-value-text.h"
#include "dd-words.h"

struct _DdMetricCard
{
  GtkWidget parent;

  DdMetric     metric;
  GtkBox      *box;
  GtkLabel    *title;
  GtkLabel    *value;
  GtkBox      *rating;
  GtkWidget   *chip;
  GtkLabel    *beside_chip;
  DdSparkline *sparkline;
  GtkWidget   *change_box;
  GtkImage    *change_icon;
  gboolean     up; /* where it points */
  GtkLabel    *change;
  GtkLabel    *against;
  GtkLabel    *count;
  GtkWidget   *mend; /* what would give it data; NULL until it had none */
};

G_DEFINE_FINAL_TYPE (DdMetricCard, dd_metric_card, GTK_TYPE_WIDGET)

static void
activate_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.show", "s", dd_metric_name (DD_METRIC_CARD (widget)->metric));
}

static void
pressed_cb (DdMetricCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show", "s", dd_metric_name (self->metric));
}

static void
show_arrow (GtkWidget *widget)
{
  DdMetricCard *self = DD_METRIC_CARD (widget);

  gtk_image_set_from_icon_name (self->change_icon, self->up ? "go-up-symbolic" : "go-down-symbolic");
}

static void
show_change (DdMetricCard    *self,
             const DdSummary *summary)
{
  double change = dd_metrics_change (&summary->metrics, self->metric);
  DdTrend trend = dd_metrics_trend (self->metric, change);
  g_autofree char *words = dd_words_change (self->metric, change);
  g_autofree char *before = dd_words_value (self->metric, dd_metrics_value (&summary->before, self->metric, summary->aggregate));

  gtk_widget_set_visible (self->change_box, trend != DD_TREND_NONE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->change), "dd-better");
  gtk_widget_remove_css_class (GTK_WIDGET (self->change), "dd-worse");
  if (trend == DD_TREND_NONE)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->change_icon), trend != DD_TREND_STEADY);
  self->up = change > 0;
  /* The first icon has the whole theme of icons read, which the first figures need not wait for. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_arrow (GTK_WIDGET (self));
  else
    dd_by_frame_add (GTK_WIDGET (self), show_arrow);
  if (trend != DD_TREND_STEADY)
    gtk_widget_add_css_class (GTK_WIDGET (self->change), trend == DD_TREND_BETTER ? "dd-better" : "dd-worse");
  gtk_label_set_label (self->change, words);
  /* Translators: %s is the figure of the period before, "20 h 6 min". */
  words = (g_free (words), g_strdup_printf (_("was %s"), before));
  gtk_label_set_label (self->against, words);
}

static void
show_rating (DdMetricCard    *self,
             const DdSummary *summary)
{
  DdTier tier = dd_metrics_tier (&summary->metrics, self->metric);
  guint n = dd_metrics_events (&summary->metrics, self->metric);
  gboolean small = n > 0 && n < DD_SMALL_SAMPLE;

  gtk_widget_set_visible (self->chip, tier != DD_TIER_NONE);
  if (tier != DD_TIER_NONE)
    dd_tier_chip_set_tier (self->chip, tier);
  gtk_widget_remove_css_class (GTK_WIDGET (self->beside_chip), "dd-small-sample");
  gtk_widget_remove_css_class (GTK_WIDGET (self->beside_chip), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->beside_chip), small ? "dd-small-sample" : "dim-label");
  gtk_label_set_label (self->beside_chip, small ? _("small sample") : tier == DD_TIER_NONE && n > 0 ? _("No tier in this profile") : "");
}

static void
describe (DdMetricCard *self,
          const char   *value,
          const char   *count,
          DdTier        tier)
{
  g_autofree char *description = NULL;

  if (tier != DD_TIER_NONE)
    description = g_strdup_printf (_("%s, %s, %s"), value, dd_tier_title (tier), count);
  else
    description = g_strdup_printf (_("%s, %s"), value, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
dd_metric_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_METRIC_CARD);
  G_OBJECT_CLASS (dd_metric_card_parent_class)->dispose (object);
}

static void
dd_metric_card_class_init (DdMetricCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_metric_card_dispose;
  g_type_ensure (DD_TYPE_SPARKLINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/overview/dd-metric-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, box);
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, title);
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, value);
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, rating);
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, sparkline);
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, change_box);
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, change_icon);
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, change);
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, against);
  gtk_widget_class_bind_template_child (widget_class, DdMetricCard, count);
  gtk_widget_class_install_action (widget_class, "card.activate", NULL, activate_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "card.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "card.activate", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
dd_metric_card_init (DdMetricCard *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->chip = dd_tier_chip_new ();
  self->beside_chip = GTK_LABEL (gtk_label_new (NULL));
  /* Two lines where five cards stand side by side and the language is a long one. */
  gtk_label_set_wrap (self->beside_chip, TRUE);
  gtk_label_set_wrap_mode (self->beside_chip, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->beside_chip, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->beside_chip), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->beside_chip), "dim-label");
  gtk_box_append (self->rating, self->chip);
  gtk_box_append (self->rating, GTK_WIDGET (self->beside_chip));
  g_signal_connect_swapped (click, "released", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
dd_metric_card_new (DdMetric metric)
{
  DdMetricCard *self = g_object_new (DD_TYPE_METRIC_CARD, NULL);

  self->metric = metric;
  gtk_label_set_label (self->title, dd_metric_title (metric));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, dd_metric_title (metric), -1);
  dd_metric_card_show (self, NULL, NULL);
  return GTK_WIDGET (self);
}

static void
make_mend (DdMetricCard *self)
{
  self->mend = gtk_button_new ();
  gtk_widget_set_margin_top (self->mend, 6);
  gtk_widget_set_halign (self->mend, GTK_ALIGN_START);
  gtk_button_set_use_underline (GTK_BUTTON (self->mend), TRUE);
  gtk_box_append (self->box, self->mend);
}

static void
hide_mend (DdMetricCard *self)
{
  if (self->mend != NULL)
    gtk_widget_set_visible (self->mend, FALSE);
}

/* Why there is nothing, and what mends it, in place of all that would stand for a value. */
static void
show_no_data (DdMetricCard   *self,
              const DdNoData *no_data)
{
  const char *words = _("No data");

  gtk_widget_set_visible (GTK_WIDGET (self->sparkline), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->rating), FALSE);
  gtk_widget_set_visible (self->change_box, FALSE);
  gtk_label_set_label (self->value, words);
  gtk_label_set_label (self->count, no_data->reason);
  if (self->mend == NULL)
    make_mend (self);
  gtk_button_set_label (GTK_BUTTON (self->mend), no_data->button);
  /* The target first: an action with another one than it takes is complained of. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->mend), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->mend), no_data->target != NULL ? g_variant_new_string (no_data->target) : NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->mend), no_data->action);
  gtk_widget_set_visible (self->mend, TRUE);
  describe (self, words, no_data->reason, DD_TIER_NONE);
}

static void
show_waiting (DdMetricCard *self,
              const char   *words)
{
  gtk_widget_set_visible (GTK_WIDGET (self->sparkline), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->rating), FALSE);
  gtk_widget_set_visible (self->change_box, FALSE);
  hide_mend (self);
  gtk_label_set_label (self->value, "…");
  gtk_label_set_label (self->count, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

void
dd_metric_card_show (DdMetricCard   *self,
                     const DdReport *report,
                     const char     *waiting)
{
  const DdSummary *summary = report != NULL ? report->summary : NULL;
  DdNoData no_data;
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *count = NULL;

  if (summary == NULL)
    {
      show_waiting (self, waiting != NULL ? waiting : "");
      return;
    }
  if (dd_no_data_explain (self->metric, summary, &no_data))
    {
      show_no_data (self, &no_data);
      g_free (no_data.reason);
      return;
    }
  hide_mend (self);
  gtk_widget_set_visible (GTK_WIDGET (self->sparkline), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->rating), TRUE);
  words = dd_words_value (self->metric, dd_metrics_value (&summary->metrics, self->metric, summary->aggregate));
  count = dd_words_count (self->metric, &summary->metrics);
  markup = dd_value_markup (words);
  gtk_label_set_markup (self->value, markup);
  gtk_label_set_label (self->count, count);
  show_rating (self, summary);
  show_change (self, summary);
  if (!summary->brief)
    dd_sparkline_set_trend (self->sparkline, self->metric, summary);
  describe (self, words, count, dd_metrics_tier (&summary->metrics, self->metric));
}
