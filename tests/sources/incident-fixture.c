/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "incident-fixture.h"

#include <string.h>

#include "dd-error.h"

void
incident_fixture_init (IncidentFixture *self,
                       const char      *type,
                       const char      *path,
                       DdSource      *(*make) (const DdSourceSetup *setup))
{
  DdHttpOptions options;

  dd_http_options_init (&options);
  options.backoff = DD_SECOND / 1000;
  *self = (IncidentFixture) { .make = make, .token = "secret", .since = FIXTURE_SINCE };
  self->http = dd_http_new (&options);
  self->server = dd_test_server_new ();
  self->sink = dd_test_sink_new ();
  self->settings = dd_source_settings_new (type);
  g_free (self->settings->url);
  self->settings->url = g_strconcat (self->server->url, path, NULL);
}

void
incident_fixture_clear (IncidentFixture *self)
{
  g_assert_finalize_object (self->http);
  g_assert_finalize_object (self->sink);
  dd_source_settings_free (self->settings);
  dd_test_server_free (self->server);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static DdSource *
make_source (IncidentFixture *self)
{
  DdSourceSetup setup = {
    .settings = self->settings, .http = self->http, .token = self->token, .since = self->since, .full = self->full,
  };

  return self->make (&setup);
}

static void
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

GError *
incident_fixture_sync (IncidentFixture *self)
{
  g_autoptr (DdSource) source = make_source (self);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  dd_source_sync_async (source, DD_SINK (self->sink), NULL, keep_result_cb, &result);
  wait_for_result (&result);
  g_assert_cmpint (dd_source_sync_finish (source, result, &error), ==, error == NULL);
  /* No sentence ever tells the token. */
  g_assert_true (error == NULL || strstr (error->message, self->token) == NULL);
  return error;
}

DdSourceCheck *
incident_fixture_check (IncidentFixture *self,
                        GError         **error)
{
  g_autoptr (DdSource) source = make_source (self);
  g_autoptr (GAsyncResult) result = NULL;

  dd_source_check_async (source, NULL, keep_result_cb, &result);
  wait_for_result (&result);
  return dd_source_check_finish (source, result, error);
}

void
incident_fixture_assert_fails (IncidentFixture *self,
                               int              code,
                               const char      *text)
{
  g_autoptr (GError) error = incident_fixture_sync (self);

  g_assert_error (error, DD_ERROR, code);
  if (strstr (error->message, text) == NULL)
    g_error ("“%s” does not tell “%s”", error->message, text);
}

const DdIncident *
incident_fixture_find (IncidentFixture *self,
                       const char      *key)
{
  const DdIncident *found = NULL;

  for (guint i = 0; i < self->sink->batches->len; i++)
    {
      const DdBatch *batch = g_ptr_array_index (self->sink->batches, i);

      for (guint j = 0; j < batch->incidents->len; j++)
        {
          const DdIncident *incident = g_ptr_array_index (batch->incidents, j);

          if (g_str_equal (incident->key, key))
            found = incident;
        }
    }
  return found;
}

guint
incident_fixture_count (IncidentFixture *self)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->sink->batches->len; i++)
    {
      const DdBatch *batch = g_ptr_array_index (self->sink->batches, i);

      for (guint j = 0; j < batch->incidents->len; j++)
        g_hash_table_add (keys, ((DdIncident *) g_ptr_array_index (batch->incidents, j))->key);
    }
  return g_hash_table_size (keys);
}

const DdTestRequest *
incident_fixture_request (IncidentFixture *self,
                          guint            n)
{
  g_assert_cmpuint (n, <, self->server->requests->len);
  return g_ptr_array_index (self->server->requests, n);
}

void
incident_fixture_assert_requests (IncidentFixture *self,
                                  guint            n)
{
  g_assert_cmpuint (self->server->requests->len, ==, n);
}

static void
append (GString    *text,
        const char *word)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word != NULL ? word : "-");
}

char *
incident_describe (const DdIncident *incident)
{
  static const char * const states[] = { "live", "cancelled", "test" };
  GString *text = g_string_new (NULL);
  g_autofree char *started = dd_time_format (incident->started, NULL);
  g_autofree char *resolved = dd_time_format (incident->resolved, NULL);
  g_autofree char *labels = incident->labels != NULL ? g_strjoinv (",", incident->labels) : NULL;

  append (text, incident->name);
  append (text, states[incident->state]);
  append (text, started);
  append (text, resolved);
  append (text, incident->severity);
  g_string_append_printf (text, " [%s]", labels != NULL ? labels : "");
  g_string_append_printf (text, " {%s}", incident->links != NULL ? incident->links : "");
  return g_string_free (text, FALSE);
}

JsonNode *
incident_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}
