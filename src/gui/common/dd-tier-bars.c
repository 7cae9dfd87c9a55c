/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-tier-bars.h"

#include <glib/gi18n-lib.h>

#define N_BARS 4

struct _DdTierBars
{
  GtkWidget parent;

  int    height;
  DdTier tier;
};

G_DEFINE_FINAL_TYPE (DdTierBars, dd_tier_bars, GTK_TYPE_WIDGET)

/* A bar is as wide as the gap beside it takes three parts of. */
static double
bar_width (int height)
{
  return MAX (2, height * 0.2);
}

static double
bar_gap (int height)
{
  return MAX (1, height * 0.1);
}

static void
dd_tier_bars_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  int height = DD_TIER_BARS (widget)->height;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = height;
  else
    *minimum = (int) (N_BARS * bar_width (height) + (N_BARS - 1) * bar_gap (height) + 0.999);
  *natural = *minimum;
}

static void
dd_tier_bars_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  DdTierBars *self = DD_TIER_BARS (widget);
  double width = bar_width (self->height), step = width + bar_gap (self->height);
  double bottom = (gtk_widget_get_height (widget) + self->height) / 2.0;
  GdkRGBA strong, weak;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &strong);
  weak = strong;
  weak.alpha *= 0.28f;
  for (int i = 0; i < N_BARS; i++)
    {
      double height = self->height * (0.4 + 0.2 * i);
      GskRoundedRect bar;

      gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (i * step, bottom - height, width, height), width / 5);
      gtk_snapshot_push_rounded_clip (snapshot, &bar);
      gtk_snapshot_append_color (snapshot, i < (int) self->tier ? &strong : &weak, &bar.bounds);
      gtk_snapshot_pop (snapshot);
    }
}

static void
update_label (DdTierBars *self)
{
  g_autofree char *label = NULL;

  if (self->tier == DD_TIER_NONE)
    label = g_strdup (_("Not rated"));
  else
    /* Translators: "Tier High, 3 of 4". */
    label = g_strdup_printf (_("Tier %s, %d of 4"), dd_tier_title (self->tier), (int) self->tier);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
dd_tier_bars_class_init (DdTierBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = dd_tier_bars_measure;
  widget_class->snapshot = dd_tier_bars_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "dd-tier-bars");
}

static void
dd_tier_bars_init (DdTierBars *self)
{
  update_label (self);
}

GtkWidget *
dd_tier_bars_new (int height)
{
  DdTierBars *self = g_object_new (DD_TYPE_TIER_BARS, "valign", GTK_ALIGN_CENTER, NULL);

  self->height = height;
  return GTK_WIDGET (self);
}

void
dd_tier_bars_set_tier (DdTierBars *self,
                       DdTier      tier)
{
  if (self->tier == tier)
    return;
  self->tier = tier;
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
dd_tier_chip_new (void)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  gtk_box_append (GTK_BOX (chip), dd_tier_bars_new (10));
  gtk_box_append (GTK_BOX (chip), gtk_label_new (NULL));
  gtk_widget_add_css_class (chip, "dd-tier");
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  return chip;
}

void
dd_tier_chip_set_tier (GtkWidget *chip,
                       DdTier     tier)
{
  static const char * const classes[] = { "tier-none", "tier-low", "tier-medium", "tier-high", "tier-elite" };
  GtkWidget *bars = gtk_widget_get_first_child (chip);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (chip, classes[i]);
  gtk_widget_add_css_class (chip, classes[tier]);
  dd_tier_bars_set_tier (DD_TIER_BARS (bars), tier);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (chip)), dd_tier_title (tier));
}
