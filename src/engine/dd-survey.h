/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-seen.h"

G_BEGIN_DECLS

/* What a workspace is set to, and what its services told of so far: what preferences are picked from. */
void      dd_survey_async (DdEngine *engine, const char *workspace, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
DdSeen   *dd_survey_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Copies the whole database into a new file; one that is there is replaced. */
void      dd_survey_back_up_async (DdEngine *engine, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean  dd_survey_back_up_finish (DdEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
