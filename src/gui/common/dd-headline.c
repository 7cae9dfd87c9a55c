/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-headline.h"

#include <glib/gi18n-lib.h>

#include "dd-words.h"

void
dd_show_change (GtkLabel        *label,
                DdMetric         metric,
                const DdSummary *summary)
{
  double change = dd_metrics_change (&summary->metrics, metric);
  DdTrend trend = dd_metrics_trend (metric, change);
  g_autofree char *words = dd_words_change (metric, change);
  g_autofree char *before = dd_words_value (metric, dd_metrics_value (&summary->before, metric, summary->aggregate));
  g_autofree char *both = NULL;

  gtk_widget_remove_css_class (GTK_WIDGET (label), "dd-better");
  gtk_widget_remove_css_class (GTK_WIDGET (label), "dd-worse");
  if (trend == DD_TREND_BETTER || trend == DD_TREND_WORSE)
    gtk_widget_add_css_class (GTK_WIDGET (label), trend == DD_TREND_BETTER ? "dd-better" : "dd-worse");
  if (trend != DD_TREND_NONE)
    /* Translators: "12 % better, was 20 h 6 min". */
    both = g_strdup_printf (_("%s, was %s"), words, before);
  gtk_label_set_label (label, both != NULL ? both : "");
}
