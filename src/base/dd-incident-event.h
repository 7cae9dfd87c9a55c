/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "dd-rule.h"
#include "dd-time.h"

G_BEGIN_DECLS

/* What an incident does to the change failure rate of a period. */
typedef enum
{
  DD_EFFECT_NONE,
  DD_EFFECT_FAILURE,   /* makes its deployment count as failed */
  DD_EFFECT_ELSEWHERE, /* does so, and its deployment is of another period or out of scope */
} DdEffect;

/* A deployment as people are told of it. */
typedef struct
{
  char    *id;          /* "repository/key", as decisions take it */
  char    *repository;
  char    *name;        /* its label, else the start of its commit, else its ref, else its key */
  char    *environment; /* NULL for none */
  char    *url;
  gint64   finished;
  gboolean failed;
} DdDeploymentName;

void dd_deployment_name_free (DdDeploymentName *deployment);

/* An incident of a period, or a production deployment that failed in it. */
typedef struct
{
  gboolean          failed_deployment;
  char             *id;         /* what decisions about it are filed under: "OPS-12" */
  char             *source;     /* type of the source that told of it */
  char             *title;
  char             *repository; /* NULL for none */
  char             *severity;
  char             *url;
  gint64            started;
  gint64            duration;   /* DD_TIME_NONE where it has none */
  gboolean          open;       /* at the end of the period */
  DdLink            link;
  DdDeploymentName *deployment; /* the one that caused it, or the success that ended the failure; NULL for none */
  DdEffect          effect;
} DdIncidentEvent;

void dd_incident_event_free (DdIncidentEvent *row);

G_END_DECLS
