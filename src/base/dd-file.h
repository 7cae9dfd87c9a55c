/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Replaces the file whole or not at all: a failure leaves what was there, and is one sentence (DD_ERROR_STORE). */
gboolean dd_file_write (const char *file, const char *data, gsize length, GError **error);

/* @text as a part of a file's name: letters and digits of any script in lower case, a dash for all between; never empty. */
char    *dd_file_slug (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
