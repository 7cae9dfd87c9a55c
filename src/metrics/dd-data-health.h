/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-fact.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* One step from fetched to counted: @records are left after it, @left_out went at it. */
typedef struct
{
  char       *step;     /* "deployments: to production" */
  guint       records;
  guint       left_out;
  const char *rule;     /* dd_rule_name(), NULL for a first step */
  char       *describe; /* the rule with the setting in force, for people */
  char       *detail;   /* where the most of what it left out come from: "121 staging, 28 preview"; NULL where nothing tells */
  const char *setting;  /* path of the workspace file, NULL for none */
} DdHealthStep;

void dd_health_step_free (DdHealthStep *step);

/* (element-type DdHealthStep): for deployments, changes and incidents in turn: fetched, each rule that left anything out, counted. */
GPtrArray *dd_data_health (const GPtrArray *counts, /* of DdRuleCount */
                           const GPtrArray *names,  /* of DdRuleName; a name may be there more than once */
                           const DdMetricSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
