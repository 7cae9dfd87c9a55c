/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-chart-draw.h"
#include "dd-document.h"
#include "dd-pages.h"

G_BEGIN_DECLS

/* Pages are set in pixels of 1/96 inch, as charts are. */
#define DD_PIXELS_PER_POINT (96.0 / 72.0)
#define DD_PAGE_MARGIN 56.0
#define DD_CELL_PADDING 6.0
#define DD_VERDICT_ROOM 275.0 /* beside the title */
#define DD_BARS_WIDTH 19.0
#define DD_BARS_GAP 5.0
#define DD_LIST_INDENT 15.0
#define DD_LIST_GAP 7.0
#define DD_NOTE_INDENT 17.0
#define DD_KEY_HEIGHT 24.0 /* of a chart's legend */

typedef enum
{
  DD_SET_TITLE,
  DD_SET_HEADING,
  DD_SET_BODY,
  DD_SET_BOLD,
  DD_SET_FIGURE,
  DD_SET_SMALL,
  DD_SET_HEAD, /* of a table's column */
  DD_N_SETS,
} DdSet;

/* A block, or those of its rows, items or lines that are on one page. */
typedef struct
{
  const DdBlock *block;
  guint          from, to; /* rows, items or lines: from <= i < to */
  double         x, y, width, height;
} DdPiece;

/* What was measured of a table. */
typedef struct
{
  double *widths;
  double *heights; /* of its rows */
  double  head;
  double  padding; /* above and below a cell's text */
} DdTableSize;

struct _DdPages
{
  DdDocument   *document;
  double        paper_width, paper_height; /* in points */
  double        width, height; /* in pixels */
  double        line;          /* of body text */
  PangoContext *context;
  PangoContext *charts; /* drawing a chart changes its context */
  PangoLayout  *texts[DD_N_SETS];
  GHashTable   *tables; /* DdBlock to DdTableSize */
  GPtrArray    *pages;  /* of GArray of DdPiece */
};

/* The style's layout with @text in @width pixels (0: one line without end), of at most @lines lines (0: all). At the end
 * of the width where @end. It is valid until the style's next text. */
PangoLayout *dd_pages_text (DdPages *pages, DdSet set, const char *text, double width, int lines, gboolean end);
void         dd_pages_text_size (PangoLayout *layout, double *width, double *height);
/* An item of a list, with what it rests on in less weight. */
PangoLayout *dd_pages_item (DdPages *pages, const DdItem *item, double width);
/* A cell's text with its mark. */
PangoLayout *dd_pages_cell (DdPages *pages, const DdCell *cell, gboolean number, double width);
PangoLayout *dd_pages_prose (DdPages *pages, const DdBlock *block, double width);

DdTableSize *dd_pages_table_size (DdPages *pages, const DdBlock *table, double width);
void         dd_table_size_free (DdTableSize *size);

/* How a chart is drawn on paper, and how high it is with its legend. */
DdChartLook  dd_pages_look (DdPages *pages);
double       dd_pages_chart_height (DdPages *pages, const DdChartSpec *chart, double width);
gboolean     dd_pages_has_keys (const DdChartSpec *chart);

/* Fills @pages with pieces. */
void         dd_pages_flow (DdPages *pages);
void         dd_pages_draw_table (DdPages *pages, const DdPiece *piece, cairo_t *cr);
void         dd_pages_draw_bars (cairo_t *cr, DdTier tier, double x, double y, double width, double height);
void         dd_pages_show (cairo_t *cr, PangoLayout *layout, double x, double y, const DdColour *colour);

extern const DdColour dd_page_ink, dd_page_dim, dd_page_rule, dd_page_faint, dd_page_accent, dd_page_good, dd_page_bad, dd_page_caution;

G_END_DECLS
