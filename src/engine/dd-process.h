/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the process that wrote down its number at @since is still there, and not another that was given the same. */
gboolean dd_process_is_alive (int process, gint64 since);

G_END_DECLS
