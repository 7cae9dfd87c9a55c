/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is listed within a sentence, joined as the language does it: "a, b, c". */
void  dd_join_item (GString *list, const char *item);
char *dd_join_items (const char * const *items) G_GNUC_WARN_UNUSED_RESULT;

/* Clauses that follow one another: "a; b". */
void  dd_join_clause (GString *text, const char *clause);

G_END_DECLS
