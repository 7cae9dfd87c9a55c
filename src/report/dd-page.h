/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DD_STYLE_PLAIN,
  DD_STYLE_BOLD,
  DD_STYLE_DIM,
  DD_STYLE_GOOD,
  DD_STYLE_BAD,
} DdStyle;

/**
 * DdPage:
 *
 * Text for a terminal on its way. All that is written to it is cleaned first (dd-clean.h), so that no text of a
 * stranger moves the cursor, and no line gets longer than @columns, however wide its characters are.
 */
typedef struct
{
  GString *out;
  gboolean colour;
  gboolean utf8;    /* FALSE: ASCII only */
  int      columns; /* 0: lines have no end */
  int      used;    /* columns of this line that are taken */
} DdPage;

void  dd_page_init (DdPage *page, gboolean colour, gboolean utf8, int columns);
char *dd_page_finish (DdPage *page) G_GNUC_WARN_UNUSED_RESULT;

/* @text in a field of @width columns, the end cut; the field itself ends where the line does. */
void  dd_page_field (DdPage *page, const char *text, int width, DdStyle style);

/* Words from where the line stands, its next lines beginning at @indent. Ends the line. */
void  dd_page_words (DdPage *page, const char *text, int indent, DdStyle style);

void  dd_page_heading (DdPage *page, const char *text);
void  dd_page_item (DdPage *page, const char *text, DdStyle style);
void  dd_page_end_line (DdPage *page);

/* How many columns @text takes on a terminal. */
int   dd_page_width (const char *text);

/* As wide as @width, or as @text with a space after it, where that is wider. */
int   dd_page_widen (const DdPage *page, int width, const char *text);

G_END_DECLS
