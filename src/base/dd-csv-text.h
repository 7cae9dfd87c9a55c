/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 4180, with lines that end as lines do here. Cells are valid UTF-8; a text that a spreadsheet would take for a
 * formula gets an apostrophe in front. NULL is an empty cell. */
void dd_csv_text (GString *row, const char *text);

/* A number that goes back to the same double, with a point in every locale; NAN is an empty cell. */
void dd_csv_number (GString *row, double number);

void dd_csv_end (GString *row);

G_END_DECLS
