/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DdBanner:
 *
 * An ongoing state above a page: one sentence and at most one button. libadwaita has one from 1.3 on.
 */
#define DD_TYPE_BANNER (dd_banner_get_type ())
G_DECLARE_FINAL_TYPE (DdBanner, dd_banner, DD, BANNER, GtkWidget)

/* @title NULL hides it. @button and @action (a detailed name) may be NULL. @trouble: it warns, else it informs. */
void dd_banner_show (DdBanner *self, const char *title, const char *button, const char *action, gboolean trouble);

G_END_DECLS
