/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "dd-time.h"

G_BEGIN_DECLS

/*
 * What the services tell, as plain values: the sources make them, the store keeps them. Times are instants or
 * DD_TIME_NONE; strings are UTF-8 and NULL where not known; @key is the vendor's own id, unique in its source.
 * `repository` is the short name by which the workspace knows it ("shop").
 */

/* What stands for a deployment. Stored: never renumber. */
typedef enum
{
  DD_KIND_NONE = 0,
  DD_KIND_DEPLOYMENT = 1, /* a GitHub deployment */
  DD_KIND_WOODPECKER = 2,
  DD_KIND_FILE = 3,
  DD_KIND_RELEASE = 4,
  DD_KIND_TAG = 5,
  DD_KIND_WORKFLOW = 6,
} DdDeploymentKind;

/* "deployments", "woodpecker", "files", "releases", "tags", "workflow", "none": the words of the JSON report. */
const char *dd_deployment_kind_name (DdDeploymentKind kind);

/* Stored: never renumber. */
typedef enum
{
  DD_RESULT_RUNNING = 0,
  DD_RESULT_SUCCESS = 1,
  DD_RESULT_FAILURE = 2,
  DD_RESULT_CANCELLED = 3,
} DdResult;

const char *dd_result_name (DdResult result);

typedef struct
{
  char  *key;        /* the vendor's node id */
  char  *name;       /* short: "shop" */
  char  *full_name;  /* "northwind/shop" */
  char  *url;
  char  *head;       /* sha at the tip of the default branch, NULL where not known */
  gboolean archived;
} DdRepository;

typedef struct
{
  char  *state; /* the vendor's word, lower case */
  gint64 at;
} DdDeploymentStatus;

typedef struct
{
  DdDeploymentKind kind;
  char     *key;
  char     *repository;
  char     *environment; /* NULL where the kind has none: then it is production */
  char     *commit;      /* full sha */
  char     *ref;         /* branch, tag or release name */
  char     *label;       /* what people call it: workflow's name, release's name, pipeline number; may be NULL */
  char     *event;       /* Woodpecker's event; NULL for other kinds */
  char     *url;
  gint64    created;
  gint64    finished;    /* DD_TIME_NONE while running */
  gint64    committed;   /* committed time of @commit where the service says it */
  DdResult  result;
  gboolean  errored;     /* Woodpecker's `error`: @result is cancelled, and a setting can make it a failure */
  GArray   *statuses;    /* of DdDeploymentStatus, oldest first; NULL where the kind has none */
} DdDeployment;

typedef struct
{
  char    *key;
  char    *repository;
  gint64   number;
  char    *title;
  char    *author;       /* login; NULL for a deleted account */
  gboolean author_is_bot;/* by the vendor's account type or a `[bot]` name */
  char    *head;         /* head branch */
  char    *merge_commit; /* full sha */
  char    *url;
  gint64   first_commit; /* earliest authored time among its commits */
  gint64   opened;
  gint64   first_review; /* by someone who is neither its author nor a bot */
  gint64   merged;
} DdChange;

typedef struct
{
  char  *sha;
  char  *parent;    /* first parent, NULL for a root or where not known */
  gint64 committed;
} DdCommit;

/* Stored: never renumber. */
typedef enum
{
  DD_INCIDENT_ISSUE = 1,      /* Linear: an incident where a label says so */
  DD_INCIDENT_INCIDENT = 2,   /* incident.io and files: an incident by nature */
  DD_INCIDENT_POSTMORTEM = 3, /* Slab: belongs to the incident it names, or is one of its own */
} DdIncidentKind;

/* Stored: never renumber. */
typedef enum
{
  DD_INCIDENT_LIVE = 0,
  DD_INCIDENT_CANCELLED = 1, /* cancelled, declined, merged, duplicate */
  DD_INCIDENT_TEST = 2,
} DdIncidentState;

typedef struct
{
  DdIncidentKind  kind;
  DdIncidentState state;
  char   *key;         /* vendor's id */
  char   *name;        /* what people call it: "OPS-12"; for a postmortem the key it names, NULL for none */
  char   *title;
  char   *url;
  char   *links;       /* URLs and keys of other records of the same incident, separated by spaces; NULL for none */
  char  **labels;      /* NULL for none */
  char   *repository;  /* where the record itself names one (files); labels are read later */
  char   *severity;
  char   *deployment;  /* key of a deployment that it names */
  gint64  started;
  gint64  resolved;    /* DD_TIME_NONE while open */
  gint64  updated;
} DdIncident;

void dd_repository_free (DdRepository *repository);
void dd_deployment_free (DdDeployment *deployment);
void dd_change_free (DdChange *change);
void dd_commit_free (DdCommit *commit);
void dd_incident_free (DdIncident *incident);

/* Appends a status and keeps @statuses; the caller gives them oldest first. */
void dd_deployment_add_status (DdDeployment *deployment,
                               const char   *state,
                               gint64        at);

/* GitHub's rule of metrics.md: the earliest status among success, failure, error gives result and finish; only `inactive`
 * known is a success finished when created; none of these is running. Reads @statuses and @created, sets @result, @finished. */
void dd_deployment_settle (DdDeployment *deployment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdRepository, dd_repository_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdDeployment, dd_deployment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdChange, dd_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdCommit, dd_commit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdIncident, dd_incident_free)

G_END_DECLS
