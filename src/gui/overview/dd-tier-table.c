/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-tier-table.h"

#include <glib/gi18n-lib.h>

#include "dd-tier-bars.h"
#include "dd-words.h"

/* The rework rate has no tier. */
#define N_RATED 4

struct _DdTierTable
{
  AdwBin parent;
};

G_DEFINE_FINAL_TYPE (DdTierTable, dd_tier_table, ADW_TYPE_BIN)

static GtkWidget *
text_new (const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
cell_new (const DdSummary *summary,
          DdMetric         metric,
          DdTier           tier)
{
  static const char * const classes[] = { NULL, "tier-low", "tier-medium", "tier-high", "tier-elite" };
  g_autofree char *threshold = dd_profile_describe (&summary->profile, metric, tier);
  g_autofree char *value = NULL;
  GtkWidget *cell, *label;

  if (dd_metrics_tier (&summary->metrics, metric) != tier)
    return text_new (threshold, "dim-label");
  value = dd_words_value (metric, dd_metrics_value (&summary->metrics, metric, summary->aggregate));
  cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  label = text_new (value, "heading");
  gtk_box_append (GTK_BOX (cell), label);
  gtk_box_append (GTK_BOX (cell), text_new (threshold, "caption"));
  gtk_widget_add_css_class (cell, "tier-cell");
  gtk_widget_add_css_class (cell, classes[tier]);
  return cell;
}

static void
attach (GtkGrid   *grid,
        GtkWidget *cell,
        int        column,
        int        row)
{
  gtk_widget_set_hexpand (cell, column > 0);
  gtk_widget_set_margin_start (cell, column == 0 ? 16 : 6);
  gtk_widget_set_margin_end (cell, 6);
  gtk_widget_set_margin_top (cell, 5);
  gtk_widget_set_margin_bottom (cell, 5);
  gtk_grid_attach (grid, cell, column, row, 1, 1);
}

static GtkWidget *
grid_new (const DdSummary *summary)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_TABLE, "column-homogeneous", FALSE, NULL);

  gtk_widget_add_css_class (grid, "card");
  attach (GTK_GRID (grid), text_new (_("Metric"), "caption-heading"), 0, 0);
  for (int tier = DD_TIER_LOW; tier <= DD_TIER_ELITE; tier++)
    {
      GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *bars = dd_tier_bars_new (12);

      dd_tier_bars_set_tier (DD_TIER_BARS (bars), tier);
      gtk_box_append (GTK_BOX (head), bars);
      gtk_box_append (GTK_BOX (head), text_new (dd_tier_title (tier), "caption-heading"));
      attach (GTK_GRID (grid), head, tier, 0);
    }
  for (int metric = 0; metric < N_RATED; metric++)
    {
      GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

      gtk_grid_attach (GTK_GRID (grid), line, 0, 2 * metric + 1, 5, 1);
      attach (GTK_GRID (grid), text_new (dd_metric_title (metric), NULL), 0, 2 * metric + 2);
      for (int tier = DD_TIER_LOW; tier <= DD_TIER_ELITE; tier++)
        {
          GtkWidget *cell = cell_new (summary, metric, tier);

          gtk_widget_set_size_request (cell, 92, 38);
          attach (GTK_GRID (grid), cell, tier, 2 * metric + 2);
        }
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Where each metric stands"), -1);
  return grid;
}

static GtkWidget *
list_new (const DdSummary *summary)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (int metric = 0; metric < N_RATED; metric++)
    {
      DdTier tier = dd_metrics_tier (&summary->metrics, metric);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *chip = dd_tier_chip_new ();
      g_autofree char *threshold = tier != DD_TIER_NONE ? dd_profile_describe (&summary->profile, metric, tier) : NULL;
      g_autofree char *words = NULL;

      if (tier != DD_TIER_NONE)
        /* Translators: a threshold and the tier it stands for, "< 1 day is High". */
        words = g_strdup_printf (_("%s is %s"), threshold, dd_tier_title (tier));
      else
        words = dd_words_count (metric, &summary->metrics);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dd_metric_title (metric));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
      dd_tier_chip_set_tier (chip, tier);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), chip);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return list;
}

static void
dd_tier_table_class_init (DdTierTableClass *klass)
{
}

static void
dd_tier_table_init (DdTierTable *self)
{
}

GtkWidget *
dd_tier_table_new (void)
{
  return g_object_new (DD_TYPE_TIER_TABLE, NULL);
}

void
dd_tier_table_show (DdTierTable     *self,
                    const DdSummary *summary)
{
  GtkWidget *squeezer = adw_squeezer_new ();

  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  gtk_widget_set_valign (squeezer, GTK_ALIGN_START);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), grid_new (summary));
  adw_squeezer_add (ADW_SQUEEZER (squeezer), list_new (summary));
  adw_bin_set_child (ADW_BIN (self), squeezer);
}
