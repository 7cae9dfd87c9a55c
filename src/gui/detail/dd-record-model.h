/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-query.h"

G_BEGIN_DECLS

/* A row of a list of records. It keeps the list alive; @row is the list's own. */
#define DD_TYPE_RECORD_ITEM (dd_record_item_get_type ())
G_DECLARE_FINAL_TYPE (DdRecordItem, dd_record_item, DD, RECORD_ITEM, GObject)

const DdRecordRow *dd_record_item_get_row (DdRecordItem *self);

typedef enum
{
  DD_RECORD_BY_TIME,
  DD_RECORD_BY_TITLE,
  DD_RECORD_BY_REPOSITORY,
  DD_RECORD_BY_VALUE,
  DD_RECORD_BY_RULE,
} DdRecordOrder;

/**
 * DdRecordModel:
 *
 * The list behind a number as a GListModel of DdRecordItem. Items are made as they are looked at, order and search are arrays of
 * numbers, so that a million rows cost what is on screen. Long lists are put in order beside the main loop: until they are,
 * the model stays what it was, and then it changes as a whole.
 */
#define DD_TYPE_RECORD_MODEL (dd_record_model_get_type ())
G_DECLARE_FINAL_TYPE (DdRecordModel, dd_record_model, DD, RECORD_MODEL, GObject)

DdRecordModel *dd_record_model_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @list: (transfer full) (nullable) */
void           dd_record_model_take (DdRecordModel *self, DdRecordList *list);

/* Rows of which title, repository or key contain @words, whatever their case; "" for all. */
void           dd_record_model_search (DdRecordModel *self, const char *words);

/* What has no value stands last either way. */
void           dd_record_model_sort (DdRecordModel *self, DdRecordOrder order, gboolean descending);

/* The rows that are shown, in their order; and the zone their times are shown in. NULL before there is a list. */
GPtrArray     *dd_record_model_rows (DdRecordModel *self) G_GNUC_WARN_UNUSED_RESULT;
GTimeZone     *dd_record_model_get_zone (DdRecordModel *self);

G_END_DECLS
