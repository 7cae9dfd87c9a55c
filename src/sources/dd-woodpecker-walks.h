/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-position.h"
#include "dd-source.h"
#include "dd-walk.h"

G_BEGIN_DECLS

/* Where the server is and who asks. */
typedef struct
{
  DdHttp *http;
  char   *url;           /* without a slash at its end */
  char   *authorization; /* NULL where there is no token */
} DdWoodpeckerServer;

/* @path: from the server's root, with its slash. */
DdHttpRequest *dd_woodpecker_server_get (const DdWoodpeckerServer *server,
                                         const char               *path);

/* One sync, as all its walks see it. */
typedef struct
{
  const DdWoodpeckerServer *server;
  const DdSourceSettings   *settings;
  gint64                    since;
  gboolean                  full;
  DdSink                   *sink;
  DdWalkGroup              *group;
  guint                     n_repositories;
  guint                     done;
} DdWoodpeckerSync;

DdWoodpeckerSync *dd_woodpecker_sync_new (const DdWoodpeckerServer *server,
                                          const DdSourceSetup      *setup,
                                          DdSink                   *sink) G_GNUC_WARN_UNUSED_RESULT;
void              dd_woodpecker_sync_free (DdWoodpeckerSync *sync);

/* Adds the walk that finds the repositories; that one adds a walk for the pipelines of each. */
void              dd_woodpecker_sync_start (DdWoodpeckerSync *sync);

G_END_DECLS
