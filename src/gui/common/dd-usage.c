/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-usage.h"

#include <glib/gi18n-lib.h>

#include "dd-query-activity.h"

/* One start of the program, which nothing tells from any other. */
static const char *
session_id (void)
{
  static char *id;

  if (id == NULL)
    id = g_uuid_string_random ();
  return id;
}

void
dd_usage_note (DdEngine   *engine,
               const char *type)
{
  dd_engagement_note (engine, session_id (), type);
}

void
dd_usage_note_page (DdEngine   *engine,
                    const char *page)
{
  static const struct
  {
    const char *page;
    const char *type;
  } types[] = {
    { "overview", "page-overview" },
    { "incidents", "page-incidents" },
    { "health", "page-health" },
    { "activity", "page-activity" },
    { "reports", "report-shown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (page, types[i].page) == 0)
      {
        dd_usage_note (engine, types[i].type);
        return;
      }
  /* The others are a metric each. Which one is nobody's business. */
  dd_usage_note (engine, "page-metric");
}

const char *
dd_usage_words (const char *type)
{
  static const struct
  {
    const char *type;
    const char *words;
  } types[] = {
    { "page-overview", N_("Overview") },
    { "page-metric", N_("Pages of metrics") },
    { "page-incidents", N_("Incidents") },
    { "page-health", N_("Data Health") },
    { "page-sources", N_("Sources") },
    { "page-activity", N_("Activity") },
    { "page-preferences", N_("Preferences") },
    { "chart-opened", N_("Charts looked into") },
    { "chart-exported", N_("Charts copied or saved") },
    { "report-shown", N_("Reports looked at") },
    { "report-exported", N_("Reports saved") },
    { "report-sent", N_("Reports sent") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (type, types[i].type) == 0)
      return _(types[i].words);
  return type;
}
