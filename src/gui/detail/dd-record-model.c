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

/* Longer lists are put in order, and freed, beside the main loop. */
#define MOST_AT_ONCE 2000

/* Rows of a list, found and in order. What it is made of does not change, so that another thread may read it. */
typedef struct
{
  GPtrArray    *rows;  /* of DdRecordRow; NULL for no list */
  GTimeZone    *zone;
  GArray       *shown; /* of guint32: indexes into @rows */
  char         *words; /* folded; "" for all */
  DdRecordOrder order;
  gboolean      descending;
} Arrangement;

struct _DdRecordModel
{
  GObject parent;

  Arrangement  *current; /* what is seen */
  Arrangement   wanted;  /* what was asked for; its rows are shown once they are in order */
  GCancellable *arranging;
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
  return DD_RECORD_MODEL (model)->current->shown->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  const Arrangement *current = DD_RECORD_MODEL (model)->current;
  DdRecordItem *item;

  if (position >= current->shown->len)
    return NULL;
  item = g_object_new (DD_TYPE_RECORD_ITEM, NULL);
  item->rows = g_ptr_array_ref (current->rows);
  item->row = g_ptr_array_index (current->rows, g_array_index (current->shown, guint32, position));
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
is_found (const Arrangement *self,
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
  const Arrangement *self = user_data;
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

static Arrangement *
arrangement_copy (const Arrangement *from)
{
  Arrangement *self = g_new0 (Arrangement, 1);

  *self = (Arrangement) {
    .rows = from->rows != NULL ? g_ptr_array_ref (from->rows) : NULL,
    .zone = from->zone != NULL ? g_time_zone_ref (from->zone) : NULL,
    .shown = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .words = g_strdup (from->words),
    .order = from->order,
    .descending = from->descending,
  };
  return self;
}

static void
arrangement_free (gpointer data)
{
  Arrangement *self = data;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_array_unref (self->shown);
  g_free (self->words);
  g_free (self);
}

static gboolean
is_long (const Arrangement *self)
{
  return self->rows != NULL && self->rows->len > MOST_AT_ONCE;
}

static void
free_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  arrangement_free (data);
}

static void
let_go (Arrangement *self)
{
  g_autoptr (GTask) task = NULL;

  if (!is_long (self))
    {
      arrangement_free (self);
      return;
    }
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, free_in_thread);
}

static void
arrange (Arrangement *self)
{
  gboolean sorted = TRUE;

  for (guint32 i = 0; self->rows != NULL && i < self->rows->len; i++)
    if (is_found (self, g_ptr_array_index (self->rows, i)))
      g_array_append_val (self->shown, i);
  for (guint i = 1; i < self->shown->len && sorted; i++)
    sorted = compare_cb (&g_array_index (self->shown, guint32, i - 1), &g_array_index (self->shown, guint32, i), self) <= 0;
  if (!sorted)
    g_array_sort_with_data (self->shown, compare_cb, self);
}

static void
show (DdRecordModel *self,
      Arrangement   *arranged)
{
  Arrangement *before = self->current;
  guint n_before = before->shown->len;

  self->current = arranged;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, arranged->shown->len);
  let_go (before);
}

static void
arrange_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  arrange (data);
  g_task_return_pointer (task, data, arrangement_free);
}

static void
arranged_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Arrangement *arranged = g_task_propagate_pointer (G_TASK (result), NULL);

  /* NULL where something else was asked for meanwhile. */
  if (arranged != NULL)
    show (DD_RECORD_MODEL (source), arranged);
}

static void
show_again (DdRecordModel *self)
{
  Arrangement *next = arrangement_copy (&self->wanted);
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->arranging);
  g_clear_object (&self->arranging);
  if (!is_long (next))
    {
      arrange (next);
      show (self, next);
      return;
    }
  self->arranging = g_cancellable_new ();
  task = g_task_new (self, self->arranging, arranged_cb, NULL);
  g_task_set_task_data (task, next, NULL);
  g_task_run_in_thread (task, arrange_in_thread);
}

static void
dd_record_model_dispose (GObject *object)
{
  DdRecordModel *self = DD_RECORD_MODEL (object);

  g_cancellable_cancel (self->arranging);
  g_clear_object (&self->arranging);
  G_OBJECT_CLASS (dd_record_model_parent_class)->dispose (object);
}

static void
dd_record_model_finalize (GObject *object)
{
  DdRecordModel *self = DD_RECORD_MODEL (object);

  g_clear_pointer (&self->wanted.rows, g_ptr_array_unref);
  g_clear_pointer (&self->wanted.zone, g_time_zone_unref);
  g_free (self->wanted.words);
  let_go (self->current);
  G_OBJECT_CLASS (dd_record_model_parent_class)->finalize (object);
}

static void
dd_record_model_class_init (DdRecordModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_record_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_record_model_finalize;
}

static void
dd_record_model_init (DdRecordModel *self)
{
  self->wanted.words = g_strdup ("");
  self->wanted.descending = TRUE;
  self->current = arrangement_copy (&self->wanted);
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
  g_clear_pointer (&self->wanted.rows, g_ptr_array_unref);
  g_clear_pointer (&self->wanted.zone, g_time_zone_unref);
  if (list != NULL)
    {
      self->wanted.rows = g_ptr_array_ref (list->rows);
      self->wanted.zone = g_time_zone_ref (list->zone);
      dd_record_list_free (list);
    }
  show_again (self);
}

void
dd_record_model_search (DdRecordModel *self,
                        const char    *words)
{
  g_free (self->wanted.words);
  self->wanted.words = g_utf8_casefold (words, -1);
  show_again (self);
}

void
dd_record_model_sort (DdRecordModel *self,
                      DdRecordOrder  order,
                      gboolean       descending)
{
  self->wanted.order = order;
  self->wanted.descending = descending;
  show_again (self);
}

GPtrArray *
dd_record_model_rows (DdRecordModel *self)
{
  const Arrangement *current = self->current;
  GPtrArray *rows;

  if (current->rows == NULL)
    return NULL;
  rows = g_ptr_array_sized_new (current->shown->len);
  for (guint i = 0; i < current->shown->len; i++)
    g_ptr_array_add (rows, g_ptr_array_index (current->rows, g_array_index (current->shown, guint32, i)));
  return rows;
}

GTimeZone *
dd_record_model_get_zone (DdRecordModel *self)
{
  return self->current->zone;
}
