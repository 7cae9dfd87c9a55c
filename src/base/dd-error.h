/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DdError:
 *
 * One domain for the whole program. A code says what the user does next, never where it happened; the message is one
 * sentence for that user and never holds a token.
 */
typedef enum
{
  DD_ERROR_AUTH,         /* the token is missing, wrong or has expired: give another */
  DD_ERROR_PERMISSION,   /* the token lacks a right: widen it */
  DD_ERROR_NOT_FOUND,    /* the thing named is not there: check its name */
  DD_ERROR_RATE_LIMITED, /* the service's limit is reached: wait until the time in the message */
  DD_ERROR_UNAVAILABLE,  /* no network, or the server is down: try later */
  DD_ERROR_BAD_REPLY,    /* the server answered nonsense: try later, then report it */
  DD_ERROR_INVALID,      /* the input, a setting or the command's words: correct them */
  DD_ERROR_STORE,        /* the disk or the database: make room, or close what locks it */
  DD_ERROR_NEWER_STORE,  /* the database was made by a newer version: update the program */
  DD_ERROR_KEYRING,      /* the keyring is locked or absent: unlock it, or use the environment */
  DD_ERROR_UNCONFIRMED,  /* it may have been done, and nobody can say: look there before doing it again */
} DdError;

#define DD_ERROR (dd_error_quark ())
GQuark dd_error_quark (void);

G_END_DECLS
