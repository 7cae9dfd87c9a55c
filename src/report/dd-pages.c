/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-pages.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <string.h>

#include "dd-error.h"
#include "dd-pages-private.h"
#include "dd-words.h"

/* The first that is installed, then whatever has the letters. */
#define FONT "Cantarell, Noto Sans, Inter, DejaVu Sans, sans-serif"
#define FOOT_ABOVE 46.0 /* of the paper's edge */
#define BARS_WIDTH 50.0
#define BARS_HEIGHT 42.0
/* Smaller paper holds no table. */
#define LEAST_WIDTH 400.0
#define LEAST_HEIGHT 400.0

static const struct
{
  double      size;
  PangoWeight weight;
} sets[DD_N_SETS] = {
  [DD_SET_TITLE] = { 25, PANGO_WEIGHT_BOLD },     [DD_SET_HEADING] = { 15, PANGO_WEIGHT_BOLD },
  [DD_SET_BODY] = { 12.5, PANGO_WEIGHT_NORMAL },  [DD_SET_BOLD] = { 12.5, PANGO_WEIGHT_BOLD },
  [DD_SET_FIGURE] = { 14.5, PANGO_WEIGHT_BOLD },  [DD_SET_SMALL] = { 11, PANGO_WEIGHT_NORMAL },
  [DD_SET_HEAD] = { 11, PANGO_WEIGHT_BOLD },
};

DdPaper
dd_paper_default (void)
{
  /* Whole millimetres as a number in a pointer's place: that is how the C library hands them out. */
  guint width = GPOINTER_TO_UINT (nl_langinfo (_NL_PAPER_WIDTH));

  return width == 216 ? DD_PAPER_LETTER : DD_PAPER_A4;
}

gboolean
dd_paper_parse (const char *text,
                DdPaper    *paper,
                GError    **error)
{
  if (g_ascii_strcasecmp (text, "a4") == 0)
    *paper = DD_PAPER_A4;
  else if (g_ascii_strcasecmp (text, "letter") == 0)
    *paper = DD_PAPER_LETTER;
  else
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("There is no paper “%s”; there are a4 and letter."), text);
      return FALSE;
    }
  return TRUE;
}

void
dd_paper_get_size (DdPaper paper,
                   double *width,
                   double *height)
{
  *width = paper == DD_PAPER_LETTER ? 612 : 210 / 25.4 * 72;
  *height = paper == DD_PAPER_LETTER ? 792 : 297 / 25.4 * 72;
}

/* Letters stand where they would on any device, so that a page breaks its lines alike on screen and on paper. */
static PangoContext *
new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_base_dir (context, dd_words_from_right () ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_context_set_font_description (context, font);
  pango_font_description_free (font);
  cairo_font_options_destroy (options);
  return context;
}

static void
open_texts (DdPages *pages)
{
  pages->context = new_context ();
  pages->charts = new_context ();
  for (int i = 0; i < DD_N_SETS; i++)
    {
      PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (pages->context));

      pango_font_description_set_absolute_size (font, sets[i].size * PANGO_SCALE);
      pango_font_description_set_weight (font, sets[i].weight);
      pages->texts[i] = pango_layout_new (pages->context);
      pango_layout_set_font_description (pages->texts[i], font);
      pango_layout_set_wrap (pages->texts[i], PANGO_WRAP_WORD_CHAR);
      pango_font_description_free (font);
    }
  dd_pages_text_size (dd_pages_text (pages, DD_SET_BODY, "x", 0, 0, FALSE), NULL, &pages->line);
}

static DdPages *
pages_new (double width,
           double height)
{
  DdPages *pages = g_new0 (DdPages, 1);

  pages->paper_width = width;
  pages->paper_height = height;
  pages->width = MAX (width * DD_PIXELS_PER_POINT, LEAST_WIDTH);
  pages->height = MAX (height * DD_PIXELS_PER_POINT, LEAST_HEIGHT);
  open_texts (pages);
  pages->tables = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) dd_table_size_free);
  pages->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return pages;
}

DdPages *
dd_pages_new (const DdReport *report,
              double          width,
              double          height)
{
  DdPages *pages = pages_new (width, height);

  for (int tightness = 0; tightness <= DD_DOCUMENT_TIGHTEST; tightness++)
    {
      g_hash_table_remove_all (pages->tables);
      g_ptr_array_set_size (pages->pages, 0);
      g_clear_pointer (&pages->document, dd_document_free);
      pages->document = dd_document_new (report, tightness);
      dd_pages_flow (pages);
      if (!report->one_page || pages->pages->len == 1)
        break;
    }
  return pages;
}

DdPages *
dd_pages_new_for_document (DdDocument *document,
                           double      width,
                           double      height)
{
  DdPages *pages = pages_new (width, height);

  pages->document = document;
  dd_pages_flow (pages);
  return pages;
}

void
dd_pages_free (DdPages *pages)
{
  if (pages == NULL)
    return;
  for (int i = 0; i < DD_N_SETS; i++)
    g_object_unref (pages->texts[i]);
  g_object_unref (pages->context);
  g_object_unref (pages->charts);
  g_hash_table_unref (pages->tables);
  g_ptr_array_unref (pages->pages);
  dd_document_free (pages->document);
  g_free (pages);
}

guint
dd_pages_count (const DdPages *pages)
{
  return pages->pages->len;
}

void
dd_pages_get_size (const DdPages *pages,
                   double        *width,
                   double        *height)
{
  *width = pages->paper_width;
  *height = pages->paper_height;
}

const DdDocument *
dd_pages_get_document (const DdPages *pages)
{
  return pages->document;
}

void
dd_pages_draw_bars (cairo_t *cr,
                    DdTier   tier,
                    double   x,
                    double   y,
                    double   width,
                    double   height)
{
  double step = width / 3.8, bar = step * 0.8;

  for (int i = 1; i <= DD_TIER_ELITE; i++)
    {
      const DdColour *colour = i <= (int) tier ? &dd_page_accent : &dd_page_faint;
      double own = height * (0.25 + 0.25 * (i - 1));

      cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
      cairo_rectangle (cr, x + (i - 1) * step, y + height - own, bar, own);
      cairo_fill (cr);
    }
}

static void
draw_title (DdPages       *pages,
            const DdPiece *piece,
            cairo_t       *cr)
{
  const DdBlock *title = piece->block;
  double right = piece->x + piece->width - BARS_WIDTH - 22, height, y = piece->y;
  PangoLayout *layout = dd_pages_text (pages, DD_SET_TITLE, title->text, piece->width - DD_VERDICT_ROOM, 2, FALSE);

  dd_pages_text_size (layout, NULL, &height);
  cairo_tag_begin (cr, "H1", NULL);
  dd_pages_show (cr, layout, piece->x, y, &dd_page_ink);
  cairo_tag_end (cr, "H1");
  cairo_tag_begin (cr, "P", NULL);
  dd_pages_show (cr, dd_pages_text (pages, DD_SET_BODY, title->small, piece->width - DD_VERDICT_ROOM, 2, FALSE), piece->x, y + height + 2,
                 &dd_page_dim);
  cairo_tag_end (cr, "P");
  layout = dd_pages_text (pages, DD_SET_HEADING, title->value, 195, 1, TRUE);
  cairo_tag_begin (cr, "P", NULL);
  dd_pages_show (cr, layout, right - 195, y + 6, &dd_page_ink);
  cairo_tag_end (cr, "P");
  cairo_tag_begin (cr, "P", NULL);
  layout = dd_pages_text (pages, DD_SET_SMALL, title->basis, 195, 2, TRUE);
  dd_pages_show (cr, layout, right - 195, y + 28, &dd_page_dim);
  cairo_tag_end (cr, "P");
  dd_pages_draw_bars (cr, title->tier, piece->x + piece->width - BARS_WIDTH, y + 4, BARS_WIDTH, BARS_HEIGHT);
}

static void
draw_heading (DdPages       *pages,
              const DdPiece *piece,
              cairo_t       *cr)
{
  gboolean chapter = piece->block->kind == DD_BLOCK_CHAPTER;
  const char *tag = piece->block->within ? "H3" : "H2";
  DdSet set = chapter ? DD_SET_TITLE : DD_SET_HEADING;
  PangoLayout *layout = dd_pages_text (pages, set, piece->block->text, piece->width - (chapter ? 240 : 0), 2, FALSE);
  double width, height;

  cairo_tag_begin (cr, tag, NULL);
  dd_pages_show (cr, layout, piece->x, piece->y, &dd_page_ink);
  cairo_tag_end (cr, tag);
  if (!chapter)
    return;
  cairo_tag_begin (cr, "P", NULL);
  layout = dd_pages_text (pages, DD_SET_BOLD, piece->block->tier != DD_TIER_NONE ? dd_tier_title (piece->block->tier) : "", 0,
                          0, FALSE);
  dd_pages_text_size (layout, &width, &height);
  width = piece->block->tier != DD_TIER_NONE ? width + DD_BARS_WIDTH + DD_BARS_GAP + 12 : 0;
  if (width > 0)
    {
      dd_pages_draw_bars (cr, piece->block->tier, piece->x + piece->width - width + 12, piece->y + 9, DD_BARS_WIDTH, 13);
      dd_pages_show (cr, layout, piece->x + piece->width - width + 12 + DD_BARS_WIDTH + DD_BARS_GAP, piece->y + 8, &dd_page_ink);
    }
  layout = dd_pages_text (pages, DD_SET_TITLE, piece->block->value, 230 - width, 1, TRUE);
  dd_pages_show (cr, layout, piece->x + piece->width - 230, piece->y, &dd_page_ink);
  cairo_tag_end (cr, "P");
}

static void
draw_keys (DdPages           *pages,
           const DdChartSpec *chart,
           cairo_t           *cr,
           double             x,
           double             y)
{
  for (guint i = 0; i < chart->series->len; i++)
    {
      const DdChartSeries *series = g_ptr_array_index (chart->series, i);
      DdChartBox box = { x, y, 24, 16 };
      PangoLayout *layout = dd_pages_text (pages, DD_SET_SMALL, series->name, 0, 0, FALSE);
      double width, height;

      dd_pages_text_size (layout, &width, &height);
      dd_chart_draw_key (cr, dd_palette_get (DD_THEME_LIGHT), series->role, &box);
      dd_pages_show (cr, layout, x + 30, y + 8 - height / 2, &dd_page_ink);
      x += 30 + width + 20;
    }
}

/* Its axes and names are text within the figure; cairo has no other words for a tag. */
static void
draw_chart (DdPages       *pages,
            const DdPiece *piece,
            cairo_t       *cr)
{
  const DdChartSpec *chart = piece->block->chart;
  double keys = dd_pages_has_keys (chart) ? DD_KEY_HEIGHT : 0;
  DdChartLook look = dd_pages_look (pages);

  cairo_tag_begin (cr, "Figure", NULL);
  cairo_save (cr);
  cairo_translate (cr, piece->x, piece->y);
  dd_chart_draw (chart, cr, piece->width, piece->height - keys, &look);
  cairo_restore (cr);
  if (keys > 0)
    draw_keys (pages, chart, cr, piece->x, piece->y + piece->height - keys + 6);
  cairo_tag_end (cr, "Figure");
}

static void
draw_list (DdPages       *pages,
           const DdPiece *piece,
           cairo_t       *cr)
{
  double y = piece->y, height;

  cairo_tag_begin (cr, "L", NULL);
  for (guint i = piece->from; i < piece->to; i++)
    {
      PangoLayout *layout = dd_pages_item (pages, g_ptr_array_index (piece->block->items, i), piece->width - DD_LIST_INDENT);

      dd_pages_text_size (layout, NULL, &height);
      cairo_tag_begin (cr, "LI", NULL);
      cairo_set_source_rgb (cr, dd_page_accent.red, dd_page_accent.green, dd_page_accent.blue);
      /* Not on from where the text ended. */
      cairo_new_path (cr);
      cairo_arc (cr, piece->x + 3, y + pages->line / 2, 3, 0, 2 * G_PI);
      cairo_fill (cr);
      dd_pages_show (cr, layout, piece->x + DD_LIST_INDENT, y, &dd_page_ink);
      cairo_tag_end (cr, "LI");
      y += height + DD_LIST_GAP;
    }
  cairo_tag_end (cr, "L");
}

static void
draw_prose (DdPages       *pages,
            const DdPiece *piece,
            cairo_t       *cr)
{
  gboolean note = piece->block->kind == DD_BLOCK_NOTE;
  const DdColour *colour = piece->block->kind == DD_BLOCK_SMALL ? &dd_page_dim : &dd_page_ink;
  PangoLayout *layout = dd_pages_prose (pages, piece->block, piece->width);
  double x = piece->x + (note ? DD_NOTE_INDENT : 0), y = piece->y;

  if (note)
    {
      cairo_set_source_rgb (cr, dd_page_accent.red, dd_page_accent.green, dd_page_accent.blue);
      cairo_rectangle (cr, piece->x, piece->y, 3, piece->height);
      cairo_fill (cr);
    }
  cairo_tag_begin (cr, "P", NULL);
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
  for (guint i = piece->from; i < piece->to; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, (int) i);
      PangoRectangle box;

      pango_layout_line_get_extents (line, NULL, &box);
      cairo_move_to (cr, x + (double) box.x / PANGO_SCALE, y - (double) box.y / PANGO_SCALE);
      pango_cairo_show_layout_line (cr, line);
      y += (double) box.height / PANGO_SCALE;
    }
  cairo_tag_end (cr, "P");
}

static void
draw_piece (DdPages       *pages,
            const DdPiece *piece,
            cairo_t       *cr)
{
  switch (piece->block->kind)
    {
    case DD_BLOCK_TITLE:
      draw_title (pages, piece, cr);
      break;
    case DD_BLOCK_HEADING:
    case DD_BLOCK_CHAPTER:
      draw_heading (pages, piece, cr);
      break;
    case DD_BLOCK_TABLE:
      dd_pages_draw_table (pages, piece, cr);
      break;
    case DD_BLOCK_CHART:
      draw_chart (pages, piece, cr);
      break;
    case DD_BLOCK_LIST:
      draw_list (pages, piece, cr);
      break;
    case DD_BLOCK_NOTE:
    case DD_BLOCK_WORDS:
    case DD_BLOCK_SMALL:
      draw_prose (pages, piece, cr);
      break;
    case DD_BLOCK_PAIR:
    default:
      break;
    }
}

static void
draw_foot (DdPages *pages,
           guint    page,
           cairo_t *cr)
{
  double y = pages->height - FOOT_ABOVE, width = pages->width - 2 * DD_PAGE_MARGIN;
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page + 1, pages->pages->len);

  cairo_set_source_rgb (cr, dd_page_faint.red, dd_page_faint.green, dd_page_faint.blue);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, DD_PAGE_MARGIN, y - 7);
  cairo_line_to (cr, DD_PAGE_MARGIN + width, y - 7);
  cairo_stroke (cr);
  dd_pages_show (cr, dd_pages_text (pages, DD_SET_SMALL, pages->document->foot, width - 130, 1, FALSE), DD_PAGE_MARGIN, y,
                 &dd_page_dim);
  dd_pages_show (cr, dd_pages_text (pages, DD_SET_SMALL, number, 120, 1, TRUE), DD_PAGE_MARGIN + width - 120, y, &dd_page_dim);
}

void
dd_pages_draw (DdPages *pages,
               guint    page,
               cairo_t *cr)
{
  const GArray *pieces;

  g_return_if_fail (page < pages->pages->len);
  pieces = g_ptr_array_index (pages->pages, page);
  cairo_save (cr);
  cairo_scale (cr, 1 / DD_PIXELS_PER_POINT, 1 / DD_PIXELS_PER_POINT);
  cairo_tag_begin (cr, "Sect", NULL);
  for (guint i = 0; i < pieces->len; i++)
    draw_piece (pages, &g_array_index (pieces, DdPiece, i), cr);
  cairo_tag_end (cr, "Sect");
  draw_foot (pages, page, cr);
  cairo_restore (cr);
}
