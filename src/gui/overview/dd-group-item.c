/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-group-item.h"

struct _DdGroupItem
{
  GObject parent;

  char       *name;
  gboolean    team;
  DdAggregate aggregate;
  DdMetrics   metrics;
};

G_DEFINE_FINAL_TYPE (DdGroupItem, dd_group_item, G_TYPE_OBJECT)

static void
dd_group_item_finalize (GObject *object)
{
  g_free (DD_GROUP_ITEM (object)->name);
  G_OBJECT_CLASS (dd_group_item_parent_class)->finalize (object);
}

static void
dd_group_item_class_init (DdGroupItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_group_item_finalize;
}

static void
dd_group_item_init (DdGroupItem *self)
{
}

DdGroupItem *
dd_group_item_new (const DdGroup *group,
                   gboolean       team,
                   DdAggregate    aggregate)
{
  DdGroupItem *self = g_object_new (DD_TYPE_GROUP_ITEM, NULL);

  self->name = g_strdup (group->name);
  self->team = team;
  self->aggregate = aggregate;
  self->metrics = group->now;
  return self;
}

const char *
dd_group_item_get_name (DdGroupItem *self)
{
  return self->name;
}

gboolean
dd_group_item_is_team (DdGroupItem *self)
{
  return self->team;
}

const DdMetrics *
dd_group_item_get_metrics (DdGroupItem *self)
{
  return &self->metrics;
}

double
dd_group_item_get_value (DdGroupItem *self,
                         DdMetric     metric)
{
  return dd_metrics_value (&self->metrics, metric, self->aggregate);
}
