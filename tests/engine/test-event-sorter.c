/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-sorter.h"

#define EVENTS 5000
#define ROOM (8 * 1024)

typedef struct
{
  guint    seen[EVENTS];
  guint    back;   /* events that came after a later one */
  gint64   last;
  gboolean in_vain;
} Arrival;

/* The event of a number: some of its strings are there, and say which number it is. */
static void
make (guint    number,
      DdEvent *event,
      char   **name)
{
  *name = g_strdup_printf ("number-%u", number);
  *event = (DdEvent) {
    .kind = DD_EVENT_TASK_START, .at = number / 3, .hash = number, .run = *name, .attempt = -1, .ok = -1, .failed = -1, .count = number,
    .task = number % 2 == 0 ? *name : NULL, .error = number % 5 == 0 ? "" : NULL, .line = number % 7 == 0 ? *name : NULL,
  };
}

static gboolean
arrive (const DdEvent *event,
        gpointer       data,
        GError       **error)
{
  Arrival *arrival = data;
  guint number = (guint) event->count;
  g_autofree char *name = NULL;
  DdEvent made;

  if (arrival->in_vain)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no place");
      return FALSE;
    }
  make (number, &made, &name);
  g_assert_cmpint (event->at, ==, made.at);
  g_assert_cmpuint (event->hash, ==, made.hash);
  g_assert_cmpint (event->attempt, ==, -1);
  g_assert_cmpstr (event->run, ==, made.run);
  g_assert_cmpstr (event->task, ==, made.task);
  g_assert_cmpstr (event->error, ==, made.error);
  g_assert_cmpstr (event->line, ==, made.line);
  g_assert_null (event->tenant);
  arrival->seen[number]++;
  arrival->back += event->at < arrival->last;
  arrival->last = event->at;
  return TRUE;
}

static void
feed (Arrival *arrival,
      gboolean shuffled)
{
  g_autoptr (DdEventSorter) sorter = dd_event_sorter_new (arrive, arrival);
  g_autoptr (GError) error = NULL;
  guint numbers[EVENTS];

  *arrival = (Arrival) { .last = G_MININT64 };
  for (guint i = 0; i < EVENTS; i++)
    numbers[i] = i;
  for (guint i = EVENTS; shuffled && i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint32) i), kept = numbers[i - 1];

      numbers[i - 1] = numbers[j];
      numbers[j] = kept;
    }
  dd_event_sorter_set_room (sorter, ROOM);
  for (guint i = 0; i < EVENTS; i++)
    {
      g_autofree char *name = NULL;
      DdEvent event;

      make (numbers[i], &event, &name);
      g_assert_true (dd_event_sorter_add (&event, sorter, &error));
    }
  g_assert_true (dd_event_sorter_finish (sorter, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < EVENTS; i++)
    g_assert_cmpuint (arrival->seen[i], ==, 1);
}

/* More files than are merged at once: each event comes once and whole, and hardly any after a later one. */
static void
test_shuffled (void)
{
  Arrival arrival;

  feed (&arrival, TRUE);
  g_assert_cmpuint (arrival.back, <, 10);
  feed (&arrival, FALSE);
  g_assert_cmpuint (arrival.back, ==, 0);
}

/* Where nothing can be put away, the order is not what it could be; nothing is lost. */
static void
test_no_place (void)
{
  g_autofree char *cache = g_strdup (g_get_user_cache_dir ()), *folder = g_path_get_dirname (cache);
  Arrival arrival;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (cache, "no folder", -1, NULL));
  feed (&arrival, TRUE);
  g_assert_cmpuint (arrival.back, >, 10);
}

/* Whoever takes the events fails; so does the sorter, with the same words. */
static void
test_error (void)
{
  Arrival arrival = { .in_vain = TRUE };
  g_autoptr (DdEventSorter) sorter = dd_event_sorter_new (arrive, &arrival);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  DdEvent event;

  make (1, &event, &name);
  g_assert_true (dd_event_sorter_add (&event, sorter, &error));
  g_assert_false (dd_event_sorter_finish (sorter, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/event-sorter/shuffled", test_shuffled);
  g_test_add_func ("/event-sorter/no-place", test_no_place);
  g_test_add_func ("/event-sorter/error", test_error);
  return g_test_run ();
}
