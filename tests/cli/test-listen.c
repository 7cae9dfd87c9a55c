/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-listen.h"

#include <string.h>

#include "dd-error.h"

typedef struct
{
  const char *text;
  const char *host; /* NULL: refused */
  guint16     port;
} Case;

static const Case cases[] = {
  { NULL, "127.0.0.1", DD_LISTEN_PORT },
  { "127.0.0.1:9600", "127.0.0.1", 9600 },
  { "0.0.0.0:80", "0.0.0.0", 80 },
  { "[::1]:9090", "::1", 9090 },
  { "[::]:9090", "::", 9090 },
  { "[::1]", "::1", DD_LISTEN_PORT },
  { "[fe80::1%eth0]:9600", "fe80::1%eth0", 9600 },
  { "localhost:0", "localhost", 0 },
  { "metrics.example.com:65535", "metrics.example.com", 65535 },
  { "metrics.example.com", "metrics.example.com", DD_LISTEN_PORT },
  /* Without an address it is of this computer only. */
  { "9600", "127.0.0.1", 9600 },
  { ":9600", "127.0.0.1", 9600 },
  { "", NULL, 0 },
  { ":", NULL, 0 },
  { "127.0.0.1:", NULL, 0 },
  { "127.0.0.1:65536", NULL, 0 },
  { "127.0.0.1:-1", NULL, 0 },
  { "127.0.0.1:http", NULL, 0 },
  { "127.0.0.1:9600x", NULL, 0 },
  /* Which of the colons is before the port? */
  { "::1:9090", NULL, 0 },
  { "::1", NULL, 0 },
  { "[::1:9090", NULL, 0 },
  { "[]:9090", NULL, 0 },
  { "[::1]9090", NULL, 0 },
  { "[::1]:", NULL, 0 },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *host = NULL;
      guint16 port = 0;

      g_assert_cmpint (dd_listen_parse (cases[i].text, &host, &port, &error), ==, cases[i].host != NULL);
      g_assert_cmpstr (host, ==, cases[i].host);
      if (cases[i].host != NULL)
        g_assert_cmpuint (port, ==, cases[i].port);
      else
        {
          g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, "[::1]:"));
        }
    }
}

typedef struct
{
  const char *host;
  gboolean    open;
  const char *url;
} AddressCase;

static const AddressCase addresses[] = {
  { "127.0.0.1", FALSE, "http://127.0.0.1:9600/metrics" },
  { "127.8.8.8", FALSE, "http://127.8.8.8:9600/metrics" },
  { "::1", FALSE, "http://[::1]:9600/metrics" },
  { "0.0.0.0", TRUE, "http://0.0.0.0:9600/metrics" },
  { "::", TRUE, "http://[::]:9600/metrics" },
  { "192.168.1.7", TRUE, "http://192.168.1.7:9600/metrics" },
};

static void
test_addresses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (addresses[i].host, 9600);
      g_autofree char *url = dd_listen_url (address);

      g_assert_cmpint (dd_listen_is_open (address), ==, addresses[i].open);
      g_assert_cmpstr (url, ==, addresses[i].url);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/listen/parse", test_parse);
  g_test_add_func ("/listen/addresses", test_addresses);
  return g_test_run ();
}
