/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-seen.h"

void
dd_seen_name_free (DdSeenName *name)
{
  if (name == NULL)
    return;
  g_free (name->name);
  g_free (name);
}

DdSeenOutline *
dd_seen_outline_new (void)
{
  DdSeenOutline *outline = g_new0 (DdSeenOutline, 1);

  outline->environments = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_seen_name_free);
  return outline;
}

void
dd_seen_outline_free (DdSeenOutline *outline)
{
  if (outline == NULL)
    return;
  g_ptr_array_unref (outline->environments);
  g_free (outline->tag);
  g_free (outline);
}

void
dd_seen_repository_free (DdSeenRepository *repository)
{
  if (repository == NULL)
    return;
  g_free (repository->name);
  g_free (repository->reason);
  g_free (repository);
}

void
dd_seen_free (DdSeen *seen)
{
  if (seen == NULL)
    return;
  dd_settings_free (seen->settings);
  g_clear_pointer (&seen->sources, g_ptr_array_unref);
  g_clear_pointer (&seen->repositories, g_ptr_array_unref);
  g_clear_pointer (&seen->environments, g_ptr_array_unref);
  g_clear_pointer (&seen->labels, g_ptr_array_unref);
  g_clear_pointer (&seen->severities, g_ptr_array_unref);
  g_free (seen->path);
  g_free (seen);
}

static gboolean
is_among (GPtrArray  *list,
          const char *name)
{
  for (guint i = 0; i < list->len; i++)
    if (dd_pattern_matches (g_ptr_array_index (list, i), name))
      return TRUE;
  return FALSE;
}

/* Adds all of @names that @pattern matches, but @but. */
static void
add_matches (GPtrArray  *list,
             GPtrArray  *names,
             const char *pattern,
             const char *but)
{
  for (guint i = 0; i < names->len; i++)
    {
      const DdSeenName *name = g_ptr_array_index (names, i);

      if (dd_pattern_matches (pattern, name->name) && !dd_pattern_matches (but, name->name) && !is_among (list, name->name))
        g_ptr_array_add (list, g_strdup (name->name));
    }
}

static gboolean
is_all (GPtrArray *list,
        GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (!is_among (list, ((const DdSeenName *) g_ptr_array_index (names, i))->name))
      return FALSE;
  return TRUE;
}

char **
dd_seen_choose (char      **patterns,
                GPtrArray  *names,
                const char *name,
                gboolean    chosen,
                gboolean    empty_is_all)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (chosen)
    {
      for (guint i = 0; patterns[i] != NULL; i++)
        g_ptr_array_add (list, g_strdup (patterns[i]));
      if (!is_among (list, name))
        g_ptr_array_add (list, g_strdup (name));
    }
  else if (patterns[0] == NULL && empty_is_all)
    {
      add_matches (list, names, "*", name);
    }
  else
    {
      for (guint i = 0; patterns[i] != NULL; i++)
        if (!dd_pattern_matches (patterns[i], name))
          g_ptr_array_add (list, g_strdup (patterns[i]));
      for (guint i = 0; patterns[i] != NULL; i++)
        if (dd_pattern_matches (patterns[i], name))
          add_matches (list, names, patterns[i], name);
    }
  if (empty_is_all && is_all (list, names))
    g_ptr_array_set_size (list, 0);
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}
