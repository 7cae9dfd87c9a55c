/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-chart-spec.h"
#include "dd-report.h"

G_BEGIN_DECLS

/*
 * A report as it is set on pages and in a browser: headings, tables, charts and lists in order, all words made already.
 * Pages and HTML are both written from it, so that they cannot say different things.
 */

typedef enum
{
  DD_LOOK_PLAIN,
  DD_LOOK_BOLD,
  DD_LOOK_FIGURE, /* what the row is about: larger and bold */
  DD_LOOK_DIM,
  DD_LOOK_GOOD,
  DD_LOOK_BAD,
} DdCellLook;

/* A cell of a table. */
typedef struct
{
  char        *text;
  char        *mark;  /* said after it in the colour of a caution: "small sample"; NULL for none */
  DdCellLook   look;
  DdTier       bars;  /* its four bars before the text; DD_TIER_NONE for none */
  DdTier       chip;  /* the text stands on the tier's colour; DD_TIER_NONE for none */
  DdChartSpec *chart; /* instead of the text, which then says what it shows; NULL for none */
} DdCell;

typedef struct
{
  char    *heading;
  gboolean number; /* set at the end of its cell */
  gboolean wide;   /* takes the room that others leave, and breaks its lines where there is too little */
  double   least;  /* least width in pixels; 0 for none */
  DdTier   bars;   /* before its heading */
} DdColumn;

typedef enum
{
  DD_BLOCK_TITLE,
  DD_BLOCK_NOTE,
  DD_BLOCK_HEADING,
  DD_BLOCK_CHAPTER, /* a heading of a page of its own, with what it is about at its end */
  DD_BLOCK_WORDS,
  DD_BLOCK_SMALL,   /* words of less weight */
  DD_BLOCK_TABLE,
  DD_BLOCK_CHART,
  DD_BLOCK_LIST,
  DD_BLOCK_PAIR,    /* two lists of blocks side by side */
} DdBlockKind;

typedef struct _DdBlock DdBlock;
struct _DdBlock
{
  DdBlockKind  kind;
  char        *text;    /* of headings and words; what a chart or a table shows, for those who do not see it */
  char        *small;   /* title: the line below it */
  char        *value;   /* title: the verdict; chapter: the figure; note: who says so */
  char        *basis;   /* title: how much of it was rated */
  DdTier       tier;    /* title, chapter */
  gboolean     within;  /* heading: it is part of the chapter before it */
  GArray      *columns; /* of DdColumn */
  GPtrArray   *rows;    /* of GArray of DdCell */
  gboolean     total;   /* the last row is the sum of the others */
  GPtrArray   *items;   /* of DdItem */
  DdChartSpec *chart;
  GPtrArray   *left;    /* of DdBlock */
  GPtrArray   *right;
};

/* One of a list: what is said, and what it rests on. */
typedef struct
{
  char *text;
  char *rest; /* NULL for none */
} DdItem;

typedef struct
{
  char      *title;
  char      *subject;
  char      *author;  /* the workspace */
  char      *foot;    /* at the foot of each page */
  gint64     made;
  GTimeZone *zone;
  gboolean   one_page;
  GPtrArray *blocks;  /* of DdBlock */
} DdDocument;

/* How much of what can be cut a one-page report leaves: 0 is all of it. */
#define DD_DOCUMENT_TIGHTEST 6

/* @tightness: from 0 to DD_DOCUMENT_TIGHTEST; of the short form only. */
DdDocument *dd_document_new (const DdReport *report, int tightness) G_GNUC_WARN_UNUSED_RESULT;
void        dd_document_free (DdDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdDocument, dd_document_free)

/* Building: blocks are added to the end of @blocks. Strings that are "taken" may be NULL. */
GPtrArray *dd_blocks_new (void) G_GNUC_WARN_UNUSED_RESULT;
DdBlock   *dd_blocks_add (GPtrArray *blocks, DdBlockKind kind, const char *text);
/* @text: what the table is, for those who do not see it. */
DdBlock   *dd_blocks_add_table (GPtrArray *blocks, const char *text);
/* Takes @chart. */
DdBlock   *dd_blocks_add_chart (GPtrArray *blocks, DdChartSpec *chart);
void       dd_block_add_item (DdBlock *list, const char *text, const char *rest);
DdColumn  *dd_table_add_column (DdBlock *table, const char *heading);
DdColumn  *dd_table_add_numbers (DdBlock *table, const char *heading);
void       dd_table_add_row (DdBlock *table);
/* The cell that is added to the last row; takes @text. It is valid until the next one is added. */
DdCell    *dd_table_add_cell (DdBlock *table, char *text, DdCellLook look);

G_END_DECLS
