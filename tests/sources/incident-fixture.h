/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-source.h"
#include "dd-test-server.h"
#include "dd-test-sink.h"

G_BEGIN_DECLS

/* What tests of sources of incidents have in common: a server, a session that tries again at once, and settings that point there. */
typedef struct
{
  DdTestServer     *server;
  DdTestSink       *sink;
  DdHttp           *http;
  DdSourceSettings *settings;
  DdSource       *(*make) (const DdSourceSetup *setup);
  const char       *token;
  gboolean          full;
  gint64            since; /* FIXTURE_SINCE unless set otherwise */
} IncidentFixture;

/* 2026-01-01T00:00:00Z: nothing older is asked for. */
#define FIXTURE_SINCE (G_GINT64_CONSTANT (1767225600) * 1000000)

void incident_fixture_init (IncidentFixture *self, const char *type, const char *path, DdSource *(*make) (const DdSourceSetup *setup));
void incident_fixture_clear (IncidentFixture *self);

/* NULL where it succeeds. */
GError        *incident_fixture_sync (IncidentFixture *self);
DdSourceCheck *incident_fixture_check (IncidentFixture *self, GError **error);

/* Syncs, and asserts that it fails with @code and a sentence that contains @text. */
void incident_fixture_assert_fails (IncidentFixture *self, int code, const char *text);

/* The incident of that key as the last batch that has it tells it; NULL where none does. */
const DdIncident *incident_fixture_find (IncidentFixture *self, const char *key);

/* How many different incidents all batches have. */
guint incident_fixture_count (IncidentFixture *self);

/* The n-th request, counted from 0; and how many there were. */
const DdTestRequest *incident_fixture_request (IncidentFixture *self, guint n);
void                 incident_fixture_assert_requests (IncidentFixture *self, guint n);

/* "name state started resolved severity [labels] {links}" with "-" for what is not known. */
char *incident_describe (const DdIncident *incident) G_GNUC_WARN_UNUSED_RESULT;

/* The object that @text is. */
JsonNode *incident_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
