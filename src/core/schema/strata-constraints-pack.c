/* strata-constraints-pack.c - what the pack.json of a layer asks for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-constraints"

#include "strata-constraints-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "strata-json.h"

#define MAX_META (1024 * 1024)  /* the largest real one has 32 KB */
#define MAX_ITEMS 1000

G_GNUC_PRINTF (2, 3)
static void
warn (StrataAsked *asked,
      const char  *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  strata_asked_problem (asked, STRATA_SEVERITY_WARNING, sentence);
}

/* What a person reads of it; translators see whole phrases. */
static char *
show_range (const char *least,
            const char *most)
{
  if (*least != '\0' && *most != '\0')
    return g_strdup_printf (_("%s to %s"), least, most);
  if (*least != '\0')
    return g_strdup_printf (_("%s or later"), least);
  if (*most != '\0')
    return g_strdup_printf (_("%s or earlier"), most);

  return g_strdup ("");
}

static StrataVersionRange *
make_range (const char *least,
            const char *most)
{
  g_autofree char *text = g_strconcat (*least != '\0' ? ">=" : "", least, " ",
                                       *most != '\0' ? "<=" : "", most, NULL);

  return strata_version_range_parse (text, NULL);
}

static gboolean
read_kind (const char     *text,
           StrataNeedKind *kind)
{
  const struct { const char *text; StrataNeedKind kind; } kinds[] = {
    { "required", STRATA_NEED_REQUIRED },
    { "optional", STRATA_NEED_OPTIONAL },
    { "notSupported", STRATA_NEED_NOT_SUPPORTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (text, kinds[i].text))
      {
        *kind = kinds[i].kind;
        return TRUE;
      }

  return FALSE;
}

/* An "upgrade" is about older versions of the pack itself, which are no layers of the profile. */
static void
read_dependency (StrataAsked *asked,
                 JsonObject  *object)
{
  const char *name = strata_json_get_string (object, "packName");
  const char *type = strata_json_get_string (object, "type");
  const char *least = strata_json_get_string (object, "minVersion");
  const char *most = strata_json_get_string (object, "maxVersion");
  StrataNeedKind kind;

  if (g_str_equal (type, "upgrade"))
    return;

  if (*name == '\0' || !read_kind (type, &kind))
    {
      warn (asked, _("pack.json: the constraint on “%.60s” is of no known kind, “%.60s”, and was not checked"),
            name, type);
      return;
    }

  g_autofree char *shown = show_range (least, most);
  g_autoptr(StrataVersionRange) range = make_range (least, most);

  if (range != NULL)
    g_ptr_array_add (asked->needs,
                     strata_need_new (kind, name, strata_json_get_string (object, "layer"), shown, range));
  else
    warn (asked, _("pack.json: the versions of “%.60s”, %.80s, cannot be read and were not checked"), name, shown);
}

static void
read_part (StrataResource *resource,
           JsonNode       *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *request = strata_json_get_string (object, "resourceRequestParamRef");

  if (*request != '\0')
    strata_resource_add_part (resource, request, strata_json_get_string (object, "replicaCountParamRef"));
}

static void
read_parts (StrataResource *resource,
            JsonArray      *list)
{
  guint n_items = list != NULL ? MIN (json_array_get_length (list), MAX_ITEMS) : 0;

  for (guint i = 0; i < n_items; i++)
    read_part (resource, json_array_get_element (list, i));
}

static double
get_number (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  double number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : 0;

  return isfinite (number) && number > 0 ? number : 0;
}

static void
read_resource (StrataAsked *asked,
               JsonObject  *object)
{
  const char *const kinds[] = { "cpu", "memory", "diskSize" };
  const char *type = strata_json_get_string (object, "type");

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    if (g_str_equal (type, kinds[kind]))
      {
        StrataResource *resource = strata_resource_new (kind, get_number (object, "minLimit"));

        read_parts (resource, strata_json_get_array (object, "components"));
        g_ptr_array_add (asked->resources, resource);
        return;
      }

  warn (asked, _("pack.json asks for “%.60s”, which is no resource that is known here"), type);
}

static void
read_list (StrataAsked *asked,
           JsonObject  *constraints,
           const char  *member,
           void       (*read) (StrataAsked *asked,
                               JsonObject  *object))
{
  JsonArray *list = strata_json_get_array (constraints, member);
  guint n_items = list != NULL ? MIN (json_array_get_length (list), MAX_ITEMS) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read (asked, json_node_get_object (node));
      else
        warn (asked, _("pack.json: item %u of “%s” is not an object and was not checked"), i + 1, member);
    }
}

/*
 * strata_constraints_read_pack:
 * @asked: gets what is asked for, and what is wrong with how it is said
 * @file: pack.json
 *
 * Reads `constraints` of a pack. Whatever else is wrong with the file is said where the pack is read.
 */
void
strata_constraints_read_pack (StrataAsked *asked,
                              StrataFile  *file)
{
  StrataBlob *content = strata_file_get_content (file);
  gsize size = strata_blob_get_size (content);
  g_autoptr(JsonNode) root =
    size <= MAX_META ? strata_json_parse (strata_blob_get_text (content), (gssize) size, NULL) : NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      warn (asked, _("pack.json cannot be read, so what the pack needs is not known"));
      return;
    }

  JsonObject *meta = json_node_get_object (root);
  JsonObject *constraints = strata_json_get_object (meta, "constraints");

  if (*strata_json_get_string (meta, "name") != '\0')
    asked->name = g_strdup (strata_json_get_string (meta, "name"));

  if (constraints != NULL)
    {
      read_list (asked, constraints, "dependencies", read_dependency);
      read_list (asked, constraints, "resources", read_resource);
    }
}
