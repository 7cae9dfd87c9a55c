/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-service-info.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const DdServiceInfo infos[] = {
  { "github", "GitHub", "G", N_("Deployments, changes, releases"), N_("Personal access token"),
    N_("Read access to Actions, Contents, Deployments and Pull requests; for a classic token the scopes “repo” and “read:org”."), NULL, "github" },
  { "linear", "Linear", "L", N_("Incidents, from issues with chosen labels"), N_("Personal API key"),
    N_("Read access is enough."), "https://linear.app/settings/account/security", "incident_services" },
  { "incidentio", "incident.io", "i", N_("Incidents"), N_("API key"),
    N_("It needs “View data, like public incidents and organisation settings”."), "https://app.incident.io/settings/api-keys", "incident_services" },
  { "slab", "Slab", "S", N_("Postmortems"), N_("API token"),
    N_("Made by an administrator on your team’s own page (TEAM.slab.com), in Team Settings under Developer; Slab has it in its Business "
       "and Enterprise plans."), "https://slab.com/", "incident_services" },
  { "woodpecker", "Woodpecker", "W", N_("Pipelines that deploy"), N_("Personal access token"),
    N_("It has the rights of its user; made on the user’s page of your server."), NULL, "woodpecker" },
  { NULL },
};

static const DdServiceInfo plain_infos[] = {
  { "files", N_("Files"), "F", N_("Deployments, changes and incidents from CSV or JSON lines"), NULL, NULL, NULL, "files" },
  { "events", N_("Event logs"), "E", N_("Logs of an orchestrator"), NULL, NULL, NULL, "activity" },
  { NULL, "", "?", "", NULL, NULL, NULL, "sources" },
};

const DdServiceInfo *
dd_service_info_list (void)
{
  return infos;
}

const DdServiceInfo *
dd_service_info_find (const char *type)
{
  const DdServiceInfo *info;

  for (info = infos; info->type != NULL; info++)
    if (g_strcmp0 (info->type, type) == 0)
      return info;
  for (info = plain_infos; info->type != NULL && g_strcmp0 (info->type, type) != 0; info++)
    ;
  return info;
}

/* Where people look at a GitHub whose API is at @url: "https://api.github.com" is github.com, "https://HOST/api/v3" is HOST. */
static char *
github_home (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL)
    return NULL;
  if (g_str_has_prefix (host, "api."))
    host += strlen ("api.");
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri), "", NULL, NULL);
}

/* GitHub fills the form in from the address: nothing but reading what DoraDash asks for. */
static char *
github_token_page (const char *url,
                   const char *organization)
{
  g_autofree char *home = github_home (url);
  g_autofree char *target = organization != NULL && *organization != '\0' ? g_uri_escape_string (organization, NULL, FALSE) : NULL;

  if (home == NULL)
    return NULL;
  return g_strconcat (home, "/settings/personal-access-tokens/new?name=DoraDash&actions=read&contents=read&deployments=read"
                      "&pull_requests=read", target != NULL ? "&target_name=" : NULL, target, NULL);
}

char *
dd_service_info_token_page (const DdServiceInfo *info,
                            const char          *url,
                            const char          *organization)
{
  if (info->token_page != NULL)
    return g_strdup (info->token_page);
  if (url == NULL || *url == '\0')
    return NULL;
  if (strcmp (info->type, "github") == 0)
    return github_token_page (url, organization);
  if (strcmp (info->type, "woodpecker") == 0)
    return g_strconcat (url, g_str_has_suffix (url, "/") ? "user" : "/user", NULL);
  return NULL;
}
