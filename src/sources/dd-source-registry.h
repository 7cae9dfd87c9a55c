/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-source.h"

G_BEGIN_DECLS

/* One line for each service: what it is called, where it lives, which environment variable holds its token. */
typedef struct
{
  const char *type;        /* "github" */
  const char *name;        /* "GitHub" */
  const char *default_url;
  const char *token_variable; /* "GITHUB_TOKEN"; NULL where it needs none */
  DdSource *(*make) (const DdSourceSetup *setup); /* NULL where nothing is fetched (files, events) */
} DdSourceKind;

/* NULL where there is no such type. */
const DdSourceKind *dd_source_registry_find (const char *type);

/* All, ended by one whose type is NULL. */
const DdSourceKind *dd_source_registry_list (void);

G_END_DECLS
