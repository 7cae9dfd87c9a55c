/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-overview-page.h"

struct _DdOverviewPage
{
  DdPage parent;
};

G_DEFINE_FINAL_TYPE (DdOverviewPage, dd_overview_page, DD_TYPE_PAGE)

static void
dd_overview_page_class_init (DdOverviewPageClass *klass)
{
}

static void
dd_overview_page_init (DdOverviewPage *self)
{
}

GtkWidget *
dd_overview_page_new (void)
{
  return g_object_new (DD_TYPE_OVERVIEW_PAGE, NULL);
}
