/* strata-console-error.c - what a person can do about a refusal of a console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-console-private.h"
#include "strata-error.h"
#include "strata-json.h"

#define MAX_SHOWN 400    /* characters of what a console says, in a sentence of ours */
#define MAX_DETAILS 2000 /* bytes of what it says besides */

/* What a console means, by the status of its answer; the first text is its host, the second the project. */
static const struct
{
  guint       status;
  StrataError kind;
  const char *format;
} statuses[] = {
  { 400, STRATA_ERROR_INVALID, N_("%s does not accept this for %s") },
  { 401, STRATA_ERROR_SIGN_IN, N_("%s does not accept the key or password for %s; sign in again") },
  { 403, STRATA_ERROR_FORBIDDEN, N_("%s does not allow this in %s; ask who runs it, or choose another project") },
  { 404, STRATA_ERROR_NOT_FOUND, N_("%s does not find this in %s; it was deleted, or is in another project") },
  { 405, STRATA_ERROR_BAD_REPLY, N_("%s does not know this request for %s; it may be of another version") },
  { 409, STRATA_ERROR_CONFLICT, N_("%s has this already, or it was changed in the meantime, in %s") },
  { 410, STRATA_ERROR_NOT_FOUND, N_("%s does not find this in %s; it was deleted, or is in another project") },
  { 412, STRATA_ERROR_CONFLICT, N_("%s has this already, or it was changed in the meantime, in %s") },
  { 413, STRATA_ERROR_TOO_LARGE, N_("%s does not take as much as this in %s") },
  { 422, STRATA_ERROR_INVALID, N_("%s does not accept this for %s") },
  { 423, STRATA_ERROR_BUSY, N_("%s has this locked in %s; try again in a while") },
  { 429, STRATA_ERROR_BUSY, N_("%s is asked too often from here, for %s; try again in a while") },
  { 500, STRATA_ERROR_SERVER, N_("%s has a fault and could not do this in %s; try again later") },
  { 502, STRATA_ERROR_SERVER, N_("%s cannot be reached behind its own front for %s; try again later") },
  { 503, STRATA_ERROR_SERVER, N_("%s is busy or being serviced and could not do this in %s; try again later") },
  { 504, STRATA_ERROR_SERVER, N_("%s took too long to do this in %s; try again later") },
};

/* The few codes that say more than the status does. */
static const struct
{
  const char *code;
  StrataError kind;
  const char *format;
} codes[] = {
  { "ClusterProfileAlreadyExists", STRATA_ERROR_CONFLICT,
    N_("%s has a profile of this name and version already in %s; choose another version") },
  { "PackVariablesUndefined", STRATA_ERROR_INVALID,
    N_("%s does not accept this for %s: a layer uses a variable that the profile does not have") },
};

/* What a console said about its refusal, without what is secret. (all texts owned, not nullable) */
typedef struct
{
  char    *code;
  char    *message;
  char    *ref;
  char    *rest;
  gboolean has_secret;  /* it said the key back */
} Words;

static void
words_clear (Words *self)
{
  g_free (self->code);
  g_free (self->message);
  g_free (self->ref);
  g_free (self->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/**
 * strata_console_dup_scope:
 *
 * What a call was for, to be shown.
 */
char *
strata_console_dup_scope (StrataConsole *self,
                          gboolean       is_tenant)
{
  /* Translators: stands in other sentences for where something was looked for, such as: … does not find this in the tenant */
  if (is_tenant || self->project == NULL)
    return g_strdup (_("the tenant"));

  const char *name = self->project_name != NULL ? self->project_name : self->project;

  /* Translators: stands in other sentences for where something was looked for */
  return g_strdup_printf (_("the project “%s”"), name);
}

/* Fits what came from outside into one line. What is secret goes first: cut in two it would not be found. */
static char *
clean (StrataConsole *self,
       const char    *text,
       const char    *secret,
       glong          most,
       gboolean      *has_secret)
{
  g_autofree char *safe = strata_console_session_redact (self->session, text);
  g_autoptr(GString) shown = g_string_new (safe);

  if (secret != NULL && *secret != '\0')
    g_string_replace (shown, secret, "[REDACTED]", 0);
  *has_secret |= strcmp (shown->str, text) != 0;

  g_autofree char *bare = strata_console_session_redact_sent (self->session, shown->str);
  g_autoptr(GString) line = g_string_new (NULL);

  for (const char *next = bare; *next != '\0' && most > 0; next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);
      GUnicodeType kind = g_unichar_type (letter);

      if (kind == G_UNICODE_FORMAT)
        continue;
      g_string_append_unichar (line, kind == G_UNICODE_CONTROL ? ' ' : letter);
      most--;
    }

  return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
}

/* `details` may be anything; what is in it is read as text, so that a secret is found however JSON escapes it. */
static void
collect_texts (JsonNode *node,
               GString  *texts)
{
  if (texts->len > MAX_DETAILS)
    return;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_string_append_printf (texts, "%s: ", name);
          collect_texts (member, texts);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list); i++)
        collect_texts (json_array_get_element (list, i), texts);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    g_string_append_printf (texts, "%s; ", json_node_get_string (node));
  else if (!JSON_NODE_HOLDS_NULL (node))
    {
      g_autofree char *text = json_to_string (node, FALSE);

      g_string_append_printf (texts, "%s; ", text);
    }
}

static void
read_error (Words         *words,
            StrataConsole *self,
            JsonObject    *error,
            const char    *secret)
{
  JsonNode *details = json_object_get_member (error, "details");
  g_autoptr(GString) rest = g_string_new (NULL);
  gboolean *has = &words->has_secret;

  if (details != NULL)
    collect_texts (details, rest);

  words->code = clean (self, strata_json_get_string (error, "code"), secret, 100, has);
  words->message = clean (self, strata_json_get_string (error, "message"), secret, MAX_SHOWN, has);
  words->ref = clean (self, strata_json_get_string (error, "ref"), secret, 100, has);
  words->rest = clean (self, rest->str, secret, MAX_DETAILS, has);
}

/* `V1Error`; what is none goes to the details as it is. A web page has more markup than words. */
static void
read_words (Words           *words,
            StrataConsole   *self,
            StrataHttpReply *reply,
            const char      *secret)
{
  gsize size;
  const char *body = g_bytes_get_data (strata_http_reply_get_body (reply), &size);
  g_autoptr(JsonNode) node = size > 0 ? strata_json_parse (body, (gssize) size, NULL) : NULL;
  /* Whole: what is secret would not be found in what was cut. */
  g_autofree char *raw = strata_http_reply_get_words (reply) != NULL ? g_utf8_make_valid (body, (gssize) size) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      read_error (words, self, json_node_get_object (node), secret);
      return;
    }

  words->code = g_strdup ("");
  words->message = g_strdup ("");
  words->ref = g_strdup ("");
  words->rest = clean (self, raw != NULL ? raw : "", secret, MAX_DETAILS, &words->has_secret);
}

static char *
join_details (const Words *words)
{
  g_autoptr(GString) text = g_string_new (words->code);

  if (*words->message != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ": " : "", words->message);
  if (*words->rest != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words->rest);
  if (*words->ref != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words->ref);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static const char *
choose_format (guint        status,
               const Words *words,
               StrataError *kind)
{
  /* A key that is not known comes back as a resource that is not there. */
  if (words->has_secret && g_str_equal (words->code, "ResourceNotFound"))
    status = 401;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (status < 500 && g_str_equal (codes[i].code, words->code))
      {
        *kind = codes[i].kind;
        return _(codes[i].format);
      }

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      {
        *kind = statuses[i].kind;
        return _(statuses[i].format);
      }

  *kind = status >= 500 ? STRATA_ERROR_SERVER : STRATA_ERROR_BAD_REPLY;

  return status >= 500 ? _("%s has a fault and could not do this in %s; try again later")
                       : _("%s refuses this in %s in a way that is not known here");
}

/* Puts two texts into a translated sentence, whose order of them a translator may change. */
static char *
fill (const char *format,
      const char *first,
      const char *second)
{
  g_autoptr(GString) text = g_string_new (format);
  const char *texts[] = { first, second };
  static const char *const marks[][2] = { { "%1$s", "%s" }, { "%2$s", "%s" } };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *mark = strstr (text->str, marks[i][0]) != NULL ? marks[i][0] : marks[i][1];
      const char *place = strstr (text->str, mark);
      gssize at = place != NULL ? place - text->str : -1;

      if (at < 0)
        continue;
      g_string_erase (text, at, (gssize) strlen (mark));
      g_string_insert (text, at, texts[i]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * strata_console_set_status:
 *
 * Says what a person can do about a refusal, where it was asked for, and in the details what the console said, with its
 * reference for support. @secret was sent besides what the session knows.
 */
void
strata_console_set_status (StrataConsole    *self,
                           gboolean          is_tenant,
                           StrataHttpReply  *reply,
                           const char       *secret,
                           GError          **error)
{
  g_auto(Words) words = { 0 };
  StrataError kind;

  read_words (&words, self, reply, secret);

  const char *format = choose_format (strata_http_reply_get_status (reply), &words, &kind);
  g_autofree char *scope = strata_console_dup_scope (self, is_tenant);
  g_autofree char *sentence = fill (format, self->host, scope);
  g_autofree char *details = join_details (&words);

  /* Translators: our sentence, then what the console says about it in its own language */
  g_autofree char *message = *words.message != '\0' && kind != STRATA_ERROR_SIGN_IN
                               ? g_strdup_printf (_("%s: “%s”"), sentence, words.message)
                               : g_steal_pointer (&sentence);
  GError *said = g_error_new_literal (STRATA_ERROR, (int) kind, message);

  strata_error_set_details (said, details);
  g_propagate_error (error, said);
}

/**
 * strata_console_take_error:
 *
 * Says for what it was that no answer came. Takes @reason.
 */
void
strata_console_take_error (StrataConsole  *self,
                           gboolean        is_tenant,
                           GError         *reason,
                           GError        **error)
{
  if (reason->domain == STRATA_ERROR)
    {
      g_autofree char *scope = strata_console_dup_scope (self, is_tenant);
      g_autofree char *keyless = strata_console_session_redact (self->session, reason->message);
      g_autofree char *safe = strata_console_session_redact_sent (self->session, keyless);

      g_free (reason->message);
      /* Translators: a whole sentence, then where something was asked for, such as: the tenant */
      reason->message = g_strdup_printf (_("%s (for %s)"), safe, scope);
    }

  g_propagate_error (error, reason);
}

/**
 * strata_console_set_bad_reply:
 *
 * Says that what came for @path makes no sense.
 */
void
strata_console_set_bad_reply (StrataConsole  *self,
                              const char     *path,
                              GError        **error)
{
  GError *said = g_error_new (STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
                              _("What %s answers is not what a console says; check the address, and "
                                "whether Strata knows this version"),
                                 self->host);

  strata_error_set_details (said, path);
  strata_console_note_call (self, said);
  g_propagate_error (error, said);
}
