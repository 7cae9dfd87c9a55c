/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-report.h"

G_BEGIN_DECLS

/* Workspaces of all sorts, each with what stands behind its numbers: the same for the same index. */
#define N_WORLDS 20

const char *world_name (guint world);
DdReport   *world_report (guint world);

G_END_DECLS
