/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-link.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* Tells which records are incidents and attributes them to deployments, whose facts must be up to date. One transaction. */
gboolean dd_incident_job_run (DdDb *db, gint64 workspace, const DdSettings *settings, const DdLinkRules *rules, GError **error);

G_END_DECLS
