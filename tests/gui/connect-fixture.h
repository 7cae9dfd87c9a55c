/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-demo-server.h"
#include "dd-session.h"
#include "dd-syncer.h"

G_BEGIN_DECLS

/* An empty database, the example organization's services on loopback, and the window that connects them. */
typedef struct
{
  char         *folder;
  char         *database;
  DdEngine     *engine;
  DdSession    *session;
  DdSyncer     *syncer;
  DdDemoServer *server;
  GtkWidget    *window; /* NULL once it has closed itself */
} ConnectFixture;

void       connect_fixture_set_up (ConnectFixture *fixture, gconstpointer data);
void       connect_fixture_tear_down (ConnectFixture *fixture, gconstpointer data);

/* The first row (an AdwPreferencesRow) or button of that title below @widget; NULL for none. */
GtkWidget *connect_find_row (GtkWidget *widget, const char *title);
GtkWidget *connect_find_button (GtkWidget *widget, const char *label);

/* Types into the row of that title; presses the button of that label, which must be usable. */
void       connect_type (GtkWidget *widget, const char *row, const char *text);
void       connect_press (GtkWidget *widget, const char *button);
void       connect_press_tooltip (GtkWidget *widget, const char *tooltip);

/* Waits for a label of that text that is on screen. */
void       connect_wait_for (GtkWidget *widget, const char *text);

/* Gives GitHub of the example organization: @token NULL for the right one. */
void       connect_give_github (ConnectFixture *fixture, const char *token);

/* The settings of a workspace as they are in the store. */
DdSettings *connect_read_settings (DdEngine *engine, const char *workspace) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
