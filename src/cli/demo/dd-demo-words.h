/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the example organization calls things; @chance picks. */
const char *dd_demo_author (guint chance);
char       *dd_demo_title (const char *repository, gboolean bot, guint chance) G_GNUC_WARN_UNUSED_RESULT;
char       *dd_demo_incident_title (const char *repository, guint chance) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
