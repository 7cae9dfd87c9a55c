/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DdFilesRow:
 *
 * Files of records, one for each kind, where the user chooses them. What is done with them is the owner's business. Signal `chosen`
 * (kind): another file of that kind ("deployments", "changes", "incidents").
 */
#define DD_TYPE_FILES_ROW (dd_files_row_get_type ())
G_DECLARE_FINAL_TYPE (DdFilesRow, dd_files_row, DD, FILES_ROW, AdwExpanderRow)

GtkWidget  *dd_files_row_new (void);

/* NULL-terminated, in the order in which they are to be read. */
const char * const *dd_files_row_kinds (void);

/* NULL where none was chosen. */
const char *dd_files_row_get_path (DdFilesRow *self, const char *kind);
void        dd_files_row_set_path (DdFilesRow *self, const char *kind, const char *path);

/* What became of the file, below its name. */
void        dd_files_row_say (DdFilesRow *self, const char *kind, const char *words, gboolean trouble);

G_END_DECLS
