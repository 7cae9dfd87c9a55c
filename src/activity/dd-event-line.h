/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-event.h"

G_BEGIN_DECLS

/**
 * DdEventParser:
 *
 * Reads the lines of an event log (JSON lines), one after the other.
 */
typedef struct _DdEventParser DdEventParser;

DdEventParser *dd_event_parser_new (void) G_GNUC_WARN_UNUSED_RESULT;
void           dd_event_parser_free (DdEventParser *parser);

/* FALSE where the line is broken: no JSON object, no name of an event, or one that is known and does not say when it was.
 * The strings of @event live until the next line. @line ends with a zero byte behind @length. */
gboolean       dd_event_parser_read (DdEventParser *parser, const char *line, gsize length, DdEvent *event);

/* The event's name in a log; NULL for unknown ones. */
const char    *dd_event_kind_name (DdLogKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdEventParser, dd_event_parser_free)

G_END_DECLS
