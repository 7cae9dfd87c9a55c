/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "dd-error.h"
#include "dd-send.h"
#include "dd-test-server.h"
#include "dd-token-store.h"
#include "dd-tokens.h"
#include "dd-workspaces.h"

#define PATH "/services/T000/B000/s3cret"
#define PAYLOAD(header, text) \
  "{ \"text\": \"" text "\", \"blocks\": [ { \"type\": \"header\", \"text\": { \"type\": \"plain_text\", \"text\": \"" header "\" } } ] }"

typedef struct
{
  char         *folder;
  DdEngine     *engine;
  DdTestServer *server;
  GAsyncResult *result;
  gboolean      done;
} Fixture;

static void
ready_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_set_object (&fixture->result, result);
  fixture->done = TRUE;
}

static GAsyncResult *
wait_for (Fixture *fixture)
{
  dd_test_wait (&fixture->done);
  fixture->done = FALSE;
  return fixture->result;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *database = NULL;
  g_autofree char *webhook = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("doradash-XXXXXX", &error);
  g_assert_no_error (error);
  database = g_build_filename (fixture->folder, "doradash.db", NULL);
  fixture->engine = dd_engine_new (database);
  fixture->server = dd_test_server_new ();
  webhook = g_strconcat (fixture->server->url, PATH, NULL);
  dd_token_store_keep_for_session ("Northwind", "slack", webhook);
  dd_workspaces_import_async (fixture->engine, "{ \"name\": \"Northwind\", \"sources\": [ { \"type\": \"files\" } ] }", "a.json", FALSE, NULL,
                              ready_cb, fixture);
  name = dd_workspaces_import_finish (fixture->engine, wait_for (fixture), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  dd_token_store_keep_for_session ("Northwind", "slack", NULL);
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->engine);
  dd_test_server_free (fixture->server);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* What a send comes to: -1 for done, else the error's code. */
static int
post (Fixture    *fixture,
      const char *payload,
      gboolean    again)
{
  DdSend send = { .payload = payload, .again = again };
  g_autoptr (GError) error = NULL;
  gboolean posted;

  dd_send_async (fixture->engine, &send, NULL, ready_cb, fixture);
  if (dd_send_finish (fixture->engine, wait_for (fixture), &posted, &error))
    {
      g_assert_true (posted);
      return -1;
    }
  g_assert_false (posted);
  g_assert_false (dd_send_failed_at_file (fixture->result));
  g_assert_cmpint (error->domain, ==, DD_ERROR);
  return error->code;
}

/* A report is its header: whatever else a later payload of it says, it is held back while one is in doubt; another is not. */
static void
test_held (Fixture      *fixture,
           gconstpointer data)
{
  static const DdTestReply replies[] = { { .kind = DD_TEST_RESET }, { .body = "ok" } };
  g_autoptr (GError) error = NULL;

  dd_test_server_add (fixture->server, PATH, replies, 2);
  g_assert_cmpint (post (fixture, PAYLOAD ("Week 46", "one"), FALSE), ==, DD_ERROR_UNCONFIRMED);
  g_assert_cmpint (post (fixture, PAYLOAD ("Week 46", "two"), FALSE), ==, DD_ERROR_UNCONFIRMED);
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
  g_assert_cmpint (post (fixture, PAYLOAD ("Week 47", "one"), FALSE), ==, -1);
  g_assert_cmpuint (fixture->server->requests->len, ==, 2);
  g_assert_cmpint (post (fixture, PAYLOAD ("Week 46", "two"), TRUE), ==, -1);
  g_assert_cmpint (post (fixture, PAYLOAD ("Week 46", "three"), FALSE), ==, -1);
  g_assert_cmpuint (fixture->server->requests->len, ==, 4);
}

/* What others send by is the same. */
static void
test_tokens (Fixture      *fixture,
             gconstpointer data)
{
  static const DdTestReply lost = { .kind = DD_TEST_RESET };
  g_autoptr (GError) error = NULL;

  dd_test_server_add (fixture->server, PATH, &lost, 1);
  for (int i = 0; i < 2; i++)
    {
      dd_send_async (fixture->engine, &(DdSend) { .payload = "{ \"text\": \"a tier fell\" }" }, NULL, ready_cb, fixture);
      g_assert_false (dd_send_finish (fixture->engine, wait_for (fixture), NULL, &error));
      g_assert_error (error, DD_ERROR, DD_ERROR_UNCONFIRMED);
      g_clear_error (&error);
    }
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
}

/* What is known before, and after somebody has looked. */
static void
test_state (Fixture      *fixture,
            gconstpointer data)
{
  static const DdTestReply replies[] = { { .status = 500 }, { .body = "ok" } };
  static const int outcomes[] = { -1, DD_SEND_UNKNOWN, DD_SEND_SENT };
  g_autoptr (GError) error = NULL;

  dd_test_server_add (fixture->server, PATH, replies, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autoptr (DdSendState) state = NULL;

      dd_send_state_async (fixture->engine, NULL, PAYLOAD ("Week 46", ""), NULL, ready_cb, fixture);
      state = dd_send_state_finish (fixture->engine, wait_for (fixture), &error);
      g_assert_no_error (error);
      g_assert_true (state->has_webhook);
      g_assert_cmpint (state->last != NULL ? (int) state->last->outcome : -1, ==, outcomes[i]);
      if (i == 0)
        g_assert_cmpint (post (fixture, PAYLOAD ("Week 46", "one"), FALSE), ==, DD_ERROR_UNCONFIRMED);
      dd_send_confirm_async (fixture->engine, i == 0 ? "nobody" : NULL, PAYLOAD ("Week 46", ""), NULL, ready_cb, fixture);
      g_assert_cmpint (dd_send_confirm_finish (fixture->engine, wait_for (fixture), &error), ==, i > 0);
      g_clear_error (&error);
    }
  g_assert_cmpint (post (fixture, PAYLOAD ("Week 46", "two"), FALSE), ==, -1);
  g_assert_cmpuint (fixture->server->requests->len, ==, 2);
}

/* Given up before it went out: it may be sent later. */
static void
test_given_up (Fixture      *fixture,
               gconstpointer data)
{
  static const DdTestReply ok = { .body = "ok" };
  DdSend send = { .payload = PAYLOAD ("Week 46", "") };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  dd_test_server_add (fixture->server, PATH, &ok, 1);
  dd_send_async (fixture->engine, &send, cancellable, ready_cb, fixture);
  g_cancellable_cancel (cancellable);
  g_assert_false (dd_send_finish (fixture->engine, wait_for (fixture), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (post (fixture, send.payload, FALSE), ==, -1);
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_setenv ("SLACK_BOT_TOKEN", "xoxb-1", TRUE);
  g_test_add ("/send/held", Fixture, NULL, set_up, test_held, tear_down);
  g_test_add ("/send/tokens", Fixture, NULL, set_up, test_tokens, tear_down);
  g_test_add ("/send/state", Fixture, NULL, set_up, test_state, tear_down);
  g_test_add ("/send/given-up", Fixture, NULL, set_up, test_given_up, tear_down);
  return g_test_run ();
}
