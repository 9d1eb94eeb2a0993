/* store-saver.c - a program that does one thing to a store, and says so only when it is done
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store-saver FOLDER ACTION ID TEXT stop|again. Prints "saved", or "failed CODE MESSAGE" and with "again", when it has
 * tried again with the disk in order, "saved again"; at last "calls N".
 */

#include <dlfcn.h>
#include <stdio.h>

#include "store-fixture.h"
#include "strata-error.h"

typedef void (*Arm) (int on);
typedef int (*GetCalls) (void);

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

static gboolean
act (StrataStore   *store,
     const char    *action,
     StrataProfile *profile,
     GError       **error)
{
  const char *id = strata_profile_get_id (profile);

  if (g_str_equal (action, "trash"))
    return strata_store_trash (store, id, error);

  g_autoptr(StrataProfile) saved = NULL;

  if (g_str_equal (action, "draft"))
    saved = strata_store_save_draft (store, profile, 2, NULL, error);
  else if (g_str_equal (action, "autosave"))
    saved = strata_store_save (store, profile, STRATA_REASON_AUTOSAVE, NULL, error);
  else
    saved = strata_store_save (store, profile, STRATA_REASON_SAVE, NULL, error);

  return saved != NULL;
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
  GetCalls get_calls = (GetCalls) dlsym (RTLD_DEFAULT, "kill_shim_get_n_calls");
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) store = strata_store_open (argv[1], &error);

  g_assert_no_error (error);
  g_assert_true (argc == 6 && arm != NULL && get_calls != NULL);

  g_autoptr(StrataProfile) profile = get_profile (store, argv[3], argv[4]);

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
      if (act (store, argv[2], profile, &error))
        puts ("saved again");
      else
        report (error);
    }

  printf ("calls %d\n", get_calls ());

  return 0;
}
