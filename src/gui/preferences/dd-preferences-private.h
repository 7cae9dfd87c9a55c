/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-settings-editor.h"

G_BEGIN_DECLS

/* The pages of the preferences; each shows what the editor has and commits what the user changes. */

#define DD_TYPE_SOURCES_PAGE (dd_sources_page_get_type ())
G_DECLARE_FINAL_TYPE (DdSourcesPage, dd_sources_page, DD, SOURCES_PAGE, AdwPreferencesPage)
GtkWidget *dd_sources_page_new (DdSettingsEditor *editor);

#define DD_TYPE_METRICS_PAGE (dd_metrics_page_get_type ())
G_DECLARE_FINAL_TYPE (DdMetricsPage, dd_metrics_page, DD, METRICS_PAGE, AdwPreferencesPage)
GtkWidget *dd_metrics_page_new (DdSettingsEditor *editor);

#define DD_TYPE_TEAMS_PAGE (dd_teams_page_get_type ())
G_DECLARE_FINAL_TYPE (DdTeamsPage, dd_teams_page, DD, TEAMS_PAGE, AdwPreferencesPage)
GtkWidget *dd_teams_page_new (DdSettingsEditor *editor);

#define DD_TYPE_SCHEDULES_PAGE (dd_schedules_page_get_type ())
G_DECLARE_FINAL_TYPE (DdSchedulesPage, dd_schedules_page, DD, SCHEDULES_PAGE, AdwPreferencesPage)
GtkWidget *dd_schedules_page_new (DdSettingsEditor *editor);

#define DD_TYPE_GENERAL_PAGE (dd_general_page_get_type ())
G_DECLARE_FINAL_TYPE (DdGeneralPage, dd_general_page, DD, GENERAL_PAGE, AdwPreferencesPage)
GtkWidget *dd_general_page_new (DdSettingsEditor *editor);

/* A short event at the foot of the preferences; with @undo, a button that takes the last commit back. @done (nullable): called when it
 * is gone, with whether it was taken back. */
typedef void (*DdPreferencesDone) (gboolean undone, gpointer data);
void       dd_preferences_toast (GtkWidget *page, DdSettingsEditor *editor, const char *title, gboolean undo, DdPreferencesDone done,
                                 gpointer data, GDestroyNotify destroy);

/* Rows with a control that calls @changed (nullable; swapped with @data) when it is used. */
GtkWidget *dd_preferences_switch_row (const char *title, const char *subtitle, GCallback changed, gpointer data, GtkSwitch **control);
GtkWidget *dd_preferences_spin_row (const char *title, const char *subtitle, double least, double most, double step, guint digits,
                                    GCallback changed, gpointer data, GtkSpinButton **control);
GtkWidget *dd_preferences_entry_row (const char *title, GCallback applied, gpointer data);

/* Words between commas. */
char     **dd_preferences_split (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
