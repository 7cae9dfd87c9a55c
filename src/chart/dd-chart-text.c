/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-layout-private.h"

#include <string.h>

static const struct
{
  double      size;
  PangoWeight weight;
} styles[DD_N_TEXTS] = {
  [DD_TEXT_LABEL] = { 12, PANGO_WEIGHT_NORMAL },
  [DD_TEXT_LABEL_BOLD] = { 12, PANGO_WEIGHT_BOLD },
  [DD_TEXT_TITLE] = { 14.7, PANGO_WEIGHT_BOLD },
};

/* One PangoLayout a style, used again and again; tabular figures keep columns of numbers straight. */
void
dd_chart_text_open (DdChartLayout *layout)
{
  const DdChartLook *look = &layout->look;
  PangoFontDescription *font;

  if (look->context != NULL)
    layout->context = g_object_ref (look->context);
  else
    {
      layout->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
      pango_cairo_context_set_resolution (layout->context, 96);
    }
  for (int i = 0; i < DD_N_TEXTS; i++)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      font = pango_font_description_copy (pango_context_get_font_description (layout->context));
      if (look->font != NULL)
        pango_font_description_set_family (font, look->font);
      pango_font_description_set_absolute_size (font, styles[i].size * look->text_scale * PANGO_SCALE);
      pango_font_description_set_weight (font, styles[i].weight);
      layout->texts[i] = pango_layout_new (layout->context);
      pango_layout_set_font_description (layout->texts[i], font);
      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (layout->texts[i], attributes);
      pango_layout_set_single_paragraph_mode (layout->texts[i], TRUE);
      pango_layout_set_ellipsize (layout->texts[i], PANGO_ELLIPSIZE_END);
      pango_font_description_free (font);
    }
}

static void
set_text (PangoLayout *text,
          const char  *words,
          double       most)
{
  int width = most > 0 ? (int) (most * PANGO_SCALE) : -1;

  /* What is measured is often drawn next: it need not be shaped again. */
  if (pango_layout_get_width (text) != width)
    pango_layout_set_width (text, width);
  if (strcmp (pango_layout_get_text (text), words) != 0)
    pango_layout_set_text (text, words, -1);
}

void
dd_chart_text_measure (DdChartLayout *layout,
                       DdText         style,
                       const char    *text,
                       double        *width,
                       double        *height)
{
  int w, h;

  set_text (layout->texts[style], text, 0);
  pango_layout_get_size (layout->texts[style], &w, &h);
  if (width != NULL)
    *width = (double) w / PANGO_SCALE;
  if (height != NULL)
    *height = (double) h / PANGO_SCALE;
}

void
dd_chart_text_draw (DdChartLayout *layout,
                    cairo_t       *cr,
                    DdText         style,
                    double         x,
                    double         y,
                    const char    *text,
                    double         most)
{
  double width = 0;

  if (most > 0)
    dd_chart_text_measure (layout, style, text, &width, NULL);
  set_text (layout->texts[style], text, width > most ? most : 0);
  pango_cairo_update_layout (cr, layout->texts[style]);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout->texts[style]);
}

void
dd_chart_text_place (DdChartLayout *layout,
                     DdText         style,
                     gboolean       dim,
                     double         x,
                     double         y,
                     const char    *text)
{
  DdPlacedText placed = { .x = x, .y = y, .text = g_strdup (text), .style = style, .dim = dim };

  dd_chart_text_measure (layout, style, text, &placed.width, &placed.height);
  g_array_append_val (layout->placed, placed);
}
