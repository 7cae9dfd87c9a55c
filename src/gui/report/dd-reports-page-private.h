/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-preview.h"
#include "dd-reports-page.h"

G_BEGIN_DECLS

struct _DdReportsPage
{
  DdPage parent;

  DdSharedReport *report;  /* of the session's period and filter; NULL before it is there */
  DdReportSource *source;  /* what is shown */
  GPtrArray      *earlier; /* of DdSnapshot, the latest first */
  gint64          compare; /* the one that waits for another to be compared with; 0 for none */
  guint           typing;  /* source that shows the note after a pause */

  GtkToggleButton *one_page;
  GtkToggleButton *full;
  GtkMenuButton   *sections_button;
  GtkListBox      *sections;
  GtkDropDown     *paper;
  GtkTextView     *note;
  GtkListBox      *list;
  GtkWidget       *no_reports;
  DdPreview       *preview;
  GtkWidget       *kept_bar;
  GtkLabel        *kept_title;
  AdwLeaflet      *columns;
  GtkWidget       *options;
  GtkWidget       *paper_side;
};

/* dd-reports-page.c */
void dd_reports_page_show_new (DdReportsPage *self);
void dd_reports_page_show_kept (DdReportsPage *self, DdSnapshot *snapshot);
void dd_reports_page_update_list (DdReportsPage *self);

/* dd-reports-page-actions.c: what is done with the report that is shown, and with those before. */
void dd_reports_page_install_actions (GtkWidgetClass *widget_class);
void dd_reports_page_update_actions (DdReportsPage *self);

G_END_DECLS
