/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "dd-record.h"

G_BEGIN_DECLS

/* An incident of incident.io as a record; NULL where it has no id. Accounts name their own timestamps: @started and @resolved hold
 * what the names of those contain that tell when an incident began and ended; case does not matter. */
DdIncident *dd_incidentio_read_incident (JsonObject *incident, char **started, char **resolved) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
