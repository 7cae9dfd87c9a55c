/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-report.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-join.h"
#include "dd-remarks.h"

static const struct
{
  const char *name;
  const char *title;
} sections[DD_N_SECTIONS] = {
  [DD_SECTION_TIERS] = { "tiers", N_("Tiers") },
  [DD_SECTION_HIGHLIGHTS] = { "highlights", N_("Highlights") },
  [DD_SECTION_RECOMMENDATIONS] = { "recommendations", N_("Recommendations") },
  [DD_SECTION_TEAMS] = { "teams", N_("Teams") },
  [DD_SECTION_MOVES] = { "moves", N_("What moved most") },
  [DD_SECTION_INCIDENTS] = { "incidents", N_("Incidents") },
  [DD_SECTION_TRENDS] = { "trends", N_("Trends") },
  [DD_SECTION_STAGES] = { "stages", N_("Where the time goes") },
  [DD_SECTION_REPOSITORIES] = { "repositories", N_("Repositories") },
  [DD_SECTION_HEALTH] = { "health", N_("What the numbers rest on") },
};

const char *
dd_section_name (DdSection section)
{
  return sections[section].name;
}

const char *
dd_section_title (DdSection section)
{
  return _(sections[section].title);
}

gboolean
dd_sections_parse (const char *text,
                   guint      *bits,
                   GError    **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  const char *names[DD_N_SECTIONS + 1] = { NULL };
  guint found = 0;

  for (int i = 0; i < DD_N_SECTIONS; i++)
    names[i] = sections[i].name;
  for (int i = 0; words[i] != NULL; i++)
    {
      const char *word = g_strstrip (words[i]), *near;
      int section = 0;

      while (section < DD_N_SECTIONS && g_strcmp0 (names[section], word) != 0)
        section++;
      if (section < DD_N_SECTIONS)
        {
          found |= 1u << section;
          continue;
        }
      near = dd_suggest (word, names);
      if (near != NULL)
        g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("There is no section “%s”; did you mean “%s”?"), word, near);
      else
        {
          g_autofree char *all = dd_join_items (names);

          g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("There is no section “%s”; there are %s."), word, all);
        }
      return FALSE;
    }
  *bits = found;
  return TRUE;
}

DdReport *
dd_report_new (DdSummary *summary)
{
  DdReport *report = g_new0 (DdReport, 1);

  report->summary = summary;
  report->highlights = dd_highlights_find (summary);
  report->recommendations = dd_recommendations_find (summary);
  return report;
}

void
dd_report_free (DdReport *report)
{
  if (report == NULL)
    return;
  dd_summary_free (report->summary);
  g_ptr_array_unref (report->highlights);
  g_ptr_array_unref (report->recommendations);
  g_free (report->note);
  g_clear_pointer (&report->incidents, g_ptr_array_unref);
  g_clear_pointer (&report->changes, g_ptr_array_unref);
  g_clear_pointer (&report->recoveries, g_ptr_array_unref);
  g_clear_pointer (&report->earlier, dd_summary_free);
  g_free (report);
}
