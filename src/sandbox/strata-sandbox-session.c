/* strata-sandbox-session.c - the tokens of people who signed in by password
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-session"

#include "strata-sandbox-session.h"

#include <string.h>

#include "strata-json.h"

/* RFC 7519: what no server has to remember. */
#define HEADER "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"

/* RFC 4648, section 5, without padding. */
static char *
encode (const void *bytes,
        gsize       size)
{
  char *text = g_base64_encode (bytes, size);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';

  return text;
}

static char *
decode (const char *text)
{
  g_autoptr(GString) padded = g_string_new (text);
  gsize size;

  g_strdelimit (padded->str, "-", '+');
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');

  g_autofree guchar *bytes = g_base64_decode (padded->str, &size);

  return g_strndup ((const char *) bytes, size);
}

static char *
sign (const char *secret,
      const char *text)
{
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  guint8 digest[32];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (hmac, digest, &size);

  return encode (digest, size);
}

/* Returns: (transfer full): a token that is good for %STRATA_SANDBOX_SESSION_S after @now, in seconds since 1970 */
char *
strata_sandbox_session_make (const char *secret,
                             const char *session,
                             gint64      now)
{
  g_autofree char *claims =
    g_strdup_printf ("{\"exp\":%" G_GINT64_FORMAT ",\"iat\":%" G_GINT64_FORMAT ",\"sid\":\"%s\"}",
                     now + STRATA_SANDBOX_SESSION_S, now, session);
  g_autofree char *header = encode (HEADER, strlen (HEADER));
  g_autofree char *body = encode (claims, strlen (claims));
  g_autofree char *text = g_strconcat (header, ".", body, NULL);
  g_autofree char *signature = sign (secret, text);

  return g_strconcat (text, ".", signature, NULL);
}

/* Whether @token is of this console and not too old; then @session is its name, to be freed. */
gboolean
strata_sandbox_session_check (const char  *secret,
                              const char  *token,
                              gint64       now,
                              char       **session)
{
  const char *end = strrchr (token, '.');
  const char *start = strchr (token, '.');

  if (end == NULL || start == end)
    return FALSE;

  g_autofree char *text = g_strndup (token, (gsize) (end - token));
  g_autofree char *signature = sign (secret, text);
  g_autofree char *body = g_strndup (start + 1, (gsize) (end - start - 1));

  if (!g_str_equal (signature, end + 1))
    return FALSE;

  g_autofree char *claims = decode (body);
  g_autoptr(JsonNode) node = strata_json_parse (claims, -1, NULL);

  if (node == NULL || json_object_get_int_member (json_node_get_object (node), "exp") <= now)
    return FALSE;

  *session = g_strdup (strata_json_get_string (json_node_get_object (node), "sid"));

  return TRUE;
}
