/* strata-kube-names.c - texts with rules in Kubernetes: names, labels, times, schedules
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kube"

#include "strata-kube-names.h"

#include <string.h>

#define LABEL_LENGTH 63
#define SUBDOMAIN_LENGTH 253
#define PORT_NAME_LENGTH 15

static gboolean
is_small (char letter)
{
  return g_ascii_islower (letter) || g_ascii_isdigit (letter);
}

/* Small letters and digits, "-" in between: RFC 1123. */
static gboolean
is_label_of (const char *text,
             gsize       length)
{
  if (length == 0 || length > LABEL_LENGTH || !is_small (text[0]) || !is_small (text[length - 1]))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!is_small (text[i]) && text[i] != '-')
      return FALSE;

  return TRUE;
}

/* What most parts of an object are called. */
gboolean
strata_kube_is_label (const char *text)
{
  return is_label_of (text, strlen (text));
}

static gboolean
is_subdomain_of (const char *text,
                 gsize       length)
{
  if (length == 0 || length > SUBDOMAIN_LENGTH)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      gboolean is_edge = i == 0 || i + 1 == length || text[i - 1] == '.' || text[i + 1] == '.';

      if (!is_small (text[i]) && (is_edge || (text[i] != '-' && text[i] != '.')))
        return FALSE;
    }

  return TRUE;
}

/* What most objects are called: labels with dots between them, together at most 253 letters. */
gboolean
strata_kube_is_subdomain (const char *text)
{
  return is_subdomain_of (text, strlen (text));
}

/* A service becomes a name in the DNS of old: it starts with a letter. */
gboolean
strata_kube_is_service (const char *text)
{
  return g_ascii_islower (*text) && strata_kube_is_label (text);
}

/* What is only a part of an address. */
gboolean
strata_kube_is_segment (const char *text)
{
  return *text != '\0' && !g_str_equal (text, ".") && !g_str_equal (text, "..") &&
         strpbrk (text, "/%") == NULL;
}

/* Letters and digits at both ends, "-", "_" and "." in between. */
static gboolean
is_qualified (const char *text,
              gsize       length)
{
  if (length == 0 || length > LABEL_LENGTH || !g_ascii_isalnum (text[0]) ||
      !g_ascii_isalnum (text[length - 1]))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-_.", text[i]) == NULL)
      return FALSE;

  return TRUE;
}

/* "app", "app.kubernetes.io/name". */
gboolean
strata_kube_is_label_key (const char *text)
{
  const char *slash = strchr (text, '/');
  const char *name = slash != NULL ? slash + 1 : text;

  return (slash == NULL || is_subdomain_of (text, (gsize) (slash - text))) &&
         is_qualified (name, strlen (name));
}

gboolean
strata_kube_is_label_value (const char *text)
{
  return *text == '\0' || is_qualified (text, strlen (text));
}

/* The name of a service in IANA's list: RFC 6335, small letters only, one at least. */
gboolean
strata_kube_is_port_name (const char *text)
{
  gsize length = strlen (text);

  return length <= PORT_NAME_LENGTH && is_label_of (text, length) && strstr (text, "--") == NULL &&
         strpbrk (text, G_CSET_a_2_z) != NULL;
}

/* A key becomes the name of a file. */
gboolean
strata_kube_is_file_key (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= SUBDOMAIN_LENGTH &&
         strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-._") == length &&
         !g_str_equal (text, ".") && !g_str_has_prefix (text, "..");
}

/* RFC 4648 with its padding; line ends do no harm. */
gboolean
strata_kube_is_base64 (const char *text)
{
  gsize n_letters = 0, n_padding = 0;

  for (; *text != '\0'; text++)
    if (*text == '=')
      n_padding++;
    else if (g_ascii_isalnum (*text) || *text == '+' || *text == '/')
      {
        if (n_padding > 0)
          return FALSE;
        n_letters++;
      }
    else if (*text != '\n' && *text != '\r')
      return FALSE;

  return n_padding <= 2 && (n_letters + n_padding) % 4 == 0;
}

gboolean
strata_kube_is_time (const char *text)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return time != NULL && strchr (text, '-') != NULL;
}

/* Five fields, or one of the short forms; a time zone may stand before, though Kubernetes warns of it. */
gboolean
strata_kube_is_cron (const char *text)
{
  static const char *const words[] = { "@yearly", "@annually", "@monthly", "@weekly",
                                       "@daily",  "@midnight", "@hourly",  NULL };
  guint n_fields = 0;

  if (g_strv_contains (words, text) || g_str_has_prefix (text, "@every "))
    return TRUE;

  if (g_str_has_prefix (text, "TZ=") || g_str_has_prefix (text, "CRON_TZ="))
    text += strcspn (text, " ");

  for (text += strspn (text, " "); *text != '\0'; text += strspn (text, " "))
    {
      gsize length = strcspn (text, " ");

      if (strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "*/,-?") != length &&
          text[strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "*/,-?")] != ' ')
        return FALSE;

      text += length;
      n_fields++;
    }

  return n_fields == 5;
}
