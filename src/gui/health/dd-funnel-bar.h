/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DdFunnelBar:
 *
 * How much of a whole is left at a step, and (hatched) how much went at it.
 */
#define DD_TYPE_FUNNEL_BAR (dd_funnel_bar_get_type ())
G_DECLARE_FINAL_TYPE (DdFunnelBar, dd_funnel_bar, DD, FUNNEL_BAR, GtkWidget)

/* @left and @gone are parts of @whole. @end: the last step, drawn strongly. */
GtkWidget *dd_funnel_bar_new (guint left, guint gone, guint whole, gboolean end);

G_END_DECLS
