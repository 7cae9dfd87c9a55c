/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-snapshot.h"

void
dd_snapshot_free (DdSnapshot *snapshot)
{
  if (snapshot == NULL)
    return;
  g_free (snapshot->period);
  g_free (snapshot->scope);
  g_free (snapshot->title);
  g_free (snapshot->outcome);
  g_free (snapshot->report);
  g_free (snapshot->markdown);
  g_free (snapshot->slack);
  g_clear_pointer (&snapshot->document, g_bytes_unref);
  g_free (snapshot);
}
