/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"
#include "dd-syncer.h"

G_BEGIN_DECLS

#define DD_TYPE_CONNECT_WINDOW (dd_connect_window_get_type ())
G_DECLARE_FINAL_TYPE (DdConnectWindow, dd_connect_window, DD, CONNECT_WINDOW, AdwWindow)

GtkWidget *dd_connect_window_new (GtkWindow *parent, DdSession *session, DdSyncer *syncer);

G_END_DECLS
