/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-record-model.h"

#include <string.h>

#include "dd-time.h"

struct _DdRecordItem
{
  GObject parent;

  GPtrArray         *rows;
  const DdRecordRow *row;
};

G_DEFINE_FINAL_TYPE (DdRecordItem, dd_record_item, G_TYPE_OBJECT)

static void
dd_record_item_finalize (GObject *object)
{
  g_clear_pointer (&DD_RECORD_ITEM (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (dd_record_item_parent_class)->finalize (object);
}

static void
dd_record_item_class_init (DdRecordItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_record_item_finalize;
}

static void
dd_record_item_init (DdRecordItem *self)
{
}

const DdRecordRow *
dd_record_item_get_row (DdRecordItem *self)
{
  return self->row;
}

struct _DdRecordModel
{
  GObject parent;

  GPtrArray    *rows;  /* of DdRecordRow */
  GTimeZone    *zone;
  GArray       *shown; /* of guint32: indexes into @rows */
  char         *words; /* folded; "" for all */
  DdRecordOrder order;
  gboolean      descending;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DdRecordModel, dd_record_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return DD_TYPE_RECORD_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return DD_RECORD_MODEL (model)->shown->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  DdRecordModel *self = DD_RECORD_MODEL (model);
  DdRecordItem *item;

  if (position >= self->shown->len)
    return NULL;
  item = g_object_new (DD_TYPE_RECORD_ITEM, NULL);
  item->rows = g_ptr_array_ref (self->rows);
  item->row = g_ptr_array_index (self->rows, g_array_index (self->shown, guint32, position));
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
contains (const char *text,
          const char *words)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  folded = g_utf8_casefold (text, -1);
  return strstr (folded, words) != NULL;
}

static gboolean
is_found (DdRecordModel     *self,
          const DdRecordRow *row)
{
  return *self->words == '\0' || contains (row->title, self->words) || contains (row->repository, self->words) ||
         contains (row->id, self->words);
}

static int
compare_times (gint64 a,
               gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  DdRecordModel *self = user_data;
  const DdRecordRow *one = g_ptr_array_index (self->rows, *(const guint32 *) a);
  const DdRecordRow *other = g_ptr_array_index (self->rows, *(const guint32 *) b);
  int result = 0;

  switch (self->order)
    {
    case DD_RECORD_BY_TITLE:
      result = g_strcmp0 (one->title, other->title);
      break;
    case DD_RECORD_BY_REPOSITORY:
      result = g_strcmp0 (one->repository, other->repository);
      break;
    case DD_RECORD_BY_VALUE:
      if ((one->value == DD_TIME_NONE) != (other->value == DD_TIME_NONE))
        return one->value == DD_TIME_NONE ? 1 : -1;
      result = compare_times (one->value, other->value);
      break;
    case DD_RECORD_BY_RULE:
      result = (int) one->rule - (int) other->rule;
      break;
    case DD_RECORD_BY_TIME:
    default:
      break;
    }
  if (result == 0)
    result = compare_times (one->time, other->time);
  return self->descending ? -result : result;
}

static void
show_again (DdRecordModel *self)
{
  guint before = self->shown->len;

  g_array_set_size (self->shown, 0);
  for (guint32 i = 0; self->rows != NULL && i < self->rows->len; i++)
    if (is_found (self, g_ptr_array_index (self->rows, i)))
      g_array_append_val (self->shown, i);
  g_array_sort_with_data (self->shown, compare_cb, self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->shown->len);
}

static void
dd_record_model_finalize (GObject *object)
{
  DdRecordModel *self = DD_RECORD_MODEL (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_array_unref (self->shown);
  g_free (self->words);
  G_OBJECT_CLASS (dd_record_model_parent_class)->finalize (object);
}

static void
dd_record_model_class_init (DdRecordModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_record_model_finalize;
}

static void
dd_record_model_init (DdRecordModel *self)
{
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->words = g_strdup ("");
  self->descending = TRUE;
}

DdRecordModel *
dd_record_model_new (void)
{
  return g_object_new (DD_TYPE_RECORD_MODEL, NULL);
}

void
dd_record_model_take (DdRecordModel *self,
                      DdRecordList  *list)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  if (list != NULL)
    {
      self->rows = g_ptr_array_ref (list->rows);
      self->zone = g_time_zone_ref (list->zone);
      dd_record_list_free (list);
    }
  show_again (self);
}

void
dd_record_model_search (DdRecordModel *self,
                        const char    *words)
{
  g_free (self->words);
  self->words = g_utf8_casefold (words, -1);
  show_again (self);
}

void
dd_record_model_sort (DdRecordModel *self,
                      DdRecordOrder  order,
                      gboolean       descending)
{
  self->order = order;
  self->descending = descending;
  show_again (self);
}

GPtrArray *
dd_record_model_rows (DdRecordModel *self)
{
  GPtrArray *rows;

  if (self->rows == NULL)
    return NULL;
  rows = g_ptr_array_sized_new (self->shown->len);
  for (guint i = 0; i < self->shown->len; i++)
    g_ptr_array_add (rows, g_ptr_array_index (self->rows, g_array_index (self->shown, guint32, i)));
  return rows;
}

GTimeZone *
dd_record_model_get_zone (DdRecordModel *self)
{
  return self->zone;
}
