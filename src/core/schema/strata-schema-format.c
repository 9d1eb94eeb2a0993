/* strata-schema-format.c - texts of a known form: dates, addresses, names of hosts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_HOST 253  /* RFC 1035, section 2.3.4, without the dot at the end */
#define MAX_LABEL 63

typedef gboolean (*FormatCheck) (const char *text);

/* Reads exactly so many digits. */
static gboolean
read_digits (const char **text,
             guint        n_digits,
             guint       *number)
{
  for (*number = 0; n_digits > 0; n_digits--, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *number = *number * 10 + (guint) (**text - '0');
    }

  return TRUE;
}

static gboolean
skip (const char **text,
      const char  *one_of)
{
  if (**text == '\0' || strchr (one_of, **text) == NULL)
    return FALSE;

  (*text)++;

  return TRUE;
}

/* RFC 3339, section 5.6. */
static gboolean
read_date (const char **text)
{
  guint year, month, day;

  return read_digits (text, 4, &year) && skip (text, "-") && read_digits (text, 2, &month) &&
         skip (text, "-") && read_digits (text, 2, &day) && year > 0 && month > 0 && month <= 12 &&
         g_date_valid_dmy ((GDateDay) MIN (day, 99), (GDateMonth) month, (GDateYear) year);
}

static gboolean
read_offset (const char **text)
{
  guint hours, minutes;

  if (skip (text, "zZ"))
    return TRUE;

  return skip (text, "+-") && read_digits (text, 2, &hours) && skip (text, ":") &&
         read_digits (text, 2, &minutes) && hours < 24 && minutes < 60;
}

/* A minute may have a leap second. */
static gboolean
read_time (const char **text)
{
  guint hours, minutes, seconds;

  if (!read_digits (text, 2, &hours) || !skip (text, ":") || !read_digits (text, 2, &minutes) ||
      !skip (text, ":") || !read_digits (text, 2, &seconds) || hours > 23 || minutes > 59 || seconds > 60)
    return FALSE;

  if (skip (text, "."))
    {
      gsize n_digits = strspn (*text, G_CSET_DIGITS);

      if (n_digits == 0)
        return FALSE;
      *text += n_digits;
    }

  return read_offset (text);
}

static gboolean
is_date (const char *text)
{
  return read_date (&text) && *text == '\0';
}

static gboolean
is_time (const char *text)
{
  return read_time (&text) && *text == '\0';
}

static gboolean
is_date_time (const char *text)
{
  return read_date (&text) && skip (&text, "tT ") && read_time (&text) && *text == '\0';
}

static gboolean
is_address (const char    *text,
            GSocketFamily  family)
{
  g_autoptr(GInetAddress) address = NULL;

  if (strspn (text, G_CSET_DIGITS "abcdefABCDEF:.") != strlen (text))
    return FALSE;

  address = g_inet_address_new_from_string (text);

  return address != NULL && g_inet_address_get_family (address) == family;
}

/* Four numbers up to 255, none with a zero before it: some readers take that for octal. */
static gboolean
is_ipv4 (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ".", 5);
  guint n_parts = g_strv_length (parts);
  guint64 number;

  for (guint i = 0; i < n_parts; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 0, 255, &number, NULL) ||
        (parts[i][0] == '0' && parts[i][1] != '\0'))
      return FALSE;

  return n_parts == 4;
}

static gboolean
is_ipv6 (const char *text)
{
  return is_address (text, G_SOCKET_FAMILY_IPV6);
}

static gboolean
is_label (const char *label,
          gsize       length)
{
  if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return FALSE;

  return TRUE;
}

/* RFC 1123, section 2.1. */
static gboolean
is_hostname (const char *text)
{
  if (strlen (text) > MAX_HOST)
    return FALSE;

  for (;;)
    {
      gsize length = strcspn (text, ".");

      if (!is_label (text, length))
        return FALSE;
      if (text[length] == '\0')
        return TRUE;
      text += length + 1;
    }
}

static gboolean
is_email (const char *text)
{
  const char *at = strrchr (text, '@');

  return at != NULL && at > text && at - text <= 64 && strpbrk (text, " \t\r\n") == NULL &&
         (at[1] == '[' || is_hostname (at + 1));
}

static gboolean
is_uri (const char *text)
{
  return strpbrk (text, " \"<>\\^`{|}\t\r\n") == NULL &&
         g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL);
}

static gboolean
is_uri_reference (const char *text)
{
  g_autoptr(GUri) base = g_uri_parse ("http://base/", G_URI_FLAGS_NONE, NULL);
  g_autoptr(GUri) uri = g_uri_parse_relative (base, text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && strpbrk (text, " \"<>\\^`{|}\t\r\n") == NULL;
}

static gboolean
is_uuid (const char *text)
{
  return g_uuid_string_is_valid (text);
}

static gboolean
is_regex (const char *text)
{
  g_autoptr(StrataPattern) pattern = strata_pattern_new (text, NULL);

  return pattern != NULL;
}

static FormatCheck
find_check (const char *format)
{
  static const struct
  {
    const char *format;
    FormatCheck check;
  } checks[] = {
    { "date", is_date },         { "date-time", is_date_time },
    { "email", is_email },       { "hostname", is_hostname },
    { "ip-address", is_ipv4 },   { "ipv4", is_ipv4 },
    { "ipv6", is_ipv6 },         { "regex", is_regex },
    { "time", is_time },         { "uri", is_uri },
    { "uri-reference", is_uri_reference }, { "uuid", is_uuid },
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (g_str_equal (checks[i].format, format))
      return checks[i].check;

  return NULL;
}

/* Whether there is a check for texts of this form. */
gboolean
strata_schema_format_is_known (const char *format)
{
  return find_check (format) != NULL;
}

/* Whether @text has the form; of a form that is not known every text is. */
gboolean
strata_schema_format_check (const char *format,
                            const char *text)
{
  FormatCheck check = find_check (format);

  return check == NULL || check (text);
}
