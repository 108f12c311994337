/* SPDX-License-Identifier: MIT */
/*
 * Names of open objects, as keyed 64-bit fingerprints in an open-addressing table: time and memory stay linear whatever names are
 * chosen, as long as the key is not known. A name is never taken for new when it is a duplicate. The other error, two names with one
 * fingerprint, has a chance below 2^-40 in a full table.
 *
 * Names leave in the reverse order of their coming, so a slot can simply be cleared: whatever was placed beyond it is gone already.
 */
#include "check/checker.h"

/* At most three quarters are ever taken. */
static size_t slots_for(size_t capacity) {
  return capacity + capacity / 3 + 1;
}

/* The slot where a fingerprint's search begins: its high half, scaled to the number of slots. */
static size_t first_slot(const bdc__names *names, uint64_t fingerprint) {
  return (size_t)((fingerprint >> 32) * names->slot_count >> 32);
}

static size_t next_slot(const bdc__names *names, size_t slot) {
  return slot + 1 < names->slot_count ? slot + 1 : 0;
}

/* ---- the order in which slots were taken; half of its memory is saved where slots have small numbers ---- */

static bool is_wide(const bdc__names *names) {
  return names->slot_count > UINT16_MAX;
}

static size_t taken_at(const bdc__names *names, size_t number) {
  return is_wide(names) ? ((const uint32_t *)names->order)[number] : ((const uint16_t *)names->order)[number];
}

static void note_taken(bdc__names *names, size_t number, size_t slot) {
  if (is_wide(names)) {
    ((uint32_t *)names->order)[number] = (uint32_t)slot;
  } else {
    ((uint16_t *)names->order)[number] = (uint16_t)slot;
  }
}

/* ---- the set ---- */

bdc_status bdc__names_new(const bdc_allocator *allocator, size_t capacity, bdc__names *names) {
  size_t slots = slots_for(capacity);
  names->capacity = capacity;
  names->slot_count = (uint32_t)slots;
  names->slots = allocator->allocate(slots * sizeof names->slots[0], allocator->context);
  names->order = allocator->allocate(capacity * (is_wide(names) ? sizeof(uint32_t) : sizeof(uint16_t)), allocator->context);
  if (!names->slots || !names->order) {
    bdc__names_free(allocator, names);
    return BDC_ERR_MEMORY;
  }
  memset(names->slots, 0, slots * sizeof names->slots[0]);
  return BDC_OK;
}

void bdc__names_free(const bdc_allocator *allocator, bdc__names *names) {
  allocator->release(names->slots, allocator->context);
  allocator->release(names->order, allocator->context);
  names->slots = NULL;
  names->order = NULL;
}

void bdc__names_cut(bdc__names *names, size_t count) {
  while (names->count > count) {
    names->slots[taken_at(names, --names->count)] = 0;
  }
}

bdc__name_result bdc__names_add(bdc__names *names, size_t depth) {
  bdc__siphash_feed(&names->hash, &depth, sizeof depth);
  uint64_t fingerprint = bdc__siphash_end(&names->hash);
  fingerprint += fingerprint == 0;
  size_t slot = first_slot(names, fingerprint);
  for (; names->slots[slot]; slot = next_slot(names, slot)) {
    if (names->slots[slot] == fingerprint) {
      return BDC__NAME_DUPLICATE;
    }
  }
  if (names->count == names->capacity) {
    return BDC__NAME_FULL;
  }
  names->slots[slot] = fingerprint;
  note_taken(names, names->count++, slot);
  return BDC__NAME_NEW;
}
