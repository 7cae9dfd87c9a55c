/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-file-source.h"

#define DEPLOYMENTS "repository,finished,result\n"
#define DEPLOYMENT "shop,2026-03-01T09:00:00Z,success\n"
#define BOM "\xef\xbb\xbf"

static DdBatch *
parse (DdFileKind  kind,
       const char *text)
{
  g_autoptr (GError) error = NULL;
  DdBatch *batch = dd_file_source_parse (text, strlen (text), "file.csv", kind, &error);

  g_assert_no_error (error);
  return batch;
}

static void
assert_time (gint64      time,
             const char *expected)
{
  g_autofree char *text = dd_time_format (time, NULL);

  g_assert_cmpstr (text, ==, expected);
}

/* ---- what is read ---- */

static void
assert_deployment (const DdDeployment *deployment)
{
  g_assert_cmpint (deployment->kind, ==, DD_KIND_FILE);
  g_assert_cmpstr (deployment->key, ==, "d-1");
  g_assert_cmpstr (deployment->repository, ==, "shop");
  g_assert_cmpstr (deployment->environment, ==, "production");
  g_assert_cmpstr (deployment->commit, ==, "abc");
  g_assert_cmpstr (deployment->ref, ==, "main");
  g_assert_cmpstr (deployment->url, ==, "https://ci.example.com/1");
  g_assert_cmpint (deployment->result, ==, DD_RESULT_FAILURE);
  assert_time (deployment->created, "2026-03-01T08:00:00Z");
  assert_time (deployment->finished, "2026-03-01T08:10:00.500Z");
}

static void
test_deployments (void)
{
  static const char * const texts[] = {
    "id,repository,environment,commit,ref,created,finished,result,url\n"
    "d-1,shop,production,abc,main,2026-03-01T08:00:00Z,2026-03-01T09:10:00.5+01:00,failure,https://ci.example.com/1\n",
    BOM "x_note, url ,result,finished,created,ref,commit,environment,repository,id\r\n"
    "\"a, \"\"b\"\"\r\n\r\nc\",https://ci.example.com/1,FAILURE,2026-03-01T09:10:00.5+01:00,2026-03-01T08:00:00Z,main,abc,\"production\",shop,d-1",
    "\n {\"id\":\"d-1\",\"repository\":\"shop\",\"environment\":\"production\",\"commit\":\"abc\",\"ref\":\"main\","
    "\"created\":\"2026-03-01T08:00:00Z\",\"finished\":\"2026-03-01T09:10:00.5+01:00\",\"result\":\"failure\","
    "\"url\":\"https://ci.example.com/1\",\"x_note\":[1,{\"}\\\"{\":2}]}\r\n\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DdBatch) batch = parse (DD_FILE_DEPLOYMENTS, texts[i]);

      g_assert_cmpuint (dd_batch_count (batch), ==, 1);
      assert_deployment (g_ptr_array_index (batch->deployments, 0));
    }
}

static void
test_deployments_in_short (void)
{
  g_autoptr (DdBatch) batch = parse (DD_FILE_DEPLOYMENTS, DEPLOYMENTS DEPLOYMENT "\r\n\n" "api,,running\n");
  const DdDeployment *first = g_ptr_array_index (batch->deployments, 0), *second = g_ptr_array_index (batch->deployments, 1);

  g_assert_cmpuint (batch->deployments->len, ==, 2);
  g_assert_null (first->environment);
  g_assert_null (first->commit);
  g_assert_nonnull (first->key);
  g_assert_cmpint (first->created, ==, first->finished);
  g_assert_cmpint (first->committed, ==, DD_TIME_NONE);
  g_assert_cmpint (second->result, ==, DD_RESULT_RUNNING);
  g_assert_cmpint (second->finished, ==, DD_TIME_NONE);
  g_assert_cmpstr (second->key, !=, first->key);
}

static void
test_changes (void)
{
  static const char * const texts[] = {
    "id,repository,number,title,author,bot,first_commit,opened,first_review,merged,merge_commit,head,url\n"
    "c-1,shop,4000000000,\"=HYPERLINK(\"\"https://x\"\")\n| <b>\u202e数据\",mara,TRUE,2026-03-01T08:00:00Z,2026-03-01T09:00:00Z,,"
    "2026-03-02T10:00:00Z,abc,feature,https://x\n",
    "{\"id\":\"c-1\",\"repository\":\"shop\",\"number\":4000000000,\"title\":\"=HYPERLINK(\\\"https://x\\\")\\n| <b>\u202e数据\",\"author\":\"mara\","
    "\"bot\":true,\"first_commit\":\"2026-03-01T08:00:00Z\",\"opened\":\"2026-03-01T09:00:00Z\",\"first_review\":null,"
    "\"merged\":\"2026-03-02T10:00:00Z\",\"merge_commit\":\"abc\",\"head\":\"feature\",\"url\":\"https://x\"}\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DdBatch) batch = parse (DD_FILE_CHANGES, texts[i]);
      const DdChange *change = g_ptr_array_index (batch->changes, 0);

      g_assert_cmpstr (change->key, ==, "c-1");
      g_assert_cmpint (change->number, ==, G_GINT64_CONSTANT (4000000000));
      g_assert_cmpstr (change->title, ==, "=HYPERLINK(\"https://x\")\n| <b>\u202e数据");
      g_assert_cmpstr (change->author, ==, "mara");
      g_assert_true (change->author_is_bot);
      assert_time (change->first_commit, "2026-03-01T08:00:00Z");
      assert_time (change->opened, "2026-03-01T09:00:00Z");
      assert_time (change->first_review, NULL);
      assert_time (change->merged, "2026-03-02T10:00:00Z");
      g_assert_cmpstr (change->merge_commit, ==, "abc");
      g_assert_cmpstr (change->head, ==, "feature");
    }
}

static void
test_bots (void)
{
  static const struct
  {
    const char *author;
    const char *bot;
    gboolean    expected;
  } cases[] = {
    { "mara", "", FALSE }, { "mara", "true", TRUE }, { "mara", "1", TRUE }, { "mara", "False", FALSE }, { "mara", "0", FALSE },
    { "renovate[bot]", "", TRUE }, { "renovate[bot]", "false", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("repository,merged,author,bot\nshop,2026-03-02T10:00:00Z,%s,%s\n", cases[i].author, cases[i].bot);
      g_autoptr (DdBatch) batch = parse (DD_FILE_CHANGES, text);

      g_assert_cmpint (((DdChange *) g_ptr_array_index (batch->changes, 0))->author_is_bot, ==, cases[i].expected);
    }
}

static void
test_incidents (void)
{
  g_autoptr (DdBatch) batch = parse (DD_FILE_INCIDENTS,
                                     "id,title,repository,severity,started,resolved,deployment,url\n"
                                     "INC-1,Down,shop,sev1,2026-03-01T08:00:00Z,2026-03-01T09:00:00Z,d-1,https://x\n"
                                     ",,,,2026-03-01T08:00:00Z,,,\n");
  const DdIncident *first = g_ptr_array_index (batch->incidents, 0), *second = g_ptr_array_index (batch->incidents, 1);

  g_assert_cmpint (first->kind, ==, DD_INCIDENT_INCIDENT);
  g_assert_cmpstr (first->key, ==, "INC-1");
  g_assert_cmpstr (first->name, ==, "INC-1");
  g_assert_cmpstr (first->title, ==, "Down");
  g_assert_cmpstr (first->repository, ==, "shop");
  g_assert_cmpstr (first->severity, ==, "sev1");
  g_assert_cmpstr (first->deployment, ==, "d-1");
  assert_time (first->resolved, "2026-03-01T09:00:00Z");
  g_assert_null (second->title);
  assert_time (second->resolved, NULL);
  g_assert_cmpstr (second->name, ==, second->key);
}

/* ---- keys of rows that have no id ---- */

typedef struct
{
  const char *name;
  DdFileKind  kind;
  const char *header;
  const char *rows[2];
  gboolean    same;
} KeyCase;

static const KeyCase key_cases[] = {
  { "deployment that finished meanwhile", DD_FILE_DEPLOYMENTS, "repository,created,finished,result",
    { "shop,2026-03-01T08:00:00Z,,running", "shop,2026-03-01T08:00:00Z,2026-03-01T09:00:00Z,failure" }, TRUE },
  { "deployment with another result", DD_FILE_DEPLOYMENTS, "repository,finished,result",
    { "shop,2026-03-01T08:00:00Z,failure", "shop,2026-03-01T08:00:00Z,success" }, TRUE },
  { "deployment of another repository", DD_FILE_DEPLOYMENTS, "repository,finished,result",
    { "shop,2026-03-01T08:00:00Z,success", "api,2026-03-01T08:00:00Z,success" }, FALSE },
  { "deployment to elsewhere", DD_FILE_DEPLOYMENTS, "repository,finished,result,environment",
    { "shop,2026-03-01T08:00:00Z,success,prod", "shop,2026-03-01T08:00:00Z,success,staging" }, FALSE },
  { "cells that touch", DD_FILE_DEPLOYMENTS, "repository,environment,finished,result",
    { "shop,a,2026-03-01T08:00:00Z,success", "sho,pa,2026-03-01T08:00:00Z,success" }, FALSE },
  { "change with another title", DD_FILE_CHANGES, "repository,number,merged,title",
    { "shop,1,2026-03-01T08:00:00Z,a", "shop,1,2026-03-01T08:00:01Z,b" }, TRUE },
  { "change of another number", DD_FILE_CHANGES, "repository,number,merged", { "shop,1,2026-03-01T08:00:00Z", "shop,2,2026-03-01T08:00:00Z" }, FALSE },
  { "incident that was resolved", DD_FILE_INCIDENTS, "started,title,resolved",
    { "2026-03-01T08:00:00Z,a,", "2026-03-01T08:00:00Z,a,2026-03-01T09:00:00Z" }, TRUE },
  { "ids", DD_FILE_INCIDENTS, "id,started,title", { "1,2026-03-01T08:00:00Z,a", "1,2026-03-02T08:00:00Z,b" }, TRUE },
};

static const char *
first_key (const DdBatch *batch)
{
  if (batch->deployments->len > 0)
    return ((DdDeployment *) g_ptr_array_index (batch->deployments, 0))->key;
  if (batch->changes->len > 0)
    return ((DdChange *) g_ptr_array_index (batch->changes, 0))->key;
  return ((DdIncident *) g_ptr_array_index (batch->incidents, 0))->key;
}

static void
test_keys (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (key_cases); i++)
    {
      const KeyCase *c = &key_cases[i];
      g_autofree char *one = g_strjoin ("\n", c->header, c->rows[0], NULL);
      g_autofree char *two = g_strjoin ("\n", c->header, c->rows[1], NULL);
      g_autoptr (DdBatch) first = parse (c->kind, one);
      g_autoptr (DdBatch) second = parse (c->kind, two);

      g_test_message ("%s", c->name);
      g_assert_cmpint (g_str_equal (first_key (first), first_key (second)), ==, c->same);
    }
}

/* ---- mistakes ---- */

typedef struct
{
  const char *name;
  DdFileKind  kind;
  const char *text;
  const char *message; /* what it begins with */
} ErrorCase;

static const ErrorCase error_cases[] = {
  { "empty", DD_FILE_DEPLOYMENTS, "", "file.csv:1: the file is empty" },
  { "blank", DD_FILE_DEPLOYMENTS, "\r\n\n", "file.csv:2: the file is empty" },
  { "only a mark", DD_FILE_DEPLOYMENTS, BOM, "file.csv:1: the file is empty" },
  { "unknown column", DD_FILE_DEPLOYMENTS, "repository,finished,result,colour\n", "file.csv:1: colour: unknown column; those of your own" },
  { "mistyped column", DD_FILE_DEPLOYMENTS, "repositry,finished,result\n", "file.csv:1: repositry: unknown column; did you mean “repository”?" },
  { "column of another kind", DD_FILE_INCIDENTS, "started,merged\n", "file.csv:1: merged: unknown column" },
  { "column without a name", DD_FILE_INCIDENTS, "started,\n", "file.csv:1: : unknown column" },
  { "missing column", DD_FILE_DEPLOYMENTS, "repository,result\nshop,success\n", "file.csv:1: finished: this column is missing" },
  { "column twice", DD_FILE_INCIDENTS, "started,title,started\n", "file.csv:1: started: stands twice" },
  { "time", DD_FILE_DEPLOYMENTS, DEPLOYMENTS DEPLOYMENT "\n" "shop,yesterday,success\n",
    "file.csv:4: finished: “yesterday” is not an RFC 3339 time" },
  { "time without a zone", DD_FILE_INCIDENTS, "started\n2026-03-01T08:00:00\n", "file.csv:2: started: “2026-03-01T08:00:00” is not" },
  { "very long time", DD_FILE_INCIDENTS, "started\n2026-03-01T08:00:00.000000000000000000000000000000000000000000000000000Z\n",
    "file.csv:2: started: “2026-03-01T08:00:00.0000000000000000000000000000000000000000…” is not" },
  { "line breaks in quotes", DD_FILE_INCIDENTS, "started,title\n2026-03-01T08:00:00Z,\"a\n\nb\"\r\nnow,\"\nx\"\n",
    "file.csv:5: started: “now” is not" },
  { "line breaks in what is quoted", DD_FILE_INCIDENTS, "started\n\"a\nb\"\n", "file.csv:2: started: “a b” is not" },
  { "result", DD_FILE_DEPLOYMENTS, DEPLOYMENTS "shop,2026-03-01T09:00:00Z,ok\n", "file.csv:2: result: “ok” is none of success" },
  { "needed cell", DD_FILE_DEPLOYMENTS, DEPLOYMENTS ",2026-03-01T09:00:00Z,success\n", "file.csv:2: repository: is empty" },
  { "finish of what has finished", DD_FILE_DEPLOYMENTS, DEPLOYMENTS "shop,,success\n", "file.csv:2: finished: is empty" },
  { "merge", DD_FILE_CHANGES, "repository,merged\nshop,\n", "file.csv:2: merged: is empty" },
  { "number", DD_FILE_CHANGES, "repository,merged,number\nshop,2026-03-01T09:00:00Z,#12\n", "file.csv:2: number: “#12” is not a whole number" },
  { "large number", DD_FILE_CHANGES, "repository,merged,number\nshop,2026-03-01T09:00:00Z,99999999999999999999\n", "file.csv:2: number: " },
  { "bot", DD_FILE_CHANGES, "repository,merged,bot\nshop,2026-03-01T09:00:00Z,maybe\n", "file.csv:2: bot: “maybe” is neither" },
  { "short row", DD_FILE_DEPLOYMENTS, DEPLOYMENTS DEPLOYMENT "shop,2026-03-01T09:00:00Z", "file.csv:3: the row has 2 cells, and the header 3" },
  { "long row", DD_FILE_INCIDENTS, "started\n2026-03-01T09:00:00Z,\n", "file.csv:2: the row has 2 cells, and the header 1" },
  { "open quote", DD_FILE_INCIDENTS, "started,title\n2026-03-01T09:00:00Z,\"a\n\n\n", "file.csv:2: a quote is opened here" },
  { "quote at the end", DD_FILE_INCIDENTS, "started,title\n2026-03-01T09:00:00Z,\"", "file.csv:2: a quote is opened here" },
  { "after a quote", DD_FILE_INCIDENTS, "started,title\n2026-03-01T09:00:00Z,\"a\" b\n", "file.csv:2: something stands between" },
  { "no UTF-8", DD_FILE_INCIDENTS, "started,title\n2026-03-01T09:00:00Z,ok\n2026-03-01T09:00:00Z,St\xf6rung\n", "file.csv:3: the text is not UTF-8" },
  { "no JSON", DD_FILE_INCIDENTS, "{\"started\":\"2026-03-01T09:00:00Z\"}\n\n{\"started\":\n", "file.csv:3: the line is not a JSON object" },
  { "no object", DD_FILE_INCIDENTS, "{\"started\":\"2026-03-01T09:00:00Z\"}\n[]\n", "file.csv:2: the line is not a JSON object" },
  { "two objects on a line", DD_FILE_INCIDENTS, "{\"started\":\"2026-03-01T09:00:00Z\"}{}\n", "file.csv:1: the line is not a JSON object" },
  { "line that is not closed", DD_FILE_INCIDENTS, "{\"started\":\"2026-03-01T09:00:00Z\"\n", "file.csv:1: the line is not a JSON object" },
  { "a JSON array", DD_FILE_INCIDENTS, "[{\"started\":\"2026-03-01T09:00:00Z\"}]", "file.csv:1: is a JSON array" },
  { "unknown member", DD_FILE_INCIDENTS, "{\"start\":\"2026-03-01T09:00:00Z\"}\n", "file.csv:1: start: unknown column; did you mean “started”?" },
  { "missing member", DD_FILE_INCIDENTS, "{\"title\":\"a\"}\n", "file.csv:1: started: is empty" },
  { "null", DD_FILE_INCIDENTS, "{\"started\":null}\n", "file.csv:1: started: is empty" },
  { "list as a value", DD_FILE_INCIDENTS, "{\"started\":\"2026-03-01T09:00:00Z\",\"title\":[\"a\"]}\n", "file.csv:1: title: must be text" },
  { "half a number", DD_FILE_CHANGES, "{\"repository\":\"shop\",\"merged\":\"2026-03-01T09:00:00Z\",\"number\":1.5}\n", "file.csv:1: number: must be text" },
  { "number as a time", DD_FILE_INCIDENTS, "{\"started\":1772355600}\n", "file.csv:1: started: “1772355600” is not" },
};

static gboolean
never_cb (DdBatch *batch,
          gpointer user_data,
          GError **error)
{
  g_assert_not_reached ();
}

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (error_cases); i++)
    {
      const ErrorCase *c = &error_cases[i];
      g_autoptr (GError) error = NULL, same = NULL;
      /* As a mapped file is: without a NUL behind it. */
      g_autofree char *text = g_memdup2 (c->text, strlen (c->text));

      g_test_message ("%s", c->name);
      g_assert_null (dd_file_source_parse (text != NULL ? text : "", strlen (c->text), "file.csv", c->kind, &error));
      g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
      if (!g_str_has_prefix (error->message, c->message))
        g_error ("“%s” does not begin with “%s”", error->message, c->message);
      g_assert_null (strchr (error->message, '\n'));
      g_assert_false (dd_file_source_parse_each (text != NULL ? text : "", strlen (c->text), "file.csv", c->kind, 1, never_cb, NULL, &same));
      g_assert_cmpstr (same->message, ==, error->message);
    }
}

/* ---- in batches ---- */

typedef struct
{
  GString *sizes;
  guint    stop; /* at the batch of this number, counted from 1; 0: never */
  guint    n;
} Batches;

static gboolean
batch_cb (DdBatch *batch,
          gpointer user_data,
          GError **error)
{
  Batches *batches = user_data;

  g_string_append_printf (batches->sizes, "%u ", dd_batch_count (batch));
  dd_batch_free (batch);
  if (++batches->n != batches->stop)
    return TRUE;
  g_set_error (error, DD_ERROR, DD_ERROR_STORE, "The disk is full.");
  return FALSE;
}

static void
test_batches (void)
{
  static const struct
  {
    guint       rows;
    guint       rows_per_batch;
    guint       stop;
    const char *sizes;
  } cases[] = {
    { 0, 2, 0, "" }, { 1, 2, 0, "1 " }, { 2, 2, 0, "2 " }, { 5, 2, 0, "2 2 1 " }, { 5, 100, 0, "5 " }, { 5, 2, 2, "2 2 " }, { 5, 2, 3, "2 2 1 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (DEPLOYMENTS);
      g_autoptr (GString) sizes = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      Batches batches = { sizes, cases[i].stop, 0 };
      gboolean fine;

      for (guint j = 0; j < cases[i].rows; j++)
        g_string_append (text, DEPLOYMENT);
      fine = dd_file_source_parse_each (text->str, text->len, "file.csv", DD_FILE_DEPLOYMENTS, cases[i].rows_per_batch, batch_cb, &batches, &error);
      g_assert_cmpstr (sizes->str, ==, cases[i].sizes);
      g_assert_cmpint (fine, ==, cases[i].stop == 0);
      g_assert_cmpint (error == NULL, ==, fine);
    }
}

static void
test_kinds (void)
{
  DdFileKind kind;

  g_assert_true (dd_file_kind_parse ("changes", &kind));
  g_assert_cmpint (kind, ==, DD_FILE_CHANGES);
  g_assert_false (dd_file_kind_parse ("change", &kind));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/file-source/deployments", test_deployments);
  g_test_add_func ("/file-source/deployments-in-short", test_deployments_in_short);
  g_test_add_func ("/file-source/changes", test_changes);
  g_test_add_func ("/file-source/bots", test_bots);
  g_test_add_func ("/file-source/incidents", test_incidents);
  g_test_add_func ("/file-source/keys", test_keys);
  g_test_add_func ("/file-source/errors", test_errors);
  g_test_add_func ("/file-source/batches", test_batches);
  g_test_add_func ("/file-source/kinds", test_kinds);
  return g_test_run ();
}
