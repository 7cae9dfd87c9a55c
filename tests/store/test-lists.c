/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-fact-store.h"
#include "dd-incident-store.h"
#include "dd-link-store.h"
#include "dd-list-store.h"
#include "dd-record-store.h"
#include "store-test.h"

/* A database with facts as linking would have written them: of "shop" and "cart", one an hour. */

typedef struct
{
  StoreTest store;
  gint64    shop, cart;
} Lists;

static void
add_deployment (Lists      *l,
                const char *key,
                int         hour,
                int         flags,
                DdRule      rule)
{
  const char *repository = hour % 2 == 0 ? "shop" : "cart";
  DdBatch *batch = dd_batch_new ();
  g_autoptr (GError) error = NULL;
  DdDeploymentFact fact = { .at = STORE_TEST_HOUR (hour), .flags = flags, .rule = rule };

  g_ptr_array_add (batch->deployments, store_test_deployment (key, repository, hour, DD_RESULT_SUCCESS));
  store_test_put (&l->store, batch);
  fact.id = dd_incident_store_deployment (l->store.db, l->store.workspace, key);
  fact.repository = dd_incident_store_repository (l->store.db, l->store.workspace, repository);
  g_assert_true (dd_link_store_add_deployment (l->store.db, l->store.workspace, &fact, &error));
  g_assert_no_error (error);
}

static void
add_incident (Lists      *l,
              const char *key,
              int         hour,
              int         end, /* 0: open */
              const char *deployment)
{
  const char *repository = hour % 2 == 0 ? "shop" : NULL;
  DdBatch *batch = dd_batch_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *ask = g_strdup_printf ("SELECT id FROM incident WHERE key = '%s'", key);
  DdRecoveryFact fact = {
    .kind = DD_EVENT_INCIDENT,
    .started = STORE_TEST_HOUR (hour),
    .ended = end != 0 ? STORE_TEST_HOUR (end) : DD_TIME_NONE,
    .duration = end != 0 ? (end - hour) * DD_HOUR : DD_TIME_NONE,
    .failed_started = DD_TIME_NONE,
    .failed_duration = end != 0 && deployment != NULL ? (end - hour + 1) * DD_HOUR : DD_TIME_NONE,
    .link = deployment != NULL ? DD_LINK_REPOSITORY : DD_LINK_NONE,
  };

  g_ptr_array_add (batch->incidents, store_test_incident (key, repository, hour));
  store_test_put (&l->store, batch);
  id = store_test_ask (l->store.db, ask);
  fact.id = g_ascii_strtoll (id, NULL, 10);
  fact.repository = repository != NULL ? l->shop : 0;
  if (deployment != NULL)
    fact.deployment = dd_incident_store_deployment (l->store.db, l->store.workspace, deployment);
  g_assert_true (dd_link_store_add_recovery (l->store.db, l->store.workspace, &fact, &error));
  g_assert_no_error (error);
}

static void
init (Lists *l)
{
  store_test_init (&l->store);
  /* Not in the order of time. */
  add_deployment (l, "d4", 4, DD_DEPLOYMENT_SUCCEEDED | DD_DEPLOYMENT_UNPLANNED, DD_RULE_COUNTED);
  add_deployment (l, "d1", 1, DD_DEPLOYMENT_SUCCEEDED, DD_RULE_COUNTED);
  add_deployment (l, "d2", 2, DD_DEPLOYMENT_FAILED, DD_RULE_COUNTED);
  add_deployment (l, "d3", 3, DD_DEPLOYMENT_SUCCEEDED | DD_DEPLOYMENT_HAS_INCIDENT, DD_RULE_COUNTED);
  add_deployment (l, "d5", 5, 0, DD_RULE_NOT_PRODUCTION);
  add_deployment (l, "d6", 6, DD_DEPLOYMENT_FAILED | DD_DEPLOYMENT_HAS_INCIDENT, DD_RULE_COUNTED);
  l->shop = dd_incident_store_repository (l->store.db, l->store.workspace, "shop");
  l->cart = dd_incident_store_repository (l->store.db, l->store.workspace, "cart");
}

/* "key=rule" with the note behind it where there is one. */
static char *
describe (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  g_assert_nonnull (rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const DdRecordRow *row = rows->pdata[i];

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", row->id);
      if (row->rule != DD_RULE_COUNTED)
        g_string_append_printf (text, "=%s", dd_rule_name (row->rule));
      if (row->note != NULL)
        g_string_append_printf (text, "(%s)", row->note);
    }
  g_ptr_array_unref (rows);
  return g_string_free (text, FALSE);
}

static void
test_deployments (void)
{
  static const struct
  {
    int              from, to; /* hours */
    char             repository; /* 's', 'c', or 0 */
    DdDeploymentList list;
    gboolean         incidents, deployments; /* signals */
    const char      *expected;
  } cases[] = {
    { 0, 10, 0, DD_LIST_FREQUENCY, FALSE, FALSE, "d1 d2=failed d3 d4 d5=not-production(production) d6=failed" },
    { 2, 4, 0, DD_LIST_FREQUENCY, FALSE, FALSE, "d2=failed d3" },
    { 4, 4, 0, DD_LIST_FREQUENCY, FALSE, FALSE, "" },
    { 10, 0, 0, DD_LIST_FREQUENCY, FALSE, FALSE, "" },
    { 0, 10, 's', DD_LIST_FREQUENCY, FALSE, FALSE, "d2=failed d4 d6=failed" },
    { 0, 10, 'c', DD_LIST_FREQUENCY, FALSE, FALSE, "d1 d3 d5=not-production(production)" },
    { 0, 10, 's', DD_LIST_REWORK, FALSE, FALSE, "d2=failed d4(unplanned) d6=failed" },
    { 0, 10, 0, DD_LIST_FAILURES, TRUE, TRUE,
      "d1 d2(failed) d3(an incident followed) d4 d5=not-production(production) d6(failed, and an incident followed)" },
    { 0, 4, 0, DD_LIST_FAILURES, TRUE, FALSE, "d1 d2 d3(an incident followed)" },
    { 0, 4, 0, DD_LIST_FAILURES, FALSE, TRUE, "d1 d2(failed) d3" },
    { 0, 4, 0, DD_LIST_FAILURES, FALSE, FALSE, "d1 d2 d3" },
  };
  Lists l;

  init (&l);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DdListWindow window = {
        .workspace = l.store.workspace,
        .from = STORE_TEST_HOUR (cases[i].from),
        .to = STORE_TEST_HOUR (cases[i].to),
        .repository = cases[i].repository == 's' ? l.shop : cases[i].repository == 'c' ? l.cart : 0,
      };
      g_autoptr (GError) error = NULL;
      g_autofree char *found = describe (dd_list_store_deployments (l.store.db, &window, cases[i].list, cases[i].incidents,
                                                                    cases[i].deployments, &error));

      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
  store_test_clear (&l.store);
}

static void
test_incidents (void)
{
  static const struct
  {
    int         from, to;
    gboolean    shop, failed;
    const char *expected;
    const char *open;
  } cases[] = {
    { 0, 10, FALSE, FALSE,
      "A(d1 (latest deployment of its repository before it)) B(no deployment before it) W=negative(no deployment before it)"
      " O=open(no deployment before it)", "O=open" },
    /* An incident that is open at the window's end has its start in it, or before. */
    { 3, 5, FALSE, FALSE, "A(d1 (latest deployment of its repository before it)) B=open(no deployment before it)"
                          " O=open(no deployment before it)", "B=open O=open" },
    { 0, 10, TRUE, FALSE, "A(d1 (latest deployment of its repository before it)) O=open(no deployment before it)", "O=open" },
    { 3, 5, FALSE, TRUE, "A(d1 (latest deployment of its repository before it)) B=open(no deployment before it)"
                         " O=open(no deployment before it)", "B=open O=open" },
    { 5, 7, TRUE, TRUE, "O=open(no deployment before it)", "O=open" },
    { 5, 7, FALSE, TRUE, "B=not-attributed(no deployment before it) O=open(no deployment before it)", "O=open" },
    { -9, 0, FALSE, FALSE, "", "" },
  };
  Lists l;

  init (&l);
  add_incident (&l, "O", 4, 0, NULL);
  add_incident (&l, "A", 2, 3, "d1");
  add_incident (&l, "B", 3, 6, NULL);
  add_incident (&l, "W", 9, 8, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DdListWindow window = {
        .workspace = l.store.workspace,
        .from = STORE_TEST_HOUR (cases[i].from),
        .to = STORE_TEST_HOUR (cases[i].to),
        .repository = cases[i].shop ? l.shop : 0,
      };
      g_autoptr (GError) error = NULL;
      g_autofree char *found = describe (dd_list_store_recoveries (l.store.db, &window, cases[i].failed, TRUE, &error));
      g_autofree char *open = describe (dd_list_store_open_incidents (l.store.db, &window, 10, &error));

      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, cases[i].expected);
      g_assert_cmpstr (open, ==, cases[i].open);
    }
  store_test_clear (&l.store);
}

/* Columns hold the same rows as the lists. */
static void
test_columns (void)
{
  Lists l;
  DdFacts facts = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 ends[] = { STORE_TEST_HOUR (3), STORE_TEST_HOUR (5), STORE_TEST_HOUR (7) };

  init (&l);
  add_incident (&l, "O", 4, 0, NULL);
  add_incident (&l, "A", 2, 3, "d1");
  add_incident (&l, "B", 3, 6, NULL);
  dd_facts_init (&facts);
  dd_fact_store_deployments (l.store.db, l.store.workspace, STORE_TEST_HOUR (2), STORE_TEST_HOUR (10), 0, &facts.deployments, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts.deployments.n, ==, 4);
  for (guint i = 1; i < facts.deployments.n; i++)
    g_assert_cmpint (facts.deployments.finished[i - 1], <, facts.deployments.finished[i]);
  g_assert_cmpuint (facts.deployments.repository[0], ==, l.shop);
  g_assert_cmpuint (facts.deployments.flags[0], ==, DD_DEPLOYMENT_FAILED);
  dd_fact_store_recoveries (l.store.db, l.store.workspace, STORE_TEST_HOUR (0), STORE_TEST_HOUR (5), 0, &facts.recoveries, &error);
  g_assert_cmpuint (facts.recoveries.n, ==, 1);
  g_assert_cmpint (facts.recoveries.duration[0], ==, DD_HOUR);
  g_assert_cmpint (facts.recoveries.failed_duration[0], ==, 2 * DD_HOUR);
  dd_recovery_columns_empty (&facts.recoveries);
  /* Open at any of the ends: A ends at the first, which is the next period's; B at the second, O at that and the third. */
  dd_fact_store_open_across (l.store.db, l.store.workspace, ends, 3, 0, &facts.recoveries, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts.recoveries.n, ==, 3);
  g_assert_cmpint (facts.recoveries.started[0], ==, STORE_TEST_HOUR (2));
  g_assert_cmpint (facts.recoveries.started[1], ==, STORE_TEST_HOUR (3));
  g_assert_cmpint (facts.recoveries.ended[2], ==, DD_TIME_NONE);
  dd_recovery_columns_empty (&facts.recoveries);
  dd_fact_store_open_across (l.store.db, l.store.workspace, ends + 1, 2, 0, &facts.recoveries, &error);
  g_assert_cmpuint (facts.recoveries.n, ==, 2);
  dd_facts_clear (&facts);
  store_test_clear (&l.store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/lists/deployments", test_deployments);
  g_test_add_func ("/lists/incidents", test_incidents);
  g_test_add_func ("/lists/columns", test_columns);
  return g_test_run ();
}
