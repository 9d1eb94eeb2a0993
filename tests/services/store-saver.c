/* store-saver.c - a program that does one thing to a store, and says so only when it is done
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store-saver FOLDER ACTION ID TEXT stop|again. Prints "saved", or "failed CODE MESSAGE" and with
 * "again", when it has tried again with the disk in order, "saved again"; at last "calls" and a letter
 * for each.
 * store-saver FOLDER count ID TIMES adds so many times one to the number that is the text of a
 * profile, and saves a profile of its own each time.
 */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "store-fixture.h"
#include "strata-error.h"
#include "strata-store-join.h"

typedef void (*Arm) (int on);
typedef const char *(*GetCalls) (void);

static StrataProfile *
get_profile (StrataStore *store,
             const char  *id,
             const char  *text)
{
  g_autoptr(StrataProfile) loaded = strata_store_load (store, id, NULL, NULL);
  g_autoptr(StrataProfile) fresh = store_fixture_make_profile (2);
  g_autoptr(StrataProfile) named = strata_profile_with (fresh, STRATA_PROFILE_ID, id);

  return store_fixture_edit (loaded != NULL ? loaded : named, text);
}

/* Makes the automatic save that is there one of this program, so that the next takes its place. */
static void
own_head (StrataStore *store,
          const char  *id)
{
  g_autoptr(StrataProfile) loaded = strata_store_load (store, id, NULL, NULL);
  g_autoptr(StrataProfile) other = store_fixture_edit (loaded, "other: 1\n");
  g_autoptr(StrataProfile) there =
    strata_store_save (store, other, STRATA_REASON_AUTOSAVE, NULL, NULL);
  g_autoptr(StrataProfile) back =
    strata_store_save (store, loaded, STRATA_REASON_AUTOSAVE, NULL, NULL);

  g_assert_true (there != NULL && back != NULL);
}

/* What a pull does: the profile, and that the console has just that. */
static gboolean
join (StrataStore   *store,
      StrataProfile *profile,
      GError       **error)
{
  const char *id = strata_profile_get_id (profile);
  g_autofree char *head = NULL;
  g_autoptr(StrataLink) found = strata_store_get_link (store, id, &head, NULL);
  g_autoptr(StrataLink) link = found != NULL ? strata_link_copy (found) : strata_link_new ();

  g_free (link->uid);
  link->uid = g_strdup ("uid");
  link->is_published = TRUE;
  link->base_modified = link->seen_modified = 5;

  const StrataJoin order = {
    .id = id,
    .expected = head,
    .head = profile,
    .reason = STRATA_REASON_IMPORT,
    .base = profile,
    .link = link,
  };

  return strata_store_join (store, &order, NULL, error);
}

static gboolean
act (StrataStore   *store,
     const char    *action,
     StrataProfile *profile,
     GError       **error)
{
  const char *id = strata_profile_get_id (profile);

  if (g_str_equal (action, "trash"))
    return strata_store_trash (store, id, error);
  if (g_str_equal (action, "join"))
    return join (store, profile, error);

  g_autoptr(StrataProfile) saved = NULL;

  if (g_str_equal (action, "draft"))
    saved = strata_store_save_draft (store, profile, 2, NULL, error);
  else if (g_str_equal (action, "autosave"))
    saved = strata_store_save (store, profile, STRATA_REASON_AUTOSAVE, NULL, error);
  else
    saved = strata_store_save (store, profile, STRATA_REASON_SAVE, NULL, error);

  return saved != NULL;
}

/* Adds one to what is there, however often somebody else was faster. Returns how often that was. */
static guint
add_one (StrataStore *store,
         const char  *id)
{
  for (guint n_conflicts = 0;; n_conflicts++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataProfile) loaded = strata_store_load (store, id, NULL, &error);

      g_assert_no_error (error);

      const char *text = strata_layer_get_text (strata_profile_get_layer (loaded, 0));
      g_autofree char *next = g_strdup_printf ("%d", atoi (text) + 1);
      g_autoptr(StrataProfile) edit = store_fixture_edit (loaded, next);
      g_autoptr(StrataProfile) saved =
        strata_store_save (store, edit, STRATA_REASON_SAVE, NULL, &error);

      if (saved != NULL)
        return n_conflicts;

      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
    }
}

static int
count (StrataStore *store,
       const char  *id,
       int          n_times)
{
  g_autoptr(StrataProfile) own = store_fixture_make_profile (1);
  guint n_conflicts = 0;

  for (int i = 0; i < n_times; i++)
    {
      g_autoptr(GError) error = NULL;

      n_conflicts += add_one (store, id);
      g_object_unref (strata_store_save (store, own, STRATA_REASON_SAVE, NULL, &error));
      g_assert_no_error (error);
    }

  printf ("conflicts %u\n", n_conflicts);

  return 0;
}

static void
report (GError *error)
{
  g_assert_true (error->domain == STRATA_ERROR && *error->message != '\0');
  printf ("failed %d %s\n", error->code, error->message);
}

int
main (int   argc,
      char *argv[])
{
  Arm arm = (Arm) dlsym (RTLD_DEFAULT, "kill_shim_arm");
  GetCalls get_calls = (GetCalls) dlsym (RTLD_DEFAULT, "kill_shim_get_calls");
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) store = strata_store_open (argv[1], &error);

  g_assert_no_error (error);

  if (argc == 5 && g_str_equal (argv[2], "count"))
    return count (store, argv[3], atoi (argv[4]));

  g_assert_true (argc == 6 && arm != NULL && get_calls != NULL);

  g_autoptr(StrataProfile) profile = get_profile (store, argv[3], argv[4]);

  if (g_str_equal (argv[2], "autosave"))
    own_head (store, argv[3]);

  arm (1);

  gboolean done = act (store, argv[2], profile, &error);

  arm (0);

  if (done)
    puts ("saved");
  else
    report (error);

  if (!done && g_str_equal (argv[5], "again"))
    {
      g_clear_error (&error);
      arm (2);
      if (act (store, argv[2], profile, &error))
        puts ("saved again");
      else
        report (error);
    }

  printf ("calls %s\n", get_calls ());

  return 0;
}
