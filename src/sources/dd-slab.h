/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-source.h"

G_BEGIN_DECLS

DdSource *dd_slab_new (const DdSourceSetup *setup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
