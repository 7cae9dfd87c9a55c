/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char      *word;
  DdDeploymentKind kind;
} KindWord;

static const KindWord words[] = {
  { "deployments", DD_KIND_DEPLOYMENT }, { "woodpecker", DD_KIND_WOODPECKER }, { "files", DD_KIND_FILE },
  { "releases", DD_KIND_RELEASE },       { "tags", DD_KIND_TAG },              { "none", DD_KIND_NONE },
};

static const char *
reason_for (DdDeploymentKind kind)
{
  switch (kind)
    {
    case DD_KIND_DEPLOYMENT:
      return _("it has deployments to production");
    case DD_KIND_WOODPECKER:
      return _("no deployments to production on GitHub; Woodpecker’s pipelines stand for them");
    case DD_KIND_FILE:
      return _("no service tells of its deployments; imported ones count");
    case DD_KIND_RELEASE:
      return _("no deployment records; its releases stand for them");
    case DD_KIND_TAG:
      return _("no deployment records and no releases; its version tags stand for them");
    case DD_KIND_WORKFLOW:
    case DD_KIND_NONE:
    default:
      return _("nothing deployed is known; changes count as merged");
    }
}

/* What a workspace file says of a repository; FALSE where it says nothing that is known. */
static gboolean
find_word (const char       *chosen,
           DdDeploymentKind *kind)
{
  if (g_str_has_prefix (chosen, "workflow:"))
    {
      *kind = DD_KIND_WORKFLOW;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, chosen) == 0)
      {
        *kind = words[i].kind;
        return TRUE;
      }
  return FALSE;
}

DdDeploymentKind
dd_link_choose_kind (const DdKindsSeen *seen,
                     const char        *chosen,
                     char             **reason)
{
  static const DdDeploymentKind order[] = { DD_KIND_DEPLOYMENT, DD_KIND_WOODPECKER, DD_KIND_FILE, DD_KIND_RELEASE,
                                            DD_KIND_TAG };
  DdDeploymentKind kind = DD_KIND_NONE;

  if (chosen != NULL && find_word (chosen, &kind))
    {
      *reason = g_strdup_printf (_("set by hand: %s"), chosen);
      return kind;
    }
  for (gsize i = 0; kind == DD_KIND_NONE && i < G_N_ELEMENTS (order); i++)
    if (seen->any[order[i]])
      kind = order[i];
  *reason = g_strdup (reason_for (kind));
  return kind;
}

gboolean
dd_link_is_production (const DdMetricSettings *settings,
                       const char             *environment)
{
  return environment == NULL || dd_patterns_match (settings->environments, environment);
}
