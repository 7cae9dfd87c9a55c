/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-document.h"

G_BEGIN_DECLS

/* A document as it is kept with the report, so that it can be shown again as it was whatever has changed since. The same document
 * gives the same bytes. */
GBytes     *dd_document_keep (const DdDocument *document) G_GNUC_WARN_UNUSED_RESULT;

/* What was kept; NULL and DD_ERROR_STORE for anything else, from wherever it comes. */
DdDocument *dd_document_open (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
