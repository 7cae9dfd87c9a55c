/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-source-registry.h"

#include <string.h>

#include "dd-github.h"
#include "dd-incidentio.h"
#include "dd-linear.h"
#include "dd-slab.h"
#include "dd-woodpecker.h"

static const DdSourceKind kinds[] = {
  { "github", "GitHub", "https://api.github.com", "GITHUB_TOKEN", dd_github_new },
  { "linear", "Linear", "https://api.linear.app/graphql", "LINEAR_API_KEY", dd_linear_new },
  { "slab", "Slab", "https://api.slab.com/v1/graphql", "SLAB_API_TOKEN", dd_slab_new },
  { "woodpecker", "Woodpecker", "", "WOODPECKER_TOKEN", dd_woodpecker_new },
  { "incidentio", "incident.io", "https://api.incident.io", "INCIDENT_IO_API_KEY", dd_incidentio_new },
  { "files", "Files", "", NULL, NULL },
  { "events", "Event logs", "", NULL, NULL },
  { NULL },
};

const DdSourceKind *
dd_source_registry_find (const char *type)
{
  for (int i = 0; kinds[i].type != NULL; i++)
    if (g_strcmp0 (kinds[i].type, type) == 0)
      return &kinds[i];
  return NULL;
}

const DdSourceKind *
dd_source_registry_list (void)
{
  return kinds;
}
