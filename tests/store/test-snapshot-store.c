/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-error.h"
#include "dd-snapshot-store.h"
#include "dd-workspace-store.h"
#include "store-test.h"

static void
add (StoreTest  *t,
     gint64      workspace,
     gint64      made,
     const char *title,
     GBytes     *document)
{
  g_autoptr (GError) error = NULL;
  DdSnapshot snapshot = {
    .made = made,
    .period = (char *) "weekly",
    .start = STORE_TEST_HOUR (-24),
    .end = STORE_TEST_NOW,
    .title = (char *) title,
    .outcome = (char *) "saved",
    .report = (char *) "{}",
    .markdown = (char *) "# Report",
    .document = document,
  };

  g_assert_true (dd_snapshot_store_add (t->db, workspace, &snapshot, &error));
  g_assert_no_error (error);
}

/* The latest first; each opens whole, only in its own workspace, until it is removed. */
static void
test_keep (void)
{
  StoreTest test, *t = &test;
  gint64 workspace, other, source;
  const char odd[] = { 0, 1, '\'', 0, 7 };
  g_autoptr (GBytes) document = g_bytes_new (odd, sizeof odd);
  g_autoptr (GPtrArray) list = NULL, fewer = NULL;
  g_autoptr (DdSnapshot) whole = NULL, gone = NULL;
  g_autoptr (GError) error = NULL;
  const DdSnapshot *first;

  store_test_init (t);
  workspace = t->workspace;
  other = store_test_add_workspace (t, "Other", &source);
  add (t, workspace, STORE_TEST_HOUR (1), "Week 45", NULL);
  add (t, workspace, STORE_TEST_HOUR (3), "Week 46", document);
  add (t, other, STORE_TEST_HOUR (5), "Week 47", NULL);
  list = dd_snapshot_store_list (t->db, workspace, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  first = g_ptr_array_index (list, 0);
  g_assert_cmpstr (first->title, ==, "Week 46");
  g_assert_null (first->scope);
  g_assert_null (first->document);
  whole = dd_snapshot_store_load (t->db, workspace, first->id, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (whole->document, document));
  g_assert_cmpstr (whole->markdown, ==, "# Report");
  g_assert_null (whole->slack);
  g_assert_null (dd_snapshot_store_load (t->db, other, first->id, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fewer = dd_snapshot_store_list (t->db, workspace, 1, &error);
  g_assert_cmpuint (fewer->len, ==, 1);
  g_assert_true (dd_snapshot_store_remove (t->db, workspace, whole->id, &error));
  g_assert_true (dd_snapshot_store_remove (t->db, workspace, whole->id, &error));
  gone = dd_snapshot_store_load (t->db, workspace, whole->id, NULL);
  g_assert_null (gone);
  store_test_clear (t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/snapshot-store/keep", test_keep);
  return g_test_run ();
}
