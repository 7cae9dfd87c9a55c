/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-stats.h"

typedef struct
{
  const char *name;
  gint64      values[8];
  gsize       n;
  double      p;
  double      expected; /* of numpy.percentile (values, 100 p) */
} PercentileCase;

static const PercentileCase percentile_cases[] = {
  { "one", { 7 }, 1, 0.5, 7 },
  { "one-p90", { 7 }, 1, 0.9, 7 },
  { "two", { 10, 20 }, 2, 0.5, 15 },
  { "two-p90", { 10, 20 }, 2, 0.9, 19 },
  { "odd", { 3, 1, 2 }, 3, 0.5, 2 },
  { "even", { 4, 1, 3, 2 }, 4, 0.5, 2.5 },
  { "quarter", { 4, 1, 3, 2 }, 4, 0.25, 1.75 },
  { "least", { 4, 1, 3, 2 }, 4, 0, 1 },
  { "greatest", { 4, 1, 3, 2 }, 4, 1, 4 },
  { "p90", { 15, 20, 35, 40, 50 }, 5, 0.9, 46 },
  { "p40", { 15, 20, 35, 40, 50 }, 5, 0.4, 29 },
  { "equal", { 5, 5, 5, 5, 5, 5 }, 6, 0.9, 5 },
  { "negative", { -10, 0, -30, -20 }, 4, 0.5, -15 },
  { "large", { G_GINT64_CONSTANT (9000000000000000), G_GINT64_CONSTANT (1000000000000000) }, 2, 0.5, 5e15 },
};

static void
test_percentile (gconstpointer data)
{
  const PercentileCase *c = data;
  gint64 values[8];

  for (gsize i = 0; i < c->n; i++)
    values[i] = c->values[i];
  g_assert_cmpfloat_with_epsilon (dd_stats_percentile (values, c->n, c->p), c->expected,
                                  1e-9 * MAX (1, fabs (c->expected)));
}

static void
test_nothing (void)
{
  g_assert_true (isnan (dd_stats_percentile (NULL, 0, 0.5)));
  g_assert_true (isnan (dd_stats_mean (NULL, 0)));
}

static void
test_mean (void)
{
  gint64 few[] = { 1, 2, 4 };
  gint64 huge[] = { G_MAXINT64, G_MAXINT64, G_MAXINT64 };
  gint64 opposite[] = { G_MAXINT64, -G_MAXINT64, 3 };

  g_assert_cmpfloat_with_epsilon (dd_stats_mean (few, 3), 7.0 / 3, 1e-12);
  g_assert_cmpfloat (dd_stats_mean (huge, 3), ==, (double) G_MAXINT64);
  g_assert_cmpfloat (dd_stats_mean (opposite, 3), ==, 1);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* Type 7 over a sorted copy. */
static double
sorted_percentile (const gint64 *values,
                   gsize         n,
                   double        p)
{
  g_autofree gint64 *sorted = g_memdup2 (values, n * sizeof (gint64));
  double place = p * (double) (n - 1);
  gsize below = (gsize) floor (place);
  gsize above = MIN (below + 1, n - 1);

  qsort (sorted, n, sizeof (gint64), compare_numbers);
  return (double) sorted[below] + (place - (double) below) * (double) (sorted[above] - sorted[below]);
}

static void
assert_like_sorted (const gint64 *values,
                    gsize         n)
{
  static const double ps[] = { 0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (ps); i++)
    {
      g_autofree gint64 *scratch = g_memdup2 (values, n * sizeof (gint64));
      double expected = sorted_percentile (values, n, ps[i]);
      gint64 sum = 0;

      g_assert_cmpfloat_with_epsilon (dd_stats_percentile (scratch, n, ps[i]), expected,
                                      1e-9 * MAX (1, fabs (expected)));
      /* Reordered, and nothing else. */
      for (gsize j = 0; j < n; j++)
        sum += scratch[j] - values[j];
      g_assert_cmpint (sum, ==, 0);
    }
}

static void
test_random (void)
{
  for (int round = 0; round < 300; round++)
    {
      gsize n = (gsize) g_test_rand_int_range (1, 400);
      int range = g_test_rand_int_range (1, round % 2 == 0 ? 5 : 1000000);
      g_autofree gint64 *values = g_new (gint64, n);

      for (gsize i = 0; i < n; i++)
        values[i] = g_test_rand_int_range (-range, range);
      assert_like_sorted (values, n);
    }
}

/* Orders that make a careless selection quadratic, or loop. */
static void
test_shapes (void)
{
  enum { N = 5000 };
  g_autofree gint64 *values = g_new (gint64, N);

  for (int shape = 0; shape < 6; shape++)
    {
      for (int i = 0; i < N; i++)
        {
          gint64 shapes[] = { i, N - i, 1, i % 2, i < N / 2 ? i : N - i, i % 2 == 0 ? i : N - i };

          values[i] = shapes[shape];
        }
      assert_like_sorted (values, N);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (percentile_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/stats/percentile/%s", percentile_cases[i].name);

      g_test_add_data_func (path, &percentile_cases[i], test_percentile);
    }
  g_test_add_func ("/stats/nothing", test_nothing);
  g_test_add_func ("/stats/mean", test_mean);
  g_test_add_func ("/stats/random", test_random);
  g_test_add_func ("/stats/shapes", test_shapes);
  return g_test_run ();
}
