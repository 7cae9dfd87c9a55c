/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-request-guard.h"

#include <string.h>

typedef struct
{
  const char *text;
  guint       status;
} Case;

#define GET "GET /metrics HTTP/1.1\r\n"

static const Case cases[] = {
  { GET "Host: x\r\n\r\n", DD_REQUEST_GOOD },
  { GET "host:x\r\n\r\n", DD_REQUEST_GOOD },
  { "GET /metrics HTTP/1.0\r\n\r\n", DD_REQUEST_GOOD },
  { "GET /metrics?a=b%20c HTTP/1.1\nHost: x\n\n", DD_REQUEST_GOOD },
  { "\r\n\r\n" GET "Host: x\r\n\r\n", DD_REQUEST_GOOD },
  { "GET http://x/metrics HTTP/1.1\r\nHost: x\r\n\r\n", DD_REQUEST_GOOD },
  { "PURGE /metrics HTTP/1.1\r\nHost: x\r\n\r\n", DD_REQUEST_GOOD },
  { GET "Host: x\r\nX-Empty:\r\nX-Tab: a\tb\r\nX-Latin: \xe9\r\n\r\n", DD_REQUEST_GOOD },
  { "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n", DD_REQUEST_GOOD },
  { GET "Host: x\r\n\r\nGET /more", DD_REQUEST_GOOD },
  { "", DD_REQUEST_MORE },
  { "\r\n\r\n", DD_REQUEST_MORE },
  { "G", DD_REQUEST_MORE },
  { GET, DD_REQUEST_MORE },
  { GET "Host: x\r\n", DD_REQUEST_MORE },
  { GET "Host: x\r\n\r", DD_REQUEST_MORE },
  { "hello\r\n", 400 },
  { "GET /metrics\r\n\r\n", 400 },
  { "GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
  { "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
  { " GET / HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
  { "G(T / HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
  { "GET /\x7f HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
  { "GET metrics HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
  { "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
  { "GET / http/1.1\r\nHost: x\r\n\r\n", 400 },
  { "GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400 },
  { "GET / HTTP/11\r\nHost: x\r\n\r\n", 400 },
  { "\x16\x03\x01\x02\r\n\r\n", 400 },
  { "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505 },
  { "GET / HTTP/1.2\r\nHost: x\r\n\r\n", 505 },
  { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400 },
  { GET "\r\n", 400 },
  { GET "Host: x\r\nHost: y\r\n\r\n", 400 },
  { GET "Host: x\r\nno colon\r\n\r\n", 400 },
  { GET "Host: x\r\n folded: a\r\n\r\n", 400 },
  { GET "Host : x\r\n\r\n", 400 },
  { GET "Host: x\r\n: nothing\r\n\r\n", 400 },
  { GET "Host: x\r\nX: a\x01\r\n\r\n", 400 },
  { GET "Host: x\r\nX: a\rb\r\n\r\n", 400 },
  { GET "Host: x\r\nContent-Length: -5\r\n\r\n", 400 },
  { GET "Host: x\r\nContent-Length: +5\r\n\r\n", 400 },
  { GET "Host: x\r\nContent-Length: many\r\n\r\n", 400 },
  { GET "Host: x\r\nContent-Length:\r\n\r\n", 400 },
  { GET "Host: x\r\nContent-Length: 1, 1\r\n\r\n", 400 },
  { GET "Host: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400 },
  { GET "Host: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400 },
  { GET "Host: x\r\nContent-Length: 65537\r\n\r\n", 413 },
  { GET "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n", 501 },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", (guint) i);
      g_assert_cmpuint (dd_request_check (cases[i].text, strlen (cases[i].text)), ==, cases[i].status);
    }
}

/* What comes in pieces is never refused before, nor taken later, than it would be as a whole. */
static void
test_pieces (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = strlen (cases[i].text);
      guint status = DD_REQUEST_MORE;

      for (gsize n = 0; n <= length && status == DD_REQUEST_MORE; n++)
        {
          /* A block of its own, so that a sanitizer sees what is read behind it. */
          g_autofree char *piece = g_memdup2 (cases[i].text, MAX (1, n));

          status = dd_request_check (piece, n);
        }
      g_assert_cmpuint (status, ==, cases[i].status);
    }
}

static void
test_long (void)
{
  g_autofree char *line = g_strnfill (DD_REQUEST_HEAD, 'a');
  g_autofree char *field = g_strconcat (GET "Host: x\r\nX: ", line, NULL);
  g_autofree char *many = g_strnfill (DD_REQUEST_HEAD, '\n');

  g_assert_cmpuint (dd_request_check (line, DD_REQUEST_HEAD - 1), ==, DD_REQUEST_MORE);
  g_assert_cmpuint (dd_request_check (line, DD_REQUEST_HEAD), ==, 431);
  g_assert_cmpuint (dd_request_check (field, DD_REQUEST_HEAD - 1), ==, DD_REQUEST_MORE);
  g_assert_cmpuint (dd_request_check (field, DD_REQUEST_HEAD), ==, 431);
  g_assert_cmpuint (dd_request_check (many, DD_REQUEST_HEAD), ==, 431);
}

/* Nothing at all makes it read where nothing is. */
static void
test_noise (void)
{
  static const char * const words[] = { "GET ", "/metrics", " HTTP/1.1", "\r\n", "\n", "Host: x", ":", "Content-Length: ", "7", " ", "\t",
                                        "\r", "\xff" };
  g_autoptr (GRand) chance = g_rand_new_with_seed (4);

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      int n = g_rand_int_range (chance, 0, 14);

      for (int j = 0; j < n; j++)
        {
          g_string_append (text, words[g_rand_int_range (chance, 0, G_N_ELEMENTS (words))]);
          if (g_rand_int_range (chance, 0, 20) == 0)
            g_string_append_c (text, (char) g_rand_int_range (chance, 0, 256));
        }
      {
        g_autofree char *exact = g_memdup2 (text->str, MAX (1, text->len));
        guint status = dd_request_check (exact, text->len);

        g_assert_true (status == DD_REQUEST_MORE || status == DD_REQUEST_GOOD || (status >= 400 && status < 506));
      }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/request-guard/cases", test_cases);
  g_test_add_func ("/request-guard/pieces", test_pieces);
  g_test_add_func ("/request-guard/long", test_long);
  g_test_add_func ("/request-guard/noise", test_noise);
  return g_test_run ();
}
