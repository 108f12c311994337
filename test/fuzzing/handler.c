/* SPDX-License-Identifier: MIT */
#include "fuzzing/handler.h"

#include "fuzzing/service.h"

#include <stdlib.h>

void my_handler(const uint8_t *data, size_t size) {
  static int flaws = -1;
  if (flaws < 0) {
    const char *value = getenv("FLAWS");
    flaws = value ? atoi(value) : 0;
  }
  service_answer answer;
  service_update(data, size, (unsigned)flaws, &answer);
}
