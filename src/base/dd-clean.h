/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text that strangers wrote, made fit for one line: valid UTF-8, without control and direction characters, white space
 * as single spaces; at most @longest characters (0: all), the last one then "…". @text may be NULL. */
char *dd_clean (const char *text, guint longest) G_GNUC_WARN_UNUSED_RESULT;

/* For terminals that show nothing else; what has no likeness becomes "?". */
char *dd_clean_ascii (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
