/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-send-store.h"
#include "store-test.h"

#define WEEK "Northwind · week 46, 9–15 Nov 2026"

static void
expect_last (StoreTest  *t,
             const char *what,
             DdSendPart  part,
             int         outcome)
{
  g_autoptr (GError) error = NULL;
  g_autofree DdSendRecord *last = dd_send_store_last (t->db, t->workspace, what, part, &error);

  g_assert_no_error (error);
  if (outcome < 0)
    {
      g_assert_null (last);
      return;
    }
  g_assert_nonnull (last);
  g_assert_cmpint (last->outcome, ==, outcome);
}

/* What is only begun is in doubt, also for whoever opens the file after a crash. */
static void
test_outcomes (void)
{
  StoreTest t;
  g_autoptr (GError) error = NULL;
  gint64 first, second;

  store_test_init (&t);
  expect_last (&t, WEEK, DD_SEND_MESSAGE, -1);
  first = dd_send_store_begin (t.db, t.workspace, WEEK, DD_SEND_MESSAGE, NULL, STORE_TEST_NOW, &error);
  g_assert_cmpint (first, >, 0);
  store_test_reopen (&t);
  expect_last (&t, WEEK, DD_SEND_MESSAGE, DD_SEND_UNKNOWN);
  expect_last (&t, WEEK, DD_SEND_FILE, -1);
  expect_last (&t, "another", DD_SEND_MESSAGE, -1);
  second = dd_send_store_begin (t.db, t.workspace, WEEK, DD_SEND_MESSAGE, NULL, STORE_TEST_NOW, &error);
  g_assert_true (dd_send_store_end (t.db, second, DD_SEND_SENT, NULL, &error));
  expect_last (&t, WEEK, DD_SEND_MESSAGE, DD_SEND_SENT);
  g_assert_true (dd_send_store_end (t.db, second, DD_SEND_REFUSED, "It said no.", &error));
  expect_last (&t, WEEK, DD_SEND_MESSAGE, DD_SEND_REFUSED);
  store_test_assert (t.db, "SELECT outcome, message FROM send", "0|- 2|It said no.");
  g_assert_true (dd_send_store_confirm (t.db, t.workspace, "another", &error));
  store_test_assert (t.db, "SELECT outcome FROM send", "0 2");
  g_assert_true (dd_send_store_confirm (t.db, t.workspace, WEEK, &error));
  store_test_assert (t.db, "SELECT outcome FROM send", "1 2");
  store_test_clear (&t);
}

static void
test_channel (void)
{
  StoreTest t;
  g_autofree char *channel = NULL;

  store_test_init (&t);
  g_assert_null (dd_send_store_channel (t.db, t.workspace));
  g_assert_cmpint (dd_send_store_begin (t.db, t.workspace, WEEK, DD_SEND_FILE, "C1", STORE_TEST_NOW, NULL), >, 0);
  g_assert_cmpint (dd_send_store_begin (t.db, t.workspace, WEEK, DD_SEND_FILE, "C2", STORE_TEST_NOW, NULL), >, 0);
  g_assert_cmpint (dd_send_store_begin (t.db, t.workspace, WEEK, DD_SEND_MESSAGE, NULL, STORE_TEST_NOW, NULL), >, 0);
  channel = dd_send_store_channel (t.db, t.workspace);
  g_assert_cmpstr (channel, ==, "C2");
  store_test_clear (&t);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/send-store/outcomes", test_outcomes);
  g_test_add_func ("/send-store/channel", test_channel);
  return g_test_run ();
}
