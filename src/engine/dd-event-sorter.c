/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-sorter.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define ROOM (16 * 1024 * 1024)

/* Files that are merged at once; with as many the events go on, and it begins anew. */
#define MOST_FILES 64
#define FILE_BUFFER (64 * 1024)

/* One in so many events may be earlier than the one before it in a log that is taken to be in order. */
#define IN_ORDER 4

#define STRINGS 8

/* As an event is kept: this, then each string that is there, with its end. */
typedef struct
{
  gint64  at;
  guint64 hash;
  gint64  attempt, ok, failed, count;
  guint32 size; /* of all strings */
  guint8  kind;
  guint8  status;
  guint8  there; /* a bit for each string */
} Head;

/* Where an event lies in the memory. */
typedef struct
{
  gint64  at;
  guint64 hash;
  gsize   offset;
} Place;

/* A file of events in order, and the next one of them. */
typedef struct
{
  FILE       *file;
  Head        head;
  GByteArray *strings;
  gboolean    ended;
} Part;

struct _DdEventSorter
{
  DdEventFunc func;
  gpointer    user_data;
  gsize       room;
  GByteArray *bytes;   /* the events in memory */
  GArray     *places;  /* of Place: the same */
  guint       back;    /* how many of them are earlier than the one before */
  GPtrArray  *parts;   /* of Part */
};

/* The strings of an event. */
#define STRINGS_OF(event)                                                                                                      \
  { &(event)->run, &(event)->name, &(event)->tenant, &(event)->task, &(event)->job, &(event)->ref, &(event)->error, &(event)->line }

static void
part_free (gpointer data)
{
  Part *part = data;

  fclose (part->file);
  g_byte_array_unref (part->strings);
  g_free (part);
}

DdEventSorter *
dd_event_sorter_new (DdEventFunc func,
                     gpointer    user_data)
{
  DdEventSorter *sorter = g_new0 (DdEventSorter, 1);

  sorter->func = func;
  sorter->user_data = user_data;
  sorter->room = ROOM;
  sorter->bytes = g_byte_array_new ();
  sorter->places = g_array_new (FALSE, FALSE, sizeof (Place));
  sorter->parts = g_ptr_array_new_with_free_func (part_free);
  return sorter;
}

void
dd_event_sorter_free (DdEventSorter *sorter)
{
  if (sorter == NULL)
    return;
  g_byte_array_unref (sorter->bytes);
  g_array_unref (sorter->places);
  g_ptr_array_unref (sorter->parts);
  g_free (sorter);
}

void
dd_event_sorter_set_room (DdEventSorter *sorter,
                          gsize          bytes)
{
  sorter->room = bytes;
}

static gboolean
hand_on (DdEventSorter *sorter,
         const Head    *head,
         const char    *strings,
         GError       **error)
{
  DdEvent event = {
    .kind = head->kind, .at = head->at, .hash = head->hash, .attempt = head->attempt, .ok = head->ok, .failed = head->failed,
    .count = head->count, .status = head->status,
  };
  const char **places[STRINGS] = STRINGS_OF (&event);

  for (guint i = 0; i < STRINGS; i++)
    if ((head->there & (1u << i)) != 0)
      {
        *places[i] = strings;
        strings += strlen (strings) + 1;
      }
  return sorter->func (&event, sorter->user_data, error);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *left = a, *right = b;

  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  return left->hash < right->hash ? -1 : left->hash > right->hash;
}

static void
head_at (DdEventSorter *sorter,
         guint          i,
         Head          *head,
         const char   **strings)
{
  const guint8 *start = sorter->bytes->data + g_array_index (sorter->places, Place, i).offset;

  memcpy (head, start, sizeof *head);
  *strings = (const char *) start + sizeof *head;
}

static void
forget (DdEventSorter *sorter)
{
  g_byte_array_set_size (sorter->bytes, 0);
  g_array_set_size (sorter->places, 0);
  sorter->back = 0;
}

static gboolean
hand_on_memory (DdEventSorter *sorter,
                GError       **error)
{
  for (guint i = 0; i < sorter->places->len; i++)
    {
      const char *strings;
      Head head;

      head_at (sorter, i, &head, &strings);
      if (!hand_on (sorter, &head, strings, error))
        return FALSE;
    }
  forget (sorter);
  return TRUE;
}

/* A file without a name. NULL where there is no place for one. */
static FILE *
open_file (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "doradash", NULL);
  g_autofree char *path = g_build_filename (folder, "events-XXXXXX", NULL);
  int file;
  FILE *stream;

  g_mkdir_with_parents (folder, 0700);
  file = g_mkstemp (path);
  if (file < 0)
    return NULL;
  g_unlink (path);
  stream = fdopen (file, "w+");
  if (stream == NULL)
    g_close (file, NULL);
  else
    setvbuf (stream, NULL, _IOFBF, FILE_BUFFER);
  return stream;
}

/* FALSE where it cannot be kept there, as on a full disk. */
static gboolean
put_away (DdEventSorter *sorter)
{
  FILE *file = open_file ();
  gboolean done = file != NULL;
  Part *part;

  for (guint i = 0; done && i < sorter->places->len; i++)
    {
      const char *strings;
      Head head;

      head_at (sorter, i, &head, &strings);
      done = fwrite (&head, sizeof head, 1, file) == 1 && fwrite (strings, 1, head.size, file) == head.size;
    }
  done = done && fflush (file) == 0 && fseek (file, 0, SEEK_SET) == 0;
  if (!done)
    {
      g_clear_pointer (&file, fclose);
      return FALSE;
    }
  part = g_new0 (Part, 1);
  part->file = file;
  part->strings = g_byte_array_new ();
  g_ptr_array_add (sorter->parts, part);
  forget (sorter);
  return TRUE;
}

/* The next event of @part; FALSE where the file cannot be read. */
static gboolean
advance (Part *part)
{
  if (fread (&part->head, sizeof part->head, 1, part->file) != 1)
    {
      part->ended = TRUE;
      return !ferror (part->file);
    }
  g_byte_array_set_size (part->strings, part->head.size);
  return fread (part->strings->data, 1, part->head.size, part->file) == part->head.size;
}

static gboolean
fail_reading (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, g_strerror (EIO));
  return FALSE;
}

static Part *
earliest (DdEventSorter *sorter)
{
  Part *first = NULL;

  for (guint i = 0; i < sorter->parts->len; i++)
    {
      Part *part = g_ptr_array_index (sorter->parts, i);

      if (!part->ended && (first == NULL || part->head.at < first->head.at))
        first = part;
    }
  return first;
}

static gboolean
merge (DdEventSorter *sorter,
       GCancellable  *cancellable,
       GError       **error)
{
  Part *part;

  for (guint i = 0; i < sorter->parts->len; i++)
    if (!advance (g_ptr_array_index (sorter->parts, i)))
      return fail_reading (error);
  while ((part = earliest (sorter)) != NULL)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !hand_on (sorter, &part->head, (const char *) part->strings->data, error))
        return FALSE;
      if (!advance (part))
        return fail_reading (error);
    }
  g_ptr_array_set_size (sorter->parts, 0);
  return TRUE;
}

/* The memory is full. */
static gboolean
make_room (DdEventSorter *sorter,
           GError       **error)
{
  gboolean in_order = sorter->back < sorter->places->len / IN_ORDER;

  if (sorter->back > 0)
    g_array_sort (sorter->places, compare_places);
  if (in_order || !put_away (sorter))
    return hand_on_memory (sorter, error);
  return sorter->parts->len < MOST_FILES || merge (sorter, NULL, error);
}

gboolean
dd_event_sorter_add (const DdEvent *event,
                     gpointer       data,
                     GError       **error)
{
  DdEventSorter *sorter = data;
  const char * const *strings[STRINGS] = STRINGS_OF (event);
  Place place = { event->at, event->hash, sorter->bytes->len };
  Head head = {
    .at = event->at, .hash = event->hash, .attempt = event->attempt, .ok = event->ok, .failed = event->failed, .count = event->count,
    .kind = (guint8) event->kind, .status = (guint8) event->status,
  };

  g_byte_array_append (sorter->bytes, (const guint8 *) &head, sizeof head);
  for (guint i = 0; i < STRINGS; i++)
    if (*strings[i] != NULL)
      {
        guint length = (guint) strlen (*strings[i]) + 1;

        g_byte_array_append (sorter->bytes, (const guint8 *) *strings[i], length);
        head.there |= (guint8) (1u << i);
        head.size += length;
      }
  memcpy (sorter->bytes->data + place.offset, &head, sizeof head);
  if (sorter->places->len > 0)
    sorter->back += place.at < g_array_index (sorter->places, Place, sorter->places->len - 1).at;
  g_array_append_val (sorter->places, place);
  return sorter->bytes->len + sorter->places->len * sizeof place < sorter->room || make_room (sorter, error);
}

gboolean
dd_event_sorter_finish (DdEventSorter *sorter,
                        GCancellable  *cancellable,
                        GError       **error)
{
  if (sorter->back > 0)
    g_array_sort (sorter->places, compare_places);
  if (sorter->parts->len > 0 && sorter->places->len > 0 && !put_away (sorter) && !hand_on_memory (sorter, error))
    return FALSE;
  return sorter->parts->len > 0 ? merge (sorter, cancellable, error) : hand_on_memory (sorter, error);
}
