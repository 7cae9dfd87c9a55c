/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-overview-details.h"

#include <glib/gi18n-lib.h>

#include "dd-columns.h"
#include "dd-tier-table.h"
#include "dd-words.h"

struct _DdOverviewDetails
{
  AdwBin parent;

  DdColumns   *columns;
  GtkLabel    *profile;
  DdTierTable *tiers;
  GtkWidget   *highlights_box;
  GtkListBox  *highlights;
};

G_DEFINE_FINAL_TYPE (DdOverviewDetails, dd_overview_details, ADW_TYPE_BIN)

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
remark_row_new (const DdRemark *remark)
{
  static const struct
  {
    const char *icon;
    const char *css_class;
  } marks[] = {
    [DD_TREND_NONE] = { "dialog-information-symbolic", "dim-label" },
    [DD_TREND_BETTER] = { "emblem-ok-symbolic", "success" },
    [DD_TREND_WORSE] = { "dialog-warning-symbolic", "dd-worse" },
    [DD_TREND_STEADY] = { "dialog-information-symbolic", "dim-label" },
  };
  GtkWidget *row = gtk_list_box_row_new ();
  /* Not an AdwActionRow, nor a GtkBox: of these a label that wraps is asked how wide it would be for many heights. */
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (marks[remark->trend].icon);

  gtk_widget_add_css_class (icon, marks[remark->trend].css_class);
  gtk_grid_attach (GTK_GRID (grid), icon, 0, 0, 1, remark->evidence != NULL ? 2 : 1);
  gtk_grid_attach (GTK_GRID (grid), label_new (remark->text), 1, 0, 1, 1);
  if (remark->evidence != NULL)
    {
      GtkWidget *evidence = label_new (remark->evidence);

      gtk_widget_add_css_class (evidence, "caption");
      gtk_widget_add_css_class (evidence, "dim-label");
      gtk_grid_attach (GTK_GRID (grid), evidence, 1, 1, 1, 1);
    }
  gtk_widget_add_css_class (grid, "dd-remark");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), grid);
  return row;
}

static void
dd_overview_details_dispose (GObject *object)
{
  /* It is the template's own child, which the template would let go of a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_OVERVIEW_DETAILS);
  G_OBJECT_CLASS (dd_overview_details_parent_class)->dispose (object);
}

static void
dd_overview_details_class_init (DdOverviewDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_overview_details_dispose;
  g_type_ensure (DD_TYPE_COLUMNS);
  g_type_ensure (DD_TYPE_TIER_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/overview/dd-overview-details.ui");
  gtk_widget_class_bind_template_child (widget_class, DdOverviewDetails, columns);
  gtk_widget_class_bind_template_child (widget_class, DdOverviewDetails, profile);
  gtk_widget_class_bind_template_child (widget_class, DdOverviewDetails, tiers);
  gtk_widget_class_bind_template_child (widget_class, DdOverviewDetails, highlights_box);
  gtk_widget_class_bind_template_child (widget_class, DdOverviewDetails, highlights);
}

static void
dd_overview_details_init (DdOverviewDetails *self)
{
  static const DdColumnStep steps[] = { { 860, 2 }, { 0, 1 } };

  gtk_widget_init_template (GTK_WIDGET (self));
  dd_columns_set_steps (self->columns, steps, 1.85);
}

GtkWidget *
dd_overview_details_new (void)
{
  return g_object_new (DD_TYPE_OVERVIEW_DETAILS, NULL);
}

void
dd_overview_details_show_tiers (DdOverviewDetails *self,
                                const DdSummary   *summary)
{
  g_autofree char *profile = dd_words_profile (summary);

  gtk_label_set_label (self->profile, profile);
  dd_tier_table_show (self->tiers, summary);
}

void
dd_overview_details_show_highlights (DdOverviewDetails *self,
                                     const DdReport    *report)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->highlights))) != NULL)
    gtk_list_box_remove (self->highlights, row);
  for (guint i = 0; i < report->highlights->len; i++)
    gtk_list_box_append (self->highlights, remark_row_new (g_ptr_array_index (report->highlights, i)));
  /* What to do next is said where there is nothing else to say. */
  for (guint i = 0; report->highlights->len == 0 && i < report->recommendations->len; i++)
    gtk_list_box_append (self->highlights, remark_row_new (g_ptr_array_index (report->recommendations, i)));
  gtk_widget_set_visible (self->highlights_box, gtk_widget_get_first_child (GTK_WIDGET (self->highlights)) != NULL);
}
