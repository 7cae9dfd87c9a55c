/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-record-model.h"

#define MANY 1000000

static DdRecordRow *
make_row (const char *id,
          const char *repository,
          const char *title,
          gint64      time,
          gint64      value)
{
  DdRecordRow *row = g_new0 (DdRecordRow, 1);

  row->kind = "change";
  row->id = g_strdup (id);
  row->repository = g_strdup (repository);
  row->title = g_strdup (title);
  row->time = time;
  row->value = value;
  row->counted = TRUE;
  return row;
}

static DdRecordModel *
make_model (GPtrArray *rows)
{
  DdRecordModel *model = dd_record_model_new ();
  DdRecordList *list = g_new0 (DdRecordList, 1);

  list->rows = rows;
  list->zone = g_time_zone_new_utc ();
  dd_record_model_take (model, list);
  return model;
}

static GPtrArray *
make_rows (void)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);

  g_ptr_array_add (rows, make_row ("1", "shop", "Über wallets", 30, 7));
  g_ptr_array_add (rows, make_row ("2", "api", "apples", 10, DD_TIME_NONE));
  g_ptr_array_add (rows, make_row ("3", "api", "pears", 20, 9));
  return rows;
}

static void
assert_order (DdRecordModel *model,
              const char    *expected)
{
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (DdRecordItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_string_append (order, dd_record_item_get_row (item)->id);
    }
  g_assert_cmpstr (order->str, ==, expected);
}

static void
test_order (void)
{
  static const struct
  {
    DdRecordOrder order;
    gboolean      descending;
    const char   *expected;
  } cases[] = {
    { DD_RECORD_BY_TIME, TRUE, "132" },
    { DD_RECORD_BY_TIME, FALSE, "231" },
    { DD_RECORD_BY_REPOSITORY, FALSE, "231" },
    { DD_RECORD_BY_VALUE, TRUE, "312" },
    { DD_RECORD_BY_VALUE, FALSE, "132" },
  };
  g_autoptr (DdRecordModel) model = make_model (make_rows ());

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      dd_record_model_sort (model, cases[i].order, cases[i].descending);
      assert_order (model, cases[i].expected);
    }
}

static void
test_search (void)
{
  g_autoptr (DdRecordModel) model = make_model (make_rows ());
  g_autoptr (GPtrArray) rows = NULL;

  dd_record_model_search (model, "über");
  assert_order (model, "1");
  rows = dd_record_model_rows (model);
  g_assert_cmpuint (rows->len, ==, 1);
  dd_record_model_search (model, "API");
  assert_order (model, "32");
  dd_record_model_search (model, "nothing of it");
  assert_order (model, "");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 0));
  dd_record_model_search (model, "");
  assert_order (model, "132");
}

/* An item keeps its list alive, also when the model shows another one. */
static void
test_item_outlives (void)
{
  g_autoptr (DdRecordModel) model = make_model (make_rows ());
  g_autoptr (DdRecordItem) item = g_list_model_get_item (G_LIST_MODEL (model), 0);

  dd_record_model_take (model, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  g_assert_cmpstr (dd_record_item_get_row (item)->title, ==, "Über wallets");
}

static void
wait_for_rows (DdRecordModel *model,
               guint          n)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (model)) != n)
    g_main_context_iteration (NULL, TRUE);
}

static int n_freed;

static void
count_freed (gpointer row)
{
  g_atomic_int_inc (&n_freed);
}

/* A million rows are numbers, not objects: an item is only made of what is looked at. */
static void
test_many (void)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (count_freed);
  DdRecordRow *row = make_row ("1", "shop", "one of many", 0, 1);
  DdRecordModel *model;

  for (guint i = 0; i < MANY; i++)
    g_ptr_array_add (rows, row);
  model = make_model (rows);
  wait_for_rows (model, MANY);
  for (guint i = 0; i < MANY; i += MANY / 10)
    {
      g_autoptr (DdRecordItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_assert_true (dd_record_item_get_row (item) == row);
    }
  /* Asked for twice, it is the last that is shown. */
  dd_record_model_search (model, "nothing of it");
  dd_record_model_search (model, "MANY");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, MANY);
  dd_record_model_search (model, "nothing of it");
  wait_for_rows (model, 0);
  dd_record_model_take (model, NULL);
  g_object_unref (model);
  while (g_atomic_int_get (&n_freed) < MANY)
    g_main_context_iteration (NULL, FALSE);
  dd_record_row_free (row);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-model/order", test_order);
  g_test_add_func ("/record-model/search", test_search);
  g_test_add_func ("/record-model/item-outlives", test_item_outlives);
  g_test_add_func ("/record-model/many", test_many);
  return g_test_run ();
}
