/* strata-yaml.h - YAML as a light tree in which every node knows its line and column
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_YAML_SCALAR,
  STRATA_YAML_SEQUENCE,
  STRATA_YAML_MAPPING,
} StrataYamlKind;

typedef struct _StrataYaml StrataYaml;
typedef struct _StrataYamlNode StrataYamlNode;

#define STRATA_TYPE_YAML (strata_yaml_get_type ())

GType           strata_yaml_get_type        (void);
StrataYaml     *strata_yaml_parse           (const char            *text,
                                             gssize                 length,
                                             GError               **error);
StrataYaml     *strata_yaml_ref             (StrataYaml            *self);
void            strata_yaml_unref           (StrataYaml            *self);

guint           strata_yaml_get_n_documents (StrataYaml            *self);
StrataYamlNode *strata_yaml_get_root        (StrataYaml            *self,
                                             guint                  document);

StrataYamlKind  strata_yaml_node_get_kind   (const StrataYamlNode  *node);
guint           strata_yaml_node_get_line   (const StrataYamlNode  *node);
guint           strata_yaml_node_get_column (const StrataYamlNode  *node);
const char     *strata_yaml_node_get_value  (const StrataYamlNode  *node);
gboolean        strata_yaml_node_is_plain   (const StrataYamlNode  *node);
guint           strata_yaml_node_get_size   (const StrataYamlNode  *node);
StrataYamlNode *strata_yaml_node_get_key    (const StrataYamlNode  *node,
                                             guint                  index);
StrataYamlNode *strata_yaml_node_get_item   (const StrataYamlNode  *node,
                                             guint                  index);
StrataYamlNode *strata_yaml_node_get_member (const StrataYamlNode  *node,
                                             const char            *key);
StrataYamlNode *strata_yaml_node_lookup     (const StrataYamlNode  *node,
                                             const char            *dotted_path);
const char     *strata_yaml_node_get_string (const StrataYamlNode  *node,
                                             const char            *key);

char           *strata_yaml_dup_path_at     (StrataYaml            *self,
                                             guint                  first_line,
                                             guint                  last_line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataYaml, strata_yaml_unref)

G_END_DECLS
