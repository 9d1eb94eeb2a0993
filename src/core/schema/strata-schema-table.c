/* strata-schema-table.c - names found by their hash, in a table that a stranger cannot flood
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-table.h"

#include <string.h>

#define SMALLEST 8

/* Two odd numbers with bits all over; they only have to be no secret kept from us. */
#define SPREAD_A G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define SPREAD_B G_GUINT64_CONSTANT (0xd6e8feb86659fd93)

static guint64
mix (guint64 value)
{
  value = (value ^ (value >> 32)) * SPREAD_B;

  return value ^ (value >> 29);
}

/* Not known to who writes a schema or a text, so that nobody can choose names that collide. */
static guint64
get_seed (void)
{
  static gsize seed;

  if (g_once_init_enter (&seed))
    g_once_init_leave (&seed, ((gsize) g_random_int () << 31) | g_random_int () | 1);

  return seed;
}

/* Eight bytes at a time. */
guint
strata_schema_table_hash (const char *name,
                          gsize       length)
{
  guint64 hash = get_seed () ^ (length * SPREAD_A), word;

  for (; length >= sizeof word; length -= sizeof word, name += sizeof word)
    {
      memcpy (&word, name, sizeof word);
      hash = mix (hash ^ word) * SPREAD_A;
    }

  word = 0;
  memcpy (&word, name, length);

  return (guint) (mix (hash ^ word) * SPREAD_A >> 32);
}

static StrataSchemaSlot *
find_slot (const StrataSchemaTable *self,
           const char              *name,
           gsize                    length,
           guint                    hash)
{
  guint at = hash & self->mask;

  while (self->slots[at].number != 0 &&
         (self->slots[at].hash != hash || self->slots[at].length != length ||
          memcmp (self->slots[at].name, name, length) != 0))
    at = (at + 1) & self->mask;

  return &self->slots[at];
}

static void
grow (StrataSchemaTable *self)
{
  StrataSchemaTable larger = { .n_names = self->n_names };
  guint n_slots = self->slots != NULL ? 2 * (self->mask + 1) : SMALLEST;

  larger.slots = g_new0 (StrataSchemaSlot, n_slots);
  larger.mask = n_slots - 1;

  for (guint i = 0; self->slots != NULL && i <= self->mask; i++)
    {
      const StrataSchemaSlot *slot = &self->slots[i];

      if (slot->number != 0)
        *find_slot (&larger, slot->name, slot->length, slot->hash) = *slot;
    }

  g_free (self->slots);
  *self = larger;
}

/* Numbers @name, which has to live as long as the table: a new one gets the next number, one that is there keeps its
 * own. The first is 1.
 */
guint
strata_schema_table_add (StrataSchemaTable *self,
                         const char        *name)
{
  gsize length = strlen (name);
  guint hash = strata_schema_table_hash (name, length);

  if (self->slots == NULL || 2 * self->n_names > self->mask)
    grow (self);

  StrataSchemaSlot *slot = find_slot (self, name, length, hash);

  if (slot->number == 0)
    {
      slot->name = name;
      slot->length = (guint) length;
      slot->hash = hash;
      slot->number = ++self->n_names;
    }

  return slot->number;
}

/* The number of @name; 0 when it is not there. */
guint
strata_schema_table_find (const StrataSchemaTable *self,
                          const char              *name,
                          gsize                    length)
{
  if (self->slots == NULL)
    return 0;

  return find_slot (self, name, length, strata_schema_table_hash (name, length))->number;
}

void
strata_schema_table_clear (StrataSchemaTable *self)
{
  g_clear_pointer (&self->slots, g_free);
}
