/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "source-test.h"

G_BEGIN_DECLS

/* "Now" in tests of GitHub; what the fake has is younger than a year. */
#define FAKE_NOW (G_GINT64_CONSTANT (1790000000) * DD_SECOND)

/* A repository in which thing n happened n hours after the first: so many of each kind. */
typedef struct
{
  const char *name;
  const char *environment;
  gboolean    archived;
  guint       deployments;
  guint       running; /* deployment that has not finished; 0 for none */
  guint       lost;    /* deployment that is gone */
  guint       changes;
  guint       commits; /* 0: empty, without a default branch */
  guint       releases; /* each third is a draft or a pre-release */
  guint       tags;     /* each second names no version */
  guint       runs;     /* of workflows: "Deploy" and "Lint" in turn */
} FakeRepository;

/* Answers once for each request that contains @text, @count times. */
typedef struct
{
  const char *text;
  guint       count;
  TestAnswer  answer; /* its body is copied */
} FakeFault;

/* GitHub, for the organization "acme": the queries of dd-github-queries and nothing else. */
typedef struct
{
  TestServer     server;
  FakeRepository repositories[4]; /* ended by one without a name */
  FakeFault      faults[3];       /* ended by one without a text */
  GCancellable  *cancel;          /* cancelled by a request that contains @cancel_at */
  const char    *cancel_at;
  gboolean       forbidden;       /* deployments, in a look for what is new */
  guint          largest;         /* pages that ask for more are "too much at once"; 0: all are fine */
} FakeGithub;

void fake_github_start (FakeGithub *self);

G_END_DECLS
