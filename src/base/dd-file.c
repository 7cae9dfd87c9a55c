/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-file.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"

/* What stands in the way of a file, in one sentence. */
static const char *
why_not (const GError *cause)
{
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return _("the disk is full.");
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ACCES) || g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_PERM))
    return _("you may not write to its folder.");
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ROFS))
    return _("its disk can only be read.");
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT) || g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    return _("there is no such folder.");
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ISDIR))
    return _("it is a folder.");
  return cause->message;
}

gboolean
dd_file_write (const char *file,
               const char *data,
               gsize       length,
               GError    **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_file_set_contents_full (file, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &cause))
    return TRUE;
  g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("%s cannot be written: %s"), file, why_not (cause));
  return FALSE;
}

char *
dd_file_slug (const char *text)
{
  GString *slug = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isalnum (letter))
        g_string_append_unichar (slug, g_unichar_tolower (letter));
      else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
        g_string_append_c (slug, '-');
    }
  if (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  if (slug->len == 0)
    g_string_append_c (slug, '_');
  return g_string_free (slug, FALSE);
}
