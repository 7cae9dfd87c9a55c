/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-source.h"

G_BEGIN_DECLS

/**
 * DdWoodpecker:
 *
 * A Woodpecker CI server, 1.x to 3.x: the pipelines of its active repositories, except those of pull
 * requests.
 */
#define DD_TYPE_WOODPECKER (dd_woodpecker_get_type ())
G_DECLARE_FINAL_TYPE (DdWoodpecker, dd_woodpecker, DD, WOODPECKER, GObject)

DdSource *dd_woodpecker_new (const DdSourceSetup *setup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
