/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "dd-commands.h"
#include "dd-listen.h"
#include "dd-metrics-server.h"
#include "dd-time.h"

/* So long requests that are under way may take when the program is to end. */
#define LAST_ANSWERS (2 * DD_SECOND)

/* (element-type GSocketAddress): of an address, or all of a name. */
static GPtrArray *
resolve (DdCli      *cli,
         const char *host,
         guint16     port,
         GError    **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  GSocketAddress *address = g_inet_socket_address_new_from_string (host, port);
  g_autoptr (GResolver) resolver = NULL;
  GList *found;

  if (address != NULL)
    {
      g_ptr_array_add (list, address);
      return g_steal_pointer (&list);
    }
  resolver = g_resolver_get_default ();
  g_resolver_lookup_by_name_async (resolver, host, cli->cancellable, dd_cli_ready_cb, cli);
  found = g_resolver_lookup_by_name_finish (resolver, dd_cli_wait (cli), error);
  if (found == NULL)
    return NULL;
  for (GList *l = found; l != NULL; l = l->next)
    g_ptr_array_add (list, g_inet_socket_address_new (l->data, port));
  g_resolver_free_addresses (found);
  return g_steal_pointer (&list);
}

/* A name may stand for an address that this computer does not have just now: one that answers is enough. */
static gboolean
listen_at_all (DdCli           *cli,
               DdMetricsServer *server,
               const GPtrArray *addresses,
               GError         **error)
{
  gboolean any = FALSE;

  for (guint i = 0; i < addresses->len; i++)
    {
      GSocketAddress *address = g_ptr_array_index (addresses, i);
      g_autoptr (GSocketAddress) given = NULL;
      g_autofree char *url = NULL;

      g_clear_error (error);
      given = dd_metrics_server_listen (server, address, error);
      if (given == NULL)
        continue;
      any = TRUE;
      url = dd_listen_url (given);
      dd_cli_say (cli, _("The numbers are at %s"), url);
      if (dd_listen_is_open (given))
        dd_cli_warn (_("Whoever can reach port %u of this computer can read the numbers of all workspaces: there is no password."),
                     g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given)));
    }
  if (any)
    g_clear_error (error);
  return any;
}

static void
changed_cb (const GError *error,
            gpointer      user_data)
{
  if (error != NULL)
    dd_cli_warn ("%s", error->message);
  else
    dd_cli_say (user_data, "%s", _("The database answers again."));
}

static gboolean
late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run (DdCli           *cli,
     DdMetricsServer *server)
{
  gboolean late = FALSE;
  guint timeout;

  while (!g_cancellable_is_cancelled (cli->cancellable))
    g_main_context_iteration (NULL, TRUE);
  dd_metrics_server_stop (server);
  timeout = g_timeout_add (LAST_ANSWERS / 1000, late_cb, &late);
  while (dd_metrics_server_busy (server) > 0 && !late)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (timeout);
}

int
dd_command_serve (DdCli *cli)
{
  g_autoptr (DdMetricsCache) cache = NULL;
  g_autoptr (DdMetricsServer) server = NULL;
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  DdMetricsCacheLimits cache_limits;
  DdConnectionLimits limits;
  guint16 port;

  if (dd_cli_count (cli) > 0)
    return dd_cli_usage (_("“serve” takes no words; see “doradash serve --help”."));
  if (!dd_listen_parse (cli->listen, &host, &port, &error))
    return dd_cli_usage ("%s", error->message);
  addresses = resolve (cli, host, port, &error);
  if (addresses == NULL)
    return dd_cli_fail (g_steal_pointer (&error));
  dd_metrics_cache_limits_init (&cache_limits);
  dd_connection_limits_init (&limits);
  cache = dd_metrics_cache_new (cli->database, cli->workspace, &cache_limits, changed_cb, cli);
  server = dd_metrics_server_new (cache, &limits);
  if (!listen_at_all (cli, server, addresses, &error))
    return dd_cli_fail (g_steal_pointer (&error));
  run (cli, server);
  dd_metrics_cache_stop (cache);
  return DD_EXIT_DONE;
}
