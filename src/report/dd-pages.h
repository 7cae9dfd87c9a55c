/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "dd-report.h"

G_BEGIN_DECLS

/**
 * DdPages:
 *
 * A report set on pages of one size, for PDF, for print and for a preview, which all draw the same. It keeps @report,
 * which must outlive it and not change.
 */
typedef struct _DdPages DdPages;

/**
 * dd_pages_new:
 * @width: of the paper, in points
 * @height: of the paper, in points
 *
 * A report of one page gets shorter until it fits.
 */
DdPages *dd_pages_new (const DdReport *report, double width, double height) G_GNUC_WARN_UNUSED_RESULT;
void     dd_pages_free (DdPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdPages, dd_pages_free)

guint    dd_pages_count (const DdPages *pages);

/* Draws one of them, from 0, in points from the paper's upper left corner; the paper itself is left as it is. On a PDF it
 * is tagged for screen readers. */
void     dd_pages_draw (DdPages *pages, guint page, cairo_t *cr);

G_END_DECLS
