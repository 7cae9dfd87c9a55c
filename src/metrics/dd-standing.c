/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-standing.h"

#include <string.h>

const int dd_standing_days[DD_STANDING_WINDOWS] = { 7, 30 };

static void
age_free (gpointer data)
{
  DdSourceAge *age = data;

  g_free (age->source);
  g_free (age);
}

void
dd_repository_standing_free (DdRepositoryStanding *repository)
{
  if (repository == NULL)
    return;
  g_free (repository->name);
  g_free (repository->tier);
  g_free (repository);
}

DdStanding *
dd_standing_new (const char *workspace)
{
  DdStanding *standing = g_new0 (DdStanding, 1);

  standing->workspace = g_strdup (workspace);
  standing->repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_repository_standing_free);
  standing->ages = g_ptr_array_new_with_free_func (age_free);
  standing->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_error_total_free);
  return standing;
}

void
dd_standing_free (DdStanding *standing)
{
  if (standing == NULL)
    return;
  g_free (standing->workspace);
  g_clear_pointer (&standing->repositories, g_ptr_array_unref);
  g_clear_pointer (&standing->ages, g_ptr_array_unref);
  g_clear_pointer (&standing->errors, g_ptr_array_unref);
  g_free (standing);
}

static gboolean
has_repository (const DdTeam *team,
                const char   *repository)
{
  for (guint i = 0; team->repositories[i] != NULL; i++)
    {
      const char *slash = strrchr (team->repositories[i], '/');

      if (g_ascii_strcasecmp (slash != NULL ? slash + 1 : team->repositories[i], repository) == 0)
        return TRUE;
    }
  return FALSE;
}

const char *
dd_standing_tier (const GPtrArray *teams,
                  const char      *repository)
{
  const DdTeam *first = NULL;

  for (guint i = 0; i < teams->len; i++)
    {
      const DdTeam *team = g_ptr_array_index (teams, i);

      if (team->tier == NULL || *team->tier == '\0' || !has_repository (team, repository))
        continue;
      if (first == NULL || strcmp (team->name, first->name) < 0)
        first = team;
    }
  return first != NULL ? first->tier : "";
}

void
dd_standing_add_age (DdStanding *standing,
                     const char *source,
                     gint64      age)
{
  DdSourceAge *added;
  guint place = 0;

  for (; place < standing->ages->len; place++)
    {
      DdSourceAge *known = g_ptr_array_index (standing->ages, place);
      int order = strcmp (source, known->source);

      if (order == 0)
        known->age = MAX (known->age, age);
      if (order == 0)
        return;
      if (order < 0)
        break;
    }
  added = g_new0 (DdSourceAge, 1);
  added->source = g_strdup (source);
  added->age = age;
  g_ptr_array_insert (standing->ages, (int) place, added);
}
