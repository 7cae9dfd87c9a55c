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
