/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A post as people will see it, read back out of its payload so that nothing else is shown than what is sent. */

typedef enum
{
  DD_SLACK_HEADER,
  DD_SLACK_TEXT,
  DD_SLACK_FIELD,   /* stands beside others of its block */
  DD_SLACK_CONTEXT, /* small print */
} DdSlackPieceKind;

typedef struct
{
  DdSlackPieceKind kind;
  guint            block;  /* which block it is of, from 0 */
  char            *markup; /* Pango's */
} DdSlackPiece;

/* (element-type DdSlackPiece): in their order; empty for what is no payload. */
GPtrArray *dd_slack_preview (const char *payload) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
