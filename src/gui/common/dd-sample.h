/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-session.h"
#include "dd-syncer.h"

G_BEGIN_DECLS

/* Makes the workspace of sample data (an earlier one is replaced), moves the session to it and syncs it, all through the real
 * pipeline from services on a loopback port that end with the program. */
void dd_sample_start (DdSession *session, DdSyncer *syncer);

G_END_DECLS
