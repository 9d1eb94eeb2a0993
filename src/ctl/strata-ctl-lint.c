/* strata-ctl-lint.c - stratactl lint: what the editor says of texts and profiles, for a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-archive.h"
#include "strata-ctl-print.h"
#include "strata-ctl.h"
#include "strata-error.h"
#include "strata-load.h"
#include "strata-pack-reader.h"
#include "strata-tarball.h"
#include "strata-validate.h"

#define OLDEST 28u
#define NEWEST 36u
#define VALUES "values.yaml"
#define MAX_FOLDERS 32  /* one in another */

/* What is looked through, and what was found. */
typedef struct
{
  StrataCtl             *ctl;
  StrataValidateOptions  options;
  GPtrArray             *files;     /* (owned) (element-type StrataFile): texts that stand for themselves */
  GHashTable            *seen;      /* (owned) (element-type filename): what was read, by where it is */
  GPtrArray             *problems;  /* (owned) (element-type StrataProblem): the document is the whole place */
  guint                  n_checked; /* profiles and packs, which are checked as they come */
} Lint;

static void
lint_init (Lint      *self,
           StrataCtl *ctl)
{
  *self = (Lint){ .ctl = ctl };
  self->options.crds = g_ptr_array_new_with_free_func (g_object_unref);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
}

static void
lint_clear (Lint *self)
{
  g_clear_pointer (&self->options.crds, g_ptr_array_unref);
  g_clear_pointer (&self->options.schema, strata_schema_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lint, lint_clear)

static StrataBlob *
load (const char *path,
      GError    **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = strata_load_bytes (file, STRATA_TARBALL_MAX_FILE, NULL, error);

  return bytes != NULL ? strata_blob_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

static gboolean
read_kubernetes (Lint    *self,
                 GError **error)
{
  const char *version = self->ctl->options.kubernetes;

  if (version == NULL)
    return TRUE;

  const char *number = version + (*version == 'v' ? 1 : 0);
  char *end = NULL;
  guint64 minor = g_str_has_prefix (number, "1.") ? g_ascii_strtoull (number + 2, &end, 10) : 0;

  if (minor < OLDEST || minor > NEWEST || (*end != '\0' && *end != '.'))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("Kubernetes “%s” is not known here; write a version from 1.%u to 1.%u"),
                      version, OLDEST, NEWEST);
      return FALSE;
    }

  self->options.kubernetes = (guint) minor;

  return TRUE;
}

static gboolean
may_define_kinds (StrataBlob *blob)
{
  const char *text = strata_blob_get_text (blob);

  return strstr (text, "CustomResourceDefinition") != NULL || strstr (text, "x-kubernetes-group-version-kind") != NULL;
}

/* A schema of values, or definitions of kinds: both say what texts have to be. */
static gboolean
read_schema (Lint    *self,
             GError **error)
{
  const char *path = self->ctl->options.schema;
  g_autoptr(StrataBlob) blob = path != NULL ? load (path, error) : NULL;

  if (blob == NULL)
    return path == NULL;

  if (may_define_kinds (blob))
    {
      g_ptr_array_add (self->options.crds, g_steal_pointer (&blob));
      return TRUE;
    }

  self->options.schema = strata_schema_compile (strata_blob_get_text (blob),
                                                (gssize) strata_blob_get_size (blob), error);

  if (self->options.schema == NULL)
    g_prefix_error (error, "%s: ", path);

  return self->options.schema != NULL;
}

/* Where a problem of a profile is, as one text. */
static char *
describe_place (const StrataProblem *problem,
                const char          *profile)
{
  if (problem->layer == NULL)
    return g_strdup (profile);
  if (problem->document == NULL)
    return g_strdup_printf ("%s/%s", profile, problem->layer);

  return g_strdup_printf ("%s/%s/%s", profile, problem->layer, problem->document);
}

static void
check_profile (Lint          *self,
               StrataProfile *profile,
               const char    *name)
{
  g_autoptr(StrataValidation) validation = strata_validate_profile (profile, &self->options, NULL);
  GPtrArray *found = strata_validation_get_problems (validation);

  self->n_checked++;
  for (guint i = 0; i < found->len; i++)
    {
      StrataProblem *problem = strata_problem_copy (g_ptr_array_index (found, i));
      char *place = describe_place (problem, name);

      g_free (problem->document);
      problem->document = place;
      g_ptr_array_add (self->problems, problem);
    }
}

static gboolean
has_suffix_of (const char        *path,
               const char *const *suffixes)
{
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (path, suffixes[i]))
      return TRUE;

  return FALSE;
}

/* A profile as the console exports it, in JSON or in YAML. */
static gboolean
is_export (StrataBlob *blob)
{
  const char *text = strata_blob_get_text (blob);

  if (strstr (text, "packs") == NULL)
    return FALSE;

  g_autoptr(StrataYaml) yaml =
    strata_yaml_parse (text, (gssize) strata_blob_get_size (blob), NULL);
  StrataYamlNode *root = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;

  return root != NULL && strata_yaml_node_lookup (root, "spec.template.packs") != NULL;
}

/* A file that two arguments name is one: its objects would be made twice else. */
static gboolean
is_new (Lint       *self,
        const char *path)
{
  return g_hash_table_add (self->seen, g_canonicalize_filename (path, NULL));
}

static gboolean
add_file (Lint       *self,
          const char *path,
          GError    **error)
{
  static const char *const archives[] = { ".tgz", ".tar.gz", NULL };

  if (!is_new (self, path))
    return TRUE;

  gboolean is_archive = has_suffix_of (path, archives);
  g_autoptr(StrataBlob) blob = is_archive ? NULL : load (path, error);

  if (blob == NULL && !is_archive)
    return FALSE;

  if (is_archive || is_export (blob))
    {
      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autoptr(StrataProfile) profile = strata_profile_import (file, NULL, error);

      if (profile != NULL)
        check_profile (self, profile, path);

      return profile != NULL;
    }

  g_ptr_array_add (self->files, strata_file_new (path, blob));

  return TRUE;
}

/* The values of a pack are held against the schemas that come with it. What is no pack after all is a folder. */
static gboolean
check_pack (Lint       *self,
            const char *path)
{
  g_autofree char *head = g_build_filename (path, "pack.json", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (path);
  g_autoptr(StrataPack) pack = g_file_test (head, G_FILE_TEST_IS_REGULAR)
                                  ? strata_pack_read_folder (folder, NULL, NULL)
                                  : NULL;

  if (pack == NULL)
    return FALSE;

  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, "", "");
  g_autoptr(GPtrArray) found = strata_validate_layer (layer, &self->options);

  self->n_checked++;
  for (guint i = 0; i < found->len; i++)
    {
      StrataProblem *problem = g_ptr_array_index (found, i);

      g_free (problem->document);
      problem->document = g_build_filename (path, VALUES, NULL);
    }

  g_ptr_array_extend_and_steal (self->problems, g_steal_pointer (&found));

  return TRUE;
}

/* What is in a folder that cannot be read is an error like others, and does not hide what is wrong with its neighbours. */
static void
add_unreadable (Lint       *self,
                const char *path,
                GError     *reason)
{
  StrataProblem *problem = strata_problem_new (STRATA_SEVERITY_ERROR, 1, 1, 0, _("File"), "%s", reason->message);

  problem->document = g_strdup (path);
  g_ptr_array_add (self->problems, problem);
}

static gboolean
add_folder (Lint       *self,
            const char *path,
            guint       depth,
            GError    **error)
{
  static const char *const texts[] = { ".yaml", ".yml", NULL };
  g_autoptr(GDir) folder = g_dir_open (path, 0, error);
  gboolean is_pack = folder != NULL && check_pack (self, path);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      gboolean is_link = g_file_test (child, G_FILE_TEST_IS_SYMLINK);

      if (*name == '.' || is_link || (is_pack && g_str_equal (name, VALUES)))
        continue;

      g_autoptr(GError) reason = NULL;
      gboolean is_folder = g_file_test (child, G_FILE_TEST_IS_DIR);

      if (is_folder ? depth < MAX_FOLDERS && !add_folder (self, child, depth + 1, &reason)
                    : has_suffix_of (child, texts) && !add_file (self, child, &reason))
        add_unreadable (self, child, reason);
    }

  return folder != NULL;
}

static gboolean
add_argument (Lint       *self,
              const char *argument,
              GError    **error)
{
  if (g_file_test (argument, G_FILE_TEST_IS_DIR))
    return add_folder (self, argument, 0, error);
  if (g_file_test (argument, G_FILE_TEST_EXISTS))
    return add_file (self, argument, error);
  if (strpbrk (argument, "/.") != NULL && strchr (argument, '@') == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                   _("There is no file “%s”"), argument);
      return FALSE;
    }

  g_autoptr(StrataProfile) profile = strata_ctl_load (self->ctl, argument, error);

  if (profile != NULL)
    check_profile (self, profile, argument);

  return profile != NULL;
}

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const StrataProblem *one = *(const StrataProblem *const *) a;
  const StrataProblem *other = *(const StrataProblem *const *) b;
  int order = strcmp (one->document, other->document);

  if (order != 0)
    return order;
  if (one->line != other->line)
    return one->line < other->line ? -1 : 1;
  if (one->column != other->column)
    return one->column < other->column ? -1 : 1;

  return strcmp (one->message, other->message);
}

static const char *
name_severity (StrataSeverity severity)
{
  static const char *const names[] = { "note", "warning", "error" };

  return names[severity];
}

static void
print_line (const StrataProblem *problem)
{
  g_autofree char *place = strata_ctl_show_text (problem->document);
  g_autofree char *message = strata_ctl_show_text (problem->message);

  strata_ctl_print ("%s:%u:%u: %s: %s\n", place, problem->line, problem->column,
                    name_severity (problem->severity), message);
}

static JsonObject *
make_object (const StrataProblem *problem)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", problem->document);
  json_object_set_int_member (object, "line", problem->line);
  json_object_set_int_member (object, "column", problem->column);
  json_object_set_int_member (object, "length", problem->length);
  json_object_set_string_member (object, "severity", name_severity (problem->severity));
  json_object_set_string_member (object, "source", problem->source);
  json_object_set_string_member (object, "message", problem->message);
  if (problem->fix != NULL)
    json_object_set_string_member (object, "fix", problem->fix);

  return object;
}

static gboolean
print_json (Lint    *self,
            GError **error)
{
  g_autoptr(JsonArray) list = json_array_new ();

  for (guint i = 0; i < self->problems->len; i++)
    json_array_add_object_element (list, make_object (g_ptr_array_index (self->problems, i)));

  return strata_ctl_print_list (list, error);
}

static gboolean
print_all (Lint    *self,
           GError **error)
{
  if (self->ctl->options.json)
    return print_json (self, error);

  for (guint i = 0; i < self->problems->len; i++)
    print_line (g_ptr_array_index (self->problems, i));

  return TRUE;
}

/* Warnings are for people; errors stop a pipeline. */
static gboolean
judge (Lint    *self,
       GError **error)
{
  guint n_errors = 0;

  for (guint i = 0; i < self->problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (self->problems, i);

      n_errors += problem->severity == STRATA_SEVERITY_ERROR ? 1 : 0;
    }

  if (n_errors > 0)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                 ngettext ("%u error was found", "%u errors were found", n_errors), n_errors);

  return n_errors == 0;
}

static gboolean
run_lint (StrataCtl *ctl,
          GError   **error)
{
  g_auto(Lint) self;

  lint_init (&self, ctl);

  if (!read_kubernetes (&self, error) || !read_schema (&self, error))
    return FALSE;

  for (guint i = 0; ctl->arguments[i] != NULL; i++)
    if (!add_argument (&self, ctl->arguments[i], error))
      return FALSE;

  g_autoptr(GPtrArray) found = strata_validate_files (self.files, &self.options);

  g_ptr_array_extend_and_steal (self.problems, g_steal_pointer (&found));
  g_ptr_array_sort (self.problems, compare_problems);

  /* A folder that was moved would pass for ever. */
  if (self.files->len == 0 && self.problems->len == 0 && self.n_checked == 0)
    strata_ctl_warn (_("Nothing was checked: in a folder, files are read whose names end in .yaml or .yml"));

  return print_all (&self, error) && strata_ctl_flush (error) && judge (&self, error);
}

const StrataCtlCommand strata_ctl_lint_commands[] = {
  { "lint", "", N_("FILE|DIR|ID…"), N_("Look for what is wrong in manifests, values and profiles"),
    "kubernetes schema", 1, G_MAXUINT, run_lint },
  { 0 },
};
