/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "dd-record.h"

G_BEGIN_DECLS

/* An issue of Linear as a record; NULL where it has no id. Whether it is an incident is for its labels and the settings to say. */
DdIncident *dd_linear_read_issue (JsonObject *issue) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
