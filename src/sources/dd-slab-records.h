/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "dd-record.h"

G_BEGIN_DECLS

/* TRUE where a title says that it is a postmortem (metrics.md). */
gboolean    dd_slab_title_is_postmortem (const char *title);

/* A full post as a record; NULL for a draft, or where it has no id. @host: the organization's, NULL where not known. */
DdIncident *dd_slab_read_post (JsonObject *post, const char *host) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
