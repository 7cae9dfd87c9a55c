/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What became of the things that are counted; each in words of its own, as languages count them differently. */
typedef enum
{
  DD_COUNTED_OK,
  DD_COUNTED_DONE,
  DD_COUNTED_FAILED,
  DD_COUNTED_MISSED,
  DD_COUNTED_ENQUEUED,
  DD_COUNTED_STARTED,
  DD_COUNTED_SUCCEEDED,
  DD_COUNTED_RETRIED,
  DD_COUNTED_OPEN,
  DD_COUNTED_WITH_INCIDENT,
  DD_COUNTED_BY_DEPLOYMENT,
  DD_COUNTED_AS_MERGED,
} DdCounted;

typedef struct
{
  DdCounted what;
  guint64   n;
} DdCount;

/* "3 failed". */
char *dd_words_counted (DdCounted what, guint64 n) G_GNUC_WARN_UNUSED_RESULT;
/* "12 ok, 3 failed". */
char *dd_words_counts (const DdCount *counts, gsize n_counts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
