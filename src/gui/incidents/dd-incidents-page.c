/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incidents-page.h"

struct _DdIncidentsPage
{
  DdPage parent;
};

G_DEFINE_FINAL_TYPE (DdIncidentsPage, dd_incidents_page, DD_TYPE_PAGE)

static void
dd_incidents_page_class_init (DdIncidentsPageClass *klass)
{
}

static void
dd_incidents_page_init (DdIncidentsPage *self)
{
}

GtkWidget *
dd_incidents_page_new (void)
{
  return g_object_new (DD_TYPE_INCIDENTS_PAGE, NULL);
}
