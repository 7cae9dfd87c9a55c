/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the desktop asks of the program from outside of its window. Each member may be NULL: left as it is. */
typedef struct
{
  const char *workspace;
  const char *page;
  const char *repository; /* narrows to one; at most one of both */
  const char *team;
  gboolean    sync;
} DdErrand;

/* Opens the window, if there is none, and does it as soon as that knows its workspaces. A workspace that is not there any more leaves
 * the window as it is. */
void dd_errand_run (GtkApplication *application, const DdErrand *errand);

/* Actions `sync-now`, `new-report` and `show` (s: a page's name), for the launcher's menu and notifications. */
void dd_errand_add_actions (GtkApplication *application);

G_END_DECLS
