/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-position.h"
#include "dd-source.h"
#include "dd-walk.h"

G_BEGIN_DECLS

/* Where GitHub is and who asks. */
typedef struct
{
  DdHttp *http;
  char   *graphql_url;
  char   *rest_url;      /* without a slash at its end */
  char   *authorization; /* NULL where there is no token */
} DdGithubServer;

void           dd_github_server_init (DdGithubServer *server,
                                      DdHttp         *http,
                                      const char     *url,
                                      const char     *token);
void           dd_github_server_clear (DdGithubServer *server);

/* @variables: (transfer full) */
DdHttpRequest *dd_github_server_ask (const DdGithubServer *server,
                                     const char           *query,
                                     JsonObject           *variables,
                                     DdHttpJudge           judge);
DdHttpRequest *dd_github_server_get (const DdGithubServer *server,
                                     const char           *url);

/* The lists of a repository, each with a cursor of its own. */
typedef enum
{
  DD_GITHUB_DEPLOYMENTS,
  DD_GITHUB_CHANGES,
  DD_GITHUB_RELEASES,
  DD_GITHUB_TAGS,
  DD_GITHUB_COMMITS,
  DD_GITHUB_N_LISTS,
} DdGithubList;

typedef struct
{
  char       *id;
  char       *owner;
  char       *own_name; /* as GitHub calls it, without its owner */
  char       *name;     /* as the workspace calls it */
  char       *url;
  char       *branch;   /* default branch; NULL where there are no commits */
  char       *head;
  const char *from;     /* the setting that says what its deployments are; NULL: find out */
  guint       walks;    /* under way */
  gboolean    planned[DD_GITHUB_N_LISTS]; /* a list is read in this sync, by a walk of its own or with others' */
} DdGithubRepository;

/* One sync, as all its walks see it. */
typedef struct
{
  const DdGithubServer   *server;
  const DdSourceSettings *settings;
  const char * const     *environments;
  gint64                  since;
  gboolean                full;
  gboolean                list_only;
  DdSink                 *sink;
  DdWalkGroup            *group;
  GPtrArray              *repositories; /* of DdGithubRepository */
  GHashTable             *names;        /* name → DdGithubRepository */
  GHashTable             *by_walk;      /* DdWalk → GPtrArray of DdGithubRepository: whose progress it is */
  guint                   done;         /* repositories */
} DdGithubSync;

DdGithubSync       *dd_github_sync_new (const DdGithubServer *server,
                                        const DdSourceSetup  *setup,
                                        DdSink               *sink) G_GNUC_WARN_UNUSED_RESULT;
void                dd_github_sync_free (DdGithubSync *sync);

/* Adds the walk that finds the repositories; that one adds theirs. */
void                dd_github_sync_start (DdGithubSync *sync);

/* A repository that GitHub told of; NULL where the settings leave it out. @named: the settings name it.
 * Puts it in @batch. */
DdGithubRepository *dd_github_sync_add_repository (DdGithubSync *sync,
                                                   JsonObject   *node,
                                                   gboolean      named,
                                                   DdBatch      *batch);

/* @walk: (transfer full); @repositories: (transfer full) (element-type DdGithubRepository): those that it
 * works for. */
void                dd_github_sync_add_walk (DdGithubSync *sync,
                                             DdWalk       *walk,
                                             GPtrArray    *repositories);
void                dd_github_sync_add_walk_of (DdGithubSync       *sync,
                                                DdWalk             *walk,
                                                DdGithubRepository *repository);

/* Adds the walks of @repositories, as their cursors say: lists that are read for the first time or that
 * stopped half-way by walks of their own, the rest by looking for what is new in many at once. */
void                dd_github_sync_plan (DdGithubSync *sync,
                                         GPtrArray    *repositories);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdGithubSync, dd_github_sync_free)

G_END_DECLS
