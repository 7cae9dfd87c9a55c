/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-exposition.h"

#include <math.h>
#include <string.h>

/* Up to here every whole number is a double. */
#define MOST_WHOLE 9007199254740992.0

struct _DdExposition
{
  DdExpositionFormat format;
  GString           *text;
  const DdFamily    *family;
  gboolean           announced; /* the family's head is written */
};

static const char * const kind_names[] = {
  [DD_FAMILY_GAUGE] = "gauge",
  [DD_FAMILY_COUNTER] = "counter",
  [DD_FAMILY_HISTOGRAM] = "histogram",
};

const char *
dd_exposition_content_type (DdExpositionFormat format)
{
  return format == DD_EXPOSITION_OPENMETRICS ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                             : "text/plain; version=0.0.4; charset=utf-8";
}

/* Both formats are UTF-8 and nothing else. */
static void
append_escaped (GString    *text,
                const char *value,
                gboolean    quotes)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);
  for (; *value != '\0'; value++)
    if (*value == '\n')
      g_string_append (text, "\\n");
    else if (*value == '\\' || (*value == '"' && quotes))
      g_string_append_printf (text, "\\%c", *value);
    else
      g_string_append_c (text, *value);
}

/* The shortest that reads as the same number. */
static void
append_number (GString *text,
               double   value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    g_string_append (text, "NaN");
  else if (isinf (value))
    g_string_append (text, value > 0 ? "+Inf" : "-Inf");
  else if (fabs (value) < MOST_WHOLE && value == trunc (value))
    g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) value);
  else
    {
      static const char * const precisions[] = { "%.15g", "%.16g", "%.17g" };
      guint i = 0;

      do
        g_ascii_formatd (digits, sizeof digits, precisions[i++], value);
      while (i < G_N_ELEMENTS (precisions) && g_ascii_strtod (digits, NULL) != value);
      g_string_append (text, digits);
    }
}

/* OpenMetrics wants whole bounds with a fraction. */
static char *
bound_text (const DdExposition *exposition,
            double              bound)
{
  GString *text = g_string_new (NULL);

  append_number (text, bound);
  if (exposition->format == DD_EXPOSITION_OPENMETRICS && strpbrk (text->str, ".eE") == NULL && !isinf (bound))
    g_string_append (text, ".0");
  return g_string_free (text, FALSE);
}

static void
announce (DdExposition *exposition)
{
  const DdFamily *family = exposition->family;
  gboolean open = exposition->format == DD_EXPOSITION_OPENMETRICS;
  gsize length = strlen (family->name);

  g_assert (family != NULL);
  if (exposition->announced)
    return;
  exposition->announced = TRUE;
  /* OpenMetrics names a counter's family without what its samples end in. */
  if (open && g_str_has_suffix (family->name, "_total"))
    length -= strlen ("_total");
  g_string_append_printf (exposition->text, "# HELP %.*s ", (int) length, family->name);
  append_escaped (exposition->text, family->help, open);
  g_string_append_printf (exposition->text, "\n# TYPE %.*s %s\n", (int) length, family->name, kind_names[family->kind]);
  if (open && family->unit != NULL)
    g_string_append_printf (exposition->text, "# UNIT %.*s %s\n", (int) length, family->name, family->unit);
}

static void
append_sample (DdExposition  *exposition,
               const char    *suffix,
               const DdLabel *labels,
               guint          n_labels,
               const char    *bound,
               double         value)
{
  GString *text = exposition->text;
  char before = '{';

  g_string_append (text, exposition->family->name);
  g_string_append (text, suffix);
  for (guint i = 0; i < n_labels; i++)
    {
      g_string_append_printf (text, "%c%s=\"", before, labels[i].name);
      append_escaped (text, labels[i].value, TRUE);
      g_string_append_c (text, '"');
      before = ',';
    }
  if (bound != NULL)
    g_string_append_printf (text, "%cle=\"%s\"", before, bound);
  g_string_append (text, n_labels > 0 || bound != NULL ? "} " : " ");
  append_number (text, value);
  g_string_append_c (text, '\n');
}

DdExposition *
dd_exposition_new (DdExpositionFormat format)
{
  DdExposition *exposition = g_new0 (DdExposition, 1);

  exposition->format = format;
  exposition->text = g_string_new (NULL);
  return exposition;
}

char *
dd_exposition_finish (DdExposition *exposition)
{
  char *text;

  if (exposition->format == DD_EXPOSITION_OPENMETRICS)
    g_string_append (exposition->text, "# EOF\n");
  text = g_string_free (exposition->text, FALSE);
  g_free (exposition);
  return text;
}

void
dd_exposition_begin (DdExposition   *exposition,
                     const DdFamily *family)
{
  exposition->family = family;
  exposition->announced = FALSE;
}

void
dd_exposition_add (DdExposition  *exposition,
                   const DdLabel *labels,
                   guint          n_labels,
                   double         value)
{
  announce (exposition);
  append_sample (exposition, "", labels, n_labels, NULL, value);
}

void
dd_exposition_add_histogram (DdExposition  *exposition,
                             const DdLabel *labels,
                             guint          n_labels,
                             const double  *bounds,
                             const gint64  *counts,
                             guint          n,
                             double         sum)
{
  gint64 up_to = 0;

  announce (exposition);
  for (guint i = 0; i <= n; i++)
    {
      g_autofree char *bound = bound_text (exposition, i < n ? bounds[i] : INFINITY);

      up_to += counts[i];
      append_sample (exposition, "_bucket", labels, n_labels, bound, (double) up_to);
    }
  append_sample (exposition, "_sum", labels, n_labels, NULL, sum);
  append_sample (exposition, "_count", labels, n_labels, NULL, (double) up_to);
}
