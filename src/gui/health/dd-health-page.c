/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-health-page.h"

struct _DdHealthPage
{
  DdPage parent;
};

G_DEFINE_FINAL_TYPE (DdHealthPage, dd_health_page, DD_TYPE_PAGE)

static void
dd_health_page_class_init (DdHealthPageClass *klass)
{
}

static void
dd_health_page_init (DdHealthPage *self)
{
}

GtkWidget *
dd_health_page_new (void)
{
  return g_object_new (DD_TYPE_HEALTH_PAGE, NULL);
}
