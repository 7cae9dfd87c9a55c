/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "dd-http.h"

G_BEGIN_DECLS

/* A body on its way in. */
typedef struct
{
  GByteArray *bytes;
  gsize       max_bytes;
} DdHttpBody;

/* Reads @stream to its end. FALSE with DD_ERROR_BAD_REPLY where it is longer than max_bytes. @progress is called after each piece. */
typedef void (*DdHttpBodyProgress) (gsize bytes, gpointer user_data);

void        dd_http_body_read_async (GInputStream *stream, gsize max_bytes, DdHttpBodyProgress progress, gpointer progress_data,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GByteArray *dd_http_body_read_finish (GAsyncResult *result, GError **error);

/* The reply that a message and its body make. */
DdHttpReply *dd_http_reply_new (const DdHttpRequest *request, SoupMessage *message, GByteArray *body);

G_END_DECLS
