/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-metric-page.h"

struct _DdMetricPage
{
  DdPage parent;
};

G_DEFINE_FINAL_TYPE (DdMetricPage, dd_metric_page, DD_TYPE_PAGE)

static void
dd_metric_page_class_init (DdMetricPageClass *klass)
{
}

static void
dd_metric_page_init (DdMetricPage *self)
{
}

GtkWidget *
dd_metric_page_new (DdMetric metric)
{
  return g_object_new (DD_TYPE_METRIC_PAGE, NULL);
}
