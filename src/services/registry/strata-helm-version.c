/* strata-helm-version.c - one version in the index of a Helm repository, while it is read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-helm-index"

#include "strata-helm-version.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT 16384  /* the writer keeps less of most; what is longer is cut, not copied to be cut later */
#define MAX_ITEMS 256

typedef enum
{
  TEXT_APP_VERSION,
  TEXT_CREATED,
  TEXT_DESCRIPTION,
  TEXT_DIGEST,
  TEXT_HOME,
  TEXT_ICON,
  TEXT_KUBE_VERSION,
  TEXT_NAME,
  TEXT_TYPE,
  TEXT_VERSION,
  TEXT_IMAGES,
  N_TEXTS,
} Text;

typedef enum
{
  LIST_KEYWORDS,
  LIST_SOURCES,
  LIST_URLS,
  LIST_MAINTAINERS,
  N_LISTS,
} List;

/* One is used for all versions, one after the other: what it holds is given back in one piece. */
struct _StrataHelmVersion
{
  GStringChunk      *texts;             /* (owned): all that the fields point to */
  const char        *fields[N_TEXTS];   /* (nullable) */
  GPtrArray         *lists[N_LISTS];    /* (owned) (element-type utf8) */
  GPtrArray         *dependencies;      /* (owned) (element-type StrataDependency) */
  gboolean           deprecated;
  StrataIndexAnswer  is_signed;
};

typedef struct
{
  const char       *key;
  gsize             length;
  StrataHelmMember  member;
  gsize             which;
} Member;

#define MEMBER(key, member, which) { key, sizeof key - 1, member, which }

static const Member members[] = {
  MEMBER ("annotations", STRATA_HELM_ANNOTATIONS, 0),
  MEMBER ("appVersion", STRATA_HELM_TEXT, TEXT_APP_VERSION),
  MEMBER ("created", STRATA_HELM_TEXT, TEXT_CREATED),
  MEMBER ("dependencies", STRATA_HELM_DEPENDENCIES, 0),
  MEMBER ("deprecated", STRATA_HELM_FLAG, 0),
  MEMBER ("description", STRATA_HELM_TEXT, TEXT_DESCRIPTION),
  MEMBER ("digest", STRATA_HELM_TEXT, TEXT_DIGEST),
  MEMBER ("home", STRATA_HELM_TEXT, TEXT_HOME),
  MEMBER ("icon", STRATA_HELM_TEXT, TEXT_ICON),
  MEMBER ("keywords", STRATA_HELM_LIST, LIST_KEYWORDS),
  MEMBER ("kubeVersion", STRATA_HELM_TEXT, TEXT_KUBE_VERSION),
  MEMBER ("maintainers", STRATA_HELM_PEOPLE, 0),
  MEMBER ("name", STRATA_HELM_TEXT, TEXT_NAME),
  MEMBER ("sources", STRATA_HELM_LIST, LIST_SOURCES),
  MEMBER ("type", STRATA_HELM_TEXT, TEXT_TYPE),
  MEMBER ("urls", STRATA_HELM_LIST, LIST_URLS),
  MEMBER ("version", STRATA_HELM_TEXT, TEXT_VERSION),
};

StrataHelmVersion *
strata_helm_version_new (void)
{
  StrataHelmVersion *self = g_new0 (StrataHelmVersion, 1);

  self->texts = g_string_chunk_new (4096);
  for (guint i = 0; i < N_LISTS; i++)
    self->lists[i] = g_ptr_array_new ();
  self->dependencies = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_dependency_free);

  return self;
}

void
strata_helm_version_free (StrataHelmVersion *self)
{
  g_string_chunk_free (self->texts);
  for (guint i = 0; i < N_LISTS; i++)
    g_ptr_array_unref (self->lists[i]);
  g_ptr_array_unref (self->dependencies);
  g_free (self);
}

/* Forgets the last version. */
void
strata_helm_version_reset (StrataHelmVersion *self)
{
  g_string_chunk_clear (self->texts);
  memset (self->fields, 0, sizeof self->fields);
  for (guint i = 0; i < N_LISTS; i++)
    g_ptr_array_set_size (self->lists[i], 0);
  g_ptr_array_set_size (self->dependencies, 0);
  self->deprecated = FALSE;
  self->is_signed = STRATA_INDEX_UNKNOWN;
}

/* What the member @key is; @which says for the setters which text or list it is. */
StrataHelmMember
strata_helm_version_find (const char *key,
                          gsize      *which)
{
  gsize length = strlen (key);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].length == length && memcmp (members[i].key, key, length) == 0)
      {
        *which = members[i].which;
        return members[i].member;
      }

  return STRATA_HELM_OTHER;
}

static const char *
keep (StrataHelmVersion *self,
      const char        *text,
      gsize              length)
{
  return g_string_chunk_insert_len (self->texts, text, (gssize) MIN (length, MAX_TEXT));
}

void
strata_helm_version_set_text (StrataHelmVersion *self,
                              gsize              which,
                              const char        *text,
                              gsize              length)
{
  self->fields[which] = keep (self, text, length);
}

void
strata_helm_version_add_item (StrataHelmVersion *self,
                              gsize              which,
                              const char        *text,
                              gsize              length)
{
  if (self->lists[which]->len < MAX_ITEMS)
    g_ptr_array_add (self->lists[which], (char *) keep (self, text, length));
}

void
strata_helm_version_add_person (StrataHelmVersion *self,
                                const char        *name,
                                const char        *email)
{
  g_autofree char *both =
    *email != '\0' && *name != '\0' ? g_strdup_printf ("%s <%s>", name, email) : NULL;
  const char *text = both != NULL ? both : *name != '\0' ? name : email;

  if (*text != '\0')
    strata_helm_version_add_item (self, LIST_MAINTAINERS, text, strlen (text));
}

void
strata_helm_version_add_dependency (StrataHelmVersion *self,
                                    const char        *name,
                                    const char        *version,
                                    const char        *repository,
                                    gboolean           optional)
{
  if (*name != '\0' && self->dependencies->len < MAX_ITEMS)
    g_ptr_array_add (self->dependencies,
                     strata_dependency_new (name, version, repository, optional));
}

/* https://artifacthub.io/docs/topics/annotations/helm/; many write only "images". */
void
strata_helm_version_annotate (StrataHelmVersion *self,
                              const char        *key,
                              const char        *text,
                              gsize              length)
{
  if (g_str_equal (key, "artifacthub.io/images") ||
      (g_str_equal (key, "images") && self->fields[TEXT_IMAGES] == NULL))
    self->fields[TEXT_IMAGES] = keep (self, text, length);
  else if (g_str_equal (key, "artifacthub.io/signKey"))
    self->is_signed = STRATA_INDEX_YES;
}

void
strata_helm_version_deprecate (StrataHelmVersion *self)
{
  self->deprecated = TRUE;
}

static gboolean
has_scheme (const char *url)
{
  gsize length = strcspn (url, ":/?#");

  return length > 0 && url[length] == ':';
}

/* An address that names this machine, its files or its neighbours is none of a stranger's; one with a password in it
 * must not be written down.
 */
static const char *
find_fault (const char *url)
{
  const char *host = strstr (url, "//");
  gsize length = host != NULL ? strcspn (host + 2, "/?#\\") : 0;

  if (!has_scheme (url) && host != url)
    return *url != '\0' ? NULL : _("it is empty");
  if (has_scheme (url) && g_ascii_strncasecmp (url, "https://", 8) != 0 &&
      g_ascii_strncasecmp (url, "http://", 7) != 0 && g_ascii_strncasecmp (url, "oci://", 6) != 0)
    return _("only https, http and oci are followed");
  if (host == NULL || length == 0)
    return _("it has no host");
  if (memchr (host + 2, '@', length) != NULL)
    return _("it has a user name or a password in it");
  if (g_str_has_prefix (host + 2, "169.254.") || g_ascii_strncasecmp (host + 2, "[fe80:", 6) == 0)
    return _("it names a machine on this network only");

  return NULL;
}

/* Drops the addresses that must not be followed; what is left may be none. */
static void
check_urls (StrataHelmVersion *self,
            const char        *name,
            StrataIndexWriter *writer)
{
  GPtrArray *urls = self->lists[LIST_URLS];

  for (guint i = urls->len; i-- > 0;)
    {
      const char *fault = find_fault (g_ptr_array_index (urls, i));

      if (fault == NULL)
        continue;

      /* Translators: a chart, its version, and a reason such as "it is empty" */
      g_autofree char *warning = g_strdup_printf (_("%s %s: an address of it is left out: %s"),
                                                     name, self->fields[TEXT_VERSION], fault);

      strata_index_writer_warn (writer, warning);
      g_ptr_array_remove_index (urls, i);
    }
}

static const char *const *
get_list (StrataHelmVersion *self,
          List               which)
{
  g_ptr_array_add (self->lists[which], NULL);

  return (const char *const *) self->lists[which]->pdata;
}

/* Gives what was read to @writer. A version is known by the name of its list, which is what Helm looks it up by. */
gboolean
strata_helm_version_write (StrataHelmVersion  *self,
                           const char         *name,
                           StrataIndexWriter  *writer,
                           GError            **error)
{
  check_urls (self, name, writer);

  const StrataIndexEntry entry = {
    .kind = STRATA_LAYER_KIND_HELM,
    .name = name,
    .version = self->fields[TEXT_VERSION],
    .app_version = self->fields[TEXT_APP_VERSION],
    .description = self->fields[TEXT_DESCRIPTION],
    .home = self->fields[TEXT_HOME],
    .icon = self->fields[TEXT_ICON],
    .created = self->fields[TEXT_CREATED],
    .digest = self->fields[TEXT_DIGEST],
    .kube_version = self->fields[TEXT_KUBE_VERSION],
    .type = self->fields[TEXT_TYPE],
    .images = self->fields[TEXT_IMAGES],
    .keywords = get_list (self, LIST_KEYWORDS),
    .urls = get_list (self, LIST_URLS),
    .maintainers = get_list (self, LIST_MAINTAINERS),
    .sources = get_list (self, LIST_SOURCES),
    .dependencies = self->dependencies,
    .deprecated = self->deprecated,
    .is_signed = self->is_signed,
  };

  return strata_index_writer_add (writer, &entry, error);
}
