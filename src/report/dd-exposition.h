/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Prometheus's text format 0.0.4 and OpenMetrics 1.0.0, as text: one family after the other, each with its samples. A family
 * without samples leaves no trace. Nothing here knows what is measured.
 */

typedef enum
{
  DD_EXPOSITION_TEXT,
  DD_EXPOSITION_OPENMETRICS,
} DdExpositionFormat;

/* What HTTP calls it. */
const char *dd_exposition_content_type (DdExpositionFormat format);

typedef enum
{
  DD_FAMILY_GAUGE,
  DD_FAMILY_COUNTER,
  DD_FAMILY_HISTOGRAM,
} DdFamilyKind;

typedef struct
{
  const char  *name; /* as its samples have it: a counter's ends in _total */
  DdFamilyKind kind;
  const char  *unit; /* NULL for none; else the name ends in it, before a counter's _total */
  const char  *help;
} DdFamily;

typedef struct
{
  const char *name;
  const char *value; /* any text */
} DdLabel;

typedef struct _DdExposition DdExposition;

DdExposition *dd_exposition_new (DdExpositionFormat format) G_GNUC_WARN_UNUSED_RESULT;
/* The whole text; frees @exposition. */
char         *dd_exposition_finish (DdExposition *exposition) G_GNUC_WARN_UNUSED_RESULT;

/* The samples that follow are of @family, which must outlive them. A family may begin once. */
void          dd_exposition_begin (DdExposition *exposition, const DdFamily *family);

/* Of a gauge or a counter. */
void          dd_exposition_add (DdExposition *exposition, const DdLabel *labels, guint n_labels, double value);

/**
 * dd_exposition_add_histogram:
 * @bounds: ascending, @n of them
 * @counts: how many lie up to each bound and above the one before; the last, above all bounds: @n + 1
 * @sum: of all that is counted
 */
void          dd_exposition_add_histogram (DdExposition  *exposition,
                                           const DdLabel *labels,
                                           guint          n_labels,
                                           const double  *bounds,
                                           const gint64  *counts,
                                           guint          n,
                                           double         sum);

G_END_DECLS
