/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "dd-time.h"

G_BEGIN_DECLS

/**
 * DdPosition:
 *
 * Where the walks over one list that is read newest first stand, as it is kept between syncs (in a
 * cursor). The first walk goes back to @since, later ones back to what the last one saw. A walk that is
 * stopped goes on at @after if that is not too long ago; only one that ends moves @reached, so that
 * nothing between the two is ever skipped.
 */
typedef struct
{
  gint64 since;        /* records from here on are known once a walk has ended */
  gint64 reached;      /* newest record when the last walk that ended began; DD_TIME_NONE where none has ended */
  char  *reached_mark; /* the same for lists that are not ordered by time: the vendor's id of it */
  gint64 newest;       /* newest record that the walk under way saw */
  char  *newest_mark;
  char  *after;        /* where the walk under way goes on; NULL where none is under way */
  gint64 at;           /* when @after was written */
  char  *tail;         /* the page at which the walk that went down to @since ended, "" for the first; NULL where none has */
  gint64 known;        /* of a walk that goes further down: records from here on are known already; else DD_TIME_NONE */
  char  *found;        /* what the source wants to remember of the records; NULL for nothing */
} DdPosition;

/* Nothing is known yet of what is not older than @since. */
void     dd_position_init (DdPosition *position,
                           gint64      since);
void     dd_position_clear (DdPosition *position);

/* Reads a cursor's @text as far as it still holds: not where @since is older than what was covered, where
 * @full is asked for or where the text is no position; and a page is forgotten after a day. What does not
 * hold is as by dd_position_init(). */
void     dd_position_load (DdPosition *position,
                           const char *text,
                           gint64      since,
                           gboolean    full,
                           gint64      now);
/* The same, but where @since is older than what was covered, a walk goes further down instead of beginning anew: from the page at
 * which the one before ended (@by_page: in a list whose pages only move down), or else only from @since to @known. */
void     dd_position_load_deep (DdPosition *position,
                                const char *text,
                                gint64      since,
                                gboolean    full,
                                gint64      now,
                                gboolean    by_page);
char    *dd_position_format (const DdPosition *position) G_GNUC_WARN_UNUSED_RESULT;

/* How far back a walk goes in time: to @since at first and where it goes further down, else to @overlap before what it knows. */
gint64   dd_position_until (const DdPosition *position,
                            gint64            overlap);

/* TRUE where a walk has ended and none is under way. */
gboolean dd_position_is_complete (const DdPosition *position);

/* The walk sees a record of @time; a time to come (a wrong clock) counts as @now. */
void     dd_position_see (DdPosition *position,
                          gint64      time,
                          gint64      now);
/* The walk goes on at @after. */
void     dd_position_go_on (DdPosition *position,
                            const char *after,
                            gint64      now);
/* The walk is at its end. */
void     dd_position_end (DdPosition *position);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DdPosition, dd_position_clear)

G_END_DECLS
