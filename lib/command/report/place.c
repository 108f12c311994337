/* SPDX-License-Identifier: MIT */
#include "report/place.h"

#include "memory.h"

#include <stdlib.h>

void cmd_places_start(cmd_places *places, bdc_str text) {
  places->text = text;
  places->count = 0;
}

void cmd_places_free(cmd_places *places) {
  free(places->known);
  *places = (cmd_places){ 0 };
}

static void keep(cmd_places *places, cmd_place place) {
  places->known = cmd_grow(places->known, places->count, &places->capacity, sizeof(*places->known));
  places->known[places->count++] = place;
}

/* Bytes that go on with a character of UTF-8 are no characters. */
static bool begins_character(char byte) {
  return ((unsigned char)byte & 0xc0u) != 0x80u;
}

static void step(cmd_place *place, bdc_str text) {
  bool newline = text.data[place->offset++] == '\n';
  if (newline) {
    place->line++;
    place->column = 1;
  } else if (place->offset == text.size || begins_character(text.data[place->offset])) {
    place->column++;
  }
}

cmd_place cmd_places_find(cmd_places *places, size_t offset) {
  size_t target = offset < places->text.size ? offset : places->text.size;
  if (places->count == 0) {
    keep(places, (cmd_place){ 0, 1, 1 });
  }
  size_t nearest = target / CMD_PLACE_STEP < places->count ? target / CMD_PLACE_STEP : places->count - 1;
  cmd_place place = places->known[nearest];
  while (place.offset < target) {
    step(&place, places->text);
    if (place.offset == places->count * CMD_PLACE_STEP) {
      keep(places, place);
    }
  }
  return place;
}
