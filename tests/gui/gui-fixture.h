/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"

G_BEGIN_DECLS

/* A database with a small workspace "Shop" of files: two repositories with deployments and changes of the last weeks, one incident. */
typedef struct
{
  char      *folder;
  char      *database;
  DdEngine  *engine;
  DdSession *session;
} GuiFixture;

void gui_fixture_set_up (GuiFixture *fixture, gconstpointer data);
void gui_fixture_tear_down (GuiFixture *fixture, gconstpointer data);

/* Runs the main loop until @condition holds; fails after a while. */
void gui_wait_until (gboolean (*condition) (gpointer), gpointer data);

/* Starts the session and waits for its report. */
void gui_fixture_start (GuiFixture *fixture);

/* The first label below @widget that says @text; NULL for none. */
GtkWidget *gui_find_label (GtkWidget *widget, const char *text);

/* More records of "Shop": CSV with its header. */
void  gui_fixture_import (GuiFixture *fixture, const char *kind, const char *text);

/* (transfer full): an hour of a day that lies so many before today, as files want it. */
char *gui_time_ago (int days, int hours);

G_END_DECLS
