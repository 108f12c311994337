/* SPDX-License-Identifier: MIT */
/* Prints the kernels of this machine: report.py leaves out what is compiled into others. */
#include <bodycheck/bodycheck.h>

#include <stdio.h>

int main(void) {
  for (size_t i = 0; bdc_kernel_name(i); i++) {
    puts(bdc_kernel_name(i));
  }
  return 0;
}
