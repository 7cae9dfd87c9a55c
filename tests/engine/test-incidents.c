/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-query-incidents.h"
#include "engine-test.h"

#define SETTINGS "{\"name\":\"Northwind\",\"timezone\":\"UTC\",\"sources\":[{\"type\":\"files\"}],\"teams\":[{\"name\":\"Money\"," \
                 "\"repositories\":[\"billing\"]}]}"

/* "shop" fails twice in a row; "billing" fails and nothing follows. */
#define DEPLOYMENTS "id,repository,environment,ref,result,created,finished\n" \
                    "old,shop,production,v0.9,success,,2026-10-01T10:00:00Z\n" \
                    "d1,shop,production,v1.0,success,,2026-11-10T10:00:00Z\n" \
                    "d2,shop,production,v1.1,failure,,2026-11-10T11:00:00Z\n" \
                    "d3,shop,Production,v1.1_b,failure,,2026-11-10T11:30:00Z\n" \
                    "eu,shop,prod-eu,v1.1,success,,2026-11-10T11:40:00Z\n" \
                    "d4,shop,production,100%,success,,2026-11-10T12:00:00Z\n" \
                    "b1,billing,production,v3,failure,,2026-11-12T09:00:00Z\n" \
                    "test,shop,staging,v1.1,success,,2026-11-10T11:10:00Z\n"
#define INCIDENTS "id,title,repository,severity,started,resolved,deployment\n" \
                  "OPS-1,Checkout is down,shop,SEV1,2026-11-10T12:30:00Z,2026-11-10T13:00:00Z,\n" \
                  "OPS-2,Mail is late,mail,,2026-11-11T12:30:00Z,,\n" \
                  "OPS-3,Named,billing,,2026-11-11T13:00:00Z,2026-11-11T14:00:00Z,old\n"

static void
init (EngineTest *t)
{
  engine_test_init (t);
  engine_test_import (t, SETTINGS);
  engine_test_import_file (t, NULL, "deployments", DEPLOYMENTS);
  engine_test_import_file (t, NULL, "incidents", INCIDENTS);
}

static char *
describe_event (const DdIncidentEvent *event)
{
  static const char * const effects[] = { "none", "failure", "elsewhere" };

  g_autofree char *took = event->duration != DD_TIME_NONE ? dd_duration_format ((double) event->duration / DD_SECOND) : g_strdup ("-");

  return g_strdup_printf ("%s %s %s %s%s%s", event->id, event->severity != NULL ? event->severity : "-",
                          event->open ? "open" : took, effects[event->effect], event->deployment != NULL ? " " : "",
                          event->deployment != NULL ? event->deployment->id : "");
}

static void
check_events (EngineTest *t,
              DdQuery     query,
              const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdIncidentList) list = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  query.now = ENGINE_TEST_NOW;
  dd_query_incidents_async (t->engine, &query, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  list = dd_query_incidents_finish (t->engine, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->rows->len; i++)
    {
      g_autofree char *line = describe_event (list->rows->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", line);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* What happened, what became of it, and what it does to the rate: the second failure of a streak has no duration of its own. */
static void
test_events (void)
{
  EngineTest t;

  init (&t);
  check_events (&t, (DdQuery) { .period = "2026-11-09..2026-11-15" },
                "billing/b1 - open failure; OPS-3 - 1 h elsewhere shop/old; OPS-2 - open none; "
                "OPS-1 SEV1 30 min failure shop/d4; shop/d3 - - failure shop/d4; shop/d2 - 1 h failure shop/d4");
  check_events (&t, (DdQuery) { .period = "2026-11-12..2026-11-15", .repository = "shop" }, "");
  check_events (&t, (DdQuery) { .period = "2026-11-09..2026-11-15", .team = "Money" },
                "billing/b1 - open failure; OPS-3 - 1 h elsewhere shop/old");
  /* It was resolved long after its deployment, in whose period it counts. */
  check_events (&t, (DdQuery) { .period = "2026-10-01..2026-10-02" }, "OPS-3 - 1 h failure shop/old");
  engine_test_decide (&t, "OPS-1", DD_LINK_EXCLUDED, NULL);
  engine_test_decide (&t, "OPS-2", DD_LINK_BY_HAND, "test");
  check_events (&t, (DdQuery) { .period = "2026-11-10..2026-11-10" },
                "OPS-2 - open none shop/test; OPS-1 SEV1 30 min none; shop/d3 - - failure shop/d4; shop/d2 - 1 h failure shop/d4");
  check_events (&t, (DdQuery) { .period = "2026-11-13..2026-11-13" }, "OPS-2 - open none shop/test");
  engine_test_clear (&t);
}

/* Deployments before an incident: found by what people would type, with nothing special in it. */
static void
test_causes (void)
{
  static const struct
  {
    const char *words;
    guint       limit;
    const char *found;
  } cases[] = {
    { NULL, 10, "shop/d4 shop/eu shop/d3! shop/d2! shop/d1" },
    { NULL, 2, "shop/d4 shop/eu" },
    { "V1.1", 10, "shop/eu shop/d3! shop/d2!" },
    { "prod-EU", 10, "shop/eu" },
    { "%", 10, "shop/d4" },
    { "_b", 10, "shop/d3!" },
    { "\\", 10, "" },
    { "staging", 10, "" },
  };
  EngineTest t;
  gint64 started;

  init (&t);
  g_assert_true (dd_time_parse ("2026-11-10T12:00:00Z", &started));
  check_events (&t, (DdQuery) { .period = "2026-11-13..2026-11-13" }, "OPS-2 - open none");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GString) text = g_string_new (NULL);

      dd_query_causes_async (t.engine, NULL, started, cases[i].words, cases[i].limit, NULL, engine_test_keep_cb, &result);
      engine_test_wait (&result);
      found = dd_query_causes_finish (t.engine, result, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < found->len; j++)
        {
          const DdDeploymentName *deployment = found->pdata[j];

          g_string_append_printf (text, "%s%s%s", j > 0 ? " " : "", deployment->id, deployment->failed ? "!" : "");
        }
      g_assert_cmpstr (text->str, ==, cases[i].found);
    }
  engine_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/incidents/events", test_events);
  g_test_add_func ("/incidents/causes", test_causes);
  return g_test_run ();
}
