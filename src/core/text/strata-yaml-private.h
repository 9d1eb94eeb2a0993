/* strata-yaml-private.h - what the text tools know of a YAML tree
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-error.h"
#include "strata-yaml.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_YAML_PLAIN = 1 << 0,  /* a scalar without quotes */
  STRATA_YAML_BLOCK = 1 << 1,  /* a scalar after | or > */
  STRATA_YAML_FLOW  = 1 << 2,  /* a collection in brackets or braces */
  STRATA_YAML_ALIAS = 1 << 3,  /* stands for the anchored node in @target */
  STRATA_YAML_FOREIGN = 1 << 4,  /* came from another text: its place means nothing here */
} StrataYamlFlags;

/* A node lives in the arena of its tree. Offsets are in bytes of the text that was parsed. */
struct _StrataYamlNode
{
  guint8       kind;
  guint8       flags;
  guint        line;    /* from 0 */
  guint        column;  /* from 0, in characters */
  guint        start;
  guint        end;     /* just behind the last byte of the node */
  guint        size;    /* of a scalar: its length in bytes; of a collection: its items or pairs */
  const char  *tag;     /* (nullable) */
  const char  *anchor;  /* (nullable): for an alias, the anchor it names */
  union
  {
    const char      *value;
    StrataYamlNode **items;   /* key, value, key, value for a mapping */
    StrataYamlNode  *target;
  };
  const guint *sorted;  /* (nullable): of a large mapping: its pairs by key, then by place */
};

/* Why a text is not YAML that we take, and where. */
typedef struct
{
  StrataError  code;
  guint        line;      /* from 1 */
  guint        column;    /* from 1, in characters */
  char        *sentence;  /* (owned) (nullable): translated */
  gboolean     is_syntax;  /* libyaml found it: the characters themselves are fine */
} StrataYamlFault;

/* Characters of a text found again as bytes. */
typedef struct
{
  const char *text;     /* behind the byte order mark */
  gsize       length;
  gsize       skipped;  /* bytes of the byte order mark */
  GArray     *offsets;  /* (owned) (element-type guint): of every 16th character, in @text */
  gboolean    is_ascii;  /* a character is a byte */
} StrataYamlMarks;

/* What a scalar means under the core schema of YAML 1.2. */
typedef enum
{
  STRATA_YAML_MEANS_STRING,
  STRATA_YAML_MEANS_NULL,
  STRATA_YAML_MEANS_BOOL,
  STRATA_YAML_MEANS_INT,
  STRATA_YAML_MEANS_FLOAT,
} StrataYamlMeaning;

gpointer        strata_yaml_alloc          (StrataYaml            *self,
                                            gsize                  size);
StrataYaml     *strata_yaml_new            (void);
void            strata_yaml_add_root       (StrataYaml            *self,
                                            StrataYamlNode        *root);

StrataYaml     *strata_yaml_parse_or_fault (const char            *text,
                                            gssize                 length,
                                            StrataYamlFault       *fault);

gboolean        strata_yaml_check_text     (StrataYamlMarks       *marks,
                                            const char            *text,
                                            gsize                  length,
                                            StrataYamlFault       *fault);
gsize           strata_yaml_marks_to_byte  (const StrataYamlMarks *marks,
                                            gsize                  character);
void            strata_yaml_marks_clear    (StrataYamlMarks       *marks);

void            strata_yaml_fault_set      (StrataYamlFault       *fault,
                                            StrataError            code,
                                            guint                  line,
                                            guint                  column,
                                            const char            *format,
                                            ...) G_GNUC_PRINTF (5, 6);
void            strata_yaml_fault_clear    (StrataYamlFault       *fault);
char           *strata_yaml_explain        (const char            *problem,
                                            guint                  context_line);

StrataYamlNode *strata_yaml_node_raw_item  (const StrataYamlNode  *node,
                                            guint                  index);
gboolean        strata_yaml_node_find_pair (const StrataYamlNode  *node,
                                            const char            *key,
                                            guint                 *index);
void            strata_yaml_node_sort      (StrataYaml            *self,
                                            StrataYamlNode        *node);

StrataYamlMeaning strata_yaml_text_means   (const char            *text);
StrataYamlMeaning strata_yaml_node_means   (const StrataYamlNode  *node);

typedef gboolean (*StrataYamlCheck)        (const StrataYamlNode  *old_node,
                                            const StrataYamlNode  *new_node,
                                            gpointer               user_data);

gboolean        strata_yaml_node_equal     (const StrataYamlNode  *node,
                                            const StrataYamlNode  *other);
gboolean        strata_yaml_node_equal_but (const StrataYamlNode  *old_node,
                                            const StrataYamlNode  *new_node,
                                            const StrataYamlNode  *special,
                                            StrataYamlCheck        check,
                                            gpointer               user_data);
void            strata_yaml_append_quoted  (GString               *text,
                                            const char            *string);
void            strata_yaml_append_flow    (GString               *text,
                                            const StrataYamlNode  *node);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataYamlFault, strata_yaml_fault_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataYamlMarks, strata_yaml_marks_clear)

G_END_DECLS
