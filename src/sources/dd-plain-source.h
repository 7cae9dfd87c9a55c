/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-source.h"
#include "dd-walk.h"

G_BEGIN_DECLS

/**
 * DdPlainSource:
 *
 * What services have in common that are checked with one request and read with a few walks: they only tell how to ask and how
 * to read.
 */
#define DD_TYPE_PLAIN_SOURCE (dd_plain_source_get_type ())
G_DECLARE_FINAL_TYPE (DdPlainSource, dd_plain_source, DD, PLAIN_SOURCE, GObject)

typedef struct
{
  /* The request of a check. */
  DdHttpRequest *(*ask_who) (DdPlainSource *source);
  /* Another one where that failed with @error, of DD_ERROR; NULL where there is none. NULL: there never is. */
  DdHttpRequest *(*ask_again) (DdPlainSource *source, const GError *error);
  /* Fills @check from the reply. */
  void (*read_who) (DdPlainSource *source, const DdHttpReply *reply, DdSourceCheck *check);
  /* Adds the walks of a sync to @group, which lives as long as the sync. */
  void (*add_walks) (DdPlainSource *source, DdWalkGroup *group, DdSink *sink);
} DdPlainService;

DdSource               *dd_plain_source_new (const DdPlainService *service, const DdSourceSetup *setup) G_GNUC_WARN_UNUSED_RESULT;
const DdSourceSettings *dd_plain_source_get_settings (DdPlainSource *self);
DdHttp                 *dd_plain_source_get_http (DdPlainSource *self);
const char             *dd_plain_source_get_token (DdPlainSource *self);
gint64                  dd_plain_source_get_since (DdPlainSource *self);
gboolean                dd_plain_source_get_full (DdPlainSource *self);

/* What a server said, fit to stand in a sentence: one line, not too long, and nothing in it that could be a token. NULL is "?". */
char *dd_plain_source_tidy (const char *words) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
