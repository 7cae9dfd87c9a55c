/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-test-server.h"
#include "gui-fixture.h"

G_BEGIN_DECLS

#define TROUBLE_NO_ISSUES "{\"data\":{\"issues\":{\"nodes\":[],\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":null}}}}"

/* The whole window over the small workspace "Shop", and a server that answers as the test says. */
typedef struct
{
  GuiFixture    gui;
  DdTestServer *server;
  GtkWidget    *window; /* NULL until it is opened */
} Trouble;

void trouble_set_up (Trouble *t, gconstpointer data);
void trouble_tear_down (Trouble *t, gconstpointer data);

/* Opens the window, and does not wait for anything. */
void trouble_open (Trouble *t, DdEngine *engine);

/* "Shop", whose files are there already, gets a service at @url; the window opens and shows it. */
void trouble_connect (Trouble *t, const char *type, const char *url);

/* As by its button; waits for the end. */
void trouble_sync (Trouble *t);
void trouble_wait_for_sync (Trouble *t);

/* For gui_wait_until(): whether the window has a report and waits for no other. */
gboolean trouble_is_shown (gpointer window);

/* The sentence; NULL where there is none. @action: (out): of its button, NULL for none. */
const char *trouble_read_banner (GtkWidget *window, const char **action);

/* One window only: nothing has opened by itself. What the files brought is there as before. */
void trouble_assert_calm (Trouble *t);

G_END_DECLS
