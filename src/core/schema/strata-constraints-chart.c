/* strata-constraints-chart.c - what a chart archive asks for, and whether it has the charts it needs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-constraints"

#include "strata-constraints-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-pack-parts.h"
#include "strata-tarball.h"

#define CHARTS "charts/"
#define META "Chart.yaml"
#define MAX_META (1024 * 1024)  /* the largest Chart.yaml of 27,805 has 32 KB */
#define MAX_NEEDS 1000

G_GNUC_PRINTF (3, 4)
static void
report (StrataAsked    *asked,
        StrataSeverity  severity,
        const char     *format,
        ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  strata_asked_problem (asked, severity, sentence);
}

static StrataYaml *
parse (StrataFile *file)
{
  StrataBlob *content = file != NULL ? strata_file_get_content (file) : NULL;
  gsize size = content != NULL ? strata_blob_get_size (content) : MAX_META + 1;
  g_autoptr(StrataYaml) yaml =
    size <= MAX_META ? strata_yaml_parse (strata_blob_get_text (content), (gssize) size, NULL) : NULL;

  if (yaml == NULL || strata_yaml_get_n_documents (yaml) == 0 ||
      strata_yaml_node_get_kind (strata_yaml_get_root (yaml, 0)) != STRATA_YAML_MAPPING)
    return NULL;

  return g_steal_pointer (&yaml);
}

static const char *
get_text (const StrataYamlNode *node,
          const char           *key)
{
  const char *text = strata_yaml_node_get_string (node, key);

  return text != NULL ? text : "";
}

/* The version of a chart packed as charts/<name>-<version>.tgz; a version begins with a digit or "v" and a digit. */
static char *
find_packed (GPtrArray  *files,
             const char *name)
{
  g_autofree char *start = g_strconcat (CHARTS, name, "-", NULL);

  for (guint i = 0; i < files->len; i++)
    {
      const char *path = strata_file_get_path (files->pdata[i]);
      const char *rest = g_str_has_prefix (path, start) ? path + strlen (start) : "";

      if (g_str_has_suffix (rest, ".tgz") && strchr (rest, '/') == NULL &&
          (g_ascii_isdigit (rest[0]) || (rest[0] == 'v' && g_ascii_isdigit (rest[1]))))
        return g_strndup (rest, strlen (rest) - strlen (".tgz"));
    }

  return NULL;
}

/* The version of a chart that is a folder of charts/, whatever the folder is called. */
static char *
find_unpacked (GPtrArray  *files,
               const char *name)
{
  for (guint i = 0; i < files->len; i++)
    {
      const char *path = strata_file_get_path (files->pdata[i]);
      g_auto(GStrv) parts = g_str_has_prefix (path, CHARTS) ? g_strsplit (path, "/", 4) : NULL;

      if (parts == NULL || g_strv_length (parts) != 3 || !g_str_equal (parts[2], META))
        continue;

      g_autoptr(StrataYaml) yaml = parse (files->pdata[i]);

      if (yaml != NULL && g_str_equal (get_text (strata_yaml_get_root (yaml, 0), "name"), name))
        return g_strdup (get_text (strata_yaml_get_root (yaml, 0), "version"));
    }

  return NULL;
}

static char *
find_carried (GPtrArray  *files,
              const char *name)
{
  char *version = find_unpacked (files, name);

  return version != NULL ? version : find_packed (files, name);
}

/* Helm installs no chart whose archive lacks one that it lists, switched off or not. */
static void
check_needed (StrataAsked          *asked,
              GPtrArray            *files,
              const char           *chart,
              const StrataYamlNode *item)
{
  const char *name = get_text (item, "name");
  const char *wanted = get_text (item, "version");
  g_autofree char *carried = find_carried (files, name);
  g_autoptr(StrataVersionRange) range = strata_version_range_parse (wanted, NULL);

  if (carried == NULL)
    report (asked, STRATA_SEVERITY_ERROR,
            _("The chart “%s” needs the chart “%.60s” %.60s, which its archive came without; "
              "get the chart again with its dependencies"), chart, name, wanted);
  else if (range != NULL && !strata_version_range_allows (range, carried, TRUE))
    report (asked, STRATA_SEVERITY_WARNING,
            _("The chart “%s” needs the chart “%.60s” %.60s, but its archive has %.60s; "
              "get the chart again with its dependencies"), chart, name, wanted, carried);
}

static void
check_all_needed (StrataAsked          *asked,
                  GPtrArray            *files,
                  const char           *chart,
                  const StrataYamlNode *meta)
{
  const StrataYamlNode *list = strata_yaml_node_get_member (meta, "dependencies");
  gboolean is_list = list != NULL && strata_yaml_node_get_kind (list) == STRATA_YAML_SEQUENCE;
  guint n_items = is_list ? MIN (strata_yaml_node_get_size (list), MAX_NEEDS) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      const StrataYamlNode *item = strata_yaml_node_get_item (list, i);

      if (strata_yaml_node_get_kind (item) == STRATA_YAML_MAPPING && *get_text (item, "name") != '\0')
        check_needed (asked, files, chart, item);
    }
}

static void
read_kubernetes (StrataAsked *asked,
                 const char  *chart,
                 const char  *text)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(StrataVersionRange) range = strata_version_range_parse (text, &reason);

  if (range == NULL)
    report (asked, STRATA_SEVERITY_WARNING,
            /* Translators: a chart, then what is wrong with the range it names */
            _("The chart “%s” says which Kubernetes it needs, but not so that it can be checked: %s"),
            chart, reason->message);
  else if (*text != '\0')
    g_ptr_array_add (asked->needs, strata_need_new (STRATA_NEED_KUBERNETES, chart, "k8s", text, range));
}

static void
read_meta (StrataAsked          *asked,
           GPtrArray            *files,
           const StrataYamlNode *meta)
{
  g_autofree char *chart = g_strdup_printf ("%.60s", get_text (meta, "name"));
  g_autoptr(StrataYaml) older = parse (strata_pack_parts_find (files, "requirements.yaml"));

  read_kubernetes (asked, chart, get_text (meta, "kubeVersion"));
  check_all_needed (asked, files, chart, meta);

  if (older != NULL)
    check_all_needed (asked, files, chart, strata_yaml_get_root (older, 0));
}

/*
 * strata_constraints_read_chart:
 * @asked: gets what is asked for, and what the archive lacks
 * @file: a chart archive
 *
 * Reads `kubeVersion` and `dependencies` of a chart (of one of the first kind, `requirements.yaml`).
 */
void
strata_constraints_read_chart (StrataAsked *asked,
                               StrataFile  *file)
{
  g_autoptr(GError) reason = NULL;
  g_autofree char *top = NULL;
  GBytes *bytes = strata_blob_get_bytes (strata_file_get_content (file));
  g_autoptr(GPtrArray) files = strata_tarball_read (bytes, &top, NULL, &reason);
  g_autoptr(StrataYaml) yaml = files != NULL ? parse (strata_pack_parts_find (files, META)) : NULL;

  if (yaml != NULL)
    read_meta (asked, files, strata_yaml_get_root (yaml, 0));
  else
    report (asked, STRATA_SEVERITY_WARNING, _("%s cannot be read, so what the chart needs is not known: %s"),
            strata_file_get_path (file), reason != NULL ? reason->message : META);
}
