/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-settings.h"

G_BEGIN_DECLS

/* What the services of a workspace told of, with counts, so that settings are picked rather than typed. */

typedef struct
{
  char *name;
  guint n;
} DdSeenName;

typedef struct
{
  char    *name;
  char    *reason;      /* why its deployments are of that kind; NULL before the first sync ended */
  int      kind;        /* DdDeploymentKind that supplies its deployments */
  guint    deployments; /* of that kind, to any environment */
  gboolean excluded;
} DdSeenRepository;

typedef struct
{
  DdSettings *settings;
  gboolean    sample;       /* it is the built-in example */
  GPtrArray  *sources;      /* of DdSourceState, as the settings' */
  GPtrArray  *repositories; /* of DdSeenRepository, in alphabetical order */
  GPtrArray  *environments; /* of DdSeenName, as the next two; most first */
  GPtrArray  *labels;
  GPtrArray  *severities;
  char       *path;         /* of the database */
  guint64     bytes;
} DdSeen;

/* What a repository has, at a glance, before anything of it is kept. */
typedef struct
{
  GPtrArray *environments; /* of DdSeenName: of its newest deployments */
  guint      read;         /* how many those are */
  guint      deployments;  /* how many there are in all */
  guint      releases;
  guint      tags;
  char      *tag;          /* the newest one; NULL for none */
} DdSeenOutline;

DdSeenOutline *dd_seen_outline_new (void) G_GNUC_WARN_UNUSED_RESULT;
void           dd_seen_outline_free (DdSeenOutline *outline);

void dd_seen_name_free (DdSeenName *name);
void dd_seen_repository_free (DdSeenRepository *repository);
void dd_seen_free (DdSeen *seen);

/* @patterns, of which an empty list means all where @empty_is_all, so that @name is one that matches (@chosen) or not. A pattern with `*` that
 * matches it gives way to the other @names (element-type DdSeenName) that it matches. */
char **dd_seen_choose (char **patterns, GPtrArray *names, const char *name, gboolean chosen, gboolean empty_is_all) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdSeen, dd_seen_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdSeenOutline, dd_seen_outline_free)

G_END_DECLS
