/* strata-oci-names.c - what an OCI registry calls things: repositories, tags, digests, and how it asks for a token
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-oci-names"

#include "strata-oci-names.h"

#include <string.h>

#include "strata-version.h"

/* https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
#define MAX_REPOSITORY 255
#define MAX_TAG 128
#define DIGEST_PREFIX "sha256:"
#define DIGEST_LENGTH 64
#define LOWER "abcdefghijklmnopqrstuvwxyz" G_CSET_DIGITS
#define MAX_HEADER 4096

/* The marks that may stand between two runs of letters and digits: one ".", one or two "_", any number of "-". */
static gsize
measure_mark (const char *text)
{
  gsize underscores = strspn (text, "_");
  gsize hyphens = strspn (text, "-");

  if (hyphens > 0)
    return hyphens;
  if (underscores > 0)
    return underscores <= 2 ? underscores : 0;

  return *text == '.' ? 1 : 0;
}

static gboolean
is_component (const char *text)
{
  do
    {
      gsize run = strspn (text, LOWER);

      if (run == 0)
        return FALSE;
      text += run;

      gsize mark = measure_mark (text);

      if (mark == 0)
        break;
      text += mark;
    }
  while (TRUE);

  return *text == '\0';
}

/**
 * strata_oci_name_is_repository:
 * @name: a name from a person or from a registry
 *
 * Returns: whether it can be the name of a repository
 */
gboolean
strata_oci_name_is_repository (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  g_auto(GStrv) parts = strnlen (name, MAX_REPOSITORY + 1) <= MAX_REPOSITORY ? g_strsplit (name, "/", -1) : NULL;

  if (parts == NULL || parts[0] == NULL)
    return FALSE;

  for (guint i = 0; parts[i] != NULL; i++)
    if (!is_component (parts[i]))
      return FALSE;

  return TRUE;
}

/**
 * strata_oci_name_is_tag:
 * @name: a name from a registry
 *
 * Returns: whether it can be a tag
 */
gboolean
strata_oci_name_is_tag (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  gsize length = strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-");

  return length > 0 && length <= MAX_TAG && name[length] == '\0' && *name != '.' && *name != '-';
}

/**
 * strata_oci_name_is_digest:
 * @name: a name from a registry
 *
 * Returns: whether it is a SHA-256 as registries write it; no other kind is taken, since none could be checked
 */
gboolean
strata_oci_name_is_digest (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  const char *hex = g_str_has_prefix (name, DIGEST_PREFIX) ? name + strlen (DIGEST_PREFIX) : "";

  return strspn (hex, "abcdef" G_CSET_DIGITS) == DIGEST_LENGTH && hex[DIGEST_LENGTH] == '\0';
}

/**
 * strata_oci_name_tag_to_version:
 * @tag: a tag
 *
 * A tag cannot have the "+" of a version, so Helm writes "_" in its place.
 *
 * Returns: (transfer full) (nullable): the version that @tag names for good, or %NULL when it is a word that may name
 *   another one tomorrow: "latest", "1.4"
 */
char *
strata_oci_name_tag_to_version (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  g_autofree char *version = g_strdelimit (g_strdup (tag), "_", '+');
  g_autoptr(StrataVersion) parsed = strata_version_parse (*version == 'v' ? version + 1 : version, NULL);

  return strata_oci_name_is_tag (tag) && parsed != NULL ? g_steal_pointer (&version) : NULL;
}

/**
 * strata_oci_name_version_to_tag:
 * @version: a version
 *
 * Returns: (transfer full) (nullable): the tag of @version, or %NULL when no tag can be called so
 */
char *
strata_oci_name_version_to_tag (const char *version)
{
  g_return_val_if_fail (version != NULL, NULL);

  g_autofree char *tag = g_strdelimit (g_strdup (version), "+", '_');

  return strata_oci_name_is_tag (tag) ? g_steal_pointer (&tag) : NULL;
}

/**
 * strata_oci_name_signature_tag:
 * @digest: the digest of a manifest
 *
 * Returns: (transfer full): the tag under which cosign keeps signatures where a registry has no list of referrers
 */
char *
strata_oci_name_signature_tag (const char *digest)
{
  g_return_val_if_fail (digest != NULL && strata_oci_name_is_digest (digest), NULL);

  return g_strconcat ("sha256-", digest + strlen (DIGEST_PREFIX), ".sig", NULL);
}

static gboolean
is_next (const char *parameters)
{
  g_auto(GStrv) list = g_strsplit (parameters, ";", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *parameter = g_ascii_strdown (g_strstrip (list[i]), -1);

      if (g_str_equal (parameter, "rel=\"next\"") || g_str_equal (parameter, "rel=next"))
        return TRUE;
    }

  return FALSE;
}

/**
 * strata_oci_link_next:
 * @link: (nullable): a `Link` header, as RFC 8288 writes it
 *
 * Returns: (transfer full) (nullable): where the next page is, possibly relative to the page it stands on
 */
char *
strata_oci_link_next (const char *link)
{
  while (link != NULL && strnlen (link, MAX_HEADER + 1) <= MAX_HEADER)
    {
      const char *start = strchr (link, '<');
      const char *end = start != NULL ? strchr (start, '>') : NULL;

      if (end == NULL)
        return NULL;

      /* A comma may be part of an address, but not of what stands behind it. */
      gsize length = strcspn (end + 1, ",");
      g_autofree char *parameters = g_strndup (end + 1, length);

      if (is_next (parameters))
        return g_strndup (start + 1, (gsize) (end - start - 1));

      link = end + 1 + length;
    }

  return NULL;
}

/* A token or a text in quotes, where "\" takes the meaning of the next character away. */
static char *
take_value (const char **cursor)
{
  g_autoptr(GString) value = g_string_new (NULL);
  const char *at = *cursor;
  gboolean is_quoted = *at == '"';

  if (is_quoted)
    at++;

  while (*at != '\0' && (is_quoted ? *at != '"' : strchr (" \t,", *at) == NULL))
    {
      if (is_quoted && *at == '\\' && at[1] != '\0')
        at++;
      g_string_append_c (value, *at++);
    }

  *cursor = is_quoted && *at == '"' ? at + 1 : at;

  return g_string_free (g_steal_pointer (&value), FALSE);
}

static void
take_parameter (StrataOciChallenge *challenge,
                const char         *name,
                const char         *value)
{
  const struct { const char *name; char **place; } places[] = {
    { "realm", &challenge->realm },
    { "service", &challenge->service },
    { "scope", &challenge->scope },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_ascii_strcasecmp (name, places[i].name) == 0 && *places[i].place == NULL)
      *places[i].place = g_strdup (value);
}

/* Reads name=value up to a word that is no parameter: the next way to sign in. */
static void
read_parameters (StrataOciChallenge *challenge,
                 const char         *cursor)
{
  while (TRUE)
    {
      cursor += strspn (cursor, " \t,");

      gsize length = strspn (cursor, G_CSET_A_2_Z G_CSET_a_2_z "_-");
      g_autofree char *name = g_strndup (cursor, length);

      if (length == 0 || cursor[length] != '=')
        return;

      cursor += length + 1;

      g_autofree char *value = take_value (&cursor);

      take_parameter (challenge, name, value);
    }
}

static const char *
find_scheme (const char *header,
             const char *scheme)
{
  gsize length = strlen (scheme);
  gboolean is_quoted = FALSE;

  for (const char *at = header; *at != '\0'; at++)
    {
      if (*at == '"')
        is_quoted = !is_quoted;

      gboolean is_start = at == header || at[-1] == ' ' || at[-1] == ',';

      if (!is_quoted && is_start && g_ascii_strncasecmp (at, scheme, length) == 0 &&
          (at[length] == ' ' || at[length] == '\0'))
        return at + length;
    }

  return NULL;
}

/**
 * strata_oci_challenge_parse:
 * @header: (nullable): a `WWW-Authenticate` header
 *
 * Reads what a registry asks for. A token is preferred to a password, since it says less and lives shorter.
 *
 * Returns: (transfer full) (nullable): what it asks for, or %NULL when that is nothing that is known here
 */
StrataOciChallenge *
strata_oci_challenge_parse (const char *header)
{
  if (header == NULL || strnlen (header, MAX_HEADER + 1) > MAX_HEADER)
    return NULL;

  g_autoptr(StrataOciChallenge) challenge = g_new0 (StrataOciChallenge, 1);
  const char *bearer = find_scheme (header, "Bearer");

  if (bearer != NULL)
    read_parameters (challenge, bearer);

  if (challenge->realm != NULL || find_scheme (header, "Basic") != NULL)
    return g_steal_pointer (&challenge);

  return NULL;
}

/**
 * strata_oci_challenge_free:
 * @challenge: (transfer full): a challenge
 *
 * Frees it.
 */
void
strata_oci_challenge_free (StrataOciChallenge *challenge)
{
  g_free (challenge->realm);
  g_free (challenge->service);
  g_free (challenge->scope);
  g_free (challenge);
}
