/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdLogImport:
 *
 * Reads event logs that the user chooses or drops: how far that is, and then what came of each file, with the numbers of the lines
 * that are broken. Nothing is seen of it before.
 */
#define DD_TYPE_LOG_IMPORT (dd_log_import_get_type ())
G_DECLARE_FINAL_TYPE (DdLogImport, dd_log_import, DD, LOG_IMPORT, AdwBin)

/* @session: whose workspace it reads into, and which is told when there is something new. */
void dd_log_import_set_session (DdLogImport *self, DdSession *session);

/* Files that are dropped on @target are read. */
void dd_log_import_accept_drops (DdLogImport *self, GtkWidget *target);

/* Asks which files. */
void dd_log_import_choose (DdLogImport *self);

/* Reads them, unless others are being read. (element-type GFile) */
void dd_log_import_read (DdLogImport *self, GSList *files);

G_END_DECLS
