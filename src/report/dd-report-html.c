/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-chart-draw.h"
#include "dd-document.h"
#include "dd-words.h"

#define CHART_WIDTH 720.0
#define HALF_WIDTH 346.0
#define SPARKLINE_WIDTH 96.0
#define SPARKLINE_HEIGHT 26.0
/* Of a cell that is not parted, in Latin letters; longer ones may be. */
#define LONGEST_LINE 24
#define FONT "Cantarell, Noto Sans, Inter, DejaVu Sans, sans-serif"

/* Colours are those of the printed pages; a dark screen has its own, a printer never. */
static const char style[] =
  ":root{--ink:#1e1e1e;--dim:#5e5c64;--ground:#fff;--rule:#b8b7bb;--faint:#dedde0;--accent:#1a5fb4;--good:#1b7742;--bad:#b5301c;"
  "--caution:#8a5a00;color-scheme:light dark}\n"
  ".dark{display:none}\n"
  "@media screen and (prefers-color-scheme:dark){:root{--ink:#fff;--dim:#c0bfbc;--ground:#363636;--rule:#77767b;--faint:#515155;"
  "--accent:#99c1f1;--good:#8ff0a4;--bad:#ff9d8a;--caution:#f5c211}.light{display:none}.dark{display:block}}\n"
  "body{margin:0;background:var(--ground);color:var(--ink);font:14px/1.45 Cantarell,\"Noto Sans\",Inter,\"DejaVu Sans\",sans-serif}\n"
  "main{max-width:780px;margin:0 auto;padding:40px 24px}\n"
  "header{display:flex;gap:24px;justify-content:space-between;align-items:flex-start}\n"
  "h1{font-size:27px;line-height:1.2;margin:0}h2,h3{font-size:16px;margin:28px 0 6px}\n"
  "h2.chapter{font-size:24px;line-height:1.2;display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 20px;margin:44px 0 10px}\n"
  "h1,h2,h3,th,td,p,li{overflow-wrap:anywhere}p{margin:8px 0}\n"
  ".dim,.small{color:var(--dim)}.small{font-size:12px}.good{color:var(--good)}.bad{color:var(--bad)}\n"
  ".bold,.figure,.good,.bad{font-weight:bold}.figure{font-size:16px}.mark{color:var(--caution);font-weight:bold}\n"
  ".verdict{display:flex;gap:18px;text-align:end;align-items:flex-start;white-space:nowrap}.verdict strong{font-size:18px}\n"
  "blockquote{margin:20px 0;padding:2px 0 2px 14px;border-inline-start:3px solid var(--accent)}\n"
  ".table{overflow-x:auto;margin:8px 0}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\n"
  "th,td{padding:6px 8px;text-align:start;border-bottom:1px solid var(--faint);vertical-align:middle}\n"
  "th{font-size:12px;color:var(--dim);border-bottom-color:var(--rule)}.number{text-align:end}.number,.line{white-space:nowrap}\n"
  "td.wide{min-width:120px;width:50%}tr.total td{border-top:1px solid var(--rule);font-weight:bold}\n"
  ".bars{display:inline-block;vertical-align:-1px;margin-inline-end:6px}.bars rect{fill:var(--faint)}.bars .on{fill:var(--accent)}\n"
  ".chip{display:inline-block;padding:1px 8px;margin:0 -8px;border-radius:4px;font-weight:bold}\n"
  ".t1{background:#e2edfa;color:#2b4868}.t2{background:#b9d6f7;color:#12365f}.t3{background:#78aeed;color:#08264d}"
  ".t4{background:#1a5fb4;color:#fff}\n"
  "ul{margin:8px 0;padding-inline-start:18px}li{margin:5px 0}li::marker{color:var(--accent)}\n"
  ".pair{display:grid;grid-template-columns:1fr 1fr;gap:0 28px}figure{margin:10px 0}svg{max-width:100%;height:auto}td svg{max-width:none}\n"
  ".keys{display:flex;flex-wrap:wrap;align-items:center;gap:2px 6px}.keyname{margin-inline-end:16px}.key svg{display:block}\n"
  "footer{margin-top:36px;padding-top:8px;border-top:1px solid var(--faint);color:var(--dim);font-size:12px}\n"
  "@media(max-width:600px){.pair{display:block}header{display:block}.verdict{text-align:start;margin-top:12px}}\n"
  "@media print{@page{margin:15mm}main{padding:0;max-width:none}.table{overflow:visible}"
  "h1,h2,h3,h2.chapter+p{break-after:avoid}tr,figure,li,.pair{break-inside:avoid}thead{display:table-header-group}"
  "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}\n";

typedef struct
{
  GString *out;
  guint    charts;  /* so far: names within each picture get its number */
  gboolean half;    /* in one half of a pair */
} Html;

static void
add_text (Html       *html,
          const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (html->out, escaped);
}

static void
add_element (Html       *html,
             const char *name,
             const char *class,
             const char *text)
{
  g_string_append_printf (html->out, "<%s", name);
  if (class != NULL)
    g_string_append_printf (html->out, " class=\"%s\"", class);
  g_string_append_c (html->out, '>');
  add_text (html, text);
  g_string_append_printf (html->out, "</%s>\n", name);
}

static void
add_bars (Html  *html,
          DdTier tier,
          int    width,
          int    height)
{
  double step = width / 3.8;

  g_string_append_printf (html->out, "<svg class=\"bars\" aria-hidden=\"true\" width=\"%d\" height=\"%d\">", width, height);
  for (int i = 1; i <= DD_TIER_ELITE; i++)
    {
      char x[G_ASCII_DTOSTR_BUF_SIZE], bar[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE], own[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (html->out, "<rect%s x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>", i <= (int) tier ? " class=\"on\"" : "",
                              g_ascii_formatd (x, sizeof x, "%.2f", (i - 1) * step),
                              g_ascii_formatd (y, sizeof y, "%.2f", height * (1 - 0.25 * i)),
                              g_ascii_formatd (bar, sizeof bar, "%.2f", step * 0.8),
                              g_ascii_formatd (own, sizeof own, "%.2f", height * 0.25 * i));
    }
  g_string_append (html->out, "</svg>");
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_string_append_len (closure, (const char *) data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Names of glyphs and clips are of one picture only, and a page has many. */
static void
add_renamed (Html       *html,
             const char *svg)
{
  static const char * const references[] = { "id=\"", "href=\"#", "url(#" };

  while (*svg != '\0')
    {
      gsize length = 0;

      for (gsize i = 0; i < G_N_ELEMENTS (references) && length == 0; i++)
        if (g_str_has_prefix (svg, references[i]))
          length = strlen (references[i]);
      if (length == 0)
        {
          g_string_append_c (html->out, *svg++);
          continue;
        }
      g_string_append_len (html->out, svg, (gssize) length);
      g_string_append_printf (html->out, "c%u-", html->charts);
      svg += length;
    }
}

static void
add_picture (Html              *html,
             const DdChartSpec *chart,
             DdTheme            theme,
             double             width)
{
  DdChartLook look = { .palette = dd_palette_get (theme), .text_scale = 1, .vector = TRUE, .font = FONT };
  double height = chart->kind == DD_CHART_SPARKLINE ? SPARKLINE_HEIGHT : dd_chart_used_height (chart, &look, width);
  g_autoptr (GString) svg = g_string_new (NULL);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (write_cb, svg, width, height);
  cairo_t *cr = cairo_create (surface);
  const char *body;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  dd_chart_draw (chart, cr, width, height, &look);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  body = strstr (svg->str, "<svg");
  html->charts++;
  if (body != NULL)
    add_renamed (html, body);
}

static void
add_keys (Html              *html,
          const DdChartSpec *chart)
{
  for (guint i = 0; i < chart->series->len && chart->series->len > 1; i++)
    {
      const DdChartSeries *series = g_ptr_array_index (chart->series, i);

      for (int dark = 0; dark < 2; dark++)
        {
          g_autoptr (GString) svg = g_string_new (NULL);
          cairo_surface_t *surface = cairo_svg_surface_create_for_stream (write_cb, svg, 26, 12);
          cairo_t *cr = cairo_create (surface);
          DdChartBox box = { 1, 0, 24, 12 };
          const char *body;

          cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
          dd_chart_draw_key (cr, dd_palette_get (dark ? DD_THEME_DARK : DD_THEME_LIGHT), series->role, &box);
          cairo_destroy (cr);
          cairo_surface_finish (surface);
          cairo_surface_destroy (surface);
          body = strstr (svg->str, "<svg");
          html->charts++;
          g_string_append_printf (html->out, "<span class=\"key %s\" aria-hidden=\"true\">", dark ? "dark" : "light");
          if (body != NULL)
            add_renamed (html, body);
          g_string_append (html->out, "</span>");
        }
      g_string_append (html->out, "<span class=\"keyname\">");
      add_text (html, series->name);
      g_string_append (html->out, "</span> ");
    }
}

/* Once for light and once for dark: the page shows the one that fits. */
static void
add_chart (Html              *html,
           const DdChartSpec *chart,
           const char        *words,
           double             width)
{
  gboolean trend = chart->kind == DD_CHART_TREND;

  g_string_append (html->out, trend ? "<figure>" : "");
  for (int dark = 0; dark < 2; dark++)
    {
      g_string_append_printf (html->out, "<div class=\"%s\" role=\"img\" aria-label=\"", dark ? "dark" : "light");
      add_text (html, words);
      g_string_append (html->out, "\">");
      add_picture (html, chart, dark ? DD_THEME_DARK : DD_THEME_LIGHT, width);
      g_string_append (html->out, "</div>");
    }
  if (trend && chart->series->len > 1)
    {
      g_string_append (html->out, "<figcaption class=\"small keys\">");
      add_keys (html, chart);
      g_string_append (html->out, "</figcaption>");
    }
  g_string_append (html->out, trend ? "</figure>\n" : "\n");
}

static gboolean
is_short (const char *text)
{
  guint letters = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    letters += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
  return letters <= LONGEST_LINE;
}

static void
add_cell (Html           *html,
          const DdCell   *cell,
          const DdColumn *column)
{
  static const char * const looks[] = {
    [DD_LOOK_PLAIN] = "", [DD_LOOK_BOLD] = "bold", [DD_LOOK_FIGURE] = "figure",
    [DD_LOOK_DIM] = "dim", [DD_LOOK_GOOD] = "good", [DD_LOOK_BAD] = "bad",
  };

  g_string_append_printf (html->out, "<td class=\"%s%s%s\">", looks[cell->look], column->number ? " number" : "",
                          column->wide ? " wide" : cell->chart != NULL || is_short (cell->text) ? " line" : "");
  if (cell->chart != NULL)
    add_chart (html, cell->chart, cell->text, SPARKLINE_WIDTH);
  else
    {
      if (cell->bars != DD_TIER_NONE)
        add_bars (html, cell->bars, 19, 12);
      if (cell->chip != DD_TIER_NONE)
        g_string_append_printf (html->out, "<span class=\"chip t%d\">", cell->chip);
      add_text (html, cell->text);
      if (cell->chip != DD_TIER_NONE)
        g_string_append (html->out, "</span>");
      if (cell->mark != NULL)
        {
          g_string_append (html->out, " <span class=\"mark\">");
          add_text (html, cell->mark);
          g_string_append (html->out, "</span>");
        }
    }
  g_string_append (html->out, "</td>");
}

static void
add_table (Html          *html,
           const DdBlock *table)
{
  g_string_append (html->out, "<div class=\"table\"><table><thead><tr>");
  for (guint i = 0; i < table->columns->len; i++)
    {
      const DdColumn *column = &g_array_index (table->columns, DdColumn, i);

      g_string_append_printf (html->out, "<th scope=\"col\" class=\"%s\">", column->number ? "number"
                              : is_short (column->heading) ? "line" : "");
      if (column->bars != DD_TIER_NONE)
        add_bars (html, column->bars, 19, 12);
      add_text (html, column->heading);
      g_string_append (html->out, "</th>");
    }
  g_string_append (html->out, "</tr></thead><tbody>\n");
  for (guint row = 0; row < table->rows->len; row++)
    {
      const GArray *cells = g_ptr_array_index (table->rows, row);

      g_string_append (html->out, table->total && row + 1 == table->rows->len ? "<tr class=\"total\">" : "<tr>");
      for (guint i = 0; i < cells->len && i < table->columns->len; i++)
        add_cell (html, &g_array_index (cells, DdCell, i), &g_array_index (table->columns, DdColumn, i));
      g_string_append (html->out, "</tr>\n");
    }
  g_string_append (html->out, "</tbody></table></div>\n");
}

static void
add_title (Html          *html,
           const DdBlock *title)
{
  g_string_append (html->out, "<header><div>");
  g_string_append (html->out, "<h1 dir=\"auto\">");
  add_text (html, title->text);
  g_string_append (html->out, "</h1>\n");
  add_element (html, "p", "dim", title->small);
  g_string_append (html->out, "</div><div class=\"verdict\"><div>");
  add_element (html, "strong", NULL, title->value);
  add_element (html, "p", "small", title->basis);
  g_string_append (html->out, "</div>");
  add_bars (html, title->tier, 50, 42);
  g_string_append (html->out, "</div></header>\n");
}

static void
add_chapter (Html          *html,
             const DdBlock *chapter)
{
  g_string_append (html->out, "<h2 class=\"chapter\"><span>");
  add_text (html, chapter->text);
  g_string_append (html->out, "</span><span>");
  add_text (html, chapter->value);
  if (chapter->tier != DD_TIER_NONE)
    {
      g_string_append (html->out, " <span class=\"figure\">");
      add_bars (html, chapter->tier, 19, 13);
      add_text (html, dd_tier_title (chapter->tier));
      g_string_append (html->out, "</span>");
    }
  g_string_append (html->out, "</span></h2>\n");
}

static void
add_list (Html          *html,
          const DdBlock *list)
{
  g_string_append (html->out, "<ul>\n");
  for (guint i = 0; i < list->items->len; i++)
    {
      const DdItem *item = g_ptr_array_index (list->items, i);

      g_string_append (html->out, "<li><b>");
      add_text (html, item->text);
      g_string_append (html->out, "</b>");
      if (item->rest != NULL)
        {
          g_string_append (html->out, "<span class=\"dim\">: ");
          add_text (html, item->rest);
          g_string_append (html->out, "</span>");
        }
      g_string_append (html->out, "</li>\n");
    }
  g_string_append (html->out, "</ul>\n");
}

static void
add_note (Html          *html,
          const DdBlock *note)
{
  g_auto (GStrv) lines = g_strsplit (note->text, "\n", -1);

  g_string_append (html->out, "<blockquote>");
  for (int i = 0; lines[i] != NULL; i++)
    {
      /* Each paragraph has the direction of its own words. */
      g_string_append (html->out, "<p dir=\"auto\">");
      add_text (html, lines[i]);
      g_string_append (html->out, "</p>\n");
    }
  g_string_append (html->out, "</blockquote>\n");
}

static void add_blocks (Html *html, const GPtrArray *blocks);

static void
add_pair (Html          *html,
          const DdBlock *pair)
{
  html->half = TRUE;
  g_string_append (html->out, "<div class=\"pair\"><div>");
  add_blocks (html, pair->left);
  g_string_append (html->out, "</div><div>");
  add_blocks (html, pair->right);
  g_string_append (html->out, "</div></div>\n");
  html->half = FALSE;
}

static void
add_block (Html          *html,
           const DdBlock *block)
{
  switch (block->kind)
    {
    case DD_BLOCK_TITLE:
      add_title (html, block);
      break;
    case DD_BLOCK_NOTE:
      add_note (html, block);
      break;
    case DD_BLOCK_HEADING:
      add_element (html, block->within ? "h3" : "h2", NULL, block->text);
      break;
    case DD_BLOCK_CHAPTER:
      add_chapter (html, block);
      break;
    case DD_BLOCK_WORDS:
      add_element (html, "p", NULL, block->text);
      break;
    case DD_BLOCK_SMALL:
      add_element (html, "p", "small", block->text);
      break;
    case DD_BLOCK_TABLE:
      add_table (html, block);
      break;
    case DD_BLOCK_CHART:
      add_chart (html, block->chart, block->text, html->half ? HALF_WIDTH : CHART_WIDTH);
      break;
    case DD_BLOCK_LIST:
      add_list (html, block);
      break;
    case DD_BLOCK_PAIR:
      add_pair (html, block);
      break;
    default:
      break;
    }
}

static void
add_blocks (Html            *html,
            const GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    add_block (html, g_ptr_array_index (blocks, i));
}

/* The language of the words, as HTML names it: "de-AT" of "de_AT.UTF-8". */
static char *
language_of (void)
{
  const char *name = g_get_language_names ()[0];
  g_autofree char *language = g_strndup (name, strcspn (name, ".@"));

  g_strdelimit (language, "_", '-');
  return *language == '\0' || g_strcmp0 (language, "C") == 0 ? g_strdup ("en") : g_steal_pointer (&language);
}

char *
dd_report_to_html (const DdReport *report)
{
  g_autoptr (DdDocument) document = dd_document_new (report, 0);
  g_autofree char *language = language_of ();
  Html html = { .out = g_string_new (NULL) };

  g_string_append_printf (html.out, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" content=\"DoraDash %s\">\n<title>",
                          language, dd_words_from_right () ? "rtl" : "ltr", DD_VERSION);
  add_text (&html, document->title);
  g_string_append_printf (html.out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", style);
  add_blocks (&html, document->blocks);
  add_element (&html, "footer", NULL, document->foot);
  g_string_append (html.out, "</main>\n</body>\n</html>\n");
  return g_string_free (html.out, FALSE);
}
