/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far a sync is: @done of @total of @what ("repositories") of @source ("github"); @records so far. */
typedef void (*DdSyncProgress) (const char *source, const char *what, guint done, guint total, guint records, gpointer user_data);

G_END_DECLS
