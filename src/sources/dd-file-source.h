/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-batch.h"

G_BEGIN_DECLS

/* Files of records (cli.md): CSV with a header line, or JSON lines with the same names. */

typedef enum
{
  DD_FILE_DEPLOYMENTS,
  DD_FILE_CHANGES,
  DD_FILE_INCIDENTS,
} DdFileKind;

/* "deployments", "changes", "incidents"; FALSE for other words. */
gboolean dd_file_kind_parse (const char *word, DdFileKind *kind);

/* All or nothing: DD_ERROR_INVALID names the file, the line and the column of the first mistake. */
DdBatch *dd_file_source_parse (const char *text, gsize length, const char *file_name, DdFileKind kind, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @batch: (transfer full). FALSE with an error stops. */
typedef gboolean (*DdFileBatchFunc) (DdBatch *batch, gpointer user_data, GError **error);

/* For files too large to be held as records at once: the whole file is checked first, then handed out in batches of
 * @rows_per_batch, so that a mistake in its last line leaves nothing behind. */
gboolean dd_file_source_parse_each (const char *text, gsize length, const char *file_name, DdFileKind kind, guint rows_per_batch,
                                    DdFileBatchFunc func, gpointer user_data, GError **error);

G_END_DECLS
