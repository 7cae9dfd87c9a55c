/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-page-info.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const DdPageInfo infos[] = {
  { "overview", N_("Overview"), "dd-overview-symbolic", NULL },
  { "deployment_frequency", N_("Deployment Frequency"), "dd-deploys-symbolic", N_("Metrics") },
  { "lead_time", N_("Lead Time"), "preferences-system-time-symbolic", N_("Metrics") },
  { "change_failure_rate", N_("Change Failure Rate"), "dd-failure-symbolic", N_("Metrics") },
  { "recovery_time", N_("Time to Recovery"), "document-open-recent-symbolic", N_("Metrics") },
  { "rework_rate", N_("Rework Rate"), "edit-undo-symbolic", N_("Metrics") },
  { "incidents", N_("Incidents"), "dd-incident-symbolic", N_("Look Into") },
  { "health", N_("Data Health"), "dd-funnel-symbolic", N_("Look Into") },
  { "activity", N_("Activity"), "dd-activity-symbolic", N_("Look Into") },
};

const DdPageInfo *
dd_page_infos (guint *n)
{
  *n = G_N_ELEMENTS (infos);
  return infos;
}

const DdPageInfo *
dd_page_info_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    if (strcmp (infos[i].name, name) == 0)
      return &infos[i];
  return NULL;
}
