/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-connect-window.h"

struct _DdConnectWindow
{
  AdwWindow parent;
};

G_DEFINE_FINAL_TYPE (DdConnectWindow, dd_connect_window, ADW_TYPE_WINDOW)

static void
dd_connect_window_class_init (DdConnectWindowClass *klass)
{
}

static void
dd_connect_window_init (DdConnectWindow *self)
{
}

GtkWidget *
dd_connect_window_new (GtkWindow *parent, DdSession *session, DdSyncer *syncer)
{
  return g_object_new (DD_TYPE_CONNECT_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
}
