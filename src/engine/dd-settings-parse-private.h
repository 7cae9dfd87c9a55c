/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-settings-reader.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* Reads the member "metrics" of a workspace file into @metrics, which holds the defaults. */
void dd_settings_parse_metrics (DdSettingsReader *reader, JsonObject *root, DdMetricSettings *metrics);

G_END_DECLS
