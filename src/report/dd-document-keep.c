/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-document-keep.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"

/* The form's number comes first: what a later version keeps otherwise, an earlier one refuses. */
#define FORM 1
#define POINT "(xxmsmsmsuubbb)"
#define SERIES "(msubadaxas)"
#define BAND "(ddu)"
#define INCIDENT "(msmsxx)"
#define BAR "(msddduu)"
#define CHART "(uuuumsmsmssxbxxa" POINT "a" SERIES "a" BAND "a" INCIDENT "a" BAR ")"
#define CELL "(msmsuuumv)"
#define COLUMN "(msbbdu)"
#define ITEM "(msms)"
#define BLOCK "(umsmsmsmsubba" COLUMN "aa" CELL "a" ITEM "mvavav)"
#define DOCUMENT "(umsmsmsmsxsbav)"

/* Pairs hold blocks, and no pairs in them. */
#define DEEPEST 3

static GVariant *
chart_to_variant (const DdChartSpec *chart)
{
  GVariantBuilder points, series, bands, incidents, bars;

  if (chart == NULL)
    return NULL;
  g_variant_builder_init (&points, G_VARIANT_TYPE ("a" POINT));
  for (guint i = 0; i < chart->points->len; i++)
    {
      const DdChartPoint *point = &g_array_index (chart->points, DdChartPoint, i);

      g_variant_builder_add (&points, POINT, point->start, point->end, point->label, point->long_label, point->events, point->count,
                             (guint) point->tier, point->small, point->partial, point->unsynced);
    }
  g_variant_builder_init (&series, G_VARIANT_TYPE ("a" SERIES));
  for (guint i = 0; i < chart->series->len; i++)
    {
      const DdChartSeries *one = g_ptr_array_index (chart->series, i);
      const char *none[] = { NULL };

      g_variant_builder_add (&series, "(msub@ad@ax^as)", one->name, (guint) one->role, one->hidden,
                             g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, one->values, one->n, sizeof (double)),
                             g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, one->times, one->times != NULL ? one->n : 0, sizeof (gint64)),
                             one->labels != NULL ? (const char * const *) one->labels : none);
    }
  g_variant_builder_init (&bands, G_VARIANT_TYPE ("a" BAND));
  for (guint i = 0; i < chart->bands->len; i++)
    {
      const DdChartBand *band = &g_array_index (chart->bands, DdChartBand, i);

      g_variant_builder_add (&bands, BAND, band->from, band->to, (guint) band->tier);
    }
  g_variant_builder_init (&incidents, G_VARIANT_TYPE ("a" INCIDENT));
  for (guint i = 0; i < chart->incidents->len; i++)
    {
      const DdChartIncident *incident = &g_array_index (chart->incidents, DdChartIncident, i);
      g_autofree char *name = incident->name != NULL ? g_utf8_make_valid (incident->name, -1) : NULL;
      g_autofree char *title = incident->title != NULL ? g_utf8_make_valid (incident->title, -1) : NULL;

      g_variant_builder_add (&incidents, INCIDENT, name, title, incident->started, incident->ended);
    }
  g_variant_builder_init (&bars, G_VARIANT_TYPE ("a" BAR));
  for (guint i = 0; i < chart->bars->len; i++)
    {
      const DdChartBar *bar = &g_array_index (chart->bars, DdChartBar, i);

      g_variant_builder_add (&bars, BAR, bar->label, bar->value, bar->from, bar->to, (guint) bar->tier, (guint) bar->role);
    }
  return g_variant_new (CHART, (guint) chart->kind, (guint) chart->metric, (guint) chart->unit, (guint) chart->scale, chart->title,
                        chart->subtitle, chart->source, g_time_zone_get_identifier (chart->zone), chart->now, chart->brief, chart->from,
                        chart->to, &points, &series, &bands, &incidents, &bars);
}

static void
read_points (DdChartSpec  *chart,
             GVariantIter *iter)
{
  DdChartPoint point;
  guint tier;

  while (g_variant_iter_next (iter, POINT, &point.start, &point.end, &point.label, &point.long_label, &point.events, &point.count, &tier,
                              &point.small, &point.partial, &point.unsynced))
    {
      point.tier = MIN (tier, DD_TIER_ELITE);
      g_array_append_val (chart->points, point);
    }
}

static void
read_series (DdChartSpec  *chart,
             GVariantIter *iter)
{
  char *name, **labels;
  guint role;
  gboolean hidden;
  GVariant *values, *times;

  while (g_variant_iter_next (iter, "(msub@ad@ax^as)", &name, &role, &hidden, &values, &times, &labels))
    {
      gsize n, n_times;
      const double *all = g_variant_get_fixed_array (values, &n, sizeof (double));
      const gint64 *instants = g_variant_get_fixed_array (times, &n_times, sizeof (gint64));
      DdChartSeries *series = dd_chart_spec_add_series (chart, name, MIN (role, DD_N_ROLES - 1), (guint) (n_times > 0 ? MIN (n, n_times) : n), all,
                                                        n_times > 0 ? instants : NULL);

      series->hidden = hidden;
      if (g_strv_length (labels) == series->n && series->n > 0)
        series->labels = g_steal_pointer (&labels);
      g_strfreev (labels);
      g_free (name);
      g_variant_unref (values);
      g_variant_unref (times);
    }
}

static void
read_rest (DdChartSpec  *chart,
           GVariantIter *bands,
           GVariantIter *incidents,
           GVariantIter *bars)
{
  DdChartBand band;
  DdChartBar bar;
  const char *name, *title;
  gint64 started, ended;
  guint tier, role;

  while (g_variant_iter_next (bands, BAND, &band.from, &band.to, &tier))
    {
      band.tier = MIN (tier, DD_TIER_ELITE);
      g_array_append_val (chart->bands, band);
    }
  while (g_variant_iter_next (incidents, "(m&sm&sxx)", &name, &title, &started, &ended))
    dd_chart_spec_add_incident (chart, name, title, started, ended);
  while (g_variant_iter_next (bars, BAR, &bar.label, &bar.value, &bar.from, &bar.to, &tier, &role))
    {
      bar.tier = MIN (tier, DD_TIER_ELITE);
      bar.role = MIN (role, DD_N_ROLES - 1);
      g_array_append_val (chart->bars, bar);
    }
}

static DdChartSpec *
chart_from_variant (GVariant *variant)
{
  g_autoptr (GVariantIter) points = NULL, series = NULL, bands = NULL, incidents = NULL, bars = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  const char *title, *subtitle, *source, *identifier;
  guint kind, metric, unit, scale;
  DdChartSpec *chart;
  gint64 now, from, to;
  gboolean brief;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (CHART)))
    return NULL;
  g_variant_get (variant, "(uuuum&sm&sm&s&sxbxxa" POINT "a" SERIES "a" BAND "a" INCIDENT "a" BAR ")", &kind, &metric, &unit, &scale, &title,
                 &subtitle, &source, &identifier, &now, &brief, &from, &to, &points, &series, &bands, &incidents, &bars);
  zone = g_time_zone_new_identifier (identifier);
  chart = dd_chart_spec_new (MIN (kind, DD_CHART_SPARKLINE), MIN (unit, DD_UNIT_COUNT), title, zone);
  chart->metric = MIN (metric, DD_N_METRICS);
  chart->scale = MIN (scale, DD_SCALE_LOG);
  chart->subtitle = g_strdup (subtitle);
  chart->source = g_strdup (source);
  chart->now = now;
  chart->brief = brief;
  read_points (chart, points);
  read_series (chart, series);
  read_rest (chart, bands, incidents, bars);
  chart->from = from;
  chart->to = to;
  return chart;
}

static GVariant *blocks_to_variant (const GPtrArray *blocks);

static GVariant *
block_to_variant (const DdBlock *block)
{
  GVariantBuilder columns, rows, items;

  g_variant_builder_init (&columns, G_VARIANT_TYPE ("a" COLUMN));
  for (guint i = 0; block->columns != NULL && i < block->columns->len; i++)
    {
      const DdColumn *column = &g_array_index (block->columns, DdColumn, i);

      g_variant_builder_add (&columns, COLUMN, column->heading, column->number, column->wide, column->least, (guint) column->bars);
    }
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa" CELL));
  for (guint i = 0; block->rows != NULL && i < block->rows->len; i++)
    {
      const GArray *row = g_ptr_array_index (block->rows, i);

      g_variant_builder_open (&rows, G_VARIANT_TYPE ("a" CELL));
      for (guint j = 0; j < row->len; j++)
        {
          const DdCell *cell = &g_array_index (row, DdCell, j);

          g_variant_builder_add (&rows, CELL, cell->text, cell->mark, (guint) cell->look, (guint) cell->bars, (guint) cell->chip,
                                 chart_to_variant (cell->chart));
        }
      g_variant_builder_close (&rows);
    }
  g_variant_builder_init (&items, G_VARIANT_TYPE ("a" ITEM));
  for (guint i = 0; block->items != NULL && i < block->items->len; i++)
    {
      const DdItem *item = g_ptr_array_index (block->items, i);

      g_variant_builder_add (&items, ITEM, item->text, item->rest);
    }
  return g_variant_new ("(umsmsmsmsubba" COLUMN "aa" CELL "a" ITEM "mv@av@av)", (guint) block->kind, block->text, block->small, block->value,
                        block->basis, (guint) block->tier, block->within, block->total, &columns, &rows, &items,
                        chart_to_variant (block->chart), blocks_to_variant (block->left), blocks_to_variant (block->right));
}

static GVariant *
blocks_to_variant (const GPtrArray *blocks)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("av"));
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    g_variant_builder_add (&builder, "v", block_to_variant (g_ptr_array_index (blocks, i)));
  return g_variant_builder_end (&builder);
}

GBytes *
dd_document_keep (const DdDocument *document)
{
  g_autoptr (GVariant) variant = NULL;

  variant = g_variant_new ("(umsmsmsmsxsb@av)", (guint) FORM, document->title, document->subject, document->author, document->foot,
                           document->made, g_time_zone_get_identifier (document->zone), document->one_page,
                           blocks_to_variant (document->blocks));
  g_variant_ref_sink (variant);
#if G_BYTE_ORDER == G_BIG_ENDIAN
  {
    GVariant *swapped = g_variant_byteswap (variant);

    g_variant_unref (variant);
    variant = swapped;
  }
#endif
  return g_variant_get_data_as_bytes (variant);
}

static gboolean read_blocks (GPtrArray *blocks, GVariantIter *iter, int depth);

static void
read_rows (DdBlock      *block,
           GVariantIter *rows)
{
  GVariantIter *cells;

  while (g_variant_iter_next (rows, "a" CELL, &cells))
    {
      const char *text, *mark;
      guint look, bars, chip;
      GVariant *chart;

      dd_table_add_row (block);
      while (g_variant_iter_next (cells, "(m&sm&suuumv)", &text, &mark, &look, &bars, &chip, &chart))
        {
          DdCell *cell = dd_table_add_cell (block, g_strdup (text), MIN (look, DD_LOOK_BAD));

          cell->mark = g_strdup (mark);
          cell->bars = MIN (bars, DD_TIER_ELITE);
          cell->chip = MIN (chip, DD_TIER_ELITE);
          if (chart != NULL)
            cell->chart = chart_from_variant (chart);
          g_clear_pointer (&chart, g_variant_unref);
        }
      g_variant_iter_free (cells);
    }
}

static void
read_table (DdBlock      *block,
            GVariantIter *columns,
            GVariantIter *rows)
{
  const char *heading;
  gboolean number, wide;
  double least;
  guint bars;

  while (g_variant_iter_next (columns, "(m&sbbdu)", &heading, &number, &wide, &least, &bars))
    {
      DdColumn *column = dd_table_add_column (block, heading);

      column->number = number;
      column->wide = wide;
      column->least = least;
      column->bars = MIN (bars, DD_TIER_ELITE);
    }
  read_rows (block, rows);
}

/* A table's rows are as long as its head, and a chart is there where one is to be drawn. */
static gboolean
is_whole (const DdBlock *block)
{
  if (block->kind == DD_BLOCK_CHART && block->chart == NULL)
    return FALSE;
  for (guint i = 0; block->kind == DD_BLOCK_TABLE && i < block->rows->len; i++)
    if (((GArray *) g_ptr_array_index (block->rows, i))->len != block->columns->len)
      return FALSE;
  return TRUE;
}

static gboolean
read_block (GPtrArray *blocks,
            GVariant  *variant,
            int        depth)
{
  g_autoptr (GVariantIter) columns = NULL, rows = NULL, items = NULL, left = NULL, right = NULL;
  g_autoptr (GVariant) chart = NULL;
  const char *text, *small, *value, *basis, *item, *rest;
  guint kind, tier;
  gboolean within, total;
  DdBlock *block;

  if (depth > DEEPEST || !g_variant_is_of_type (variant, G_VARIANT_TYPE (BLOCK)))
    return FALSE;
  g_variant_get (variant, "(um&sm&sm&sm&subba" COLUMN "aa" CELL "a" ITEM "mvavav)", &kind, &text, &small, &value, &basis, &tier, &within,
                 &total, &columns, &rows, &items, &chart, &left, &right);
  if (kind > DD_BLOCK_PAIR)
    return FALSE;
  block = kind == DD_BLOCK_TABLE ? dd_blocks_add_table (blocks, text) : dd_blocks_add (blocks, kind, text);
  block->small = g_strdup (small == NULL && kind == DD_BLOCK_TITLE ? "" : small);
  block->value = g_strdup (value == NULL && kind == DD_BLOCK_TITLE ? "" : value);
  block->basis = g_strdup (basis == NULL && kind == DD_BLOCK_TITLE ? "" : basis);
  block->tier = MIN (tier, DD_TIER_ELITE);
  block->within = within;
  block->total = total;
  if (kind == DD_BLOCK_TABLE)
    read_table (block, columns, rows);
  while (kind == DD_BLOCK_LIST && g_variant_iter_next (items, "(m&sm&s)", &item, &rest))
    dd_block_add_item (block, item, rest);
  if (chart != NULL)
    block->chart = chart_from_variant (chart);
  return is_whole (block) &&
         (kind != DD_BLOCK_PAIR || (read_blocks (block->left, left, depth + 1) && read_blocks (block->right, right, depth + 1)));
}

static gboolean
read_blocks (GPtrArray    *blocks,
             GVariantIter *iter,
             int           depth)
{
  GVariant *variant;
  gboolean good = TRUE;

  while (good && g_variant_iter_next (iter, "v", &variant))
    {
      good = read_block (blocks, variant, depth);
      g_variant_unref (variant);
    }
  return good;
}

DdDocument *
dd_document_open (GBytes  *bytes,
                  GError **error)
{
  g_autoptr (GVariant) raw = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DOCUMENT), bytes, FALSE));
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (DdDocument) document = g_new0 (DdDocument, 1);
  g_autoptr (GVariantIter) blocks = NULL;
  const char *zone;
  guint form;

#if G_BYTE_ORDER == G_BIG_ENDIAN
  variant = g_variant_byteswap (raw);
#else
  variant = g_variant_get_normal_form (raw);
#endif
  g_variant_get (variant, "(umsmsmsmsx&sbav)", &form, &document->title, &document->subject, &document->author, &document->foot,
                 &document->made, &zone, &document->one_page, &blocks);
  document->zone = g_time_zone_new_identifier (zone);
  if (document->zone == NULL)
    document->zone = g_time_zone_new_utc ();
  document->blocks = dd_blocks_new ();
  if (form == FORM && document->title != NULL && read_blocks (document->blocks, blocks, 0) && document->blocks->len > 0)
    return g_steal_pointer (&document);
  g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("This report was kept in a form that this version cannot read."));
  return NULL;
}
