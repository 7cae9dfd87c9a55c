/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a send ended, as the database keeps it: never renumber. */
typedef enum
{
  DD_SEND_UNKNOWN, /* on its way, or its answer was lost: it may be there */
  DD_SEND_SENT,
  DD_SEND_REFUSED, /* it is certain that nothing came of it */
} DdSendOutcome;

/* What goes out by itself; as above. */
typedef enum
{
  DD_SEND_MESSAGE,
  DD_SEND_FILE,
} DdSendPart;

typedef struct
{
  gint64        id;
  gint64        at;
  DdSendOutcome outcome;
} DdSendRecord;

G_END_DECLS
