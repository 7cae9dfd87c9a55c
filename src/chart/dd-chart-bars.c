/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-chart-layout-private.h"

#define BAR_HEIGHT 26.0
#define BAR_GAP 1.0
#define SWATCH 10.0
#define ROUNDING 6.0
#define COLUMN_SHARE 0.86 /* of a class's width */

static double
sum_of (const GArray *bars)
{
  double sum = 0;

  for (guint i = 0; i < bars->len; i++)
    {
      double value = g_array_index (bars, DdChartBar, i).value;

      sum += value > 0 ? value : 0;
    }
  return sum;
}

/* Names and values below the bar: side by side where there is room, else one below the other. */
static void
place_stage_words (DdChartLayout *layout)
{
  const GArray *bars = layout->spec->bars;
  double y = layout->plot.y + BAR_HEIGHT + 12, column = layout->plot.width / MAX (bars->len, 1), width, widest = 0;
  gboolean rtl = layout->look.rtl, rows;

  for (guint i = 0; i < bars->len; i++)
    {
      const DdChartBar *bar = &g_array_index (bars, DdChartBar, i);
      g_autofree char *value = dd_unit_format (layout->spec->unit, bar->value);

      dd_chart_text_measure (layout, DD_TEXT_LABEL, bar->label, &width, NULL);
      widest = MAX (widest, width + SWATCH + 6);
      dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, value, &width, NULL);
      widest = MAX (widest, width);
    }
  rows = widest + 12 > column;
  for (guint i = 0; i < bars->len; i++)
    {
      const DdChartBar *bar = &g_array_index (bars, DdChartBar, i);
      g_autofree char *value = dd_unit_format (layout->spec->unit, bar->value);
      double left = layout->plot.x, right = left + layout->plot.width, label_width, value_width, top = y;

      dd_chart_text_measure (layout, DD_TEXT_LABEL, bar->label, &label_width, NULL);
      dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, value, &value_width, NULL);
      if (rows)
        {
          top += i * (layout->line_height + 10);
          dd_chart_text_place (layout, DD_TEXT_LABEL_BOLD, FALSE, rtl ? left : right - value_width, top, value);
        }
      else
        {
          left += i * column;
          right = left + column;
          dd_chart_text_place (layout, DD_TEXT_LABEL_BOLD, FALSE, rtl ? right - value_width : left, top + layout->line_height + 3, value);
        }
      dd_chart_text_place (layout, DD_TEXT_LABEL, FALSE, rtl ? right - SWATCH - 6 - label_width : left + SWATCH + 6, top, bar->label);
    }
}

static void
place_stages (DdChartLayout *layout)
{
  const GArray *bars = layout->spec->bars;
  double sum = sum_of (bars), x = layout->plot.x;

  for (guint i = 0; i < bars->len && sum > 0; i++)
    {
      const DdChartBar *bar = &g_array_index (bars, DdChartBar, i);
      double width = bar->value > 0 ? bar->value / sum * layout->plot.width : 0;
      DdBarBox box = { { x, layout->plot.y, width, BAR_HEIGHT }, i };

      g_array_append_val (layout->bar_boxes, box);
      x += width;
    }
  place_stage_words (layout);
}

static void
place_classes (DdChartLayout *layout)
{
  const GArray *bars = layout->spec->bars;
  double step = layout->plot.width / MAX (bars->len, 1), most = 1, widest = 0, width;
  double base = layout->plot.y + layout->plot.height - layout->line_height - 6;
  guint each;

  for (guint i = 0; i < bars->len; i++)
    {
      const DdChartBar *bar = &g_array_index (bars, DdChartBar, i);

      most = MAX (most, bar->value);
      dd_chart_text_measure (layout, DD_TEXT_LABEL, bar->label, &width, NULL);
      widest = MAX (widest, width);
    }
  each = (guint) MAX (ceil ((widest + 6) / step), 1);
  for (guint i = 0; i < bars->len; i++)
    {
      const DdChartBar *bar = &g_array_index (bars, DdChartBar, i);
      double room = MAX (base - layout->plot.y - layout->line_height - 4, 1), height = MAX (bar->value, 0) / most * room;
      DdBarBox box = { { layout->plot.x + (i + (1 - COLUMN_SHARE) / 2) * step, base - height, step * COLUMN_SHARE, height }, i };
      double middle = layout->plot.x + (i + 0.5) * step;
      g_autofree char *value = dd_unit_format (layout->spec->unit, bar->value);

      g_array_append_val (layout->bar_boxes, box);
      dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, value, &width, NULL);
      if (width <= step)
        dd_chart_text_place (layout, DD_TEXT_LABEL_BOLD, FALSE, middle - width / 2, box.box.y - layout->line_height - 2, value);
      dd_chart_text_measure (layout, DD_TEXT_LABEL, bar->label, &width, NULL);
      if (i % each == 0)
        dd_chart_text_place (layout, DD_TEXT_LABEL, TRUE, CLAMP (middle - width / 2, 0, MAX (layout->width - width, 0)), base + 4, bar->label);
    }
}

void
dd_chart_layout_place_bars (DdChartLayout *layout)
{
  if (layout->spec->kind == DD_CHART_STAGES)
    place_stages (layout);
  else
    place_classes (layout);
}

static void
rounded (cairo_t          *cr,
         const DdChartBox *box,
         double            radius)
{
  double r = MIN (radius, MIN (box->width, box->height) / 2), right = box->x + box->width, bottom = box->y + box->height;

  cairo_new_path (cr);
  cairo_arc (cr, right - r, box->y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, right - r, bottom - r, r, 0, G_PI / 2);
  cairo_arc (cr, box->x + r, bottom - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, box->x + r, box->y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

/* On paper, which may be without colours, a stage's name stands on it where there is room. */
static void
draw_stage_name (DdChartLayout  *layout,
                 cairo_t        *cr,
                 const DdBarBox *box)
{
  const DdChartBar *bar = &g_array_index (layout->spec->bars, DdChartBar, box->bar);
  double width, height;

  dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, bar->label, &width, &height);
  if (!layout->look.vector || width + 12 > box->box.width)
    return;
  dd_chart_set_colour (cr, &layout->look.palette->background);
  dd_chart_text_draw (layout, cr, DD_TEXT_LABEL_BOLD, box->box.x + (box->box.width - width) / 2,
                      box->box.y + (box->box.height - height) / 2, bar->label, 0);
}

static void
draw_stages (DdChartLayout *layout,
             cairo_t       *cr)
{
  const DdPalette *palette = layout->look.palette;
  DdChartBox whole = { layout->plot.x, layout->plot.y, layout->plot.width, BAR_HEIGHT };

  cairo_save (cr);
  rounded (cr, &whole, ROUNDING);
  cairo_clip (cr);
  dd_chart_set_colour (cr, &palette->grid);
  cairo_paint (cr);
  for (guint i = 0; i < layout->bar_boxes->len; i++)
    {
      const DdBarBox *box = &g_array_index (layout->bar_boxes, DdBarBox, i);
      gboolean last = i + 1 == layout->bar_boxes->len;

      dd_chart_set_colour (cr, &palette->background);
      cairo_rectangle (cr, box->box.x, box->box.y, box->box.width, box->box.height);
      cairo_fill (cr);
      dd_chart_set_colour (cr, &palette->series[g_array_index (layout->spec->bars, DdChartBar, box->bar).role]);
      cairo_rectangle (cr, box->box.x, box->box.y, MAX (box->box.width - (last ? 0 : 2 * BAR_GAP), 0), box->box.height);
      cairo_fill (cr);
      draw_stage_name (layout, cr, box);
    }
  cairo_restore (cr);
  /* A swatch beside each name, on the side where reading begins. */
  for (guint i = 0; i < layout->placed->len; i++)
    {
      const DdPlacedText *placed = &g_array_index (layout->placed, DdPlacedText, i);

      for (guint j = 0; placed->style == DD_TEXT_LABEL && j < layout->spec->bars->len; j++)
        {
          const DdChartBar *bar = &g_array_index (layout->spec->bars, DdChartBar, j);
          DdChartBox swatch = { layout->look.rtl ? placed->x + placed->width + 6 : placed->x - SWATCH - 6,
                                placed->y + (placed->height - SWATCH) / 2, SWATCH, SWATCH };

          if (!g_str_equal (bar->label, placed->text) || placed->y < layout->plot.y)
            continue;
          rounded (cr, &swatch, 3);
          dd_chart_set_colour (cr, &palette->series[bar->role]);
          cairo_fill (cr);
        }
    }
}

/* Classes that lie within a better tier are darker. */
static void
draw_classes (DdChartLayout *layout,
              cairo_t       *cr)
{
  const DdPalette *palette = layout->look.palette;
  double base = layout->plot.y + layout->plot.height - layout->line_height - 6;

  for (guint i = 0; i < layout->bar_boxes->len; i++)
    {
      const DdBarBox *box = &g_array_index (layout->bar_boxes, DdBarBox, i);
      DdColour colour = palette->series[g_array_index (layout->spec->bars, DdChartBar, box->bar).role];
      DdTier tier = g_array_index (layout->spec->bars, DdChartBar, box->bar).tier;

      colour.alpha = palette->faint == 1 || tier == DD_TIER_NONE ? 1 : 0.4 + 0.15 * tier;
      cairo_save (cr);
      cairo_rectangle (cr, box->box.x, box->box.y, box->box.width, box->box.height);
      cairo_clip (cr);
      /* Round at the top only: the lower corners lie below the base. */
      rounded (cr, &(DdChartBox) { box->box.x, box->box.y, box->box.width, box->box.height + 4 }, 3);
      dd_chart_set_colour (cr, &colour);
      cairo_fill (cr);
      cairo_restore (cr);
    }
  dd_chart_set_colour (cr, &palette->axis);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, layout->plot.x, floor (base) + 0.5);
  cairo_line_to (cr, layout->plot.x + layout->plot.width, floor (base) + 0.5);
  cairo_stroke (cr);
}

void
dd_chart_draw_bars (DdChartLayout *layout,
                    cairo_t       *cr)
{
  if (layout->spec->kind == DD_CHART_STAGES)
    draw_stages (layout, cr);
  else
    draw_classes (layout, cr);
}
