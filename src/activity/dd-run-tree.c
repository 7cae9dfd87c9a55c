/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-run-tree.h"

#include <string.h>

/* A task that another waited for is written down a little after that one began. */
#define TOLERANCE (DD_SECOND / 100)

/* SOURCE/STEP or SOURCE/SCOPE/STEP; a scope may have slashes of its own. */
typedef struct
{
  const char *source, *scope;
  gsize       source_length, scope_length; /* of the scope 0: none */
} Name;

static gboolean
read_name (const char *id,
           Name       *name)
{
  const char *first = strchr (id, '/'), *last = strrchr (id, '/');

  if (first == NULL)
    return FALSE;
  *name = (Name) { id, first + 1, (gsize) (first - id), last > first ? (gsize) (last - first - 1) : 0 };
  return TRUE;
}

static gboolean
is_same (const char *one,
         gsize       one_length,
         const char *other,
         gsize       other_length)
{
  return one_length == other_length && memcmp (one, other, one_length) == 0;
}

static gint64
end_of (const GPtrArray *tasks,
        int              number)
{
  return number >= 0 ? ((const DdActivityTask *) g_ptr_array_index (tasks, number))->end : G_MININT64;
}

/* Of the same scope, the one that ended last before it began; else that of the source as a whole. -1: none */
static int
find_after (const GPtrArray *tasks,
            guint            number)
{
  const DdActivityTask *task = g_ptr_array_index (tasks, number);
  int of_scope = -1, of_source = -1;
  Name name, other;

  if (task->start == DD_TIME_NONE || !read_name (task->id, &name))
    return -1;
  for (guint i = 0; i < number; i++)
    {
      const DdActivityTask *before = g_ptr_array_index (tasks, i);

      if (before->end == DD_TIME_NONE || before->end > task->start + TOLERANCE || before->start >= task->start ||
          !read_name (before->id, &other) || !is_same (name.source, name.source_length, other.source, other.source_length))
        continue;
      if (is_same (name.scope, name.scope_length, other.scope, other.scope_length))
        of_scope = before->end > end_of (tasks, of_scope) ? (int) i : of_scope;
      else if (other.scope_length == 0)
        of_source = before->end > end_of (tasks, of_source) ? (int) i : of_source;
    }
  return of_scope >= 0 ? of_scope : of_source;
}

/* Who waits for whom, as lists: the first that waits for one, and the next that waits for the same. -1: none */
typedef struct
{
  const GPtrArray *tasks;
  int             *first;
  int             *next;
  GArray          *steps;
} Tree;

static void
add_behind (Tree                 *tree,
            int                   number,
            const DdActivityTask *after,
            guint                 depth)
{
  for (; number >= 0; number = tree->next[number])
    {
      DdRunStep step = { g_ptr_array_index (tree->tasks, number), after, depth };

      g_array_append_val (tree->steps, step);
      add_behind (tree, tree->first[number], step.task, depth + 1);
    }
}

GArray *
dd_run_tree (const DdActivityRun *run)
{
  guint n = run->tasks->len;
  g_autofree int *first = g_new (int, n + 1), *next = g_new (int, n + 1);
  Tree tree = { run->tasks, first, next, g_array_new (FALSE, FALSE, sizeof (DdRunStep)) };

  /* At the end of @first, those that waited for none. */
  for (guint i = 0; i <= n; i++)
    first[i] = -1;
  for (guint i = n; i > 0; i--)
    {
      int after = run->imported ? -1 : find_after (run->tasks, i - 1);
      guint list = after >= 0 ? (guint) after : n;

      next[i - 1] = first[list];
      first[list] = (int) i - 1;
    }
  add_behind (&tree, first[n], NULL, 0);
  return tree.steps;
}
