/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

#include "dd-error.h"
#include "dd-source-registry.h"
#include "dd-test-server.h"
#include "dd-token-store.h"

/*
 * Run three times, as the first argument says: over a keyring kept in a file, over a real daemon (see tests/lib/with-keyring),
 * and with no keyring at all.
 */

typedef struct
{
  gboolean done;
  gboolean ok;
  char    *token;
  GError  *error;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_free (answer->token);
  g_clear_error (&answer->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Answer *answer = user_data;

  answer->token = dd_token_store_lookup_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Answer *answer = user_data;

  answer->ok = dd_token_store_save_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Answer *answer = user_data;

  answer->ok = dd_token_store_clear_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
save (const char *workspace,
      const char *type,
      const char *token)
{
  g_auto (Answer) answer = { 0 };

  dd_token_store_save_async (workspace, type, token, NULL, saved_cb, &answer);
  dd_test_wait (&answer.done);
  g_assert_no_error (answer.error);
  g_assert_true (answer.ok);
}

static void
clear (const char *workspace,
       const char *type)
{
  g_auto (Answer) answer = { 0 };

  dd_token_store_clear_async (workspace, type, NULL, cleared_cb, &answer);
  dd_test_wait (&answer.done);
  g_assert_no_error (answer.error);
  g_assert_true (answer.ok);
}

static void
assert_token (const char *workspace,
              const char *type,
              const char *token)
{
  g_auto (Answer) answer = { 0 };

  dd_token_store_lookup_async (workspace, type, NULL, looked_up_cb, &answer);
  dd_test_wait (&answer.done);
  g_assert_no_error (answer.error);
  g_assert_cmpstr (answer.token, ==, token);
}

static void
test_keep (void)
{
  assert_token ("Northwind", "github", NULL);
  save ("Northwind", "github", "ghp_one");
  save ("Northwind", "slack", "https://hooks.slack.com/services/T/B/x");
  save ("Contoso", "github", "ghp_other");
  assert_token ("Northwind", "github", "ghp_one");
  assert_token ("Northwind", "slack", "https://hooks.slack.com/services/T/B/x");
  assert_token ("Contoso", "github", "ghp_other");
  assert_token ("Northwind", "linear", NULL);

  save ("Northwind", "github", "ghp_two");
  assert_token ("Northwind", "github", "ghp_two");
  clear ("Northwind", "github");
  assert_token ("Northwind", "github", NULL);
  assert_token ("Contoso", "github", "ghp_other");
  clear ("Northwind", "github");

  /* All of a workspace's at once, and of no other. */
  save ("Northwind", "linear", "lin_one");
  dd_token_store_keep_for_session ("Northwind", "slab", "slab_one");
  clear ("Northwind", NULL);
  assert_token ("Northwind", "slack", NULL);
  assert_token ("Northwind", "linear", NULL);
  assert_token ("Northwind", "slab", NULL);
  assert_token ("Contoso", "github", "ghp_other");
  clear ("Contoso", NULL);
}

/* A function of its own for lib/lsan.supp: libsecret loses an entity tag each time that it writes the file. */
static G_NO_INLINE void
test_keep_in_file (void)
{
  test_keep ();
  g_assert_true (g_file_test (g_getenv ("SECRET_FILE_TEST_PATH"), G_FILE_TEST_IS_REGULAR));
}

/* The environment takes the keyring's place; an empty variable is none. */
static void
test_environment (void)
{
  static const char * const types[] = { "github", "linear", "slab", "woodpecker", "incidentio", "slack" };
  static const char * const variables[] = { "GITHUB_TOKEN", "LINEAR_API_KEY", "SLAB_API_TOKEN", "WOODPECKER_TOKEN",
                                            "INCIDENT_IO_API_KEY", "SLACK_WEBHOOK_URL" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_assert_cmpstr (dd_token_store_variable (types[i]), ==, variables[i]);
      g_setenv (variables[i], "from-environment", TRUE);
      assert_token ("Northwind", types[i], "from-environment");
      g_unsetenv (variables[i]);
    }
  assert_token ("Northwind", "files", NULL);
  assert_token ("Northwind", "events", NULL);
  g_assert_null (dd_token_store_variable ("unheard-of"));
}

static void
test_empty_variable (void)
{
  save ("Northwind", "slab", "kept");
  g_setenv ("SLAB_API_TOKEN", "", TRUE);
  assert_token ("Northwind", "slab", "kept");
  g_unsetenv ("SLAB_API_TOKEN");
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Answer) answer = { 0 };

  dd_token_store_lookup_async ("Northwind", "github", cancellable, looked_up_cb, &answer);
  g_cancellable_cancel (cancellable);
  dd_test_wait (&answer.done);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_keyring_error (Answer     *answer,
                      const char *part)
{
  dd_test_wait (&answer->done);
  g_assert_error (answer->error, DD_ERROR, DD_ERROR_KEYRING);
  g_assert_nonnull (strstr (answer->error->message, part));
  g_assert_null (strstr (answer->error->message, "ghp_"));
}

static void
ask_all (const char *part)
{
  g_auto (Answer) found = { 0 }, saved = { 0 }, cleared = { 0 };

  dd_token_store_lookup_async ("Northwind", "woodpecker", NULL, looked_up_cb, &found);
  assert_keyring_error (&found, part);
  dd_token_store_save_async ("Northwind", "woodpecker", "ghp_new", NULL, saved_cb, &saved);
  assert_keyring_error (&saved, part);
  dd_token_store_clear_async ("Northwind", "woodpecker", NULL, cleared_cb, &cleared);
  assert_keyring_error (&cleared, part);
}

static void
test_locked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = NULL;
  GList *collections;

  save ("Northwind", "woodpecker", "ghp_kept");
  service = secret_service_get_sync (SECRET_SERVICE_LOAD_COLLECTIONS, NULL, &error);
  g_assert_no_error (error);
  collections = secret_service_get_collections (service);
  secret_service_lock_sync (service, collections, NULL, NULL, &error);
  g_assert_no_error (error);
  g_list_free_full (collections, g_object_unref);
  ask_all ("is locked");
}

static void
test_absent (void)
{
  ask_all ("no keyring");
}

/* Over all tests, while the test's own folders are made anew for each. */
static char *
use_file (void)
{
  char *folder = g_dir_make_tmp ("dd-keyring-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password", TRUE);
  return folder;
}

/* With what libsecret puts beside it, which is another in each version. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  /* A newer GLib takes it away with the folders of its tests. */
  if (dir == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  const char *kind;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  kind = argc > 1 ? argv[1] : "file";
  for (const DdSourceKind *one = dd_source_registry_list (); one->type != NULL; one++)
    if (one->token_variable != NULL)
      g_unsetenv (one->token_variable);
  g_unsetenv ("SLACK_WEBHOOK_URL");
  if (g_str_equal (kind, "none"))
    {
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
      g_test_add_func ("/token-store/environment", test_environment);
      g_test_add_func ("/token-store/absent", test_absent);
      return g_test_run ();
    }
  if (g_str_equal (kind, "file"))
    folder = use_file ();
  g_test_add_func ("/token-store/keep", folder != NULL ? test_keep_in_file : test_keep);
  g_test_add_func ("/token-store/environment", test_environment);
  g_test_add_func ("/token-store/cancelled", test_cancelled);
  if (folder == NULL)
    {
      g_test_add_func ("/token-store/empty-variable", test_empty_variable);
      g_test_add_func ("/token-store/locked", test_locked);
    }
  status = g_test_run ();
  if (folder != NULL)
    remove_folder (folder);
  return status;
}
