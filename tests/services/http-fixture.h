/* http-fixture.h - a client for a test: it waits shortly before it asks again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-error.h"
#include "strata-http.h"
#include "web-fixture.h"

#define STALL_S 60         /* so long that only a test that asks for a stall sees one */
#define FIRST_PAUSE_MS 1

/* A client of @web that knows no proxy. */
static inline StrataHttp *
http_fixture_open (Web *web)
{
  g_autofree char *url = web_dup_url (web, "/base");
  g_autoptr(GError) error = NULL;
  StrataHttp *http = strata_http_new (url, &error);

  g_assert_no_error (error);
  strata_http_set_proxy (http, NULL);
  strata_http_set_patience (http, STALL_S, FIRST_PAUSE_MS);

  return http;
}

static inline void
http_fixture_sign_in (StrataHttp *http)
{
  g_autoptr(StrataCredentials) credentials = strata_credentials_new_basic ("ada", "hunter2", NULL);

  strata_http_set_credentials (http, credentials);
}

/* Asks for @uri, and for a whole answer. */
static inline char *
http_fixture_get (StrataHttp *http,
                  const char *uri)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttpReply) reply = strata_http_send (http, &(StrataHttpRequest) { .uri = uri }, NULL, &error);

  g_assert_no_error (error);

  GBytes *body = strata_http_reply_get_body (reply);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

/* Sends @request and expects it to fail so. Returns the error. */
static inline GError *
http_fixture_fail (StrataHttp              *http,
                   const StrataHttpRequest *request,
                   StrataError              code)
{
  GError *error = NULL;
  g_autoptr(StrataHttpReply) reply = strata_http_send (http, request, NULL, &error);

  g_assert_null (reply);
  g_test_message ("%s [%s]", error->message, strata_error_get_details (error));
  g_assert_error (error, STRATA_ERROR, (int) code);
  g_assert_null (strstr (error->message, "hunter2"));

  return error;
}
