/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "dd-record.h"

G_BEGIN_DECLS

/* What Woodpecker's replies say, as records, whichever version they come from. @object may be NULL. */

DdRepository *dd_woodpecker_repository_record (JsonObject *object);

/* NULL for pipelines of pull requests, and for what lacks a number or the time it was created.
 * @server: the server's URL, for links. */
DdDeployment *dd_woodpecker_pipeline_record (JsonObject *object,
                                             gint64      repository_id,
                                             const char *repository,
                                             const char *server);

/* When the pipeline was created, DD_TIME_NONE where it does not say. */
gint64        dd_woodpecker_pipeline_created (JsonObject *object);

/* The number in a pipeline's key; 0 where it is no key of @repository_id. */
gint64        dd_woodpecker_key_number (const char *key,
                                        gint64      repository_id);

G_END_DECLS
