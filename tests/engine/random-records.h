/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine-test.h"

G_BEGIN_DECLS

/* Records of four months before ENGINE_TEST_NOW that hold every case: several environments and results, waiting and left-out
 * changes, bots, reverts, wrong clocks, open incidents, incidents of no repository. The same seed makes the same. */
void random_records_import (EngineTest *test,
                            const char *workspace,
                            guint32     seed);

G_END_DECLS
