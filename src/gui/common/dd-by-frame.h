/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A part of @widget that is made, or filled, after what is above it was seen. */
typedef void (*DdFramePart) (GtkWidget *widget);

/**
 * dd_by_frame_add:
 *
 * Calls @part when the next frame of the window that @widget is in has been drawn: one part a frame, in the order in which they
 * were added, so that what matters is there at once and no frame waits for all. A part that is still waiting is not added again. It is
 * forgotten when @widget goes, and where it is in no window; while the window is not on screen, it waits.
 */
void dd_by_frame_add (GtkWidget *widget, DdFramePart part);

G_END_DECLS
