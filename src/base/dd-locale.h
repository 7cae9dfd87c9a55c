/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The user's language, its translations below @folder. Before anything else is said. */
void dd_locale_init (const char *folder);

G_END_DECLS
