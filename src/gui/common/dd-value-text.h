/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A figure as it is worded ("17 h 42 min") as Pango markup: the numbers as they are, what stands between them small and dim. Words
 * without a number stay as they are. */
char *dd_value_markup (const char *words) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
