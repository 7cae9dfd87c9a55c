/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "dd-record.h"

G_BEGIN_DECLS

/* TRUE where a title says that it is a postmortem (metrics.md). */
gboolean    dd_slab_title_is_postmortem (const char *title);

/* A full post as a record; NULL for a draft, or where it has no id. @host: the organization's, NULL where not known.
 *
 * The key that it names is looked for in its title, in its `Incident` line, in its text, and in what it links to. `Started at`,
 * `Resolved at` and `Severity` are read as people write them: with or without a colon, marks of emphasis or of a list; a time
 * that names no zone is UTC. What cannot be read is not known. */
DdIncident *dd_slab_read_post (JsonObject *post, const char *host) G_GNUC_WARN_UNUSED_RESULT;

/* The record of a post that is a postmortem no more: it was deleted, withdrawn, renamed or moved to another topic. */
DdIncident *dd_slab_withdraw_post (const char *id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
