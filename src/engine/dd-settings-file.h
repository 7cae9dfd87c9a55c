/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-settings.h"

G_BEGIN_DECLS

/* Reads a workspace file (cli.md). What is unknown, of the wrong kind or out of range is DD_ERROR_INVALID with @file_name, the line
 * and the key. */
DdSettings *dd_settings_file_parse (const char *json, const char *file_name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same as text, so that it reads back to the same settings. */
char       *dd_settings_file_write (const DdSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
