/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-units.h"

G_BEGIN_DECLS

/* $XDG_CONFIG_HOME/systemd/user */
char      *dd_units_folder (void) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type utf8): names of @owner's timers that are there, in alphabetical order. */
GPtrArray *dd_units_list (const DdUnitOwner *owner) G_GNUC_WARN_UNUSED_RESULT;

/* Writes both files, where they are not as they should be already. */
gboolean   dd_units_write (const DdUnit *unit, GError **error);
gboolean   dd_units_remove (const char *name, GError **error);

G_END_DECLS
