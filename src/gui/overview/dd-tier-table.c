/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-tier-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-either.h"
#include "dd-tier-bars.h"
#include "dd-words.h"

/* The rework rate has no tier. */
#define N_RATED 4

struct _DdTierTable
{
  AdwBin parent;

  char     *words;             /* what it says, but for the values */
  GtkLabel *values[N_RATED]; /* where each has one */
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

static char *
value_words (const DdSummary *summary,
             DdMetric         metric)
{
  return dd_words_value (metric, dd_metrics_value (&summary->metrics, metric, summary->aggregate));
}

static GtkWidget *
cell_new (DdTierTable     *self,
          const DdSummary *summary,
          DdMetric         metric,
          DdTier           tier)
{
  static const char * const classes[] = { NULL, "tier-low", "tier-medium", "tier-high", "tier-elite" };
  g_autofree char *threshold = dd_profile_describe (&summary->profile, metric, tier);
  g_autofree char *value = NULL;
  GtkWidget *cell, *label;

  if (dd_metrics_tier (&summary->metrics, metric) != tier)
    return text_new (threshold, "dim-label");
  value = value_words (summary, metric);
  cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  label = text_new (value, "heading");
  self->values[metric] = GTK_LABEL (label);
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
grid_new (DdTierTable     *self,
          const DdSummary *summary)
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
          GtkWidget *cell = cell_new (self, summary, metric, tier);

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

/* All that it says but the values: most periods need no other table. */
static char *
in_words (const DdSummary *summary)
{
  GString *words = g_string_new (NULL);

  for (int metric = 0; metric < N_RATED; metric++)
    {
      g_autofree char *count = dd_words_count (metric, &summary->metrics);

      g_string_append_printf (words, "%d", dd_metrics_tier (&summary->metrics, metric));
      if (dd_metrics_tier (&summary->metrics, metric) == DD_TIER_NONE)
        g_string_append (words, count);
      for (int tier = DD_TIER_LOW; tier <= DD_TIER_ELITE; tier++)
        {
          g_autofree char *threshold = dd_profile_describe (&summary->profile, metric, tier);

          g_string_append_printf (words, "|%s", threshold);
        }
    }
  return g_string_free (words, FALSE);
}

static void
dd_tier_table_finalize (GObject *object)
{
  g_free (DD_TIER_TABLE (object)->words);
  G_OBJECT_CLASS (dd_tier_table_parent_class)->finalize (object);
}

static void
dd_tier_table_class_init (DdTierTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_tier_table_finalize;
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

static void
show_values (DdTierTable     *self,
             const DdSummary *summary)
{
  for (int metric = 0; metric < N_RATED; metric++)
    if (self->values[metric] != NULL)
      {
        g_autofree char *value = value_words (summary, metric);

        gtk_label_set_label (self->values[metric], value);
      }
}

void
dd_tier_table_show (DdTierTable     *self,
                    const DdSummary *summary)
{
  g_autofree char *words = in_words (summary);
  GtkWidget *either;

  if (g_strcmp0 (words, self->words) == 0)
    {
      show_values (self, summary);
      return;
    }
  memset (self->values, 0, sizeof self->values);
  g_free (self->words);
  self->words = g_steal_pointer (&words);
  either = dd_either_new (grid_new (self, summary), list_new (summary));
  gtk_widget_set_valign (either, GTK_ALIGN_START);
  adw_bin_set_child (ADW_BIN (self), either);
}
