/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-pages-private.h"

#include <string.h>

/* On white paper; each has 4.5:1 and more. */
#define RGB(hex) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0, 1 }

const DdColour dd_page_ink = RGB (0x1e1e1e), dd_page_dim = RGB (0x5e5c64), dd_page_rule = RGB (0xb8b7bb),
               dd_page_faint = RGB (0xdedde0), dd_page_accent = RGB (0x1a5fb4), dd_page_good = RGB (0x1b7742),
               dd_page_bad = RGB (0xb5301c), dd_page_caution = RGB (0x8a5a00);

PangoLayout *
dd_pages_text (DdPages    *pages,
               DdSet       set,
               const char *text,
               double      width,
               int         lines,
               gboolean    end)
{
  PangoLayout *layout = pages->texts[set];
  PangoLayoutLine *line;
  gboolean turned;

  pango_layout_set_attributes (layout, NULL);
  /* A title is a name, with a direction of its own; what else is set are words of ours, also where they begin with a name. */
  pango_layout_set_auto_dir (layout, set == DD_SET_TITLE);
  pango_layout_set_width (layout, width > 0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_height (layout, lines > 0 ? -lines : -1);
  pango_layout_set_ellipsize (layout, lines > 0 && width > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  pango_layout_set_text (layout, text, -1);
  /* A text from right to left would begin at the other side of its column. */
  line = pango_layout_get_line_readonly (layout, 0);
  turned = line != NULL && pango_layout_line_get_resolved_direction (line) == PANGO_DIRECTION_RTL;
  pango_layout_set_alignment (layout, end != turned ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  return layout;
}

void
dd_pages_text_size (PangoLayout *layout,
                    double      *width,
                    double      *height)
{
  int w, h;

  pango_layout_get_size (layout, &w, &h);
  if (width != NULL)
    *width = (double) w / PANGO_SCALE;
  if (height != NULL)
    *height = (double) h / PANGO_SCALE;
}

static void
add_attribute (PangoAttrList  *list,
               PangoAttribute *attribute,
               gsize           from,
               gsize           to)
{
  attribute->start_index = (guint) from;
  attribute->end_index = (guint) to;
  pango_attr_list_insert (list, attribute);
}

static PangoAttribute *
colour_attribute (const DdColour *colour)
{
  return pango_attr_foreground_new ((guint16) (colour->red * G_MAXUINT16), (guint16) (colour->green * G_MAXUINT16),
                                    (guint16) (colour->blue * G_MAXUINT16));
}

PangoLayout *
dd_pages_item (DdPages      *pages,
               const DdItem *item,
               double        width)
{
  g_autofree char *text = g_strdup_printf ("%s%s%s", item->text, item->rest != NULL ? ": " : "",
                                           item->rest != NULL ? item->rest : "");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoLayout *layout = dd_pages_text (pages, DD_SET_BODY, text, width, 0, FALSE);
  gsize end = strlen (item->text);

  add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), 0, end);
  add_attribute (attributes, colour_attribute (&dd_page_dim), end, strlen (text));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

PangoLayout *
dd_pages_cell (DdPages      *pages,
               const DdCell *cell,
               gboolean      number,
               double        width)
{
  DdSet set = cell->look == DD_LOOK_FIGURE ? DD_SET_FIGURE
              : cell->look == DD_LOOK_PLAIN || cell->look == DD_LOOK_DIM ? DD_SET_BODY : DD_SET_BOLD;
  const char *words = cell->text != NULL ? cell->text : "";
  g_autoptr (PangoAttrList) attributes = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *mark = NULL;
  g_autofree char *text = NULL;
  PangoLayout *layout;

  if (cell->mark == NULL)
    return dd_pages_text (pages, set, words, width, 2, number);
  /* The mark is not parted: it comes on a line of its own before that. */
  parts = g_strsplit (cell->mark, " ", -1);
  mark = g_strjoinv ("\302\240", parts);
  text = g_strdup_printf ("%s  %s", words, mark);
  layout = dd_pages_text (pages, set, text, width, 2, number);
  attributes = pango_attr_list_new ();
  add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), strlen (words), strlen (text));
  add_attribute (attributes, colour_attribute (&dd_page_caution), strlen (words), strlen (text));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

PangoLayout *
dd_pages_prose (DdPages       *pages,
                const DdBlock *block,
                double         width)
{
  DdSet set = block->kind == DD_BLOCK_SMALL ? DD_SET_SMALL : DD_SET_BODY;
  gboolean note = block->kind == DD_BLOCK_NOTE;
  PangoLayout *layout = dd_pages_text (pages, set, block->text, note ? width - DD_NOTE_INDENT : width, 0, FALSE);

  /* Each paragraph of a note has the direction of its own words; the others are sentences of ours. */
  pango_layout_set_auto_dir (layout, note);
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  return layout;
}

DdChartLook
dd_pages_look (DdPages *pages)
{
  /* What was drawn before, on screen perhaps, has left its scale there: measures would differ by a hair. */
  pango_context_set_matrix (pages->charts, NULL);
  return (DdChartLook) {
    .palette = dd_palette_get (DD_THEME_LIGHT),
    .text_scale = 1,
    .vector = TRUE,
    .context = pages->charts,
  };
}

gboolean
dd_pages_has_keys (const DdChartSpec *chart)
{
  return chart->kind == DD_CHART_TREND && chart->series->len > 1;
}

double
dd_pages_chart_height (DdPages           *pages,
                       const DdChartSpec *chart,
                       double             width)
{
  DdChartLook look = dd_pages_look (pages);

  return dd_chart_used_height (chart, &look, width) + (dd_pages_has_keys (chart) ? DD_KEY_HEIGHT : 0);
}

void
dd_pages_show (cairo_t        *cr,
               PangoLayout    *layout,
               double          x,
               double          y,
               const DdColour *colour)
{
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}
